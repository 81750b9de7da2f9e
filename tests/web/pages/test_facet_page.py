"""The page of all values of a facet: found by sound, ordered, excluded, and several picked before one click."""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from search_app.settings import Settings
from search_app.web import create_app
from search_app.web.parameters import MAX_TICKED
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine
from tests.web.reading_pages import links, page, text, texts

LIST = "/facets/town?q=矛盾纠纷"
NAMES = "//ul[@id='values']//*[contains(concat(' ', @class, ' '), ' name ')]"


def submit(form: html.HtmlElement, button: str, value: str, **typed: str | list[str]) -> str:
    """Return the address that a button of the form leads to, with other things typed or further boxes ticked."""
    fields = [
        (item.get("name"), item.get("value", ""))
        for item in form.xpath(".//input[@type='hidden' or @type='search' or @checked]")
        if item.get("name") not in typed or item.get("type") == "checkbox"
    ]
    for name, values in typed.items():
        fields += [(name, each) for each in ([values] if isinstance(values, str) else values)]
    assert form.xpath(f".//button[@name='{button}'][@value='{value}']")
    return f"{form.get('action')}?{urlencode([*fields, (button, value)])}"


def the_form(shown: html.HtmlElement) -> html.HtmlElement:
    (form,) = shown.xpath("//form[@id='pick']")
    return form


