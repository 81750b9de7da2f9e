"""The pages beside a passage: what says nearly the same and how it differs, and what other towns did."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.settings import Settings
from search_app.web import create_app
from tests.engines.building import Filed, filed
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")
SIMILAR = f"/passages/{REPORT}-2/similar"


def practice(town: str, said: str, **fields: object) -> Filed:
    """Return a report of a town with one passage on resolving disputes."""
    given = {"topics": ("矛盾化解",), "section": "主要举措和成效", "county": "澄岭县", "year": 2023, "town": town}
    return filed(f"{town}.txt", said, **(given | fields))


def over(*several: Filed) -> FlaskClient:
    """Return a client of an app that holds these reports."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in several:
            writer.put(report, passages)
    return create_app(Settings(), engine=engine).test_client()


def test_the_fold_of_a_hit_leads_to_as_many_as_it_says(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&collapse=similar&year=2022&year=2023"))
    folds = found.xpath("//a[contains(@class, 'folded')][@data-unfold]")

    assert folds
    for fold in folds:
        shown = page(client.get(fold.get("href")))
        assert text(shown, "//h1").startswith(fold.text_content())
        assert len(shown.xpath("//article[@class='variant']")) == int(fold.text_content().split()[1])


def test_folds_are_true_with_other_wordings_and_partial_answers_too(client: FlaskClient) -> None:
    for query in (
        "矛盾纠纷 人才不足",
        "法律明白人",
        "执法 三项制度",
        "调解 -青蒲",
        "执法 三项制度&sort=newest",
        "调节",
    ):
        for fold in page(client.get(f"/?q={query}")).xpath("//a[contains(@class, 'folded')][@data-unfold]"):
            assert text(page(client.get(fold.get("href"))), "//h1").startswith(fold.text_content())


def test_what_stands_here_is_inserted_and_what_stands_above_deleted(client: FlaskClient) -> None:
    shown = page(client.get(f"{SIMILAR}?year=2023&town=望杉镇&county=澄岭县"))
    (variant,) = shown.xpath("//article[@class='variant']")

    assert [(mark.tag, mark.text_content()) for mark in variant.xpath(".//ins | .//del")] == [
        ("del", "120"),
        ("ins", "123"),
    ]
    assert text(shown, "//p[contains(@class,'legend')]").startswith("与上面这一段不同的字：这里的写法，上面的写法")


def test_a_passage_without_a_difference_says_so(client: FlaskClient) -> None:
    shown = page(client.get(f"/passages/{REPORT}-3/similar"))

    assert len(texts(shown, "//span[@class='tag same']")) == 10
    assert not shown.xpath("//article//ins | //article//del")


def test_within_a_search_it_says_how_many_there_are_beyond_and_leads_back(client: FlaskClient) -> None:
    shown = page(client.get(f"{SIMILAR}?q=矛盾纠纷&year=2022"))

    assert text(shown, "//h1").startswith("另有 5 处相近表述")
    assert "全部收录里另有 14 处相近表述" in text(shown, "//p[@class='notice']")
    assert links(shown, "全部列出") == [SIMILAR]
    assert links(shown, "返回结果") == ["/?q=%E7%9F%9B%E7%9B%BE%E7%BA%A0%E7%BA%B7&year=2022"]


def test_pages_of_similar_passages_keep_the_search(client: FlaskClient) -> None:
    shown = page(client.get(f"{SIMILAR}?q=矛盾纠纷"))

    (second,) = links(shown, "第 2 页")
    assert urlsplit(second).path == SIMILAR
    assert parse_qs(urlsplit(second).query) == {"q": ["矛盾纠纷"], "page": ["2"]}
    assert len(page(client.get(second)).xpath("//article[@class='variant']")) == 4


def test_a_passage_that_nothing_is_like_says_so(client: FlaskClient) -> None:
    shown = page(client.get(f"/passages/{sample.report_id('无名.txt')}-1/similar"))

    assert text(shown, "//h1") == "没有相近表述"
    assert "没有别处与这一段表述相近" in text(shown, "//div[@id='variants']")


def test_the_report_page_leads_to_both(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{REPORT}"))

    assert [link.get("href") for link in shown.xpath("//section[@id='p-2']//a[@data-unfold]")] == [SIMILAR]
    assert [link.get("href") for link in shown.xpath("//section[@id='p-2']//a[@class='related']")] == [
        f"/passages/{REPORT}-2/related"
    ]
    assert links(shown, "别的镇怎么写") == [f"/passages/{REPORT}-1/related", f"/passages/{REPORT}-5/related"]


def test_what_other_towns_did_is_listed_with_the_words_it_shares_and_without_copies() -> None:
    said = "设立“板凳议事会”，网格员每周上门排查邻里纠纷，当场调解{}件。"
    own = practice("望杉镇", said.format(42))
    other = practice("云栈镇", "老船工坐堂评理，板凳议事会每周上门排查邻里纠纷。")
    client = over(own, practice("白砾乡", said.format(38)), other)
    shown = page(client.get(f"/passages/{own[1][0].id}/related"))

    assert [where.split()[0] for where in texts(shown, "//article/p[@class='origin']")] == ["云栈镇"]
    assert "邻里纠纷" in "".join(texts(shown, "//article//mark"))
    assert "其他乡镇的 1 段，来自 1 份报告" in text(shown, "//h1")
    assert links(shown, "另有 1 处相近表述") == [f"/passages/{own[1][0].id}/similar"]


def test_what_other_towns_did_is_narrowed_by_the_address_and_widened_by_a_chip() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。")
    client = over(own, practice("白砾乡", "网格员排查邻里纠纷，劝。", year=2022), practice("云栈镇", "邻里纠纷少了。"))
    address = f"/passages/{own[1][0].id}/related"
    shown = page(client.get(f"{address}?year=2022"))

    assert [where.split()[0] for where in texts(shown, "//article/p[@class='origin']")] == ["白砾乡"]
    assert links(shown, "年度：") == [address]


def test_where_no_other_town_has_anything_the_page_leads_on(client: FlaskClient) -> None:
    shown = page(client.get(f"/passages/{REPORT}-2/related?year=1999"))

    assert "没有找到其他乡镇" in text(shown, "//p[@class='notice']")
    assert links(shown, "主题看典型做法") == ["/exemplary"]


def test_the_address_of_a_passage_leads_to_its_place_in_the_report(client: FlaskClient) -> None:
    response = client.get(f"/passages/{REPORT}-2")

    assert (response.status_code, response.headers["Location"]) == (302, f"/reports/{REPORT}#p-2")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"/passages/{REPORT}-9", 404),
        (f"/passages/{REPORT}/similar", 404),
        (f"/passages/{REPORT}-9/similar", 404),
        ("/passages/ffffffffffff-1/related", 404),
        (f"{SIMILAR}?page=9", 404),
        (f"{SIMILAR}?sort=best", 400),
        (f"/passages/{REPORT}-2/related?page=99", 404),
        (f"/passages/{REPORT}-2/related?sort=best", 400),
        (f"/passages/{REPORT}-2/related?back=page%3D0", 400),
        (f"/passages/{REPORT}-2/related?n=0&back=q%3D调解", 400),
    ],
)
def test_what_is_not_held_or_cannot_be_meant_is_said_with_a_hint(client: FlaskClient, url: str, status: int) -> None:
    response = client.get(url)

    assert response.status_code == status
    assert text(page(response), "//p[@class='hint']")


