"""The draft: what a writing block puts and removes, kept in a temporary file until the block ends.

Only then the cluster hears of it: a block that raises has touched nothing. What stays in memory is what near-duplicates
are told by.
"""

import json
import tempfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from typing import NamedTuple

from search_app.engines.base import Prepared
from search_app.engines.opensearch.documents import Document, prepare, report_row
from search_app.engines.opensearch.transport import own_errors
from search_app.engines.records import unpack_head
from search_app.errors import TooLarge
from search_app.model import Passage, Report

#: So much of a draft stays in memory; what is more goes to the disk.
_IN_MEMORY = 32 << 20
#: Passages of a report are numbered in 20 bits of the number of a row.
_MOST_PASSAGES = (1 << 20) - 1
#: A cluster takes requests of 100 MB; a report with more characters than these is no report of a town.
_MOST_CHARACTERS = 5_000_000


class Drafted(NamedTuple):
    """A report that was put: where it lies in the file, and the signatures of its passages by their numbers."""

    start: int
    length: int
    signatures: dict[int, bytes]


class Draft:
    """The engine contract's Writer."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by close
        self.put_reports: dict[str, Drafted] = {}
        self.removed: set[str] = set()

    def put(self, report: Report, passages: tuple[Passage, ...] | Prepared) -> None:
        """Add the report, or replace the whole of it."""
        with own_errors(writing=True):
            rows: list[Document] = passages.held if isinstance(passages, Prepared) else prepare(passages)
            _check_size(report, rows)
            data = zlib.compress(json.dumps([report_row(report), rows]).encode("ascii"), 1)
            start = self._file.seek(0, 2)
            self._file.write(data)
            signatures = {row["number"]: b64decode(row["signature"]) for row in rows}
            self.put_reports[report.id] = Drafted(start, len(data), signatures)
            self.removed.discard(report.id)

    def remove(self, report_id: str) -> None:
        """Take the report out; an unknown one is no error."""
        self.put_reports.pop(report_id, None)
        self.removed.add(report_id)

    def read(self) -> Iterator[tuple[Report, Document, list[Document]]]:
        """Yield each report that was put, without outline and asides, its row, and those of its passages."""
        for drafted in self.put_reports.values():
            self._file.seek(drafted.start)
            row, rows = json.loads(zlib.decompress(self._file.read(drafted.length)))
            yield unpack_head(b64decode(row["record"])), row, rows

    def close(self) -> None:
        """Forget everything."""
        self._file.close()


def _check_size(report: Report, rows: list[Document]) -> None:
    characters = sum(len(text) for row in rows for text in row["said"]) + len(report.title or "")
    if characters > _MOST_CHARACTERS:
        raise TooLarge(report.path, f"文字太多（超过 {_MOST_CHARACTERS // 10_000} 万字）")
    if any(row["number"] > _MOST_PASSAGES for row in rows):
        raise TooLarge(report.path, f"段落太多（超过 {_MOST_PASSAGES:,} 段）")
