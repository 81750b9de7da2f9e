"""Baskets: what is collected, in the order and under the headings of whoever collected it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from search_app.model import Passage, Report

#: What a basket is called that nobody has named.
UNNAMED = "未命名"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A passage and the head of its report as they were when it was collected, with its citation and code of then.

    The report comes without outline, asides and copies: they are not what was collected.
    """

    passage: Passage
    report: Report
    source: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of one's own between the passages."""

    id: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A collected passage with the note written to it."""

    id: int
    snapshot: Snapshot
    note: str
    collected_at: datetime


Item: TypeAlias = Heading | Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """One basket, its items in their order; ``share`` is the token under which others may read it."""

    number: int
    name: str
    items: tuple[Item, ...]
    share: str | None
    changed_at: datetime

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Return the passages without the headings."""
        return tuple(item for item in self.items if isinstance(item, Kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A basket as a list of baskets names it."""

    number: int
    name: str
    passages: int
    current: bool
    shared: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What was taken out at once and can be brought back; ``whole`` tells that the basket itself was deleted.

    ``first`` is the first of its passages, None where there are only headings.
    """

    number: int
    basket: str
    whole: bool
    passages: int
    headings: int
    first: Snapshot | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a passage stands in a basket: its entry, and the passage and code it was collected under."""

    entry: int
    passage: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What every page needs of the basket in use: which it is, and which passages it holds."""

    number: int
    name: str
    held: tuple[Mark, ...]
    by_code: Mapping[str, Mark] = field(default_factory=dict)
    by_passage: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of passages that were to be collected: entries that are new, and those that were there before."""

    basket: int
    entries: tuple[int, ...]
    already: tuple[int, ...]
