"""Habits of the writers: rarer numbers, half-width marks, short siblings, words that stand before names."""

from datetime import date

import pytest

from search_app.model import Block, Document, Report
from search_app.parsing import parse
from tests.parsing.reading import lines

LONG = "全镇各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况，年底统一组织考核，结果与评先评优挂钩。"


def report(text: str, path: str = "a.txt") -> Report:
    return parse(lines(text), path=path)[0]


def shape(text: str) -> list[tuple[str, int]]:
    return [(entry.heading, entry.level) for entry in report(text).outline]


def test_numbers_as_on_cheques_are_those_of_the_first_level() -> None:
    found = shape(f"壹、举措\n（一）抓学习\n{LONG}\n贰、不足\n{LONG}\n拾壹、2024年展望\n（一）补人手。{LONG}")

    assert found == [
        ("壹、举措", 1), ("（一）抓学习", 2), ("贰、不足", 1), ("拾壹、2024年展望", 1), ("（一）补人手", 2),
    ]  # fmt: skip


def test_ordinals_that_have_numbers_below_them_are_the_first_level() -> None:
    found = shape(
        f"第一、所做工作\n1.抓决策\n（1）定规矩。{LONG}\n（2）定清单。{LONG}\n2.抓执法\n{LONG}\n第二、差距\n1.人手少。{LONG}\n2.经费少。{LONG}"
    )

    assert [level for _, level in found] == [1, 2, 3, 3, 2, 1, 2, 2]


def test_ordinals_below_other_numbers_stay_inside() -> None:
    found = shape(f"一、举措\n{LONG}\n二、不足\n第一，人手少。{LONG}\n第二，经费少。{LONG}")

    assert [level for _, level in found] == [1, 1, 2, 2]


def test_a_point_typed_for_a_full_stop_ends_a_heading() -> None:
    found = shape(
        "三.差距\n1.案卷不规范.个别人员对程序不熟,审核不严.\n2.台账不齐全.3个村没有建立台账.\n四.措施\n1.对不合格的案卷重新讲评,再考一次."
    )

    assert found == [("三.差距", 1), ("1.案卷不规范", 2), ("2.台账不齐全", 2), ("四.措施", 1)]


def test_siblings_of_three_characters_are_headings_where_all_are() -> None:
    found = shape(f"一、打算\n抓队伍。{LONG}\n抓阵地。{LONG}\n抓考核。{LONG}")

    assert found == [("一、打算", 1), ("抓队伍", 2), ("抓阵地", 2), ("抓考核", 2)]


def test_two_short_sentences_among_others_are_no_headings() -> None:
    assert shape(f"一、打算\n目标明。{LONG}\n其中重点在于继续抓好队伍建设，{LONG}") == [("一、打算", 1)]


@pytest.mark.parametrize("behind", ["_街镇动态_禾川县人民政府", "-政务公开", " | 法治建设 | 禾川县"])
def test_columns_behind_a_page_s_title_are_no_part_of_it(behind: str) -> None:
    title = "石鼓镇2023年法治政府建设情况的报告"
    document = Document(
        format="html", blocks=(Block(text="区政府："), Block(text=LONG)), properties={"title": title + behind}
    )

    assert parse(document, path="a.html")[0].title == title


def test_a_line_of_several_facts_is_no_title() -> None:
    found = report(f"石鼓镇政务公开\n分    类：  综合政务 ; 报告\n石鼓镇2023年法治政府建设情况报告\n一、举措\n{LONG}")

    assert found.title == "石鼓镇2023年法治政府建设情况报告"


def test_what_a_folder_is_called_does_not_grow_into_the_name_of_a_county() -> None:
    found = report(f"一、举措\n{LONG}\n青禾岭乡人民政府", path="旧稿/禾川县青禾岭乡（定稿）.txt")

    assert (found.town, found.county) == ("青禾岭乡", "禾川县")


def test_what_is_handed_in_within_days_is_no_town() -> None:
    found = report(f"青禾岭乡地处三河交汇处，辖九个村。\n抓好公开\n结果五日内报到乡政府公示栏，{LONG}")

    assert found.town == "青禾岭乡"


def test_a_county_whose_bureau_asked_for_the_report_is_known() -> None:
    found = report(f"青禾岭乡辖九个村。根据禾川县司法局通知，现将法治政府建设情况报告如下。\n一、举措\n{LONG}")

    assert found.county == "禾川县"


