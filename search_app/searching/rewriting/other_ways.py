"""Other ways: a query tree with the tables' other wordings beside each word, figures and names in other spellings.

In: an intended or chosen query. Out: the tree. Quoted phrases, named fields and what is excluded stay as they are. The
surprise: words typed without a space between them are parted at what is understood, and asked for one by one; that they
stand together as typed then raises the score.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from search_app.language import (
    Entry,
    FigureCondition,
    find_figure_conditions,
    find_full_names,
    find_whole_words,
    shorten_name,
    squeeze,
    vary_name,
    vary_numbers,
)
from search_app.query import (
    About,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    Ranking,
    SaysAlike,
    SomeOf,
    Weighted,
    Words,
    Years,
)
from search_app.query.trees import all_of, any_of
from search_app.searching.rewriting.word_edges import find_standing_entries, find_telling_runs, is_compound, is_loose

#: Of one text so many entries of the table are searched in their other wordings, and of a long one so many spellings.
MOST_ENTRIES, MOST_SPELLINGS, LONG = 6, 3, 24
#: Beside a term these ask for no more than it does: passages on 普法 that do not say 形式 answer 普法形式 as well.
_GENERAL = frozenset(["工作", "例子", "事情", "方面", "事项", "内容", "情况", "方式", "形式"])
#: A figure that fulfils a condition counts so much beside the one that was typed.
_FULFILS = 0.8
#: ... and one that stands beside the same word gains so many times its rarity: no figure elsewhere is worth as much.
_BESIDE = 2.0
#: So many figures, the nearest, are looked for beside the word that stands next to the typed one: each way is a count.
_NEXT_TO = 16
#: What stands between a word and its figure.
_LINKS = ("", "达", "达到", "为")
#: Node -> what it means, the other wordings in it, the entries of the table that were typed.
Known: TypeAlias = dict[Node, tuple[Node, tuple[str, ...], tuple[str, ...]]]


@dataclass(slots=True)
class OtherWays:
    """One walk over one tree; gathers on the way the words typed and their other wordings.

    ``spelt`` adds the other spellings of figures and names; ``figures`` gives those that fulfil a condition.
    """

    also: bool
    ranking: Ranking
    known: Known
    is_held: Callable[[str], bool]
    figures: Callable[[FigureCondition], tuple[str, ...]]
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
        """Return plain words, and the other ways to write their figures, or them as a name, in full or otherwise."""
        if not node.whole and (full := self._in_full(node)):
            return full
        if node.whole or is_compound(node.text):
            return replace(node, whole=True)
        if not self.spelt:
            return self._parted(node)
        if conditions := tuple(find_figure_conditions(node.text)):
            return self._on_conditions(node, conditions)
        spellings = vary_numbers(node.text)[: MOST_SPELLINGS if len(node.text) > LONG else None]
        numbers = (self._parted(replace(node, text=text)) for text in spellings)
        names = (replace(node, text=text, whole=True) for text in (*vary_name(node.text), *self._shortened(node.text)))
        ways = (self._parted(node), *numbers, *names)
        return ways[0] if len(ways) == 1 else BestOf(children=tuple(Weighted(node=way) for way in ways))

    def _in_full(self, node: Words) -> Node | None:
        """Return a short form that stands nowhere with the names that it is short for; None where it is none."""
        names = find_full_names(node.text) if self.also else ()
        held = [name for name in names if self.is_held(name)] if names and not self.is_held(node.text) else []
        self.others += held
        ways = [replace(node, text=text, whole=True) for text in (node.text, *held)]
        return BestOf(children=tuple(Weighted(node=way) for way in ways)) if held else None

    def _shortened(self, name: str) -> Sequence[str]:
        """Return the shorter form that stands somewhere of a name that stands nowhere (四步调解 of 四步调解法)."""
        short = shorten_name(name) if self.also else ""
        if not short or self.is_held(name) or not self.is_held(short):
            return ()
        self.others.append(short)
        return (short,)

    def _on_conditions(self, node: Words, conditions: Sequence[FigureCondition]) -> Node:
        """Return words with conditions on figures: the figure itself, or what fulfils it, best beside the same word."""
        parts, raised = list[Node](), list[Weighted]()
        edges = [0, *(edge for each in conditions for edge in (each.start, each.end)), len(node.text)]
        around = [replace(node, text=node.text[at:end]) for at, end in zip(edges[::2], edges[1::2], strict=True)]
        for at, condition in enumerate(conditions):
            others = self.figures(condition) if self.also else ()
            self.others += others
            typed = [node.text[condition.start : condition.end]]
            typed += [condition.figure] if condition.is_fulfilled(condition.value) else []
            spelt = dict.fromkeys((*typed, *(way for text in typed for way in vary_numbers(text))))
            ways = [Weighted(node=replace(node, text=text, whole=True)) for text in spelt]
            if others:
                fulfil = tuple(Weighted(node=replace(node, text=text, whole=True)) for text in others)
                ways.append(Weighted(node=BestOf(children=fulfil), weight=_FULFILS))
            parts.append(BestOf(children=tuple(ways)))
            beside = self._beside(around[at].text, around[at + 1].text, (condition.figure, *others)[:_NEXT_TO])
            if beside:
                raised.append(
                    Weighted(node=any_of([Phrase(text=text, field=node.field) for text in beside]), weight=_BESIDE)
                )
        parts += (self.tree(run) for words in around for run in find_telling_runs(words))
        asked = all_of(parts)
        return Raised(child=asked, by=tuple(raised)) if raised else asked

    def _beside(self, before: str, behind: str, figures: Sequence[str]) -> list[str]:
        """Return the held ways in which one of the figures stands beside the word before it, or the one behind."""
        last, first = find_whole_words(before)[-1:], find_whole_words(behind)[:1]
        ways = [f"{word.text}{link}{figure}" for figure in figures for word in last for link in _LINKS]
        ways += [f"{figure}{word.text}" for figure in figures for word in first]
        return [way for way in ways if self.is_held(way)] if self.also else []

    def _parted(self, node: Words, *, spoken: bool = True) -> Node:
        """Return plain words parted into entries of the tables and what is left; ``spoken``: everyday wordings too.

        Who speaks says more than is looked for: beside an everyday wording what is left only raises.
        """
        entries = self._entries(node.text, spoken=spoken)
        loosely = any(entry.spoken for entry, _ in entries)
        parts, left = list[Node](), list[Weighted]()
        at = 0
        for entry, end in (*entries, (None, len(node.text))):
            runs = list(find_telling_runs(replace(node, text=node.text[at : entry.start if entry else None])))
            if loosely:
                left += (Weighted(node=run) for run in runs if len(run.text) > 1)
            elif entries and all(run.text in _GENERAL for run in runs):
                left += (Weighted(node=run) for run in runs)
            else:
                parts += runs
            if entry is not None:
                parts.append(self._other_ways(node, entry, end))
            at = end
        if not parts:
            return node
        if len(parts) > 1:
            left.append(Weighted(node=Phrase(text=node.text, field=node.field), weight=self.ranking.together))
        loose = [part for part in parts if isinstance(part, Words) and is_loose(part.text, node.text)]
        left += (Weighted(node=part) for part in loose if len(loose) < len(parts))
        asked = all_of([part for part in parts if part not in loose] or parts)
        return Raised(child=asked, by=tuple(left)) if left else asked

    def _entries(self, text: str, *, spoken: bool) -> list[tuple[Entry, int]]:
        """Return the entries of the tables in a text in order, the longest of many: a line has more than tell it."""
        entries = list(find_standing_entries(text, spoken=spoken)) if self.also else []
        longest = sorted(entries, key=lambda each: each[0].start - each[0].end)[:MOST_ENTRIES]
        return sorted(longest, key=lambda each: each[0].start)

    def _other_ways(self, node: Words, entry: Entry, end: int) -> Node:
        """Return an entry of the tables as typed, or in its other wordings; ``end`` is that of the word it is about."""
        typed = replace(node, text=node.text[entry.start : entry.end])
        self.typed.append(squeeze(typed.text))
        held = [other for other in entry.others if self.is_held(other.text)]
        self.others += (other.text for other in held)
        as_typed = self._parted(typed, spoken=False) if entry.spoken else typed
        ways = (
            Weighted(node=as_typed),
            *(
                Weighted(node=replace(node, text=other.text, whole=True), weight=self.ranking.synonym * other.weight)
                for other in held
            ),
        )
        if end > entry.end:  # 信访局 is about 信访
            self.others.append(typed.text)
            ways = (
                Weighted(node=replace(node, text=node.text[entry.start : end], whole=True)),
                *(replace(way, weight=way.weight * self.ranking.partial) for way in ways),
            )
        return BestOf(children=ways) if len(ways) > 1 else as_typed

    def _together(self, typed: AllOf, children: Sequence[Node]) -> Node:
        """Return all of the children, raised where the words typed stand side by side."""
        asked = AllOf(children=tuple(children))
        said = [child.text for child in typed.children if isinstance(child, Words) and child.field == "any"]
        if len(said) < 2:
            return asked
        side_by_side = Weighted(node=Phrase(text=squeeze("".join(said))), weight=self.ranking.together)
        return Raised(child=asked, by=(side_by_side,))
