"""The stock index: a generation opened with Whoosh's own reader, searcher, queries and scoring.

In: the folder of a generation and its manifest. Out: an index of Whoosh's, read only. The surprise: Whoosh's own table
of contents is pickled, and so neither read nor written; what it would name, the manifest does. The engine does not
come this way; what was written for Whoosh does, and the tests that hold the engine against Whoosh.
"""

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, Index
from whoosh.reading import IndexReader

from search_app.engines.whoosh.index.manifest import Manifest
from search_app.engines.whoosh.interop.codec import ColumnarSegment
from search_app.engines.whoosh.interop.schema import make_schema
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry


class StockIndex(Index):  # type: ignore[misc]  # whoosh has no types
    """One generation as an index of Whoosh's; it never changes, so it is always up to date."""

    def __init__(self, folder: Path, entries: tuple[SegmentEntry, ...]) -> None:
        self._storage = FileStorage(str(folder))
        self._held = [ColumnarSegment(entry) for entry in entries]
        self.schema = make_schema()

    def is_empty(self) -> bool:
        return not self._held

    def reader(self, reuse: Any = None) -> IndexReader:
        return FileIndex._reader(self._storage, self.schema, self._held, generation=0, reuse=reuse)


def open_with_whoosh(folder: Path, manifest: Manifest) -> StockIndex:
    """Return Whoosh's index over a generation, which was checked before (``generations.problems``)."""
    return StockIndex(folder, manifest.segments)
