"""Writing: a block of changes -> a Whoosh index in a folder that nobody reads yet."""

import logging
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.filedb.filestore import FileStorage

from search_app.engines.whoosh.faults import own_errors
from search_app.engines.whoosh.schema import grams, make_schema
from search_app.engines.whoosh.stored import pack_passage, pack_report
from search_app.language import signature, words
from search_app.model import Passage, Report

_log = logging.getLogger(__name__)

#: Memory for postings before Whoosh spills them to disk, in MB.
_POOL_MB = 256


class IndexWriter:
    """The engine contract's Writer over a draft folder; ends with either commit or cancel."""

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder))
        existing = index.exists_in(str(folder))
        self._index = storage.open_index() if existing else storage.create_index(make_schema())
        self._open()

    def _open(self) -> None:
        self._writer: Any = self._index.writer(limitmb=_POOL_MB)
        self._touched: set[str] = set()

    def put(self, report: Report, passages: tuple[Passage, ...]) -> None:
        """Add the report, or replace the whole of it."""
        with own_errors(writing=True):
            self._put(report, passages)

    def remove(self, report_id: str) -> None:
        """Take the report out; an unknown one is no error."""
        with own_errors(writing=True):
            self._remove(report_id)

    def _put(self, report: Report, passages: tuple[Passage, ...]) -> None:
        self._remove(report.id)
        self._touched.add(report.id)
        self._writer.add_document(report=report.id, data=pack_report(report))
        title = tuple(sorted({token.text for token in words(report.title or "")}))
        for passage in passages:
            text = tuple(token.text for token in words(passage.text))
            headings = tuple(token.text for heading in passage.headings for token in words(heading))
            self._writer.add_document(
                report=report.id,
                words=text,
                headings=headings,
                title=title,
                grams=tuple(sorted(grams(passage.text))),
                data=pack_passage(passage),
                signature=signature(passage.text),
                lengths=(len(text), len(headings)),
            )

    def _remove(self, report_id: str) -> None:
        if report_id in self._touched:
            # Whoosh cannot delete from the segment it is still writing: finish that one first.
            self._writer.commit(merge=False)
            self._open()
        self._writer.delete_by_term("report", report_id)

    def commit(self) -> None:
        """Finish the Whoosh index in the folder."""
        with own_errors(writing=True):
            self._writer.commit()
            self._index.close()

    def cancel(self) -> None:
        """Give up; without it Whoosh holds its lock in this process for ever."""
        try:
            self._writer.cancel()
            self._index.close()
        except Exception:  # noqa: BLE001  # whatever it is, the error that led here is on its way out and matters more
            _log.exception("the draft could not be cancelled")
