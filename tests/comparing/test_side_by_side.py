"""Aligning reports: every passage once, in its order, below its own section, and no cell called empty that is not."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.comparing.side_by_side import OPENING, REQUIRED, Key, Part, align, name_heading
from search_app.model import SECTIONS, TOPICS, Passage

_HEADINGS = st.sampled_from(((), ("一、主要举措",), ("一、举措", "（一）法律顾问"), ("二、做法", "（三）法律顾问")))
_TOPICS = st.lists(st.sampled_from(TOPICS[:4]), max_size=3, unique=True).map(tuple)


@st.composite
def reports(draw: st.DrawFn) -> list[list[Passage]]:
    """Draw two to four reports of a few passages, some without topic, with headings that several have."""
    return [
        [
            Passage(
                id=f"r{at}-{number}",
                report=f"r{at}",
                number=number,
                text="调解。",
                headings=draw(_HEADINGS),
                section=draw(st.sampled_from(SECTIONS[:4])),
                topics=draw(_TOPICS),
            )
            for number in range(1, draw(st.integers(0, 6)) + 1)
        ]
        for at in range(draw(st.integers(2, 4)))
    ]


def passage(name: str, *topics: str, heading: str = "", section: str = "主要举措和成效") -> Passage:
    report, _, number = name.partition("-")
    headings = (heading,) if heading else ()
    return Passage(
        id=name, report=report, number=int(number), text="正文。", headings=headings, section=section, topics=topics
    )


def laid_out(parts: tuple[Part, ...], section: str = "主要举措和成效") -> list[tuple[str, list[list[str]]]]:
    """Return the rows of a section: what each is about, and the ids in its cells."""
    (part,) = (each for each in parts if each.section == section)
    return [
        (row.topic or row.heading, [[each.id for each in cell.passages] for cell in row.cells]) for row in part.rows
    ]


@given(reports())
def test_every_passage_of_every_report_stands_in_one_cell_of_its_column(held: list[list[Passage]]) -> None:
    parts = align(held)

    for at, passages in enumerate(held):
        shown = [each.id for part in parts for row in part.rows for each in row.cells[at].passages]
        assert sorted(shown) == sorted(each.id for each in passages)


@given(reports())
def test_a_cell_keeps_the_order_of_its_report_and_the_section_and_topic_of_its_row(held: list[list[Passage]]) -> None:
    for part in align(held):
        for row in part.rows:
            for cell in row.cells:
                assert [each.number for each in cell.passages] == sorted(each.number for each in cell.passages)
                assert all(each.section == part.section for each in cell.passages)
                if part.section != OPENING:
                    assert all(row.topic in each.topics if row.topic else not each.topics for each in cell.passages)


@given(reports())
def test_a_cell_without_passages_and_without_a_hint_means_that_the_report_has_none_on_that_topic(
    held: list[list[Passage]],
) -> None:
    for part in align(held):
        for row in part.rows:
            for cell, passages in zip(row.cells, held, strict=True):
                if row.topic and not cell.passages:
                    assert [each.id for each in cell.elsewhere] == [
                        each.id for each in passages if row.topic in each.topics
                    ]


@given(reports())
def test_no_row_is_empty_or_shown_twice_and_presence_is_that_of_the_section(held: list[list[Passage]]) -> None:
    for part in align(held):
        keys = [Key(row.topic, name_heading(row.heading)) for row in part.rows]
        assert len(keys) == len(set(keys))
        assert all(row.count for row in part.rows)
        assert part.present == tuple(any(each.section == part.section for each in passages) for passages in held)


def test_a_passage_on_two_topics_stands_where_the_other_report_writes_too() -> None:
    parts = align([[passage("a-1", "行政执法", "队伍建设")], [passage("b-1", "队伍建设")]])

    assert laid_out(parts) == [("队伍建设", [["a-1"], ["b-1"]])]


def test_passages_without_a_topic_meet_below_a_heading_of_the_same_words_whatever_its_number() -> None:
    parts = align([[passage("a-1", heading="（一）建强队伍")], [passage("b-1", heading="3.建强队伍"), passage("b-2")]])

    assert laid_out(parts) == [("建强队伍", [["a-1"], ["b-1"]]), ("", [[], ["b-2"]])]


def test_an_empty_cell_names_the_passages_on_its_topic_in_other_rows() -> None:
    first = [passage("a-1", "信访", "矛盾化解")]
    second = [passage("b-1", "信访"), passage("b-2", "矛盾化解")]
    third = [passage("c-1", "信访")]
    parts = align([first, second, third])

    (row,) = (row for part in parts for row in part.rows if row.topic == "矛盾化解")
    assert [[each.id for each in cell.elsewhere] for cell in row.cells] == [["a-1"], [], []]


def test_openings_stand_beside_each_other_whatever_they_touch_upon() -> None:
    parts = align([[passage("a-1", "信访", section=OPENING)], [passage("b-1", section=OPENING)]])

    assert laid_out(parts, OPENING) == [(OPENING, [["a-1"], ["b-1"]])]


def test_required_sections_that_nobody_wrote_are_told_others_are_left_out() -> None:
    parts = align([[passage("a-1")], [passage("b-1")]])

    assert [part.section for part in parts] == list(REQUIRED)
    assert [part.present for part in parts if not any(part.present)] == [(False, False)] * 3
