"""Columns: what is counted, filtered and sorted by, over all segments of a generation, in memory.

Rows number the passages of all segments, one segment behind the other, removed ones included; a report's passages are
neighbours in reading order. Reports are numbered by path: so equal scores in order of (report, row) are equal scores
in reading order. Shapes: P rows, R reports, K kinds (what stands in one part and is about the same topics). Cost: some
40 bytes per passage; nothing is done once per report or passage in Python but the sorting of paths.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.facet_values import rank_values
from search_app.engines.place_labels import LEVELS, Places
from search_app.engines.score_sentences import Priors
from search_app.engines.whoosh.segments.ordinals import move_bits, unite, unite_kinds
from search_app.engines.whoosh.segments.segment import Segment
from search_app.labelling.exemplary.policy import RANKED_SECTION, count_lost_points, find_stamp_floor
from search_app.model import Facet, Value

Ints: TypeAlias = NDArray[np.int64]
#: So many rankings' priors are kept, 8 bytes a row each.
_PRIORS = 4
#: The report of a row that was removed.
GONE = -1


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The arrays of one generation; names are what ordinals and bits stand for."""

    bases: tuple[int, ...]  # the first row of each segment, and the number of rows
    live: NDArray[np.bool_]  # P
    report: NDArray[np.int32]  # P
    kind: NDArray[np.uint16] | NDArray[np.uint32]  # P
    sections: NDArray[np.uint8]  # K: ordinal in section_names
    section_names: tuple[str, ...]
    topics: NDArray[np.uint64]  # K: bits of topic_names
    topic_names: tuple[str, ...]
    exemplary: NDArray[np.uint8]  # P: 0..100
    since: NDArray[np.uint32]  # P: the number of the generation in which it appeared
    cluster: NDArray[np.uint32]  # P: the row that stands for the near-duplicates of a row
    path: NDArray[np.intp]  # P: number of the heading path in its segment; as wide as an index, which is not converted
    lengths: tuple[NDArray[Any], NDArray[Any]]  # P: words of text, of headings
    home: NDArray[np.int32]  # R x 2: segment and number of the report in it
    year: Ints  # R: 0 = unknown
    places: Places  # of R reports
    genres: tuple[tuple[str, ...], Ints]  # their names, and R: which one each report has

    @cached_property
    def size(self) -> int:
        """Return how many passages there are."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def whole(self) -> tuple[bool, ...]:
        """Tell for each segment whether nothing of it was removed."""
        return tuple(bool(self.live[start:stop].all()) for start, stop in pairwise(self.bases))

    @cached_property
    def norms(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return length / average length of the text and of the headings of each row: BM25F's length part."""
        text, headings = (lengths / (_average(lengths[self.live])) for lengths in self.lengths)
        return text, headings

    @cached_property
    def cluster_size(self) -> NDArray[np.uint32]:
        """Return how many passages the cluster of each leading row has."""
        return np.bincount(self.cluster[self.live], minlength=len(self.cluster)).astype(np.uint32)

    @cached_property
    def practice(self) -> NDArray[np.uint8]:
        """Return the exemplary score of each row, less what is said in nearly the same words elsewhere."""
        doublings = np.frexp(self.cluster_size.astype(np.float64))[1]  # a number's length in bits
        lost = np.array([count_lost_points((1 << bits) >> 1) for bits in range(int(doublings.max(initial=0)) + 1)])
        left = self.exemplary - lost[doublings][self.cluster]
        made: NDArray[np.uint8] = np.maximum(left, 0).astype(np.uint8)
        return made

    @cached_property
    def stamp_floor(self) -> int:
        """Return the exemplary score from which on a passage carries the stamp."""
        ranked = np.array([name == RANKED_SECTION for name in self.section_names], dtype=np.bool_)
        done = self.practice[self.live & ranked[self.section]]
        return find_stamp_floor(np.bincount(done, minlength=101).tolist())

    def prior(self, exemplary: float, sections: tuple[float, ...], common: float) -> NDArray[np.float64]:
        """Return what each row is worth whatever is asked: the shares of its practice, its section and its wording.

        ``sections`` are the shares in the order of their names. The last few that were asked for are kept.
        """
        asked = exemplary, sections, common
        known = self.priors.get(asked)
        if known is None:
            practice = _practice_factor(exemplary, np.arange(101, dtype=np.float64))
            known = practice[self.practice] * np.array(sections)[self.section]
            known /= _commonness(common, self.cluster_size)[self.cluster]
            if len(self.priors) >= _PRIORS:
                self.priors.clear()
            self.priors[asked] = known
        return known

    def prior_of(self, row: int, exemplary: float, sections: tuple[float, ...], common: float) -> Priors:
        """Return the shares that :meth:`prior` multiplies for one row, and what they come from."""
        points, size = self.practice[row], self.cluster_size[self.cluster[row]]
        return Priors(
            practice=float(_practice_factor(exemplary, np.float64(points))),
            points=int(points),
            section=sections[int(self.section[row])],
            section_name=self.section_names[int(self.section[row])],
            wording=float(1 / _commonness(common, size)),
            similar=int(size) - 1,
        )

    @cached_property
    def priors(self) -> dict[tuple[float, tuple[float, ...], float], NDArray[np.float64]]:
        """Return what :meth:`prior` keeps."""
        return {}

    @cached_property
    def town(self) -> Ints:
        """Return the town of each report as a number, one of its own below zero where it is not known."""
        numbers, names = self.labels[Facet.TOWN]
        unknown = np.array([name is None for name in names], dtype=np.bool_)
        return np.where(unknown[numbers], -1 - np.arange(len(numbers)), numbers) if len(names) else numbers

    @cached_property
    def by_town(self) -> Ints:
        """Return the place of each report among all, ordered by county and town as they sound, newest year first."""
        order = np.lexsort((np.arange(len(self.year)), -self.year, self.places.by_sound))
        placed = np.empty(len(order), dtype=np.int64)
        placed[order] = np.arange(len(order))
        return placed

    @cached_property
    def runs(self) -> "Runs":
        """Return the reports of all passages."""
        return find_runs(self.report[self.live])

    @cached_property
    def held(self) -> NDArray[np.bool_]:
        """Return for each kind which of its values it has, K x V: sections, topics, and whether it is about none."""
        bits = self.topics[:, None] >> np.arange(len(self.topic_names), dtype=np.uint64) & np.uint64(1)
        section = self.sections[:, None] == np.arange(len(self.section_names))
        return np.concatenate([section, bits.astype(np.bool_), self.topics[:, None] == 0], axis=1)

    @cached_property
    def flags(self) -> NDArray[np.uint64]:
        """Return the same as a bit for each value: six parts and seventeen topics are far from 64."""
        return self.held @ (np.uint64(1) << np.arange(self.held.shape[1], dtype=np.uint64))

    @cached_property
    def section(self) -> NDArray[np.uint8]:
        """Return the ordinal of each row's section."""
        return self.sections[self.kind]

    @cached_property
    def labels(self) -> dict[Facet, tuple[Ints, Sequence[str | None]]]:
        """Return for each facet of places each report's number, and the labels that the numbers stand for."""
        return {facet: self.places.labelled(facet) for facet in LEVELS if facet is not None}

    @cached_property
    def report_values(self) -> dict[Facet, tuple[Sequence[Value], Ints, Ints]]:
        """Return for each facet of reports its values, their ranks, and which one each report has."""
        held, number = np.unique(self.year, return_inverse=True)
        years: list[Value] = [year or None for year in held.tolist()]
        made: dict[Facet, tuple[Sequence[Value], Ints, Ints]] = {}
        made[Facet.YEAR] = (years, rank_values(Facet.YEAR, years), number)
        genres, genre = self.genres
        made[Facet.GENRE] = (genres, rank_values(Facet.GENRE, genres), genre)
        for facet, (numbers, names) in self.labels.items():
            made[facet] = (names, rank_values(facet, names), numbers)
        return made

    @cached_property
    def passage_values(self) -> dict[Facet, tuple[Sequence[Value], Ints]]:
        """Return for each facet of passages its values and their ranks."""
        topics: tuple[Value, ...] = (*self.topic_names, None)
        return {
            Facet.SECTION: (self.section_names, rank_values(Facet.SECTION, self.section_names)),
            Facet.TOPIC: (topics, rank_values(Facet.TOPIC, topics)),
        }


