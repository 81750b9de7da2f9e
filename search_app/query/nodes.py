"""The nodes of a query tree, the search around it, and what parsing gives back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from search_app.model import Collapse, Facet, Sort, Value
from search_app.query.deadline import Deadline
from search_app.query.notes import Note
from search_app.query.weights import RANKING, Ranking

#: Hard limit on what is typed, in characters; the rest is left out and a note says so.
MAX_QUERY = 256
#: So much of a pasted paragraph is used, which is searched for as a whole.
MAX_PASTED = 2_000
#: Answers beyond this rank are not served (page * size).
MAX_WINDOW = 10_000
MAX_SIZE = 100
#: What one query may hold; the rest is left out and a note says so.
MAX_NESTING = 8
MAX_OPERATORS = 32
MAX_TERMS = 32

TextField = Literal["any", "heading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Plain text: a passage matches if text or headings contain these characters, or all of their words.

    A lone character is part of the word that it ends; beside words, others decide nothing. A figure is a whole one:
    12个 is not in 912个. Signs that letters or figures are written with belong to them: 100% is not in 100, nor 3+N in
    3N.

    ``field="heading"`` (``标题:``) looks only at the headings above the passage and the report's title. ``whole`` asks
    for the characters side by side, in one heading or in the text, and scores as words do.
    """

    text: str
    field: TextField = "any"
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Exactly these characters in this order, in the passage's text or in one heading above it.

    ``field="heading"`` looks only at the headings and the report's title.

    White space, letter case, width and traditional writing do not count (:mod:`search_app.language.analysis.folding`);
    punctuation does, and stops as they are written.
    """

    text: str
    field: TextField = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class In:
    """A facet value named inside the query (``镇:石桥镇``, ``章节:不足和原因``); scores 1."""

    facet: Facet
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """A range of reporting years, both ends included; ``None`` leaves an end open; scores 1."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    child: "Node"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Matches passages whose meaning is near to that of a text, by a cosine of at least so much; scores the cosine.

    Where it only raises what others match, an engine may look at the best of these alone.
    """

    text: str
    least: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class SaysAlike:
    """Matches passages that word nearly the same as a text, figures aside; scores the share of wording in common.

    The share is that of equal bytes in the two MinHash signatures (:mod:`search_app.language.similarity.minhash`).
    """

    text: str
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeOf:
    """Matches where at least so many of the children do; scores their sum.

    With ``weights``, one for each child, those that match have to weigh so much together.
    """

    children: tuple["Node", ...]
    least: int
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """A node and how much its score counts."""

    node: "Node"
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BestOf:
    """Ways to say the same: matches where any does, with the best weighted score, so that saying it twice adds nothing.

    The first is what was typed.
    """

    children: tuple[Weighted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Matches where the child does; each of ``by`` that matches there too adds its weighted score."""

    child: "Node"
    by: tuple[Weighted, ...]


Node: TypeAlias = Words | Phrase | In | Years | Not | AllOf | AnyOf | SomeOf | BestOf | Raised | About | SaysAlike
_ByFacet: TypeAlias = Mapping[Facet, tuple[Value, ...]]
_NOTHING: _ByFacet = {}


class Selection:
    """The ticked and the excluded facet values. Never changes.

    Ticked values of one facet are joined by or, facets by and; what has any excluded value is left out.
    ``Selection({Facet.TOWN: ("石桥镇",)}, year=(2022, 2023))`` excludes a town and ticks two years. Facets without a
    value are forgotten.
    """

    __slots__ = ("_excluded", "_values")

    def __init__(self, excluded: Mapping[Facet, Iterable[Value]] = _NOTHING, /, **values: Iterable[Value]) -> None:
        self._values = _by_facet({Facet(name): chosen for name, chosen in values.items()})
        self._excluded = _by_facet(excluded)

    def of(self, facet: Facet) -> tuple[Value, ...]:
        """Return the values ticked in one facet."""
        return self._values.get(facet, ())

    def excluded(self, facet: Facet) -> tuple[Value, ...]:
        """Return the values excluded in one facet."""
        return self._excluded.get(facet, ())

    def ticked_pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Yield every ticked value with its facet, in the order of the facets."""
        return ((facet, value) for facet, values in self._values.items() for value in values)

    def excluded_pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Yield every excluded value with its facet, in the order of the facets."""
        return ((facet, value) for facet, values in self._excluded.items() for value in values)

    def touches(self, facet: Facet) -> bool:
        """Tell whether a value of a facet is ticked or excluded."""
        return facet in self._values or facet in self._excluded

    def with_values(self, facet: Facet, values: Iterable[Value]) -> "Selection":
        """Return the selection with other values ticked in one facet, none for ``()``."""
        return Selection(self._excluded, **{**{name.value: each for name, each in self._values.items()}, facet: values})

    def with_excluded(self, facet: Facet, values: Iterable[Value]) -> "Selection":
        """Return the selection with other values excluded in one facet, none for ``()``."""
        ticked = {name.value: chosen for name, chosen in self._values.items()}
        return Selection({**self._excluded, facet: values}, **ticked)

    def without(self, facet: Facet) -> "Selection":
        """Return the selection with nothing ticked or excluded in one facet."""
        return self.with_values(facet, ()).with_excluded(facet, ())

    def __bool__(self) -> bool:
        return bool(self._values or self._excluded)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Selection) and (self._values, self._excluded) == (other._values, other._excluded)

    def __hash__(self) -> int:
        return hash((tuple(self._values.items()), tuple(self._excluded.items())))

    def __repr__(self) -> str:
        said = [repr(dict(self._excluded))] if self._excluded else []
        said += [f"{facet.value}={chosen!r}" for facet, chosen in self._values.items()]
        return f"Selection({', '.join(said)})"


def _by_facet(given: Mapping[Facet, Iterable[Value]]) -> _ByFacet:
    """Return the values of the facets that have some, in the order of the facets."""
    held = {facet: chosen for facet, values in given.items() if (chosen := tuple(values))}
    return {facet: held[facet] for facet in Facet if facet in held} if len(held) > 1 else held


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One question to an engine; ``query=None`` matches everything. Pages count from 1.

    ``like`` keeps only the other passages that say nearly the same as the passage of this id, ``unlike`` only those of
    other reports that do not, itself left out by both; the counts tell of what is kept.
    ``since`` keeps only passages that are new since a generation: their text stood in no report of their place and year
    in it, nor in a later one and then on.
    ``first`` are nodes whose matches stand first, those of the first before those of the second ..., whatever their
    scores; where the list has an order of its own (years, practice), they go before among equals only.
    ``leaning`` names the sections that the question is about (不足, 打算): passages of the others come later.
    When the ``deadline`` has come, the answer tells of what was looked at until then; the same question without one is
    the same question.
    """

    query: Node | None = None
    selection: Selection = field(default_factory=Selection)
    exemplary: bool = False
    like: str | None = None
    unlike: str | None = None
    since: str | None = None
    sort: Sort = Sort.RELEVANCE
    collapse: Collapse = Collapse.NONE
    page: int = 1
    size: int = 10
    first: tuple["Node", ...] = ()
    leaning: tuple[str, ...] = ()
    ranking: Ranking = RANKING
    deadline: Deadline | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    query: Node | None
    notes: tuple[Note, ...] = ()
