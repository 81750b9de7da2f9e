"""Rendering: a passage's text comes out as it is, safe, with its marks."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.model import Piece
from search_app.searching import diff_wording
from search_app.web.view_models import safe_html

TEXTS = st.text(
    st.one_of(st.sampled_from("一调解。1.#*_`<>&|[]()!~=-+:\\\"' \n\t"), st.characters(codec="utf-8")), max_size=80
)
TAGS = re.compile(r"<[^>]*>")


def visible(markup: str) -> str:
    """Return the characters that a reader sees, blanks and private-use characters left out."""
    text = html.unescape(TAGS.sub("", markup))
    return re.sub(r"[\s\ue000-\ue006\ufffd\x00-\x1f\x7f-\x9f]", "", text)


@given(TEXTS)
def test_a_passage_shows_every_character_that_was_written_and_no_other(text: str) -> None:
    shown = visible(safe_html.passage(text))

    assert shown.replace("|", "") == visible(html.escape(text)).replace("|", "")


@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4), st.integers(0, 90))
def test_marks_never_change_what_is_read(text: str, marks: list[tuple[int, int]], bold: int) -> None:
    assert visible(safe_html.passage(text, marks=marks, bold=bold)) == visible(safe_html.passage(text))


@given(TEXTS, st.integers(0, 90))
def test_only_the_tags_we_name_come_out(text: str, bold: int) -> None:
    names = re.findall(r"</?([a-zA-Z]+)", safe_html.passage(text, marks=[(0, 5)], bold=bold))

    assert set(names) <= {"p", "br", "table", "thead", "tbody", "tr", "th", "td", "mark", "strong"}


def test_a_number_at_the_start_of_a_line_is_no_list() -> None:
    assert safe_html.passage("1. 落实三项制度") == "<p>1. 落实三项制度</p>"


def test_rows_of_cells_become_a_table() -> None:
    shown = safe_html.passage("项目 | 件数\n检查 | 3")

    assert "<th>项目</th>" in shown
    assert "<td>3</td>" in shown


def test_a_mark_across_cells_stays_inside_each_of_them() -> None:
    shown = safe_html.passage("项目 | 件数\n检查 | 3", marks=[(0, 7)])

    assert "<th><mark>项目</mark></th>" in shown
    assert "<th><mark>件数</mark></th>" in shown


def test_a_run_in_heading_is_bold_and_its_matches_are_marked_in_it() -> None:
    shown = safe_html.passage("（一）组织领导。一是", marks=[(3, 5)], bold=8)

    assert '<strong class="run-in"><mark>组织</mark></strong>' in shown
    assert shown.endswith("</strong>一是</p>")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=y>"])
def test_code_in_a_report_is_only_text(text: str) -> None:
    shown = safe_html.passage(text)

    assert visible(shown) == text.replace(" ", "")
    assert not re.search(r"<(script|img|a)\b", shown)


def test_a_fragment_is_escaped_piece_by_piece() -> None:
    assert safe_html.fragment((Piece(text="<b>"), Piece(text="调<", match=True))) == "&lt;b&gt;<mark>调&lt;</mark>"


def test_our_own_page_is_rendered_with_its_table() -> None:
    assert "<table>" in safe_html.prose("how.md")


def test_the_lines_of_a_fragment_are_lines_and_none_stand_empty_around_it() -> None:
    pieces = (Piece(text="\n项目 | 件数 \n行政"), Piece(text="检\n查", match=True), Piece(text="<br>\n"))

    assert str(safe_html.fragment(pieces)) == "项目 | 件数<br>行政<mark>检<br>查</mark>&lt;br&gt;"


def test_a_break_inside_a_heading_is_a_blank() -> None:
    assert str(safe_html.line("一、强化\n组织领导", marks=[(2, 4)])) == "一、<mark>强化</mark> 组织领导"


@given(TEXTS, TEXTS)
def test_changes_show_every_character_of_both_texts_and_only_as_text(text: str, other: str) -> None:
    shown = safe_html.changes(diff_wording(text, other))

    assert set(re.findall(r"</?([a-zA-Z]+)", shown)) <= {"ins", "del", "br"}
    assert visible(re.sub(r"<del>.*?</del>", "", shown, flags=re.S)) == visible(html.escape(text))


PLAIN = st.text(
    st.sampled_from("一二法治。，；\n #*_`>-+=~^1.)(<>&\"'|!\\[]{}:/$@%\u3000©—é😀\ue000\ue001"), max_size=60
)


@given(st.one_of(PLAIN, TEXTS.filter(safe_html._PLAIN.fullmatch)))
def test_a_text_without_tables_becomes_what_the_converter_makes_of_it(text: str) -> None:
    plain = text.replace(" | ", "  ")

    assert safe_html._as_paragraphs(plain) == safe_html._converted(plain)


@given(TEXTS, st.integers(0, 20), st.integers(1, 20), st.integers(0, 20))
def test_places_that_were_looked_for_change_nothing_that_is_read(text: str, start: int, length: int, bold: int) -> None:
    ranges = ((start, start + length), (start + length, start + length + 2))
    shown = safe_html.passage(text, marks=ranges[:1], bold=bold, found=ranges)

    assert visible(shown) == visible(safe_html.passage(text))


def test_places_that_were_looked_for_are_numbered_anchors_also_where_they_touch_or_are_cut() -> None:
    shown = safe_html.passage("法法治", marks=((1, 2),), found=((0, 1), (1, 3)), first=7)

    assert shown == (
        '<p><mark class="found" id="f-7">法</mark><mark class="found" id="f-8"><mark>法</mark></mark>'
        '<mark class="found">治</mark></p>'
    )


def test_a_place_that_runs_over_two_cells_is_one_anchor_in_two_marks() -> None:
    shown = safe_html.passage("项目 | 件数\n检查 | 3", found=((1, 6),))

    assert shown.count('id="f-1"') == 1
    assert shown.count('<mark class="found">') == 1


@pytest.fixture
def no_sanitiser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_html, "find_sanitiser", lambda: None)


@pytest.mark.usefixtures("no_sanitiser")
def test_without_a_sanitiser_every_character_is_shown_and_nothing_but_paragraphs_is_markup() -> None:
    text = "<script>alert(1)</script>\n项目 | 数量\n调解\t| 12\x07件 &amp;"

    shown = str(safe_html.passage(text, marks=[(0, 3)]))
    assert set(re.findall(r"</?([a-z]+)", shown)) == {"p", "mark"}
    assert visible(shown) == re.sub(r"\s|\x07", "", text)


@pytest.mark.usefixtures("no_sanitiser")
def test_without_a_sanitiser_our_own_page_looks_as_it_does_with_one() -> None:
    safe_html.prose.cache_clear()
    shown = safe_html.prose("how.md")
    safe_html.prose.cache_clear()

    assert "<h2>" in shown
