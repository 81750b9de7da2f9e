"""Citations: one form everywhere, and a code that outlives the file being moved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import BadCode
from search_app.exporting import citation
from search_app.model import Passage, Report

REPORT = Report(
    id="0123456789ab",
    path="澄岭县/望杉镇.txt",
    title="望杉镇2020年度法治政府建设情况报告",
    town="望杉镇",
    county="澄岭县",
    year=2020,
    year_source="title",
    place_source="title",
)
PASSAGE = Passage(
    id="0123456789ab-5",
    report="0123456789ab",
    number=5,
    headings=("二、主要举措", "（三） 普法宣传", "特色工作"),
    text="今年举办夜间讲座12场。",
)


def test_a_source_names_title_place_year_numbers_of_headings_and_the_paragraph() -> None:
    assert (
        citation.source(PASSAGE, REPORT)
        == "《望杉镇2020年度法治政府建设情况报告》（澄岭县望杉镇，2020年度）二、（三）“特色工作”第5段"
    )


def test_a_place_that_was_concluded_is_marked_in_the_source() -> None:
    guessed = replace(REPORT, place_source="inferred")

    assert "（澄岭县望杉镇〔推定〕，2020年度）" in citation.source(PASSAGE, guessed)


def test_a_report_without_a_title_is_named_by_its_file() -> None:
    untitled = replace(REPORT, title=None)

    assert citation.source(PASSAGE, untitled).startswith("无标题的报告“望杉镇.txt”（")


def test_a_code_stays_when_the_file_moves_and_the_text_is_laid_out_anew() -> None:
    moved = replace(REPORT, id="ffffffffffff", path="别处/新名.docx")
    laid_out = replace(PASSAGE, number=9, headings=(), text="今年举办\n 夜间讲座１２场。")

    assert citation.code(laid_out, moved) == citation.code(PASSAGE, REPORT)


@given(st.text(), st.integers(2000, 2040))
def test_a_code_reads_back_as_the_text_and_the_report_it_was_made_of(text: str, year: int) -> None:
    report = replace(REPORT, year=year)

    found = citation.read_code(citation.code(replace(PASSAGE, text=text), report))

    assert found is not None
    assert found.is_of(report)
    assert not found.is_of(replace(REPORT, year=year + 1))


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code}　"])
def test_a_code_is_read_as_people_type_it(spoil) -> None:  # type: ignore[no-untyped-def]
    code = citation.code(PASSAGE, REPORT)

    assert citation.read_code(spoil(code)) == citation.read_code(code)


@pytest.mark.parametrize("text", ["", "矛盾纠纷", "7K3QF", "7K3QF-9ZM2X-2XABU", "7K3QF-9ZM2X-2XA!"])
def test_what_is_no_code_is_read_as_none(text: str) -> None:
    assert citation.read_code(text) is None


def test_a_code_that_was_read_is_written_as_it_was_printed() -> None:
    code = citation.code(PASSAGE, REPORT)

    assert citation.write_code(citation.require_code(code.lower().replace("-", ""))) == code


@pytest.mark.parametrize("text", ["", "矛盾纠纷", "7K3QF", "7K3QF-9ZM2X-2XAU"])
def test_what_is_no_code_is_refused_with_the_shape_that_codes_have(text: str) -> None:
    with pytest.raises(BadCode, match="不是引用码") as told:
        citation.require_code(text)

    assert "7K3QF-9ZM2X-2XAB" in told.value.hint


@pytest.mark.parametrize(
    ("text", "shaped"),
    [("7k3qf-9zm2x-2xab", True), ("７K3QF-9ZM2X-2XAB", True), ("7K3QF9ZM2X2XAB", False), ("administration", False)],
)
def test_only_what_is_grouped_as_printed_has_the_shape_of_a_code(text: str, shaped: bool) -> None:
    assert citation.looks_like_code(text) == shaped
