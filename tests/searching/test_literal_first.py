"""Literal first: what holds what was typed stands before what says the same, and that before what is near."""

import re
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.language import squeeze, vary_name, vary_numbers
from search_app.model import Collapse
from search_app.query import NoteKind
from search_app.searching import Request, Results, explain, search
from search_app.searching.rewriting.literal import is_statement, read_clauses
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.explaining import parts_of

SAMPLE = Path(__file__).parents[2] / "corpus"
#: Notes of a question that was read otherwise than as characters to be found.
_READ_OTHERWISE = {NoteKind.LEANING, NoteKind.PLANNED, NoteKind.CORRECTED}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(tmp_path_factory.mktemp("literal") / "index")
    update(made, SAMPLE)
    return made


def holding(results: Results, typed: str) -> list[bool]:
    """Return for each hit whether its text or a heading above it holds what was typed, its figures spelt in any way."""
    spelt = [squeeze(text) for text in (typed, *vary_numbers(typed), *vary_name(typed))]
    passages = [hit.match.passage for hit in results.hits]
    texts = [[squeeze(text) for text in (each.text, *each.headings)] for each in passages]
    return [any(way in text for way in spelt for text in each) for each in texts]


def test_every_passage_that_holds_a_frequent_word_stands_before_all_that_do_not(sample: Engine) -> None:
    words = [word for word in sample.frequent_words(400) if len(word) > 1][::10]
    mixed: dict[str, list[bool]] = {}
    for word in words:
        results = search(sample, Request(text=word, size=100, collapse=Collapse.NONE))
        held = holding(results, word)
        if not _READ_OTHERWISE & {note.kind for note in results.notes} and held != sorted(held, reverse=True):
            mixed[word] = held

    assert mixed == {}


def test_a_pasted_sentence_finds_its_own_passage_first_folded_or_not(sample: Engine) -> None:
    passages = [passage for report in sample.reports() for passage in sample.report(report.id)[1]][::30]
    lost: list[str] = []
    for passage in passages:
        for sentence in (text for text in re.split("(?<=[。；！？\n])", passage.text) if len(squeeze(text)) > 15):
            for collapse in (Collapse.NONE, Collapse.SIMILAR):
                results = search(sample, Request(text=sentence, size=1, collapse=collapse))
                if not (holding(results, sentence.strip("。；！？\n ")) or [False])[0]:
                    lost.append(sentence)

    assert lost == []


def test_every_hit_has_a_mark_or_says_why_it_is_there(sample: Engine) -> None:
    asked = (
        "坐堂律师",
        "合同审查",
        "石桥镇 2023",
        "不足",
        "普法 学校",
        "“法治宣传”",
        "怎么化解邻里矛盾",
        "tiaojie",
        "热线",
    )
    bare = [
        (text, hit.match.passage.id)
        for text in asked
        for hit in search(sample, Request(text=text, size=50)).hits
        if not hit.why and not any(piece.match for fragment in hit.snippet.fragments for piece in fragment)
    ]

    assert bare == []


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(tmp_path_factory.mktemp("shelf") / "index")
    put(
        made,
        filed("1.txt", "推行“五心”调解法，群众满意。"),
        filed("2.txt", "用好五心调解法。"),
        filed("3.txt", "建立“1+3+N”调解机制。"),
        filed("4.txt", "调解分三步，1名网格员包片，N项清单。"),
        filed("5.txt", "便民服务中心延时，便民服务中心上门，便民服务中心代办。"),
        filed("6.txt", "排查隐患、登记台账、公示结果，贴在服务大厅。"),
        filed("7.txt", "合同由司法所审查。"),
        filed("8.txt", "开展合同审查。", headings=("（一）板凳议事",)),
    )
    return made


def paths(results: Results) -> list[str]:
    return [hit.match.report.path[0] for hit in results.hits if not hit.near]


@pytest.mark.parametrize("typed", ["五心调解法", "“五心”调解法"])
def test_a_name_is_found_with_and_without_its_quotation_marks(shelf: Engine, typed: str) -> None:
    assert {*paths(search(shelf, Request(text=typed)))} >= {"1", "2"}


