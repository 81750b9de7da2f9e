"""Bring the index up to date with the corpus. Read on in sources (the folder), reading (one file), updating (a run)."""

from search_app.indexing.reading import Understood, understand
from search_app.indexing.sources import Source, Sources, Warned, report_id, snapshot, source_at, survey
from search_app.indexing.updating import Progress, Tally, update

__all__ = [
    "Progress",
    "Source",
    "Sources",
    "Tally",
    "Understood",
    "Warned",
    "report_id",
    "snapshot",
    "source_at",
    "survey",
    "understand",
    "update",
]
