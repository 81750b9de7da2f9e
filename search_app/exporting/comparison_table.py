"""A comparison as a table, a row for what stands opposite each other in two reports; how a clerk is told of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from search_app.comparing.alignment import Kind, Row
from search_app.comparing.report_comparison import Comparison, Standing
from search_app.exporting import citation
from search_app.exporting.printable import make_printable
from search_app.exporting.result_list import say_moment
from search_app.exporting.rows import Cell
from search_app.exporting.table import Table
from search_app.language.similarity.shared_wording import RUN
from search_app.model import Passage

#: What became of a passage since an earlier report of the town.
SINCE: Mapping[Kind, str] = {
    Kind.SAME: "一字未改",
    Kind.FIGURES: "只改了数字",
    Kind.CHANGED: "改写",
    Kind.NEW: "新写",
    Kind.GONE: "删去",
}
#: The same of any other two reports, neither of which came out of the other for sure.
BESIDE: Mapping[Kind, str] = {
    Kind.SAME: "一字不差",
    Kind.FIGURES: "只有数字不同",
    Kind.CHANGED: "写法不同",
    Kind.NEW: "只有本报告有",
    Kind.GONE: "只有对方有",
}
#: What is counted when it is told how much is the same.
COUNTED = f"连续 {RUN} 个字以上两边都有的才算；数字和标点不算"
_COLUMNS = ("变化", "章节类型", "标题", "对方段号", "对方正文", "本报告段号", "本报告正文", "数字变化")
_THEIRS, _OURS = _COLUMNS.index("对方段号"), _COLUMNS.index("本报告段号")


def kind_words(comparison: Comparison) -> Mapping[Kind, str]:
    """Return how a clerk is told of each kind of row in this comparison."""
    return SINCE if comparison.standing in (Standing.LAST_YEAR, Standing.EARLIER) else BESIDE


def name_other(comparison: Comparison) -> str:
    """Return the other report in a word or two: 上年, 2020年度, or its town and year."""
    other = comparison.other
    if other is None:
        return ""
    match comparison.standing:
        case Standing.LAST_YEAR:
            return "上年"
        case Standing.EARLIER | Standing.LATER:
            return citation.year(other)
        case Standing.SAME_YEAR:
            return "同年另一份"
        case _:
            return f"{citation.place(other)}{citation.year(other)}"


def say_row(row: Row, words: Mapping[Kind, str]) -> str:
    """Return what became of a row, with whether it was moved, split or merged."""
    return "，".join((words[row.kind], *marks_of(row)))


def marks_of(row: Row) -> tuple[str, ...]:
    """Return in words whether a row was moved, split or merged."""
    marks = []
    if row.split:
        marks.append(f"{len(row.theirs)} 段拆成 {len(row.ours)} 段" if row.merged else f"拆成 {len(row.ours)} 段")
    elif row.merged:
        marks.append(f"{len(row.theirs)} 段合成一段")
    if row.moved:
        marks.append("换了地方")
    return tuple(marks)


def tabulate_comparison(
    comparison: Comparison, rows: Sequence[Row], *, made: datetime, shown: str, address: Callable[[Passage], str]
) -> Table:
    """Return rows of a comparison as a table to count with.

    ``shown`` says which they are, ``address`` where a passage is read.
    """
    words = kind_words(comparison)
    links: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        if row.theirs:
            links[at, _THEIRS] = address(row.theirs[0])
        if row.ours:
            links[at, _OURS] = address(row.ours[0])
    return Table(
        title=_title(comparison),
        notes=tuple(_notes(comparison, rows, made, shown)),
        columns=_COLUMNS,
        rows=tuple(_cells(row, words) for row in rows),
        made=made,
        links=links,
    )


def lay_side_by_side(comparison: Comparison, rows: Sequence[Row], *, made: datetime, shown: str) -> Table:
    """Return rows of a comparison as a table to read on paper: what became of it, and both texts beside each other."""
    words = kind_words(comparison)
    return Table(
        title=_title(comparison),
        notes=tuple(_notes(comparison, rows, made, shown)),
        columns=("变化", f"{name_other(comparison)}的报告", "本报告"),
        rows=tuple((_about(row, words), _numbered(row.theirs), _numbered(row.ours)) for row in rows),
        made=made,
    )


def _title(comparison: Comparison) -> str:
    return f"{citation.place(comparison.report)}{citation.year(comparison.report)}与{name_other(comparison)}对照"


def _about(row: Row, words: Mapping[Kind, str]) -> str:
    """Return in one cell what became of a row, its figures, and where it stands."""
    figures = say_figures(row)
    where = citation.path((row.ours or row.theirs)[0])
    said = [say_row(row, words), *([f"数字 {figures}"] if figures else []), row.section, *([where] if where else [])]
    return "。".join(said)


def _numbered(passages: tuple[Passage, ...]) -> str | None:
    return make_printable("\n".join(f"〔第{each.number}段〕{each.text}" for each in passages)) or None


def _notes(comparison: Comparison, rows: Sequence[Row], made: datetime, shown: str) -> Iterator[str]:
    yield f"本报告：{citation.report_source(comparison.report)}"
    if comparison.other is not None:
        yield f"对方：{citation.report_source(comparison.other)}"
    if comparison.missing:
        yield say_missing(comparison)
    if comparison.overlap is not None:
        total = comparison.overlap.total
        share = f"{total.letters:,} 个字里有 {total.shared:,} 个（{COUNTED}）"
        yield f"与{name_other(comparison)}相同 {total.percent}%：{share}"
    if comparison.alignment is None:
        yield "两份报告合在一起太长，没有逐段对照。"
    else:
        counts = comparison.alignment.counts
        said = "，".join(f"{word} {counts[kind]:,} 处" for kind, word in kind_words(comparison).items())
        yield f"全部对照：{said}"
        yield f"本文件列出：{shown}，{len(rows):,} 处"
    yield f"导出时间：{say_moment(made)}"


def say_missing(comparison: Comparison) -> str:
    """Return which years between the two reports are not held, as a sentence; "" where none is missing."""
    if not comparison.missing:
        return ""
    return f"两份报告之间缺 {'、'.join(map(str, comparison.missing))} 年度的报告，没有收录。"


def _cells(row: Row, words: Mapping[Kind, str]) -> tuple[Cell, ...]:
    return (
        say_row(row, words),
        row.section,
        citation.path((row.ours or row.theirs)[0]),
        _numbers(row.theirs),
        _text(row.theirs),
        _numbers(row.ours),
        _text(row.ours),
        say_figures(row),
    )


def say_figures(row: Row) -> str | None:
    """Return the figures that differ as ``42 → 38``, one after the other; None where that is not all that differs."""
    return "；".join(f"{old or '无'} → {new or '无'}" for old, new in row.figures()) or None


def _numbers(passages: tuple[Passage, ...]) -> str | None:
    return "、".join(str(each.number) for each in passages) or None


def _text(passages: tuple[Passage, ...]) -> str | None:
    return make_printable("\n".join(each.text for each in passages)) or None
