"""Columns: what is counted, filtered and sorted by, over all segments of a generation, in memory.

Rows number the passages of all segments, one segment behind the other, removed ones included; a report's passages are
neighbours in reading order. Reports are numbered by path: so equal scores in order of (report, row) are equal scores
in reading order. Shapes: P rows, R reports. Cost: some 60 bytes per passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.base import commonplace
from search_app.engines.whoosh.segment import Segment
from search_app.model import UNKNOWN, Facet, Report, Value

Ints: TypeAlias = NDArray[np.int64]
#: The report of a row that was removed.
GONE = -1


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The arrays of one generation; names are what ordinals and bits stand for."""

    bases: tuple[int, ...]  # the first row of each segment, and the number of rows
    live: NDArray[np.bool_]  # P
    report: NDArray[np.int32]  # P
    section: NDArray[np.uint8]  # P: ordinal in section_names
    section_names: tuple[str, ...]
    topics: NDArray[np.uint64]  # P: bits of topic_names
    topic_names: tuple[str, ...]
    exemplary: NDArray[np.uint8]  # P: 0..100
    cluster: NDArray[np.uint32]  # P: the row that stands for the near-duplicates of a row
    path: NDArray[np.intp]  # P: number of the heading path in its segment; as wide as an index, which is not converted
    lengths: tuple[NDArray[np.uint32], NDArray[np.uint32]]  # P: words of text, of headings
    heads: tuple[Report, ...]  # R: without outline and asides
    home: tuple[tuple[int, int], ...]  # R: segment and number of the report in it
    year: Ints  # R: 0 = unknown

    @cached_property
    def size(self) -> int:
        """Return how many passages there are."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def norms(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return length / average length of the text and of the headings of each row: BM25F's length part."""
        text, headings = (lengths / (_average(lengths[self.live])) for lengths in self.lengths)
        return text, headings

    @cached_property
    def patterns(self) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        """Return the distinct sets of topics, as bits, and which one each row has; a bit of its own means none."""
        nothing = np.uint64(1) << np.uint64(len(self.topic_names))
        return np.unique(np.where(self.topics == 0, nothing, self.topics), return_inverse=True)

    @cached_property
    def cluster_size(self) -> Ints:
        """Return how many passages the cluster of each leading row has."""
        return np.bincount(self.cluster[self.live], minlength=len(self.cluster))

    @cached_property
    def practice(self) -> NDArray[np.uint8]:
        """Return the exemplary score of each row, less what is said in nearly the same words elsewhere."""
        doublings = np.frexp(self.cluster_size.astype(np.float64))[1]  # a number's length in bits
        lost = np.array([commonplace((1 << bits) >> 1) for bits in range(int(doublings.max(initial=0)) + 1)])
        left = self.exemplary - lost[doublings][self.cluster]
        made: NDArray[np.uint8] = np.maximum(left, 0).astype(np.uint8)
        return made

    @cached_property
    def number(self) -> dict[str, int]:
        """Return the number of each report by its id."""
        return {row.id: number for number, row in enumerate(self.heads)}

    @cached_property
    def labels(self) -> tuple[tuple[Ints, list[str | None]], ...]:
        """Return for city, county and town each report's number, and the names that the numbers stand for.

        A name that stands under several known parents in this index is written with its parent (``甲县石桥镇``), or
        with 未识别 where that is unknown; None is a place that is not known.
        """
        levels: list[tuple[Ints, list[str | None]]] = []
        above: list[str | None] = [None] * len(self.heads)
        for own in zip(*((row.city, row.county, row.town) for row in self.heads), strict=True):
            parents: dict[str, set[str]] = {}
            for name, parent in zip(own, above, strict=True):
                if name and parent:
                    parents.setdefault(name, set()).add(parent)
            above = [
                (parent or UNKNOWN) + name if name and len(parents.get(name, ())) > 1 else name
                for name, parent in zip(own, above, strict=True)
            ]
            position = {value: number for number, value in enumerate(dict.fromkeys(above))}
            levels.append((np.array([position[value] for value in above], dtype=np.int64), list(position)))
        return tuple(levels) or (((np.zeros(0, dtype=np.int64)), []),) * 3

    @cached_property
    def report_values(self) -> dict[Facet, tuple[Sequence[Value], Ints, Ints]]:
        """Return for each facet of reports its values, their ranks, and which one each report has."""
        years: list[Value] = [int(year) or None for year in np.unique(self.year)]
        _, number = np.unique(self.year, return_inverse=True)
        made: dict[Facet, tuple[Sequence[Value], Ints, Ints]] = {Facet.YEAR: (years, ranks(Facet.YEAR, years), number)}
        for facet, level in ((Facet.COUNTY, 1), (Facet.TOWN, 2)):
            numbers, names = self.labels[level]
            made[facet] = (names, ranks(facet, names), numbers)
        return made

    @cached_property
    def passage_values(self) -> dict[Facet, tuple[Sequence[Value], Ints]]:
        """Return for each facet of passages its values and their ranks."""
        topics: tuple[Value, ...] = (*self.topic_names, None)
        return {
            Facet.SECTION: (self.section_names, ranks(Facet.SECTION, self.section_names)),
            Facet.TOPIC: (topics, ranks(Facet.TOPIC, topics)),
        }

    @cached_property
    def named(self) -> tuple[dict[str | None, list[int]], ...]:
        """Return for city, county and town the reports that a name stands for: bare, with its parent, as labelled."""
        levels: list[dict[str | None, list[int]]] = []
        for level, own in enumerate(("city", "county", "town")):
            held: dict[str | None, list[int]] = {}
            numbers, values = self.labels[level]
            parents, parent_values = self.labels[level - 1] if level else (numbers, [None] * len(values))
            above = ("", "city", "county")[level]
            for report, row in enumerate(self.heads):
                name: str | None = getattr(row, own)
                parent = (getattr(row, above) if above else None) or ""
                labelled = parent_values[parents[report]] or ""
                names = {name, values[numbers[report]], parent + name, labelled + name} if name else {None}
                for one in names:
                    held.setdefault(one, []).append(report)
            levels.append(held)
        return tuple(levels)


