"""The pages of topics: every number leads to the search that has as many; what is not held is not claimed."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from search_app.settings import Settings
from search_app.web import create_app
from tests.comparing.test_genealogy import over
from tests.web.reading_pages import links, page, text, texts

PROFILE = "/profile?county=澄岭县&town=望杉镇"


def total(client: FlaskClient, url: str) -> int:
    """Return how many passages the search at an address finds."""
    found: int = client.get(f"/api/v1/search{url.removeprefix('/')}").get_json()["total"]
    return found


def numbered_links(tree: html.HtmlElement, path: str) -> list[tuple[int, str]]:
    """Return the first number in the words of each link at an XPath, and its address."""
    found: list[Any] = tree.xpath(path)
    return [(int(re.findall(r"\d+", each.text_content())[0]), each.get("href")) for each in found]


# ---- a topic over the years ----


def test_the_years_of_a_topic_lead_to_searches_with_as_many_passages(client: FlaskClient) -> None:
    shown = page(client.get("/topics?topic=矛盾化解"))
    told = numbered_links(shown, "//table//td/a")

    assert [number for number, _ in told] == [5, 5, 5]
    assert [total(client, url) for _, url in told] == [5, 5, 5]


def test_every_mark_of_the_plot_leads_to_its_year(client: FlaskClient) -> None:
    shown = page(client.get("/topics?topic=矛盾化解&county=澄岭县"))

    assert shown.xpath("//svg//a/@href") == shown.xpath("//table//td/a/@href")
    assert "2020 年度：3 份报告里 3 份写到（100%），3 段" in texts(shown, "//svg//a/title")


def test_all_topics_stand_side_by_side_with_their_numbers(client: FlaskClient) -> None:
    shown = page(client.get("/topics"))

    assert len(shown.xpath("//ul[@class='small-multiples']/li")) == 16
    told = numbered_links(shown, "//ul[@class='small-multiples']//a[@class='n']")
    assert [number for number, _ in told] == [total(client, url) for _, url in told]
    row = next(row for row in shown.xpath("//tbody/tr") if text(row, "./th") == "队伍建设")
    assert texts(row, "./td") == ["100%", "100%", "83%", "15"]


def test_good_passages_on_the_topic_are_shown_below(client: FlaskClient) -> None:
    shown = page(client.get("/topics?topic=矛盾化解"))

    assert len(shown.xpath("//article[@class='mini']")) == 1  # the fifteen are copies of one
    assert total(client, links(shown, "全部矛盾化解的典型做法")[0]) == 15


# ---- a town beside its county ----


def test_the_passages_of_a_profile_are_those_of_the_searches_it_leads_to(client: FlaskClient) -> None:
    for url in (PROFILE, f"{PROFILE}&year=2022"):
        shown = page(client.get(url))
        told = numbered_links(shown, "//table//td[4]/a")

        assert [text(row, "./td[3]") for row in shown.xpath("//tbody/tr[@class='without']")] == ["没有写"] * 12
        assert [number for number, _ in told] == [total(client, way) for _, way in told]


def test_what_a_town_does_not_write_about_is_told_with_who_does(client: FlaskClient) -> None:
    shown = page(client.get(PROFILE))

    assert len(shown.xpath("//ul[@class='missing-topics']/li")) == 12
    assert "信访：澄岭县收录的乡镇都没有写" in texts(shown, "//ul[@class='missing-topics']/li")


def test_a_town_of_several_counties_is_to_be_chosen(client: FlaskClient) -> None:
    shown = page(client.get("/profile?town=望杉镇"))

    assert texts(shown, "//main//ul[@class='all-values']/li") == ["沅坪县望杉镇", "澄岭县望杉镇"]
    assert all("写了哪些主题" in text(page(client.get(way)), "//h1") for way in links(shown, "县望杉镇"))


@pytest.mark.parametrize("named", ["town=白砾乡", "town=澄岭县白砾乡", "county=澄岭县&town=澄岭县白砾乡"])
def test_a_town_may_be_named_as_the_filters_name_it(client: FlaskClient, named: str) -> None:
    assert text(page(client.get(f"/profile?{named}")), "//h1") == "白砾乡写了哪些主题 与澄岭县各乡镇比"


def test_the_way_to_a_town_goes_through_its_county(client: FlaskClient) -> None:
    shown = page(client.get("/profile?county=澄岭县"))

    assert texts(shown, "//main//ul[@class='all-values']/li") == ["云栈镇", "望杉镇", "白砾乡"]


def test_a_report_and_a_search_of_one_town_lead_to_its_profile(client: FlaskClient) -> None:
    report = page(client.get("/?town=白砾乡")).xpath("//article//h2/a/@href")[0]

    for url in ("/?town=白砾乡", report):
        (way,) = links(page(client.get(url)), "写了哪些主题")
        assert text(page(client.get(way)), "//h1").startswith("白砾乡")


def test_a_search_of_a_town_that_is_not_held_leads_to_no_profile(client: FlaskClient) -> None:
    assert links(page(client.get("/?q=调解&town=无人镇")), "写了哪些主题") == []


# ---- JSON, and what cannot be meant ----


def test_the_json_has_the_numbers_of_the_pages(client: FlaskClient) -> None:
    topics = client.get("/api/v1/topics?topic=队伍建设").get_json()["topics"]
    profile = client.get(f"/api/v1{PROFILE}&year=2020").get_json()

    assert topics[0]["years"][-1] == {"year": 2023, "passages": 5, "reports": 5, "held": 6, "share": 5 / 6}
    assert (profile["passages"], profile["towns"], profile["years"]) == (5, 3, [2020, 2022, 2023])
    assert profile["topics"][4] == {
        "topic": "行政执法",
        "passages": 2,
        "share": 0.4,
        "median": 0.4,
        "writers": 3,
    }


def test_the_coverage_has_every_town_and_year(client: FlaskClient) -> None:
    held = client.get("/api/v1/coverage?county=沅坪县").get_json()["held"]

    assert [(each["town"], each["year"], each["passages"]) for each in held] == [
        (town, year, 5) for town in ("望杉镇", "青蒲街道") for year in (2020, 2022, 2023)
    ]


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/topics?topic=没有的主题", 400),
        ("/topics?county=没有的县", 404),
        ("/topics?topic=信访&topic=矛盾化解", 400),
        ("/profile?town=没有的镇", 404),
        ("/profile?county=沅坪县&town=白砾乡", 404),
        (f"{PROFILE}&year=1999", 404),
        (f"{PROFILE}&year=去年", 400),
        (f"{PROFILE}&year=未识别", 400),
        ("/api/v1/profile", 400),
        ("/api/v1/profile?town=望杉镇", 404),
    ],
)
def test_what_is_not_held_or_cannot_be_meant_is_said_with_a_hint(client: FlaskClient, url: str, status: int) -> None:
    response = client.get(url)

    assert response.status_code == status
    if not url.startswith("/api"):
        assert text(page(response), "//p[@class='hint']")


def test_unknown_parameters_and_empty_ones_change_nothing(client: FlaskClient) -> None:
    shown = page(client.get("/topics?topic=&county=&year=2020&x=1"))

    assert len(shown.xpath("//ul[@class='small-multiples']/li")) == 16
    assert not [way for way in shown.xpath("//main//@href") if "x=1" in way]


@pytest.mark.parametrize("url", ["/topics", "/topics?topic=信访", "/profile", "/about"])
def test_of_an_empty_index_the_pages_say_so(url: str) -> None:
    client = create_app(Settings(), engine=over()).test_client()

    assert "还没有报告" in page(client.get(url)).text_content()