def test_every_hit_leads_to_why_it_stands_there(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&year=2022"))

    assert len(found.xpath("//article[contains(@class, 'hit')]//a[@class='why-link']")) == len(
        found.xpath("//article[contains(@class, 'hit')]")
    )


def test_the_score_is_made_of_parts_each_with_a_sentence(client: FlaskClient) -> None:
    way = page(client.get("/?q=矛盾纠纷&year=2022")).xpath("//a[@class='why-link']/@href")[0]

    shown = page(client.get(way))

    assert "总分" in text(shown, "//*[contains(@class, 'why-total')]")
    said = texts(shown, "//*[@class='why-text']")
    assert any(each.startswith("“矛盾纠纷”") for each in said)
    assert any(each.startswith("典型做法") for each in said)
    assert all(each.endswith("。") for each in said)


def test_where_another_order_goes_before_the_score_the_page_says_so(client: FlaskClient) -> None:
    way = page(client.get("/?q=矛盾纠纷&sort=newest")).xpath("//a[@class='why-link']/@href")[0]

    assert "按年度从新到旧" in page(client.get(way)).text_content()


def test_the_way_back_leads_to_the_page_of_results_it_came_from(client: FlaskClient) -> None:
    way = page(client.get("/?q=矛盾纠纷&collapse=none&size=10&page=2")).xpath("//a[@class='why-link']/@href")[0]

    assert "page=2" in page(client.get(way)).xpath("//a[@class='back']/@href")[0]


def test_a_passage_that_the_search_does_not_find_has_no_place_to_explain(client: FlaskClient) -> None:
    answer = client.get(f"/passages/{REPORT}-2/why?q=没有这样的字qqqq")

    assert answer.status_code == 404
    assert "没有找到" in answer.get_data(as_text=True)


def test_from_a_hit_to_other_towns_and_back_to_the_place_in_the_results(client: FlaskClient) -> None:
    listed = page(client.get("/?q=矛盾纠纷&collapse=none&page=2&not.town=白砾乡&sort=town"))
    way = listed.xpath("(//article//a[@class='related']/@href)[1]")[0]

    shown = page(client.get(way))
    further = page(client.get(links(page(client.get(f"{way}&year=1999")), "年度：")[0]))

    for each in (shown, further):
        (back,) = links(each, "返回结果")
        assert parse_qs(urlsplit(back).query) == {
            "q": ["矛盾纠纷"],
            "collapse": ["none"],
            "page": ["2"],
            "not.town": ["白砾乡"],
            "sort": ["town"],
        }
        assert urlsplit(back).fragment == "hit-11"
    assert page(client.get(links(shown, "返回结果")[0])).xpath("//article[@id='hit-11']")


@pytest.mark.parametrize(
    "back",
    ["//evil.example/", "https://evil.example/?q=1", "q=a&next=//evil.example", "%2F%2Fevil.example", "?q=x#//y"],
)
def test_the_way_back_never_leads_anywhere_else(client: FlaskClient, back: str) -> None:
    shown = page(client.get(f"/passages/{REPORT}-2/related", query_string={"back": back}))

    assert all(way.startswith("/?") or way == "/" for way in links(shown, "返回结果"))
    collecting = shown.xpath("//form[@id='collect']")[0]
    assert collecting.xpath(".//input[@name='back']/@value")[0].startswith("/passages/")
    collecting.drop_tree()
    assert not any("evil" in way for way in shown.xpath("//@href | //@action | //input/@value"))


def test_what_other_towns_did_is_narrowed_by_panels_with_counts_of_these_passages() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。")
    client = over(own, practice("白砾乡", "网格员排查邻里纠纷，劝。", year=2022), practice("云栈镇", "邻里纠纷少了。"))
    address = f"/passages/{own[1][0].id}/related"
    shown = page(client.get(f"{address}?year=2022&back=q%3D%E8%B0%83%E8%A7%A3"))

    years = {box.get("value"): box.get("checked") for box in shown.xpath("//input[@form='narrow'][@name='year']")}
    assert years == {"2023": None, "2022": "checked"}
    assert [box.get("value") for box in shown.xpath("//input[@form='narrow'][@name='town']")] == ["白砾乡"]
    form = shown.xpath("//form[@id='narrow']")[0]
    assert form.get("action") == address
    assert [(item.get("name"), item.get("value")) for item in form.xpath("./input")] == [("back", "q=调解")]
    assert client.get(f"/api/v1{address}?year=2022").get_json()["facets"]["year"] == [
        {"value": 2023, "count": 1, "reports": 1, "selected": False, "excluded": False},
        {"value": 2022, "count": 1, "reports": 1, "selected": True, "excluded": False},
    ]


def test_what_other_towns_did_is_sorted_as_asked() -> None:
    own = practice("望杉镇", "网格员排查邻里纠纷。")
    client = over(
        own,
        practice("白砾乡", "网格员排查邻里纠纷，调解员上门。", year=2021),
        practice("云栈镇", "邻里纠纷少了。", year=2022),
        practice("阿山镇", "网格员帮着排查邻里纠纷。", year=2020),
    )
    address = f"/passages/{own[1][0].id}/related"

    def towns(sort: str) -> list[str]:
        shown = page(client.get(f"{address}?sort={sort}"))
        return [where.split()[0] for where in texts(shown, "//article/p[@class='origin']")]

    assert towns("town") == ["阿山镇", "白砾乡", "云栈镇"]
    assert towns("newest") == ["云栈镇", "白砾乡", "阿山镇"]
