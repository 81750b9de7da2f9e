"""Pasted text: where the same is said, the passage itself first, then what is nearly the same, then parts of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.language import squeeze
from search_app.model import Collapse
from search_app.query import MAX_PASTED, Selection
from search_app.searching import Request, Results, explain, search
from search_app.searching.pasted_text import MOST_CLAUSES, PARAGRAPH, is_pasted, read_wording
from tests.engines.building import filed
from tests.engines.contract import put

OWN = (
    "推行“板凳议事会”，由老支书、老教师和村里的热心人轮流坐堂，有话当面说，有理当面讲，说定的事当场写进议事簿。"
    "全年调解矛盾纠纷312件，调解成功率98%，没有一件转为信访。"
)
CHANGED = OWN.replace("老支书", "老党员").replace("312件", "97件")
WITHIN = f"近年来我们不断摸索。{OWN}下一步还要把议事会开到田间地头，开到工地上，让更多的人坐下来谈一谈。"
PART = "别的镇也试过，有话当面说，有理当面讲，说定的事当场写进议事簿，效果不错，群众拍手叫好，都说这样实在。"
SHELF = (
    filed("1.txt", CHANGED, town="云溪乡", year=2022),
    filed("2.txt", PART, town="松岭乡", year=2023),
    filed("3.txt", WITHIN, town="青蒲街道", year=2022),
    filed("4.txt", OWN, town="湖口镇", year=2023),
    filed("5.txt", "聘请法律顾问两名，审查合同十五份，提出意见四十条，全部采纳。", year=2023),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(tmp_path_factory.mktemp("pasted") / "index")
    put(made, *SHELF)
    return made


def paths(results: Results) -> list[str]:
    return [hit.match.report.path for hit in results.hits]


def kinds(results: Results) -> list[str]:
    return [str(note.kind) for note in results.notes]


def test_the_passage_itself_comes_before_the_whole_wording_nearly_the_same_and_parts(engine: Engine) -> None:
    found = search(engine, Request(text=OWN, collapse=Collapse.NONE))

    assert paths(found) == ["4.txt", "3.txt", "1.txt", "2.txt"]
    assert [hit.near for hit in found.hits] == [False, False, False, True]
    assert (found.pasted, found.found.total, found.near_total) == (True, 3, 1)


def test_what_is_nearly_the_same_is_folded_behind_the_passage_itself(engine: Engine) -> None:
    found = search(engine, Request(text=OWN))

    assert paths(found)[0] == "4.txt"
    assert found.hits[0].match.stands_for >= 1


def test_several_passages_pasted_at_once_find_each_of_them(engine: Engine) -> None:
    found = search(engine, Request(text="".join(passages[0].text for _, passages in SHELF[1:])))

    assert set(paths(found)) >= {"2.txt", "3.txt", "5.txt"}
    assert found.found.total == 0 or found.near_total


def test_a_sentence_of_a_passage_finds_the_passage(engine: Engine) -> None:
    text = "由老支书、老教师和村里的热心人轮流坐堂，有话当面说，有理当面讲，说定的事当场写进议事簿，全年调解矛盾纠纷"
    found = search(engine, Request(text=text + "三百余件次。"))

    assert paths(found)[:2] == ["3.txt", "4.txt"] or paths(found)[:2] == ["4.txt", "3.txt"]
    assert found.hits[0].near


def test_filters_apply_and_those_in_the_way_are_named(engine: Engine) -> None:
    here = search(engine, Request(text=OWN, selection=Selection(year=(2022,)), collapse=Collapse.NONE))
    nowhere = search(engine, Request(text=OWN, selection=Selection(year=(1999,))))

    assert paths(here) == ["3.txt", "1.txt"]
    assert [(each.name, each.total) for each in nowhere.without] == [("year", 3)]


def test_what_nobody_wrote_finds_nothing_that_it_claims_to_hold(engine: Engine) -> None:
    found = search(engine, Request(text="量子计算机在月球背面种植葡萄，酿造的美酒运往火星，换回陨石。" * 3))

    assert found.found.total == 0
    assert "near" in kinds(found) or "no_match" in kinds(found)


def test_more_than_is_used_is_said(engine: Engine) -> None:
    exact, longer = (search(engine, Request(text=("议事" * MAX_PASTED)[: MAX_PASTED + more])) for more in (0, 1))

    assert "too_long" not in kinds(exact)
    assert "too_long" in kinds(longer)


def test_the_score_of_a_pasted_text_is_explained(engine: Engine) -> None:
    for hit in search(engine, Request(text=OWN, collapse=Collapse.NONE)).hits:
        why = explain(engine, Request(text=OWN, collapse=Collapse.NONE), hit.match.passage.id).explanation

        assert why.value == pytest.approx(hit.match.score)


def test_asked_for_literally_a_paragraph_is_read_as_a_query(engine: Engine) -> None:
    assert not search(engine, Request(text=OWN, literal=True)).pasted


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("矛盾纠纷调解", False),
        ("矛盾纠纷 " * 20, False),
        ("调解。" * 10, False),
        ("“" + "有话当面说，有理当面讲。" * 8 + "”", False),
        ("有话当面说，有理当面讲。" * 8, True),
        ("有话当面说，有理当面讲，说定的事当场写进议事簿" * 4, True),
        ("矛盾纠纷" * 70, True),
        (
            "推行板凳议事会由老支书老教师和村里的热心人轮流坐堂有话当面说有理当面讲说定的事当场写进议事簿让群众心服口服人人满意",
            False,
        ),
        (
            "推行板凳议事会由老支书老教师和村里的热心人轮流坐堂有话当面说有理当面讲说定的事当场写进议事簿让群众心服口服人人满意皆大欢喜",
            True,
        ),
    ],
)
def test_a_paragraph_is_told_from_a_query(text: str, pasted: bool) -> None:
    assert is_pasted(text) is pasted


@given(st.text(st.sampled_from([*"甲乙丙丁戊己，。；“” \n19"]), max_size=2 * MAX_PASTED))
def test_any_text_is_read_as_clauses_that_stand_in_it(text: str) -> None:
    wording = read_wording(text)

    assert len(wording.text) <= MAX_PASTED
    assert len(wording.clauses) <= MOST_CLAUSES
    assert all(clause.text in squeeze(wording.text) for clause in wording.clauses)


@given(st.text(max_size=PARAGRAPH))
def test_what_may_have_been_typed_is_no_paragraph(text: str) -> None:
    assert not is_pasted(text)
