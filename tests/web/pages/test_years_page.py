"""The page of two reports opposite each other: what stayed, what changed, and that everything is counted once."""

import csv
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from search_app.web import years_answers
from tests.comparing.copied import copied, letters
from tests.web import years_sample as sample
from tests.web.reading_pages import links, page, text, texts
from tests.web.years_sample import LAST, NOW, address, report_id

THIS = address("望杉镇", 2023)
KINDS = ("same", "figures", "changed", "new", "gone")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return sample.app(tmp_path_factory.mktemp("years")).test_client()


def told(client: FlaskClient, url: str) -> Any:
    return client.get(f"/api/v1{url}").get_json()


def kinds_shown(tree: Any) -> list[str]:
    return [re.findall(r"is-(\w+)", each)[0] for each in tree.xpath("//article/@class")]


def test_every_edit_of_a_year_is_shown_where_it_was_made(client: FlaskClient) -> None:
    shown = page(client.get(THIS))

    assert text(shown, "//h1") == "澄岭县望杉镇 2023年度：与上年对照"
    assert kinds_shown(shown) == ["same", "same", "figures", "changed", "gone", "new", "same"]
    assert texts(shown, "//span[@class='mark-of']") == ["换了地方", "拆成 2 段"]


def test_the_share_is_that_of_counting_the_slow_way_on_the_page_in_json_and_on_the_report(client: FlaskClient) -> None:
    percent = 100 * sum(copied(each, list(LAST)) for each in NOW) // sum(len(letters(each)) for each in NOW)

    report = page(client.get(f"/reports/{report_id('望杉镇', 2023)}"))

    assert text(page(client.get(THIS)), "//h2[@id='likeness-title']") == f"与上年相同 {percent}%"
    assert told(client, THIS)["overlap"]["percent"] == percent
    assert told(client, f"/reports/{report_id('望杉镇', 2023)}")["report"]["same_as_last_year"] == percent
    assert f"与上年相同{percent}%" in texts(report, "//dl[@class='facts']/div")
    assert links(report, f"{percent}%") == [THIS]


def test_a_result_tells_how_much_of_its_report_is_last_years_and_leads_there(client: FlaskClient) -> None:
    found = told(client, "/search?q=件&collapse=none&size=100")["hits"]
    cards = page(client.get("/?q=件&collapse=none&size=100")).xpath("//article[contains(@class, 'hit')]")

    for hit, card in zip(found, cards, strict=True):
        percent, ways = hit["report"]["same_as_last_year"], card.xpath(".//a[contains(@class, 'last-year')]")
        assert [each.get("href") for each in ways] == (
            [] if percent is None else [f"/reports/{hit['report']['id']}/years"]
        )
        assert all(f"与上年相同 {percent}%" in each.text_content() for each in ways)
    assert {each["report"]["same_as_last_year"] for each in found} >= {None, 100}


def test_what_is_nearly_last_years_is_marked_by_a_word_on_its_report_its_results_and_here(client: FlaskClient) -> None:
    copy = address("望杉镇", 2024)

    report, here = page(client.get(copy.removesuffix("/years"))), page(client.get(copy))
    result = page(client.get("/?q=件&year=2024&collapse=none"))

    assert "100% 的字与上年的报告相同" in text(report, "//p[contains(@class, 'mostly-last-year')]")
    assert links(report, "逐段对照") == [copy]
    assert text(here, "//h2[@id='likeness-title']") == "与上年相同 100% 八成以上"
    assert kinds_shown(here) == ["figures"] * len(NOW)
    assert "八成以上" in text(result, "//a[contains(@class, 'last-year')]")
    assert not page(client.get(f"/reports/{report_id('望杉镇', 2023)}")).xpath("//p[contains(@class, 'mostly-last')]")


def test_each_count_leads_to_as_many_rows_as_it_says(client: FlaskClient) -> None:
    shown = page(client.get(THIS))
    counted = {
        each.get("href"): int(each.xpath("./b")[0].text)
        for each in shown.xpath("//nav[@class='kinds']/a") + shown.xpath("//table//a[@data-none]")
    }
    cells = {each.get("href"): int(each.text_content().split()[-1]) for each in shown.xpath("//td/a")}

    assert len(counted) == 8  # all, five kinds, moved, split or merged
    assert cells
    for url, count in {**counted, **cells}.items():
        assert len(page(client.get(url)).xpath("//article")) == count
        assert told(client, url)["total"] == count


def test_the_counts_of_the_parts_and_of_the_whole_are_those_of_the_rows(client: FlaskClient) -> None:
    found = told(client, THIS)

    kinds = [row["kind"] for row in found["rows"]]
    assert found["counts"] == {kind: kinds.count(kind) for kind in KINDS}
    for kind in KINDS:
        assert sum(part["counts"][kind] for part in found["sections"]) == found["counts"][kind]
    assert found["moved"] == sum(row["moved"] for row in found["rows"])
    assert sum(part["overlap"]["shared"] for part in found["sections"]) == found["overlap"]["shared"]


def test_every_passage_of_both_reports_is_there_once_linked_and_can_be_collected(client: FlaskClient) -> None:
    shown = page(client.get(THIS))

    ours = [f"/reports/{report_id('望杉镇', 2023)}#p-{number}" for number in range(1, len(NOW) + 1)]
    theirs = [f"/reports/{report_id('望杉镇', 2022)}#p-{number}" for number in range(1, len(LAST) + 1)]
    assert sorted(shown.xpath("//p[@class='side-of']/a/@href")) == sorted(ours + theirs)
    assert len(shown.xpath("//article//button[@data-collect]")) == len(ours + theirs)


