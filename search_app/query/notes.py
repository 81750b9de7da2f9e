"""Notes on a query or answer, made by parser and rewriting, shown by the doors: each kind knows its way back.

Both doors (pages and terminal) read here which switch takes back what a note tells of, so a new kind is one line.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_app.query.nodes import Selection


class Undo(Enum):
    """The way back from what a note tells of."""

    #: Ask the note's own query instead, where it has one.
    QUERY = auto()
    #: Search the typed words alone (``also=0``, ``--no-also``).
    TYPED_WORDS = auto()
    #: Search for what was typed, whatever it finds (``literal=1``, ``--literal``).
    LITERAL = auto()
    #: Search every genre (``all_genres=1``, ``--all-genres``), or no longer.
    GENRES = auto()
    #: Keep to exemplary practice (``exemplary=1``, ``--exemplary``): no way back, but the way on.
    EXEMPLARY = auto()


class NoteKind(StrEnum):
    """The kind of a note, as it stands in JSON; ``undo`` is its way back."""

    undo: Undo

    def __new__(cls, value: str, undo: Undo = Undo.QUERY) -> "NoteKind":
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.undo = undo
        return kind

    # what of the typed text could not be used
    TOO_LONG = "too_long"
    TOO_MANY_OPERATORS = "too_many_operators"
    TOO_MANY_TERMS = "too_many_terms"
    TOO_DEEP = "too_deep"
    UNBALANCED_QUOTE = "unbalanced_quote"
    UNBALANCED_PARENTHESIS = "unbalanced_parenthesis"
    DANGLING_OPERATOR = "dangling_operator"
    WILDCARD = "wildcard"
    FULL_WIDTH_MINUS = "full_width_minus"
    JOINED_MINUS = "joined_minus"
    IGNORED = "ignored"
    UNKNOWN_VALUE = "unknown_value"
    BAD_YEAR = "bad_year"
    # how the question was understood
    ALSO = "also", Undo.TYPED_WORDS
    PLANNED = "planned", Undo.LITERAL
    LEANING = "leaning", Undo.LITERAL
    EXCLUDED = "excluded", Undo.LITERAL
    PLACED = "placed", Undo.LITERAL
    PRACTICE = "practice", Undo.EXEMPLARY
    CORRECTED = "corrected", Undo.LITERAL
    DID_YOU_MEAN = "did_you_mean"
    NARROW = "narrow"
    SINCE = "since"
    NUMBERED = "numbered"
    PASTED = "pasted", Undo.LITERAL
    # what is shown instead of, or after, what was asked for
    ELSEWHERE = "elsewhere"
    PHRASE_IN_HEADING = "phrase_in_heading"
    UNQUOTE = "unquote"
    RELAXED = "relaxed"
    NEAR = "near"
    WIDENED = "widened"
    PARTIAL = "partial"
    # whose answer it is
    FALLEN_BACK = "fallen_back"
    # which genres were searched in an index of several
    REPORTS_ONLY = "reports_only", Undo.GENRES
    ALL_GENRES = "all_genres", Undo.GENRES
    OTHER_GENRES = "other_genres"
    # why nothing is shown
    FILTERS = "filters"
    NOT_HELD = "not_held"
    EMPTY = "empty"
    NO_MATCH = "no_match"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the clerk should know about the answer, with a query, or other filters, that mend it if any do."""

    kind: NoteKind
    message: str
    query: str | None = None
    selection: "Selection | None" = None
