"""Outline: paragraphs -> headings with levels, and the body paragraphs below each.

Levels come from the numbering that this document uses: a kind of number seen below another is one level deeper,
whatever kinds they are; a fixed order of kinds only breaks ties. The surprise: a numbered paragraph is not yet a
heading. It is one if it is a short line of its own, or if it opens with a short sentence and goes on (run-in heading).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from search_app.parsing.hierarchy import ranks
from search_app.parsing.lines import Line
from search_app.parsing.naming import is_annex, is_name, role_before
from search_app.parsing.numbering import BRACKETED, RANK, Marker, items, marker, markers
from search_app.parsing.siblings import Numbered, Settled, settle

_LONGEST = {"part": 60, "comma": 56}
_LONGEST_LINE = 42
_FORESIGHT = 200  # paragraphs looked at for the next number of a kind
_LONGEST_RUN_IN = 32
_LONGEST_BY_SIBLINGS = 48  # where the paragraphs beside it open with headings
_FIGURES = re.compile(r"\d+\s*余?(?:件|次|场|人|份|个|名|起|户|条|期|处|元|%|％)|[百千万]余")
_SENTENCE = re.compile(r"[^。！；]*?([。！：:]|\s(?=[一二三四五六七八九十]是|\S{12})|(?=一是|一要))")
_STATEMENT = re.compile(r"^(?:我[镇乡街县]|今年|一年来|近年来|目前|截至|全[镇乡年]|20\d\d年(?:以来|，|,)|\d)")
_ROLE = re.compile(
    r"不足|问题|短板|困难|打算|下一步|下步|努力方向|安排|举措|成效|做法|履职|第一责任|职责|开展情况|工作情况|思路|计划|亮点|其他"
)
_CLOSED = re.compile(r"[。；！？，,;：:、]$")
_ONLY_NAMES = re.compile(r"(?:《[^》]*》[、，,；;。和及]?)+")
_PRESPLIT = re.compile(r"(?<=[。；！])\s*(?=[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")


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
    numbered: list[Numbered] = field(default_factory=list)


def build(lines: tuple[Line, ...]) -> tuple[tuple[Heading, ...], tuple[Body, ...]]:
    """Return headings and body paragraphs, both in reading order."""
    lines = _presplit(lines)
    numbers = markers(tuple(None if line.kind == "table" else line.text for line in lines))
    made = _built(lines, numbers, {})
    settled = settle(made.numbered, holding={body.heading for body in made.bodies})
    if settled:
        made = _built(lines, numbers, settled)
    return tuple(made.headings), tuple(made.bodies)


def _built(lines: tuple[Line, ...], numbers: tuple[Marker | None, ...], settled: Mapping[int, Settled]) -> _Builder:
    """Go through the paragraphs once; ``settled`` says of some what they are, by their siblings."""
    made = _Builder(lines=lines, markers=numbers, ranks=ranks(numbers), settled=settled)
    for at, line in enumerate(lines):
        number = made.markers[at]
        if line.kind == "table":
            _add_body(made, line.text, table=True)
        elif number is not None:
            _numbered(made, at, line, number)
        elif _is_plain_heading(made, at):
            _plain(made, at, line, line.text, own_line=True)
        elif (words := role_before(line.text)) is not None:
            _plain(made, at, line, words, own_line=False)
            _add_body(made, line.text)
        else:
            _add_body(made, line.text)
    return made


def _presplit(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Give numbered paragraphs that lost their line break a line of their own."""
    made: list[Line] = []
    for line in lines:
        parts = _PRESPLIT.split(line.text) if line.kind != "table" and len(line.text) > 60 else [line.text]
        numbers = [number.number if (number := marker(part)) else 0 for part in parts[1:]]
        if len(parts) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            made.extend(
                Line(text=part, kind=line.kind, level=None, width=float(len(part)), at=line.at) for part in parts
            )
        else:
            made.append(line)
    return tuple(made)


def _add_body(made: _Builder, text: str, *, table: bool = False) -> None:
    made.bodies.append(Body(text=text, heading=made.current[-1] if made.current else -1, table=table))


