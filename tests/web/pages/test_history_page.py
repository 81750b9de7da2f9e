"""The page of a passage's genealogy: it tells what the comparison found, and claims no more."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from search_app.settings import Settings
from search_app.web import create_app, genealogies
from tests.comparing.test_genealogy import of_town, over
from tests.engines.building import Filed
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")


def asking(*several: Filed) -> FlaskClient:
    return create_app(Settings(), engine=over(*several)).test_client()


def test_the_page_tells_who_was_first_who_took_it_over_and_what_each_changed() -> None:
    first, kept, taken = of_town("望杉镇", 2021), of_town("望杉镇", 2022, "8次"), of_town("白砾乡", 2023, "，年底公开")
    shown = page(asking(first, kept, taken).get(f"/passages/{taken[1][0].id}/history"))

    assert text(shown, "//p[@class='first']") == "收录的报告里，最早见于 2021 年度 望杉镇。"
    assert texts(shown, "//ol[@class='timeline']//span[contains(@class, 'kin ')]") == ["最早", "沿用", "采用"]
    assert [text(each, ".//summary") for each in shown.xpath("//li[contains(@class, 'entry')][.//summary]")] == [
        "改动",
        "改动",
    ]
    marks = shown.xpath("//ol[@class='timeline']//ins | //ol[@class='timeline']//del")
    assert [(mark.tag, mark.text_content()) for mark in marks] == [
        ("ins", "8次"),
        ("del", "8次"),
        ("ins", "，年底公开"),
    ]
    assert texts(shown, "//ol[@class='lineage']/li")[-1].startswith("2023 年度 白砾乡（这一段） 采用")


def test_the_page_says_that_likeness_is_no_proof() -> None:
    one = of_town("望杉镇", 2021)

    shown = page(asking(one, of_town("白砾乡", 2022)).get(f"/passages/{one[1][0].id}/history"))

    assert "相同不等于谁抄了谁" in text(shown, "//p[contains(@class, 'caution')]")
    assert "可能来自那里" in text(shown, "//ol[@class='timeline']/li[contains(., '采用')]")


def test_of_one_year_without_dates_the_page_names_no_first() -> None:
    one, other = of_town("望杉镇", 2021, issued=date(2022, 1, 5)), of_town("白砾乡", 2021)

    shown = page(asking(one, other).get(f"/passages/{one[1][0].id}/history"))

    assert "先后不明" in text(shown, "//p[@class='first']")
    assert texts(shown, "//ol[@class='timeline']//span[contains(@class, 'kin ')]") == ["同年，先后不明"] * 2


def test_the_tree_has_every_dated_member_and_leads_to_its_place_in_the_timeline() -> None:
    several = [of_town("望杉镇", 2021), of_town("白砾乡", 2022), of_town("云栈镇", 2022), of_town("青蒲街道", None)]

    shown = page(asking(*several).get(f"/passages/{several[0][1][0].id}/history"))

    ways = shown.xpath("//svg//a/@href")
    assert len(ways) == 3
    assert all(shown.xpath(f"//li[@id='{way[1:]}']") for way in ways)


def test_the_table_counts_what_the_timeline_lists() -> None:
    several = [of_town("望杉镇", 2021), of_town("白砾乡", 2022), of_town("望杉镇", 2022), of_town("云栈镇", 2023)]

    shown = page(asking(*several).get(f"/passages/{several[0][1][0].id}/history"))

    rows = [texts(row, "./th | ./td") for row in shown.xpath("//section[@aria-labelledby='years-title']//tbody/tr")]
    assert rows == [
        ["2021 年度", "1", "1", "0", "0", "1"],
        ["2022 年度", "2", "2", "1", "1", "0"],
        ["2023 年度", "1", "1", "1", "0", "0"],
    ]


def test_many_members_fill_several_pages_and_a_year_leads_to_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [of_town(town, year) for year in (2021, 2022, 2023) for town in ("望杉镇", "白砾乡")]
    client, address = asking(*several), f"/passages/{several[0][1][0].id}/history"
    for module in (genealogies, __import__("search_app.web.view_models.genealogy_view", fromlist=["LEAF"])):
        monkeypatch.setattr(module, "LEAF", 4)
    first = page(client.get(address))

    ways = first.xpath("//section[@aria-labelledby='years-title']//th/a/@href")
    assert ways == [f"{address}#y-2021", f"{address}#y-2022", f"{address}?page=2#y-2023"]
    assert [len(page(client.get(way)).xpath("//li[contains(@class, 'entry')]")) for way in ways] == [4, 4, 2]
    assert client.get(f"{address}?page=3").status_code == 404


def test_a_passage_that_nothing_is_like_says_so_and_leads_to_related_ones(client: FlaskClient) -> None:
    shown = page(client.get(f"/passages/{sample.report_id('无名.txt')}-1/history"))

    assert "没有别处与这一段写得相近" in text(shown, "//p[@class='notice']")
    assert links(shown, "别的镇怎么写") or links(shown, "更多类似做法")


def test_too_many_members_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_app.comparing.genealogy.MOST", 3)
    several = [of_town("望杉镇", year) for year in (2019, 2020, 2021, 2022)]

    shown = page(asking(*several).get(f"/passages/{several[0][1][0].id}/history"))

    assert "只比了最早的 3 段，较晚的 1 段没有列在这里" in text(shown, "//p[@class='notice']")


def test_hits_reports_and_similar_passages_lead_here(client: FlaskClient) -> None:
    way = f"/passages/{REPORT}-2/history"
    addresses = (f"/reports/{REPORT}", f"/passages/{REPORT}-2/similar", "/?q=板凳议事会&town=澄岭县望杉镇&year=2020")

    assert [way in page(client.get(address)).xpath("//a/@href") for address in addresses] == [True, True, True]


def test_the_json_has_the_same_members_with_their_parents() -> None:
    first, taken = of_town("望杉镇", 2021), of_town("白砾乡", 2023, "，年底公开")
    told = asking(first, taken).get(f"/api/v1/passages/{taken[1][0].id}/history").get_json()

    assert [(each["kinship"], each["parent"]) for each in told["members"]] == [
        ("alone", None),
        ("taken", first[1][0].id),
    ]
    assert told["first"] == {"decided": True, "passages": [first[1][0].id]}
    assert "".join(part["text"] for part in told["members"][1]["differs"]) == taken[1][0].text


@pytest.mark.parametrize("form", ["xlsx", "docx", "csv", "md"])
def test_the_whole_of_it_is_handed_out_as_a_file(form: str) -> None:
    first, taken = of_town("望杉镇", 2021), of_town("白砾乡", 2023, "，年底公开")
    client = asking(first, taken)
    shown = page(client.get(f"/passages/{taken[1][0].id}/history"))

    (way,) = [each for each in shown.xpath("//details[@class='exports']//a/@href") if each.endswith(form)]
    answer = client.get(way)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f".{form}")
    if form in ("csv", "md"):
        told = answer.get_data(as_text=True)
        assert "相同不等于谁抄了谁" in told
        assert "2021 年度 望杉镇" in told
        assert taken[1][0].text in told


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("-9/history", 404),
        ("-2/history?page=0", 400),
        ("-2/history?page=9", 404),
        ("-2/history?page=1&page=2", 400),
        ("-2/history/export", 400),
    ],
)
def test_what_is_not_held_or_cannot_be_meant_is_said_with_a_hint(client: FlaskClient, url: str, status: int) -> None:
    response = client.get(f"/passages/{REPORT}{url}")

    assert response.status_code == status
    assert text(page(response), "//p[@class='hint']")
