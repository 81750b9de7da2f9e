"""The report page: a report as it was written, its matches, its gaps, and the way back."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.exporting import citation
from search_app.model import Copy, Passage, Report
from search_app.settings import Settings
from search_app.web import create_app
from search_app.web.view_models.report_view import read
from tests.engines.scanning import ScanningEngine
from tests.readers.docx_files import zipped
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")
BARE = sample.report_id("无名.txt")


def over(report: Report, passages: tuple[Passage, ...]) -> FlaskClient:
    """Return a client of an app that holds this report alone."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        writer.put(report, passages)
    return create_app(Settings(), engine=engine).test_client()


def test_the_head_says_what_is_known_and_how_it_was_found(client: FlaskClient) -> None:
    facts = texts(page(client.get(f"/reports/{REPORT}")), "//dl[@class='facts']/div")

    assert facts == [
        "乡镇（街道）望杉镇取自标题",
        "县（区、市）澄岭县",
        "年度2020 年取自标题",
        "与上年相同上年的没有收录",
        "成文日期2021 年 1 月 15 日",
        "未写明机构、文号、发布日期",
        "文种法治政府建设年度报告",
        "来源文件澄岭县/望杉镇/2020.txt",
    ]


def test_the_head_has_the_labels_of_public_documents_in_their_order(client: FlaskClient) -> None:
    head = page(client.get(f"/reports/{sample.report_id('沅坪县/青蒲街道/2023.txt')}"))
    facts = dict(zip(texts(head, "//dl[@class='facts']//dt"), texts(head, "//dl[@class='facts']//dd"), strict=True))

    assert list(facts) == [
        "机构", "乡镇（街道）", "县（区、市）", "年度", "与上年相同", "文号", "成文日期",
        "发布日期", "收录时间", "校验码", "文种", "来源文件",
    ]  # fmt: skip
    assert (facts["机构"], facts["文号"]) == ("青蒲街道办事处", "青街办发〔2024〕3号")
    assert (facts["成文日期"], facts["发布日期"]) == ("2024 年 1 月 15 日", "2024 年 1 月 20 日")
    assert facts["收录时间"].startswith("2026 年 3 月 1 日")
    whole = sha256("沅坪县/青蒲街道/2023.txt".encode()).hexdigest()
    assert facts["校验码"].startswith(whole[:16] + "…")
    assert head.xpath("//dl[@class='facts']//code")[0].get("title") == f"SHA-256：{whole}"
    assert head.xpath("//dl[@class='facts']//button")[0].get("data-copy") == whole


def test_a_day_that_is_both_is_said_to_be() -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    shown = page(over(replace(report, published=report.issued), passages).get(f"/reports/{REPORT}"))

    assert "成文日期2021 年 1 月 15 日与发布日期同一天" in texts(shown, "//dl[@class='facts']/div")


def test_beside_each_passage_stand_its_number_and_its_code(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{REPORT}"))
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)

    assert texts(shown, "//a[@class='code']") == [citation.code(each, report) for each in passages]
    assert [each.get("href") for each in shown.xpath("//a[@class='code']")] == [
        f"/c/{citation.code(each, report)}" for each in passages
    ]
    assert texts(shown, "//div[@class='notes']//a[@class='anchor']") == [f"第 {n} 段" for n in range(1, 6)]
    assert len(shown.xpath("//section//span[@class='collect-here']")) == len(passages)