def _numbered(made: _Builder, at: int, line: Line, number: Marker) -> None:
    """Place a numbered paragraph; it may be a heading, open with one, or be plain text."""
    settled = made.settled.get(at)
    heading = settled is None and _own_line_heading(made, at, line, number)
    run_in = _run_in(line.text, number) if settled is None and not heading else None
    if settled is None and line.kind == "heading" and not heading and not run_in and len(line.text) <= 60:
        heading = True
    if settled == "heading":
        run_in = _run_in(line.text, number, longest=_LONGEST_BY_SIBLINGS)
    _make_room(made, number.kind, number.number)
    words = line.text if heading else run_in
    made.numbered.append(
        Numbered(
            at=at,
            parent=made.current[-1] if made.current else -1,
            kind=number.kind,
            heading=len(made.headings) if words is not None else None,
            own_line=heading,
            styled=line.kind == "heading",
            may=words is not None or _run_in(line.text, number, longest=_LONGEST_BY_SIBLINGS) is not None,
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


def _own_line_heading(made: _Builder, at: int, line: Line, number: Marker) -> bool:
    words = line.text[number.end :].strip()
    bare = words.rstrip("。：:；;？?")
    if (
        not bare
        or _ONLY_NAMES.fullmatch(words)
        or len(words) > _LONGEST.get(number.kind, _LONGEST_LINE)
        or re.search(r"[。！？；;]", bare)
    ):
        return False
    if words[-1] not in "。；;":
        return not (_FIGURES.search(words) and len(words) > 20)
    if made.latest_item.get(number.kind) == number.number - 1 and number.number > 1:
        return False  # its sibling before it is a sentence
    follower = made.markers[at + 1] if at + 1 < len(made.lines) else None
    if at + 1 == len(made.lines) or made.lines[at + 1].kind == "table" or words[-1] in "；;":
        return False
    sibling = follower is not None and made.ranks[follower.kind] <= made.ranks[number.kind]
    return (
        not sibling and len(words) <= _LONGEST_RUN_IN + 4 and not _FIGURES.search(words) and not _STATEMENT.match(words)
    )


def _run_in(text: str, number: Marker, *, longest: int = _LONGEST_RUN_IN) -> str | None:
    """Return the heading that a paragraph opens with (number included, closing mark left out), or None."""
    if number.kind == "item" and items(text)[:1] == (0,):
        return None  # 一是…二是… in one paragraph; but 四是…。一是…二是… opens with a heading
    rest = text[number.end :]
    found = _SENTENCE.match(rest)
    if found is None:
        return None
    words = found.group().rstrip("。！：: ")
    mark = found.group(1)
    most = {":": 16, "：": 16, "": 24, " ": 24}.get(mark, longest if number.kind != "item" else longest - 6)
    shortest = 3 if number.kind == "item" else 2
    if not shortest <= len(words) <= most or len(rest) - found.end() < (4 if mark == "。" else 5):
        return None
    if _FIGURES.search(words) or _STATEMENT.match(words) or words.count("“") != words.count("”"):
        return None
    if mark in ("", " ") and re.search(r"[，,；]\s*$|[（(《“]$", words):
        return None
    return text[: number.end] + words


def _is_plain_heading(made: _Builder, at: int) -> bool:
    """Say whether an unnumbered line is a heading: by the file's style, or a short bare line above a paragraph."""
    line = made.lines[at]
    if line.kind == "heading":
        return len(line.text) <= 60
    text = line.text
    if at and at + 1 < len(made.lines) and is_annex(text):
        return True
    if not 4 <= len(text) <= 30 or (
        _CLOSED.search(text) and not (_ROLE.search(text) and text[-1] in "：:" and len(text) <= 16)
    ):
        return False
    if (
        re.search(r"[。；！？|]", text)
        or _FIGURES.search(text)
        or not re.search(r"[\u4e00-\u9fff]{4}|^【[\u4e00-\u9fff]{2,3}】$", text)
    ):
        return False
    if at + 1 == len(made.lines):
        return False
    below = made.lines[at + 1]
    return below.kind != "table" and (
        below.width >= 36
        or (below.width >= 20 and below.text[-1] in "。；")
        or made.markers[at + 1] is not None
        or (len(text) <= 20 and bool(_ROLE.search(text)))
    )


def _plain(made: _Builder, at: int, line: Line, words: str, *, own_line: bool) -> None:
    """Place a heading without number: by style, by the gap it fills between numbered siblings, or by its role."""
    kind, number = ("plain", 1) if is_annex(words) else _gap(made, at, words) or ("plain", 1)
    if kind != "plain":
        _make_room(made, kind, number)
    elif line.level is not None and any(entry.style is not None for entry in made.stack):
        while made.stack and (made.stack[-1].style is None or made.stack[-1].style >= line.level):
            _close(made, len(made.stack) - 1)
    else:
        kind = _room_for_plain(made, words)
    opened = _Open(kind=kind, number=number, style=line.level, own_line=own_line, text=words)
    _open_heading(made, opened)


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
    if own and own[0].kind == "comma" and "comma" not in following and _ROLE.search(words) and len(words) <= 16:
        return "comma", own[0].number + 1
    last = own[-1] if own else None
    if last and last.own_line and len(own) > 1 and following.get(last.kind) != last.number + 1 and made.bodies:
        return last.kind, last.number + 1
    return None


def _room_for_plain(made: _Builder, words: str) -> str:
    """Close what an unnumbered heading without other evidence ends; return the kind it counts as."""
    role = bool(_ROLE.search(words)) or is_name(words)
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