def test_a_known_county_that_the_opening_mentions_is_the_town_s_own() -> None:
    found = report(f"我镇对照宿松县考核细则逐条自查，现报告如下：\n一、举措\n{LONG}\n石鼓岭镇人民政府\n2023年11月2日")

    assert (found.county, found.year, found.year_source) == ("宿松县", 2023, "issued")


def test_the_year_that_an_inspection_is_about_is_that_of_the_report() -> None:
    found = report(
        "按照<关于开展2022年度依法行政考核的通知>,石鼓镇认真自查,现报告如下:\n一.工作情况\n我镇推进依法行政."
    )

    assert (found.year, found.year_source) == (2022, "inferred")


def test_buttons_in_brackets_belong_to_the_page() -> None:
    found = report(f"石鼓镇2023年法治政府建设报告\n一、举措\n{LONG}\n【我要打印】 【关闭本页】")

    assert found.asides[-1].reason == "网页残留"


def test_a_day_of_november_is_of_the_year_reported_on() -> None:
    found = report("法治政府建设自查报告\n我镇推进依法行政工作。\n石岭镇人民政府\n2023年11月8日")

    assert (found.year, found.issued) == (2023, date(2023, 11, 8))


def test_roman_numbers_are_those_of_the_first_level() -> None:
    assert [level for _, level in shape(f"Ⅰ、举措\n（一）抓学习\n{LONG}\nⅡ、不足\n{LONG}")] == [1, 2, 1]


def test_paragraphs_that_open_with_a_dash_and_a_short_sentence_are_headings() -> None:
    found = shape(f"一、举措\n——坚持依法决策。{LONG}\n——坚持严格执法。{LONG}\n二、不足\n{LONG}")

    assert [level for _, level in found] == [1, 2, 2, 1]


def test_long_openings_are_headings_where_all_of_them_are_slogans() -> None:
    slogans = (
        "坚持党建引领，强化责任担当，落实第一责任人职责，推动各项任务走深走实",
        "坚持制度先行，完善议事规则，健全合法性审查机制，确保各项决策依法有序",
    )
    found = shape(f"一、举措\n（一）{slogans[0]}。{LONG}\n（二）{slogans[1]}。{LONG}\n二、不足\n{LONG}")

    assert [level for _, level in found] == [1, 2, 2, 1]


def test_long_openings_that_say_what_was_done_are_text() -> None:
    told = "镇党委高度重视法治工作，成立了领导小组，明确了专人负责，做到层层有人抓、事事有人管"

    assert shape(f"一、举措\n（一）{told}。{LONG}\n（二）{told}。{LONG}") == [("一、举措", 1)]


def test_a_heading_that_ends_in_a_particle_goes_on_below() -> None:
    found = shape(
        f"一、强化执法监督，规范行政行为，切实维护人民群众的\n合法权益\n{LONG}\n二、依法决策，严格程序\n{LONG}"
    )

    assert [level for _, level in found] == [1, 1]


@pytest.mark.parametrize(
    ("day", "issued", "year"),
    [
        ("２０２３年１月９日", date(2023, 1, 9), 2022),
        ("2 0 2 3 年 1 月 9 日", date(2023, 1, 9), 2022),
        ("2023年1月", None, 2022),
        ("二〇二三年元月", None, 2022),
    ],
)
def test_days_are_read_however_they_are_set(day: str, issued: date | None, year: int) -> None:
    found = report(f"石鼓镇法治政府建设报告\n一、举措\n{LONG}\n石鼓镇人民政府\n{day}")

    assert (found.issued, found.year) == (issued, year)
    assert (found.asides[-1].text, found.asides[-1].reason) == (day, "日期")


def test_a_signature_set_with_blanks_names_the_place() -> None:
    found = report(f"法治政府建设报告\n一、举措\n{LONG}\n禾 川 县 石 鼓 镇 人 民 政 府\n2024年1月3日")

    assert (found.county, found.town) == ("禾川县", "石鼓镇")


def test_the_year_of_a_heading_below_the_problems_is_the_next() -> None:
    found = report(f"法治政府建设报告\n一、举措\n{LONG}\n二、存在的问题\n{LONG}\n三、2024年重点工作\n{LONG}")

    assert found.year == 2023


