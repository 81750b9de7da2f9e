"""What holds the words and what is near: two parts of one list, counted apart and never mixed."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.errors import NoSuchPage
from search_app.model import Collapse, Facet, Sort
from search_app.query import RANKING, About, Node, Selection
from search_app.searching import Request, Results, explain, find_similar, list_hits, search
from search_app.searching.rewriting import near_part
from search_app.searching.rewriting.backfill import find_nearest
from search_app.searching.rewriting.intent import QueryIntent
from search_app.searching.rewriting.rewriter import Rewriter
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine

#: Five that hold the words, of which two say nearly the same, and twelve that hold most of them.
HOLDING = (
    filed("1.txt", "成立征迁服务站，逐户调解补偿争议，当天登记当天答复。", town="湖口镇", year=2023),
    filed("2.txt", "成立征迁服务站，逐户调解补偿的争议，当天登记当天答复。", town="云溪乡", year=2022),
    filed("3.txt", "征迁服务站设在村口，由老支书坐班。", town="湖口镇", year=2022),
    filed("4.txt", "今年把征迁服务站搬进集市。", town="松岭乡", year=2023),
    filed("5.txt", "征迁服务站接待群众二百人。", town="松岭乡", year=2021),
)
NEAR = tuple(
    filed(f"n{number}.txt", f"服务站第{number}次调解搬家{letter * 6}争议。", town="云溪乡", year=2020 + number % 4)
    for number, letter in enumerate("东南西北上下左右前后内外", 1)
)
STRANGE = tuple(filed(f"s{number}.txt", f"修订{letter * 8}预案。") for number, letter in enumerate("梅兰竹菊", 1))
WORDS = "征迁服务站"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(tmp_path_factory.mktemp("near") / "index")
    put(made, *HOLDING, *NEAR, *STRANGE)
    return made


def ids(results: Results, *, near: bool | None = None) -> list[str]:
    return [hit.match.passage.id for hit in results.hits if near is None or hit.near is near]


@pytest.mark.parametrize("size", [2, 3, 7, 100])
@pytest.mark.parametrize("collapse", Collapse)
@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
def test_the_pages_list_each_passage_once_first_those_that_hold_the_words(
    engine: Engine, size: int, collapse: Collapse, sort: Sort
) -> None:
    asked = Request(text=WORDS, size=size, collapse=collapse, sort=sort)
    first = search(engine, asked)

    pages = [search(engine, replace(asked, page=page)) for page in range(1, first.pages + 1)]

    listed = [identity for page in pages for identity in ids(page)]
    near = [hit.near for page in pages for hit in page.hits]
    assert len(listed) == len(set(listed)) == first.listed == first.found.listed + first.near_listed
    assert near == sorted(near)
    assert near.count(False) == first.found.listed
    assert all(len(page.hits) == size for page in pages[:-1])
    with pytest.raises(NoSuchPage):
        search(engine, replace(asked, page=first.pages + 1))


def test_the_counts_and_the_facets_tell_of_those_that_hold_the_words(engine: Engine) -> None:
    found = search(engine, Request(text=WORDS))

    assert (found.found.total, found.found.reports) == (5, 5)
    assert found.near_total > 0
    assert sum(value.count for value in found.shown.facets[Facet.YEAR]) == 5


def test_no_passage_is_both_near_and_counted(engine: Engine) -> None:
    found = search(engine, Request(text=WORDS, size=100, collapse=Collapse.NONE))

    assert set(ids(found, near=False)) == {passages[0].id for _, passages in HOLDING}
    assert not set(ids(found, near=True)) & set(ids(found, near=False))


def test_what_holds_the_words_is_folded_behind_what_holds_them_only(engine: Engine) -> None:
    found = search(engine, Request(text=WORDS, size=100))

    assert sum(1 + hit.match.stands_for for hit in found.hits if not hit.near) == 5
    assert sum(1 + hit.match.stands_for for hit in found.hits if hit.near) == found.near_total


def test_filters_narrow_both_parts(engine: Engine) -> None:
    found = search(engine, Request(text=WORDS, selection=Selection(town=("云溪乡",)), size=100))

    assert found.found.total == 1
    assert found.near_total > 0
    assert {hit.match.report.town for hit in found.hits} == {"云溪乡"}


def test_where_the_filters_leave_only_what_is_near_it_is_said_and_counted_so(engine: Engine) -> None:
    found = search(engine, Request(text=WORDS, selection=Selection(year=(2020,))))

    assert found.found.total == 0
    assert found.near_total == len(found.hits) > 0
    assert [note.kind for note in found.notes if note.kind == "widened"] == ["widened"]
    assert [(each.name, each.total) for each in found.without] == [("year", 5)]
    assert not any(value.count for value in found.found.facets[Facet.TOWN])
    assert sum(value.count for value in found.found.facets[Facet.YEAR]) == 5  # where the filter is taken away


def test_what_most_of_the_words_are_found_in_is_never_counted_as_holding_them(engine: Engine) -> None:
    found = search(engine, Request(text=f"{WORDS} 量子计算"))

    assert found.relaxed
    assert found.found.total == 0
    assert all(hit.near for hit in found.hits)


def test_no_facet_counts_what_is_only_near(engine: Engine) -> None:
    found = search(engine, Request(text=f"{WORDS} 量子计算"))

    assert found.near_total > 0
    assert not any(value.count for values in found.found.facets.values() for value in values)


@pytest.mark.parametrize("size", [2, 3, 10])
def test_no_more_that_is_only_near_is_listed_than_its_most_and_it_is_known_to_be_cut(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(near_part, "MOST", 5)
    asked = Request(text=WORDS, size=size)
    first = search(engine, asked)
    pages = [search(engine, replace(asked, page=page)) for page in range(1, first.pages + 1)]
    whole = list_hits(engine, asked, most=100)

    assert first.near_cut
    assert (first.near_total, first.near_listed) == (5, 5)
    assert sum(hit.near for page in pages for hit in page.hits) == 5 == len(whole.near)
    with pytest.raises(NoSuchPage):
        search(engine, replace(asked, page=first.pages + 1))


class _Index:
    """Counts passages by how near they are."""

    about, ranking, intent = "征迁", RANKING, QueryIntent(query=None)

    def __init__(self, *near: float) -> None:
        self._near = near

    def count(self, query: Node | None) -> int:
        assert isinstance(query, About)
        return sum(each >= query.least for each in self._near)


@pytest.mark.parametrize("densest", [0.31, 0.45, 0.58])
def test_what_is_nearest_is_enough_and_not_many_more_also_where_most_passages_are_equally_near(densest: float) -> None:
    index = _Index(*(densest + at / 100_000 for at in range(5_000)))
    nearest = find_nearest(cast(Rewriter, index), (), 20)

    assert nearest is not None
    assert 20 <= index.count(nearest) < 2_000


def test_the_score_of_what_is_near_is_explained_as_that_of_what_holds_the_words(engine: Engine) -> None:
    found = search(engine, Request(text=WORDS, size=100, explain=True))

    for hit in found.hits:
        assert hit.explanation is not None
        why = explain(engine, Request(text=WORDS), hit.match.passage.id).explanation
        assert why.value == pytest.approx(hit.match.score)
        assert hit.explanation.value == pytest.approx(hit.match.score)


def test_as_many_are_folded_behind_a_passage_as_its_similar_page_lists(tmp_path: Path) -> None:
    copied = "服务站登记搬家{}争议，逐户上门，当天登记当天答复，说定的事写进议事簿。"
    copies = [filed(f"c{number}.txt", copied.format(letter), year=2020) for number, letter in enumerate("甲乙丙")]
    engine = open_engine(tmp_path / "index")
    put(engine, *HOLDING, *copies, *STRANGE)
    asked = Request(text=WORDS, size=100)
    found = search(engine, asked)

    assert any(hit.near and hit.match.stands_for for hit in found.hits)
    for hit in found.hits:
        within = found.asked_for(engine, hit.match.passage.id)
        similar = find_similar(engine, hit.match.passage.id, replace(within, page=1))
        assert similar.found.total == hit.match.stands_for


def test_what_holds_a_part_of_an_unknown_name_is_near_to_it() -> None:
    engine = ScanningEngine()
    named = filed("1.txt", "“乌篷船上老娘舅”到河汊里去劝和。")
    part = filed("2.txt", "明年把老娘舅船队扩到10人。")
    put(engine, named, part, filed("3.txt", "修订防汛预案。"))

    found = search(engine, Request(text="乌篷船上老娘舅"))

    assert [(hit.match.report.path, hit.near) for hit in found.hits] == [("1.txt", False), ("2.txt", True)]


def test_of_passages_that_are_near_in_meaning_those_that_hold_a_typed_word_stand_first() -> None:
    engine = ScanningEngine()
    told = [
        filed(f"{number}.txt", f"调处{letter * 4}邻里矛盾，当面说和。") for number, letter in enumerate("东南西北", 1)
    ]
    put(engine, *told, filed("zz.txt", "调处宅基地矛盾，当面说和。"))

    found = search(engine, Request(text="宅基地 纠纷化解 联席"))

    near = [hit.match.report.path for hit in found.hits if hit.near]
    assert near[0] == "zz.txt"
    assert len(near) > 1


def test_what_stands_in_the_part_that_is_named_is_not_listed_again_as_near() -> None:
    shelf = ScanningEngine()
    plan = "明年组织干部学法培训，办好旁听庭审。"
    put(
        shelf,
        filed("打算.txt", plan, section="下年度安排", topics=("学法培训",)),
        *(
            filed(f"{number}.txt", f"组织学法{number}次。", section="下年度安排", topics=("学法培训",))
            for number in range(4)
        ),
    )

    listed = ids(search(shelf, Request(text="明年 学法 培训 怎么排")))

    assert len(listed) == len(set(listed)) > 1
