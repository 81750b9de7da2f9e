"""Review table: a review as rows and columns, for files: all that the page shows, and each measure by itself.

What stands apart from the wall follows below it, with the reason, so that nothing held is left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from search_app.exporting.file_formats import FileFormat
from search_app.exporting.review_wording import (
    explain,
    name_source,
    say_apart,
    say_dates,
    say_others_of_year,
    say_part,
    say_totals,
    say_unentered,
    sum_up_row,
    title,
)
from search_app.exporting.rows import Cell
from search_app.exporting.table import Table
from search_app.exporting.wording import escape_unprintable
from search_app.model import UNKNOWN, Report
from search_app.reviewing.deadlines import Act
from search_app.reviewing.part_floors import PARTS
from search_app.reviewing.register import Apart
from search_app.reviewing.report_check import PartCheck, Shared
from search_app.reviewing.review import Review
from search_app.reviewing.wall import CountySum, Row

_OWN, _OTHERS = "与往年相同%", "与他镇相同%"
_PLACE = ("县（区、市）", "乡镇（街道）", "年度", "结论")
_MEASURES = tuple(f"{part}：{name}" for name in ("字数", _OWN, _OTHERS) for part in PARTS)
_REST = ("整份与上一份相同%", "上一份年度", "成文日期", "公开日期", "时限", "备注", "报告", "源文件")
COLUMNS = (*_PLACE, *PARTS, *_MEASURES, *_REST)
READ_COLUMNS = ("乡镇（街道）", "年度", "结论", *PARTS, "整份与上一份相同%", "时限", "报告")
_RECKONED_WITH = (FileFormat.XLSX, FileFormat.CSV)
_COUNTED = (
    "乡镇数", "收录", "未收录", "四个部分齐全", *(f"缺{part}" for part in PARTS), "有单薄的", "有与本镇往年相同的",
    "有与他镇相同的", "晚于时限", "没写日期", "没有要看的", "正在核对",
)  # fmt: skip
COUNTY_COLUMNS = ("县（区、市）", "年度", *_COUNTED, "结论", "乡镇（街道）", "报告", "源文件")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Gives the addresses of a report's passage (of the report where there is none), and of two reports compared."""

    read: Callable[[Report, int | None], str]
    compare: Callable[[Report, Report], str]


def tabulate(found: Review, form: FileFormat, *, made: datetime, ways: Ways | None) -> Table:
    """Return a review as a table: its rows, or the counties where it has none. Without ``ways`` no cell is a link.

    What is read, not reckoned with, has no columns of measures: they stand in the words of the parts.
    """
    columns = COUNTY_COLUMNS if found.counties else COLUMNS if form in _RECKONED_WITH else READ_COLUMNS
    cells = [_county(each, found.year) for each in found.counties] + [_row(row, found.apart) for row in found.rows]
    links = {
        (at, columns.index(name)): address
        for at, row in enumerate(found.rows)
        for name, address in _links(row, ways)
        if name in columns
    }
    for each in found.apart:
        known: dict[str, Cell] = {
            "县（区、市）": each.county,
            "乡镇（街道）": each.report.town,
            "年度": each.report.year,
        }
        cells.append(known | {"结论": f"未列入：{say_apart(each)}"} | _source(each.report))
        if ways is not None:
            links[len(cells) - 1, columns.index("报告")] = ways.read(each.report, None)
    return Table(
        title=title(found),
        notes=(
            f"索引 {found.generation}，{made:%Y-%m-%d %H:%M} 导出。",
            f"{say_totals(found.totals)}。",
            *explain(of_town=found.town is not None),
        ),
        columns=columns,
        rows=tuple(tuple(row.get(name) for name in columns) for row in cells),
        made=made,
        links=links,
    )


def _county(each: CountySum, year: int | None) -> dict[str, Cell]:
    totals = each.totals
    counted = (
        totals.towns, totals.held, totals.absent, totals.complete, *totals.missing.values(), totals.thin,
        totals.from_own, totals.from_others, totals.late, totals.undated, totals.clean, totals.pending,
    )  # fmt: skip
    return {"县（区、市）": each.county or UNKNOWN, "年度": year, **dict(zip(_COUNTED, counted, strict=True))}


def _row(row: Row, apart: tuple[Apart, ...]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "县（区、市）": row.county or UNKNOWN,
        "乡镇（街道）": row.town,
        "年度": row.year,
        "结论": sum_up_row(row),
    }
    if row.report is None:
        return cells | {"备注": say_unentered(row, apart) or None}
    cells |= {
        "成文日期": _day(row, Act.SIGNED),
        "公开日期": _day(row, Act.PUBLISHED),
        "时限": say_dates(row.dates),
        "备注": say_others_of_year(row) or None,
        **_source(row.report),
    }
    if row.check is not None:
        for part in row.check.parts:
            cells |= _measures(part, row.report)
        before = row.check.preceding
        cells["整份与上一份相同%"] = _percents(before)
        cells["上一份年度"] = before.report.year if before is not None else None
    return cells


def _measures(part: PartCheck, report: Report) -> dict[str, Cell]:
    return {
        part.part: say_part(part, report),
        f"{part.part}：字数": part.letters,
        f"{part.part}：{_OWN}": _percents(part.own),
        f"{part.part}：{_OTHERS}": _percents(part.others),
    }


def _links(row: Row, ways: Ways | None) -> Iterator[tuple[str, str]]:
    if row.report is None or ways is None:
        return
    yield "报告", ways.read(row.report, None)
    for part in row.check.parts if row.check is not None else ():
        yield part.part, ways.read(row.report, part.first)
        for name, shared in ((_OWN, part.own), (_OTHERS, part.others)):
            if shared is not None:
                yield f"{part.part}：{name}", ways.compare(row.report, shared.report)


def _source(report: Report) -> dict[str, Cell]:
    return {"报告": name_source(report), "源文件": escape_unprintable(report.path)}


def _day(row: Row, act: Act) -> str | None:
    return next((each.day.isoformat() for each in row.dates if each.act is act), None)


def _percents(shared: Shared | None) -> float | None:
    """Return a share in percents with one decimal, rounded down."""
    return None if shared is None else int(shared.share * 1000 + 1e-9) / 10