def test_rows_of_a_table_written_with_bars_are_metadata() -> None:
    table = "| 索 引 号 | 1234/2025-6 | 主题分类 | 综合 |\n| 成文日期 | 2025-02-13 | 标 题 | 石鼓镇报告 |"
    text = f"{table}\n石鼓镇2024年法治政府建设报告\n一、举措\n{LONG}"

    assert (report(text).title, report(text).issued) == ("石鼓镇2024年法治政府建设报告", date(2025, 2, 13))


@pytest.mark.parametrize(
    "above", ["法治政府建设年度报告", "法定主动公开内容\n法治政府建设年度报告\n石鼓镇政府报告栏目"]
)
def test_the_column_above_a_title_is_not_taken_for_it(above: str) -> None:
    found = report(f"{above}\n石鼓镇2023年法治政府建设年度报告\n来源：石鼓镇\n一、举措\n{LONG}")

    assert found.title == "石鼓镇2023年法治政府建设年度报告"


def test_the_letter_that_hands_a_report_in_is_not_the_report() -> None:
    found = report(
        "石鼓镇人民政府\n关于报送2023年法治政府建设工作报告的函\n县司法局：\n现将报告报送你局，请审阅。\n石鼓镇人民政府\n"
        f"2024年1月8日\n石鼓镇2023年法治政府建设工作报告\n一、举措\n{LONG}"
    )

    assert (found.title, found.issued) == ("石鼓镇2023年法治政府建设工作报告", date(2024, 1, 8))


@pytest.mark.parametrize(
    "text",
    [
        "某县某镇2023年法治政府建设报告",
        "法治政府建设报告\n辖区内人民路、解放街道路整治完成。",
        "法治政府建设报告\n推动资源下沉到乡、服务延伸到村，争创示范镇。",
    ],
)
def test_what_only_looks_like_a_town_is_none(text: str) -> None:
    assert report(f"{text}\n一、举措\n{LONG}").town is None


@pytest.mark.parametrize("path", ["禾川县-石鼓镇-2023.docx", "石鼓镇（禾川县）2023.docx", "01禾川县石鼓镇报告.docx"])
def test_the_county_in_a_file_s_name_is_known_however_it_is_joined(path: str) -> None:
    found = report(f"2023年法治政府建设报告\n一、举措\n{LONG}", path=path)

    assert (found.town, found.county) == ("石鼓镇", "禾川县")


def test_the_county_in_a_breadcrumb_is_known() -> None:
    found = report(f"当前位置：首页 > 禾川县 > 石鼓镇 > 法治建设\n石鼓镇2023年法治政府建设报告\n一、举措\n{LONG}")

    assert found.county == "禾川县"


def test_a_former_official_of_a_county_is_no_county() -> None:
    found = report(f"石鼓镇2023年法治政府建设报告\n一、举措\n邀请时任县委政法委领导授课，{LONG}")

    assert found.county is None


def test_a_bracket_that_is_closed_in_half_width_is_closed() -> None:
    assert shape(f"一、举措\n（一)抓学习\n{LONG}\n(二）抓宣传\n{LONG}")[1] == ("（一)抓学习", 2)


def test_a_caption_is_no_heading() -> None:
    assert shape(f"一、举措\n{LONG}\n图1：普法宣传现场\n{LONG}") == [("一、举措", 1)]


def test_the_year_of_the_meetings_that_are_told_is_the_report_s() -> None:
    held = "2023年3月15日召开推进会，部署全年任务。\n2023年9月组织执法人员培训，全员参加。"

    assert report(f"法治政府建设报告\n一、举措\n{held}\n二、打算\n2024年，我镇将继续努力。").year == 2023


def test_the_day_a_page_was_fetched_is_not_that_of_the_report() -> None:
    found = report(f"抓取时间：2025-06-01 12:00:00\n发布日期：2024-01-08\n石鼓镇法治政府建设报告\n一、举措\n{LONG}")

    assert (found.issued, found.year) == (date(2024, 1, 8), 2023)


def test_a_title_may_bear_the_number_it_has_in_a_collection() -> None:
    found = report(f"3、石鼓乡2023年依法行政工作总结\n一、举措\n{LONG}\n二、不足\n{LONG}")

    assert found.title == "石鼓乡2023年依法行政工作总结"
    assert [entry.level for entry in found.outline] == [1, 1]
