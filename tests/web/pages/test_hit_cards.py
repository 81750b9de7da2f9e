"""Hit cards: the passage itself, where it is from, why it counts, and what is near below its line."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search_app.model import Exemplary
from search_app.settings import Settings
from search_app.web import create_app
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine
from tests.web.reading_pages import links, page, text, texts

OWN = (
    "推行“板凳议事会”，由老支书和热心人轮流坐堂，有话当面说，有理当面讲，说定的事当场写进议事簿，"
    "全年调解312件，件件有回音。"
)
LONG = "镇里每月研判一次。" * 24 + "征迁服务站设在村口，由老支书坐班。" + "群众拍手叫好。" * 24
REASONS = ("有数据：312件", "有成效：成功率98%", "有名称：板凳议事会", "写明由谁做：老支书坐堂", "可照着做：当场写")


def client_of(*texts: str, reasons: tuple[str, ...] = ()) -> FlaskClient:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for number, one in enumerate(texts, 1):
            report, passages = filed(
                f"{number}.txt", one, town=f"望杉{'甲乙丙丁'[number % 4]}镇", county="澄岭县", year=2020 + number
            )
            practice = Exemplary(score=80 if reasons else 0, reasons=reasons)
            writer.put(report, tuple(replace(passage, exemplary=practice) for passage in passages))
    return create_app(Settings(time_budget=0), engine=engine).test_client()


def test_a_card_names_town_county_year_and_section_in_its_first_line(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&literal=1"))

    origins = [item.split(" · ") for item in texts(found, "//article/p[@class='origin']")]
    assert ["望杉镇", "沅坪县", "2020 年度", "主要举措和成效"] in origins


def test_a_long_passage_is_cut_at_sentences_and_unfolds_as_a_whole_with_its_marks() -> None:
    found = page(client_of(LONG).get("/?q=征迁服务站"))

    shown, whole = text(found, "//div[@class='snippet']"), text(found, "//details[@class='whole']/div")
    assert shown.startswith("…")
    assert shown.endswith("。…")
    assert 60 < len(shown) < 190
    assert whole == LONG
    assert texts(found, "//details[@class='whole']//mark") == ["征迁服务站"]


def test_a_short_passage_has_nothing_to_unfold(client: FlaskClient) -> None:
    found = page(client.get("/?q=人才不足&literal=1"))

    assert "…" not in text(found, "//div[@class='snippet']")
    assert not found.xpath("//article[1]//details[@class='whole']")


def test_a_table_of_many_rows_leads_to_its_report_instead() -> None:
    found = page(client_of("项目 | 件数\n" + "行政检查 | 12\n" * 500).get("/?q=行政检查"))

    assert links(found, "到报告里看全文")
    assert not found.xpath("//details[@class='whole']")


def test_three_reasons_are_shown_and_the_others_unfold() -> None:
    found = page(client_of(OWN, reasons=REASONS).get("/?q=议事会"))

    assert texts(found, "//article//div[@class='reasons-line']/ul/li") == list(REASONS[:3])
    assert text(found, "//details[@class='rest']/summary") == "另 2 条理由"
    assert texts(found, "//details[@class='rest']//li") == list(REASONS[3:])


def test_what_can_be_done_with_a_passage_is_all_there(client: FlaskClient) -> None:
    found = page(client.get("/?q=矛盾纠纷&literal=1"))
    card = found.xpath("//article")[0]

    assert card.xpath(".//button[@data-copy]")
    assert {"更多类似做法", "为什么排在这里"} <= {item.text_content() for item in card.xpath(".//a")}
    assert len(card.xpath(".//details[@class='further']//a[@class='code']")[0].text_content()) == len(
        "7K3QF-9ZM2X-2XAB"
    )


def test_what_is_near_stands_below_its_line_and_is_told_apart_in_heading_and_title() -> None:
    others = (f"服务站第{letter * 3}次调解搬家争议。" for letter in "甲乙")
    found = page(client_of("征迁服务站设在村口。", *others).get("/?q=征迁服务站"))

    assert text(found, "//h1") == "共 1 段，来自 1 份报告；另有 2 段内容相近"
    assert "1 段，来自 1 份报告" in text(found, "//title")
    assert text(found, "//h2[@class='near-line']") == "以下是内容相近的段落（2 段），不一定含有这些词"
    order = [item.get("class") for item in found.xpath("//div[@class='hits']/*")]
    assert order == ["hit", "near-line", "hit is-near", "hit is-near"]
    assert texts(found, "//details[@id='facet-year']//li//span[@class='n']") == ["，1 段"]


def test_the_heading_never_claims_what_no_passage_holds() -> None:
    found = page(client_of("征迁服务站设在村口。", "审查合同十五份。").get("/?q=征迁服务站 合同"))

    assert text(found, "//h1").startswith("没有段落完全符合，以下 2 段")
    assert "没有符合的，2 段相近" in text(found, "//title")
    assert not found.xpath("//h2[@class='near-line']")


def test_a_synonym_is_named_on_the_card_that_has_it() -> None:
    found = page(client_of("便民服务中心设十个窗口。", "服务大厅设两个窗口。").get("/?q=服务大厅"))

    cards = {"便民" in item.text_content(): item for item in found.xpath("//article")}
    assert "同义：“便民服务中心" in cards[True].text_content()
    assert "同义" not in cards[False].text_content()


def test_a_pasted_paragraph_lists_where_the_same_is_said_with_what_differs() -> None:
    changed = OWN.replace("312件", "97件").replace("老支书", "老党员")
    found = page(client_of(OWN, changed).get("/", query_string={"q": OWN, "collapse": "none"}))

    assert text(found, "//h1") == "与粘贴的文字相同或相近的段落：共 2 段，来自 2 份报告"
    assert "一字不差" in text(found, "//article[1]")
    assert texts(found, "//article[2]//ins") == ["这一段的写法", "老党员", "97"]
    assert all(len(way) < 300 for way in found.xpath("//article/p[@class='origin']/a/@href"))


def test_a_pasted_text_that_is_too_long_is_told_how_much_of_it_is_used(client: FlaskClient) -> None:
    found = page(client.get("/", query_string={"q": "村里的热心人轮流坐堂，" * 220}))

    assert "只用了前 2,000 个字" in " ".join(texts(found, "//p[contains(@class,'notice')]"))
    assert len(found.xpath("//input[@id='q']/@value")[0]) == 2420


def test_the_word_for_exemplary_practice_leads_to_its_page_and_may_be_searched_for(client: FlaskClient) -> None:
    led = client.get("/?q=典型做法&year=2022")

    assert (led.status_code, led.headers["Location"]) == (302, "/exemplary?year=2022")
    (back,) = links(page(client.get("/exemplary")), "按字面检索")
    assert client.get(back).status_code == 200


def test_with_a_topic_beside_it_a_bar_above_the_results_leads_there(client: FlaskClient) -> None:
    found = page(client.get("/?q=典型做法 矛盾化解"))

    (way,) = links(found, "按主题看典型做法：矛盾化解")
    assert client.get(way).status_code == 200
    assert links(page(client.get("/?q=典型做法 板凳议事会")), "只看“板凳议事会”的典型做法")


@pytest.mark.parametrize("path", ["/?q=望杉镇2021", "/?q=望杉镇 2021 矛盾"])
def test_a_year_that_the_town_has_no_report_on_is_named_with_a_way_to_those_it_has(
    client: FlaskClient, path: str
) -> None:
    found = page(client.get(path.replace("2021", "2021年")))

    assert "望杉镇只收录了 2020、2022 至 2023 年度的报告，没有 2021 年度的。" in " ".join(
        texts(found, "//p[contains(@class,'notice')]")
    )


def test_ticked_values_that_are_not_held_together_are_mended_by_one_click(client: FlaskClient) -> None:
    found = page(client.get("/?town=云栈镇&county=沅坪县"))

    assert "沅坪县没有云栈镇，收录的云栈镇在澄岭县。" in text(found, "//div[@class='notices']")
    (way,) = links(found, "改看收录了的")
    assert page(client.get(way)).xpath("//article")


def test_mini_cards_show_the_passage_and_three_reasons(client: FlaskClient) -> None:
    found = page(client.get("/exemplary"))

    assert found.xpath("//article[@class='mini']//div[@class='snippet']")
    assert all(len(item.xpath("./li")) <= 3 for item in found.xpath("//article//div[@class='reasons-line']/ul"))


def test_an_unknown_town_is_said_to_be_unknown(client: FlaskClient) -> None:
    assert "乡镇未识别" in text(page(client.get("/?q=逢集必讲法&literal=1")), "//article/p[@class='origin']")
