"""The figures as a table to be exported: one row per figure, with its clause and where it stands."""

from collections.abc import Callable, Iterable
from datetime import datetime

from search_app.comparing.counted_figures import Told
from search_app.comparing.figures_table import Narrowing
from search_app.exporting import citation
from search_app.exporting.figure_wording import explain, say_marks, say_side, title
from search_app.exporting.table import Table
from search_app.model import Passage

COLUMNS = (
    "主题", "数据", "数值", "单位", "约数", "范围", "与当年各乡镇比", "县（区、市）", "乡镇（街道）", "年度",
    "原文", "出处", "引用码", "链接",
)  # fmt: skip


def tabulate(
    told: Iterable[Told],
    wanted: Narrowing,
    *,
    side: Callable[[Told], str | None],
    made: datetime,
    left_out: int = 0,
    address: Callable[[Passage], str] | None = None,
) -> Table:
    """Return the rows of some figures; ``left_out`` is said, ``address`` leads to a passage."""
    rows = tuple(_row(one, side(one), address) for one in told)
    notes = explain()
    if left_out:
        notes = (f"还有 {left_out:,} 个数没有写进来，请缩小范围再导出。", *notes)
    links = {(at, len(COLUMNS) - 1): str(row[-1]) for at, row in enumerate(rows) if row[-1]}
    return Table(title=title(wanted), notes=notes, columns=COLUMNS, rows=rows, made=made, links=links)


def _row(
    told: Told, side: str | None, address: Callable[[Passage], str] | None
) -> tuple[str | int | float | None, ...]:
    entry, report = told.entry, told.entry.report
    return (
        entry.thing.topic,
        entry.thing.name,
        entry.value,
        told.figure.unit,
        told.figure.qualifier or None,
        "、".join(say_marks(entry)) or None,
        say_side(side) or None,
        report.county,
        report.town,
        report.year,
        told.clause,
        citation.source(told.passage, report),
        citation.code(told.passage, report),
        address(told.passage) if address else None,
    )
