"""Snippets: where a passage answers a query. Text and marks only; HTML is made at the door."""

from search_app.model import Passage, Snippet
from search_app.query import Node


def marks(text: str, query: Node | None) -> tuple[tuple[int, int], ...]:
    """Return the matching ranges of a text, ordered and disjoint, adjacent ones joined."""
    raise NotImplementedError


def cut(passage: Passage, query: Node | None) -> Snippet:
    """Return up to two fragments of about 80 characters around the best matches."""
    raise NotImplementedError
