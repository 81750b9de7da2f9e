"""How the width of a page is shared among the columns of a table."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.exporting.word.column_widths import share_width

WIDTH = 13776
TABLES = st.integers(1, 8).flatmap(
    lambda columns: st.lists(st.lists(st.text(max_size=300), min_size=columns, max_size=columns), min_size=1)
)


@given(rows=TABLES)
def test_columns_fill_the_page_and_each_has_room_for_its_first_letters(rows: list[list[str]]) -> None:
    widths = share_width(rows, WIDTH)

    assert len(widths) == len(rows[0])
    assert WIDTH - len(widths) <= sum(widths) <= WIDTH
    assert min(widths) >= 230


def test_a_number_gets_less_room_than_a_sentence() -> None:
    number, sentence = share_width([["序号", "问题"], ["1", "落款写的是芷川县，这份报告是云脊乡的"]], WIDTH)

    assert number * 5 < sentence


def test_more_columns_than_there_is_room_for_are_all_as_wide() -> None:
    assert share_width([["很长的一段文字"] * 20], 1000) == [50] * 20
