"""JSON shapes: answers -> dicts, key by key; what the API and ``--json`` print.

Unknown is null. Where the interface names no key for something a page or script needs, a key is added, none is renamed.
"""

from typing import TYPE_CHECKING

from search_app.lazy_exports import export_lazily

if TYPE_CHECKING:
    from search_app.json_shapes.answers import (
        cited,
        explained,
        facet_values,
        practices,
        related,
        results,
        similar,
        suggestions,
    )
    from search_app.json_shapes.baskets import basket, edited, labels, marks
    from search_app.json_shapes.genealogies import genealogy
    from search_app.json_shapes.pictures import coverage, topic_histories, topic_profile
    from search_app.json_shapes.reports import (
        explained_inspection,
        inspection,
        report,
        whole_report,
    )
    from search_app.json_shapes.states import status, tally, verification

__all__ = [
    "basket",
    "cited",
    "coverage",
    "edited",
    "explained",
    "explained_inspection",
    "facet_values",
    "genealogy",
    "inspection",
    "labels",
    "marks",
    "practices",
    "related",
    "report",
    "results",
    "similar",
    "status",
    "suggestions",
    "tally",
    "topic_histories",
    "topic_profile",
    "verification",
    "whole_report",
]

# A search in the terminal prints answers: it must not load what keeps baskets.
__getattr__ = export_lazily(
    __name__,
    {
        "answers": (
            "cited",
            "explained",
            "facet_values",
            "practices",
            "related",
            "results",
            "similar",
            "suggestions",
        ),
        "baskets": (
            "basket",
            "edited",
            "labels",
            "marks",
        ),
        "genealogies": ("genealogy",),
        "pictures": (
            "coverage",
            "topic_histories",
            "topic_profile",
        ),
        "reports": (
            "explained_inspection",
            "inspection",
            "report",
            "whole_report",
        ),
        "states": (
            "status",
            "tally",
            "verification",
        ),
    },
)
