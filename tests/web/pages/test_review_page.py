"""The county wall as a page: every cell says what the review found and leads to where it can be read."""

import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from search_app.indexing import report_id
from search_app.query import Deadline
from search_app.web import create_app, review_answers
from search_app.web.state import of as site_of
from tests.reviewing.building import LONG, OTHER, holding, of
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts
from tests.web.review_sample import WALL, review_app

PARTS = ("第一责任人履职", "主要举措和成效", "不足和原因", "下年度安排")
BRIDGE, LAMP = (report_id(f"甲县{town}2023.txt") for town in ("石桥镇", "灯台镇"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return review_app(tmp_path_factory.mktemp("review")).test_client()


def row(client: FlaskClient, town: str, url: str = WALL) -> list[str]:
    """Return the cells of a town's row."""
    shown = page(client.get(url))
    return texts(shown, f"//tr[th/a[1]='{town}']/td")


def said(cell: str) -> str:
    """Return a cell without what only screen readers are told."""
    return re.sub("：[^：]+，[^ ]+", "", cell)


def test_what_needs_a_look_comes_first(client: FlaskClient) -> None:
    towns = texts(page(client.get(WALL)), "//table[@class='wall']//tbody//th/a[1]")

    assert towns == ["松岭乡", "云溪乡", "石桥镇", "灯台镇", "白砾镇"]


def test_every_cell_says_by_sign_and_words_what_holds_of_a_part(client: FlaskClient) -> None:
    cells = [said(cell) for cell in row(client, "云溪乡")]

    assert cells == ["×缺", "△单薄 6 字", "×缺", "√101 字", "没有更早的", "没有写日期"]


def test_a_part_that_is_thin_and_copied_says_everything(client: FlaskClient) -> None:
    shown = page(client.get(WALL))
    (cell,) = shown.xpath("//tr[th/a[1]='石桥镇']/td[3]")

    assert [said(each) for each in texts(cell, "./a")] == ["△单薄 47 字", "≡100% 同灯台镇2023", "＝100% 同上年"]
    assert cell.xpath("./a/@href") == [
        f"/reports/{BRIDGE}#p-3",
        f"/reports/{BRIDGE}/years?with={LAMP}",
        f"/reports/{BRIDGE}/years",
    ]


def test_a_link_is_told_apart_by_town_and_part_to_who_hears_it(client: FlaskClient) -> None:
    (first, *_) = texts(page(client.get(WALL)), "//tr[th/a[1]='云溪乡']/td[1]/a")

    assert first == "×缺：云溪乡，第一责任人履职"


def test_a_town_without_a_report_leads_to_the_years_it_handed_in_for(client: FlaskClient) -> None:
    shown = page(client.get(WALL))

    assert text(shown, "//tr[th/a[1]='松岭乡']/td[1]").startswith("○未收录")
    assert shown.xpath("//tr[th/a[1]='松岭乡']/td[1]//a/@href") == [f"/review?county={quote('甲县')}&year=2022"]


def test_a_town_without_a_report_of_the_year_that_has_one_without_a_year_is_told_so(tmp_path: Path) -> None:
    held = holding(of("石桥镇", 2022, 主=LONG), of("石桥镇", None, 主=OTHER), of("云溪乡", 2023, 主=LONG[::-1]))
    client = create_app(sample.settings(tmp_path), engine=held).test_client()

    shown = page(client.get(WALL))

    assert text(shown, "//tr[th/a[1]='石桥镇']/th//span[@class='remark']") == "另有 1 份没有识别出年度，见表下"
    assert shown.xpath("//tr[th/a[1]='云溪乡']//span[@class='remark']") == []


def test_a_missing_part_that_another_passage_speaks_of_leads_there(tmp_path: Path) -> None:
    held = holding(of("石桥镇", 2023, 不="不足在学法。", 主="镇长任组长，履行第一责任人职责。"))
    client = create_app(sample.settings(tmp_path), engine=held).test_client()

    (cell,) = page(client.get(WALL)).xpath("//tr[th/a[1]='石桥镇']/td[1]")

    assert [said(each) for each in texts(cell, "./a")] == ["×缺", "第 2 段提到"]
    assert cell.xpath("./a/@href")[1] == f"/reports/{BRIDGE}#p-2"
    told = client.get(f"/api/v1{WALL}").get_json()["rows"][0]["parts"]
    assert [each["mentioned"] for each in told] == [f"{BRIDGE}-2", None, None, None]


def test_a_year_that_nobody_handed_in_for_is_said_to_be_one(client: FlaskClient) -> None:
    shown = page(client.get("/review?county=甲县&year=1999"))

    assert text(shown, "//p[@class='notice']").startswith("没有收录甲县 1999 年度的报告")


def test_a_town_is_told_that_its_years_stand_in_their_own_order(client: FlaskClient) -> None:
    shown = page(client.get("/review?county=甲县&town=石桥镇"))

    assert texts(shown, "//section[@class='rules']//li")[-1] == "排列：从最近的年度往前。"


def test_what_cannot_be_used_leads_back_to_the_page_itself(client: FlaskClient) -> None:
    shown = page(client.get("/review?town=石桥镇"))

    assert ("去掉全部条件，重新看这一页", "/review") in [(each.text, each.get("href")) for each in shown.iter("a")]


def test_a_late_report_is_marked_and_the_rule_is_named(client: FlaskClient) -> None:
    shown = page(client.get(WALL))

    assert row(client, "白砾镇")[-1] == "!成文 2024-03-05 晚"
    assert "《法治政府建设与责任落实督察工作规定》（2019年）" in text(shown, "//section[@class='rules']")


def test_the_tiles_count_the_rows(client: FlaskClient) -> None:
    tiles = texts(page(client.get(WALL)), "//li[starts-with(@class, 'tile ')]")

    assert tiles == [
        "5 个乡镇（街道）", "○1 未收录", "√3 四个部分齐全", "×1 缺第一责任人履职", "×1 缺不足和原因",
        "≡2 有与他镇相同的", "＝1 有与本镇往年相同的", "△3 有单薄的", "!1 晚于时限",
    ]  # fmt: skip


def test_what_stands_apart_is_listed_below_with_the_reason(client: FlaskClient) -> None:
    assert texts(page(client.get(WALL)), "//section[@class='apart']//li") == [
        "望杉镇年度报告甲县望杉镇，没有识别出年度",
        "青蒲乡2023年度报告甲县青蒲乡2023，文种是“述职述廉报告”，不是法治政府建设年度报告",
    ]


def test_all_counties_are_shown_where_none_is_asked_each_with_the_way_to_its_wall(client: FlaskClient) -> None:
    shown = page(client.get("/review"))

    assert text(shown, "//h1") == "各县（区、市）2023年报告体检"
    assert texts(shown, "//tbody//th") == ["甲县", "乙县"]
    assert f"/review?county={quote('甲县')}&year=2023" in links(shown, "甲县")
    assert texts(shown, "//tr[th='甲县']/td") == ["5", "1", "3", "1", "0", "1", "0", "2", "1", "3", "1"]


def test_a_town_has_a_row_for_each_year(client: FlaskClient) -> None:
    shown = page(client.get("/review?county=甲县&town=石桥镇"))

    assert texts(shown, "//tbody//th/a[1]") == ["2023 年", "2022 年"]
    assert links(shown, "甲县全部乡镇") == [f"/review?county={quote('甲县')}"]


def test_every_year_is_a_link_and_the_one_shown_is_marked(client: FlaskClient) -> None:
    shown = page(client.get(WALL))

    assert texts(shown, "//nav[@aria-label='年度']//a") == ["2023 年（4）", "2022 年（2）"]
    assert texts(shown, "//nav[@aria-label='年度']//a[@aria-current='page']") == ["2023 年（4）"]


def test_the_spreadsheet_holds_what_the_page_shows(client: FlaskClient) -> None:
    shown = page(client.get(WALL))
    (way,) = links(shown, "导出 Excel")

    response = client.get(way)

    assert response.status_code == 200
    sheet = load_workbook(io.BytesIO(response.data))["表"]
    names, *rows = sheet.iter_rows(values_only=True)
    cells = {line[1]: dict(zip(names, line, strict=True)) for line in rows}
    for town in texts(shown, "//table[@class='wall']//tbody//th/a[1]"):
        seen = row(client, town)
        for part, cell in zip(PARTS, seen[:4] if len(seen) > 4 else (), strict=False):
            size = re.search(r"([\d,]+) 字", cell)
            assert cells[town][f"{part}：字数"] == (int(size[1].replace(",", "")) if size else 0)
            for share in re.findall(r"(\d+)% 同", cell):
                assert f"{share}%" in str(cells[town][part])
    linked = [cell.hyperlink.target for line in sheet.iter_rows() for cell in line if cell.hyperlink]
    assert linked
    assert all(str(address).startswith("http://localhost/reports/") for address in linked)


@pytest.mark.parametrize("form", ["docx", "csv", "md", "xlsx"])
def test_every_format_is_handed_out_by_page_and_api(client: FlaskClient, form: str) -> None:
    for path in ("/review/export", "/api/v1/review/export"):
        response = client.get(f"{path}?county=甲县&year=2023&format={form}")

        assert response.status_code == 200
        assert quote("甲县2023年报告体检") in response.headers["Content-Disposition"]


def test_json_and_page_tell_the_same(client: FlaskClient) -> None:
    told = client.get(f"/api/v1{WALL}").get_json()

    assert [each["town"] for each in told["rows"]] == ["松岭乡", "云溪乡", "石桥镇", "灯台镇", "白砾镇"]
    assert told["totals"]["towns"] == 5
    assert [each["reason"] for each in told["apart"]] == ["no_year", "other_kind"]


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("year=23", 400, "年度"),
        ("year=未识别", 400, "四位数字"),
        ("year=2023&year=2022", 400, "2 个"),
        ("county=甲县&county=乙县", 400, "2 个"),
        (f"county={'县' * 65}", 400, "太长"),
        ("town=石桥镇", 400, "甲县、乙县都有"),
        ("county=丙县", 404, "没有收录“丙县”"),
        ("county=甲县&town=无此镇", 404, "没有收录"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_plain_words(
    client: FlaskClient, query: str, status: int, word: str
) -> None:
    for path in ("/review", "/api/v1/review"):
        response = client.get(f"{path}?{query}")

        assert response.status_code == status
        assert word in response.get_data(as_text=True)


def test_an_unknown_parameter_is_passed_over_and_in_no_link(client: FlaskClient) -> None:
    shown = page(client.get(f"{WALL}&from=wechat&x=1"))

    assert text(shown, "//h1") == "甲县2023年报告体检"
    assert not [url for url in shown.xpath("//main//a/@href") if "wechat" in url or "x=1" in url]


def test_what_is_not_checked_yet_is_said_to_be_so_and_checked_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = review_app(tmp_path)
    monkeypatch.setattr("search_app.searching.give_time", lambda _: Deadline(0.0, lambda: 1.0))

    first = page(app.test_client().get(WALL))
    site = site_of(app)
    review_answers.check_meanwhile(site).join(60)
    second = page(app.test_client().get(WALL))

    assert "还有 3 份没有核对" in text(first, "//p[@id='checking']")
    assert texts(first, "//td[@class='w-pending']") == ["…正在核对"] * 3
    assert not second.xpath("//p[@id='checking']")


def test_the_page_of_what_is_held_leads_here_and_counts_copies(client: FlaskClient) -> None:
    shown = page(client.get("/about"))

    assert "/review" in links(shown, "报告体检")


def test_an_index_without_reports_says_what_to_do(tmp_path: Path) -> None:
    from search_app.web import create_app
    from tests.reviewing.building import holding
    from tests.web import sample

    client = create_app(sample.settings(tmp_path), engine=holding()).test_client()

    assert "还没有报告" in text(page(client.get("/review")), "//p[@class='notice']")
    assert client.get("/review/export?format=xlsx").status_code == 200
