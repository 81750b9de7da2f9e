"""Rows: the figures of a table, whose cells a passage keeps as ``项目 | 2023年`` line by line.

A row counts where its first cell names a thing as a whole, and a column is the report's year or the only one with
numbers. The unit stands in the first cell (调解纠纷（件）), in a cell of its own, or behind the number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_app.labelling.figures.matching import name_of_row
from search_app.labelling.figures.numbers import find_numbers, read_value
from search_app.labelling.figures.things import words
from search_app.model import Figure

_BAR = " | "
_YEAR = re.compile(r"(20\d\d)年?度?")
_UNIT_IN_BRACKETS = re.compile(r"[（(](?:单位[：:])?([^（()）]{1,4})[)）]$")
_NAMES_NUMBERS = re.compile("数量|数据|数值|件数|次数|人数|完成情况|完成数|合计|总数|全年")
_NAMES_UNITS = "单位"


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int


def find_rows(text: str, year: int | None) -> Iterator[Figure]:
    """Yield the figures of the tables in a text."""
    header: tuple[_Cell, ...] = ()
    at = 0
    for line in text.split("\n"):
        cells = _cells(line, at)
        if len(cells) < 2:
            header = ()
        elif not header or len(cells) != len(header):
            header = cells
        else:
            figure = _figure(header, cells, (at, at + len(line)), year)
            if figure is not None:
                yield figure
        at += len(line) + 1


def _cells(line: str, at: int) -> tuple[_Cell, ...]:
    if _BAR not in line:
        return ()
    cells: list[_Cell] = []
    for cell in line.split(_BAR):
        cells.append(_Cell(cell, at))
        at += len(cell) + len(_BAR)
    return tuple(cells)


def _figure(
    header: tuple[_Cell, ...], cells: tuple[_Cell, ...], line: tuple[int, int], year: int | None
) -> Figure | None:
    column = _column(header, year)
    if column is None:
        return None
    named = _UNIT_IN_BRACKETS.sub("", cells[0].text.strip())
    own = _UNIT_IN_BRACKETS.search(cells[0].text.strip())
    units = [at for at, cell in enumerate(header) if cell.text.strip() == _NAMES_UNITS]
    unit = own[1] if own else cells[units[0]].text.strip() if units else ""
    cell = cells[column]
    value, written, size = _read(cell.text, unit)
    if value is None or not written:
        return None
    thing = name_of_row(named, written)
    if thing is None:
        return None
    start = cell.start + len(cell.text) - len(cell.text.lstrip())
    return Figure(
        what=thing.name,
        number=value,
        unit=written,
        start=start,
        end=start + size,
        clause_start=line[0],
        clause_end=line[1],
    )


def _column(header: tuple[_Cell, ...], year: int | None) -> int | None:
    """Return the column that holds the numbers of the report's year; None where that is not certain."""
    years = {at: int(found[1]) for at, cell in enumerate(header) if (found := _YEAR.fullmatch(cell.text.strip()))}
    if years:
        fit = [at for at, one in years.items() if one == year]
    else:
        fit = [at for at, cell in enumerate(header) if at and _NAMES_NUMBERS.search(cell.text)]
    return fit[0] if len(fit) == 1 and fit[0] > 0 else None


def _read(cell: str, unit: str) -> tuple[float | None, str, int]:
    """Return value and unit of a cell, and how many of its characters they are."""
    bare = cell.strip()
    alone = read_value(bare)
    if alone is not None:
        return alone, unit if unit in words().units else "", len(bare)
    found = list(find_numbers(bare))
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(bare)) and not found[0].qualifier:
        return found[0].value, found[0].unit, len(bare)
    return None, "", 0
