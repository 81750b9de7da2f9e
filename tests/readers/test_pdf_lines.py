"""Characters of a PDF page put in order by their places."""

from collections.abc import Sequence

from search_app.readers.pdf_lines import Glyph, lines_of


def run(text: str, *, left: float = 80, foot: float = 600, width: float = 16) -> list[Glyph]:
    """Return characters one after the other."""
    return [
        Glyph(char=char, left=left + at * width, right=left + (at + 1) * width, bottom=foot, top=foot + 16)
        for at, char in enumerate(text)
    ]


def texts(*runs: Sequence[Glyph]) -> list[str]:
    return [line.text for line in lines_of(runs, 0, 842)]


def test_quotation_marks_drawn_last_go_where_they_stand() -> None:
    words = [*run("推行"), *run("一窗", left=128), *run("制", left=176)]
    marks = [*run("“", left=112), *run("”", left=160)]

    assert texts([*words, *marks]) == ["推行“一窗”制"]


def test_marks_in_a_run_of_their_own_join_the_line_they_are_in() -> None:
    first, second = run("第一行文字", foot=600), run("第二行文字", foot=572)
    gap = [*run("甲", foot=544), *run("乙", left=112, foot=544)]

    assert texts(first, gap, second, run("“", left=96, foot=544)) == ["第一行文字", "甲“乙", "第二行文字"]


def test_lines_at_different_heights_stay_apart() -> None:
    assert texts(run("上", foot=600), run("下", foot=572)) == ["上", "下"]


def test_parts_of_a_table_row_are_one_line_with_cells() -> None:
    found = list(lines_of([run("行政处罚"), run("17", left=300, width=8)], 0, 842))

    assert [line.cells for line in found] == [("行政处罚", "17")]


def test_the_gap_after_an_automatic_number_parts_no_column() -> None:
    found = list(lines_of([run("1.", width=8), run("网格员入户", left=130)], 0, 842))

    assert found[0].cells == ("1.网格员入户",)


def test_a_second_column_drawn_later_is_not_mixed_into_the_first() -> None:
    left = [run("左一", foot=600), run("左二", foot=572)]
    right = [run("右一", left=320, foot=600), run("右二", left=320, foot=572)]

    assert texts(*left, *right) == ["左一", "左二", "右一", "右二"]


def test_blank_runs_are_no_lines() -> None:
    assert texts(run("  "), run("\u3000")) == []
