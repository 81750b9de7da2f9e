"""The Whoosh schema, its analyser, and the versions an index must agree with.

Class and module names here are pickled into every index (Whoosh keeps its schema that way): renaming one is a new
schema version.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import formats
from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, STORED, TEXT, FieldType, Schema

from search_app.language import ANALYSER_VERSION, dictionary_version, squeeze, words

SCHEMA_VERSION = "2"


class CutWords(Analyzer):  # type: ignore[misc]  # whoosh has no types
    """Hand Whoosh the words of :func:`search_app.language.words`; a sequence is taken as already cut."""

    def __call__(self, value: str | Sequence[str], **wanted: Any) -> Iterator[Token]:
        cut = [token.text for token in words(value)] if isinstance(value, str) else value
        token = Token(positions=bool(wanted.get("positions")), chars=False)
        for position, text in enumerate(cut):
            token.text = text
            token.boost = 1.0
            token.stopped = False
            if wanted.get("positions"):
                token.pos = position
            yield token


class CutGrams(CutWords):
    """Hand Whoosh the single characters and pairs of characters of a text: candidates for exact phrases."""

    def __call__(self, value: str | Sequence[str], **wanted: Any) -> Iterator[Token]:
        yield from super().__call__(tuple(sorted(grams(value))) if isinstance(value, str) else value, **wanted)


def grams(text: str) -> set[str]:
    """Return the distinct characters and neighbouring pairs of a text, folded and without white space."""
    squeezed = squeeze(text)[0]
    return set(squeezed) | {squeezed[at : at + 2] for at in range(len(squeezed) - 1)}


def make_schema() -> Schema:
    """Return the fields: ``report`` is the key to delete by; words are counted, grams and titles only exist."""
    return Schema(
        report=ID(),
        words=TEXT(analyzer=CutWords(), phrase=False),
        headings=TEXT(analyzer=CutWords(), phrase=False),
        title=_existing(CutWords()),
        grams=_existing(CutGrams()),
        data=STORED(),
        signature=STORED(),
        lengths=STORED(),
    )


def _existing(analyser: Analyzer) -> FieldType:
    field = TEXT(analyzer=analyser, phrase=False)
    field.format = formats.Existence()
    return field


def versions() -> dict[str, str]:
    """Return what an index must have been built with to be searched by this program."""
    return {"schema": SCHEMA_VERSION, "analyser": ANALYSER_VERSION, "dictionary": dictionary_version()}