def ranks(facet: Facet, values: Sequence[Value]) -> Ints:
    """Return for each value its place among them: years newest first, names in order, what is not known last."""
    if facet == Facet.YEAR:
        order = sorted(range(len(values)), key=lambda at: (values[at] is None, -int(values[at] or 0)))
    else:
        order = sorted(range(len(values)), key=lambda at: (values[at] is None, str(values[at])))
    made = np.empty(len(values), dtype=np.int64)
    made[order] = np.arange(len(values))
    return made


def assemble(segments: Sequence[Segment], removed: Sequence[NDArray[np.bool_]], cluster: NDArray[np.uint32]) -> Columns:
    """Put the columns of segments together; ``removed`` says for each segment which of its reports are gone."""
    held = [
        (row.path, at, number)
        for at, (segment, gone) in enumerate(zip(segments, removed, strict=True))
        for number, row in enumerate(segment.heads)
        if not gone[number]
    ]
    held.sort()
    numbers = [np.full(len(segment.heads), GONE, dtype=np.int32) for segment in segments]
    for report, (_, at, number) in enumerate(held):
        numbers[at][number] = report
    report_of = _joined(
        [own[segment.array("report")] for own, segment in zip(numbers, segments, strict=True)], np.int32
    )
    live: NDArray[np.bool_] = report_of != GONE
    section_names, section = _united([segment.sections for segment in segments])
    topic_names, topic = _united([segment.topics for segment in segments])
    heads = tuple(segments[at].heads[number] for _, at, number in held)
    return Columns(
        bases=tuple(accumulate((len(segment) for segment in segments), initial=0)),
        live=live,
        report=report_of,
        section=_joined([table[s.array("section")] for table, s in zip(section, segments, strict=True)], np.uint8),
        section_names=section_names,
        topics=_joined([_moved(s.array("topics"), table) for table, s in zip(topic, segments, strict=True)], np.uint64),
        topic_names=topic_names,
        exemplary=_joined([segment.array("exemplary") for segment in segments], np.uint8),
        cluster=cluster,
        path=_joined([segment.array("path") for segment in segments], np.intp),
        lengths=(
            _joined([segment.array("lengths.words") for segment in segments], np.uint32),
            _joined([segment.array("lengths.headings") for segment in segments], np.uint32),
        ),
        heads=heads,
        home=tuple((at, number) for _, at, number in held),
        year=np.array([row.year or 0 for row in heads], dtype=np.int64),
    )


def _average(lengths: NDArray[np.uint32]) -> float:
    return float(lengths.mean()) or 1.0 if len(lengths) else 1.0


def _united(names: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], list[NDArray[np.uint8]]]:
    """Return all names in order, and for each segment its ordinals' new ordinals."""
    union = sorted({name for own in names for name in own})
    position = {name: number for number, name in enumerate(union)}
    return tuple(union), [np.array([position[name] for name in own], dtype=np.uint8) for own in names]


def _moved(bits: NDArray[np.uint64], table: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return bits with every bit where the table says."""
    made = np.zeros(len(bits), dtype=np.uint64)
    for old, new in enumerate(table.tolist()):
        made |= (bits >> np.uint64(old) & np.uint64(1)) << np.uint64(new)
    return made


def _joined(arrays: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate(arrays).astype(kind, copy=False) if arrays else np.zeros(0, dtype=kind)
