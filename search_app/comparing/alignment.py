"""Alignment: the passages of one report opposite those of another, each of both exactly once.

In: passages of two reports, ours (this year's, or the left one) and theirs. Out: an :class:`Alignment`, whose rows are
in the reading order of ours, what is gone right behind what it stood behind. The interface, which others build on::

    alignment = align(ours, theirs)          # passages in reading order
    for row in alignment.rows: row.kind      # SAME, FIGURES, CHANGED, NEW, GONE
        row.ours, row.theirs                 # tuples of passages: 1 and 1, 1 and 0, 0 and 1; 2 and 1: split
        row.moved, row.split, row.merged     # may be true beside SAME, FIGURES and CHANGED
        row.likeness                         # 0 to 1000, how alike the wording is (likeness.py)
        row.parts(), row.former_parts()      # our text with theirs "instead", and the other way round
        row.figures()                        # (theirs, ours) of each figure that differs, of a FIGURES row
    alignment.counts[Kind.NEW]               # rows by kind

How: passages that are near may stand opposite each other; of all ways to pair them without crossing, the one with the
most likeness is taken (S. Needleman, C. Wunsch, "A general method applicable to the search for similarities", 1970; the
same on every machine, the earlier pair first). What is left and stands whole in a neighbour's counterpart was split off
it, or merged into it. What is left and is very much alike across the order was moved. The surprise: numbers that open a
paragraph are no wording, so a paragraph that another one was put before is still the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from search_app.comparing.aligned_row import Kind, Row
from search_app.comparing.likeness import Worded, measure_all, measure_contained, measure_pair, read_wording
from search_app.model import Passage

if TYPE_CHECKING:
    from search_app.comparing.likeness import Matrix

__all__ = ["Alignment", "Kind", "Row", "align"]

#: From so much likeness on a paragraph is another one reworded, in the same part of the report and in order; below, it
#: is a new one. Chance reaches it between strangers in 1.5% of passages; of those with half their clauses replaced 70%
#: to 85% do (``python -m benchmarks.likeness``).
NEAR = 350
#: The same for a paragraph that moved to another part, or across the order, where chance has many more tries: strangers
#: never reach it, seven to nine in ten passages with a quarter of their clauses replaced do.
ELSEWHERE = 600
#: A paragraph of which so much stands in a neighbour's counterpart was split off it, or merged into it; no stranger's
#: passage of the real reports holds so much of another.
CONTAINED = 700


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """Every passage of both sides exactly once, in the reading order of ours, what is gone where it stood."""

    rows: tuple[Row, ...]

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """Return how many rows there are of each kind."""
        counted = Counter(row.kind for row in self.rows)
        return {kind: counted[kind] for kind in Kind}


def align(ours: Sequence[Passage], theirs: Sequence[Passage]) -> Alignment:
    """Return the passages of two reports opposite each other."""
    sides = _Sides(ours, theirs)
    sides.pair_in_order()
    sides.join_neighbours()
    sides.pair_across()
    sides.join_neighbours()
    return Alignment(rows=tuple(sides.rows()))


@dataclass(slots=True)
class _Pair:
    """Places of ours and of theirs that stand opposite each other; either side is a run without gaps."""

    ours: list[int]
    theirs: list[int]
    crossed: bool = field(default=False)


class _Sides:
    """Both sides while they are aligned: which places are paired, and which are free."""

    def __init__(self, ours: Sequence[Passage], theirs: Sequence[Passage]) -> None:
        self._ours, self._theirs = ours, theirs
        self._our_words = [read_wording(each.text) for each in ours]
        self._their_words = [read_wording(each.text) for each in theirs]
        self._alike = measure_all(self._our_words, self._their_words)
        self._pairs: list[_Pair] = []
        self._our_pair: dict[int, _Pair] = {}
        self._their_pair: dict[int, _Pair] = {}

    def pair_in_order(self) -> None:
        """Pair what is near, so that no two pairs cross and their likeness is the most that there is."""
        for one, other in _best_path(self._scores()):
            self._add(_Pair([one], [other]))

    def join_neighbours(self) -> None:
        """Add free neighbours to a pair where they stand in its other side, and the pair is more alike with them."""
        for pair in self._pairs:
            while self._grow(pair, pair.ours, self._our_pair, self._our_words) or self._grow(
                pair, pair.theirs, self._their_pair, self._their_words
            ):
                pass

    def pair_across(self) -> None:
        """Pair what is left and very much alike, the most alike first, of equals those that are nearest."""
        free = [
            (-int(self._alike[one, other]), abs(one - other), one, other)
            for one in range(len(self._ours))
            if one not in self._our_pair
            for other in range(len(self._theirs))
            if other not in self._their_pair and self._alike[one, other] >= ELSEWHERE
        ]
        for _, _, one, other in sorted(free):
            if one not in self._our_pair and other not in self._their_pair:
                self._add(_Pair([one], [other], crossed=True))

    def rows(self) -> Iterator[Row]:
        """Give the rows in the order of ours; what is gone right behind what stood before it and stayed in order."""
        said: set[int] = set()
        yield from self._gone_from(0)
        for one, passage in enumerate(self._ours):
            pair = self._our_pair.get(one)
            if pair is None:
                yield Row(kind=Kind.NEW, ours=(passage,))
            elif id(pair) not in said:
                said.add(id(pair))
                yield self._row(pair)
                if not pair.crossed:
                    yield from self._gone_from(pair.theirs[-1] + 1)

    def _gone_from(self, start: int) -> Iterator[Row]:
        """Give what is gone from a place of theirs on, up to the next that stayed in order."""
        for place in range(start, len(self._theirs)):
            pair = self._their_pair.get(place)
            if pair is None:
                yield Row(kind=Kind.GONE, theirs=(self._theirs[place],))
            elif not pair.crossed:
                return

    def _row(self, pair: _Pair) -> Row:
        ours = tuple(self._ours[at] for at in pair.ours)
        theirs = tuple(self._theirs[at] for at in pair.theirs)
        now, then = _join(self._our_words, pair.ours), _join(self._their_words, pair.theirs)
        elsewhere = {each.section for each in ours}.isdisjoint(each.section for each in theirs)
        kind = Kind.CHANGED if now.letters != then.letters else Kind.SAME
        if kind is Kind.SAME and now.figures != then.figures:
            kind = Kind.FIGURES
        likeness = measure_pair(now, then)
        return Row(kind=kind, ours=ours, theirs=theirs, moved=pair.crossed or elsewhere, likeness=likeness)

    def _scores(self) -> "Matrix":
        """Return what each pair is worth: its likeness, 0 where it is none; the same figures decide between equals."""
        import numpy as np

        known: dict[str, int] = {}
        mine, its = (
            np.array([known.setdefault(each.section, len(known)) for each in side], dtype=np.int64)
            for side in (self._ours, self._theirs)
        )
        floor = np.where(mine[:, None] == its[None, :], NEAR, ELSEWHERE)
        scores = np.where(self._alike >= floor, 2 * self._alike, 0)
        figures: dict[tuple[str, object], list[int]] = {}
        for at, each in enumerate(self._their_words):
            figures.setdefault((each.letters, each.figures), []).append(at)
        for at, each in enumerate(self._our_words):
            scores[at, figures.get((each.letters, each.figures), [])] += 1
        return scores

    def _grow(self, pair: _Pair, side: list[int], paired: dict[int, _Pair], words: list[Worded]) -> bool:
        """Add the free neighbour that makes a pair most alike to one side of it; tell whether there was one."""
        mine = side is pair.ours
        other = _join(self._their_words, pair.theirs) if mine else _join(self._our_words, pair.ours)
        alike = measure_pair(_join(words, side), other)
        found: list[tuple[int, int, list[int]]] = []
        for at in (side[0] - 1, side[-1] + 1):
            if not 0 <= at < len(words) or at in paired or measure_contained(words[at], other) < CONTAINED:
                continue
            run = sorted((*side, at))
            found.append((-measure_pair(_join(words, run), other), at, run))
        if not found or -min(found)[0] <= alike:
            return False
        _, at, run = min(found)
        side[:] = run
        paired[at] = pair
        return True

    def _add(self, pair: _Pair) -> None:
        self._pairs.append(pair)
        self._our_pair[pair.ours[0]] = self._their_pair[pair.theirs[0]] = pair


def _best_path(scores: "Matrix") -> Iterator[tuple[int, int]]:
    """Give the pairs of the way through a matrix that never turns back and is worth most; the earlier of equals."""
    import numpy as np

    rows, columns = scores.shape
    best = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    for at in reversed(range(rows)):
        paired = np.where(scores[at] > 0, scores[at] + best[at + 1, 1:], 0)
        most = np.maximum(paired, best[at + 1, :-1])
        best[at, :-1] = np.maximum.accumulate(most[::-1])[::-1]
    one = other = 0
    while one < rows and other < columns:
        if scores[one, other] and best[one, other] == scores[one, other] + best[one + 1, other + 1]:
            yield one, other
            one, other = one + 1, other + 1
        elif best[one, other] == best[one + 1, other]:
            one += 1
        else:
            other += 1


def _join(words: Sequence[Worded], run: Sequence[int]) -> Worded:
    """Return the texts of a run as one."""
    return words[run[0]] if len(run) == 1 else Worded.joined(words[at] for at in run)
