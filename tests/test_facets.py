"""Facets: one class knows all that is said and read of one, and whoever lists facets walks over the same table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import BadSearch
from search_app.facets import FACETS, LONGEST_GAP, PANELS, PREFIXES, SUGGESTED, FacetClass
from search_app.model import SECTIONS, TOPICS, UNKNOWN, Facet, FacetValue
from search_app.query import Selection

KINDS = pytest.mark.parametrize("kind", FACETS.values(), ids=lambda kind: kind.facet.value)


def value(of: object, count: int = 1, *, selected: bool = False) -> FacetValue:
    """Return a value of a facet with a count."""
    return FacetValue(value=of, count=count, reports=count, selected=selected)  # type: ignore[arg-type]


def test_every_facet_has_a_class_and_a_panel_of_its_own() -> None:
    assert set(FACETS) == set(Facet)
    assert sorted(kind.panel for kind in PANELS) == list(range(1, len(Facet) + 1))


def test_no_prefix_means_two_facets() -> None:
    prefixes = [prefix for kind in FACETS.values() for prefix in kind.prefixes]

    assert len(prefixes) == len(set(prefixes)) == len(PREFIXES)


def test_what_is_offered_while_typing_comes_in_order_of_its_rank() -> None:
    assert [kind.facet for kind in SUGGESTED] == [Facet.TOPIC, Facet.TOWN, Facet.COUNTY]


@KINDS
def test_the_word_for_what_is_not_known_is_read_everywhere_as_none(kind: FacetClass) -> None:
    assert kind.read(UNKNOWN) is None
    assert kind.read_option(UNKNOWN) is None
    assert (kind.interpret(UNKNOWN).value, kind.interpret(UNKNOWN).usable) == (None, True)


@KINDS
@given(text=st.text(max_size=20))
def test_what_stands_behind_a_prefix_never_raises_and_says_why_it_is_not_used(kind: FacetClass, text: str) -> None:
    meant = kind.interpret(text)

    assert meant.usable or meant.remark


@pytest.mark.parametrize("text", ["二〇二三", "２０２３年", "2023年度"])
def test_a_year_is_read_however_it_is_written(text: str) -> None:
    assert FACETS[Facet.YEAR].interpret(text).value == 2023


@pytest.mark.parametrize(
    ("text", "span"),
    [("2021..2023", (2021, 2023)), ("2021至2023年", (2021, 2023)), ("2021-", (2021, None)), ("..2023", (None, 2023))],
)
def test_a_span_of_years_may_be_open(text: str, span: tuple[int | None, int | None]) -> None:
    assert FACETS[Facet.YEAR].interpret(text).span == span


def test_a_span_the_wrong_way_round_is_turned_and_said() -> None:
    meant = FACETS[Facet.YEAR].interpret("2023..2021")

    assert meant.span == (2021, 2023)
    assert "颠倒" in meant.remark


def test_an_address_with_a_year_that_is_none_is_refused() -> None:
    with pytest.raises(BadSearch):
        FACETS[Facet.YEAR].read("去年")


def test_a_piece_of_a_section_means_the_one_section_that_has_it() -> None:
    assert FACETS[Facet.SECTION].interpret("不足").value == "不足和原因"


def test_a_topic_is_meant_from_its_front_only() -> None:
    assert FACETS[Facet.TOPIC].interpret("数字").value == "数字法治"
    assert not FACETS[Facet.TOPIC].interpret("法治").usable


@pytest.mark.parametrize(("facet", "names"), [(Facet.SECTION, SECTIONS), (Facet.TOPIC, TOPICS)])
def test_a_value_that_can_never_be_is_refused_with_those_that_can(facet: Facet, names: tuple[str, ...]) -> None:
    refused = FACETS[facet].refuse("没有这一种")

    assert refused is not None
    assert all(name in refused for name in names)
    assert FACETS[facet].refuse(names[0]) is None


def test_years_run_from_new_to_old_with_the_empty_ones_between() -> None:
    shown = FACETS[Facet.YEAR].arrange([value(2020), value(None), value(2023)])

    assert [item.value for item in shown] == [2023, 2022, 2021, 2020, None]


def test_a_gap_too_long_to_be_news_is_left_out() -> None:
    shown = FACETS[Facet.YEAR].arrange([value(2000), value(2000 + LONGEST_GAP + 2)])

    assert [item.value for item in shown] == [2000 + LONGEST_GAP + 2, 2000]


def test_ticked_values_stand_first_then_those_with_most_passages() -> None:
    shown = FACETS[Facet.TOWN].arrange([value("甲镇", 3), value("乙镇", 9), value("丙镇", 1, selected=True)])

    assert [item.value for item in shown] == ["丙镇", "乙镇", "甲镇"]


def test_passages_on_no_topic_are_called_so_and_stand_last() -> None:
    topics = FACETS[Facet.TOPIC]

    assert [item.value for item in topics.arrange([value(None, 99), value("信访", 1)])] == ["信访", None]
    assert topics.say(None) == "未归类"


def test_a_selection_forgets_facets_without_values() -> None:
    assert Selection(year=(2023,), town=()) == Selection(year=(2023,))
    assert not Selection(town=())


def test_a_selection_with_other_values_leaves_the_first_one_alone() -> None:
    first = Selection(year=(2023,), town=("甲镇",))

    changed = first.with_values(Facet.YEAR, ())

    assert changed == Selection(town=("甲镇",))
    assert first.of(Facet.YEAR) == (2023,)


def test_what_is_excluded_is_kept_beside_what_is_ticked() -> None:
    first = Selection({Facet.TOWN: ("甲镇", None), Facet.COUNTY: ()}, year=(2023,))

    changed = first.with_values(Facet.TOWN, ("乙镇",)).with_values(Facet.YEAR, ())

    assert (changed.of(Facet.TOWN), changed.excluded(Facet.TOWN)) == (("乙镇",), ("甲镇", None))
    assert changed.without(Facet.TOWN) == Selection()
    assert bool(first.with_values(Facet.YEAR, ())) is True
    assert first != Selection(year=(2023,))


def test_a_selection_of_what_is_no_facet_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="village"):
        Selection(village=("甲村",))


def test_equal_selections_are_one_key() -> None:
    assert len({Selection(town=("甲镇",), year=(1,)), Selection(year=(1,), town=("甲镇",))}) == 1
