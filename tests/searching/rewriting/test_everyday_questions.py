"""Spoken questions: what people say finds what reports write; only wordings that stand in the index are named."""

import pytest

from search_app.searching import Request, Results, search
from tests.engines.building import Filed, filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine


def library(*several: Filed) -> ScanningEngine:
    engine = ScanningEngine()
    put(engine, *several)
    return engine


def paths(results: Results) -> list[str]:
    return [hit.match.report.path for hit in results.hits]


def also(results: Results) -> str:
    return "".join(note.message for note in results.notes if note.kind == "also")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("坐过牢的人怎么管", "对刑满释放人员逐一走访，安置帮教十二人。"),
        ("违章盖房子", "拆除违法建设八处。"),
        ("房子是偷着盖的咋办", "拆除违法建设八处。"),
        ("拖欠工钱", "为务工群众追回欠薪三十万元。"),
        ("村里的大印谁管", "公章管理由村务监督委员会负责登记。"),
    ],
)
def test_a_spoken_question_finds_what_reports_write(said: str, written: str) -> None:
    engine = library(filed("1.txt", "修订预案一份。"), filed("2.txt", written))

    assert paths(search(engine, Request(text=said)))[:1] == ["2.txt"]


def test_what_is_said_around_a_spoken_form_is_not_demanded() -> None:
    engine = library(filed("1.txt", "追回欠薪三十万元。"))

    assert search(engine, Request(text="年底了工地上的弟兄们讨工钱")).found.total == 1


def test_official_words_do_not_find_everyday_ones() -> None:
    engine = library(filed("1.txt", "安置帮教十二人。"), filed("2.txt", "坐过牢的人有人管。"))

    assert search(engine, Request(text="安置帮教", strict=True)).found.total == 1


def test_only_wordings_that_stand_in_the_index_are_named() -> None:
    engine = library(filed("1.txt", "安置帮教十二人。"), filed("2.txt", "坐过牢的人有人管。"))

    assert also(search(engine, Request(text="坐过牢的人"))) == "也搜了“安置帮教”“帮教”。"


def test_a_wording_with_a_comma_in_it_reads_as_one() -> None:
    engine = library(filed("1.txt", "深化简政放权、放管结合、优化服务。"), filed("2.txt", "推进放管服。"))

    assert "“简政放权、放管结合、优化服务”" in also(search(engine, Request(text="放管服")))


def test_after_the_index_has_grown_wordings_are_looked_for_anew() -> None:
    engine = library(filed("1.txt", "坐过牢的人有人管。"))
    before = also(search(engine, Request(text="坐过牢的人")))
    put(engine, filed("2.txt", "安置帮教十二人。"))

    assert before == ""
    assert "安置帮教" in also(search(engine, Request(text="坐过牢的人")))


def test_a_hit_names_the_wording_it_has_instead_of_what_was_said() -> None:
    engine = library(filed("1.txt", "安置帮教十二人。"))

    (hit,) = search(engine, Request(text="坐过牢的人")).hits

    assert hit.other_wordings[:1] == ("安置帮教",)


def test_where_nothing_is_held_of_it_a_lone_verb_finds_nothing_by_itself() -> None:
    engine = library(filed("1.txt", "对隔离管控逐项明确依据。"), filed("2.txt", "由分管领导签字，把印章管起来。"))
    results = search(engine, Request(text="坐过牢的人怎么管"))

    assert (results.found.total, results.near_total) == (0, 0)


def test_where_nothing_of_a_question_is_known_the_nearest_saying_is_shown_and_said() -> None:
    engine = library(filed("1.txt", "公布三公经费，接待来访。"), filed("2.txt", "修订预案一份。"))
    results = search(engine, Request(text="钱花得冤"))

    assert paths(results) == ["1.txt"]
    assert all(hit.near for hit in results.hits)
    (note,) = (note.message for note in results.notes if note.kind == "near")
    assert "没有“钱花得冤”的原词" in note
    assert "“三公经费”" in note
