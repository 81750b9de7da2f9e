"""Characters of a frame put in order by their places."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from search_app.readers.pdf_directions import Glyph
from search_app.readers.pdf_lines import rows_of
from search_app.readers.pdf_pieces import Cuts, narrow_gutters, pieces_of


def run(text: str, *, left: float = 80, base: float = 100, size: float = 16, width: float = 16) -> list[Glyph]:
    """Return characters one after the other."""
    return [Glyph(char, left + at * width, left + (at + 1) * width, base, size) for at, char in enumerate(text)]


def texts(*runs: Sequence[Glyph]) -> list[str]:
    return [piece.text for piece in pieces_of(rows_of([glyph for run in runs for glyph in run]))]


def test_quotation_marks_drawn_last_go_where_they_stand() -> None:
    words = [*run("推行"), *run("一窗", left=128), *run("制", left=176)]
    marks = [*run("“", left=112), *run("”", left=160)]

    assert texts(words, marks) == ["推行“一窗”制"]


def test_rows_come_from_top_to_bottom_whatever_was_drawn_first() -> None:
    assert texts(run("下", base=128), run("上", base=100)) == ["上", "下"]


def test_small_print_close_together_stays_in_rows() -> None:
    rows = [run(f"第{number}行文字", base=100 + 11 * at, size=10, width=10) for at, number in enumerate("一二三")]

    assert texts(*rows) == ["第一行文字", "第二行文字", "第三行文字"]


def test_a_wide_gap_parts_a_row() -> None:
    assert texts(run("行政处罚"), run("17", left=300, width=8)) == ["行政处罚", "17"]


def test_the_gap_after_an_automatic_number_parts_nothing() -> None:
    assert texts(run("1.", width=8), run("网格员入户", left=130)) == ["1. 网格员入户"]


def test_a_ruled_line_parts_what_it_passes_between() -> None:
    rows = rows_of(run("行政处罚十七件"))

    pieces = pieces_of(rows, Cuts(ruled=((144.0, 0.0, 200.0),)))

    assert [piece.text for piece in pieces] == ["行政处罚", "十七件"]


def test_what_falls_onto_other_characters_is_a_row_of_its_own() -> None:
    assert sorted(texts(run("办理案件十七件"), run("不予公开", left=84))) == ["不予公开", "办理案件十七件"]


def test_a_character_drawn_twice_is_taken_once() -> None:
    assert texts(run("重影"), run("重影", left=80.4)) == ["重影"]


def test_the_same_character_twice_in_a_row_is_kept() -> None:
    assert texts(run("人人参与")) == ["人人参与"]


def test_a_raised_small_figure_belongs_to_its_line() -> None:
    assert texts(run("三千m"), run("2", left=128, base=94, size=9, width=5), run("地", left=134)) == ["三千m2地"]


def test_small_print_between_the_lines_is_no_superscript() -> None:
    assert texts(run("正文文字"), run("注音", left=82, base=86, size=8, width=8)) == ["注音", "正文文字"]


def test_a_blank_stands_where_there_is_room_beside_latin_letters() -> None:
    words = [*run("two", width=8), *run("words", left=80 + 24 + 5, width=8)]

    assert texts(words) == ["two words"]


def test_columns_close_to_each_other_are_seen_by_the_rows_around() -> None:
    left = [run("甲乙丙丁戊己庚辛", base=100 + 20 * at) for at in range(6)]
    right = [run("子丑寅卯辰巳午未", left=80 + 8 * 16 + 12, base=100 + 20 * at) for at in range(6)]
    rows = rows_of([glyph for pair in zip(left, right, strict=True) for each in pair for glyph in each])

    assert len(list(narrow_gutters(rows))) == 6


def test_a_gap_in_one_row_alone_is_no_gutter() -> None:
    full = [run("甲乙丙丁戊己庚辛壬癸", base=100 + 20 * at) for at in range(6)]
    gap = [*run("甲乙丙丁", base=220), *run("戊己庚辛", left=80 + 4 * 16 + 12, base=220)]

    assert not list(narrow_gutters(rows_of([*(glyph for row in full for glyph in row), *gap])))


@given(st.permutations(range(12)), st.integers(10, 30))
def test_the_order_of_drawing_changes_nothing(order: list[int], lead: int) -> None:
    glyphs = [glyph for at in range(4) for glyph in run("甲乙丙", base=100 + lead * at, size=10, width=10)]

    assert texts([glyphs[at] for at in order]) == ["甲乙丙"] * 4
