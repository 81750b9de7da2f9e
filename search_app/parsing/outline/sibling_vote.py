"""The sibling vote: numbered paragraphs below one heading are all headings or none, as far as words allow.

In: what each numbered paragraph was taken for by itself. Out: those that their siblings decide otherwise.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from search_app.parsing.lines.markers import MarkerKind

#: Kinds of numbers that lists are written with; 一、 and （一） above nothing are headings of a template.
_LISTED = {
    MarkerKind.DOT,
    MarkerKind.DECIMAL,
    MarkerKind.DEEPER,
    MarkerKind.ARABIC,
    MarkerKind.CIRCLE,
    MarkerKind.ORDINAL,
    MarkerKind.ITEM,
}


class Verdict(Enum):
    """What a numbered paragraph is by its siblings."""

    HEADING = auto()
    TEXT = auto()


class Numbered(NamedTuple):
    """A numbered paragraph: its place, the heading above it (-1 = none), and what it was taken for.

    ``heading`` is the index of the heading that it is or opens with, ``may`` says whether it could open with one,
    ``styled`` whether the file itself calls it a heading, ``slogan`` whether its opening is made of slogans.
    """

    at: int
    parent: int
    kind: MarkerKind
    heading: int | None
    own_line: bool
    styled: bool
    may: bool
    slogan: bool


def settle(numbered: Sequence[Numbered], *, holding: Container[int]) -> Mapping[int, Verdict]:
    """Return what paragraphs are by their siblings; ``holding`` are the headings with text directly below them."""
    families: dict[tuple[int, MarkerKind], list[Numbered]] = {}
    parents = {one.parent for one in numbered if one.heading is not None}
    for one in numbered:
        families.setdefault((one.parent, one.kind), []).append(one)
    settled: dict[int, Verdict] = {}
    for (_, kind), family in families.items():
        heads = [one for one in family if one.heading is not None]
        if len(family) > 1 and not heads and kind is MarkerKind.PAREN and all(one.slogan for one in family):
            settled |= {one.at: Verdict.HEADING for one in family}
        if len(family) < 2 or not heads:
            continue
        if kind in _LISTED and len(heads) > 1 and not _stand_above(heads, holding, parents):
            settled |= {one.at: Verdict.TEXT for one in heads}
        elif len(heads) < len(family):
            settled |= _evened(family, heads, parents)
    return settled


def _stand_above(heads: Iterable[Numbered], holding: Container[int], parents: Container[int]) -> bool:
    """Say whether any of the headings has text or headings of its own, or is one by the file's style."""
    return any(one.styled or one.heading in holding or one.heading in parents for one in heads)


def _evened(family: Sequence[Numbered], heads: Sequence[Numbered], parents: Container[int]) -> dict[int, Verdict]:
    """Make headings of all siblings if most are and all may be; of none where only a few open with a short sentence."""
    others = [one for one in family if one.heading is None]
    if all(one.may for one in others) and (2 * len(heads) >= len(family) or all(one.slogan for one in others)):
        return {one.at: Verdict.HEADING for one in others}
    if 2 * len(heads) < len(family) and not any(one.own_line or one.styled or one.heading in parents for one in heads):
        return {one.at: Verdict.TEXT for one in heads}
    return {}
