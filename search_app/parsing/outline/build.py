"""The outline builder: paragraphs -> headings with levels, and the body paragraphs below each.

Levels come from the numbering that this document uses: a kind of number seen below another is one level deeper,
whatever kinds they are; a fixed order of kinds only breaks ties. What is a heading is said by heading_tests (each one
by itself) and sibling_vote (by those beside it), which is why the paragraphs may be gone through twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import find_leading_name
from search_app.parsing.lines.markers import Marker, MarkerKind
from search_app.parsing.outline.heading_tests import (
    LONGEST_BY_SIBLINGS,
    find_run_in,
    is_numbered_heading,
    is_short,
    is_slogan,
)
from search_app.parsing.outline.open_headings import HeadingKind, OpenHeading, OpenHeadings, UnnumberedKind
from search_app.parsing.outline.paragraphs import Paragraphs, examine_paragraphs
from search_app.parsing.outline.sibling_vote import Numbered, Verdict, settle
from search_app.parsing.outline.unnumbered import UnnumberedLevels

_LONGEST_STYLED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading with the headings above it; ``own_line`` is false for a run-in heading."""

    text: str
    level: int
    path: tuple[str, ...]
    own_line: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body paragraph; ``heading`` is the index of the heading above it (-1 = before the first)."""

    text: str
    heading: int
    table: bool = False


def build_outline(lines: tuple[Line, ...], *, town: str | None = None) -> tuple[tuple[Heading, ...], tuple[Body, ...]]:
    """Return headings and body paragraphs, both in reading order; ``town`` is whose report it seems to be."""
    paragraphs = examine_paragraphs(lines, town)
    builder = OutlineBuilder(paragraphs)
    builder.place_all()
    if verdicts := builder.sibling_verdicts():
        builder = OutlineBuilder(paragraphs, verdicts)
        builder.place_all()
    return builder.headings, builder.bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What a numbered paragraph is taken for.

    ``heading`` is the heading that it is or opens with (None = it is text), ``possible`` the one that it might open
    with if its siblings do.
    """

    heading: str | None
    own_line: bool
    possible: str | None


