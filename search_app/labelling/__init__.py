"""Labelling: Passage -> Passage with section, topics, exemplary score, reasons and figures; the outline likewise.

The rules are tables in search_app/data that a non-programmer may edit; ``explain`` shows which words decided. The
surprise: what is named here is only loaded when it is asked for, as classifying needs numpy, and those who only want to
know from which score on a practice is exemplary (``exemplary.policy``) do not.
"""

from typing import TYPE_CHECKING

from search_app.lazy_exports import export_lazily

if TYPE_CHECKING:
    from search_app.labelling.report_labels import Why, explain, label, situations
    from search_app.labelling.topics.classify import find_named_topics

__all__ = [
    "Why",
    "explain",
    "find_named_topics",
    "label",
    "situations",
]


__getattr__ = export_lazily(
    __name__,
    {"report_labels": ("Why", "explain", "label", "situations"), "topics.classify": ("find_named_topics",)},
)
