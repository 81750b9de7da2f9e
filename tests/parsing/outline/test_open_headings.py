from search_app.parsing.lines.markers import RANK, MarkerKind
from search_app.parsing.outline.open_headings import HeadingKind, OpenHeading, OpenHeadings, UnnumberedKind


def opened(*kinds: tuple[HeadingKind, int], style: int | None = None) -> OpenHeadings:
    """Open headings of these kinds and numbers, each inside the one before."""
    headings = OpenHeadings(RANK)
    for index, (kind, number) in enumerate(kinds):
        headings.push(
            OpenHeading(kind=kind, number=number, style=style, own_line=True, text=f"{kind}{number}", index=index)
        )
    return headings


def test_a_number_of_the_same_kind_closes_the_heading_before_it_and_all_inside() -> None:
    headings = opened((MarkerKind.COMMA, 1), (MarkerKind.PAREN, 1), (MarkerKind.DOT, 1))

    headings.close_for_number(MarkerKind.PAREN, 2)

    assert headings.parent == 0


def test_a_number_of_an_outer_kind_that_is_not_open_closes_the_inner_ones() -> None:
    headings = opened((MarkerKind.COMMA, 1), (MarkerKind.DOT, 3))

    headings.close_for_number(MarkerKind.PAREN, 1)

    assert headings.parent == 0


def test_brackets_of_both_kinds_that_count_on_are_one_series() -> None:
    headings = opened((MarkerKind.COMMA, 1), (MarkerKind.PAREN, 1))

    headings.close_for_number(MarkerKind.ARABIC, 2)

    assert headings.parent == 0


def test_brackets_of_another_kind_that_begin_anew_stand_inside() -> None:
    headings = opened((MarkerKind.COMMA, 1), (MarkerKind.PAREN, 1))

    headings.close_for_number(MarkerKind.ARABIC, 1)

    assert headings.parent == 1


def test_a_heading_without_number_is_closed_by_no_number_of_another_kind() -> None:
    headings = opened((UnnumberedKind.ROLE, 1))

    headings.close_for_number(MarkerKind.COMMA, 1)

    assert headings.parent == 0


def test_a_level_of_the_file_closes_what_has_that_level_or_a_deeper_one() -> None:
    headings = opened((UnnumberedKind.PLAIN, 1), style=2)

    headings.close_styled(2)

    assert headings.parent == -1


def test_closing_a_kind_that_is_not_open_closes_nothing() -> None:
    headings = opened((MarkerKind.COMMA, 1))

    headings.close_like(UnnumberedKind.NAMED)

    assert headings.parent == 0
