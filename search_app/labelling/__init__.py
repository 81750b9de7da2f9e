"""Labelling: Passage -> Passage with section, topics, exemplary score and reasons; the outline likewise.

The rules are tables in search_app/data that a non-programmer may edit; ``explain`` shows which words decided. The
surprise: what is named here is only loaded when it is asked for, as classifying needs numpy, and those who only want to
know from which score on a practice is exemplary (``exemplary.policy``) do not.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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


def __getattr__(name: str) -> Any:
    """Load what labels reports when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "topics.classify" if name == "find_named_topics" else "report_labels"
    return getattr(import_module(f"{__name__}.{module}"), name)
