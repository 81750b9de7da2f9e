"""The writer: a block of changes -> the segments of the next generation, in a folder that nobody reads yet.

New reports go into new segments; replaced and removed ones are only marked in the entries of the manifest, which lists
every old segment again as it is. When the block ends, small segments are merged, tier by tier, so that their number
grows with the logarithm of the number of changes; and near-duplicates are brought up to date.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import accumulate
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_app.array_file import ArrayFile, write_arrays
from search_app.engines.base import Prepared
from search_app.engines.lineage import number_of
from search_app.engines.whoosh.error_mapping import own_errors
from search_app.engines.whoosh.index.appearances import NOTHING, Appearances, Known
from search_app.engines.whoosh.index.snapshot import CLUSTERS, removed_reports
from search_app.engines.whoosh.index.written import check_written
from search_app.engines.whoosh.segments.merge import Part, merge
from search_app.engines.whoosh.segments.prepared import prepare
from search_app.engines.whoosh.segments.segment import FULL, MOST, Segment, SegmentBuilder, check_size
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry, new_entry
from search_app.language import SIGNATURE_BYTES, update_clusters
from search_app.model import Passage, Report

#: So many segments of about one size become one.
_TIER = 8
#: A segment is rewritten without its removed reports when they are more than this share of it.
_MOSTLY_GONE = 0.5


class IndexWriter:
    """The engine contract's Writer over a draft folder; ends with commit, or with nothing at all.

    ``base`` are the segments that the draft took over from the generation before; None = it starts from nothing but
    what is ``known`` of passages that were held before.
    """

    def __init__(self, folder: Path, base: Iterable[SegmentEntry] | None, known: Known | None = None) -> None:
        self._folder = folder
        self._held: dict[str, SegmentEntry] = {}
        self._opened: dict[str, Segment] = {}
        #: The clusters of the generation before, and for each passage of each segment its row then, -1 = it is new.
        self._led = np.zeros(0, dtype=np.uint32)
        self._rows: dict[str, NDArray[np.int64]] = {}
        self._where: dict[str, tuple[str, int]] = {}
        #: How many passages each report should have in the end, whatever else is kept of it.
        self._meant: dict[str, int] = {}
        self._gone: defaultdict[str, set[int]] = defaultdict(set)
        if base is not None:
            self._take_over(base)
        before = [(entry, self._opened[entry.name]) for entry in self._held.values()]
        self._appearances = Appearances(number_of(folder.name), before, None if before else known or NOTHING)
        self._builder = SegmentBuilder(self._appearances)
        self._thread = ThreadPoolExecutor(1, "segments")
        #: The segment that is being written, and the reports of it that were replaced before it was full.
        self._under_way: tuple[SegmentEntry, set[int], Future[None]] | None = None
        self._new: dict[str, int] = {}
        self._dropped: set[int] = set()
        #: Once committed: the segments, in order of rows, how many reports and passages they hold, and the numbers of
        #: the generations in which these appeared.
        self.entries: tuple[SegmentEntry, ...] = ()
        self.counts = (0, 0)
        self.appeared: Collection[int] = ()

    def put(self, report: Report, passages: tuple[Passage, ...] | Prepared) -> None:
        """Add the report, or replace the whole of it."""
        with own_errors(writing=True):
            ready = passages.held if isinstance(passages, Prepared) else prepare(passages)
            check_size(report, ready)
            self._remove(report.id)
            if len(self._builder) + len(ready.passages) > MOST:
                self._flush()
            self._new[report.id] = self._builder.reports
            self._builder.add(report, ready)
            self._meant[report.id] = len(ready.passages)
            if max(len(self._builder), self._builder.reports) >= FULL:
                self._flush()

    def remove(self, report_id: str) -> None:
        """Take the report out; an unknown one is no error."""
        with own_errors(writing=True):
            self._remove(report_id)

    def _remove(self, report_id: str) -> None:
        self._meant.pop(report_id, None)
        if report_id in self._new:
            self._dropped.add(self._new.pop(report_id))
        if report_id in self._where:
            name, number = self._where.pop(report_id)
            self._gone[name].add(number)

    def commit(self) -> None:
        """Finish the segments and the clusters."""
        with own_errors(writing=True):
            self._flush()
            self._settle()
            self._appearances.forget()
            for name, numbers in self._gone.items():
                if numbers:
                    self._held[name] = self._held[name].without(sorted(numbers), self._opened[name])
            self._gone.clear()
            self._tidy()
            self._write_clusters()
            self.appeared = {each for one in self._opened.values() for each in np.unique(one.array("since")).tolist()}
            self.entries = tuple(self._held.values())
            reports = sum(len(segment.heads) for segment in self._opened.values())
            self.counts = (
                reports - sum(len(entry.removed) for entry in self.entries),
                sum(entry.docs_left for entry in self.entries),
            )
            self._opened.clear()  # no file of a generation that is about to be sealed stays open
            self._sweep({CLUSTERS, *self._held})
            check_written(self._folder, self.entries, self._meant)

    def close(self) -> None:
        """Come to rest: whether committed or not, nothing is written to the folder any more, and no file is held.

        Windows removes no file that is open, so that the folder of a write that was stopped would stay.
        """
        self._thread.shutdown(cancel_futures=True)
        self._opened.clear()
        self._appearances.forget()

    def _take_over(self, entries: Iterable[SegmentEntry]) -> None:
        """Open what the generation before holds."""
        self._led = ArrayFile(self._folder / CLUSTERS)["cluster"].copy()  # the file is to be written anew
        base = 0
        for entry in entries:
            self._open(entry, rows=np.arange(base, base + entry.docs))
            base += entry.docs
            gone = {one.number for one in entry.removed}
            segment = self._opened[entry.name]
            held = {key: number for number, key in enumerate(segment.ids) if number not in gone}
            self._where |= {key: (entry.name, number) for key, number in held.items()}
            self._meant |= {key: len(segment.docs_of(number)) for key, number in held.items()}

    def _open(
        self, entry: SegmentEntry, dropped: Collection[int] = (), *, rows: NDArray[np.int64] | None = None
    ) -> None:
        """Open a segment; ``dropped`` are the reports that were replaced or removed before it was finished."""
        segment = Segment(self._folder / entry.name)
        self._held[entry.name], self._opened[entry.name] = entry.without(dropped, segment), segment
        self._rows[entry.name] = np.full(len(segment), -1) if rows is None else rows

    def _flush(self) -> None:
        """Write what was gathered as a segment of its own, while the next one is gathered: numpy leaves Python time."""
        self._settle()
        if self._builder.reports:
            entry = new_entry(len(self._builder))
            writing = self._thread.submit(self._builder.write, self._folder / entry.name)
            self._under_way = entry, self._dropped, writing
            self._where |= {key: (entry.name, number) for key, number in self._new.items()}
        self._builder, self._new, self._dropped = SegmentBuilder(self._appearances), {}, set()

    def _settle(self) -> None:
        """Wait until the segment that is being written is there."""
        if self._under_way:
            entry, dropped, writing = self._under_way
            self._under_way = None
            writing.result()
            self._open(entry, dropped)

    def _tidy(self) -> None:
        """Merge small segments, and drop what is mostly gone."""
        while chosen := _to_merge([(self._numbers(entry), entry) for entry in self._held.values()]):
            parts = [self._part(entry) for entry in chosen]
            merged = new_entry(sum(len(part.docs) for part in parts))
            if any(len(part.reports) for part in parts):
                merge(self._folder / merged.name, parts)
            rows = np.concatenate([self._rows[entry.name][p.docs] for entry, p in zip(chosen, parts, strict=True)])
            for entry in chosen:
                del self._held[entry.name], self._opened[entry.name], self._rows[entry.name]
            if any(len(part.reports) for part in parts):
                self._open(merged, rows=rows)

    def _numbers(self, entry: SegmentEntry) -> int:
        """Return how many numbers a segment needs without what is gone: for passages or for reports."""
        return max(entry.docs_left, len(self._opened[entry.name].heads) - len(entry.removed))

    def _part(self, entry: SegmentEntry) -> Part:
        """Return what is to be merged, its bytes checked: damage would be sealed as sound with what is made of it."""
        segment = self._opened[entry.name]
        segment.check()
        return Part(segment, np.setdiff1d(np.arange(len(segment.heads)), [one.number for one in entry.removed]))

    def _sweep(self, named: Collection[str]) -> None:
        """Remove all other files. On Windows one that a reader has open stays: the next commit tries again."""
        for path in self._folder.iterdir():
            if path.name not in named:
                with suppress(OSError):
                    path.unlink()

    def _write_clusters(self) -> None:
        held = self._kept()
        kept = np.flatnonzero(held)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *self._rows.values()])[kept]
        known = np.flatnonzero(rows >= 0)
        now = np.full(len(self._led), -1)
        now[rows[known]] = known
        leaders = np.full(len(kept), -1)
        leaders[known] = now[self._led[rows[known]]]
        cluster = np.arange(len(held), dtype=np.uint32)
        cluster[kept] = kept[update_clusters(_signatures(self._opened.values(), held), leaders)]
        write_arrays(self._folder / CLUSTERS, {"cluster": cluster})

    def _kept(self) -> NDArray[np.bool_]:
        """Return which rows of all segments are not removed."""
        gone = removed_reports(tuple(self._held.values()), tuple(self._opened.values()))
        live = [~out[segment.array("report")] for out, segment in zip(gone, self._opened.values(), strict=True)]
        return np.concatenate([np.zeros(0, dtype=np.bool_), *live])


def _signatures(segments: Iterable[Segment], kept: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return the signatures of the passages that are kept; the bytes of one place in them lie together in memory."""
    held = [np.zeros((SIGNATURE_BYTES, 0), dtype=np.uint8), *(segment.array("signatures") for segment in segments)]
    joined = np.concatenate(held, axis=1)
    return joined.T if kept.all() else joined[:, kept].T


def _to_merge(sized: Iterable[tuple[int, SegmentEntry]]) -> list[SegmentEntry]:
    """Return segments that should become one; nothing where all is well. Each comes with the numbers it needs."""
    tiers: defaultdict[int, list[tuple[int, SegmentEntry]]] = defaultdict(list)
    for size, one in sized:
        if one.removed and (not one.docs_left or one.docs_removed > _MOSTLY_GONE * one.docs):
            return [one]
        if size < FULL:
            tiers[int(math.log(max(size, 1), _TIER))].append((size, one))
    for _, tier in sorted(tiers.items()):
        tier.sort(key=itemgetter(0))
        together = accumulate(size for size, _ in tier)
        chosen = [one for (_, one), numbers in zip(tier, together, strict=True) if numbers <= MOST]
        if len(chosen) >= _TIER:
            return chosen
    return []
