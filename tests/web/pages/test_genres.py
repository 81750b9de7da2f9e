"""Genres on pages and as JSON: what was searched is said, one click changes it, and other papers say what they are."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.web import create_app
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

RULES = filed(
    "枫河省调解条例.txt",
    "第三条 乡镇人民政府应当组织调解，化解矛盾纠纷。",
    "第四条 行政复议期限为六十日。",
    title="枫河省调解条例",
    kind="法规文件",
    headings=("第一章 总则",),
)
PLAN = filed("方案.txt", "健全调解机制。", title="望杉镇工作方案", kind="工作方案", town="望杉镇", county="澄岭县")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in (*sample.reports()[:3], RULES, PLAN):
            writer.put(report, passages)
    return create_app(sample.settings(tmp_path_factory.mktemp("genres")), engine=engine).test_client()


def query_of(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_a_search_says_what_it_left_out_and_one_click_undoes_it_and_back(mixed: FlaskClient) -> None:
    found = page(mixed.get("/?q=调解&year=2023&year=未识别"))
    (undone,) = links(found, "全部文种都查")
    everything = page(mixed.get(undone))
    (back,) = links(everything, "只查年度报告")

    said = text(found, "//p[contains(@class, 'is-reports_only')]/span")
    assert said == "只查了年度报告，另有 2 段在其他文种里（工作方案 1 段、法规文件 1 段）。"
    assert query_of(undone) == {"q": ["调解"], "year": ["2023", "未识别"], "all_genres": ["1"]}
    assert text(everything, "//p[contains(@class, 'is-all_genres')]/span") == "查的是全部文种，不只年度报告。"
    assert query_of(back) == {"q": ["调解"], "year": ["2023", "未识别"]}


def test_genres_are_a_facet_with_counts_of_what_was_left_out_and_none_is_ticked(mixed: FlaskClient) -> None:
    found = page(mixed.get("/?q=调解"))

    assert texts(found, "//details[@id='facet-genre']//span[@class='name']") == ["年度报告", "工作方案", "法规文件"]
    assert not found.xpath("//details[@id='facet-genre']//input[@checked]")


def test_a_paper_of_another_genre_says_what_it_is_and_how_it_is_called(mixed: FlaskClient) -> None:
    found = page(mixed.get("/?q=调解&genre=法规文件"))

    assert text(found, "//article//p[@class='origin']") == "法规文件 枫河省调解条例 · 其他"
    assert texts(found, "//ul[@class='chips']/li")[0].startswith("文种：法规文件")


def test_what_no_report_holds_is_shown_from_other_genres_with_the_way_back(mixed: FlaskClient) -> None:
    found = page(mixed.get("/?q=行政复议期限"))
    (back,) = links(found, "仍只看年度报告")

    said = text(found, "//p[contains(@class, 'is-other_genres')]/span")
    assert said == "年度报告里没有找到，以下是其他文种里的段落。"
    assert query_of(back) == {"q": ["行政复议期限"], "genre": ["年度报告"]}


def test_the_start_page_and_what_is_held_name_the_genres(mixed: FlaskClient) -> None:
    held, about = text(page(mixed.get("/")), "//p[@id='held']"), text(page(mixed.get("/about")), "//main")

    assert held.startswith("收录 5 份文件（年度报告 3 份、法规文件 1 份、工作方案 1 份）、")
    assert "检索时只查年度报告，除非选了别的文种" in about


def test_an_index_of_reports_alone_names_no_genre(client: FlaskClient) -> None:
    found, start = page(client.get("/?q=调解")), page(client.get("/"))

    assert not found.xpath("//details[@id='facet-genre'] | //*[contains(@class, 'is-reports_only')]")
    assert not found.xpath("//a[@class='genre']")
    assert "文件（" not in text(start, "//p[@id='held']")


def test_json_says_the_same_and_refuses_a_wrong_switch(mixed: FlaskClient) -> None:
    kept = mixed.get("/api/v1/search?q=调解").get_json()
    every = mixed.get("/api/v1/search?q=调解&all_genres=1").get_json()
    wrong = mixed.get("/api/v1/search?q=调解&all_genres=也许")

    assert (kept["kept_to_reports"], kept["elsewhere"], kept["all_genres"]) == (True, 2, False)
    assert kept["notes"][0]["kind"] == "reports_only"
    assert (every["kept_to_reports"], every["total"]) == (False, kept["total"] + 2)
    assert {each["value"] for each in every["facets"]["genre"]} == {"年度报告", "法规文件", "工作方案"}
    assert wrong.status_code == 400
