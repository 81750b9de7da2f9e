"""An opened segment, and the builder of one: some 60,000 passages in one file of arrays that never changes.

A segment's documents are its passages, those of a report side by side in reading order, so a document's number fits
into 16 bits and a whole segment's scores into a processor's cache. Arrays (n passages, r reports, h heading paths,
k kinds: what stands in one part of a report and is about the same topics)::

    words.* headings.* title.*   postings (postings.py): of text, of the headings above, of the report's title
    text.* paths.* titles.*      grams (bigrams.py): of n texts, h heading paths, r titles
    lengths.words lengths.headings n
    path report kind exemplary   n: which heading path (of h), which report, which kind (of k), 0..100
    section topics               k: ordinal in meta.sections, bits of meta.topics
    digests since                n: of the text (language.text_digest), number of the generation in which it appeared
    origins                      r: digest of place and year
    signatures                   60 x n: MinHash (language.similarity.minhash)
    meanings                     n x 96: where a passage lies among others (language.similarity.lsa), in 127ths
    first                        r + 1: the first document of each report
    years places                 r, r x 3: 0 = unknown; city, county, town: 1 + ordinal in meta.places, 0 = unknown
    genres                       r: ordinal in meta.genres
    passages outlines heads ids files   bytes, with *_ends: packed nouns (records.py), ids and paths of reports
    meta                         names of sections, topics, places and genres

So nothing is read of a report until it is shown: a country's reports are opened at the cost of a few arrays.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search_app.array_file import ArrayFile
from search_app.engines.records import (
    pack_head,
    pack_outline,
    unpack_passage,
    with_outline,
)
from search_app.engines.whoosh.segments import bigrams
from search_app.engines.whoosh.segments.ascending import ranges
from search_app.engines.whoosh.segments.bigrams import Grams
from search_app.engines.whoosh.segments.heads import Heads, slice_record
from search_app.engines.whoosh.segments.ordinals import Ordinals
from search_app.engines.whoosh.segments.postings import Gathering, Postings
from search_app.engines.whoosh.segments.prepared import PreparedPassage, PreparedReport, said
from search_app.engines.whoosh.segments.segment_file import lay_records, write_segment
from search_app.errors import TooLarge
from search_app.genres import find_genre
from search_app.language import DIMENSIONS, SIGNATURE_BYTES, cut_terms, squeeze
from search_app.language.analysis.text_digest import digest_origin
from search_app.model import Passage, Report

#: Names passages: what they say, and of which place and year.
Keys: TypeAlias = NDArray[np.uint64]
#: Small, and what everything else goes by: checked when a segment is opened, not only when it is asked.
_READ_AT_ONCE = ("section", "topics", "first", "years", "places", "genres", "ids", "ids_ends", "files", "files_ends")
#: Long, and only a few records of it are shown at a time.
_SHOWN = ("passages", "outlines")
#: 16-bit numbers allow so many passages or reports; a segment is finished when it has fewer.
MOST = 1 << 16
FULL = 60_000


class Segment:
    """A segment opened for reading; arrays are views of the file."""

    def __init__(self, path: Path) -> None:
        self._file = ArrayFile(path)
        for name in _READ_AT_ONCE:
            self._file[name]  # asked for, it is checked
        self.sections: tuple[str, ...] = tuple(self._file.meta["sections"])
        self.topics: tuple[str, ...] = tuple(self._file.meta["topics"])
        self.places: tuple[str, ...] = tuple(self._file.meta["places"])
        self.genres: tuple[str, ...] = tuple(self._file.meta["genres"])
        self.heads = Heads(self._file)
        self._shown = {name: self._file.parts(name) for name in _SHOWN}

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

    @property
    def keys(self) -> Keys:
        """Return the keys of the passages."""
        return _keys(self.array("digests"), self.array("origins")[self.array("report")])

    @property
    def signatures(self) -> NDArray[np.uint8]:
        """Return the signatures, n x 60."""
        return self.array("signatures").T

    def records(self, name: str) -> list[bytes]:
        """Return all records of one of the arrays of bytes."""
        raw, ends = self.array(name).tobytes(), self.array(f"{name}_ends").tolist()
        return [raw[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def record(self, name: str, number: int) -> bytes:
        """Return one record of one of the arrays of bytes."""
        laid = self._shown[name] if name in self._shown else self.array(name)
        return slice_record(laid, self.array(f"{name}_ends"), number)

    @cached_property
    def ids(self) -> list[str]:
        """Return the ids of the reports."""
        return list(map(bytes.decode, self.records("ids")))

    def passage_data(self, doc: int) -> bytes:
        """Return a passage as it is packed."""
        return self.record("passages", doc)

    def passage(self, doc: int, **made_of_it: Any) -> Passage:
        """Return a passage, with what an index makes of it as in ``unpack_passage``."""
        return unpack_passage(self.passage_data(doc), **made_of_it)

    def report(self, number: int) -> Report:
        return with_outline(self.heads[number], self.record("outlines", number))

    def docs_under(self, paths: NDArray[Any]) -> NDArray[np.int64]:
        """Return the documents below some heading paths, each given once; they ascend below each."""
        order, ends = self._by_path
        held = paths.astype(np.intp)
        return order[ranges(np.where(held > 0, ends[held - 1], 0), ends[held])]

    def docs_of_reports(self, numbers: NDArray[Any]) -> NDArray[np.int64]:
        """Return the documents of some reports."""
        first, held = self.array("first"), numbers.astype(np.intp)
        return ranges(first[held].astype(np.intp), first[held + 1].astype(np.intp))

    @cached_property
    def _by_path(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents in order of their heading paths, and where those of each path end."""
        paths = self.array("path")
        return np.argsort(paths, kind="stable"), np.cumsum(np.bincount(paths, minlength=len(self.paths_held)))

    def docs_of(self, number: int) -> range:
        """Return the documents of a report."""
        first = self.array("first")
        return range(int(first[number]), int(first[number + 1]))

    def let_go(self) -> None:
        """Keep nothing of the file in this process's memory; its pages stay in the system's cache."""
        self._file.let_go()

    def check(self) -> None:
        """Read every byte that was not yet. Raises IndexDamaged where one is not what was written."""
        for _ in self.checking():
            pass

    def checking(self) -> Iterator[int]:
        """Do what :meth:`check` does step by step; yields how many bytes each step read."""
        return self._file.checking()


