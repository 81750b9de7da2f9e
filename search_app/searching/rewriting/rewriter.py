"""The rewriter (query expansion): each word with its synonyms and number variants, the whole with topic and meaning.

In: an intended or chosen query. Out: the tree with the table's other wordings beside each word, and figures and dates
in their other spellings; raised where a passage is about the topic that is named, or near in meaning. Quoted phrases,
named fields and what is excluded stay as they are.

The surprise: words typed without a space between them are parted at what is understood, and asked for one by one; that
they stand together as typed then raises the score.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from search_app.engines.base import Engine
from search_app.language import FAINT, Entry, find_wordings, squeeze, tokenize, vary_name, vary_numbers
from search_app.model import Found
from search_app.query import (
    RANKING,
    About,
    AllOf,
    AnyOf,
    BestOf,
    Deadline,
    In,
    Node,
    Not,
    Note,
    NoteKind,
    Phrase,
    Raised,
    Ranking,
    SaysAlike,
    Search,
    SomeOf,
    Weighted,
    Words,
    Years,
)
from search_app.searching.catalogue import catalogue_of
from search_app.searching.rewriting.held_wordings import find_held
from search_app.searching.rewriting.intent import QueryIntent
from search_app.searching.rewriting.literal import read_line, tiers
from search_app.searching.rewriting.subject import raise_tree, tell_meaning

#: So many other wordings are named to the clerk.
MOST_SHOWN = 6

#: Of one text so many entries of the table are searched in their other wordings, and of a long one so many spellings.
MOST_ENTRIES, MOST_SPELLINGS, LONG = 6, 3, 24

#: No filter at all.
_EVERYWHERE = Search()

#: Node -> what it means, the other wordings in it, the entries of the table that were typed.
_Known: TypeAlias = dict[Node, tuple[Node, tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The query to ask the engine, and what to tell the clerk."""

    query: Node | None
    notes: tuple[Note, ...] = ()


class OutOfTime(Exception):
    """Nothing further can be counted; whoever counts does without what the count was to decide."""


