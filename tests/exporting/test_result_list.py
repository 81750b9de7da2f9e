"""A result list says what was searched, and holds what the search lists, in its order."""

from dataclasses import replace
from datetime import datetime

import pytest

from search_app import searching
from search_app.errors import BadSearch
from search_app.exporting.collection import Collection, Quoted, Remark
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.file_names import name_file
from search_app.exporting.result_list import FOLDS, ORDERS, collect_results, describe_filters, say_moment
from search_app.model import Collapse, Facet, Passage, Sort
from search_app.query import Deadline, Selection
from search_app.searching import Request
from tests.engines.scanning import ScanningEngine
from tests.exporting.collections import MADE, SPITEFUL, collection
from tests.web import sample


@pytest.fixture(scope="module")
def shelf() -> ScanningEngine:
    return sample.engine()


def address(passage: Passage) -> str:
    return f"/reports/{passage.report}#p-{passage.number}"


def collected(
    shelf: ScanningEngine, request: Request, *, most: int = 1000, deadline: Deadline | None = None
) -> Collection:
    listing = searching.list_hits(shelf, request, most=most, deadline=deadline)
    return collect_results(listing, made=MADE, address=address)


def about(made: Collection) -> dict[str, str]:
    return {fact.label: fact.text for fact in made.about}


@pytest.mark.parametrize(
    "request_",
    [
        Request(text="矛盾纠纷"),
        Request(text="矛盾纠纷", collapse=Collapse.NONE, sort=Sort.NEWEST),
        Request(text="", selection=Selection(year=(2022, 2023)), collapse=Collapse.NONE),
        Request(exemplary=True, sort=Sort.EXEMPLARY, collapse=Collapse.REPORT),
    ],
)
def test_the_list_is_that_of_all_pages_one_after_the_other(shelf: ScanningEngine, request_: Request) -> None:
    pages = []
    last = searching.search(shelf, request_).pages
    for page in range(1, last + 1):
        pages += [hit.match for hit in searching.search(shelf, replace(request_, page=page)).hits]

    items = [item for item in collected(shelf, request_).items if isinstance(item, Quoted)]

    assert [(item.passage, item.report, item.relevance, item.stands_for) for item in items] == [
        (match.passage, match.report, match.score, match.stands_for) for match in pages
    ]
    assert [item.title.partition(".")[0] for item in items] == [str(number) for number in range(1, len(items) + 1)]
    assert all(item.address == address(item.passage) for item in items)


def test_the_opening_block_says_what_was_searched_and_when(shelf: ScanningEngine) -> None:
    request = Request(text="矛盾纠纷", selection=Selection(year=(2023,), topic=("矛盾化解",)), collapse=Collapse.NONE)

    found = about(collected(shelf, request))

    assert found["检索词"] == "矛盾纠纷"
    assert found["筛选条件"] == "年度：2023；主题：矛盾化解"
    assert found["排序和折叠"] == "按相关度；全部列出"
    assert found["结果"] == "共 5 段，来自 5 份报告；本文件收录 5 段"
    assert found["导出时间"] == "2026年11月29日 01:30"
    assert found["索引代"].startswith(shelf.status().current.name)
    assert "导出上限" not in found


def test_the_page_that_was_looked_at_makes_no_difference(shelf: ScanningEngine) -> None:
    request = Request(text="矛盾纠纷", collapse=Collapse.NONE)

    assert collected(shelf, replace(request, page=3, size=100)).items == collected(shelf, request).items


def test_the_cap_is_named_where_it_is_reached(shelf: ScanningEngine) -> None:
    request = Request(text="矛盾纠纷", collapse=Collapse.NONE)

    made = collected(shelf, request, most=7)

    assert made.passages == 7
    assert made.items == collected(shelf, request).items[:7]
    assert "最多 7 段，其余 23 段没有收进来" in about(made)["导出上限"]


def test_a_search_that_finds_nothing_says_so(shelf: ScanningEngine) -> None:
    made = collected(shelf, Request(text="zzz", literal=True))

    assert made.items == (Remark(text="没有符合条件的段落。"),)
    assert about(made)["检索范围"] == "照原样检索"


def test_a_search_that_time_was_up_for_says_of_what_it_tells(shelf: ScanningEngine) -> None:
    made = collected(shelf, Request(text="矛盾纠纷"), deadline=Deadline(0.0, lambda: 1.0))

    assert "已查到" in about(made)["结果"]
    assert "时间用完了" in about(made)["提示"]


def test_a_text_of_signs_alone_is_refused(shelf: ScanningEngine) -> None:
    with pytest.raises(BadSearch, match="没有可以检索的字"):
        collected(shelf, Request(text="？！"))


def test_every_order_and_way_of_folding_has_words() -> None:
    assert set(ORDERS) == set(Sort)
    assert set(FOLDS) == set(Collapse)


def test_filters_are_said_in_words() -> None:
    chosen = Selection(county=("澄岭县", None), section=("不足和原因",))

    assert describe_filters(Request(selection=chosen, exemplary=True)) == (
        "县（区、市）：澄岭县、未识别；章节类型：不足和原因；只看典型做法"
    )
    assert all(describe_filters(Request(selection=Selection(**{facet.value: ("甲",)}))) for facet in Facet)


def test_a_file_is_named_for_what_it_is_and_the_day() -> None:
    made = collection(title="检索结果：矛盾纠纷 调解")

    assert name_file(made, FileFormat.DOCX) == "检索结果-矛盾纠纷 调解-20261129.docx"


@pytest.mark.parametrize("text", [*SPITEFUL, "../../etc/passwd", 'a"b\r\nSet-Cookie: x', "调" * 500, "CON", "...", ""])
def test_any_title_gives_a_name_that_every_system_takes(text: str) -> None:
    name = name_file(collection(title=text), FileFormat.CSV)

    assert name.endswith("-20261129.csv")
    assert not set(name) & set('\\/:*?"<>|\r\n\t;')
    assert name.isprintable()
    assert len(name.encode()) <= 255
    assert not name.startswith((".", "-", " "))


def test_moments_are_said_in_their_own_time_zone() -> None:
    moment = datetime.fromisoformat("2026-01-02T03:04+08:00")

    assert say_moment(moment) == "2026年1月2日 03:04"
