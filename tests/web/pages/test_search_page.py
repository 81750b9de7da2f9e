"""The search page: every state has its own words and its own way on."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app import searching
from search_app.errors import IndexDamaged, IndexMissing, IndexOutdated
from search_app.query import Note, NoteKind, Selection
from search_app.searching import Request
from search_app.settings import Settings
from search_app.web import create_app
from search_app.web.view_models import cards, notices
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts


def query_of(url: str) -> dict[str, list[str]]:
    """Return the parameters of an address."""
    return parse_qs(urlsplit(url).query)


def test_the_start_page_invites_with_topics_years_and_figures(client: FlaskClient) -> None:
    start = page(client.get("/"))

    assert "别的镇是怎么做的" in text(start, "//h1")
    assert any("矛盾化解" in item for item in texts(start, "//ul[@class='cloud']/li"))
    assert text(start, "//p[@id='held']").startswith("收录 17 份报告、")
    assert texts(start, "//ul[@class='bars']//span[@class='name']") == [
        "2023 年",
        "2022 年",
        "2021 年",
        "2020 年",
        "未识别",
    ]


def test_a_county_whose_city_some_reports_leave_out_is_counted_once() -> None:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for number, (town, city) in enumerate((("望杉镇", "澄州市"), ("望杉镇", None), ("白砾乡", None))):
            report, passages = sample.ordinary("澄岭县", town, 2020 + number)
            writer.put(replace(report, city=city), passages)
        writer.put(*sample.bare())
    client = create_app(Settings(), engine=engine).test_client()

    assert "1 个县（区、市）的 2 个乡镇（街道）" in text(page(client.get("/")), "//p[@id='held']")
    assert "来自 2 个乡镇" in client.get("/about").get_data(as_text=True)


def test_the_start_page_shows_practices_of_different_towns(client: FlaskClient) -> None:
    towns = texts(page(client.get("/")), "//article[@class='mini']/p[@class='origin']")

    assert len(towns) == len({town.rsplit("·", 1)[0] for town in towns}) > 1


def test_the_count_is_the_same_in_the_heading_and_in_the_title(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=none"))

    assert text(found, "//h1") == "第 1–10 条，共 30 段，来自 15 份报告"
    assert "30 段，来自 15 份报告" in text(found, "//title")


def test_how_a_question_was_read_is_said_only_where_it_is_not_what_was_typed(client: FlaskClient) -> None:
    as_typed = page(client.get("/?q=矛盾纠纷&literal=1"))
    otherwise = page(client.get("/?q=矛盾纠纷 NOT 信访"))

    assert text(as_typed, "//p[contains(@class, 'took')]").startswith("用时")
    assert text(otherwise, "//p[contains(@class, 'took')]").startswith("已按 ")


def test_folded_answers_say_both_numbers(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=similar"))

    assert "共 30 段" in text(found, "//h1")
    assert "折叠后列出 2 条" in text(found, "//h1")
    assert links(found, "另有 14 处相近表述")


def test_a_hit_says_where_it_stands_why_it_is_good_and_leads_there(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=none&year=2022"))
    hit = "(//article[contains(@class,'hit')])[1]"

    assert "2022 年度" in text(found, f"{hit}/p[@class='origin']")
    assert text(found, f"{hit}//mark") == "矛盾纠纷"
    assert texts(found, f"{hit}//ul[@class='reasons']/li") == ["有数字", "有名称的做法", "另有14处写法相近"]
    address = found.xpath(f"{hit}//h2/a")[0].get("href")
    assert urlsplit(address).fragment == "p-2"
    assert query_of(address) == {
        "hl": ["矛盾纠纷"],
        "n": ["1"],
        "q": ["矛盾纠纷"],
        "year": ["2022"],
        "collapse": ["none"],
    }


def test_a_hit_can_be_copied_with_its_source(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=none"))

    quotation = found.xpath("(//button[@data-copy])[1]")[0].get("data-copy")
    assert quotation.endswith("2020年度）一、（一）第2段")
    assert "——《" in quotation


def test_facet_values_are_checkboxes_whose_label_says_the_count(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷"))

    assert "矛盾化解 ，15 段" in texts(found, "//label[input[@name='topic']]")
    assert all(box.get("form") == "search" for box in found.xpath("//input[@type='checkbox'][not(@name='p')]"))


def test_where_all_is_only_near_no_empty_lists_of_values_are_shown(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷 检票口"))

    assert found.xpath("//article")
    assert found.xpath("//details[@class='facet']") == []
    assert "内容相近的段落不计数" in "".join(texts(found, "//div[@class='filters-body']/p[@class='quiet']"))


def test_years_without_reports_stay_in_the_row_of_bars(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷"))

    assert texts(found, "//label[input[@name='year']]/span[@class='name']") == [
        "2023 年",
        "2022 年",
        "2021 年",
        "2020 年",
    ]
    assert found.xpath("//input[@name='year'][@value='2021']")[0].get("disabled") is not None


def test_ticked_values_come_first_and_are_said_in_words(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&town=青蒲街道"))

    assert found.xpath("//input[@name='town']")[0].get("value") == "青蒲街道"
    assert "已选 1" in text(found, "//details[@id='facet-town']/summary")


def test_each_active_filter_is_a_chip_that_takes_it_off(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&year=2022&town=青蒲街道&exemplary=1&page=1"))

    chips = found.xpath("//ul[@class='chips']//a")
    assert [" ".join(chip.text_content().split()) for chip in chips] == [
        "年度：2022 ×，去掉",
        "乡镇（街道）：青蒲街道 ×，去掉",
        "只看：典型做法 ×，去掉",
        "清除全部",
    ]
    assert query_of(chips[0].get("href")) == {"q": ["矛盾纠纷"], "town": ["青蒲街道"], "exemplary": ["1"]}
    assert query_of(chips[-1].get("href")) == {"q": ["矛盾纠纷"]}


def test_every_link_that_changes_the_question_starts_from_the_first_page(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=none&page=2&year=2022&year=2023"))

    changing = found.xpath("//ul[@class='chips']//a | //div[@class='toolbar']//a | //nav[@class='sizes']//a")
    assert changing
    assert not [item.get("href") for item in changing if "page" in query_of(item.get("href"))]


def test_links_of_filters_are_not_for_crawlers(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&year=2022"))

    assert {item.get("rel") for item in found.xpath("//ul[@class='chips']//a | //div[@class='meta']//a")} == {
        "nofollow"
    }


def test_what_does_not_stand_in_the_box_is_kept_when_the_form_is_sent(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&sort=newest&size=20&collapse=none"))

    kept = {item.get("name"): item.get("value") for item in found.xpath("//input[@type='hidden'][@form='search']")}
    assert kept == {"sort": "newest", "size": "20", "collapse": "none"}


def test_pages_are_links_and_the_current_one_says_so(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=none&page=2"))

    assert text(found, "//h1").startswith("第 11–20 条")
    assert text(found, "//nav[@aria-label='分页']/a[@aria-current='page']") == "第 2 页"
    assert found.xpath("//a[@rel='prev']")
    assert found.xpath("//a[@rel='next']")


def test_no_hits_under_filters_names_each_filter_with_what_it_hides(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&year=2022&topic=信访"))

    assert text(found, "//h1") == "没有找到符合的段落"
    assert "没有找到" in text(found, "//title")
    offers = texts(found, "//div[@class='nothing']//li")
    assert "去掉“主题：信访”，有 10 段" in offers
    assert "去掉全部筛选条件，有 30 段" in offers


def test_no_hits_for_words_offers_milder_words_and_what_is_held(client: FlaskClient) -> None:
    found = page(client.get("/?q=“完全没有这句话”"))

    assert links(found, "去掉引号")
    assert links(found, "看看收录了哪些镇")


@pytest.mark.parametrize("signs", ["？？", "！！！", "“”", "-", "()", "*", "镇:"])
def test_a_query_of_signs_alone_says_so_counts_nothing_and_is_kept_in_the_box(client: FlaskClient, signs: str) -> None:
    response = client.get("/", query_string={"q": signs, "year": "2022"})
    found = page(response)

    assert response.status_code == 400
    assert "里没有可以检索的字" in text(found, "//h1")
    assert not found.xpath("//main//article | //main//details")
    assert found.xpath("//input[@id='q']/@value") == [signs]


def test_a_query_of_signs_alone_is_an_error_with_its_code_as_json(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=！！！")

    assert response.status_code == 400
    assert response.get_json()["error"]["code"] == "nothing_to_search"


def test_a_quoted_sign_is_looked_for(client: FlaskClient) -> None:
    assert client.get("/?q=“！”").status_code == 200


def test_a_query_that_was_mended_says_how(client: FlaskClient) -> None:
    found = page(client.get("/?q=(矛盾纠纷"))

    assert "括号没有配对" in text(found, "//p[contains(@class,'notice')]")
    assert links(found, "改为检索：矛盾纠纷") == ["/?q=%E7%9F%9B%E7%9B%BE%E7%BA%A0%E7%BA%B7"]


def test_each_note_carries_the_click_that_undoes_it_or_follows_it() -> None:
    notes = (
        Note(kind=NoteKind.ALSO, message="也搜了“办事窗口”。"),
        Note(kind=NoteKind.CORRECTED, message="没有找到“工开”，已改搜“公开”。", query="公开"),
        Note(kind=NoteKind.DID_YOU_MEAN, message="您是不是要找：调解", query="调解"),
        Note(kind=NoteKind.WIDENED, message="后面的包含部分词。"),
    )
    results = searching.search(sample.engine(), Request(text="工开", selection=Selection(year=(2022,))))
    shown = notices.notices(replace(results, notes=notes))

    assert [(each.link.text, query_of(each.link.url)) for each in shown if each.link] == [
        ("只搜原词", {"q": ["工开"], "year": ["2022"], "also": ["0"]}),
        ("仍搜“工开”", {"q": ["工开"], "year": ["2022"], "literal": ["1"]}),
        ("调解", {"q": ["调解"], "year": ["2022"]}),
    ]
    assert [each.text for each in shown[2:]] == ["您是不是要找：", "后面的包含部分词。"]


def test_what_was_switched_off_is_said_and_can_be_switched_on_again() -> None:
    results = searching.search(sample.engine(), Request(text="调解", also=False, literal=True))
    shown = notices.notices(replace(results, notes=()))

    assert [query_of(each.link.url) for each in shown if each.link] == [
        {"q": ["调解"], "also": ["0"]},
        {"q": ["调解"], "literal": ["1"]},
    ]


def test_a_click_is_offered_once() -> None:
    notes = (
        Note(kind=NoteKind.PLANNED, message="写在上一年的报告里。"),
        Note(kind=NoteKind.LEANING, message="优先列出打算。"),
    )
    results = searching.search(sample.engine(), Request(text="调解"))
    shown = notices.notices(replace(results, notes=notes))

    assert [each.link and query_of(each.link.url) for each in shown] == [{"q": ["调解"], "literal": ["1"]}, None]


def test_switches_of_the_address_stay_with_every_link_and_with_the_form(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=none&also=0&literal=1&year=2022"))

    ways = found.xpath(
        "//div[@class='toolbar']//a | //ul[@class='chips']//a | //article//h2/a | //nav[@class='sizes']//a"
    )
    assert ways
    assert {tuple(query_of(way.get("href")).get(name, [""])[0] for name in ("also", "literal")) for way in ways} == {
        ("0", "1")
    }
    kept = {item.get("name"): item.get("value") for item in found.xpath("//input[@type='hidden'][@form='search']")}
    assert kept == {"collapse": "none", "also": "0", "literal": "1"}


def test_words_that_never_stand_together_are_relaxed_and_it_is_said(client: FlaskClient) -> None:
    found = page(client.get("/?q=板凳议事会 持证上岗"))

    assert "没有同时包含全部词的段落" in text(found, "//p[contains(@class,'relaxed')]")
    assert found.xpath("//article")


def test_a_town_with_its_year_jumps_straight_to_the_report(client: FlaskClient) -> None:
    found = page(client.get("/?q=青蒲街道2022"))

    jump = found.xpath("//p[contains(@class,'jump')]/a")[0]
    assert jump.get("href") == f"/reports/{sample.report_id('沅坪县/青蒲街道/2022.txt')}"


def test_a_town_with_more_reports_than_are_offered_has_a_way_to_all_of_them(client: FlaskClient) -> None:
    (way,) = links(page(client.get("/?q=望杉镇")), "全部 6 份报告")
    found = page(client.get(way))

    assert "来自 6 份报告" in text(found, "//h1")
    assert not links(page(client.get("/?q=青蒲街道")), "全部 3 份报告")


def test_the_title_of_an_error_is_no_sentence(client: FlaskClient) -> None:
    assert text(page(client.get("/?page=99")), "//title").endswith("第 1 页 · 法治年报检索")


def test_a_page_after_the_last_is_not_found_and_leads_to_the_last(client: FlaskClient) -> None:
    response = client.get("/?q=矛盾纠纷&collapse=none&page=9")

    assert response.status_code == 404
    assert links(page(response), "去最后一页") == ["/?q=%E7%9F%9B%E7%9B%BE%E7%BA%A0%E7%BA%B7&collapse=none&page=3"]


def test_a_value_that_cannot_be_meant_is_refused_in_plain_words_and_the_rest_is_kept(client: FlaskClient) -> None:
    response = client.get("/?q=矛盾纠纷&year=2022&sort=best&years=1")

    assert response.status_code == 400
    assert text(page(response), "//h1") == "网址里“排序”（sort）写成了“best”，用不了"
    assert "town（乡镇）" in text(page(response), "//p[@class='hint']")
    (way,) = links(page(response), "去掉这一项，其余照旧")
    assert query_of(way) == {"q": ["矛盾纠纷"], "year": ["2022"]}


def test_what_is_no_parameter_is_passed_over_told_and_stands_in_no_link(client: FlaskClient) -> None:
    plain, found = (page(client.get(f"/?q=矛盾纠纷{more}")) for more in ("", "&years=2022&utm_source=chat"))

    assert text(found, "//p[contains(@class,'is-ignored')]") == "网址里的“years”不是检索条件，没有用上。"
    assert text(found, "//h1") == text(plain, "//h1")
    assert found.xpath("//a/@href") == plain.xpath("//a/@href")
    assert "“years”" in client.get("/?years=2022").get_data(as_text=True)


@pytest.mark.parametrize(
    ("url", "last"),
    [
        ("/?q=矛盾纠纷&collapse=none&page=9999", "/?q=矛盾纠纷&collapse=none&page=3"),
        ("/?q=矛盾纠纷&collapse=none&page=9999&size=100", "/?q=矛盾纠纷&collapse=none&size=100"),
        ("/facets/town?q=矛盾纠纷&leaf=9999&find=wsz", "/facets/town?find=wsz&q=矛盾纠纷"),
        (
            f"/reports/{sample.report_id('无名.txt')}?leaf=9999&hl=讲法",
            f"/reports/{sample.report_id('无名.txt')}?hl=讲法",
        ),
        (
            f"/passages/{sample.report_id('无名.txt')}-1/similar?page=9999",
            f"/passages/{sample.report_id('无名.txt')}-1/similar",
        ),
        (
            f"/passages/{sample.report_id('无名.txt')}-1/related?page=9999&year=1999&back=q%3D讲法&n=1",
            f"/passages/{sample.report_id('无名.txt')}-1/related?back=q=讲法&n=1&year=1999",
        ),
    ],
)
def test_a_page_after_the_last_names_the_last_wherever_there_are_pages(
    client: FlaskClient, url: str, last: str
) -> None:
    response = client.get(url)

    assert response.status_code == 404
    (way,) = links(page(response), "去最后一页")
    assert unquote(way) == last
    assert client.get(way).status_code == 200


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/about?x=1", 200),
        ("/about?county=a&county=b", 400),
        ("/about?county=澄岭县&utm_source=chat", 200),
        ("/facets/town?x=1", 200),
        ("/facets/town?order=best", 400),
        ("/facets/town?page=99", 404),
        ("/facets/town?leaf=99", 404),
        (f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}?x=1", 200),
        (f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}?hl=a&hl=b", 400),
        (f"/reports/{sample.report_id('澄岭县/望杉镇/2020.txt')}/file?x=1", 200),
    ],
)
def test_every_page_passes_over_what_it_does_not_know(client: FlaskClient, url: str, status: int) -> None:
    with client.get(url) as response:
        assert response.status_code == status


@pytest.mark.parametrize(
    ("url", "said"), [("/?section=foo", "没有“foo”这种章节类型"), ("/?topic=foo&q=矛盾", "没有“foo”这个主题")]
)
def test_a_section_or_topic_that_does_not_exist_is_said_so(client: FlaskClient, url: str, said: str) -> None:
    notices = texts(page(client.get(url)), "//p[contains(@class,'notice')]")

    assert [notice for notice in notices if said in notice]


def test_a_value_that_does_not_exist_stays_as_a_chip_with_no_hits(client: FlaskClient) -> None:
    response = client.get("/?town=没有的镇")

    assert response.status_code == 200
    assert "乡镇（街道）：没有的镇 ×，去掉" in texts(page(response), "//ul[@class='chips']//a")


@pytest.mark.parametrize("problem", [IndexMissing, IndexOutdated, IndexDamaged])
def test_an_index_that_cannot_answer_says_what_to_run_and_when_to_come_back(
    problem: type[IndexMissing], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise problem("索引现在不能用")

    engine = ScanningEngine()
    monkeypatch.setattr(engine, "search", fail)
    monkeypatch.setattr(engine, "status", fail)
    client = create_app(Settings(), engine=engine).test_client()
    for url in ("/", "/?q=调解", "/about", "/healthz", "/api/v1/search", "/api/v1/status"):
        response = client.get(url)

        assert response.status_code == 503, url
        assert response.headers["Retry-After"] == "60"
        assert "search-app index" in response.get_data(as_text=True)


def test_an_empty_index_says_what_to_do_first() -> None:
    engine = ScanningEngine()
    with engine.writing():
        pass
    client = create_app(Settings(), engine=engine).test_client()

    assert "索引里还没有报告" in client.get("/").get_data(as_text=True)
    assert "索引里还没有报告" in client.get("/about").get_data(as_text=True)
    assert "没有找到符合的段落" in client.get("/?q=调解").get_data(as_text=True)


@pytest.mark.index_folder
def test_an_older_index_that_answers_for_a_damaged_one_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = sample.engine()
    status = replace(engine.status(), problem="最新的索引损坏，现在用的是上一版")
    monkeypatch.setattr(engine, "status", lambda: status)
    client = create_app(Settings(), engine=engine).test_client()

    for url in ("/", "/about"):
        assert "现在用的是上一版" in client.get(url).get_data(as_text=True)


def test_the_full_list_of_a_facet_can_be_searched_and_leads_back(client: FlaskClient) -> None:
    every = page(client.get("/facets/town?q=矛盾纠纷"))
    found = page(client.get("/facets/town?q=矛盾纠纷&find=望杉"))

    assert len(every.xpath("//ul[@id='values']/li")) == 5
    assert texts(found, "//ul[@id='values']//span[@class='name']") == ["沅坪县望杉镇", "澄岭县望杉镇"]
    assert links(found, "返回结果") == ["/?q=%E7%9F%9B%E7%9B%BE%E7%BA%A0%E7%BA%B7"]


def test_a_facet_that_does_not_exist_has_no_page(client: FlaskClient) -> None:
    assert client.get("/facets/province").status_code == 404


def test_about_shows_towns_by_years_with_what_is_missing(client: FlaskClient) -> None:
    about = page(client.get("/about"))

    row = about.xpath("//tr[th[@scope='row'][text()='青蒲街道']]")[0]
    assert [" ".join(cell.text_content().split()) for cell in row.xpath("td")] == [
        "5 段：青蒲街道2020",
        "缺没有收录",
        "5 段：青蒲街道2022",
        "5 段：青蒲街道2023",
        "–没有",
    ]
    assert "怎样检索" in texts(about, "//section[@class='guide']/h2")
    assert any("没有找到年度" in item for item in texts(about, "//details[@id='warned']//li"))


def test_a_heading_shows_what_found_its_passage() -> None:
    found = searching.search(sample.engine(), Request(text="标题:举措"))
    shown = cards.cards(found)

    assert shown
    assert all("<mark>举措</mark>" in "".join((card.heading, *card.above)) for card in shown)
