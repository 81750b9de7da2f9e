"""The page of topics × towns: every number on it is the total of the search that it links to."""

import csv
import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from openpyxl import load_workbook

from search_app import searching
from search_app.comparing import matrix
from search_app.query import Deadline
from search_app.web import create_app
from search_app.web.pages import matrix_page
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts


def total(client: FlaskClient, address: str) -> tuple[int, int]:
    """Return the passages and reports that a search finds."""
    told = client.get(f"/api/v1/search{address[1:]}").get_json()
    return told["total"], told["reports"]


def numbers(tree: HtmlElement) -> list[tuple[str, int, int]]:
    """Return every number of the matrix that is a link: its address, the passages, and the reports said beside it."""
    found = []
    for link in tree.xpath("//table//a[contains(@class, 'count')]"):
        passages = int(link.text.replace(",", ""))
        (reports,) = re.findall(r"来自 ([\d,]+) 份", link.text_content())
        found.append((link.get("href"), passages, int(reports.replace(",", ""))))
    return found


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?columns=year",
        "?columns=county&rows=section",
        "?q=矛盾纠纷",
        "?q=议事会&columns=year",
        "?exemplary=1",
        "?county=澄岭县&year=2022&year=2023",
        "?not.topic=行政执法&not.town=青蒲街道",
        "?topic=行政执法&topic=数字法治&columns=county",
        "?town=望杉镇&section=不足和原因",
        "?q=没有这个词",
    ],
)
def test_every_number_is_the_total_of_the_search_it_links_to(client: FlaskClient, query: str) -> None:
    shown = page(client.get(f"/matrix{query}"))

    for address, passages, reports in numbers(shown):
        assert (passages, reports) == total(client, address), address


def test_cells_without_a_link_find_nothing(client: FlaskClient) -> None:
    shown = page(client.get("/matrix?columns=year"))
    years = texts(shown, "//thead//th")[1:-1]

    empty = 0
    for row in shown.xpath("//tbody/tr"):
        topic = row.xpath("string(th/span[@class='line-name'])")
        for year, cell in zip(years, row.xpath("td")[:-1], strict=True):
            if not cell.xpath("a[contains(@class, 'count')]"):
                empty += 1
                wanted = {"topic": "未识别" if topic == "未归类" else topic, "year": year}
                assert client.get("/api/v1/search", query_string=wanted).get_json()["total"] == 0
    assert empty


def test_the_best_of_a_cell_opens_in_its_report_and_says_its_score(client: FlaskClient) -> None:
    shown = page(client.get("/matrix?topic=矛盾化解"))

    best = shown.xpath("//tbody//a[@class='best']")
    assert best
    for each in best:
        words = " ".join(each.text_content().split())
        assert int(words.rpartition(" 分")[0].rpartition(" ")[2]) >= 60
        assert client.get(each.get("href")).status_code == 200


def test_a_row_leads_to_its_strongest_practices_side_by_side(client: FlaskClient) -> None:
    shown = page(client.get("/matrix?topic=矛盾化解"))
    (address,) = links(shown, "对照最实的")

    assert "3 段对照" in text(page(client.get(address)), "//h1")


def test_totals_are_said_to_count_each_passage_once(client: FlaskClient) -> None:
    shown = page(client.get("/matrix"))

    assert "合计里每段只算一次" in text(shown, "//p[contains(@class, 'took')]")


def test_years_run_from_the_oldest_on_and_towns_by_their_sound(client: FlaskClient) -> None:
    years = texts(page(client.get("/matrix?columns=year")), "//thead//th")[1:-1]
    towns = texts(page(client.get("/matrix?county=澄岭县")), "//thead//th")[1:-1]

    assert all(first < then for first, then in pairwise(each for each in years if each != "未识别"))
    assert towns == ["白砾乡", "澄岭县望杉镇", "云栈镇"]


def test_more_towns_than_stand_beside_each_other_are_turned_over_and_a_county_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "MOST_COLUMNS", 2)
    monkeypatch.setattr(matrix_page, "MOST_COLUMNS", 2)
    client = fresh(tmp_path).test_client()
    first, second = (page(client.get(f"/matrix?leaf={leaf}")) for leaf in (1, 2))

    assert "乡镇共 7 个，一次并排 2 个，这是第 1–2 个" in text(first, "//p[contains(., '一次并排')]")
    assert "合计包括没有列出的" in text(first, "//p[contains(@class, 'took')]")
    assert not set(texts(first, "//thead//th")[1:-1]) & set(texts(second, "//thead//th")[1:-1])
    assert links(first, "澄岭县")[0].startswith("/matrix?county=")
    assert client.get("/matrix?leaf=5").status_code == 404
    for address, passages, reports in numbers(second):
        assert (passages, reports) == total(client, address)


