"""Merging: several segments -> one, without reading a text again; removed reports are left behind.

Documents, reports and heading paths get new numbers; everything else is the arrays of :mod:`segment`, put together
and brought into order. Cost: a sort over all postings, a second or two for 60,000 passages.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh import grams, postings
from search_app.engines.whoosh.segment import Segment, records, write_segment
from search_app.model import Report

_GONE = -1


class Part:
    """A segment to be merged; ``reports`` are the numbers of those that stay."""

    def __init__(self, segment: Segment, reports: NDArray[np.int64]) -> None:
        self.segment = segment
        self.reports = reports
        self.docs = np.flatnonzero(np.isin(segment.array("report"), reports))
        self.paths = np.unique(segment.array("path")[self.docs]).astype(np.int64)

    @cached_property
    def heads(self) -> list[Report]:
        return [self.segment.heads[number] for number in self.reports.tolist()]

    def column(self, name: str) -> NDArray[Any]:
        """Return an array of the segment without what is gone."""
        return self.segment.array(name)[self.docs]


def merge(path: Path, parts: Sequence[Part]) -> None:
    """Write one segment with the reports that stay of several, in their order."""
    segments = [part.segment for part in parts]
    docs = _renumbered([(len(part.segment), part.docs) for part in parts])
    reports = _renumbered([(len(part.segment.heads), part.reports) for part in parts])
    paths = _renumbered([(len(part.segment.paths_held), part.paths) for part in parts])
    sections, section = _ordinals([part.segment.sections for part in parts], [part.column("section") for part in parts])
    topics, bits = _bits([part.segment.topics for part in parts], [part.column("topics") for part in parts])
    arrays: dict[str, NDArray[Any]] = {}
    for field, numbers in (("words", docs), ("headings", docs), ("title", reports)):
        held = [getattr(segment, field) for segment in segments]
        arrays |= postings.merged(zip(held, numbers, strict=True)).arrays(field)
    for field, numbers in (("text", docs), ("paths", paths), ("titles", reports)):
        held = [getattr(segment, field) for segment in segments]
        arrays |= grams.merged(zip(held, numbers, strict=True)).arrays(field)
    for name in ("lengths.words", "lengths.headings", "exemplary", "signatures"):
        arrays[name] = np.concatenate([part.column(name) for part in parts])
    for name, numbers in (("path", paths), ("report", reports)):
        moved = [new[part.column(name)] for part, new in zip(parts, numbers, strict=True)]
        arrays[name] = np.concatenate(moved).astype(np.uint16)
    arrays |= {"section": section, "topics": bits}
    heads = list(chain.from_iterable(part.heads for part in parts))
    arrays["first"] = np.searchsorted(arrays["report"], np.arange(len(heads) + 1)).astype(np.uint32)
    arrays |= records(
        "passages", "passage_ends", [p.segment.passage_data(doc) for p in parts for doc in p.docs.tolist()]
    )
    arrays |= records(
        "outlines", "outline_ends", [p.segment.outline_data(one) for p in parts for one in p.reports.tolist()]
    )
    write_segment(path, arrays, heads=heads, sections=sections, topics=topics)


def _renumbered(held: Sequence[tuple[int, NDArray[np.int64]]]) -> list[NDArray[np.int64]]:
    """Return for each part old number -> new number; ``held`` are how many there were and which of them stay."""
    made, base = [], 0
    for size, kept in held:
        numbers = np.full(size, _GONE, dtype=np.int64)
        numbers[kept] = np.arange(base, base + len(kept))
        base += len(kept)
        made.append(numbers)
    return made


def _ordinals(names: Sequence[Sequence[str]], columns: Sequence[NDArray[Any]]) -> tuple[list[str], NDArray[np.uint8]]:
    """Return the names of all parts, and their columns with ordinals into those."""
    union = list(dict.fromkeys(chain.from_iterable(names)))
    tables = [np.array([union.index(name) for name in own], dtype=np.uint8) for own in names]
    return union, np.concatenate([table[column] for table, column in zip(tables, columns, strict=True)])


def _bits(names: Sequence[Sequence[str]], columns: Sequence[NDArray[Any]]) -> tuple[list[str], NDArray[np.uint64]]:
    """Return the names of all parts, and their columns with bits for those."""
    union = list(dict.fromkeys(chain.from_iterable(names)))
    made = []
    for own, column in zip(names, columns, strict=True):
        bits = np.zeros(len(column), dtype=np.uint64)
        for number, name in enumerate(own):
            bits |= (column >> np.uint64(number) & np.uint64(1)) << np.uint64(union.index(name))
        made.append(bits)
    return union, np.concatenate(made)
