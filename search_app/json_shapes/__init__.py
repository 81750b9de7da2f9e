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
    from search_app.json_shapes.comparisons import compared_passages, compared_reports, matrix
    from search_app.json_shapes.drafts import draft_check
    from search_app.json_shapes.figure_counts import figures
    from search_app.json_shapes.genealogies import genealogy
    from search_app.json_shapes.pictures import coverage, topic_histories, topic_profile
    from search_app.json_shapes.reports import (
        add_last_year,
        explained_inspection,
        inspection,
        report,
        whole_report,
    )
    from search_app.json_shapes.reviews import review
    from search_app.json_shapes.states import status, tally, verification
    from search_app.json_shapes.years import comparison

__all__ = [
    "add_last_year",
    "basket",
    "cited",
    "compared_passages",
    "compared_reports",
    "comparison",
    "coverage",
    "draft_check",
    "edited",
    "explained",
    "explained_inspection",
    "facet_values",
    "figures",
    "genealogy",
    "inspection",
    "labels",
    "marks",
    "matrix",
    "practices",
    "related",
    "report",
    "results",
    "review",
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
        "comparisons": (
            "compared_passages",
            "compared_reports",
            "matrix",
        ),
        "drafts": ("draft_check",),
        "figure_counts": ("figures",),
        "genealogies": ("genealogy",),
        "pictures": (
            "coverage",
            "topic_histories",
            "topic_profile",
        ),
        "reports": (
            "add_last_year",
            "explained_inspection",
            "inspection",
            "report",
            "whole_report",
        ),
        "reviews": ("review",),
        "states": (
            "status",
            "tally",
            "verification",
        ),
        "years": ("comparison",),
    },
)
