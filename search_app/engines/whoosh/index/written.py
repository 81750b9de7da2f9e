"""What was written: the files of a draft, read again as any reader would, held against what was meant.

A disk that lost a write, a listing that came back short, a file that is not there: none of it may become a generation
that misses a report. In: the folder, the entries to be sealed, and how many passages each report that was taken over,
put or kept should have. Every byte is read once: those of the generation before, too, before they are handed on.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from search_app.array_file import ArrayFile
from search_app.engines.whoosh.index.snapshot import CLUSTERS
from search_app.engines.whoosh.segments.segment import Segment
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry
from search_app.errors import IndexProblem

#: So many segments are read at a time: reading and reckoning leave Python time for each other.
_AT_ONCE = 4


def check_written(folder: Path, entries: Iterable[SegmentEntry], meant: Mapping[str, int]) -> None:
    """Raise IndexDamaged where a file's bytes, IndexProblem where its reports are not those that were meant."""
    held: dict[str, int] = {}
    rows = 0
    with ThreadPoolExecutor(_AT_ONCE, "written") as threads:
        for entry, found in threads.map(lambda entry: (entry, _held(folder, entry)), entries):
            if held.keys() & found.keys():
                raise _differs(f"{entry.name} 里有别处已有的报告")
            held |= found
            rows += entry.docs
    if held != meant:
        raise _differs(f"应有 {_counted(meant)}，写下的是 {_counted(held)}")
    if len(ArrayFile(folder / CLUSTERS)["cluster"]) != rows:
        raise _differs(f"{CLUSTERS} 的长度不对")


def _held(folder: Path, entry: SegmentEntry) -> dict[str, int]:
    """Return the reports of a segment that are not removed, by id, and how many passages each has."""
    segment = Segment(folder / entry.name)
    segment.check()
    sizes = np.diff(segment.array("first")).tolist()
    if len(segment) != entry.docs or sum(sizes) != entry.docs or len(sizes) != len(segment.ids):
        raise _differs(f"{entry.name} 的段落数不对")
    gone = {one.number for one in entry.removed}
    return {key: sizes[number] for number, key in enumerate(segment.ids) if number not in gone}


def _counted(reports: Mapping[str, int]) -> str:
    return f"{len(reports)} 份报告、{sum(reports.values())} 个段落"


def _differs(what: str) -> IndexProblem:
    return IndexProblem(
        f"写下的索引与要写的不一致（{what}），索引没有改动", hint="请检查磁盘后再运行：search-app index"
    )
