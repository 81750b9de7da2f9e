"""Columns: what is counted, filtered and sorted by; one row per passage, ordered by report path and passage number.

So equal scores in row order are equal scores in reading order, and a report's passages are neighbours. Built once from
a committed Whoosh index when a generation is finished, then only read. Shapes: P passages, R reports, D documents of
Whoosh.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh.stored import unpack_passage, unpack_report
from search_app.language import clusters, squeeze
from search_app.model import UNKNOWN, Passage, Report

Ints: TypeAlias = NDArray[np.int64]
FILE = "columns.npz"
TEXT, HEADINGS, TITLES = "text.bin", "headings.bin", "titles.bin"
#: Keeps a phrase from running over the end of one heading into the next; no query holds it.
SEPARATOR = "\x02"


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The arrays of one generation. ``*_names`` are the strings that ordinals stand for, ``""`` = unknown."""

    doc: Ints  # P: Whoosh document of the passage
    row: Ints  # D: row of the document, -1 for reports and deleted ones
    report: Ints  # P: ordinal of the passage's report
    report_doc: Ints  # R: Whoosh document of the report
    year: Ints  # R: 0 = unknown
    place: Ints  # R x 3: ordinals of city, county, town in place_names
    place_names: NDArray[np.str_]
    section: Ints  # P
    section_names: NDArray[np.str_]
    topics: NDArray[np.bool_]  # P x T
    topic_names: NDArray[np.str_]
    exemplary: Ints  # P: 0..100
    cluster: Ints  # P: row of the passage that leads its near-duplicates
    lengths: Ints  # P x 2: words of text, of headings
    heading: Ints  # P: ordinal of the heading path in headings.bin
    text_ends: Ints  # P + 1: byte offsets into text.bin
    heading_ends: Ints  # offsets into headings.bin, one record per distinct heading path
    title_ends: Ints  # R + 1: offsets into titles.bin

    @cached_property
    def cluster_size(self) -> Ints:
        """Return for each row how many passages its cluster has."""
        return np.bincount(self.cluster, minlength=len(self.cluster))[self.cluster]

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """Return length / average length of text and headings, P x 2; BM25F's document length part."""
        average = self.lengths.mean(axis=0) if len(self.lengths) else np.ones(2)
        return self.lengths / np.where(average > 0, average, 1.0)

    @cached_property
    def labels(self) -> tuple[tuple[Ints, list[str | None]], ...]:
        """Return for city, county and town each report's number, and the names that the numbers stand for.

        A name that stands under several known parents in this index is written with its parent (``甲县石桥镇``), or
        with 未识别 where that is unknown; None is a place that is not known.
        """
        levels: list[tuple[Ints, list[str | None]]] = []
        above: list[str | None] = [None] * len(self.place)
        for level in range(3):
            own = [str(self.place_names[name]) or None for name in self.place[:, level].tolist()]
            parents: dict[str, set[str]] = {}
            for name, parent in zip(own, above, strict=True):
                if name and parent:
                    parents.setdefault(name, set()).add(parent)
            above = [
                (parent or UNKNOWN) + name if name and len(parents.get(name, ())) > 1 else name
                for name, parent in zip(own, above, strict=True)
            ]
            distinct = list(dict.fromkeys(above))
            position = {value: number for number, value in enumerate(distinct)}
            levels.append((_ints([position[value] for value in above]), distinct))
        return tuple(levels)

    def save(self, folder: Path) -> None:
        """Write the arrays, without pickles, into one file of the folder."""
        arrays: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        with (folder / FILE).open("wb") as file:
            np.savez(file, **arrays)

    @classmethod
    def load(cls, folder: Path) -> "Columns":
        """Read what :meth:`save` wrote; pickled content is refused."""
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            return cls(**{item.name: arrays[item.name] for item in fields(cls)})


def build(folder: Path, reader: Any) -> Columns:
    """Make columns and text files for a committed Whoosh index (``reader``: its IndexReader) in this folder."""
    reports: list[tuple[Report, int]] = []
    passages: dict[str, list[_Held]] = {}
    for doc in reader.all_doc_ids():
        stored = reader.stored_fields(doc)
        if "signature" in stored:
            passage = unpack_passage(stored["data"])
            held = _Held(passage, doc, stored["signature"], stored["lengths"])
            passages.setdefault(passage.report, []).append(held)
        else:
            reports.append((unpack_report(stored["data"]), doc))
    reports.sort(key=lambda item: item[0].path)
    rows = [
        (ordinal, held)
        for ordinal, (report, _) in enumerate(reports)
        for held in sorted(passages.get(report.id, ()), key=lambda item: item.passage.number)
    ]
    return _assemble(folder, reports, rows, reader.doc_count_all())


class _Held(NamedTuple):
    passage: Passage
    doc: int
    signature: bytes
    lengths: tuple[int, int]


def _assemble(folder: Path, reports: list[tuple[Report, int]], rows: list[tuple[int, _Held]], docs: int) -> Columns:
    held = [item for _, item in rows]
    passages = [item.passage for item in held]
    doc = _ints([item.doc for item in held])
    row = np.full(docs, -1, dtype=np.int64)
    row[doc] = np.arange(len(doc))
    place, place_names = _ordinals([name or "" for r, _ in reports for name in (r.city, r.county, r.town)])
    section, section_names = _ordinals([passage.section for passage in passages])
    topics, topic_names = _flags([passage.topics for passage in passages])
    heading, heading_paths = _ordinals([SEPARATOR.join(passage.headings) for passage in passages])
    return Columns(
        doc=doc,
        row=row,
        report=_ints([ordinal for ordinal, _ in rows]),
        report_doc=_ints([doc for _, doc in reports]),
        year=_ints([report.year or 0 for report, _ in reports]),
        place=place.reshape(-1, 3),
        place_names=np.array(place_names, dtype=np.str_),
        section=section,
        section_names=np.array(section_names, dtype=np.str_),
        topics=topics,
        topic_names=np.array(topic_names, dtype=np.str_),
        exemplary=_ints([passage.exemplary.score for passage in passages]),
        cluster=_ints(clusters(item.signature for item in held)),
        lengths=_ints([item.lengths for item in held]).reshape(-1, 2),
        heading=heading,
        text_ends=_write_records(folder / TEXT, (passage.text for passage in passages)),
        heading_ends=_write_records(folder / HEADINGS, heading_paths),
        title_ends=_write_records(folder / TITLES, (report.title or "" for report, _ in reports)),
    )


def _ints(values: Sequence[Any]) -> Ints:
    return np.array(values, dtype=np.int64)


def _ordinals(values: list[str]) -> tuple[Ints, list[str]]:
    names = sorted(set(values))
    numbers = {name: number for number, name in enumerate(names)}
    return _ints([numbers[value] for value in values]), names


def _flags(values: list[tuple[str, ...]]) -> tuple[NDArray[np.bool_], list[str]]:
    names = sorted({name for several in values for name in several})
    numbers = {name: number for number, name in enumerate(names)}
    flags = np.zeros((len(values), len(names)), dtype=np.bool_)
    for at, several in enumerate(values):
        flags[at, [numbers[name] for name in several]] = True
    return flags, names


def _write_records(path: Path, texts: Iterable[str]) -> Ints:
    ends = [0]
    with path.open("wb") as file:
        for text in texts:
            ends.append(ends[-1] + file.write(squeeze(text)[0].encode()))
    return np.array(ends, dtype=np.int64)
