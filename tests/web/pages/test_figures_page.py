"""The pages of what the reports count: every number is one that the passages hold, every way leads where it says."""

import csv
import io
import re
from threading import Event
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search_app.labelling.figures.extraction import find_counts
from search_app.model import Passage, Report
from search_app.settings import Settings
from search_app.web import create_app, figures_answers
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

THING = f"/figures?what={quote('化解矛盾纠纷')}"


def counted() -> list[tuple[Report, Passage]]:
    """Return the sample's mediated disputes, one of each report that has one."""
    return [
        (report, passage)
        for report, passages in sample.reports()
        for passage in passages
        if any(one.what == "化解矛盾纠纷" for one in passage.figures)
    ]


def shelf(numbers: list[int], said: str = "全年调解矛盾纠纷{}件。") -> FlaskClient:
    """Return a client of a shelf of towns that mediated so many."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for at, number in enumerate(numbers):
            name = f"{at:012x}"
            report = Report(id=name, path=f"{at:03}.txt", title="报告", town=f"{at:03}镇", county="甲县", year=2023)
            words = said.format(number)
            figures = find_counts(words, "主要举措和成效", 2023)
            passage = Passage(id=f"{name}-1", report=name, number=1, text=words, figures=figures)
            writer.put(report, (passage,))
    return create_app(Settings(time_budget=0), engine=engine).test_client()


def test_the_list_names_what_is_counted_with_how_many_of_how_many_towns(client: FlaskClient) -> None:
    shown = page(client.get("/figures"))
    (row,) = shown.xpath("//table[@class='figures-list']//tr[contains(., '化解矛盾纠纷')]")

    assert texts(row, "./*") == ["化解矛盾纠纷", "件", str(len(counted())), "5", "2020—2023"]


def test_a_cell_holds_what_the_report_of_town_and_year_says_and_leads_to_its_passage(client: FlaskClient) -> None:
    shown = page(client.get(THING))
    years = texts(shown, "//table[@class='figures-towns']/thead//th")[1:]
    seen = {
        (text(row, "./th/span"), text(row, "./th/a"), year): (text(cell, ".//a"), cell.xpath(".//a/@href")[0])
        for row in shown.xpath("//table[@class='figures-towns']/tbody/tr")
        for year, cell in zip(years, row.xpath("./td"), strict=True)
        if cell.xpath(".//a")
    }

    assert seen == {
        (report.county, report.town, str(report.year)): (
            f"{passage.figures[0].number}件",
            f"/reports/{report.id}#p-{passage.number}",
        )
        for report, passage in counted()
    }


def test_each_clause_is_shown_as_it_stands_with_its_source(client: FlaskClient) -> None:
    shown = page(client.get(f"{THING}&town=白砾乡&year=2022"))
    (clause,) = shown.xpath("//p[@class='clause']")

    assert text(clause, ".") == "一是推行“板凳议事会”，白砾乡全年调解矛盾纠纷122件"[-len(text(clause, ".")) :]
    assert text(clause, "./mark") == "122件"
    assert text(shown, "//p[@class='said-source']/a").startswith("《澄岭县白砾乡2022年度法治政府建设情况报告》")


def test_median_and_quartiles_are_those_of_the_towns() -> None:
    shown = page(shelf([10, 20, 30, 40, 50, 60, 70, 80, 90]).get(THING))
    (row,) = shown.xpath("//table[contains(@class, 'spreads')]/tbody/tr")

    assert texts(row, "./*") == ["2023", "9", "30", "50", "70"]


def test_what_stands_apart_is_told_by_sign_and_words() -> None:
    shown = page(shelf([40, 41, 42, 43, 44, 45, 46, 4600, 1]).get(THING))

    apart = shown.xpath("//table[@class='figures-towns']//span[@class='one'][span[@class='apart']]")
    assert [text(one, ".") for one in apart] == ["4,600件▲明显偏高", "1件▼明显偏低"]
    assert len(shown.xpath("//*[local-name()='path'][@class='fig-apart']")) == 2


def test_a_part_is_marked_and_takes_no_part_in_the_statistics() -> None:
    shown = page(shelf([5], "其中调解矛盾纠纷{}件。").get(THING))

    assert text(shown, "//table[@class='figures-towns']//span[@class='part']") == "部分"
    assert shown.xpath("//*[local-name()='svg'][@class='figure-plot']") == []


def test_towns_are_ordered_by_their_latest_value_where_asked() -> None:
    client = shelf([5, 900, 30])

    for order, expected in (
        ("", ["000镇", "001镇", "002镇"]),
        ("&sort=most", ["001镇", "002镇", "000镇"]),
        ("&sort=least", ["000镇", "002镇", "001镇"]),
    ):
        shown = page(client.get(THING + order))
        assert texts(shown, "//table[@class='figures-towns']/tbody//th/a") == expected


def test_pages_of_towns_neither_overlap_nor_leave_out() -> None:
    client = shelf(list(range(1, 66)))

    towns = [
        town
        for number in (1, 2, 3)
        for town in texts(page(client.get(f"{THING}&page={number}")), "//table[@class='figures-towns']/tbody//th/a")
    ]
    assert towns == [f"{at:03}镇" for at in range(65)]
    assert client.get(f"{THING}&page=4").status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("topic=天气", "没有“天气”这个主题"),
        ("what=下雨", "没有“下雨”这种数据"),
        ("year=23", "年度写成了“23”"),
        ("sort=up", "sort"),
        ("page=0", "页码"),
        ("year=2022&year=2023", "写了 2 个"),
    ],
)
def test_a_wrong_value_is_refused_in_plain_words(client: FlaskClient, query: str, said: str) -> None:
    answered = client.get(f"/figures?{query}")

    assert answered.status_code == 400
    assert said in answered.get_data(as_text=True)


def test_where_nothing_is_counted_the_page_says_so_and_leads_on(client: FlaskClient) -> None:
    shown = page(client.get(f"{THING}&town=没有的镇"))

    assert "没有读出“化解矛盾纠纷”" in text(shown, "//p[@class='notice']")
    assert links(shown, "全部乡镇、全部年度的") == [THING]


def test_unknown_parameters_are_dropped_from_links(client: FlaskClient) -> None:
    shown = page(client.get(f"{THING}&utm=x"))

    assert not any("utm" in href for href in shown.xpath("//main//a/@href"))


def test_the_file_has_one_row_per_figure(client: FlaskClient) -> None:
    answered = client.get(f"/figures/export?what={quote('化解矛盾纠纷')}&format=csv")
    _, *lines = io.StringIO(answered.get_data(as_text=True))  # what the file is, then its columns
    rows = list(csv.DictReader(lines))

    assert sorted(row["数值"] for row in rows) == sorted(str(passage.figures[0].number) for _, passage in counted())
    assert {row["单位"] for row in rows} == {"件"}
    assert all(re.fullmatch(r"http://localhost/reports/[0-9a-f]{12}#p-\d+", row["链接"]) for row in rows)


def test_the_same_is_given_as_json(client: FlaskClient) -> None:
    told = client.get(f"/api/v1/figures?what={quote('化解矛盾纠纷')}&year=2023").get_json()

    assert told["total"] == len([1 for report, _ in counted() if report.year == 2023])
    assert {(one["county"], one["town"], one["number"]) for one in told["figures"]} == {
        (report.county, report.town, passage.figures[0].number) for report, passage in counted() if report.year == 2023
    }


def test_hits_of_a_search_say_nothing_of_figures(client: FlaskClient) -> None:
    (hit, *_) = client.get("/api/v1/search?q=矛盾纠纷").get_json()["hits"]

    assert "figures" not in hit["passage"]


def test_whoever_asks_while_reports_are_counted_is_told_so_and_told_the_figures_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine, go_on = sample.engine(), Event()
    read = engine.report
    monkeypatch.setattr(engine, "report", lambda report_id: go_on.wait(60) and read(report_id))
    client = create_app(Settings(time_budget=0.01), engine=engine).test_client()

    told, told_too = client.get("/figures"), client.get("/api/v1/figures")
    go_on.set()
    figures_answers.begin_counting(engine).join()

    assert (told.status_code, told_too.status_code) == (503, 503)
    assert "正在清点" in told.get_data(as_text=True)
    assert told.headers["Retry-After"] == "10"
    assert client.get("/figures").status_code == 200