class OutlineBuilder:
    """Places the paragraphs of a report one after the other; ``verdicts`` is what siblings decided the last time."""

    def __init__(self, paragraphs: Paragraphs, verdicts: Mapping[int, Verdict] | None = None) -> None:
        self._paragraphs = paragraphs
        self._verdicts = verdicts or {}
        self._open = OpenHeadings(paragraphs.ranks)
        self._unnumbered = UnnumberedLevels(paragraphs, self._open)
        self._headings: list[Heading] = []
        self._bodies: list[Body] = []
        self._numbered: list[Numbered] = []
        self._latest_item: dict[MarkerKind, int] = {}  # the last number of a kind that opened no heading

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings in reading order."""
        return tuple(self._headings)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Return the body paragraphs in reading order."""
        return tuple(self._bodies)

    def place_all(self) -> None:
        """Place every paragraph, in reading order."""
        for at, (line, marker) in enumerate(zip(self._paragraphs.lines, self._paragraphs.markers, strict=True)):
            self._place(at, line, marker)

    def sibling_verdicts(self) -> Mapping[int, Verdict]:
        """Return which numbered paragraphs are, by those beside them, something else than was taken for granted."""
        return settle(self._numbered, holding={body.heading for body in self._bodies})

    def _place(self, at: int, line: Line, marker: Marker | None) -> None:
        if line.kind == "table":
            self._add_body(line.text, table=True)
        elif (named := self._paragraphs.named.get(at)) is not None:
            self._open.close_like(named.kind)
            self._open_heading(
                named.text, kind=named.kind, number=1, style=None, own_line=named.own_line, inside=named.inside
            )
            if not named.own_line:
                self._add_body(line.text)
        elif marker is not None:
            self._place_numbered(at, line, marker)
        elif at in self._paragraphs.unnumbered_headings:
            self._open_unnumbered(at, line.text, own_line=True)
        else:
            self._place_text(at, line)

    def _place_numbered(self, at: int, line: Line, marker: Marker) -> None:
        """Place a numbered paragraph; it may be a heading, open with one, or be plain text."""
        reading = self._read_numbered(at, line, marker)
        self._open.close_for_number(marker.kind, marker.number)
        self._numbered.append(self._record(at, line, marker, reading))
        if reading.heading is None:
            self._latest_item[marker.kind] = marker.number
        else:
            self._open_heading(
                reading.heading, kind=marker.kind, number=marker.number, style=line.level, own_line=reading.own_line
            )
        if not reading.own_line:
            self._add_body(line.text)

    def _read_numbered(self, at: int, line: Line, marker: Marker) -> _Reading:
        """Tell what a numbered paragraph is: by its siblings where they decided, else by itself."""
        run_on = self._paragraphs.run_ons.get(at)
        unbroken = run_on or self._paragraphs.unbroken.get(at)
        possible = run_on or find_run_in(line.text, marker, longest=LONGEST_BY_SIBLINGS) or unbroken
        verdict = self._verdicts.get(at)
        if verdict is not None:
            opening = possible if verdict is Verdict.HEADING else None
            return _Reading(heading=opening, own_line=False, possible=possible)
        opening = possible if possible is not None and is_short(possible, marker) else unbroken
        own_line = self._is_own_line(at, line, marker, opening)
        return _Reading(heading=line.text if own_line else opening, own_line=own_line, possible=possible)

    def _is_own_line(self, at: int, line: Line, marker: Marker, opening: str | None) -> bool:
        """Say whether the whole of a numbered paragraph is a heading: by the file's style, or by its words."""
        if line.kind == "heading" and len(line.text) <= _LONGEST_STYLED and not opening:
            return True
        after_text = marker.number > 1 and self._latest_item.get(marker.kind) == marker.number - 1
        known = self._paragraphs
        return is_numbered_heading(known.lines, known.markers, known.ranks, at, after_text=after_text)

    def _record(self, at: int, line: Line, marker: Marker, reading: _Reading) -> Numbered:
        """Return what the siblings need to know of a numbered paragraph that is about to be placed."""
        possible = reading.possible
        slogan = possible is not None and marker.kind is MarkerKind.PAREN and is_slogan(possible[marker.end :])
        return Numbered(
            at=at,
            parent=self._open.parent,
            kind=marker.kind,
            heading=None if reading.heading is None else len(self._headings),
            own_line=reading.own_line,
            styled=line.kind == "heading",
            may=reading.heading is not None or possible is not None,
            slogan=slogan,
        )

    def _place_text(self, at: int, line: Line) -> None:
        """Place an unnumbered paragraph and, above it, the heading that it opens with, if it does."""
        if (name := find_leading_name(line.text)) is not None:
            self._open_named(at, name)
        elif (run_in := self._paragraphs.run_ins.get(at)) is not None:
            self._open_beside_its_like(run_in, UnnumberedKind.RUN_IN)
        self._add_body(line.text)

    def _open_named(self, at: int, name: str) -> None:
        """Open the part whose name a paragraph opens with; right below a heading it is one of several inside it."""
        innermost = self._open.innermost
        if name[0] in "【［":
            self._open_beside_its_like(name, UnnumberedKind.BOXED)
        elif self._just_opened() or (innermost is not None and innermost.kind is UnnumberedKind.NAMED):
            self._open_beside_its_like(name, UnnumberedKind.NAMED)
        else:
            self._open_unnumbered(at, name, own_line=False)

    def _just_opened(self) -> bool:
        """Say whether nothing stands below the latest heading, a line of its own (存在不足和打算 above 主要不足：…)."""
        innermost = self._open.innermost
        if innermost is None or not innermost.own_line or innermost.index != len(self._headings) - 1:
            return False
        return not self._bodies or self._bodies[-1].heading != innermost.index

    def _open_beside_its_like(self, text: str, kind: UnnumberedKind) -> None:
        """Open a heading that an unnumbered paragraph opens with, beside the one of its kind that is open."""
        self._open.close_like(kind)
        self._open_heading(text, kind=kind, number=1, style=None, own_line=False)

    def _open_unnumbered(self, at: int, text: str, *, own_line: bool) -> None:
        kind, number = self._unnumbered.make_room(at, text, after_text=bool(self._bodies))
        style = self._paragraphs.lines[at].level
        self._open_heading(text, kind=kind, number=number, style=style, own_line=own_line)

    def _open_heading(
        self,
        text: str,
        *,
        kind: HeadingKind,
        number: int,
        style: int | None,
        own_line: bool,
        inside: MarkerKind | None = None,
    ) -> None:
        """Add a heading at the level reached."""
        self._open.push(
            OpenHeading(
                kind=kind,
                number=number,
                style=style,
                own_line=own_line,
                text=text,
                index=len(self._headings),
                inside=inside,
            )
        )
        path = self._open.path
        self._headings.append(Heading(text=text, level=len(path), path=path, own_line=own_line))

    def _add_body(self, text: str, *, table: bool = False) -> None:
        self._bodies.append(Body(text=text, heading=self._open.parent, table=table))
