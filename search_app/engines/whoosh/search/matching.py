"""Matching: a query tree -> which documents of a segment it matches.

What a tree asks for together is looked for rarest first; once few documents are left, the rest is asked of these alone.
So a conjunction costs about what its rarest part does, and a segment without that part costs no list at all. Words are
looked for as characters (lookup_keys.py).
"""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from search_app.engines.lookup_keys import SplitWords, literal_of, split_words
from search_app.engines.whoosh.index.columns import Columns, Ints
from search_app.engines.whoosh.search.facet_counts import accept_rows
from search_app.engines.whoosh.search.segment_lookup import Lookup, Scores
from search_app.engines.whoosh.segments.doc_sets import DocSet, Mask, are_few
from search_app.language import cut_terms, minhash, pack_embedding
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
    SaysAlike,
    SomeOf,
    Words,
    Years,
)

_Part = TypeVar("_Part")


class Matching:
    """Matches the nodes of a tree, for one evaluation over one snapshot."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._meanings: dict[str, NDArray[np.float32]] = {}
        self._signatures: dict[str, bytes] = {}
        self._split: dict[int, SplitWords] = {}  # by the identity of a node of the tree being evaluated

    def split(self, node: Words) -> SplitWords:
        """Return what plain words ask for; a node is hashed once, not for each segment and each question of it."""
        known = self._split.get(id(node))
        if known is None:
            known = self._split[id(node)] = split_words(node)
        return known

    def find(self, node: Node, lookup: Lookup) -> DocSet:
        """Return where a node matches, perhaps in removed documents too; looked for once in each segment."""
        known = lookup.sets.get(id(node))
        if known is None:
            known = lookup.sets[id(node)] = self._look_for(node, lookup)
        return known

    def among(self, node: Node, lookup: Lookup, docs: Ints) -> Mask:
        """Return which of some documents, which ascend, a node matches."""
        known = lookup.sets.get(id(node))
        if known is None and are_few(len(docs), lookup.size):
            return self._look_among(node, lookup, docs)
        return self.find(node, lookup).among(docs)

    def _look_for(self, node: Node, lookup: Lookup) -> DocSet:
        match node:
            case Words():
                split = self.split(node)
                found = find_all(split.parts, lookup.bound, lookup.find, lookup.among, lookup.size)
                return found | lookup.find(split.literal) if split.literal_adds else found
            case Phrase():
                return lookup.find(literal_of(node))
            case In() | Years():
                return DocSet.of_mask(self._accept(node, lookup.rows))
            case Not(child=child):
                return ~self.find(child, lookup)
            case AllOf(children=children):
                return find_all(
                    children,
                    lambda child: self._bound(child, lookup),
                    lambda child: self.find(child, lookup),
                    lambda child, docs: self.among(child, lookup, docs),
                    lookup.size,
                )
            case AnyOf(children=children):
                return reduce(or_, (self.find(child, lookup) for child in children), DocSet.none(lookup.size))
            case SomeOf(children=children, least=least, weights=weights):
                many = np.zeros(lookup.size, dtype=np.uint16)
                for child, weight in zip(children, weights or (1,) * len(children), strict=True):
                    found = lookup.trees.get(child, lambda child=child: self.find(child, lookup))  # type: ignore[misc]
                    found.add_to(many, weight)
                return DocSet.of_mask(many >= least)
            case BestOf(children=ways):
                return reduce(or_, (self.find(way.node, lookup) for way in ways))
            case Raised(child=child):
                return self.find(child, lookup)
            case About(least=least):
                return DocSet.of_mask(self.measure_nearness(node, lookup, slice(None)) >= least)
            case SaysAlike(least=least):
                return DocSet.of_mask(self.measure_likeness(node, lookup) >= least)

    def _look_among(self, node: Node, lookup: Lookup, docs: Ints) -> Mask:
        match node:
            case Words():
                split = self.split(node)
                found = all_among(docs, split.parts, lookup.among)
                return found | lookup.among(split.literal, docs) if split.literal_adds else found
            case Phrase():
                return lookup.among(literal_of(node), docs)
            case In() | Years():
                return self._accept(node, docs + lookup.base)
            case Not(child=child):
                return ~self.among(child, lookup, docs)
            case AllOf(children=children):
                return all_among(docs, children, lambda child, docs: self.among(child, lookup, docs))
            case AnyOf(children=children):
                none = np.zeros(len(docs), dtype=np.bool_)
                return reduce(or_, (self.among(child, lookup, docs) for child in children), none)
            case BestOf(children=ways):
                return reduce(or_, (self.among(way.node, lookup, docs) for way in ways))
            case Raised(child=child):
                return self.among(child, lookup, docs)
            case About(least=least):
                return self.measure_nearness(node, lookup, docs) >= least
            case SomeOf() | SaysAlike():
                return self.find(node, lookup).among(docs)

    def _bound(self, node: Node, lookup: Lookup) -> int:
        """Return about how many documents a node matches, 0 where it matches none; reads no list."""
        match node:
            case Words():
                split = self.split(node)
                least = min(map(lookup.bound, split.parts))
                return least + lookup.bound(split.literal) if split.literal_adds else least
            case Phrase():
                return lookup.bound(literal_of(node))
            case AllOf(children=children):
                return min((self._bound(child, lookup) for child in children), default=lookup.size)
            case AnyOf(children=children):
                return sum(self._bound(child, lookup) for child in children)
            case BestOf(children=ways):
                return sum(self._bound(way.node, lookup) for way in ways)
            case Raised(child=child):
                return self._bound(child, lookup)
            case _:
                return lookup.size

    def _accept(self, node: In | Years, rows: Ints | slice) -> Mask:
        """Return which rows a facet value, or a range of years, accepts."""
        if isinstance(node, In):
            return accept_rows(self._columns, node.facet, node.value, rows)
        year = np.append(self._columns.year, 0)[self._columns.report[rows]]
        accepted: Mask = (year > 0) & (year >= (node.first or 0)) & (year <= (node.last or 9999))
        return accepted

    def measure_nearness(self, node: About, lookup: Lookup, docs: Ints | slice) -> Scores:
        """Return how near the meaning of each document is to that of a node."""
        if node.text not in self._meanings:
            packed = np.frombuffer(pack_embedding(cut_terms(node.text)), dtype=np.int8)
            self._meanings[node.text] = packed.astype(np.float32)
        return lookup.measure_nearness(self._meanings[node.text], docs)

    def measure_likeness(self, node: SaysAlike, lookup: Lookup) -> Scores:
        """Return how much of its wording each document of the segment shares with a node."""
        if node.text not in self._signatures:
            self._signatures[node.text] = minhash(node.text)
        return lookup.measure_likeness(self._signatures[node.text])


def find_all(
    parts: Sequence[_Part],
    bound: Callable[[_Part], int],
    find: Callable[[_Part], DocSet],
    among: Callable[[_Part, Ints], Mask],
    size: int,
) -> DocSet:
    """Return where all parts match: the rarest is looked for, the others too until few documents are left."""
    if len(parts) == 1:
        return find(parts[0])
    if not parts:
        return DocSet.all(size)
    ordered = []
    for at, part in enumerate(parts):
        most = bound(part)
        if not most:
            return DocSet.none(size)
        ordered.append((most, at))
    ordered.sort()
    found = find(parts[ordered[0][1]])
    for _, at in ordered[1:]:
        if not found:
            break
        found = found.only(among(parts[at], found.docs)) if found.is_few else found & find(parts[at])
    return found


def all_among(docs: Ints, parts: Sequence[_Part], among: Callable[[_Part, Ints], Mask]) -> Mask:
    """Return which of some documents all parts match; once none is left, no more are asked."""
    if len(parts) == 1:
        return among(parts[0], docs)
    found = np.ones(len(docs), dtype=np.bool_)
    for part in parts:
        found &= among(part, docs)
        if not found.any():
            break
    return found
