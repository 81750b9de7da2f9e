"""Snapshot: one generation, opened for reading; shared by all threads, replaced as a whole, never changed."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_app.array_file import ArrayFile, mapped
from search_app.engines.whoosh.index.columns import Columns, assemble
from search_app.engines.whoosh.index.manifest import Manifest
from search_app.engines.whoosh.index.recent_arrays import Recent
from search_app.engines.whoosh.segments.bigrams import Located
from search_app.engines.whoosh.segments.doc_sets import DocSet
from search_app.engines.whoosh.segments.segment import Segment
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry
from search_app.errors import NoSuchReport
from search_app.labelling.exemplary.policy import settle_exemplary
from search_app.model import Passage, Report

#: The near-duplicates of a generation: for each row the row that stands for its cluster.
CLUSTERS = "clusters.arr"
#: So many sets of documents with some characters, and below a tree, are kept for each segment (60 kB each at most), and
#: products with a meaning (240 kB).
_SETS, _COSINES = 32, 2
#: Where so many words and runs of characters are found in each segment is kept (half a kB each).
_WORDS = 512
#: So many reports that were shown are remembered, and so many passages (some 3 kB each): who narrows, reads and goes
#: back is shown the same again.
_SHOWN, _READ = 5000, 2000
#: A process keeps no more bytes of files than this, looking at them once in so many answers. What it lets go of stays
#: in the system's cache, and costs a millisecond to take up again.
MOST_MAPPED, _OFTEN = 640 << 20, 16


class Snapshot:
    """The segments of a generation and the columns over all of them. Rows as in :mod:`columns`."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.generation = manifest.generation
        self.segments = tuple(Segment(folder / entry.name) for entry in manifest.segments)
        cluster = ArrayFile(folder / CLUSTERS)["cluster"]
        self.characters = tuple(Recent[DocSet](_SETS) for _ in self.segments)
        self.trees = tuple(Recent[DocSet](_SETS) for _ in self.segments)
        self.located = tuple(Recent[tuple[Located, Located]](_WORDS) for _ in self.segments)
        self.spans = tuple(Recent[tuple[slice, slice]](_WORDS) for _ in self.segments)
        self.cosines = tuple(Recent[NDArray[np.float32]](_COSINES) for _ in self.segments)
        self._shown: dict[int, Report] = {}
        self._read = Recent[Passage](_READ)
        self._answered = 0
        self.columns: Columns = assemble(self.segments, removed_reports(manifest.segments, self.segments), cluster)

    def passage(self, row: int) -> Passage:
        """Return the passage of a row; the last ones are kept."""
        return self._read.get(row, lambda: self._unpacked(row))

    def _unpacked(self, row: int) -> Passage:
        at = bisect_right(self.columns.bases, row) - 1
        similar = int(self.columns.cluster_size[self.columns.cluster[row]]) - 1
        return self.segments[at].passage(
            row - self.columns.bases[at],
            similar=similar,
            settled=lambda rated: settle_exemplary(rated, similar=similar, stamp_floor=self.columns.stamp_floor),
        )

    def row(self, passage_id: str) -> int:
        """Return the row of a passage. Raises NoSuchReport."""
        found = self.find_row(passage_id)
        if found is None:
            raise NoSuchReport(f"索引里没有编号为 {passage_id} 的段落")
        return found

    def find_row(self, passage_id: str) -> int | None:
        """Return the row of a passage, None where it is not held."""
        number = self.number(passage_id.rpartition("-")[0])
        rows = self.rows_of(number) if number is not None else ()
        return next((row for row in rows if self.passage(row).id == passage_id), None)

    def find_digest(self, digest: int) -> NDArray[np.int64]:
        """Return the rows whose text has a digest, ordered by the paths of their reports."""
        columns, found = self.columns, [np.zeros(0, dtype=np.int64)]
        for segment, base in zip(self.segments, columns.bases, strict=False):
            found.append(np.flatnonzero(segment.array("digests") == digest) + base)
        rows = np.concatenate(found)
        rows = rows[columns.live[rows]]
        return rows[np.lexsort((rows, columns.report[rows]))]

    def reports_like(self, rows: range) -> Iterator[list[int]]:
        """Yield for each row of a report the numbers of the other reports that say nearly the same, by their paths."""
        columns, (order, starts) = self.columns, self._by_cluster
        for cluster, own in zip(columns.cluster[rows].tolist(), columns.report[rows].tolist(), strict=True):
            others = np.unique(columns.report[order[starts[cluster] : starts[cluster + 1]]])
            yield [number for number in others.tolist() if number != own]

    def frequent_words(self, limit: int) -> dict[str, int]:
        """Return the words that most passages hold, with about how many, over all segments."""
        counted: Counter[str] = Counter()
        for segment in self.segments:
            counted.update(segment.words.frequent(limit))
        return dict(counted.most_common(limit))

    def numerals(self) -> frozenset[str]:
        """Return the numerals of all segments."""
        return frozenset(chain.from_iterable(segment.words.numerals() for segment in self.segments))

    def report_id(self, number: int) -> str:
        """Return the id of a report."""
        at, own = self._home(number)
        return self.segments[at].ids[own]

    @cached_property
    def _by_cluster(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the living rows in order of their clusters, and where those of each cluster start."""
        live = np.flatnonzero(self.columns.live)
        clusters = self.columns.cluster[live]
        sizes = np.bincount(clusters, minlength=len(self.columns.cluster))
        return live[np.argsort(clusters, kind="stable")], np.concatenate(([0], np.cumsum(sizes)))

    @cached_property
    def heads(self) -> tuple[Report, ...]:
        """Return all reports without outline and asides, ordered by path; kept, as who asked once asks again."""
        return tuple(self.segments[at].heads[own] for at, own in self.columns.home.tolist())

    def head(self, number: int) -> Report:
        """Return a report without outline and asides."""
        if "heads" in self.__dict__:
            return self.heads[number]
        found: Report | None = self._shown.get(number)
        if found is None:
            if len(self._shown) >= _SHOWN:
                self._shown.clear()
            at, own = self._home(number)
            found = self._shown[number] = self.segments[at].heads[own]
        return found

    def number(self, report_id: str) -> int | None:
        """Return the number of the report with this id; None where it is not held."""
        return self._numbers.get(report_id)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        ids = [segment.ids for segment in self.segments]
        return {ids[at][own]: number for number, (at, own) in enumerate(self.columns.home.tolist())}

    def ease(self) -> None:
        """Now and then let go of the files' pages, should they be many: to be called after each answer."""
        self._answered += 1
        if self._answered % _OFTEN == 0 and mapped() > MOST_MAPPED:
            for segment in self.segments:
                segment.let_go()

    def check(self) -> None:
        """Read every byte that was not yet. Raises IndexDamaged where one is not what was written."""
        for segment in self.segments:
            segment.check()

    def _home(self, number: int) -> tuple[int, int]:
        at, own = self.columns.home[number].tolist()
        return at, own

    def report(self, number: int) -> Report:
        """Return a report, outline and asides included."""
        at, own = self._home(number)
        return self.segments[at].report(own)

    def rows_of(self, number: int) -> range:
        """Return the rows of a report's passages."""
        at, own = self._home(number)
        docs, base = self.segments[at].docs_of(own), self.columns.bases[at]
        return range(base + docs.start, base + docs.stop)


def removed_reports(entries: Sequence[SegmentEntry], segments: Sequence[Segment]) -> list[NDArray[np.bool_]]:
    """Return for each segment which of its reports are gone."""
    made = []
    for entry, segment in zip(entries, segments, strict=True):
        gone = np.zeros(len(segment.heads), dtype=np.bool_)
        gone[[one.number for one in entry.removed]] = True
        made.append(gone)
    return made
