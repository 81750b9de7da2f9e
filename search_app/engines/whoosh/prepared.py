"""Prepared: passages as a segment wants them: words cut, text folded, nouns packed, signatures made.

This is nearly all of the work of writing and depends on nothing but the passages, so it is done in any process; what
comes out is plain strings and bytes, cheap to hand over.
"""

from typing import NamedTuple

from search_app.engines.whoosh.stored import pack_passage
from search_app.language import signature, squeezed, terms
from search_app.model import Passage

#: Parts one heading of a path from the next, so that no phrase runs over the end of one; no query holds it.
SEPARATOR = "\x02"


class PreparedPassage(NamedTuple):
    """One passage; ``words`` and ``heading_words`` are joined by blanks, which no word holds."""

    words: str
    heading_words: str
    text: str
    path: str
    section: str
    topics: tuple[str, ...]
    exemplary: int
    signature: bytes
    data: bytes


def prepare(passages: tuple[Passage, ...]) -> tuple[PreparedPassage, ...]:
    """Return passages as a segment wants them."""
    paths: dict[tuple[str, ...], tuple[str, str]] = {}
    for passage in passages:
        if passage.headings not in paths:
            cut = " ".join(cut_words(heading) for heading in passage.headings)
            paths[passage.headings] = (cut, squeezed(SEPARATOR.join(passage.headings)))
    return tuple(
        PreparedPassage(
            words=cut_words(passage.text),
            heading_words=paths[passage.headings][0],
            text=squeezed(passage.text),
            path=paths[passage.headings][1],
            section=passage.section,
            topics=passage.topics,
            exemplary=passage.exemplary.score,
            signature=signature(passage.text),
            data=pack_passage(passage),
        )
        for passage in passages
    )


def cut_words(text: str) -> str:
    """Return the words of a text, joined by blanks."""
    return " ".join(terms(text))
