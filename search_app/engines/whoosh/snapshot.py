"""Snapshot: one generation, opened for reading; shared by all threads, replaced as a whole, never changed."""

import mmap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from search_app.engines.whoosh import columns
from search_app.engines.whoosh.columns import Columns, Ints
from search_app.engines.whoosh.generations import Manifest
from search_app.engines.whoosh.stored import unpack_passage, unpack_report
from search_app.model import Passage, Report


class Records:
    """Texts laid end to end in one mapped file, folded and without white space; answers which hold given characters."""

    def __init__(self, path: Path, ends: Ints) -> None:
        self._ends = ends
        self._count = len(ends) - 1
        with path.open("rb") as file:
            size = path.stat().st_size
            self._bytes: mmap.mmap | bytes = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b""

    def holding(self, needle: str) -> NDArray[np.bool_]:
        """Return for every record whether it contains the needle (squeezed); one scan over the file."""
        held = np.zeros(self._count, dtype=np.bool_)
        wanted = needle.encode()
        at = self._bytes.find(wanted) if wanted else -1
        while at >= 0:
            record = int(np.searchsorted(self._ends, at, side="right")) - 1
            end = int(self._ends[record + 1])
            held[record] = at + len(wanted) <= end
            at = self._bytes.find(wanted, end if held[record] else at + 1)
        return held

    def holding_among(self, needle: str, candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which of the candidate records contain the needle."""
        held = np.zeros(self._count, dtype=np.bool_)
        wanted = needle.encode()
        for record in np.flatnonzero(candidates):
            held[record] = self._bytes.find(wanted, int(self._ends[record]), int(self._ends[record + 1])) >= 0
        return held

    def often(self, needle: str, among: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return how often the needle stands in each of these records, 0 elsewhere."""
        found = np.zeros(self._count, dtype=np.float64)
        wanted = needle.encode()
        for record in np.flatnonzero(among):
            found[record] = self._bytes[int(self._ends[record]) : int(self._ends[record + 1])].count(wanted)
        return found


class Snapshot:
    """A Whoosh reader and the columns beside it. Rows number passages as in :mod:`columns`."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.generation = manifest.generation
        self.columns = Columns.load(folder)
        self.texts = Records(folder / columns.TEXT, self.columns.text_ends)
        self.headings = Records(folder / columns.HEADINGS, self.columns.heading_ends)
        self.titles = Records(folder / columns.TITLES, self.columns.title_ends)
        self._reader: Any = FileStorage(str(folder)).open_index().reader()
        self._lock = threading.Lock()  # Whoosh's file objects keep a position: one reader at a time

    @property
    def size(self) -> int:
        """Return the number of passages."""
        return len(self.columns.doc)

    def postings(self, field: str, token: str) -> tuple[Ints, NDArray[np.float64]]:
        """Return the rows whose field holds the token, ascending by document, and how often."""
        docs: list[int] = []
        weights: list[float] = []
        with self._locked() as reader:
            for leaf, base in reader.leaf_readers():
                if (field, token) not in leaf:
                    continue
                matcher = leaf.postings(field, token)
                while matcher.is_active():
                    docs.append(base + matcher.id())
                    weights.append(matcher.weight())
                    matcher.next()
        rows = self.columns.row[np.array(docs, dtype=np.int64)]
        live = rows >= 0
        return rows[live], np.array(weights, dtype=np.float64)[live]

    def count(self, field: str, token: str) -> int:
        """Return how many documents hold the token, deleted ones included: a cheap upper bound."""
        with self._locked() as reader:
            return int(reader.doc_frequency(field, token))

    def passage(self, row: int) -> Passage:
        """Return the passage of a row."""
        with self._locked() as reader:
            data = reader.stored_fields(int(self.columns.doc[row]))["data"]
        return unpack_passage(data, similar=int(self.columns.cluster_size[row]) - 1)

    def report(self, ordinal: int) -> Report:
        """Return the report of an ordinal, outline and asides included."""
        with self._locked() as reader:
            data = reader.stored_fields(int(self.columns.report_doc[ordinal]))["data"]
        return unpack_report(data)

    def rows_of(self, ordinal: int) -> range:
        """Return the rows of a report's passages: they are neighbours."""
        first, last = np.searchsorted(self.columns.report, [ordinal, ordinal + 1])
        return range(int(first), int(last))

    def ordinal_of(self, report_id: str) -> int | None:
        """Return the ordinal of a report, None if it is not held."""
        if self.columns.report_doc.size == 0 or not report_id.isascii():
            return None
        with self._locked() as reader:
            for leaf, base in reader.leaf_readers():
                if ("report", report_id) in leaf:
                    matcher = leaf.postings("report", report_id)
                    while matcher.is_active():
                        found = np.flatnonzero(self.columns.report_doc == base + matcher.id())
                        if found.size:
                            return int(found[0])
                        matcher.next()
        return None

    @contextmanager
    def _locked(self) -> Iterator[Any]:
        with self._lock:
            yield self._reader
