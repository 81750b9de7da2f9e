"""Side by side: the passages of two to four reports, aligned by section and, within a section, by topic.

In: the passages of each report. Out: parts, one per section; their rows, one per topic; and in every row a cell per
report. Every passage stands in one cell, in its order. A passage on several topics stands in the row of that one which
most of the reports write about in this section; one without a topic below the heading that another report has too. The
surprise: an empty cell is not silence, because a passage on its topic may stand in another row; the cell says where.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search_app.language import squeeze
from search_app.model import SECTIONS, TOPICS, Passage
from search_app.parsing.lines.markers import find_marker

#: Openings say a little of everything: they stand beside each other as they are.
OPENING = SECTIONS[0]
#: The parts that the national rule prescribes: where no report has one, that is told.
REQUIRED = SECTIONS[1:5]


class Key(NamedTuple):
    """What a row is about: a topic, or where there is none, the words of a heading; neither: all the rest."""

    topic: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one report says in a row; where it says nothing, ``elsewhere`` is what it says of it in other rows."""

    passages: tuple[Passage, ...] = ()
    elsewhere: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What all reports say of one topic in a section, or below a ``heading`` that they share; "" and "": the rest."""

    topic: str
    heading: str
    cells: tuple[Cell, ...]

    @property
    def count(self) -> int:
        """Return how many passages stand in the row."""
        return sum(len(cell.passages) for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section with its rows; ``present`` tells for each report whether it has the section at all."""

    section: str
    rows: tuple[Row, ...]
    present: tuple[bool, ...]


def align(reports: Sequence[Sequence[Passage]]) -> tuple[Part, ...]:
    """Return the passages of reports side by side; a section that none has is left out, unless it is required."""
    parts, every = [], [_Report(passages) for passages in reports]
    for section in SECTIONS:
        within = [[passage for passage in passages if _section(passage) == section] for passages in reports]
        if any(within) or section in REQUIRED:
            present = tuple(bool(each) for each in within)
            parts.append(Part(section=section, rows=tuple(_rows(within, every)), present=present))
    return tuple(parts)


def name_heading(heading: str) -> str:
    """Return the words of a heading without its number."""
    line = " ".join(heading.split())
    marker = find_marker(line)
    return line[marker.end :].strip() if marker is not None else line


def _section(passage: Passage) -> str:
    return passage.section if passage.section in SECTIONS else SECTIONS[-1]


def _rows(within: Sequence[Sequence[Passage]], reports: Sequence["_Report"]) -> Iterator[Row]:
    """Yield the rows of a section in the order in which the reports come to speak of them."""
    often = _often(within)
    shown: dict[Key, str] = {}
    columns: list[dict[Key, list[Passage]]] = []
    starts: dict[Key, list[float]] = {}
    for passages in within:
        column: dict[Key, list[Passage]] = {}
        for at, passage in enumerate(passages):
            key = _key(passage, often)
            shown.setdefault(key, _say(key, passage))
            if key not in column:
                starts.setdefault(key, []).append(at / len(passages))
            column.setdefault(key, []).append(passage)
        columns.append(column)
    for key in sorted(shown, key=lambda key: _place(key, starts[key])):
        cells = (_cell(key, column, report) for column, report in zip(columns, reports, strict=True))
        yield Row(topic=key.topic, heading=shown[key], cells=tuple(cells))


def _say(key: Key, passage: Passage) -> str:
    """Return the words of a row's heading as its first passage has them."""
    if key.heading in ("", OPENING):
        return key.heading
    return name_heading(passage.headings[-1])


def _often(within: Sequence[Sequence[Passage]]) -> Mapping[Key, tuple[int, int]]:
    """Return in how many reports, and in how many passages, each topic and heading stands."""
    reports: Counter[Key] = Counter()
    passages: Counter[Key] = Counter()
    for of_report in within:
        found = [key for passage in of_report for key in _candidates(passage)]
        passages.update(found)
        reports.update(set(found))
    return {key: (reports[key], passages[key]) for key in reports}


def _candidates(passage: Passage) -> Iterable[Key]:
    """Return every row in which a passage could stand."""
    if passage.topics:
        return [Key(topic=topic) for topic in dict.fromkeys(passage.topics)]
    return [Key(heading=words)] if (words := _words(passage)) else []


def _words(passage: Passage) -> str:
    return squeeze(name_heading(passage.headings[-1])) if passage.headings else ""


def _key(passage: Passage, often: Mapping[Key, tuple[int, int]]) -> Key:
    """Return the row in which a passage stands: a heading that only one report has makes none."""
    if _section(passage) == OPENING:
        return Key(heading=OPENING)
    if not passage.topics:
        return next((key for key in _candidates(passage) if often[key][0] > 1), Key())
    return max(_candidates(passage), key=lambda key: (*often[key], -_rank(key.topic)))


def _rank(topic: str) -> int:
    return TOPICS.index(topic) if topic in TOPICS else len(TOPICS)


def _place(key: Key, starts: Sequence[float]) -> tuple[bool, float, int, Key]:
    """Return what rows are ordered by: how far into the section the reports are that speak of it; the rest is last."""
    return key == Key(), sum(starts) / len(starts), _rank(key.topic), key


def _cell(key: Key, column: Mapping[Key, Sequence[Passage]], report: "_Report") -> Cell:
    held = tuple(column.get(key, ()))
    if held or key in (Key(), Key(heading=OPENING)):
        return Cell(passages=held)
    return Cell(elsewhere=tuple(report.on_topic(key.topic) if key.topic else report.below(key.heading)))


class _Report:
    """Knows where else in a report its topics and headings stand, which is looked for once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._topics: dict[str, list[Passage]] = {}
        self._headings: dict[str, list[Passage]] = {}
        for passage in passages:
            self._headings.setdefault(_words(passage), []).append(passage)
            for topic in dict.fromkeys(passage.topics):
                self._topics.setdefault(topic, []).append(passage)

    def on_topic(self, topic: str) -> Sequence[Passage]:
        """Return the passages on a topic, whatever else they are on."""
        return self._topics.get(topic, ())

    def below(self, heading: str) -> Sequence[Passage]:
        """Return the passages directly below a heading of these words."""
        return self._headings.get(heading, ())
