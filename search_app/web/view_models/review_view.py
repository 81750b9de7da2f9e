"""The wall as a page shows it: cells with sign, words and links, and what the rows add up to."""

from collections.abc import Iterator
from dataclasses import dataclass

from search_app.exporting import citation
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.review_wording import (
    ACTS,
    DATE_SIGNS,
    HEADING_ONLY,
    IN_TIME,
    MARKS,
    SIGNS,
    STANDING_SIGNS,
    STANDINGS,
    name_report,
    percent,
    say_apart,
    say_mention,
    say_others_of_year,
    say_unentered,
    title,
)
from search_app.model import UNKNOWN, Report
from search_app.reviewing.deadlines import Dated, InTime
from search_app.reviewing.report_check import Mark, PartCheck, Shared
from search_app.reviewing.review import Review
from search_app.reviewing.wall import CountySum, Row, Standing, Totals
from search_app.web.review_answers import PATH, build_url
from search_app.web.view_models.links import Link, leaf_of

EXPORT = f"{PATH}/export"
#: Rows of a table, and reports apart, that one page shows; the file holds all.
MOST_ROWS, MOST_APART = 400, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing said of a part: its sign, its words, and where it leads; ``mark`` names its colour."""

    mark: str
    sign: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A part of a report: everything that holds of it; ``worst`` names the colour of the whole."""

    worst: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRow:
    """A town in a year; ``stands`` is said instead of cells where there are none."""

    name: Link
    report: Link | None
    cells: tuple[Cell, ...]
    stands: str
    sign: str
    standing: str
    years: tuple[Link, ...]
    preceding: Said | None
    dates: tuple[Said, ...]
    remark: str
    guessed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A number of the summary with its sign and colour."""

    mark: str
    sign: str
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyRow:
    """A county with the numbers of its year, in the order of the columns; ``more``: reports wait for their check."""

    name: Link
    counts: tuple[tuple[str, int], ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftApart:
    """A report that is not entered, with the reason."""

    report: Link
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole page."""

    title: str
    tiles: tuple[Tile, ...]
    rows: tuple[WallRow, ...]
    counties: tuple[CountyRow, ...]
    years: tuple[Link, ...]
    files: tuple[Link, ...]
    apart: tuple[LeftApart, ...]
    more_rows: int
    more_apart: int
    all_counties: str
    whole_county: str


def show(found: Review) -> Page:
    """Return the page of a review."""
    here = {"county": found.county if not found.only or found.town else None, "town": found.town, "year": found.year}
    return Page(
        title=title(found),
        tiles=tuple(_tiles(found.totals, of_town=found.town is not None)),
        rows=tuple(_row(row, found) for row in found.rows[:MOST_ROWS]),
        counties=tuple(_county(each, found.year) for each in found.counties[:MOST_ROWS]),
        years=() if found.town is not None else tuple(_years(found)),
        files=tuple(
            Link(text=form.label, url=build_url(EXPORT, **here, format=form.value))
            for form in (FileFormat.XLSX, FileFormat.DOCX, FileFormat.CSV, FileFormat.MARKDOWN)
        ),
        apart=tuple(
            LeftApart(
                report=Link(text=citation.title(each.report), url=f"/reports/{each.report.id}"),
                place=f"{each.county or ''}{each.report.town or ''}{each.report.year or ''}",
                reason=say_apart(each),
            )
            for each in found.apart[:MOST_APART]
        ),
        more_rows=max(len(found.rows), len(found.counties)) - MOST_ROWS,
        more_apart=len(found.apart) - MOST_APART,
        all_counties="" if found.only or found.county is None else build_url(year=found.year),
        whole_county="" if found.town is None else build_url(county=None if found.only else found.county),
    )


def _years(found: Review) -> Iterator[Link]:
    for year, reports in found.years:
        county = None if found.only else found.county
        current = year == found.year
        yield Link(text=f"{year} 年（{reports}）", url=build_url(county=county, year=year), current=current)


def _tiles(totals: Totals, *, of_town: bool) -> Iterator[Tile]:
    absent, pending = Standing.ABSENT, Standing.PENDING
    yield Tile(mark="all", sign="", count=totals.towns, text="个年度" if of_town else "个乡镇（街道）")
    yield Tile(mark="absent", sign=STANDING_SIGNS[absent], count=totals.absent, text=STANDINGS[absent])
    yield Tile(mark="present", sign=SIGNS[Mark.PRESENT], count=totals.complete, text="四个部分齐全")
    for part, count in totals.missing.items():
        if count:
            yield Tile(mark=Mark.MISSING.value, sign=SIGNS[Mark.MISSING], count=count, text=f"缺{part}")
    for mark, count in ((Mark.FROM_OTHERS, totals.from_others), (Mark.FROM_OWN, totals.from_own)):
        yield Tile(mark=mark.value, sign=SIGNS[mark], count=count, text=f"有{MARKS[mark]}的")
    yield Tile(mark="thin", sign=SIGNS[Mark.THIN], count=totals.thin, text="有单薄的")
    yield Tile(mark="late", sign=DATE_SIGNS[InTime.LATE], count=totals.late, text="晚于时限")
    if totals.pending:
        yield Tile(mark="pending", sign=STANDING_SIGNS[pending], count=totals.pending, text=STANDINGS[pending])


