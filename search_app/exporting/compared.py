"""Comparisons as collections: passages beside each other one after the other, and reports row by row.

A file is read downwards: what stands side by side on the page stands one below the other here, each with its source.
What a report does not say is a remark of its own, as it is an empty cell on the page.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from search_app.comparing.passages_beside import Column
from search_app.comparing.reports_beside import Beside, BesideReport
from search_app.comparing.side_by_side import Cell, Part, Row
from search_app.exporting import citation
from search_app.exporting.collection import Collection, Fact, Heading, Item, Quoted, Remark
from search_app.exporting.result_list import say_moment
from search_app.language.similarity.shared_wording import Overlap
from search_app.model import Passage

Address = Callable[[Passage], str]
#: What is said of passages on no topic, below no heading that another report has.
REST = "未归入主题的段落"


def say_share(overlap: Overlap) -> str:
    """Return a share in percent, downwards: 100% is said only of what is shared as a whole, 0% where nothing is."""
    if overlap.shared and not int(overlap.share * 100):
        return "不到 1%"
    return f"{int(overlap.share * 100)}%"


def collect_columns(columns: Sequence[Column], *, made: datetime, generation: str, address: Address) -> Collection:
    """Return passages that stand beside each other, each with what it shares and what only it has."""
    base = next(each for each in columns if each.is_base)
    items: list[Item] = []
    for number, each in enumerate(columns, start=1):
        passage, report = each.subject.passage, each.subject.report
        title = f"{number}. {citation.place(report)} {citation.year(report)}"
        items.append(Quoted(passage=passage, report=report, title=title, address=address(passage)))
        items += [Remark(text=line) for line in tell_column(each, base)]
    about = (
        Fact(label="对照", text=f"{len(columns)} 段，以“{_where(base)}”为准"),
        *_origin(made, generation),
    )
    return Collection(title=_title([_where(each) for each in columns]), about=about, made=made, items=tuple(items))


def tell_column(column: Column, base: Column) -> Iterator[str]:
    """Yield in words what a passage shares with the base, and what only it has."""
    share = say_share(column.overlap)
    yield f"与其他各段相同的文字：{share}" if column.is_base else f"与“{_where(base)}”相同的文字：{share}"
    for label, values in (
        ("数据", column.figures),
        ("只有这一段有的主题", column.only_topics),
        ("只有这一段有的理由", column.only_reasons),
        ("只有这一段有的数据", column.only_figures),
    ):
        if values:
            yield f"{label}：{'、'.join(values)}"


def collect_beside(found: Beside, *, made: datetime, generation: str, address: Address) -> Collection:
    """Return reports that stand beside each other: sections, rows, and what each report says there."""
    base = next(each for each in found.reports if each.is_base)
    names = [citation.where(each.report) for each in found.reports]
    about = [Fact(label=f"报告 {at}", text=_tell_report(each, base)) for at, each in enumerate(found.reports, start=1)]
    items = [item for part in found.parts for item in _part(part, found.reports, names, address)]
    return Collection(title=_title(names), about=(*about, *_origin(made, generation)), made=made, items=tuple(items))


def tell_reports(found: Beside) -> Iterator[str]:
    """Yield which reports stand beside each other, and what each shares with the base."""
    base = next(each for each in found.reports if each.is_base)
    yield from (f"{at}. {_tell_report(each, base)}" for at, each in enumerate(found.reports, start=1))


def _tell_report(each: BesideReport, base: BesideReport) -> str:
    other = "其他各份" if each.is_base else f"“{citation.where(base.report)}”"
    said = f"{len(each.passages):,} 段，与{other}相同的文字 {say_share(each.overlap)}"
    return f"{citation.report_source(each.report)}，{said}"


def _part(part: Part, reports: Sequence[BesideReport], names: Sequence[str], address: Address) -> Iterator[Item]:
    yield Heading(text=part.section)
    absent = [name for name, there in zip(names, part.present, strict=True) if not there]
    if absent:
        yield Remark(text=f"没有写这一部分：{'、'.join(absent)}")
    for row in part.rows:
        yield Heading(text=name_row(row), level=2)
        for cell, each, name in zip(row.cells, reports, names, strict=True):
            yield from _cell(cell, each, name, row, address)


def name_row(row: Row) -> str:
    """Return what a row is about: a topic, a heading, or the rest."""
    return row.topic or row.heading or REST


def _cell(cell: Cell, each: BesideReport, name: str, row: Row, address: Address) -> Iterator[Item]:
    for passage in cell.passages:
        yield Quoted(passage=passage, report=each.report, title=name, address=address(passage))
    if not cell.passages:
        yield Remark(text=f"{name}：{tell_empty(cell, row)}")


def tell_empty(cell: Cell, row: Row) -> str:
    """Return in words why a cell is empty: nothing is written of its topic, or it stands in another row."""
    if cell.elsewhere:
        return f"这一格没有；{_of(row)}见第 {'、'.join(str(each.number) for each in cell.elsewhere)} 段"
    return "没有写" if row.topic else "没有"


def _of(row: Row) -> str:
    return "讲这个主题的" if row.topic else "这个小标题下的"


def _where(column: Column) -> str:
    return f"{citation.where(column.subject.report)} 第{column.subject.passage.number}段"


def _title(names: Sequence[str]) -> str:
    return f"对照：{'、'.join(names)}"


def _origin(made: datetime, generation: str) -> tuple[Fact, ...]:
    return Fact(label="导出时间", text=say_moment(made)), Fact(label="索引代", text=generation)
