"""The comparison view: a comparison of two reports as a page shows it, its filters as links, its differences marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from search_app.comparing.alignment import Kind, Row
from search_app.comparing.report_comparison import Comparison, Lack, Standing
from search_app.exporting import citation
from search_app.exporting.comparison_table import kind_words, marks_of, name_other, say_figures
from search_app.model import Passage, Report
from search_app.searching import Part
from search_app.web.view_models import safe_html
from search_app.web.view_models.links import Link, passage_url
from search_app.web.years_answers import Asked, Shown, choose_rows

#: What is said where there is nothing to compare with.
LACKS: Mapping[Lack, str] = {
    Lack.PLACE: "没有识别出这份报告是哪个乡镇（街道）的，找不到它上年的报告。",
    Lack.YEAR: "没有识别出这份报告的年度，找不到它上年的报告。",
    Lack.EARLIER: "收录的报告里没有这个乡镇（街道）更早年度的，没有可对照的上年报告。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One passage of a row: where it is read, and what it takes to collect it."""

    id: str
    code: str
    number: int
    url: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """What stands opposite each other: passages and the marked text of either side, empty where it has none."""

    kind: str
    said: str
    marks: tuple[str, ...]
    section: str
    ours: tuple[Side, ...]
    theirs: tuple[Side, ...]
    our_text: Markup
    their_text: Markup
    figures: str | None
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A kind of rows with how many there are, and the link that shows them alone."""

    kind: str
    text: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """A part of the report: how much of it is the same, and its rows by kind, each a link."""

    section: Link
    percent: int | None
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """Another report to compare with, and what makes it one."""

    link: Link
    note: str = ""


def tally_all(comparison: Comparison, asked: Asked, path: str) -> Tally:
    """Return how many rows there are in the part that is looked at, of whatever kind."""
    return Tally(
        kind="all",
        text="全部",
        count=len(_rows_in_part(comparison, asked)),
        url=replace(asked, shown=None, leaf=1).url(path),
        current=asked.shown is None,
    )


def _rows_in_part(comparison: Comparison, asked: Asked) -> tuple[Row, ...]:
    return choose_rows(comparison, replace(asked, shown=None))


def tally_kinds(comparison: Comparison, asked: Asked, path: str) -> tuple[Tally, ...]:
    """Return the kinds of rows, and what was moved, split or merged where there is any."""
    if comparison.alignment is None:
        return ()
    rows = _rows_in_part(comparison, asked)
    words = kind_words(comparison)
    named = [(Shown(kind.value), words[kind]) for kind in Kind]
    named += [(Shown.MOVED, "换了地方"), (Shown.REGROUPED, "拆分合并")]
    found = []
    for shown, text in named:
        count = sum(shown.holds(row) for row in rows)
        if count or shown not in (Shown.MOVED, Shown.REGROUPED):
            url = replace(asked, shown=shown, leaf=1).url(path)
            found.append(Tally(kind=shown.value, text=text, count=count, url=url, current=asked.shown is shown))
    return tuple(found)


def list_parts(comparison: Comparison, asked: Asked, path: str) -> tuple[PartLine, ...]:
    """Return the parts of the report in their order, each with its counts."""
    return tuple(_part_lines(comparison, asked, path))


def _part_lines(comparison: Comparison, asked: Asked, path: str) -> Iterator[PartLine]:
    words = kind_words(comparison)
    for part in comparison.parts():
        here = replace(asked, section=part.section, leaf=1)
        yield PartLine(
            section=Link(
                text=part.section, url=replace(here, shown=None).url(path), current=asked.section == part.section
            ),
            percent=part.overlap.percent if part.overlap.letters else None,
            tallies=tuple(
                Tally(
                    kind=kind.value,
                    text=words[kind],
                    count=part.counts[kind],
                    url=replace(here, shown=Shown(kind.value)).url(path),
                    current=asked.section == part.section and asked.shown == kind.value,
                )
                for kind in Kind
            ),
        )


def choose_years(comparison: Comparison, path: str) -> tuple[ReportChoice, ...]:
    """Return the other reports of the town, the newest first."""
    report, current = comparison.report, comparison.other
    return tuple(
        ReportChoice(
            link=Link(
                text=citation.year(each),
                url=Asked(other=each.id).url(path),
                current=current is not None and each.id == current.id,
            ),
            note="上年" if report.year is not None and each.year == report.year - 1 else "",
        )
        for each in comparison.others
    )


def choose_alike(comparison: Comparison, path: str) -> tuple[ReportChoice, ...]:
    """Return the reports of other towns of the county that resemble this one."""
    return tuple(
        ReportChoice(
            link=Link(
                text=f"{each.report.town or '乡镇未识别'} {citation.year(each.report)}",
                url=Asked(other=each.report.id).url(path),
                current=comparison.other is not None and each.report.id == comparison.other.id,
            ),
            note=f"{each.passages:,} 段相近",
        )
        for each in comparison.alike
    )


def show_rows(comparison: Comparison, rows: Sequence[Row]) -> tuple[ShownRow, ...]:
    """Return rows with their differences marked."""
    return tuple(_show(comparison, row) for row in rows)


def _show(comparison: Comparison, row: Row) -> ShownRow:
    ours, theirs = row.sides()
    return ShownRow(
        kind=row.kind.value,
        said=kind_words(comparison)[row.kind],
        marks=marks_of(row),
        section=row.section,
        ours=tuple(_side(each, comparison.report) for each in row.ours),
        theirs=tuple(_side(each, comparison.other or comparison.report) for each in row.theirs),
        our_text=_text(row.ours, ours, "ins"),
        their_text=_text(row.theirs, theirs, "del"),
        figures=say_figures(row),
        opening=_opening((row.ours or row.theirs)[0].text),
    )


def _opening(text: str, *, most: int = 36) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _text(passages: tuple[Passage, ...], parts: tuple[Part, ...], tag: Literal["ins", "del"]) -> Markup:
    """Return the text of one side: its parts marked, whole where there is nothing to hold it against."""
    whole = (Part(text="\n".join(each.text for each in passages)),) if passages else ()
    return safe_html.one_side(parts or whole, tag)


def _side(passage: Passage, report: Report) -> Side:
    return Side(
        id=passage.id,
        code=citation.code(passage, report),
        number=passage.number,
        url=passage_url(passage),
        heading=passage.headings[-1] if passage.headings else "",
    )


def title_of(comparison: Comparison) -> str:
    """Return what the page is, in one line."""
    name = f"{citation.place(comparison.report)} {citation.year(comparison.report)}"
    if comparison.other is None:
        return f"{name}：与上年对照"
    match comparison.standing:
        case Standing.LAST_YEAR:
            return f"{name}：与上年对照"
        case Standing.SAME_YEAR:
            return f"{name}：与同年另一份对照"
        case _:
            return f"{name}：与{name_other(comparison)}对照"
