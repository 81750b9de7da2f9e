"""JSON shapes: answers -> dicts, key by key; what the API and ``--json`` print.

Unknown is null. Where the interface names no key for something a page or script needs, a key is added, none is renamed.
"""

from search_app.json_shapes.answers import (
    explained,
    note,
    practices,
    related,
    results,
    score,
    similar,
    snippet,
    suggestions,
)
from search_app.json_shapes.reports import explanation, failure, inspection, outline, passage, report, whole_report
from search_app.json_shapes.states import error, status, tally, verification

__all__ = [
    "error",
    "explained",
    "explanation",
    "failure",
    "inspection",
    "note",
    "outline",
    "passage",
    "practices",
    "related",
    "report",
    "results",
    "score",
    "similar",
    "snippet",
    "status",
    "suggestions",
    "tally",
    "verification",
    "whole_report",
]