def _keys(digests: Keys, origins: Keys) -> Keys:
    return digests ^ origins << np.uint64(9)  # 55 bits each


class SegmentBuilder:
    """Takes prepared reports until it is full, then gives the arrays of a segment.

    ``appeared`` says of passages, by their keys, in which generation they did.
    """

    def __init__(self, appeared: Callable[[Keys], NDArray[np.uint32]]) -> None:
        self._appeared = appeared
        self._words, self._headings, self._title = Gathering(), Gathering(), Gathering()
        self._passages: list[PreparedPassage] = []
        self._first = [0]
        self._packed: dict[str, list[bytes]] = {"outlines": [], "heads": [], "ids": [], "files": []}
        self._titles: list[str] = []
        self._years: list[int] = []
        self._origins: list[int] = []
        self._names = Ordinals()
        self._places: list[tuple[int, ...]] = []
        self._genre_names = Ordinals()
        self._genres: list[int] = []

    def __len__(self) -> int:
        return len(self._passages)

    @property
    def reports(self) -> int:
        """Return how many reports were taken."""
        return len(self._titles)

    def add(self, report: Report, ready: PreparedReport) -> None:
        """Take a report with its passages, which :func:`check_size` found small enough."""
        for name, data in zip(
            self._packed,
            (pack_outline(report), pack_head(report), report.id.encode(), report.path.encode("utf-8", "surrogatepass")),
            strict=True,
        ):
            self._packed[name].append(data)
        self._titles.append(squeeze(report.title or ""))
        self._years.append(report.year or 0)
        self._origins.append(digest_origin(report.county, report.town, report.year))
        places = (report.city, report.county, report.town)
        self._places.append(tuple(self._names[name] + 1 if name else 0 for name in places))
        self._genres.append(self._genre_names[find_genre(report.kind)])
        self._title.add(said([sorted(set(cut_terms(report.title or "")))]))
        self._words.add(ready.words)
        self._headings.add(ready.headings)
        self._passages += ready.passages
        self._first.append(len(self._passages))

    def write(self, path: Path) -> None:
        """Write the segment."""
        passages, paths = self._passages, Ordinals()
        arrays: dict[str, NDArray[Any]] = {}
        for field, gathering in (("words", self._words), ("headings", self._headings), ("title", self._title)):
            arrays |= gathering.postings().arrays(field)
        arrays |= {
            "lengths.words": self._words.lengths(),
            "lengths.headings": self._headings.lengths(),
            "path": np.array([paths[one.path] for one in passages], dtype=np.uint16),
            "report": np.repeat(np.arange(self.reports, dtype=np.uint16), np.diff(self._first)),
            "exemplary": np.array([one.exemplary for one in passages], dtype=np.uint8),
            "meanings": np.frombuffer(b"".join(one.meaning for one in passages), dtype=np.int8).reshape(-1, DIMENSIONS),
            "signatures": _side_by_side([one.signature for one in passages]),
            "first": np.array(self._first, dtype=np.uint32),
        }
        arrays["digests"] = np.array([one.digest for one in passages], dtype=np.uint64)
        arrays["origins"] = np.array(self._origins, dtype=np.uint64)
        arrays["since"] = self._appeared(_keys(arrays["digests"], arrays["origins"][arrays["report"]]))
        texts = [one.text for one in passages]
        for field, characters in (("text", texts), ("paths", list(paths)), ("titles", self._titles)):
            arrays |= bigrams.gathered(characters).arrays(field)
        kinds, sections, topics = _kinds(passages)
        arrays |= kinds | {
            "years": np.array(self._years, dtype=np.int32),
            "places": np.array(self._places, dtype=np.uint32).reshape(-1, 3),
            "genres": np.array(self._genres, dtype=np.uint8),
        }
        for name, held in (("passages", [one.data for one in passages]), *self._packed.items()):
            arrays |= lay_records(name, held)
        write_segment(path, arrays, sections=sections, topics=topics, places=self._names, genres=self._genre_names)


