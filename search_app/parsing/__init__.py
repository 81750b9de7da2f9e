"""Parsing: Document -> Report and Passages: cover (title, year, date, place), outline, passages."""

from collections.abc import Mapping

from search_app.model import Document, Passage, Report


def parse(
    document: Document, *, path: str, fingerprint: str = "", corrections: Mapping[str, object] | None = None
) -> tuple[Report, tuple[Passage, ...]]:
    """Understand one report; ``path`` is relative to the corpus (POSIX), ``corrections`` come from its sidecar."""
    raise NotImplementedError
