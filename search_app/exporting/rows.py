"""Rows: a collection as a table, one row per passage, with columns that are the same for every source and format.

Unknown is an empty cell, never a guess. A remark, and a heading that nothing stands below, have a row of their own
without a number, so that nothing of the collection is left out.
"""

from collections.abc import Iterator
from typing import TypeAlias

from search_app.exporting import citation
from search_app.exporting.collection import Collection, Heading, Quoted, Read, Remark
from search_app.exporting.printable import make_line, make_printable
from search_app.exporting.wording import escape_unprintable

Cell: TypeAlias = str | int | float | None

#: The columns, each with how many characters wide a spreadsheet shows it.
COLUMNS = {
    "序号": 6, "分组": 10, "省": 8, "市": 8, "县": 9, "镇": 11, "年度": 7, "章节类型": 12, "主题": 11, "标题路径": 18,
    "正文": 70, "段号": 6, "推定": 8, "典型分": 8, "典型理由": 46, "相关度": 9, "相近段数": 9, "报告标题": 26,
    "源文件": 26, "地址": 26, "引用": 36, "引用码": 20, "备注": 24, "状态": 12,
}  # fmt: skip
#: The column whose cells may be long, and that of addresses.
TEXT, ADDRESS = (tuple(COLUMNS).index(name) for name in ("正文", "地址"))


def make_rows(collection: Collection) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a collection in its order."""
    path: list[tuple[int, str]] = []
    number, lonely = 0, False
    for item in collection.items:
        group = " › ".join(text for _, text in path)
        match item:
            case Heading():
                if lonely and path and path[-1][0] >= item.level:
                    yield _row({"分组": group})
                path = [*(each for each in path if each[0] < item.level), (item.level, make_line(item.text))]
                lonely = True
                continue
            case Remark():
                yield _row({"分组": group, "正文": make_printable(item.text)})
            case Quoted() | Read():
                number += 1
                yield _row({"序号": number, "分组": group, **_passage(item)})
        lonely = False
    if lonely:
        yield _row({"分组": " › ".join(text for _, text in path)})


def describe(collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield what a collection is, line by line: a label and its text."""
    yield "标题", make_line(collection.title)
    yield from ((make_line(fact.label), make_line(fact.text)) for fact in collection.about)


def _row(cells: dict[str, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(name) for name in COLUMNS)


def _passage(item: Quoted | Read) -> dict[str, Cell]:
    passage, report = item.passage, item.report
    cells: dict[str, Cell] = {
        "省": _text(report.province),
        "市": _text(report.city),
        "县": _text(report.county),
        "镇": _text(report.town),
        "年度": report.year,
        "推定": "、".join(
            name
            for name, guessed in (("地方", citation.guessed_place(report)), ("年度", citation.guessed_year(report)))
            if guessed
        ),
        "章节类型": _text(passage.section),
        "主题": _text("、".join(passage.topics)),
        "标题路径": _text(citation.path(passage)),
        "段号": passage.number,
        "正文": make_printable(passage.text),
        "典型分": passage.exemplary.score,
        "典型理由": _text("；".join(passage.exemplary.reasons)),
        "报告标题": _text(report.title),
        "源文件": escape_unprintable(report.path),
        "地址": _text(item.address),
        "引用": _text(citation.source(passage, report)),
        "引用码": citation.code(passage, report),
    }
    if isinstance(item, Quoted):
        cells["相关度"] = None if item.relevance is None else round(item.relevance, 4)
        cells["相近段数"] = item.stands_for
        cells["备注"] = make_printable(item.note)
        cells["状态"] = _text(item.state)
    return cells


def _text(text: str | None) -> str | None:
    return None if text is None else make_line(text)