def _row(row: Row, found: Review) -> WallRow:
    of_town = found.town is not None
    county, standing = row.county or UNKNOWN, row.standing
    address = build_url(county=county, year=row.year) if of_town else build_url(county=county, town=row.town)
    report = row.report
    cells: tuple[Cell, ...] = ()
    preceding = None
    if row.check is not None and report is not None:
        cells = tuple(_cell(part, report) for part in row.check.parts)
        preceding = None if row.check.preceding is None else _preceding(row.check.preceding, report)
    return WallRow(
        name=Link(text=f"{row.year} 年" if of_town else row.town, url=address),
        report=None if report is None else Link(text="看报告", url=f"/reports/{report.id}"),
        cells=cells,
        stands=STANDINGS.get(standing, ""),
        sign=STANDING_SIGNS.get(standing, ""),
        standing=standing.value,
        years=()
        if of_town or report is not None
        else tuple(Link(text=f"{year} 年", url=build_url(county=county, year=year)) for year in reversed(row.years)),
        preceding=preceding,
        dates=tuple(map(_dated, row.dates)),
        remark=say_others_of_year(row) or say_unentered(row, found.apart),
        guessed=report is not None and citation.guessed(report),
    )


def _dated(dated: Dated) -> Said:
    return Said(
        mark=dated.state.value,
        sign=DATE_SIGNS[dated.state],
        text=f"{ACTS[dated.act]} {dated.day.isoformat()} {IN_TIME[dated.state]}",
        url="",
    )


def _cell(part: PartCheck, report: Report) -> Cell:
    marks = part.marks
    return Cell(worst=marks[0].value, said=tuple(_said(part, report, marks)))


def _said(part: PartCheck, report: Report, marks: tuple[Mark, ...]) -> Iterator[Said]:
    """Yield how long a part is, then what it shares with others."""
    size = next((mark for mark in (Mark.MISSING, Mark.THIN) if mark in marks), Mark.PRESENT)
    text = MARKS[size]
    if part.letters:
        text = f"{'' if size is Mark.PRESENT else f'{text} '}{part.letters:,} 字"
    elif part.heading_only:
        text = f"{text}（{HEADING_ONLY}）"
    yield Said(mark=size.value, sign=SIGNS[size], text=text, url=_passage(report, part.first))
    if part.mentioned is not None:
        yield Said(mark="mentioned", sign="", text=say_mention(part.mentioned), url=_passage(report, part.mentioned))
    if Mark.FROM_OTHERS in marks and part.others is not None:
        text = f"{percent(part.others.share)} 同{name_report(part.others.report, report)}"
        yield _shared(Mark.FROM_OTHERS, text, report, part.others)
    if Mark.FROM_OWN in marks and part.own is not None:
        text = f"{percent(part.own.share)} 同{_when(part.own, report)}"
        yield _shared(Mark.FROM_OWN, text, report, part.own)


def _preceding(shared: Shared, report: Report) -> Said:
    return _shared(Mark.FROM_OWN, f"{percent(shared.share)} 同{_when(shared, report)}", report, shared)


def _when(shared: Shared, report: Report) -> str:
    is_last = report.year is not None and shared.report.year == report.year - 1
    return "上年" if is_last else f"{shared.report.year}年"


def _shared(mark: Mark, text: str, report: Report, shared: Shared) -> Said:
    return Said(mark=mark.value, sign=SIGNS[mark], text=text, url=compare_url(report, shared.report))


def _passage(report: Report, number: int | None) -> str:
    if number is None:
        return f"/reports/{report.id}"
    leaf = leaf_of(number)
    return f"{build_url(f'/reports/{report.id}', leaf=leaf if leaf > 1 else None)}#p-{number}"


def compare_url(report: Report, other: Report) -> str:
    """Return the address of two reports beside each other: of a town's with its last year's, or with any other."""
    own = (other.county, other.town) == (report.county, report.town)
    is_last = own and report.year is not None and other.year == report.year - 1
    return build_url(f"/reports/{report.id}/years", **{"with": None if is_last else other.id})


def read_url(report: Report, number: int | None) -> str:
    """Return the address of a passage of a report, or of the report."""
    return _passage(report, number)


def _county(each: CountySum, year: int | None) -> CountyRow:
    totals = each.totals
    name = each.county or UNKNOWN
    missing = tuple((Mark.MISSING.value, count) for count in totals.missing.values())
    return CountyRow(
        name=Link(text="县未识别" if each.county is None else name, url=build_url(county=name, year=year)),
        counts=(
            ("all", totals.towns),
            ("absent", totals.absent),
            ("present", totals.complete),
            *missing,
            (Mark.FROM_OTHERS.value, totals.from_others),
            (Mark.FROM_OWN.value, totals.from_own),
            (Mark.THIN.value, totals.thin),
            ("late", totals.late),
            ("pending", totals.pending),
        ),
        more=bool(totals.pending),
    )
