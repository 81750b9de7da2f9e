"""Field values: a word or phrase with its field prefix -> a leaf of the tree (``镇:石桥镇``, ``年:2021..2023``).

What a facet cannot use is searched as text, with a note; so nothing typed is lost.
"""

from search_app.facets import FACETS
from search_app.model import Facet
from search_app.query.lexer import HEADING, Kind, Token
from search_app.query.nodes import In, Node, Phrase, TextField, Words, Years
from search_app.query.notes import Note, NoteKind


def make_leaf(token: Token, *, prefix: str | None) -> tuple[Node, Note | None]:
    """Return the node that a word or phrase stands for, and what was mended or is not usable."""
    if prefix is None or prefix == HEADING:
        return _text(token, "heading" if prefix == HEADING else "any"), None
    facet = Facet(prefix)
    meant = FACETS[facet].interpret(token.text)
    kind = NoteKind.BAD_YEAR if facet is Facet.YEAR else NoteKind.UNKNOWN_VALUE
    note = Note(kind=kind, message=meant.remark) if meant.remark else None
    if not meant.usable:
        return _text(token, "any"), note
    if meant.span is not None:
        first, last = meant.span
        return Years(first=first, last=last), note
    return In(facet=facet, value=meant.value), note


def _text(token: Token, field: TextField) -> Node:
    if token.kind is Kind.PHRASE:
        return Phrase(text=token.text, field=field)
    return Words(text=token.text, field=field)
