"""Provenance: where a year or place was read, and how far that can be relied on."""

from collections.abc import Mapping
from typing import Literal

YearSource = Literal["sidecar", "title", "intro", "heading", "body", "issued", "filename", "inferred", "none"]
PlaceSource = Literal[
    "sidecar", "title", "intro", "heading", "body", "issued", "filename", "gazetteer", "inferred", "none"
]
Confidence = Literal["high", "medium", "low", "none"]
_CONFIDENCE: Mapping[str, Confidence] = {
    "sidecar": "high", "title": "high", "intro": "high", "heading": "high",
    "body": "medium", "filename": "medium", "gazetteer": "medium", "inferred": "low", "none": "none",
}  # fmt: skip


def confidence(source: YearSource | PlaceSource, *, of_year: bool = False) -> Confidence:
    """Return how far a year or place from this source can be relied on; "low" means concluded, not read.

    The one difference: who signed says where (high), when they signed does not say which year they report on (low).
    """
    return _CONFIDENCE.get(source, "low" if of_year else "high")