def test_the_text_holds_nothing_but_the_text(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{REPORT}"))
    _, passages = sample.ordinary("澄岭县", "望杉镇", 2020)

    assert [each.removeprefix(str(n)) for n, each in enumerate(texts(shown, "//div[@class='text']")[:3], 1)] == [
        each.text for each in passages[:3]
    ]


# ---- finding in the report ----


def test_places_are_marked_counted_and_linked_in_reading_order(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{REPORT}?find=行政 执法&hl=矛盾纠纷&n=3&q=矛盾纠纷"))

    assert texts(shown, "//mark[@class='found']") == ["行政执法"] * 2
    assert [each.get("id") for each in shown.xpath("//mark[@class='found']")] == ["f-1", "f-2"]
    assert shown.xpath("//h3//mark[@id='f-1']")
    assert text(shown, "//span[@id='find-state']") == "2 处"
    assert texts(shown, "//section[@id='p-3']//span[@class='find-steps']/*") == ["查到第 2/2 处", "上一处"]
    assert "矛盾纠纷" in texts(shown, "//div[@id='body']//mark")


def test_the_form_keeps_the_rest_of_the_address(client: FlaskClient) -> None:
    form = page(client.get(f"/reports/{REPORT}?find=执法&hl=矛盾纠纷&n=3&q=矛盾纠纷&year=2020")).xpath(
        "//form[@id='findform']"
    )[0]
    kept = {each.get("name"): each.get("value") for each in form.xpath("input[@type='hidden']")}

    assert kept == {"hl": "矛盾纠纷", "n": "3", "q": "矛盾纠纷", "year": "2020"}
    assert form.get("action") == f"/reports/{REPORT}#f-1"
    assert "find" not in form.get("data-url")


@pytest.mark.parametrize(("typed", "said"), [("独角兽", "没有"), ("|", "这样的符号查不了"), (" ", "")])
def test_what_is_not_found_is_said(client: FlaskClient, typed: str, said: str) -> None:
    shown = page(client.get(f"/reports/{REPORT}", query_string={"find": typed}))

    assert text(shown, "//span[@id='find-state']") == said
    assert not shown.xpath("//mark")


def test_too_much_to_find_is_refused_in_plain_words(client: FlaskClient) -> None:
    response = client.get(f"/reports/{REPORT}", query_string={"find": "字" * 101})

    assert response.status_code == 400
    assert "要在报告里查找的字太多（101 个）" in text(page(response), "//h1")


def test_what_is_not_known_is_said_and_not_guessed(client: FlaskClient) -> None:
    bare = page(client.get(f"/reports/{BARE}"))

    assert "年度未识别" in texts(bare, "//dl[@class='facts']/div")
    assert text(bare, "//h1") == "无标题（无名.txt）"
    assert "没有找到年度" in text(bare, "//div[@class='warnings']")


def test_a_report_without_title_is_given_none_and_its_citation_has_no_title_marks() -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    client = over(replace(report, title=None), passages)
    shown = page(client.get(f"/reports/{REPORT}"))

    assert text(shown, "//h1") == "望杉镇的报告（原文无标题）"
    assert "望杉镇的报告（原文无标题）" in texts(page(client.get("/")), "//ul[@class='latest']//a")
    assert (
        shown.xpath("//button[@data-copy]")[0]
        .get("data-copy")
        .endswith("——无标题的报告“2020.txt”（澄岭县望杉镇，2020年度）第1段")
    )


def test_a_concluded_place_or_year_is_marked_wherever_it_is_shown() -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    client = over(replace(report, place_source="inferred", year_source="inferred"), passages)
    shown = page(client.get(f"/reports/{REPORT}"))

    assert texts(shown, "//dl[@class='facts']/div")[:3] == [
        "乡镇（街道）望杉镇推定，请核对",
        "县（区、市）澄岭县推定，请核对",
        "年度2020 年推定，请核对",
    ]
    assert "（澄岭县望杉镇〔推定〕，2020年度〔推定〕）" in shown.xpath("//button[@data-copy]")[0].get("data-copy")
    assert len(texts(page(client.get("/?q=矛盾纠纷")), "(//p[@class='origin'])[1]/span[@class='guess']")) == 3
    assert "推定" in texts(page(client.get("/about")), "//table[contains(@class, 'matrix')]//span[@class='guess']")
    assert "澄岭县望杉镇〔推定〕 · 2020年度〔推定〕" in texts(page(client.get("/")), "//ul[@class='latest']//span")


def test_the_body_keeps_reading_order_with_the_opening_before_the_first_heading(client: FlaskClient) -> None:
    body = page(client.get(f"/reports/{REPORT}")).xpath("//div[@id='body']")[0]

    assert [item.get("id") for item in body if item.get("id")] == [
        "p-1",
        "h-1",
        "p-2",
        "h-3",
        "p-3",
        "p-4",
        "h-4",
        "p-5",
    ]


def test_passages_keep_their_order_when_a_heading_goes_on_after_its_sub_headings() -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    first, second = report.outline[0], report.outline[1]
    resumed = replace(first, passages=(passages[1].id, passages[3].id))
    inner = replace(second, heading="小标题", passages=(passages[2].id,))
    shown = read(replace(report, outline=(resumed, inner)), passages, None, years=())

    assert [paragraph.anchor for part in shown.parts for paragraph in part.paragraphs] == [
        "p-1", "p-2", "p-3", "p-4", "p-5",
    ]  # fmt: skip


def test_a_heading_whose_own_text_follows_its_sub_headings_stands_above_them() -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    outer = replace(report.outline[0], passages=(passages[3].id,))
    inner = replace(report.outline[1], heading="小标题", passages=(passages[1].id, passages[2].id))
    shown = read(replace(report, outline=(outer, inner)), passages, None, years=())

    below = [(part.heading and part.heading.plain, [each.anchor for each in part.paragraphs]) for part in shown.parts]
    assert below == [(None, ["p-1"]), (outer.heading, []), ("小标题", ["p-2", "p-3", "p-4", "p-5"])]


def test_headings_after_the_last_passage_are_shown_too() -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    last = replace(report.outline[0], heading="三、下年度安排", passages=())
    shown = read(replace(report, outline=(*report.outline, last)), passages, None, years=())

    assert shown.parts[-1].heading is not None
    assert shown.parts[-1].heading.plain == "三、下年度安排"
    assert sum(len(part.paragraphs) for part in shown.parts) == len(passages)


def test_a_run_in_heading_is_printed_once(client: FlaskClient) -> None:
    body = text(page(client.get(f"/reports/{REPORT}")), "//div[@id='body']")

    assert body.count("（一）化解矛盾纠纷") == 1


def test_required_parts_that_are_missing_are_named_in_the_outline(client: FlaskClient) -> None:
    missing = texts(page(client.get(f"/reports/{REPORT}")), "//nav[@aria-label='目录']//li[@class='missing']")

    assert missing == ["第一责任人履职 缺", "下年度安排 缺"]


def test_matches_are_marked_only_when_asked_for(client: FlaskClient) -> None:
    marked = page(client.get(f"/reports/{REPORT}?hl=矛盾纠纷"))

    assert texts(marked, "//div[@id='body']//mark") == ["矛盾纠纷"] * 3
    assert links(marked, "不标记") == [f"/reports/{REPORT}"]
    assert not page(client.get(f"/reports/{REPORT}")).xpath("//mark")


def test_each_match_leads_to_the_one_before_and_after(client: FlaskClient) -> None:
    steps = [
        [(item.text_content(), item.get("href")) for item in span.xpath("a")]
        for span in page(client.get(f"/reports/{REPORT}?hl=矛盾纠纷")).xpath("//span[@class='hit-steps']")
    ]

    assert steps == [[("下一处", "#p-3")], [("上一处", "#p-2")]]


def test_a_result_knows_its_place_and_its_neighbours(client: FlaskClient) -> None:
    listed = page(client.get("/?q=矛盾纠纷&collapse=none&page=2"))
    address = listed.xpath("//article[@id='hit-11']//h2/a")[0].get("href")
    shown = page(client.get(address))

    assert text(shown, "//nav[@aria-label='检索结果']/span[@class='place']") == "第 11/30 条"
    assert parse_qs(urlsplit(links(shown, "上一条")[0]).query)["n"] == ["10"]
    assert parse_qs(urlsplit(links(shown, "下一条")[0]).query)["n"] == ["12"]
    back = urlsplit(links(shown, "返回结果")[0])
    assert back.fragment == "hit-11"
    assert parse_qs(back.query) == {"q": ["矛盾纠纷"], "collapse": ["none"], "page": ["2"]}


def test_walking_from_result_to_result_visits_the_whole_list_once(client: FlaskClient) -> None:
    listed = page(client.get("/?q=矛盾纠纷&year=2022&collapse=none"))
    address: str | None = listed.xpath("//article[@id='hit-1']//h2/a")[0].get("href")
    seen = []
    while address:
        seen.append(urlsplit(address)._replace(query="").geturl())
        address = next(iter(links(page(client.get(address)), "下一条")), None)

    assert len(seen) == len(set(seen)) == 10


def test_a_place_in_a_list_that_has_changed_still_leads_back(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{BARE}?n=1&q=矛盾纠纷"))

    assert links(shown, "返回结果") == ["/?q=%E7%9F%9B%E7%9B%BE%E7%BA%A0%E7%BA%B7"]
    assert not shown.xpath("//span[@class='place']")


def test_a_passage_is_copied_with_its_full_source(client: FlaskClient) -> None:
    button = page(client.get(f"/reports/{REPORT}")).xpath("//section[@id='p-5']//button[@data-copy]")[0]

    assert button.get("data-copy") == (
        "望杉镇法治人才不足，专业力量有待加强。"
        "——《澄岭县望杉镇2020年度法治政府建设情况报告》（澄岭县望杉镇，2020年度）二、第5段"
    )


def test_other_years_of_the_same_town_and_not_of_its_namesake_are_offered(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{REPORT}"))

    others = shown.xpath("//nav[@aria-label='同镇的报告']/a")
    assert [item.get("href") for item in others] == [
        f"/reports/{sample.report_id(f'澄岭县/望杉镇/{year}.txt')}" for year in sample.YEARS
    ]
    assert others[0].get("aria-current") == "page"


def test_a_table_is_a_table(client: FlaskClient) -> None:
    assert texts(page(client.get(f"/reports/{REPORT}")), "//section[@id='p-4']//th") == ["项目", "件数"]


def test_an_unknown_report_is_not_found(client: FlaskClient) -> None:
    response = client.get("/reports/ffffffffffff")

    assert response.status_code == 404
    assert "没有编号为 ffffffffffff 的报告" in text(page(response), "//h1")


def test_the_original_file_comes_as_a_download_that_no_browser_runs(client: FlaskClient) -> None:
    with client.get(f"/reports/{REPORT}/file") as response:
        assert response.data.decode() == "原文"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response.headers["Content-Security-Policy"]


def test_an_original_that_is_gone_is_not_found_in_plain_words(client: FlaskClient) -> None:
    response = client.get(f"/reports/{BARE}/file")

    assert response.status_code == 404
    assert "找不到原文件“无名.txt”" in text(page(response), "//h1")


def test_the_original_of_a_member_of_a_bundle_is_sent_alone(tmp_path: Path) -> None:
    settings = sample.settings(tmp_path)
    (settings.corpus / "包.zip").write_bytes(zipped({"内/原.txt": "原文".encode(), "b.txt": b"x"}))
    engine = sample.engine()
    report, passages = sample.bare()
    with engine.writing() as writer:
        writer.put(sample.moved(report, "包.zip/内/原.txt"), passages)

    response = create_app(settings, engine=engine).test_client().get(f"/reports/{BARE}/file")

    assert response.data.decode() == "原文"
    assert "%E5%8E%9F.txt" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/passwd", "link.txt", "澄岭县", "x\x00y"])
def test_no_file_outside_the_corpus_is_ever_sent(path: str, tmp_path: Path) -> None:
    settings = sample.settings(tmp_path)
    (tmp_path / "secret.txt").write_text("不该看到", encoding="utf-8")
    (settings.corpus / "link.txt").symlink_to(tmp_path / "secret.txt")
    engine = sample.engine()
    report, passages = sample.bare()
    with engine.writing() as writer:
        writer.put(sample.moved(report, path), passages)

    assert create_app(settings, engine=engine).test_client().get(f"/reports/{BARE}/file").status_code == 404


def test_other_files_with_the_same_text_are_named(client: FlaskClient) -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    copies = tuple(Copy(path=f"副本/{number}.html", fingerprint="") for number in range(1, 13))

    shown = page(over(replace(report, copies=copies[:2]), passages).get(f"/reports/{REPORT}"))
    many = page(over(replace(report, copies=copies), passages).get(f"/reports/{REPORT}"))

    assert texts(shown, "//dl[@class='facts']/div")[-1] == "同样内容的文件副本/1.html副本/2.html"
    assert texts(many, "//dl[@class='facts']//span[@class='more-line']")[-1] == "……另有 2 个"
    assert "同样内容的文件" not in text(page(client.get(f"/reports/{REPORT}")), "//dl[@class='facts']")


def test_two_reports_of_one_year_are_told_apart_and_the_older_one_names_the_newer() -> None:
    report, passages = sample.ordinary("澄岭县", "望杉镇", 2020)
    newer = replace(report, id="f" * 12, path="澄岭县/望杉镇/2020修订.txt", issued=date(2021, 3, 1))
    engine = ScanningEngine()
    with engine.writing() as writer:
        writer.put(report, passages)
        writer.put(newer, tuple(replace(each, id=f"{newer.id}-{each.number}", report=newer.id) for each in passages))
    client = create_app(Settings(), engine=engine).test_client()

    older, newest = page(client.get(f"/reports/{REPORT}")), page(client.get(f"/reports/{newer.id}"))

    listed = page(client.get("/?q=矛盾纠纷&collapse=none"))
    marked = listed.xpath("//article[@class='hit'][.//a[@class='newer']]//h2/a/@href")
    assert marked
    assert all(REPORT in address for address in marked)
    assert set(listed.xpath("//a[@class='newer']/@href")) == {f"/reports/{newer.id}"}
    assert texts(older, "//nav[@class='others']/a") == ["2020年度（2020.txt）", "2020年度（2020修订.txt）"]
    assert "较新的是 澄岭县/望杉镇/2020修订.txt" in text(older, "//div[@class='warnings']")
    assert not newest.xpath("//div[@class='warnings']")
