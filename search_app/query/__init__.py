"""The query: a tree of nodes, the search around it, and the lenient parser from what a clerk typed.

``parse`` never raises: what cannot be used becomes a :class:`Note` with a repaired query. Space = and; ``或``/``OR``/
``|``; ``-词``/``NOT``; ``"…"``/``“…”`` exact; parentheses; field prefixes. Read on in nodes, lexer,
field_values, parser, to_text; weights holds the numbers of the ranking.
"""

from search_app.query.deadline import Deadline
from search_app.query.nodes import (
    MAX_NESTING,
    MAX_OPERATORS,
    MAX_PASTED,
    MAX_QUERY,
    MAX_SIZE,
    MAX_TERMS,
    MAX_WINDOW,
    About,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Parsed,
    Phrase,
    Raised,
    SaysAlike,
    Search,
    Selection,
    SomeOf,
    TextField,
    Weighted,
    Words,
    Years,
)
from search_app.query.notes import Note, NoteKind, Undo
from search_app.query.parser import parse
from search_app.query.to_text import describe, to_text
from search_app.query.weights import RANKING, SPREAD, Ranking

__all__ = [
    "MAX_NESTING",
    "MAX_OPERATORS",
    "MAX_PASTED",
    "MAX_QUERY",
    "MAX_SIZE",
    "MAX_TERMS",
    "MAX_WINDOW",
    "RANKING",
    "SPREAD",
    "About",
    "AllOf",
    "AnyOf",
    "BestOf",
    "Deadline",
    "In",
    "Node",
    "Not",
    "Note",
    "NoteKind",
    "Parsed",
    "Phrase",
    "Raised",
    "Ranking",
    "SaysAlike",
    "Search",
    "Selection",
    "SomeOf",
    "TextField",
    "Undo",
    "Weighted",
    "Words",
    "Years",
    "describe",
    "parse",
    "to_text",
]
