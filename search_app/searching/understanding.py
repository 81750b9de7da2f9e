"""Understanding: what was typed -> what an engine is asked, and what the clerk is told about it.

In: a parsed tree and the catalogue of the index. Out: :class:`Understood`: the tree with the table's other wordings
beside each word, numbers and dates in their other spellings, places and years that the index holds taken as such, and
words that only ask (怎么写) taken out. Quoted phrases, named fields and what is excluded stay as they are.

The surprise: words typed without a space between them are parted at what is understood, and asked for one by one; that
they stand together as typed then raises the score.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from search_app.engines.base import Engine
from search_app.language import FAINT, alternatives, intents, simplified, squeezed, variants, words
from search_app.model import Facet, Found
from search_app.query import (
    RANKING,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Note,
    Phrase,
    Raised,
    Ranking,
    Search,
    SomeOf,
    Weighted,
    Words,
    Years,
)
from search_app.searching.catalogues import Catalogue, catalogue_of, vocabulary_of

#: So many other wordings are named to the clerk.
MOST_SHOWN = 6

_YEAR = re.compile(r"(?<![0-9])((?:19|20)\d\d)(?:年度?|(?![0-9.．·]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The tree to ask for, and what to tell the clerk."""

    query: Node | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a question wishes for beside its words: the tree without the words that ask, and how to rank."""

    query: Node | None
    leaning: tuple[str, ...] = ()
    practice: bool = False
    topics: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


class Asker:
    """An engine that is asked what was meant: every search goes to it with its query understood."""

    def __init__(self, engine: Engine, wish: Wish, *, also: bool = True, ranking: Ranking = RANKING) -> None:
        self._engine = engine
        self._wish = wish
        self._also = also
        exemplary = ranking.exemplary * (ranking.practice if wish.practice else 1)
        self.ranking = replace(ranking, exemplary=exemplary)
        self.held = catalogue_of(engine)
        self.vocabulary = partial(vocabulary_of, engine)

    @property
    def passages(self) -> int:
        """Return how many passages the index holds."""
        return self.held.generation.passages

    def search(self, search: Search) -> Found:
        """Answer a search whose query is as it was parsed."""
        meant = self.understood(search.query)
        return self._engine.search(replace(search, query=meant.query, leaning=self._wish.leaning, ranking=self.ranking))

    def understood(self, query: Node | None) -> Understood:
        """Return what a parsed query means here."""
        if query is None:
            return Understood(query=None)
        reading = _Reading(self.held, self.vocabulary, self._also, self.ranking)
        tree = _about(self._wish.topics, reading.tree(query), self.ranking)
        others = list(dict.fromkeys(other for other in reading.others if squeezed(other) not in reading.typed))
        return Understood(query=tree, notes=(_also(others),) if others else ())


def wished(query: Node | None, held: Catalogue) -> Wish:
    """Return what a parsed query wishes for: 普法怎么写 for 普法, 2024年计划 for the plans of the reports on 2023."""
    from search_app.labelling import heading_topics  # numpy

    parts = query.children if isinstance(query, AllOf) else (query,)
    plain = [part for part in parts if isinstance(part, Words) and part.field == "any" and not part.whole]
    if not plain:
        return Wish(query=query)
    typed = simplified(" ".join(part.text for part in plain))
    asks = intents(typed)
    nodes: list[Node] = [Words(text=text) for text in asks.text.split()]
    if asks.bare and asks.sections:
        own = (Weighted(node=In(facet=Facet.SECTION, value=section)) for section in asks.sections)
        nodes = [BestOf(children=(Weighted(node=_all_of(nodes)), *own))]
    notes: list[Note] = []
    if asks.planned is not None and asks.planned - 1 in held.years:
        nodes.append(Years(first=asks.planned - 1, last=asks.planned - 1))
        told = f"{asks.planned} 年的打算写在 {asks.planned - 1} 年度的报告里，已这样查找。"
        notes.append(Note(kind="planned", message=told))
    elif asks.planned is not None:
        nodes.append(Words(text=str(asks.planned)))
    if asks.sections:
        notes.append(Note(kind="leaning", message=f"先列出“{'”“'.join(asks.sections)}”里的段落。"))
    nodes += (part for part in parts if part is not None and part not in plain)
    return Wish(
        query=_all_of(nodes) if asks.dropped or asks.bare else query,
        leaning=asks.sections,
        practice=asks.practice,
        topics=heading_topics(typed),
        notes=tuple(notes),
    )


def _all_of(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(children=tuple(nodes))


def _also(others: list[str]) -> Note:
    more = f" 等 {len(others)} 种说法" if len(others) > MOST_SHOWN else ""
    return Note(kind="also", message=f"也搜了 {'、'.join(others[:MOST_SHOWN])}{more}。")


@dataclass(slots=True)
class _Reading:
    """One walk over one tree; gathers on the way the words typed and their other wordings."""

    held: Catalogue
    vocabulary: Callable[[], Mapping[str, int]]
    also: bool
    ranking: Ranking
    others: list[str] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)

    def tree(self, node: Node) -> Node:
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
            case Phrase() | In() | Years() | Not():
                return node

    def _words(self, node: Words) -> Node:
        """Return plain words, and the other ways to write their figures."""
        if node.whole:
            return node
        node = replace(node, text=simplified(node.text))
        ways = (self._parted(node), *(self._parted(replace(node, text=text)) for text in variants(node.text)))
        return ways[0] if len(ways) == 1 else BestOf(children=tuple(Weighted(node=way) for way in ways))

    def _parted(self, node: Words) -> Node:
        """Return plain words parted into places, years, entries of the table and what is left."""
        parts: list[Node] = []
        for piece in self._named(node) if node.field == "any" else (node,):
            parts += self._said(piece) if isinstance(piece, Words) else (piece,)
        if not parts:
            return node
        if len(parts) == 1:
            return parts[0]
        whole = Weighted(node=Phrase(text=node.text, field=node.field), weight=self.ranking.together)
        return Raised(child=AllOf(children=tuple(parts)), by=(whole,))

    def _named(self, node: Words) -> Iterator[Node]:
        """Yield the places and years of the index in a text as such, and what lies between them as words."""
        at = 0
        for start, end, named in sorted(
            chain(self._places(node.text), self._years(node.text)), key=lambda one: one[:2]
        ):
            if start < at:
                continue
            if between := node.text[at:start].strip():
                yield Words(text=between)
            typed = Weighted(node=Words(text=node.text[start:end]))
            yield BestOf(children=(typed, named))
            at = end
        if rest := node.text[at:].strip():
            yield Words(text=rest)

    def _places(self, text: str) -> Iterator[tuple[int, int, Weighted]]:
        at = 0
        while at < len(text):
            for length in range(min(self.held.longest_place, len(text) - at), 1, -1):
                if named := self._place(text[at : at + length]):
                    yield at, at + length, Weighted(node=named, weight=self.ranking.place)
                    at += length - 1
                    break
            at += 1

    def _place(self, name: str) -> In | None:
        """Return the place of a name; a town without its 镇 only where that is no word of the reports."""
        if facet := self.held.place(name):
            return In(facet=facet, value=name)
        if (town := self.held.town_called(name)) and name not in self.vocabulary():
            return In(facet=Facet.TOWN, value=town)
        return None

    def _years(self, text: str) -> Iterator[tuple[int, int, Weighted]]:
        for found in _YEAR.finditer(text):
            year = int(found.group(1))
            if year in self.held.years:
                yield *found.span(), Weighted(node=Years(first=year, last=year), weight=self.ranking.year)

    def _said(self, node: Words) -> Iterator[Node]:
        """Yield the entries of the table in a text with their other wordings, and what lies between them."""
        at = 0
        for entry in alternatives(node.text) if self.also else ():
            yield from _telling(replace(node, text=node.text[at : entry.start]))
            typed = node.text[entry.start : entry.end]
            self.typed.add(squeezed(typed))
            self.others += (other.text for other in entry.others)
            others = (
                Weighted(node=replace(node, text=other.text, whole=True), weight=other.weight) for other in entry.others
            )
            yield BestOf(children=(Weighted(node=replace(node, text=typed)), *others))
            at = entry.end
        yield from _telling(replace(node, text=node.text[at:]))

    def _together(self, typed: AllOf, children: Sequence[Node]) -> Node:
        """Return all of the children, raised where the words typed stand side by side."""
        asked = AllOf(children=tuple(children))
        said = [child.text for child in typed.children if isinstance(child, Words) and child.field == "any"]
        if len(said) < 2:
            return asked
        side_by_side = Weighted(node=Phrase(text=squeezed("".join(said))), weight=self.ranking.together)
        return Raised(child=asked, by=(side_by_side,))


def _telling(node: Words) -> Iterator[Words]:
    """Yield the runs of a text between words that say nothing of what is looked for; all of it if nothing does."""
    tokens = words(node.text)
    at = 0
    for token in tokens:
        if token.text in FAINT and not any(
            other != token and other.start <= token.start and token.end <= other.end for other in tokens
        ):
            yield from _if_any(replace(node, text=node.text[at : token.start]))
            at = token.end
    yield from _if_any(replace(node, text=node.text[at:]))


def _if_any(node: Words) -> Iterator[Words]:
    if words(node.text) or any(char.isalnum() for char in node.text):
        yield replace(node, text=node.text.strip())


def _about(topics: Sequence[str], tree: Node, ranking: Ranking) -> Node:
    """Return a tree raised where a passage is about the topics that the question names."""
    if not topics or not ranking.topic:
        return tree
    by = tuple(Weighted(node=In(facet=Facet.TOPIC, value=topic), weight=ranking.topic) for topic in topics)
    return Raised(child=tree, by=by)
