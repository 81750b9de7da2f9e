"""Care lists: what an administrator should look at (failures, copies, warnings), leaf by leaf, with a way to find.

In: the state of an index as it is known. Out: one leaf of one list, and what kinds of remarks there are, so that eleven
thousand of them are some ten sorts with a count each.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search_app.checking import IndexStatus

#: Entries on one leaf of a list, and of each list on the page of all.
LEAF, FIRST = 100, 10
#: Kinds that are named at most.
_KINDS = 12
#: What differs between remarks of one kind begins with one of these.
_OWN = re.compile(r"[0-9“《（(：:]|与 ")


class Care(StrEnum):
    """A list; the value is its name in addresses."""

    FAILED = "failed"
    COPIES = "copies"
    WARNINGS = "warnings"

    @property
    def label(self) -> str:
        """How a page calls it."""
        return _LABELS[self]


_LABELS = {
    Care.FAILED: "没能读出来的文件",
    Care.COPIES: "内容相同、只收录一份的文件",
    Care.WARNINGS: "读取时的提醒",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One remark on one file; ``report`` is the report of the index that it leads to, ``of`` what a copy is one of."""

    path: str
    text: str
    hint: str = ""
    report: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Remarks that begin alike: with these words, so many of the list."""

    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One leaf of what was found in a list of ``total`` entries; ``matching`` are those found."""

    care: Care
    entries: Sequence[Entry]
    kinds: Sequence[Kind]
    total: int
    matching: int
    leaf: int
    leaves: int


def gather(care: Care, state: IndexStatus, ids: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the whole of one list; ``ids`` gives the report that is held of a path."""
    match care:
        case Care.FAILED:
            return tuple(Entry(path=each.path, text=each.error, hint=each.hint) for each in state.failed)
        case Care.COPIES:
            return tuple(
                Entry(path=each.path, text=f"与 {each.of} 内容相同", of=each.of, report=ids.get(each.of))
                for each in state.duplicates
            )
        case Care.WARNINGS:
            copied = {each.path for each in state.duplicates}  # these have a list of their own
            return tuple(
                Entry(path=each.path, text=each.warning, report=ids.get(each.path))
                for each in state.warnings
                if each.path not in copied
            )


def turn_to(care: Care, entries: Sequence[Entry], *, find: str = "", leaf: int = 1) -> Leaf:
    """Return a leaf of the entries that hold all these words, in their path or in what is said of it."""
    words = find.casefold().split()
    found = [each for each in entries if _holds(each, words)] if words else entries
    return Leaf(
        care=care,
        entries=found[(leaf - 1) * LEAF : leaf * LEAF],
        kinds=kinds(entries),
        total=len(entries),
        matching=len(found),
        leaf=leaf,
        leaves=max(1, -(-len(found) // LEAF)),
    )


def kinds(entries: Iterable[Entry]) -> tuple[Kind, ...]:
    """Return how remarks begin, the most frequent first; the count is of those that finding these words gives."""
    entries = tuple(entries)
    heads = Counter(head for each in entries if len(head := _head(each.text)) > 1)
    most = (head for head, _ in heads.most_common(_KINDS))
    counted = (Kind(text=head, count=sum(_holds(each, head.casefold().split()) for each in entries)) for head in most)
    return tuple(sorted(counted, key=lambda kind: (-kind.count, kind.text)))


def _head(text: str) -> str:
    """Return how a remark begins, as far as others of its kind begin so."""
    return _OWN.split(text, maxsplit=1)[0].strip("，。； ")


def _holds(entry: Entry, words: Iterable[str]) -> bool:
    whole = f"{entry.path}\n{entry.text}\n{entry.hint}".casefold()
    return all(word in whole for word in words)
