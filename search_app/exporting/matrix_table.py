"""A matrix as a table: how many passages each cell has, and which of them is the best practice.

Each column of the page becomes two: the number, which leads to its search, and the best practice, which leads to its
passage. Whoever needs numbers alone asks for the matrix without practice.
"""

from collections.abc import Callable
from datetime import datetime

from search_app.comparing.matrix import Cell, Matrix
from search_app.exporting import citation
from search_app.exporting.result_list import describe_filters, say_moment
from search_app.exporting.rows import Cell as Written
from search_app.exporting.table import Table
from search_app.facets import FACETS
from search_app.model import Facet, Match, Passage, Value

#: The address of a search narrowed to a row and a column, None for all of them.
SearchAddress = Callable[[tuple[Value, ...], tuple[Value, ...]], str]


def make_table(
    matrix: Matrix,
    *,
    best: bool,
    made: datetime,
    search: SearchAddress,
    passage: Callable[[Passage], str],
    say_best: Callable[[Match], str],
) -> Table:
    """Return a matrix as a table, with the address of the search behind every number."""
    width = 2 if best else 1
    links: dict[tuple[int, int], str] = {}
    rows: list[tuple[Written, ...]] = []
    for at, line in enumerate(matrix.lines):
        cells: list[Written] = [FACETS[matrix.rows].say(line.value)]
        for nth, (column, cell) in enumerate(zip(matrix.columns, line.cells, strict=True)):
            if cell.passages:
                links[at, 1 + nth * width] = search((line.value,), (column.value,))
            if best and cell.best is not None:
                links[at, 2 + nth * width] = passage(cell.best.passage)
            cells += [cell.passages, *((_best(cell, say_best),) if best else ())]
        rows.append((*cells, line.passages, line.reports))
        links[at, len(cells)] = search((line.value,), ())
    rows.append(_totals(matrix, width))
    return Table(
        title=f"对照：{name_axis(matrix.rows)} × {name_axis(matrix.across)}",
        notes=tuple(_notes(matrix, made)),
        columns=(name_axis(matrix.rows), *_columns(matrix, width), "合计（段）", "合计（份报告）"),
        rows=tuple(rows),
        made=made,
        links=links,
    )


def name_axis(facet: Facet) -> str:
    """Return how the rows or columns are called."""
    return {Facet.TOWN: "乡镇", Facet.COUNTY: "县", Facet.YEAR: "年度", Facet.SECTION: "章节"}.get(facet, "主题")


def tell_totals(matrix: Matrix) -> str:
    """Return what a reader of totals must know."""
    several = "一段可以有几个主题，" if matrix.rows is Facet.TOPIC else ""
    beyond = "，合计包括没有列出的" if matrix.leaves > 1 else ""
    return f"{several}合计里每段只算一次{beyond}。"


def _columns(matrix: Matrix, width: int) -> list[str]:
    said = [FACETS[matrix.across].say(column.value) for column in matrix.columns]
    return [name for each in said for name in ([f"{each}（段）", f"{each}·典型做法"] if width > 1 else [each])]


def _best(cell: Cell, say: Callable[[Match], str]) -> str | None:
    if cell.best is None:
        return None
    return f"{cell.best.passage.exemplary.score} 分 {say(cell.best)}（{citation.where(cell.best.report)}）"


def _totals(matrix: Matrix, width: int) -> tuple[Written, ...]:
    counts: list[Written] = []
    for column in matrix.columns:
        counts += [column.count, *([None] * (width - 1))]
    found = matrix.results.found
    return ("合计", *counts, found.total, found.reports)


def _notes(matrix: Matrix, made: datetime) -> list[str]:
    found, request = matrix.results.found, matrix.results.request
    said = [f"共 {found.total:,} 段，来自 {found.reports:,} 份报告。{tell_totals(matrix)}"]
    if request.text.strip():
        said.append(f"检索词：{' '.join(request.text.split())}")
    if filters := describe_filters(request):
        said.append(f"筛选条件：{filters}")
    if matrix.leaves > 1:
        said.append(
            f"{name_axis(matrix.across)}共 {matrix.held:,} 个，本文件列出第 {matrix.leaf} 组（共 {matrix.leaves} 组）。"
        )
    if matrix.partial:
        said.append("时间用完了，数字只说查到的一部分。")
    return [*said, f"导出时间：{say_moment(made)}；索引代：{found.generation}"]
