"""Writing: a block of changes -> the segments of the next generation, in a folder that nobody reads yet.

New reports go into new segments; replaced and removed ones are only marked in the table of contents, where every old
segment is named again as it is. When the block ends, small segments are merged, tier by tier, so that their number
grows with the logarithm of the number of changes; and near-duplicates are brought up to date.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search_app.engines.base import Prepared
from search_app.engines.whoosh.array_file import ArrayFile, write_arrays
from search_app.engines.whoosh.codec import ColumnarSegment
from search_app.engines.whoosh.faults import own_errors
from search_app.engines.whoosh.merging import Part, merge
from search_app.engines.whoosh.prepared import prepare
from search_app.engines.whoosh.schema import make_schema
from search_app.engines.whoosh.segment import FULL, MOST, Segment, SegmentBuilder, check_size
from search_app.engines.whoosh.snapshot import CLUSTERS, read_segments, removed_reports
from search_app.language import SIGNATURE_BYTES, reclustered
from search_app.model import Passage, Report

_INDEX = "MAIN"
#: So many segments of about one size become one.
_TIER = 8
#: A segment is rewritten without its removed reports when they are more than this share of it.
_MOSTLY_GONE = 0.5


class IndexWriter:
    """The engine contract's Writer over a draft folder; ends with commit, or with nothing at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._storage = FileStorage(str(folder))
        self._held: dict[str, ColumnarSegment] = {}
        self._opened: dict[str, Segment] = {}
        self._before: tuple[NDArray[np.uint8], NDArray[np.int64]] | None = None
        self._where: dict[str, tuple[str, int]] = {}
        self._gone: defaultdict[str, set[int]] = defaultdict(set)
        if TOC._latest_generation(self._storage, _INDEX) >= 0:  # the one way to ask
            self._take_over()
        self._builder = SegmentBuilder()
        self._new: set[str] = set()
        #: Reports and passages, once committed.
        self.counts = (0, 0)

    def put(self, report: Report, passages: tuple[Passage, ...] | Prepared) -> None:
        """Add the report, or replace the whole of it."""
        with own_errors(writing=True):
            ready = passages.held if isinstance(passages, Prepared) else prepare(passages)
            check_size(report, ready)
            self._remove(report.id)
            self._builder.add(report, ready)
            self._new.add(report.id)
            if len(self._builder) >= FULL:
                self._flush()

    def remove(self, report_id: str) -> None:
        """Take the report out; an unknown one is no error."""
        with own_errors(writing=True):
            self._remove(report_id)

    def _remove(self, report_id: str) -> None:
        if report_id in self._new:
            self._flush()
        if report_id in self._where:
            name, number = self._where.pop(report_id)
            self._gone[name].add(number)

    def commit(self) -> None:
        """Finish the segments, the table of contents and the clusters."""
        with own_errors(writing=True):
            self._flush()
            for name, numbers in self._gone.items():
                if numbers:
                    self._held[name] = self._held[name].without(sorted(numbers), self._opened[name])
            self._gone.clear()
            self._tidy()
            self._write_clusters()
            generation = TOC._latest_generation(self._storage, _INDEX) + 1
            TOC(make_schema(), list(self._held.values()), generation).write(self._storage, _INDEX)
            for old in self._folder.glob(f"_{_INDEX}_*.toc"):
                if old.name != f"_{_INDEX}_{generation}.toc":
                    old.unlink()
            reports = sum(len(segment.heads) for segment in self._opened.values())
            self.counts = (
                reports - sum(len(held.removed) for held in self._held.values()),
                sum(int(held.doc_count()) for held in self._held.values()),
            )
            self._opened.clear()  # no file of a generation that is about to be sealed stays open

    def _take_over(self) -> None:
        """Open what the generation before holds."""
        for held in read_segments(self._folder):
            self._open(held)
        kept = self._kept()
        position = np.cumsum(kept) - 1
        cluster = ArrayFile(self._folder / CLUSTERS)["cluster"]
        self._before = (_signatures(self._opened.values())[kept], position[cluster[kept]])

    def _open(self, held: ColumnarSegment) -> None:
        name, segment = held.file_name, Segment(self._folder / held.file_name)
        self._held[name], self._opened[name] = held, segment
        gone = {number for number, _, _ in held.removed}
        self._where |= {row.id: (name, number) for number, row in enumerate(segment.heads) if number not in gone}

    def _flush(self) -> None:
        """Write what was gathered as a segment of its own."""
        if self._builder.heads:
            held = ColumnarSegment(_INDEX, len(self._builder))
            self._builder.write(self._folder / held.file_name)
            self._open(held)
        self._builder, self._new = SegmentBuilder(), set()

    def _tidy(self) -> None:
        """Merge small segments, and drop what is mostly gone."""
        while chosen := _to_merge(list(self._held.values())):
            parts = [self._part(held) for held in chosen]
            merged = ColumnarSegment(_INDEX, sum(len(part.docs) for part in parts))
            if any(len(part.reports) for part in parts):
                merge(self._folder / merged.file_name, parts)
            for held in chosen:
                del self._held[held.file_name], self._opened[held.file_name]
                (self._folder / held.file_name).unlink()
            if any(len(part.reports) for part in parts):
                self._open(merged)

    def _part(self, held: ColumnarSegment) -> Part:
        segment = self._opened[held.file_name]
        gone = [number for number, _, _ in held.removed]
        return Part(segment, np.setdiff1d(np.arange(len(segment.heads)), gone))

    def _write_clusters(self) -> None:
        signatures, kept = _signatures(self._opened.values()), np.flatnonzero(self._kept())
        before = self._before or (signatures[:0], np.zeros(0, dtype=np.int64))
        cluster = np.arange(len(signatures), dtype=np.uint32)
        cluster[kept] = kept[reclustered(*before, signatures[kept])]
        write_arrays(self._folder / CLUSTERS, {"cluster": cluster})

    def _kept(self) -> NDArray[np.bool_]:
        """Return which rows of all segments are not removed."""
        gone = removed_reports(tuple(self._held.values()), tuple(self._opened.values()))
        live = [~out[segment.array("report")] for out, segment in zip(gone, self._opened.values(), strict=True)]
        return np.concatenate([np.zeros(0, dtype=np.bool_), *live])


def _signatures(segments: Iterable[Segment]) -> NDArray[np.uint8]:
    return np.concatenate(
        [np.zeros((0, SIGNATURE_BYTES), dtype=np.uint8), *(segment.array("signatures") for segment in segments)]
    )


def _to_merge(held: Sequence[ColumnarSegment]) -> list[ColumnarSegment]:
    """Return segments that should become one, in their order; nothing where all is well."""
    for one in held:
        if one.removed and (not one.doc_count() or one.deleted_count() > _MOSTLY_GONE * one.doc_count_all()):
            return [one]
    for tier in _tiers(held):
        chosen: list[ColumnarSegment] = []
        for one in tier:
            if sum(int(each.doc_count()) for each in [*chosen, one]) > MOST:
                break
            chosen.append(one)
        if len(chosen) >= _TIER:
            return chosen
    return []


def _tiers(held: Sequence[ColumnarSegment]) -> Iterator[list[ColumnarSegment]]:
    """Yield the segments that are not full, those of about one size together, smallest first."""
    tiers: defaultdict[int, list[ColumnarSegment]] = defaultdict(list)
    for one in held:
        if one.doc_count() < FULL:
            tiers[int(math.log(max(int(one.doc_count()), 1), _TIER))].append(one)
    yield from (tiers[size] for size in sorted(tiers))
