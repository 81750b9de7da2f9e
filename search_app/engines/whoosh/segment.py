"""Segments: some 60,000 passages in one file of arrays that never changes once it is written.

A segment's documents are its passages, those of a report side by side in reading order, so a document's number fits
into 16 bits and a whole segment's scores into a processor's cache. Arrays (n passages, r reports, h heading paths)::

    words.* headings.* title.*   postings (postings.py): of text, of the headings above, of the report's title
    text.* paths.* titles.*      grams (grams.py): of n texts, h heading paths, r titles
    lengths.words lengths.headings n
    path report  n               which heading path (of h), which report
    section topics exemplary n   ordinal in meta.sections, bits of meta.topics, 0..100
    signatures   n x 60          MinHash (language.resemblance)
    first        r + 1           the first document of each report
    passages     bytes, with passage_ends n;  outlines bytes, with outline_ends r: packed nouns (stored.py)
    meta         reports without outline, names of sections and topics
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_app.engines.whoosh import grams
from search_app.engines.whoosh.array_file import ArrayFile, write_arrays
from search_app.engines.whoosh.grams import Grams
from search_app.engines.whoosh.postings import Gathering, Postings
from search_app.engines.whoosh.prepared import PreparedPassage
from search_app.engines.whoosh.stored import head, pack_outline, plain, unpack_passage, with_outline
from search_app.errors import TooLarge
from search_app.language import SIGNATURE_BYTES, squeezed, terms
from search_app.model import Passage, Report

#: 16-bit numbers allow so many passages or reports; a segment is finished when it has fewer.
MOST = 1 << 16
FULL = 60_000


class Segment:
    """A segment opened for reading; arrays are views of the file."""

    def __init__(self, path: Path) -> None:
        self._file = ArrayFile(path)
        #: The reports, without outline and asides.
        self.heads: tuple[Report, ...] = tuple(map(head, self._file.meta["reports"]))
        self.sections: tuple[str, ...] = tuple(self._file.meta["sections"])
        self.topics: tuple[str, ...] = tuple(self._file.meta["topics"])

    def __len__(self) -> int:
        return len(self.array("report"))

    def array(self, name: str) -> NDArray[Any]:
        """Return one of the arrays that the head of this module names."""
        return self._file[name]

    @cached_property
    def words(self) -> Postings:
        return Postings.of(self._file, "words")

    @cached_property
    def headings(self) -> Postings:
        return Postings.of(self._file, "headings")

    @cached_property
    def title(self) -> Postings:
        """Return the postings of titles, whose documents are the reports."""
        return Postings.of(self._file, "title")

    @cached_property
    def text(self) -> Grams:
        return Grams.of(self._file, "text")

    @cached_property
    def paths(self) -> Grams:
        return Grams.of(self._file, "paths")

    @cached_property
    def titles(self) -> Grams:
        return Grams.of(self._file, "titles")

    @cached_property
    def paths_held(self) -> range:
        """Return the numbers of the heading paths."""
        return range(int(self.array("path").max()) + 1 if len(self) else 0)

    def passage_data(self, doc: int) -> bytes:
        """Return a passage as it is packed."""
        return _record(self.array("passages"), self.array("passage_ends"), doc)

    def outline_data(self, number: int) -> bytes:
        """Return the outline and asides of a report as they are packed."""
        return _record(self.array("outlines"), self.array("outline_ends"), number)

    def passage(self, doc: int) -> Passage:
        return unpack_passage(self.passage_data(doc))

    def report(self, number: int) -> Report:
        return with_outline(self.heads[number], self.outline_data(number))

    def docs_of(self, number: int) -> range:
        """Return the documents of a report."""
        first = self.array("first")
        return range(int(first[number]), int(first[number + 1]))

    def damaged(self) -> Iterable[str]:
        """Yield the names of the arrays whose bytes are not those written."""
        return self._file.damaged()


def _record(data: NDArray[np.uint8], ends: NDArray[np.uint64], number: int) -> bytes:
    start = int(ends[number - 1]) if number else 0
    return data[start : int(ends[number])].tobytes()


class SegmentBuilder:
    """Takes prepared reports until it is full, then gives the arrays of a segment."""

    def __init__(self) -> None:
        self._words, self._headings, self._title = Gathering(), Gathering(), Gathering()
        self._texts: list[str] = []
        self._titles: list[str] = []
        self._paths: dict[str, int] = {}
        self._path: list[int] = []
        self._sections: dict[str, int] = {}
        self._section: list[int] = []
        self._topics: dict[str, int] = {}
        self._bits: list[int] = []
        self._exemplary: list[int] = []
        self._signatures: list[bytes] = []
        self._passages: list[bytes] = []
        self._outlines: list[bytes] = []
        self._first = [0]
        self.heads: list[Report] = []

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, report: Report, passages: Sequence[PreparedPassage]) -> None:
        """Take a report with its passages, which :func:`check_size` found small enough."""
        self.heads.append(report)
        self._titles.append(squeezed(report.title or ""))
        self._title.add(sorted(set(terms(report.title or ""))))
        self._outlines.append(pack_outline(report))
        for one in passages:
            self._words.add(one.words.split())
            self._headings.add(one.heading_words.split())
            self._texts.append(one.text)
            self._path.append(self._paths.setdefault(one.path, len(self._paths)))
            self._section.append(self._sections.setdefault(one.section, len(self._sections)))
            self._bits.append(sum({1 << self._topics.setdefault(name, len(self._topics)) for name in one.topics}))
            self._exemplary.append(one.exemplary)
            self._signatures.append(one.signature)
            self._passages.append(one.data)
        self._first.append(len(self._texts))

    def write(self, path: Path) -> None:
        """Write the segment."""
        arrays: dict[str, NDArray[Any]] = {}
        for field, gathering in (("words", self._words), ("headings", self._headings), ("title", self._title)):
            arrays |= gathering.postings().arrays(field)
        for field, texts in (("text", self._texts), ("paths", self._paths), ("titles", self._titles)):
            arrays |= grams.gathered(texts).arrays(field)
        arrays |= {
            "lengths.words": self._words.lengths(),
            "lengths.headings": self._headings.lengths(),
            "path": np.array(self._path, dtype=np.uint16),
            "report": np.repeat(np.arange(len(self.heads), dtype=np.uint16), np.diff(self._first)),
            "section": np.array(self._section, dtype=np.uint8),
            "topics": np.array(self._bits, dtype=np.uint64),
            "exemplary": np.array(self._exemplary, dtype=np.uint8),
            "signatures": np.frombuffer(b"".join(self._signatures), dtype=np.uint8).reshape(-1, SIGNATURE_BYTES),
            "first": np.array(self._first, dtype=np.uint32),
        }
        arrays |= records("passages", "passage_ends", self._passages)
        arrays |= records("outlines", "outline_ends", self._outlines)
        write_segment(path, arrays, heads=self.heads, sections=self._sections, topics=self._topics)


def check_size(report: Report, passages: Sequence[PreparedPassage]) -> None:
    """Raise TooLarge for a report that fits into no segment."""
    if len(passages) > MOST:
        raise TooLarge(report.path, f"有 {len(passages)} 个段落，一份报告最多 {MOST} 个。")
    longest = max(len(squeezed(report.title or "")), *(max(len(one.text), len(one.path)) for one in passages), 0)
    if longest > grams.LONGEST // 2:
        raise TooLarge(report.path, f"有一段或一个标题超过 {grams.LONGEST // 2} 个字。")


def records(name: str, ends: str, records: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return byte strings laid end to end, and where each ends."""
    return {
        name: np.frombuffer(b"".join(records), dtype=np.uint8),
        ends: np.cumsum([len(record) for record in records], dtype=np.uint64),
    }


def write_segment(
    path: Path,
    arrays: dict[str, NDArray[Any]],
    *,
    heads: Sequence[Report],
    sections: Iterable[str],
    topics: Iterable[str],
) -> None:
    """Write the file of a segment."""
    write_arrays(path, arrays, {"reports": list(map(plain, heads)), "sections": list(sections), "topics": list(topics)})
