"""Aligned rows: what stands opposite each other in two reports, and what differs there.

In: passages of ours and of theirs, and what became of them. Out: their texts in parts, which joined are the text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search_app.comparing.likeness import FIGURE, Worded, read_wording
from search_app.language.similarity.shared_wording import letters
from search_app.model import Passage
from search_app.parsing.lines.markers import find_marker
from search_app.searching.wording_diff import Part, diff_both


class Kind(StrEnum):
    """What became of a passage."""

    SAME = "same"
    FIGURES = "figures"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Passages that stand opposite each other; ``moved``: across the order, or in another part of the report."""

    kind: Kind
    ours: tuple[Passage, ...] = ()
    theirs: tuple[Passage, ...] = ()
    moved: bool = False
    likeness: int = 0

    @property
    def split(self) -> bool:
        """Tell whether one paragraph of theirs is several of ours."""
        return len(self.ours) > 1

    @property
    def merged(self) -> bool:
        """Tell whether several paragraphs of theirs are one of ours."""
        return len(self.theirs) > 1

    @property
    def section(self) -> str:
        """Return the part of the report that the row stands in: ours, of what is gone theirs."""
        return (self.ours or self.theirs)[0].section

    def sides(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Return our text and theirs in parts, each held against the other; empty where either is missing."""
        if not self.ours or not self.theirs:
            return (), ()
        return _hold_against(self.kind, _text(self.ours), _text(self.theirs))

    def parts(self) -> tuple[Part, ...]:
        """Return our text in parts, held against theirs."""
        return self.sides()[0]

    def former_parts(self) -> tuple[Part, ...]:
        """Return their text in parts, held against ours."""
        return self.sides()[1]

    def figures(self) -> tuple[tuple[str, str], ...]:
        """Return the figures that differ where the letters do not, as theirs and ours; "" is none at this place."""
        if self.kind is not Kind.FIGURES:
            return ()
        now, then = (_by_place(_joined(side).figures) for side in (self.ours, self.theirs))
        return tuple(
            (then.get(place, ""), now.get(place, ""))
            for place in sorted({*now, *then})
            if then.get(place) != now.get(place)
        )


def _joined(passages: tuple[Passage, ...]) -> Worded:
    return Worded.joined(read_wording(each.text) for each in passages)


def _text(passages: tuple[Passage, ...]) -> str:
    return "\n".join(each.text for each in passages)


def _hold_against(kind: Kind, text: str, other: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return two texts in parts, each held against the other; where the letters are equal, the figures alone are."""
    if kind is Kind.SAME:
        return (Part(text=text),), (Part(text=other),)
    if kind is Kind.FIGURES:
        ours, theirs = _figures(text), _figures(other)
        if list(ours) == list(theirs):
            found, met = list(ours.values()), list(theirs.values())
            return tuple(_refigured(text, found, met)), tuple(_refigured(other, met, found))
    return diff_both(text, other)


def _figures(text: str) -> Mapping[tuple[int, int], re.Match[str]]:
    """Return the figures of a text by the letters before each, and which of those at one place it is."""
    marker = find_marker(text)
    start = marker.end if marker else 0
    found: dict[tuple[int, int], re.Match[str]] = {}
    for each in FIGURE.finditer(text, start):
        before = len(letters(text[start : each.start()]))
        found[before, sum(place == before for place, _ in found)] = each
    return found


def _refigured(text: str, ours: Sequence[re.Match[str]], theirs: Sequence[re.Match[str]]) -> Iterator[Part]:
    reached = 0
    for mine, its in zip(ours, theirs, strict=True):
        if mine.group() != its.group():
            yield from (Part(text=between) for between in (text[reached : mine.start()],) if between)
            yield Part(text=mine.group(), instead=its.group())
            reached = mine.end()
    if reached < len(text):
        yield Part(text=text[reached:])


def _by_place(figures: tuple[tuple[int, str], ...]) -> Mapping[int, str]:
    """Return the figures by the letters before them; several at one place are one."""
    found: dict[int, list[str]] = {}
    for place, figure in figures:
        found.setdefault(place, []).append(figure)
    return {place: " ".join(each) for place, each in found.items()}