def test_differences_are_marked_as_left_out_on_one_side_and_written_on_the_other(client: FlaskClient) -> None:
    shown = page(client.get(f"{THIS}?kind=figures"))

    old = texts(shown, "//div[contains(@class, 'theirs')]//del[@class='figure']")
    new = texts(shown, "//div[contains(@class, 'ours')]//ins[@class='figure']")
    assert [int(each) + 1 for each in old] == [int(each) for each in new] != []
    said = [f"{was} → {now}" for was, now in zip(old, new, strict=True)]
    assert text(shown, "//p[@class='figures-line']") == f"数字：{'；'.join(said)}"
    assert not shown.xpath("//div[contains(@class, 'theirs')]//ins | //div[contains(@class, 'ours')]//del")


def test_a_year_that_is_missing_between_is_said(client: FlaskClient) -> None:
    shown = page(client.get(address("望杉镇", 2022)))

    assert text(shown, "//h1") == "澄岭县望杉镇 2022年度：与2019年度对照"
    assert text(shown, "//p[@class='notice']").startswith("两份报告之间缺 2020、2021 年度的报告，没有收录。")


@pytest.mark.parametrize(
    ("town", "year", "said"),
    [
        ("青蒲街道", 2023, "没有这个乡镇（街道）更早年度的"),
        ("白砾乡", None, "没有识别出这份报告的年度"),
        (None, 2023, "没有识别出这份报告是哪个乡镇"),
    ],
)
def test_where_nothing_is_opposite_it_is_said_why(
    client: FlaskClient, town: str | None, year: int | None, said: str
) -> None:
    response = client.get(address(town, year))

    assert response.status_code == 200
    assert said in text(page(response), "//p[@class='notice']")
    assert not page(response).xpath("//article")


def test_reports_of_the_town_and_those_alike_in_the_county_are_offered_and_open(client: FlaskClient) -> None:
    shown = page(client.get(THIS))
    offered = shown.xpath("//section[@class='choose']//a")

    assert [" ".join(each.text_content().split()) for each in offered] == [
        "2024年度", "2022年度", "2019年度", "云栈镇 2023年度",
    ]  # fmt: skip
    assert [each.text for each in offered if each.get("aria-current")] == ["2022年度"]
    assert "2 段相近" in text(shown, "//section[@class='choose']/div[2]")
    for each in offered:
        assert client.get(each.get("href")).status_code == 200


def test_two_towns_are_compared_in_words_that_take_neither_for_the_source(client: FlaskClient) -> None:
    shown = page(client.get(f"{THIS}?with={report_id('云栈镇', 2023)}"))

    assert text(shown, "//h1") == "澄岭县望杉镇 2023年度：与澄岭县云栈镇2023年度对照"
    assert {"一字不差 1", "只有数字不同 1", "只有对方有 1"} <= set(texts(shown, "//nav[@class='kinds']/*"))


def test_the_same_report_twice_is_refused_in_plain_words(client: FlaskClient) -> None:
    response = client.get(f"{THIS}?with={report_id('望杉镇', 2023)}")

    assert response.status_code == 400
    assert "两边是同一份报告" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("with=ffffffffffff", 404), ("with=x", 404), ("kind=old", 400), ("section=没有", 400), ("leaf=0", 400),
        ("leaf=2", 404), ("kind=new&kind=gone", 400), ("kind=&section=&with=&leaf=", 200), ("unknown=1", 200),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_meant_is_refused_and_what_is_unknown_is_passed_over(
    client: FlaskClient, query: str, status: int
) -> None:
    response = client.get(f"{THIS}?{query}")

    assert response.status_code == status
    assert "unknown=" not in "".join(page(response).xpath("//main//@href"))


def test_many_rows_are_turned_leaf_by_leaf_and_none_is_lost(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(years_answers, "ROWS", 3)

    leaves = [page(client.get(f"{THIS}?leaf={leaf}")) for leaf in (1, 2, 3)]

    assert [len(each.xpath("//article")) for each in leaves] == [3, 3, 1]
    assert links(leaves[0], "第 2 页") == [f"{THIS}?leaf=2"]
    assert [len(told(client, f"{THIS}?leaf={leaf}")["rows"]) for leaf in (1, 2, 3)] == [3, 3, 1]


def test_the_rows_that_are_shown_are_exported_with_what_they_are(client: FlaskClient) -> None:
    way = next(each for each in links(page(client.get(f"{THIS}?kind=gone")), "CSV"))
    response = client.get(way)
    head, columns, *rows = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))

    assert "只" not in head[0] or "删去" in head[0]
    assert columns[:3] == ["变化", "章节类型", "标题"]
    assert [(row[0], row[4]) for row in rows] == [("删去", sample.DROPPED)]


@pytest.mark.parametrize("form", ["docx", "md", "csv", "xlsx"])
@pytest.mark.parametrize("root", ["", "/api/v1"])
def test_a_comparison_is_exported_in_every_format(client: FlaskClient, form: str, root: str) -> None:
    response = client.get(f"{root}{THIS}/export?format={form}")

    assert response.status_code == 200
    assert f".{form}" in response.headers["Content-Disposition"]
    assert len(response.get_data()) > 500


def test_a_report_without_a_counterpart_is_not_exported(client: FlaskClient) -> None:
    assert client.get(f"{address('青蒲街道', 2023)}/export?format=md").status_code == 400