class Rewriter:
    """Rewrites queries for one engine and one intent, and asks the engine with the rewritten ones.

    Every query is given as it was intended or chosen; ``also`` adds the other wordings.
    """

    def __init__(
        self,
        engine: Engine,
        intent: QueryIntent,
        *,
        text: str = "",
        also: bool = True,
        ranking: Ranking = RANKING,
        deadline: Deadline | None = None,
    ) -> None:
        self._engine, self._given, self._deadline = engine, ranking, deadline
        self.intent, self._text = intent, text
        line = read_line(text)
        held = line is not None and engine.count(Search(query=line, deadline=deadline))
        # Who pastes a line wants that line: where it is held, its single words are looked for as they are.
        self._line = line if held else None
        self.also = also and not held
        exemplary = ranking.exemplary * (ranking.practice if intent.practice else 1)
        self.ranking = replace(ranking, exemplary=exemplary)
        self.catalogue = catalogue_of(engine)
        self.about = tell_meaning(intent.about) if also else intent.about
        self._known: dict[Node, Rewritten] = {}
        self._parts: _Known = {}
        self._is_held = find_held(engine)
        self._tiers: dict[Node | None, tuple[Node, ...]] = {}

    def for_intent(self, intent: QueryIntent) -> "Rewriter":
        """Return the rewriter for another intent, with the same engine and options."""
        return Rewriter(
            self._engine, intent, text=self._text, also=self.also, ranking=self._given, deadline=self._deadline
        )

    def prepare(self, search: Search) -> Search:
        """Return a search with its query rewritten, and the ranking that the intent asks for."""
        query, asked = self.rewrite(search.query).query, search.query
        if asked not in self._tiers:
            self._tiers[asked] = tiers(asked, self._line, self.intent.leaning, self._spell)
        first = self._tiers[asked]
        return replace(search, query=query, first=first, leaning=self.intent.leaning, ranking=self.ranking)

    def search(self, search: Search) -> Found:
        """Answer a search with its query rewritten."""
        return self._engine.search(self.prepare(search))

    def count(self, query: Node | None, *, within: Search = _EVERYWHERE) -> int:
        """Return how many passages a query finds, rewritten, within the filters of a search.

        Raises OutOfTime once the deadline has come, after counting too: what came back may be a part only.
        """
        self._watch_time()
        asked = replace(within, query=self.rewrite(query).query, ranking=self.ranking, deadline=self._deadline)
        total = self._engine.count(asked)
        self._watch_time()
        return total

    def is_late(self) -> bool:
        """Tell whether the deadline has come."""
        return self._deadline is not None and self._deadline.is_over()

    def _watch_time(self) -> None:
        if self.is_late():
            raise OutOfTime

    def rewrite(self, query: Node | None) -> Rewritten:
        """Return the rewritten query; each is rewritten once."""
        if query is None:
            return Rewritten(query=None)
        if query not in self._known:
            self._known[query] = self._rewrite(query)
        return self._known[query]

    def _spell(self, query: Node) -> Node:
        """Return a query with its figures in their other spellings, and no other wordings."""
        return _Walk(False, self.ranking, {}, self._is_held, spelt=self._line is None).tree(query)

    def _rewrite(self, query: Node) -> Rewritten:
        walk = _Walk(self.also, self.ranking, self._parts, self._is_held, spelt=self._line is None)
        tree = walk.tree(query)
        if self._line is not None and query == self.intent.query:  # whatever was understood of it, it is found
            tree = BestOf(children=(Weighted(node=tree), Weighted(node=self._line)))
        if isinstance(tree, BestOf):  # each way by itself, so that what is near stays below what was asked for
            ways = (
                replace(way, node=raise_tree(self.intent, way.node, self.ranking, self.about)) for way in tree.children
            )
            tree = BestOf(children=tuple(ways))
        else:
            tree = raise_tree(self.intent, tree, self.ranking, self.about)
        others = list(dict.fromkeys(other for other in walk.others if squeeze(other) not in walk.typed))
        return Rewritten(query=tree, notes=(_also(others),) if others else ())


def _also(others: list[str]) -> Note:
    more = f"等 {len(others)} 种说法" if len(others) > MOST_SHOWN else ""
    return Note(kind=NoteKind.ALSO, message=f"也搜了{''.join(f'“{other}”' for other in others[:MOST_SHOWN])}{more}。")