@pytest.mark.parametrize("typed", ["1+3+N调解", "一三N调解", "1＋3＋n 调解"])
def test_a_name_is_found_however_its_figures_are_counted_off(shelf: Engine, typed: str) -> None:
    assert paths(search(shelf, Request(text=typed)))[0] == "3"


def test_a_run_as_typed_comes_before_its_words_apart(shelf: Engine) -> None:
    assert paths(search(shelf, Request(text="合同审查")))[:2] == ["8", "7"]


def test_a_synonym_never_outweighs_the_typed_word_and_is_still_found(shelf: Engine) -> None:
    assert paths(search(shelf, Request(text="服务大厅"))) == ["6", "5"]


def test_the_order_is_explained(shelf: Engine) -> None:
    results = search(shelf, Request(text="服务大厅"))
    told = [
        [part.message for part in parts_of(explain(shelf, Request(text="服务大厅"), hit.match.passage.id).explanation)]
        for hit in results.hits
    ]

    assert any(message.startswith("照输入的样子出现") for message in told[0])
    assert any(message.startswith("没有输入的原字") for message in told[1])


def test_a_quoted_phrase_in_a_heading_is_found_and_said_to_stand_there(shelf: Engine) -> None:
    results = search(shelf, Request(text="“板凳议事”"))

    assert [(hit.match.report.path, hit.why) for hit in results.hits] == [("8.txt", "在标题里")]


@pytest.mark.parametrize(("typed", "near"), [("“五心调解法”", {"1"}), ("“1+3+N调解”", {"3"})])
def test_a_quoted_name_is_followed_by_its_other_spellings(shelf: Engine, typed: str, near: set[str]) -> None:
    results = search(shelf, Request(text=typed))

    assert {hit.match.report.path[0] for hit in results.hits if hit.near} == near


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = open_engine(tmp_path_factory.mktemp("lines") / "index")
    put(
        made,
        filed("1.txt", "打官司的人多了，行政诉讼案件每月通报一回，应诉材料当天送到。"),
        filed("2.txt", "行政诉讼案件每月通报一回，由司法所负责。"),
        filed("3.txt", "行政应诉案件逐件登记，打官司的费用列入预算，行政诉讼行政诉讼。"),
        *(filed(f"{number}.txt", "今年开展行政诉讼培训。") for number in range(4, 8)),
    )
    return made


def test_of_a_line_that_is_not_held_what_holds_most_of_its_clauses_comes_first(lines: Engine) -> None:
    typed = "行政诉讼案件每月通报一回，应诉材料当天送到，责任落实到人到岗"
    shown = [hit.match.report.path for hit in search(lines, Request(text=typed)).hits]

    assert shown[:2] == ["1.txt", "2.txt"]


def test_a_line_of_which_a_clause_is_held_is_searched_for_in_no_other_wording(lines: Engine) -> None:
    pasted, asked = (
        {note.kind for note in search(lines, Request(text=text)).notes}
        for text in ("行政诉讼案件每月通报一回，打官司要花钱", "打官司")
    )

    assert NoteKind.ALSO in asked
    assert NoteKind.ALSO not in pasted


@pytest.mark.parametrize("typed", ["合法性审查，重大行政决策", "短短的，几个字而已", "规范性文件、重大行政决策"])
def test_words_of_the_genre_and_short_texts_are_no_clauses(typed: str) -> None:
    assert read_clauses(typed) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "矛盾纠纷调解、法律顾问、行政执法、普法宣传",
        "一段只有十七个字，还不够长的话",
        "合同审查要不要先送法律顾问，再送司法所",
    ],
)
def test_names_in_a_row_short_lines_and_questions_state_nothing(typed: str) -> None:
    assert not is_statement(typed)


@pytest.mark.parametrize("typed", ["个别站所快签合同了才拿来送审，留给律师的时间还不到一天"])
def test_a_sentence_of_a_report_states_something(typed: str) -> None:
    assert is_statement(typed)