def _practice_factor(exemplary: float, points: Any) -> Any:
    """Return what a practice of so many points is worth."""
    return 1 + exemplary / 100 * points


def _commonness(common: float, copies: Any) -> Any:
    """Return what the score of a wording is divided by that so many passages share."""
    return 1 + common * np.log(np.maximum(copies, 1))


class Runs(NamedTuple):
    """Of rows: the reports that they belong to, each once, how many rows each has, and where they start."""

    reports: NDArray[np.int32]
    sizes: Ints
    starts: Ints


_ZERO, _ONE = np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)


def find_runs(report: NDArray[np.int32]) -> Runs:
    """Return the runs of equal reports; rows ascend, so that each report has one."""
    if len(report) < 2:
        return Runs(report, _ONE[: len(report)], _ZERO[: len(report)])
    first = np.ones(len(report) + 1, dtype=np.bool_)  # the last one is where the last run ends
    np.not_equal(report[1:], report[:-1], out=first[1:-1])
    bounds = first.nonzero()[0]
    starts = bounds[:-1]
    return Runs(report[starts], bounds[1:] - starts, starts)


def assemble(segments: Sequence[Segment], removed: Sequence[NDArray[np.bool_]], cluster: NDArray[np.uint32]) -> Columns:
    """Put the columns of segments together; ``removed`` says for each segment which of its reports are gone."""
    home = _by_path(segments, removed)
    numbers = [np.full(len(segment.heads), GONE, dtype=np.int32) for segment in segments]
    for at, own in enumerate(numbers):
        here = np.flatnonzero(home[:, 0] == at)
        own[home[here, 1]] = here
    report = _joined([own[segment.array("report")] for own, segment in zip(numbers, segments, strict=True)], np.int32)
    section_names, section = unite([segment.sections for segment in segments])
    topic_names, topic = unite([segment.topics for segment in segments])
    kinds, kind = unite_kinds(
        [table[one.array("section")] for table, one in zip(section, segments, strict=True)],
        [move_bits(one.array("topics"), table) for table, one in zip(topic, segments, strict=True)],
    )
    narrow = np.min_scalar_type(len(kinds[0]))
    starts = np.cumsum([0, *map(len, numbers)])
    order = starts[home[:, 0]] + home[:, 1]  # the place of each report among all, those that are gone included
    return Columns(
        bases=tuple(accumulate((len(segment) for segment in segments), initial=0)),
        live=report != GONE,
        report=report,
        kind=_joined([table[one.array("kind")] for table, one in zip(kind, segments, strict=True)], narrow),
        sections=kinds[0],
        section_names=section_names,
        topics=kinds[1],
        topic_names=topic_names,
        exemplary=_joined([segment.array("exemplary") for segment in segments], np.uint8),
        since=_joined([segment.array("since") for segment in segments], np.uint32),
        cluster=cluster,
        path=_joined([segment.array("path") for segment in segments], np.intp),
        lengths=(
            _joined([segment.array("lengths.words") for segment in segments]),
            _joined([segment.array("lengths.headings") for segment in segments]),
        ),
        home=home,
        year=_joined([segment.array("years") for segment in segments], np.int64)[order],
        places=_places(segments, order),
        genres=_genres(segments, order),
    )