@pytest.fixture(scope="module")
def many() -> FlaskClient:
    """Return a client of an app that holds 230 towns, each with one passage."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for number in range(230):
            writer.put(
                *filed(f"{number}.txt", f"调解{number}件。", town=f"第{number:03}镇", county="澄岭县", year=2023)
            )
    return create_app(Settings(time_budget=0), engine=engine).test_client()


@pytest.mark.parametrize("typed", ["wsz", "wangshan", "望杉"])
def test_towns_are_found_by_initials_pinyin_and_characters(client: FlaskClient, typed: str) -> None:
    assert texts(page(client.get(f"{LIST}&find={typed}")), NAMES) == ["沅坪县望杉镇", "澄岭县望杉镇"]


def test_what_nothing_is_called_or_read_is_said_so(client: FlaskClient) -> None:
    assert "没有含“xyzq”的乡镇" in client.get(f"{LIST}&find=xyzq").get_data(as_text=True)


def test_towns_stand_by_count_or_by_name_and_the_order_stays_with_the_search(client: FlaskClient) -> None:
    by_count = page(client.get(LIST))
    by_name = page(client.get(submit(the_form(by_count), "order", "name")))
    again = page(client.get(submit(the_form(by_name), "order", "count")))

    assert texts(by_name, NAMES) == ["白砾乡", "澄岭县望杉镇", "青蒲街道", "沅坪县望杉镇", "云栈镇"]
    assert texts(again, NAMES) == texts(by_count, NAMES) != texts(by_name, NAMES)
    assert unquote(links(by_name, "返回结果")[0]) == "/?q=矛盾纠纷&order.town=name"
    assert by_name.xpath("//button[@name='order'][@aria-current]/@value") == ["name"]


def test_years_have_one_order(client: FlaskClient) -> None:
    assert not page(client.get("/facets/year?q=矛盾纠纷")).xpath("//button[@name='order']")


def test_several_are_picked_before_one_click(client: FlaskClient) -> None:
    form = the_form(page(client.get(f"{LIST}&year=2022&sort=newest&page=1")))

    response = client.get(submit(form, "apply", "1", town=["白砾乡", "云栈镇"]))

    assert response.status_code == 302
    assert unquote(response.headers["Location"]) == "/?q=矛盾纠纷&year=2022&town=白砾乡&town=云栈镇&sort=newest"


def test_what_is_ticked_stays_ticked_on_other_leaves_and_can_be_unticked_there(many: FlaskClient) -> None:
    first = page(many.get("/facets/town?q=调解"))
    second = page(many.get(submit(the_form(first), "to", "2", town=["第007镇", "第009镇"])))
    third = page(many.get(submit(the_form(second), "to", "3", town="第111镇")))

    assert [len(texts(each, NAMES)) for each in (first, second, third)] == [100, 100, 30]
    assert len({*texts(first, NAMES), *texts(second, NAMES), *texts(third, NAMES)}) == 230
    elsewhere = third.xpath("//fieldset//input[@checked]/@value")
    assert sorted(elsewhere) == ["第007镇", "第009镇", "第111镇"]
    assert text(third, "//*[@id='picked']") == "已选 3 个"
    applied = many.get(submit(the_form(third), "apply", "1", town="第222镇")).headers["Location"]
    assert sorted(value for name, value in parse_qsl(urlsplit(applied).query) if name == "town") == [
        "第007镇",
        "第009镇",
        "第111镇",
        "第222镇",
    ]


def test_what_is_ticked_stays_ticked_when_something_else_is_looked_for(many: FlaskClient) -> None:
    form = the_form(page(many.get("/facets/town?q=调解&leaf=2")))

    shown = page(many.get(submit(form, "to", "1", find="00", town="第111镇")))

    assert "第111镇" not in texts(shown, NAMES)
    assert shown.xpath("//fieldset//input[@checked]/@value") == ["第111镇"]


def test_an_excluded_value_is_shown_with_what_it_would_give_and_can_be_taken_back(client: FlaskClient) -> None:
    form = the_form(page(client.get(f"{LIST}&town=云栈镇")))

    shown = page(client.get(submit(form, "not.town", "白砾乡")))

    row = shown.xpath("//ul[@id='values']/li[contains(@class,'excluded')]")[0]
    assert " ".join(row.text_content().split()) == "不要 白砾乡 6 段 · 3 份报告"
    assert row.xpath(".//input[@checked]/@name") == ["not.town"]
    back = client.get(submit(the_form(shown), "apply", "1")).headers["Location"]
    assert unquote(back) == "/?q=矛盾纠纷&town=云栈镇&not.town=白砾乡"


def test_who_ticked_a_value_and_then_does_not_want_it_means_that(client: FlaskClient) -> None:
    form = the_form(page(client.get(f"{LIST}&town=云栈镇")))

    shown = page(client.get(submit(form, "not.town", "云栈镇")))

    assert unquote(links(shown, "返回结果")[0]) == "/?q=矛盾纠纷&not.town=云栈镇"


def test_more_than_may_be_picked_is_refused_with_the_limit(many: FlaskClient) -> None:
    form = the_form(page(many.get("/facets/town?q=调解")))
    several = [f"第{number:03}镇" for number in range(MAX_TICKED + 1)]

    response = many.get(submit(form, "apply", "1", town=several))

    assert response.status_code == 400
    assert text(page(response), "//h1") == "乡镇（街道）选了 51 个，最多选 50 个"
    assert "后退" in text(page(response), "//p[@class='hint']")


def test_the_panel_leads_to_the_page_and_keeps_its_order(many: FlaskClient) -> None:
    shown = page(many.get("/?q=调解&order.town=name&not.town=第000镇"))

    (way,) = links(shown, "还有 180 个，看全部")
    assert unquote(way) == "/facets/town?q=调解&not.town=第000镇&order.town=name"
    assert [each.split()[0] for each in texts(shown, "//details[@id='facet-town']//li")[:3]] == [
        "第000镇",
        "第001镇",
        "第002镇",
    ]
    assert unquote(links(shown, "按段数")[0]) == "/?q=调解&not.town=第000镇"
    rows = shown.xpath("//details[@id='facet-town']//li[@data-keys]/@data-keys")
    assert rows[0] == "d010z di'0'1'0'zhen"


def test_an_excluded_value_stands_struck_out_in_the_panel_and_among_the_chips(client: FlaskClient) -> None:
    shown = page(client.get("/?q=矛盾纠纷&not.town=白砾乡&not.year=未识别"))

    (row,) = shown.xpath("//details[@id='facet-town']//li[@class='excluded']")
    assert " ".join(row.text_content().split()) == "白砾乡 已排除 6 段恢复 白砾乡"
    assert [unquote(each) for each in row.xpath(".//a/@href")] == ["/?q=矛盾纠纷&not.year=未识别"]
    assert texts(shown, "//ul[@class='chips']/li")[:2] == ["不含：年度未识别 ×，去掉", "不含：白砾乡 ×，去掉"]
    kept = {item.get("name"): item.get("value") for item in shown.xpath("//input[@type='hidden'][@form='search']")}
    assert kept == {"not.year": "未识别", "not.town": "白砾乡"}


def test_a_bare_name_that_excludes_two_towns_is_taken_back_at_either(client: FlaskClient) -> None:
    shown = page(client.get("/?q=矛盾纠纷&not.town=望杉镇"))

    ways = shown.xpath("//details[@id='facet-town']//li[@class='excluded']//a/@href")
    assert [unquote(each) for each in ways] == ["/?q=矛盾纠纷"] * 2


def test_each_value_of_a_panel_can_be_excluded_by_a_button_that_says_so(client: FlaskClient) -> None:
    shown = page(client.get("/?q=矛盾纠纷"))

    for said, name, value in (("不要 白砾乡", "not.town", "白砾乡"), ("不要 2022 年", "not.year", "2022")):
        (button,) = shown.xpath(f"//button[@class='not'][@title='{said}']")
        assert (button.get("form"), button.get("name"), button.get("value")) == ("search", name, value)
    assert "24 段" in text(page(client.get("/?q=矛盾纠纷&not.town=白砾乡")), "//h1")


def test_where_only_what_is_excluded_hides_everything_that_is_said(client: FlaskClient) -> None:
    shown = page(client.get("/?q=矛盾纠纷&literal=0&year=2022&not.section=主要举措和成效&not.year=2020"))

    assert "重新包括“主要举措和成效”" in text(shown, "//div[@class='nothing']//ul")


def test_exclusions_stay_with_the_form_of_exemplary_practice(client: FlaskClient) -> None:
    shown = page(client.get("/exemplary?not.town=白砾乡&order.town=name"))

    kept = [(item.get("name"), item.get("value")) for item in shown.xpath("//form[@id='narrow']/input[@type='hidden']")]
    assert kept == [("not.town", "白砾乡"), ("order.town", "name")]
    assert not any("白砾乡" in each for each in texts(shown, "//article//p[@class='origin']"))