def _side_by_side(signatures: Sequence[bytes]) -> NDArray[np.uint8]:
    flat = np.frombuffer(b"".join(signatures), dtype=np.uint8)
    return np.ascontiguousarray(flat.reshape(-1, SIGNATURE_BYTES).T)


def _kinds(passages: Sequence[PreparedPassage]) -> tuple[dict[str, NDArray[Any]], Iterable[str], Iterable[str]]:
    """Return the kind of each passage and what kinds there are, and the names of sections and topics."""
    sections, topics, kinds = Ordinals(), Ordinals(), Ordinals()
    kind = np.array([kinds[one.section, one.topics] for one in passages], dtype=np.uint16)
    section = np.array([sections[name] for name, _ in kinds], dtype=np.uint8)
    bits = [sum({1 << topics[name] for name in names}) for _, names in kinds]
    return {"kind": kind, "section": section, "topics": np.array(bits, dtype=np.uint64)}, sections, topics


def check_size(report: Report, ready: PreparedReport) -> None:
    """Raise TooLarge for a report that fits into no segment."""
    passages = ready.passages
    if len(passages) > MOST:
        raise TooLarge(report.path, f"有 {len(passages)} 个段落，一份报告最多 {MOST} 个。")
    longest = max(len(squeeze(report.title or "")), *(max(len(one.text), len(one.path)) for one in passages), 0)
    if longest > bigrams.LONGEST // 2:
        raise TooLarge(report.path, f"有一段或一个标题超过 {bigrams.LONGEST // 2} 个字。")