def _by_path(segments: Sequence[Segment], removed: Sequence[NDArray[np.bool_]]) -> NDArray[np.int32]:
    """Return segment and number of the reports that are not gone, in the order of their paths."""
    paths = list(chain.from_iterable(segment.records("files") for segment in segments))
    home = np.array(
        [(at, number) for at, gone in enumerate(removed) for number in range(len(gone))], dtype=np.int32
    ).reshape(-1, 2)
    kept = np.flatnonzero(~np.concatenate([np.zeros(0, dtype=np.bool_), *removed]))
    return home[sorted(kept.tolist(), key=paths.__getitem__)]


def _places(segments: Sequence[Segment], order: NDArray[Any]) -> Places:
    names, tables = unite([segment.places for segment in segments])
    held = [np.append(0, own + 1)[one.array("places")] for own, one in zip(tables, segments, strict=True)]
    return Places((None, *names), np.concatenate([np.zeros((0, len(LEVELS)), dtype=np.int64), *held])[order])


def _genres(segments: Sequence[Segment], order: NDArray[Any]) -> tuple[tuple[str, ...], Ints]:
    names, tables = unite([segment.genres for segment in segments])
    held = [own[one.array("genres")] for own, one in zip(tables, segments, strict=True)]
    return names, _joined(held, np.int64)[order]


def _average(lengths: NDArray[Any]) -> float:
    return float(lengths.mean()) or 1.0 if len(lengths) else 1.0


def _joined(arrays: Sequence[NDArray[Any]], kind: Any = None) -> NDArray[Any]:
    return np.concatenate(arrays).astype(kind, copy=False) if arrays else np.zeros(0, dtype=kind)
