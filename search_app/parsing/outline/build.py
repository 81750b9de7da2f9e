"""The outline builder: paragraphs -> headings with levels, and the body paragraphs below each.

Levels come from the numbering that this document uses: a kind of number seen below another is one level deeper,
whatever kinds they are; a fixed order of kinds only breaks ties. What is a heading is said by heading_tests (each one
by itself) and sibling_vote (by those beside it), which is why the paragraphs may be gone through twice.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import partial

from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import is_annex, is_name, role_before
from search_app.parsing.lines.markers import BRACKETED, RANK, Marker, markers
from search_app.parsing.outline.heading_tests import (
    LONGEST_BY_SIBLINGS,
    ROLE,
    is_short,
    is_slogan,
    own_line,
    plain,
    run_in,
    runs,
    unbroken,
)
from search_app.parsing.outline.marker_ranks import ranks
from search_app.parsing.outline.sibling_vote import Numbered, Settled, settle
from search_app.parsing.outline.split_paragraphs import split

_FORESIGHT = 200  # paragraphs looked at for the next number of a kind


@dataclass(slots=True, kw_only=True)
class Heading:
    """A heading under construction; ``own_line`` is false for a run-in heading."""

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


@dataclass(slots=True, kw_only=True)
class _Open:
    """A heading whose part is not yet over."""

    kind: str
    number: int
    style: int | None
    own_line: bool
    text: str


@dataclass(slots=True, kw_only=True)
class _Builder:
    lines: tuple[Line, ...]
    markers: tuple[Marker | None, ...]
    ranks: Mapping[str, int]
    headings: list[Heading] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    current: list[int] = field(default_factory=list)
    #: Number of the last paragraph of a kind that is no heading.
    latest_item: dict[str, int] = field(default_factory=dict)
    settled: Mapping[int, Settled] = field(default_factory=dict)
    #: Headings that text follows upon without a mark, and those that unnumbered paragraphs open with.
    unbroken: Mapping[int, str] = field(default_factory=dict)
    runs: Mapping[int, str] = field(default_factory=dict)
    #: Unnumbered lines that are headings.
    plains: Container[int] = frozenset()
    numbered: list[Numbered] = field(default_factory=list)


def build(lines: tuple[Line, ...], *, town: str | None = None) -> tuple[tuple[Heading, ...], tuple[Body, ...]]:
    """Return headings and body paragraphs, both in reading order; ``town`` is whose report it seems to be."""
    lines = split(lines)
    numbers = markers(tuple(None if line.kind == "table" else line.text for line in lines))
    plains = frozenset(
        at
        for at, line in enumerate(lines)
        if numbers[at] is None and line.kind != "table" and plain(lines, numbers, at)
    )
    begin = partial(
        _Builder, lines=lines, markers=numbers, ranks=ranks(numbers),
        unbroken=unbroken(numbers, lines, town), plains=plains,
        runs=runs(lines, numbers, plains),
    )  # fmt: skip
    made = _go_through(begin())
    settled = settle(made.numbered, holding={body.heading for body in made.bodies})
    if settled:
        made = _go_through(begin(settled=settled))
    return tuple(made.headings), tuple(made.bodies)


def _go_through(made: _Builder) -> _Builder:
    """Place every paragraph."""
    for at, line in enumerate(made.lines):
        number = made.markers[at]
        if line.kind == "table":
            _add_body(made, line.text, table=True)
        elif number is not None:
            _numbered(made, at, line, number)
        elif at in made.plains:
            _plain(made, at, line, line.text, own_line=True)
        elif (words := role_before(line.text)) is not None:
            if words[0] in "【［":
                _run(made, words, kind="boxed")
            elif _just_opened(made) or (made.stack and made.stack[-1].kind == "named"):
                _run(made, words, kind="named")
            else:
                _plain(made, at, line, words, own_line=False)
            _add_body(made, line.text)
        elif at in made.runs:
            _run(made, made.runs[at], kind="run")
            _add_body(made, line.text)
        else:
            _add_body(made, line.text)
    return made


def _add_body(made: _Builder, text: str, *, table: bool = False) -> None:
    made.bodies.append(Body(text=text, heading=made.current[-1] if made.current else -1, table=table))


def _numbered(made: _Builder, at: int, line: Line, number: Marker) -> None:
    """Place a numbered paragraph; it may be a heading, open with one, or be plain text."""
    settled = made.settled.get(at)
    after_text = number.number > 1 and made.latest_item.get(number.kind) == number.number - 1
    may = run_in(line.text, number, longest=LONGEST_BY_SIBLINGS) or made.unbroken.get(at)
    opening = may if settled == "heading" else None
    heading = False
    if settled is None:
        opening = made.unbroken.get(at) if may is None or not is_short(may, number) else may
        styled = line.kind == "heading" and len(line.text) <= 60 and not opening
        heading = styled or own_line(made.lines, made.markers, made.ranks, at, after_text=after_text)
    _make_room(made, number.kind, number.number)
    words = line.text if heading else opening
    made.numbered.append(
        Numbered(
            at=at,
            parent=made.current[-1] if made.current else -1,
            kind=number.kind,
            heading=len(made.headings) if words is not None else None,
            own_line=heading,
            styled=line.kind == "heading",
            may=words is not None or may is not None,
            slogan=may is not None and number.kind == "paren" and is_slogan(may[number.end :]),
        )
    )
    if words is not None:
        opened = _Open(kind=number.kind, number=number.number, style=line.level, own_line=heading, text=words)
        _open_heading(made, opened)
    else:
        made.latest_item[number.kind] = number.number
    if not heading:
        _add_body(made, line.text)


def _open_heading(made: _Builder, opened: _Open) -> None:
    made.stack.append(opened)
    path = tuple(entry.text for entry in made.stack)
    made.current.append(len(made.headings))
    made.headings.append(Heading(text=path[-1], level=len(path), path=path, own_line=opened.own_line))


def _close(made: _Builder, keep: int) -> None:
    del made.stack[keep:]
    del made.current[keep:]


def _make_room(made: _Builder, kind: str, number: int) -> None:
    """Close what a paragraph with this number ends, so that the top of the stack is its parent."""
    for depth in range(len(made.stack) - 1, -1, -1):
        entry = made.stack[depth]
        mixed = {entry.kind, kind} == BRACKETED and entry.number == number - 1 and number > 1
        if entry.kind == kind or mixed:
            _close(made, depth)
            return
    while made.stack and made.ranks.get(made.stack[-1].kind, -1) > made.ranks[kind]:
        _close(made, len(made.stack) - 1)


def _plain(made: _Builder, at: int, line: Line, words: str, *, own_line: bool) -> None:
    """Place a heading without number: by style, by the gap it fills between numbered siblings, or by its role."""
    kind, number = ("plain", 1) if is_annex(words) else _gap(made, at, words) or ("plain", 1)
    if kind != "plain":
        _make_room(made, kind, number)
    elif line.level is not None and any(entry.style is not None for entry in made.stack):
        while made.stack and (made.stack[-1].style is None or made.stack[-1].style >= line.level):
            _close(made, len(made.stack) - 1)
    elif _is_amid_numbers(made, at):
        kind = "amid"
        kinds = [entry.kind for entry in made.stack]
        _close(made, kinds.index(kind) if kind in kinds else len(kinds))
    else:
        kind = _room_for_plain(made, words)
    opened = _Open(kind=kind, number=number, style=line.level, own_line=own_line, text=words)
    _open_heading(made, opened)


def _is_amid_numbers(made: _Builder, at: int) -> bool:
    """Say whether the inner numbers above a line go on below it, so that it stands inside of one of them."""
    own = [entry for entry in made.stack if entry.kind in RANK]
    if len(own) < 2:
        return False
    for number in made.markers[at + 1 : at + _FORESIGHT]:
        if number is not None and number.kind == own[-1].kind:
            return number.number == own[-1].number + 1
        if number is not None and made.ranks[number.kind] < made.ranks[own[-1].kind]:
            return False
    return False


def _just_opened(made: _Builder) -> bool:
    """Say whether nothing stands yet below the line that is the latest heading (存在不足和打算 above 主要不足：…)."""
    opened = bool(made.stack) and made.stack[-1].own_line and len(made.headings) - 1 == made.current[-1]
    return opened and (not made.bodies or made.bodies[-1].heading != made.current[-1])


def _run(made: _Builder, words: str, *, kind: str) -> None:
    """Place a heading that an unnumbered paragraph opens with, beside its like."""
    kinds = [entry.kind for entry in made.stack]
    if kind in kinds:
        _close(made, kinds.index(kind))
    _open_heading(made, _Open(kind=kind, number=1, style=None, own_line=False, text=words))


def _gap(made: _Builder, at: int, words: str) -> tuple[str, int] | None:
    """Return the number that an unnumbered heading lost, judged by its numbered neighbours."""
    following: dict[str, int] = {}
    for number in made.markers[at + 1 : at + _FORESIGHT]:
        if number is not None and number.kind not in following:
            following[number.kind] = number.number
        if number is not None and number.kind == "comma":
            break
    own = [entry for entry in made.stack if entry.kind in RANK]
    for entry in own:
        if following.get(entry.kind) == entry.number + 2:
            return entry.kind, entry.number + 1
    kinds = {entry.kind for entry in own}
    for kind, first in following.items():
        if first == 2 and kind not in kinds and kind in ("comma", "paren", "dot"):
            return kind, 1
    if own and own[0].kind == "comma" and "comma" not in following and ROLE.search(words) and len(words) <= 16:
        return "comma", own[0].number + 1
    last = own[-1] if own else None
    if last and last.own_line and len(own) > 1 and following.get(last.kind) != last.number + 1 and made.bodies:
        return last.kind, last.number + 1
    return None


def _room_for_plain(made: _Builder, words: str) -> str:
    """Close what an unnumbered heading without other evidence ends; return the kind it counts as."""
    role = bool(ROLE.search(words)) or is_name(words)
    kinds = [entry.kind for entry in made.stack]
    if is_annex(words):
        _close(made, 0)
        return "role"
    if any(kind in RANK for kind in kinds[:1]):
        outermost = kinds[0] not in ("part", "comma") and is_name(words)
        _close(made, 0 if outermost else 1)
        return "role" if outermost else "plain"
    if role or not kinds:
        _close(made, 0)
        return "role" if role else "plain"
    _close(made, 1 if kinds[0] == "role" else 0)
    return "plain"
