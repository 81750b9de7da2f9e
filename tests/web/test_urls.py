"""Addresses: what a URL says is what is asked, and back."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import BadSearch
from search_app.model import Collapse, Facet, Sort, Value
from search_app.query import Selection
from search_app.searching import Request
from search_app.web import urls
from search_app.web.parameters import ORDERED, BadParameter

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
VALUES = NAMES.map(lambda text: urls.clean(text).strip()).filter(lambda text: text not in ("", "未识别"))
PLACES = st.lists(st.one_of(st.none(), VALUES), max_size=4, unique=True).map(tuple)
YEARS = st.lists(st.one_of(st.none(), st.integers(1000, 9999)), max_size=4, unique=True).map(tuple)
REQUESTS = st.builds(
    Request,
    text=st.text(st.characters(codec="utf-8"), max_size=60).map(urls.clean),
    selection=st.builds(
        Selection,
        st.fixed_dictionaries({}, optional={Facet.YEAR: YEARS, Facet.TOWN: PLACES, Facet.TOPIC: PLACES}),
        year=YEARS,
        county=PLACES,
        town=PLACES,
        section=PLACES,
        topic=PLACES,
    ),
    exemplary=st.booleans(),
    sort=st.sampled_from(Sort),
    collapse=st.one_of(st.none(), st.sampled_from(Collapse)),
    page=st.integers(1, urls.MAX_PAGE),
    size=st.sampled_from(urls.SIZES),
    also=st.booleans(),
    literal=st.booleans(),
    by_name=st.sets(st.sampled_from(ORDERED)).map(lambda some: tuple(facet for facet in Facet if facet in some)),
)


def wanted(request: Request) -> Request:
    """Return a request without ticks of what it excludes."""
    selection = request.selection
    for facet in Facet:
        kept = [value for value in selection.of(facet) if value not in selection.excluded(facet)]
        selection = selection.with_values(facet, kept)
    return replace(request, selection=selection)


def read(url: str, *, allowed: tuple[str, ...] = ()) -> urls.Asked:
    """Return what a URL asks."""
    return urls.parse(parse_qs(urlsplit(url).query, keep_blank_values=True), allowed=allowed)


@given(REQUESTS)
def test_a_request_written_as_an_address_is_read_back_unchanged(request: Request) -> None:
    assert read(urls.build(request)).request == wanted(request)


@given(REQUESTS, st.sampled_from(Facet), st.sampled_from(["桥头镇", "存在问题", "a&b=c", None, 2023]))
def test_an_address_narrowed_to_one_value_is_the_one_that_is_built(
    request: Request, facet: Facet, value: Value
) -> None:
    narrowed = replace(request, selection=request.selection.with_values(facet, (value,)), page=1)

    assert urls.narrow_only(request, facet, value) == urls.build(narrowed)


@given(REQUESTS, st.sampled_from(Facet), st.data())
def test_ticking_a_value_twice_changes_nothing_but_the_page(
    request: Request, facet: Facet, data: st.DataObject
) -> None:
    value: Value = data.draw(st.integers(1000, 9999)) if facet is Facet.YEAR else data.draw(VALUES)
    held = request.selection.of(facet)
    once = urls.toggle(request, facet, value)
    twice = urls.toggle(once, facet, value)

    assert once.page == twice.page == 1
    assert set(twice.selection.of(facet)) == set(held)


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=12), min_size=1, max_size=3), max_size=5))
def test_whatever_stands_in_an_address_is_answered_or_refused(parameters: dict[str, list[str]]) -> None:
    try:
        asked = urls.parse(parameters)
    except BadSearch as refused:
        answer = bool(refused.message and refused.hint)
    else:
        answer = read(urls.build(asked.request)).request == asked.request

    assert answer


def test_defaults_leave_no_trace_in_the_address() -> None:
    assert urls.build(Request()) == "/"


def test_other_wordings_are_searched_and_mistakes_mended_unless_the_address_says_otherwise() -> None:
    plain, strict = read("/?q=调解").request, read("/?q=调解&also=0&literal=1").request

    assert (plain.also, plain.literal) == (True, False)
    assert (strict.also, strict.literal) == (False, True)


def test_where_only_filters_are_known_anything_else_is_passed_over() -> None:
    given = {"year": ["2023"], "topic": ["信访"], "not.town": ["甲镇"], "order.town": ["name"], "q": ["a", "b"]}

    asked = urls.parse_filters(given)

    assert asked == Request(
        selection=Selection({Facet.TOWN: ("甲镇",)}, year=(2023,), topic=("信访",)), by_name=(Facet.TOWN,)
    )


@given(REQUESTS)
def test_a_request_is_carried_within_the_address_of_another_page(request: Request) -> None:
    url = urls.build(Request(), path="/passages/x/related", back=urls.write_back(request) or None)

    back = read(url, allowed=("back",)).extra.get("back")

    assert (urls.read_back(back) or Request()) == wanted(request)


def test_excluding_a_value_unticks_it_and_twice_takes_it_back() -> None:
    ticked = urls.narrow_to(Facet.TOWN, "甲镇")

    once = urls.exclude(replace(ticked, page=3), Facet.TOWN, "甲镇")

    assert once == Request(selection=Selection({Facet.TOWN: ("甲镇",)}))
    assert urls.exclude(once, Facet.TOWN, "甲镇") == Request()


def test_names_that_mean_nothing_are_told_apart_from_those_that_other_pages_know() -> None:
    assert read("/?q=调解&years=1&leaf=2&utm_source=x&town[]=甲镇").ignored == ("years", "town[]")


@pytest.mark.parametrize(
    ("url", "name", "said"),
    [
        ("/?page=0", "page", "页码"),
        ("/?size=11", "size", "每页条数"),
        ("/?sort=best", "sort", "排序"),
        ("/?collapse=all", "collapse", "折叠方式"),
        ("/?literal=2", "literal", "照原样检索"),
        ("/?q=a&q=b", "q", "检索词"),
        ("/?year=23", "year", "年度"),
        ("/?not.year=23", "not.year", "不要的年度"),
        ("/?order.town=best", "order.town", "乡镇（街道）的排列方式"),
    ],
)
def test_a_refusal_names_the_parameter_in_chinese_and_in_the_address(url: str, name: str, said: str) -> None:
    with pytest.raises(BadParameter) as refused:
        read(url)

    assert refused.value.name == name
    assert said in refused.value.message
    assert name in refused.value.message


def test_ticked_values_keep_their_order() -> None:
    request = read("/?town=乙镇&town=甲镇&town=乙镇").request

    assert request.selection.of(Facet.TOWN) == ("乙镇", "甲镇")


def test_an_unknown_value_stays_as_a_filter() -> None:
    assert read("/?town=没有的镇").request.selection.of(Facet.TOWN) == ("没有的镇",)


def test_what_is_not_known_is_written_in_words() -> None:
    request = read("/?year=未识别&county=未识别").request

    assert request.selection.of(Facet.YEAR) == (None,)
    assert request.selection.of(Facet.COUNTY) == (None,)


@pytest.mark.parametrize(
    "url",
    [
        "/?not.year=23",
        "/?order.town=best",
        "/?not.town=" + "镇" * 65,
        "/?year=23",
        "/?year=二〇二三",
        "/?sort=random",
        "/?collapse=all",
        "/?page=0",
        "/?page=-1",
        "/?page=1.5",
        "/?page=99999",
        "/?size=11",
        "/?size=1000000000000",
        "/?exemplary=yes",
        "/?also=no",
        "/?literal=2",
        "/?q=a&q=b",
        "/?page=1&page=2",
        "/?town=" + "镇" * 65,
        "/?" + "&".join(f"town={number}镇" for number in range(51)),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused_with_a_hint(url: str) -> None:
    with pytest.raises(BadSearch) as refused:
        read(url)

    assert refused.value.hint


def test_parameters_that_chat_programs_add_are_passed_over() -> None:
    assert read("/?q=调解&utm_source=x&from=groupmessage&isappinstalled=0").request == Request(text="调解")


def test_an_empty_field_of_a_form_is_no_filter() -> None:
    assert read("/?q=&town=&sort=&page=").request == Request()


def test_marks_that_turn_the_reading_direction_are_taken_out() -> None:
    assert read("/?q=调\u202e解\x00").request.text == "调解"


def test_a_page_may_allow_its_own_parameters() -> None:
    assert read("/?q=调解&n=3", allowed=("n",)).extra == {"n": "3"}