@dataclass(slots=True)
class _Walk:
    """One walk over one tree; gathers on the way the words typed and their other wordings.

    ``spelt`` adds the other spellings of figures and names.
    """

    also: bool
    ranking: Ranking
    known: _Known
    is_held: Callable[[str], bool]
    spelt: bool = True
    others: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def tree(self, node: Node) -> Node:
        """Return what a part of the question means; read once, however many searches it is part of."""
        if node in self.known:
            meant, others, typed = self.known[node]
            self.others += others
            self.typed += typed
            return meant
        others_before, typed_before = len(self.others), len(self.typed)
        meant = self._tree(node)
        self.known[node] = meant, tuple(self.others[others_before:]), tuple(self.typed[typed_before:])
        return meant

    def _tree(self, node: Node) -> Node:
        match node:
            case Words():
                return self._words(node)
            case AllOf(children=children):
                return self._together(node, tuple(map(self.tree, children)))
            case AnyOf(children=children) | SomeOf(children=children):
                return replace(node, children=tuple(map(self.tree, children)))
            case BestOf(children=ways):
                return replace(node, children=tuple(replace(way, node=self.tree(way.node)) for way in ways))
            case Raised(child=child):
                return replace(node, child=self.tree(child))
            case Phrase() | In() | Years() | Not() | About() | SaysAlike():
                return node

    def _words(self, node: Words) -> Node:
        """Return plain words, and the other ways to write their figures, or them as a name."""
        if node.whole:
            return node
        if not self.spelt:
            return self._parted(node)
        spellings = vary_numbers(node.text)[: MOST_SPELLINGS if len(node.text) > LONG else None]
        numbers = (self._parted(replace(node, text=text)) for text in spellings)
        names = (replace(node, text=text, whole=True) for text in vary_name(node.text))
        ways = (self._parted(node), *numbers, *names)
        return ways[0] if len(ways) == 1 else BestOf(children=tuple(Weighted(node=way) for way in ways))

    def _parted(self, node: Words, *, spoken: bool = True) -> Node:
        """Return plain words parted into entries of the tables and what is left; ``spoken``: everyday wordings too.

        Who speaks says more than is looked for: beside an everyday wording what is left only raises.
        """
        entries = self._entries(node.text, spoken=spoken)
        loosely = any(entry.spoken for entry in entries)
        parts, left = list[Node](), list[Weighted]()
        at = 0
        for entry in (*entries, None):
            runs = _telling_runs(replace(node, text=node.text[at : entry.start if entry else None]))
            if loosely:
                left += (Weighted(node=run) for run in runs if len(run.text) > 1)
            else:
                parts += runs
            if entry is not None:
                parts.append(self._other_ways(node, entry))
                at = entry.end
        if not parts:
            return node
        if len(parts) > 1:
            left.append(Weighted(node=Phrase(text=node.text, field=node.field), weight=self.ranking.together))
        asked = parts[0] if len(parts) == 1 else AllOf(children=tuple(parts))
        return Raised(child=asked, by=tuple(left)) if left else asked

    def _other_ways(self, node: Words, entry: Entry) -> Node:
        """Return an entry of the tables as typed, or in its other wordings."""
        typed = replace(node, text=node.text[entry.start : entry.end])
        self.typed.append(squeeze(typed.text))
        held = [other for other in entry.others if self.is_held(other.text)]
        self.others += (other.text for other in held)
        others = (
            Weighted(node=replace(node, text=other.text, whole=True), weight=self.ranking.synonym * other.weight)
            for other in held
        )
        as_typed = self._parted(typed, spoken=False) if entry.spoken else typed
        return BestOf(children=(Weighted(node=as_typed), *others)) if held else as_typed

    def _entries(self, text: str, *, spoken: bool) -> list[Entry]:
        """Return the entries of the tables in a text in order, the longest of many: a line has more than tell it."""
        entries = list(find_wordings(text, spoken=spoken)) if self.also else []
        longest = sorted(entries, key=lambda entry: entry.start - entry.end)[:MOST_ENTRIES]
        return sorted(longest, key=lambda entry: entry.start)

    def _together(self, typed: AllOf, children: Sequence[Node]) -> Node:
        """Return all of the children, raised where the words typed stand side by side."""
        asked = AllOf(children=tuple(children))
        said = [child.text for child in typed.children if isinstance(child, Words) and child.field == "any"]
        if len(said) < 2:
            return asked
        side_by_side = Weighted(node=Phrase(text=squeeze("".join(said))), weight=self.ranking.together)
        return Raised(child=asked, by=(side_by_side,))


def _telling_runs(node: Words) -> Iterator[Words]:
    """Yield the runs of a text between words that say nothing of what is looked for; none where all are such."""
    tokens = tokenize(node.text)
    at = 0
    for token in tokens:
        if token.text in FAINT and not any(
            other != token and other.start <= token.start and token.end <= other.end for other in tokens
        ):
            yield from _if_any(replace(node, text=node.text[at : token.start]))
            at = token.end
    yield from _if_any(replace(node, text=node.text[at:]))


def _if_any(node: Words) -> Iterator[Words]:
    if tokenize(node.text) or any(char.isalnum() for char in node.text):
        yield replace(node, text=node.text.strip())
