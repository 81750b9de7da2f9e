"""The Whoosh codec: Whoosh reads our segments through it, so what was written for Whoosh can search and list them.

The engine itself does not come this way (evaluation.py reads the arrays); stock Whoosh does: terms, term infos,
matchers with frequencies and, for ``grams``, positions; lengths, stored fields, columns, deletions. Documents are
passages. Which segments there are and what of them is removed, the manifest's entries say (stock_index.py).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from search_app.engines.whoosh.interop.term_lists import Keys, Listed, Pairs, Terms, Titles, Words
from search_app.engines.whoosh.segments.segment import Segment
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry

_COUNTED = ("words", "headings")


class ColumnarSegment(base.Segment):  # type: ignore[misc]  # whoosh has no types
    """An entry of the manifest as Whoosh asks for its segments."""

    def __init__(self, entry: SegmentEntry) -> None:
        indexname, _, segid = Path(entry.name).stem.partition("_")
        super().__init__(indexname)
        self.segid = segid
        self.entry = entry

    def codec(self) -> base.Codec:
        return ColumnarCodec()

    def doc_count_all(self) -> int:
        return self.entry.docs

    def deleted_count(self) -> int:
        return self.entry.docs_removed

    def deleted_docs(self) -> Iterator[int]:
        return chain.from_iterable(range(one.first, one.beyond) for one in self.entry.removed)

    def is_deleted(self, docnum: int) -> bool:
        return any(one.first <= docnum < one.beyond for one in self.entry.removed)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        raise NotImplementedError("whole reports are removed, by the engine's writer")

    def should_assemble(self) -> bool:
        return False


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """Opens segments for Whoosh. They are written by :class:`search_app.engines.whoosh.index.writer.IndexWriter`."""

    def terms_reader(self, storage: Any, segment: ColumnarSegment) -> "_TermsReader":
        return _TermsReader(Segment(Path(storage.folder) / segment.entry.name))

    def per_document_reader(self, storage: Any, segment: ColumnarSegment) -> "_DocumentReader":
        return _DocumentReader(Segment(Path(storage.folder) / segment.entry.name), segment)

    def new_segment(self, storage: Any, indexname: str) -> ColumnarSegment:
        raise NotImplementedError("segments are written by the engine's writer")


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    def __init__(self, terms: Sequence[bytes], field: Any) -> None:
        self._terms, self._field, self._at = terms, field, 0

    def first(self) -> Any:
        return self.find(b"")

    def find(self, string: bytes) -> Any:
        self._at = bisect_left(self._terms, string if isinstance(string, bytes) else string.encode())
        return self.term()

    def next(self) -> Any:
        self._at += 1
        return self.term()

    def term(self) -> Any:
        return self._field.from_bytes(self._terms[self._at]) if self.is_valid() else None

    def text(self) -> Any:
        return self.term()

    def is_valid(self) -> bool:
        return self._at < len(self._terms)


class _Matcher(ListMatcher):  # type: ignore[misc]
    """Whoosh's, except that it stays at its last document when it is read to the end: SpanNot asks then, too."""

    def id(self) -> Any:
        return self._ids[min(self._i, len(self._ids) - 1)]


class _TermsReader(base.TermsReader):  # type: ignore[misc]
    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._fields: dict[str, Terms] = {
            "grams": Pairs(segment.text),
            "headings": Words(segment.headings),
            "report": Keys(segment),
            "title": Titles(segment),
            "words": Words(segment.words),
        }

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        try:
            self._listed(*term)
        except TermNotFound:
            return False
        return True

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        return _Cursor(self._fields[fieldname].all() if fieldname in self._fields else [], fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name, terms in self._fields.items() for term in terms.all())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name, terms in self._fields.items():
            if name >= fieldname:
                start = bisect_left(terms.all(), prefix) if name == fieldname else 0
                yield from ((name, term) for term in islice(terms.all(), start, None))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        listed = self._listed(fieldname, text)
        lengths = _lengths(self._segment, fieldname)[list(listed.docs)] if fieldname in _COUNTED else np.ones(1)
        return TermInfo(
            weight=sum(listed.weights),
            df=len(listed.docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=max(listed.weights),
            minid=listed.docs[0],
            maxid=listed.docs[-1],
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return sum(self._fields[fieldname].listed(text).weights)  # whoosh takes KeyError for 0 here

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._fields[fieldname].listed(text).docs)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        docs, weights, values = self._listed(fieldname, text)
        info = self.term_info(fieldname, text)
        return _Matcher(docs, weights, values, format=format_, scorer=scorer, term=(fieldname, text), terminfo=info)

    def indexed_field_names(self) -> Sequence[str]:
        return list(self._fields)

    def _listed(self, fieldname: str, text: bytes) -> Listed:
        try:
            return self._fields[fieldname].listed(text)
        except KeyError as error:
            raise TermNotFound(f"No term {fieldname}:{text!r}") from error


class _DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, segment: Segment, held: ColumnarSegment) -> None:
        self._segment, self._held = segment, held

    def doc_count(self) -> int:
        return int(self._held.doc_count())

    def doc_count_all(self) -> int:
        return self._held.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._held.entry.removed)

    def is_deleted(self, docnum: int) -> bool:
        return self._held.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._held.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in _COLUMNS

    def list_columns(self) -> Sequence[str]:
        return list(_COLUMNS)

    def column_reader(self, fieldname: str, column: Any) -> "_Column":  # noqa: ARG002  # whoosh asks so
        return _Column(_COLUMNS[fieldname](self._segment))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(_lengths(self._segment, fieldname)[docnum]) if fieldname in _COUNTED else default

    def field_length(self, fieldname: str) -> int:
        return int(_lengths(self._segment, fieldname).sum()) if fieldname in _COUNTED else 0

    def min_field_length(self, fieldname: str) -> int:
        return int(_lengths(self._segment, fieldname).min(initial=0)) if fieldname in _COUNTED else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(_lengths(self._segment, fieldname).max(initial=0)) if fieldname in _COUNTED else 0

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        return {"data": self._segment.passage_data(docnum)}


def _lengths(segment: Segment, field: str) -> NDArray[Any]:
    return segment.array(f"lengths.{field}")


class _Column(ColumnReader):  # type: ignore[misc]
    """A column whose values lie in memory."""

    def __init__(self, values: Sequence[Any]) -> None:
        self._values = values
        self._sign = 1

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, docnum: int) -> Any:
        return self._values[docnum] if self._sign > 0 else -self._values[docnum]

    def set_reverse(self) -> None:
        self._sign = -1  # of numbers; whoosh does not ask it of strings


_COLUMNS: dict[str, Callable[[Segment], Sequence[Any]]] = {
    "exemplary": lambda segment: segment.array("exemplary").tolist(),
    "section": lambda segment: [
        segment.sections[number].encode() for number in segment.array("section")[segment.array("kind")].tolist()
    ],
    "year": lambda segment: segment.array("years")[segment.array("report")].tolist(),
}
