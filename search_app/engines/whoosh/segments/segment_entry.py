"""Segment entries: a segment as the manifest of a generation lists it.

In and out: plain JSON, checked value by value, so that nothing which is read from an index folder is ever executed. The
surprise: a removed report stays in its segment's file; only the entry says that it is gone.
"""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from search_app.engines.whoosh.segments.segment import Segment

_NAME = re.compile(r"MAIN_[0-9a-z]+\.seg")


class Removed(NamedTuple):
    """A report that is gone: its number in the segment, its first document, and the one after its last."""

    number: int
    first: int
    beyond: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEntry:
    """One segment: the name of its file, how many documents that holds, and the reports of it that are gone."""

    name: str
    docs: int
    removed: tuple[Removed, ...] = ()

    @property
    def docs_removed(self) -> int:
        """Return how many documents are gone."""
        return sum(one.beyond - one.first for one in self.removed)

    @property
    def docs_left(self) -> int:
        """Return how many documents are not gone."""
        return self.docs - self.docs_removed

    def without(self, numbers: Collection[int], segment: Segment) -> "SegmentEntry":
        """Return the entry with more reports removed."""
        gone = {Removed(n, segment.docs_of(n).start, segment.docs_of(n).stop) for n in numbers}
        return replace(self, removed=tuple(sorted({*self.removed, *gone})))


def new_entry(docs: int) -> SegmentEntry:
    """Return the entry of a segment that is about to be written, under a name that no other has."""
    return SegmentEntry(name=f"MAIN_{secrets.token_hex(8)}.seg", docs=docs)


def pack_entry(entry: SegmentEntry) -> dict[str, Any]:
    """Return an entry as JSON values."""
    return {"name": entry.name, "docs": entry.docs, "removed": [list(one) for one in entry.removed]}


def unpack_entry(fields: Any) -> SegmentEntry:
    """Return the entry that :func:`pack_entry` packed. Raises ValueError, KeyError or TypeError for anything else."""
    removed = tuple(Removed(*map(_natural, one)) for one in fields["removed"])
    docs = _natural(fields["docs"])
    if not _NAME.fullmatch(fields["name"]):
        raise ValueError(f"no name of a segment: {fields['name']!r}")
    if any(not one.first <= one.beyond <= docs for one in removed):
        raise ValueError("removed documents lie outside of their segment")
    return SegmentEntry(name=fields["name"], docs=docs, removed=removed)


def _natural(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"no number of documents: {value!r}")
    return value
