"""Merging: several segments -> one, without reading a text again; removed reports are left behind.

Documents, reports and heading paths get new numbers; everything else is the arrays of :mod:`segment`, put together
and brought into order. Cost: a sort over all postings, a second or two for 60,000 passages.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.segments import bigrams, postings
from search_app.engines.whoosh.segments.ordinals import move_bits, unite, unite_kinds
from search_app.engines.whoosh.segments.segment import Segment
from search_app.engines.whoosh.segments.segment_file import lay_records, write_segment

_GONE = -1


class Part:
    """A segment to be merged; ``reports`` are the numbers of those that stay."""

    def __init__(self, segment: Segment, reports: NDArray[np.int64]) -> None:
        self.segment = segment
        self.reports = reports
        self.docs = np.flatnonzero(np.isin(segment.array("report"), reports))
        self.paths = np.unique(segment.array("path")[self.docs]).astype(np.int64)

    def column(self, name: str) -> NDArray[Any]:
        """Return an array of the segment without what is gone."""
        return self.segment.array(name)[self.docs]


def merge(path: Path, parts: Sequence[Part]) -> None:
    """Write one segment with the reports that stay of several, in their order."""
    segments = [part.segment for part in parts]
    docs = _renumbered([(len(part.segment), part.docs) for part in parts])
    reports = _renumbered([(len(part.segment.heads), part.reports) for part in parts])
    paths = _renumbered([(len(part.segment.paths_held), part.paths) for part in parts])
    arrays: dict[str, NDArray[Any]] = {}
    for field, numbers in (("words", docs), ("headings", docs), ("title", reports)):
        held = [getattr(segment, field) for segment in segments]
        arrays |= postings.merge_postings(zip(held, numbers, strict=True)).arrays(field)
    for field, numbers in (("text", docs), ("paths", paths), ("titles", reports)):
        held = [getattr(segment, field) for segment in segments]
        arrays |= bigrams.merged(zip(held, numbers, strict=True)).arrays(field)
    for name in ("lengths.words", "lengths.headings", "exemplary", "meanings", "digests", "since"):
        arrays[name] = np.concatenate([part.column(name) for part in parts])
    arrays["signatures"] = np.concatenate([part.segment.array("signatures")[:, part.docs] for part in parts], axis=1)
    for name, numbers in (("path", paths), ("report", reports)):
        moved = [new[part.column(name)] for part, new in zip(parts, numbers, strict=True)]
        arrays[name] = np.concatenate(moved).astype(np.uint16)
    kinds, names = _kinds(parts)
    arrays |= kinds
    for name in ("years", "origins"):
        arrays[name] = np.concatenate([part.segment.array(name)[part.reports] for part in parts])
    arrays["places"], names["places"] = _places(parts)
    arrays["genres"], names["genres"] = _genres(parts)
    arrays["first"] = np.searchsorted(arrays["report"], np.arange(len(arrays["years"]) + 1)).astype(np.uint32)
    arrays |= lay_records("passages", [part.segment.passage_data(doc) for part in parts for doc in part.docs.tolist()])
    for name in ("outlines", "heads", "ids", "files"):
        arrays |= lay_records(name, [part.segment.record(name, one) for part in parts for one in part.reports.tolist()])
    write_segment(path, arrays, **names)


def _renumbered(held: Sequence[tuple[int, NDArray[np.int64]]]) -> list[NDArray[np.int64]]:
    """Return for each part old number -> new number; ``held`` are how many there were and which of them stay."""
    made, base = [], 0
    for size, kept in held:
        numbers = np.full(size, _GONE, dtype=np.int64)
        numbers[kept] = np.arange(base, base + len(kept))
        base += len(kept)
        made.append(numbers)
    return made


def _kinds(parts: Sequence[Part]) -> tuple[dict[str, NDArray[Any]], dict[str, list[str]]]:
    """Return the kinds of passages of all parts, with the names that their sections and topics go by."""
    sections, section = unite([part.segment.sections for part in parts])
    topics, topic = unite([part.segment.topics for part in parts])
    held = [np.unique(part.column("kind"), return_inverse=True) for part in parts]  # those that stay
    kinds, tables = unite_kinds(
        [own[part.segment.array("section")[used]] for part, own, (used, _) in zip(parts, section, held, strict=True)],
        [
            move_bits(part.segment.array("topics")[used], bits)
            for part, bits, (used, _) in zip(parts, topic, held, strict=True)
        ],
    )
    kind = [table[numbers] for table, (_, numbers) in zip(tables, held, strict=True)]
    made: dict[str, NDArray[Any]] = {"section": kinds[0], "topics": kinds[1]}
    made["kind"] = np.concatenate(kind).astype(np.uint16)
    return made, {"sections": list(sections), "topics": list(topics)}


def _places(parts: Sequence[Part]) -> tuple[NDArray[np.uint32], list[str]]:
    """Return the numbers of city, county and town of the reports of all parts, and the names that they stand for."""
    names, tables = unite([part.segment.places for part in parts])
    moved = [
        np.append(0, table + 1)[part.segment.array("places")[part.reports]]
        for part, table in zip(parts, tables, strict=True)
    ]
    return np.concatenate(moved).astype(np.uint32), list(names)


def _genres(parts: Sequence[Part]) -> tuple[NDArray[np.uint8], list[str]]:
    """Return the numbers of the genres of the reports of all parts, and the names that they stand for."""
    names, tables = unite([part.segment.genres for part in parts])
    moved = [table[part.segment.array("genres")[part.reports]] for part, table in zip(parts, tables, strict=True)]
    return np.concatenate(moved).astype(np.uint8), list(names)
