"""The compare page: passages or reports side by side, what helps to choose them, and what is refused."""

import io
from pathlib import Path

import docx
import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from search_app.language.similarity.shared_wording import Wording, measure_overlap
from search_app.web import create_app
from search_app.web.view_models import beside_view
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

PATHS = ("澄岭县/望杉镇/2020.txt", "澄岭县/白砾乡/2022.txt", "沅坪县/望杉镇/2023.txt", "澄岭县/云栈镇/2022.txt")
IDS = tuple(sample.report_id(path) for path in PATHS)
TEXTS = {report.id: [each.text for each in passages] for report, passages in sample.reports()}
THREE = "&".join(f"p={name}-2" for name in IDS[:3])


def columns(tree: HtmlElement) -> list[str]:
    return texts(tree, "//article[contains(@class, 'column')]//h2")


# ---- passages ----


def test_three_passages_stand_beside_each_other_each_with_its_source_and_text(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?{THREE}"))

    assert columns(shown) == ["1澄岭县望杉镇 · 2020年度", "2澄岭县白砾乡 · 2022年度", "3沅坪县望杉镇 · 2023年度"]
    for at, name in enumerate(IDS[:3], start=1):
        column = f"(//article[contains(@class, 'column')])[{at}]"
        assert text(shown, f"{column}/div[@class='text']") == " ".join(TEXTS[name][1].split())
        assert shown.xpath(f"{column}//p[@class='column-path']/a/@href") == [f"/reports/{name}#p-2"]
        assert "矛盾化解" in text(shown, f"{column}//dl")


def test_what_is_marked_and_the_share_are_those_of_shared_wording(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?{THREE}"))
    base = Wording([TEXTS[IDS[0]][1]])

    for at, name in enumerate(IDS[1:3], start=2):
        overlap = measure_overlap(TEXTS[name][1], base)
        column = f"(//article[contains(@class, 'column')])[{at}]"
        assert f"相同 {int(overlap.share * 100)}%" in text(shown, f"{column}//p[@class='column-base']")
        assert "".join(shown.xpath(f"{column}/div[@class='text']//mark//text()"))


def test_another_passage_can_be_the_base_and_each_can_be_taken_out(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?{THREE}"))
    turned = page(client.get(links(shown, "以这一段为准")[0]))
    fewer = page(client.get(links(shown, "移出")[0]))

    assert "以这一段为准" in text(turned, "(//article[contains(@class, 'column')])[2]//strong[contains(@class, 'tag')]")
    assert len(columns(fewer)) == 2


def test_words_that_only_one_has_are_told(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?p={IDS[0]}-3&p={IDS[0]}-4"))

    assert "主题：数字法治" in text(shown, "(//div[@class='alone'])[2]")
    assert "主题：" not in text(shown, "(//div[@class='alone'])[1]")


def test_what_differs_is_shown_where_much_is_shared(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?p={IDS[0]}-2&p={IDS[1]}-2"))

    assert "白砾乡" in shown.xpath("string(//details[@class='differs']/div//ins)")
    assert "望杉镇" in shown.xpath("string(//details[@class='differs']/div//del)")


def test_a_citation_code_stands_for_its_passage(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?p={sample.code(PATHS[0], 2)}&p={IDS[1]}-2"))

    assert len(columns(shown)) == 2


def test_the_same_passage_twice_is_folded_with_a_word(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?p={IDS[0]}-2&p={IDS[1]}-2&p={IDS[0]}-2&p={sample.code(PATHS[0], 2)}"))

    assert len(columns(shown)) == 2
    assert "只列一次" in text(shown, "//p[@class='notice']")


# ---- reports ----


def test_reports_are_aligned_and_every_passage_stands_once_in_its_column(client: FlaskClient) -> None:
    shown = page(client.get("/compare?" + "&".join(f"r={name}" for name in IDS[:3])))

    for at, name in enumerate(IDS[:3], start=1):
        held = shown.xpath(f"//table[contains(@class, 'beside-table')]/tbody/tr/td[{at}]//input/@value")
        assert sorted(held) == sorted(f"{name}-{number}" for number in range(1, len(TEXTS[name]) + 1))


def test_the_outline_leads_to_every_row(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?r={IDS[0]}&r={IDS[1]}"))

    targets = {each.removeprefix("#") for each in shown.xpath("//nav[@class='jump-list']//a/@href")}
    assert targets == set(shown.xpath("//section[@class='beside-part']/h2/@id | //table//tr/@id"))


def test_a_part_that_nobody_wrote_and_one_that_one_left_out_are_told(tmp_path: Path) -> None:
    engine = ScanningEngine()
    first = filed("甲.txt", "接访38件。", section="主要举措和成效", topics=("信访",), town="甲镇", year=2023)
    second = filed("乙.txt", "人手不足。", section="不足和原因", topics=("队伍建设",), town="乙镇", year=2023)
    with engine.writing() as writer:
        writer.put(*first)
        writer.put(*second)
    client = create_app(sample.settings(tmp_path), engine=engine).test_client()
    shown = page(client.get(f"/compare?r={first[0].id}&r={second[0].id}"))

    notices = texts(shown, "//section[@class='beside-part']/p[@class='notice']")
    assert notices == [
        "几份报告都没有写这一部分。",
        "没有写这一部分：乙镇 · 2023年度",
        "没有写这一部分：甲镇 · 2023年度",
        "几份报告都没有写这一部分。",
    ]
    assert texts(shown, "//td[@class='is-empty']/p[@class='empty']") == ["— 没有写", "— 没有写"]


def test_long_passages_are_folded_and_whole_without_scripts(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_view, "FOLDED", 20)
    monkeypatch.setattr(beside_view, "LEAD", 10)
    shown = page(client.get(f"/compare?r={IDS[0]}&r={IDS[1]}"))

    folded = texts(shown, "//details[@class='long']/div[@class='text']")
    assert " ".join(TEXTS[IDS[0]][1].split()) in folded


def test_two_reports_lead_on_to_their_paragraphs(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?r={IDS[0]}&r={IDS[1]}"))

    assert links(shown, "逐段看改了什么") == [f"/reports/{IDS[1]}/years?with={IDS[0]}"]


# ---- too few, too many, not held ----


def test_nothing_chosen_tells_how_to_and_its_samples_work(client: FlaskClient) -> None:
    shown = page(client.get("/compare"))

    samples = shown.xpath("//ul[@class='samples']//a/@href")
    assert len(samples) >= 3
    for each in samples:
        assert "对照" in text(page(client.get(each)), "//h1")


@pytest.mark.parametrize("kind", ["p", "r"])
def test_one_alone_is_no_error_and_every_candidate_makes_a_comparison(client: FlaskClient, kind: str) -> None:
    name = f"{IDS[0]}-2" if kind == "p" else IDS[0]
    shown = page(client.get(f"/compare?{kind}={name}"))

    offered = shown.xpath("//a[@class='put']/@href")
    assert {"本镇其他年度怎么写", "其他乡镇讲同一件事的"} & set(texts(shown, "//h3")) or kind == "r"
    assert offered
    for each in offered:
        assert text(page(client.get(each)), "//h1").startswith("2 ")


def test_more_is_looked_for_by_words_without_losing_what_is_chosen(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?p={IDS[0]}-2&q=三项制度"))
    added = page(client.get(shown.xpath("//a[@class='put']/@href")[0]))

    assert len(columns(added)) == 2
    assert columns(added)[0] == "1澄岭县望杉镇 · 2020年度"


def test_reports_are_looked_for_by_the_name_of_their_town(client: FlaskClient) -> None:
    shown = page(client.get(f"/compare?r={IDS[0]}&q=青蒲街道 2022"))

    assert any("青蒲街道" in each for each in texts(shown, "(//section[@class='offer'])[1]//li"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"p={IDS[0]}-2&r={IDS[0]}", "不能放在一起对照"),
        ("&".join(f"p={IDS[0]}-{at}" for at in range(1, 6)), "一次最多对照 4 段"),
        ("&".join(f"r={name}" for name in "abcde"), "一次最多对照 4 份报告"),
        (f"p={IDS[0]}-2&p={IDS[1]}-2&base={IDS[2]}-2", "不在对照的这几个里"),
        (f"r={IDS[0]}&r={IDS[1]}&leaf=0", "第几部分"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(client: FlaskClient, query: str, said: str) -> None:
    for path in ("/compare", "/api/v1/compare"):
        refused = client.get(f"{path}?{query}")
        if path == "/compare" or "leaf" not in query:
            assert refused.status_code == 400
            assert said in refused.get_data(as_text=True)


def test_too_many_lead_to_the_first_four(client: FlaskClient) -> None:
    refused = page(client.get("/compare?" + "&".join(f"p={IDS[0]}-{at}" for at in range(1, 6))))

    assert len(columns(page(client.get(links(refused, "只对照前 4 个")[0])))) == 4


def test_what_is_not_held_is_named_and_the_others_are_kept(client: FlaskClient) -> None:
    lost = client.get(f"/compare?p={IDS[0]}-2&p=nothing&p={IDS[1]}-99&p={IDS[1]}-2")
    shown = page(lost)

    assert lost.status_code == 404
    assert texts(shown, "//code") == ["nothing", f"{IDS[1]}-99"]
    assert shown.xpath("//ul[@class='samples']//a/@href") == [f"/reports/{IDS[0]}#p-2", f"/reports/{IDS[1]}#p-2"]
    assert len(columns(page(client.get(links(shown, "只对照其余的")[0])))) == 2


def test_the_api_names_what_is_not_held_and_refuses_one_alone(client: FlaskClient) -> None:
    lost = client.get(f"/api/v1/compare?r={IDS[0]}&r=nothing")
    alone = client.get(f"/api/v1/compare?p={IDS[0]}-2")

    assert (lost.status_code, lost.get_json()["error"]["code"]) == (404, "no_such_report")
    assert "nothing" in lost.get_json()["error"]["message"]
    assert alone.status_code == 400


def test_a_hostile_report_stays_text(client: FlaskClient) -> None:
    name = sample.report_id(f"{sample.HOSTILE[:9]}.txt")
    for query in (f"p={name}-1&p={IDS[0]}-2", f"r={name}&r={IDS[0]}", f"p={name}-1", f"r={name}&q={sample.HOSTILE}"):
        answer = client.get("/compare", query_string=query)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.get_data(as_text=True)
        assert not page(answer).xpath("//*[@onmouseover]")


# ---- files ----


@pytest.mark.parametrize("query", [THREE, f"r={IDS[0]}&r={IDS[1]}"])
@pytest.mark.parametrize("form", ["docx", "md", "csv", "xlsx"])
def test_a_comparison_is_had_as_a_file_with_every_text_and_its_source(
    client: FlaskClient, query: str, form: str
) -> None:
    shown = page(client.get(f"/compare?{query}"))
    (address,) = [each for each in shown.xpath("//details[@class='exports']//a/@href") if f"format={form}" in each]
    answer = client.get(address)

    assert answer.status_code == 200
    content = answer.get_data()
    if form in ("md", "csv"):
        said = content.decode("utf-8-sig")
    elif form == "docx":
        said = "".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    else:
        return
    assert "调解矛盾纠纷120件" in said
    assert "调解矛盾纠纷122件" in said
    assert sample.code(PATHS[0], 2) in said


@pytest.mark.parametrize("query", ["", "format=pdf&p=x", f"p={IDS[0]}-2&format=md"])
def test_a_file_of_nothing_or_in_no_format_of_ours_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/compare/export?{query}").status_code == 400


# ---- entrances ----


@pytest.mark.parametrize(
    "path",
    [
        "/?q=矛盾纠纷",
        "/exemplary",
        f"/passages/{IDS[0]}-2/similar",
        f"/passages/{IDS[0]}-2/related",
        f"/reports/{IDS[0]}",
        f"/compare?r={IDS[0]}&r={IDS[1]}",
    ],
)
def test_passages_can_be_ticked_and_sent_by_a_plain_form(client: FlaskClient, path: str) -> None:
    shown = page(client.get(path))

    boxes = shown.xpath("//input[@form='compare'][@name='p']/@value")
    (form,) = shown.xpath("//form[@id='compare']")
    assert (form.get("action"), form.get("method")) == ("/compare", "get")
    assert len(columns(page(client.get(f"/compare?p={boxes[0]}&p={IDS[0]}-5")))) == 2


def test_a_report_leads_to_choosing_another(client: FlaskClient) -> None:
    assert links(page(client.get(f"/reports/{IDS[0]}")), "与别的报告对照") == [f"/compare?r={IDS[0]}"]


def test_a_similar_passage_is_one_click_from_standing_beside_the_first(client: FlaskClient) -> None:
    shown = page(client.get(f"/passages/{IDS[0]}-2/similar"))

    first = links(shown, "与上面这段并排对照")[0]
    assert columns(page(client.get(first)))[0] == "1澄岭县望杉镇 · 2020年度"
