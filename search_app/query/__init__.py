"""The question: a tree of nodes, the search around it, and the lenient parser from what a clerk typed.

``parse`` never raises: what cannot be used becomes a :class:`Note` with a repaired query. Space = and; ``或``/``OR``/
``|``; ``-词``/``NOT``; ``"…"``/``“…”`` exact; parentheses; field prefixes. Read on in nodes, lexing, fields, parsing,
rendering.
"""

from search_app.query.nodes import (
    MAX_NESTING,
    MAX_OPERATORS,
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
    Note,
    Parsed,
    Phrase,
    Raised,
    Search,
    Selection,
    SomeOf,
    TextField,
    Weighted,
    Words,
    Years,
)
from search_app.query.parsing import parse
from search_app.query.ranking import RANKING, SPREAD, Ranking
from search_app.query.rendering import describe, to_text

__all__ = [
    "MAX_NESTING",
    "MAX_OPERATORS",
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
    "In",
    "Node",
    "Not",
    "Note",
    "Parsed",
    "Phrase",
    "Raised",
    "Ranking",
    "Search",
    "Selection",
    "SomeOf",
    "TextField",
    "Weighted",
    "Words",
    "Years",
    "describe",
    "parse",
    "to_text",
]
