"""Bring the index up to date with the corpus.

Read on in surveying (the folder), bundles (a .zip of reports), sources (the bytes of one report), corrections (by
hand), reading (one report), updating (a run).
"""

from search_app.indexing.copies import Duplicate, newer_versions, remarks_among, superseded
from search_app.indexing.reading import Inspected, Understood, inspect, understand, use_gazetteer
from search_app.indexing.sources import Original, Source, Sources, Warned, find_original, report_id
from search_app.indexing.surveying import snapshot, source_at, sources_at, survey
from search_app.indexing.updating import Progress, Tally, update

__all__ = [
    "Duplicate",
    "Inspected",
    "Original",
    "Progress",
    "Source",
    "Sources",
    "Tally",
    "Understood",
    "Warned",
    "find_original",
    "inspect",
    "newer_versions",
    "remarks_among",
    "report_id",
    "snapshot",
    "source_at",
    "sources_at",
    "superseded",
    "survey",
    "understand",
    "update",
    "use_gazetteer",
]
