"""The Whoosh schema and its analysers: what stock Whoosh has to know of our fields to search them.

No index holds it; it is made anew whenever one is opened with Whoosh (stock_index.py).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import formats
from whoosh.analysis import Analyzer, Token
from whoosh.columns import NumericColumn, RefBytesColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema

from search_app.language import squeeze_with_offsets, tokenize


class CutWords(Analyzer):  # type: ignore[misc]  # whoosh has no types
    """Hand Whoosh the words of :func:`search_app.language.analysis.tokenizer`."""

    def __call__(self, value: str, **wanted: Any) -> Iterator[Token]:
        return _tokens([token.text for token in tokenize(value)], wanted)


class CutPairs(Analyzer):  # type: ignore[misc]
    """Hand Whoosh the pairs of neighbouring characters of a text: a phrase of them is that run of characters."""

    def __call__(self, value: str, **wanted: Any) -> Iterator[Token]:
        squeezed = squeeze_with_offsets(value)[0]
        return _tokens([squeezed[at : at + 2] for at in range(len(squeezed) - 1)], wanted)


def _tokens(cut: Sequence[str], wanted: dict[str, Any]) -> Iterator[Token]:
    token = Token(positions=bool(wanted.get("positions")), chars=False)
    for position, text in enumerate(cut):
        token.text = text
        token.boost = 1.0
        token.stopped = False
        if wanted.get("positions"):
            token.pos = position
        yield token


def make_schema() -> Schema:
    """Return the fields: words are counted, words of titles only exist, pairs of characters know their positions."""
    title = TEXT(analyzer=CutWords(), phrase=False)
    title.format = formats.Existence()
    return Schema(
        report=ID(),
        words=TEXT(analyzer=CutWords(), phrase=False),
        headings=TEXT(analyzer=CutWords(), phrase=False),
        title=title,
        grams=TEXT(analyzer=CutPairs()),
        data=STORED(),
        exemplary=COLUMN(NumericColumn("B")),
        section=COLUMN(RefBytesColumn()),
        year=COLUMN(NumericColumn("H")),
    )