def fresh(folder: Path) -> Flask:
    """Return an app of its own over the sample shelf."""
    return create_app(sample.settings(folder), engine=sample.engine())


def test_a_matrix_follows_the_index(tmp_path: Path) -> None:
    engine = sample.engine()
    client = create_app(sample.settings(tmp_path), engine=engine).test_client()
    before = client.get("/api/v1/matrix").get_json()["passages"]
    report, passages = sample.ordinary("澄岭县", "新设镇", 2023)
    with engine.writing() as writer:
        writer.put(report, passages)

    assert client.get("/api/v1/matrix").get_json()["passages"] == before + len(passages)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("rows=town", "“行”（rows）写成了“town”"),
        ("columns=topic", "“列”（columns）写成了“topic”"),
        ("leaf=0", "leaf"),
        ("best=2", "best"),
        ("year=x", "年度"),
        ("columns=year&columns=town", "写了 2 个"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name(client: FlaskClient, query: str, said: str) -> None:
    refused = client.get(f"/matrix?{query}")

    assert refused.status_code == 400
    assert said in refused.get_data(as_text=True)


def test_what_is_no_parameter_of_ours_is_dropped_from_links(client: FlaskClient) -> None:
    shown = page(client.get("/matrix?x=1&page=7&sort=newest"))

    assert not [each for each in shown.xpath("//main//a/@href") if "x=1" in each or "page=7" in each]


@pytest.mark.index_folder
def test_a_matrix_that_runs_out_of_time_says_so_and_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = fresh(tmp_path).test_client()
    with monkeypatch.context() as hurried:
        hurried.setattr(searching, "give_time", lambda _: Deadline(0.0, lambda: 1.0))
        shown = page(client.get("/matrix?columns=year"))
        told = client.get("/api/v1/matrix?columns=year").get_json()
    after = client.get("/api/v1/matrix?columns=year").get_json()

    assert "时间用完了" in text(shown, "//p[contains(@class, 'is-partial')]")
    assert (told["partial"], after["partial"], after["passages"]) == (True, False, 77)


def test_the_filters_keep_rows_columns_and_words(client: FlaskClient) -> None:
    shown = page(client.get("/matrix?rows=section&columns=county&q=矛盾纠纷&best=0"))
    kept = {
        (each.get("name"), each.get("value")) for each in shown.xpath("//form[@id='narrow']//input[@type='hidden']")
    }

    assert {("rows", "section"), ("columns", "county"), ("q", "矛盾纠纷"), ("best", "0")} <= kept


@pytest.mark.parametrize("form", ["xlsx", "csv", "md", "docx"])
def test_the_matrix_is_had_as_a_file_with_the_numbers_of_the_page(client: FlaskClient, form: str) -> None:
    shown = page(client.get("/matrix?columns=year&best=0"))
    (address,) = [each for each in shown.xpath("//details[@class='exports']//a/@href") if f"format={form}" in each]
    answer = client.get(address)

    assert answer.status_code == 200
    if form not in ("xlsx", "csv"):
        return
    on_page = [
        [int(re.sub(r"\D.*", "", each)) for each in texts(row, "td")] for row in shown.xpath("//tbody/tr | //tfoot/tr")
    ]
    assert [row[1 : 1 + len(on_page[0])] for row in rows_of(answer.get_data(), form)] == on_page


def rows_of(content: bytes, form: str) -> list[list[object]]:
    """Return the rows below the heads of a file."""
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [[int(cell) if cell.isdigit() else cell for cell in row] for row in read[2:]]


def test_the_same_is_had_as_json(client: FlaskClient) -> None:
    told = client.get("/api/v1/matrix?columns=year&county=澄岭县").get_json()

    assert told["columns"] == "year"
    for line in told["lines"]:
        for column, cell in zip(told["across"], line["cells"], strict=True):
            topic = line["value"] or "未识别"
            wanted = {"topic": topic, "year": column["value"], "county": "澄岭县"}
            found = client.get("/api/v1/search", query_string=wanted).get_json()
            assert (cell["passages"], cell["reports"]) == (found["total"], found["reports"])


def test_reports_that_mean_harm_stay_text(client: FlaskClient) -> None:
    answer = client.get("/matrix").get_data(as_text=True)

    assert "<script>alert" not in answer
