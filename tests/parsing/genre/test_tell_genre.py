"""Genres: what a document is, told by its title, by its text, and by both."""

import pytest

from search_app import genres
from search_app.model import REPORT_KIND
from search_app.parsing.genre.tell_genre import GenreFound, tell_genre
from search_app.parsing.genre.text_signs import Texts

TITLES = {
    genres.NEWS: """云渡镇召开法治政府建设工作推进会
栗峪镇扎实开展“12·4”国家宪法日宣传活动
县委依法治县办督查组到楮溪镇督查法治建设工作
芦垭乡：法治宣传进村寨 普法惠民零距离
麂坪镇人大代表视察法治政府建设情况
鸬浦街道听取2023年度法治政府建设情况汇报
沅芷县薤园镇：“三个聚焦”绘就法治建设新画卷
蒿岭乡2023年度法治政府建设工作会议召开
云渡镇迎接全县法治建设年度考核
葭川县麂坪镇：法治副镇长“把脉”村级合同
楮溪镇2024年法治政府建设工作亮点纷呈
我县两个乡镇获评省级法治建设示范乡镇
楮溪镇2024年第一季度法治政府建设工作调度会召开""",
    genres.READING: """《云渡镇重大行政决策程序规定》解读
一图读懂《葭川县法治政府建设实施方案》
图解：楮溪镇2023年度法治政府建设情况报告
常务会议题解读：《关于加强乡镇法治建设的意见》
《栗峪镇2024年法治政府建设工作方案》文字解读""",
    genres.PLAN: """云渡镇2024年法治政府建设实施方案
关于印发《榧坑乡普法依法治理工作方案》的通知
关于加强法治乡镇建设的实施意见""",
    genres.POINTS: "汐岸街道2024年法治政府建设工作要点",
    genres.SCHEDULE: "云渡镇2025年法治政府建设工作计划\n薤园镇2024年法治政府建设任务分解表",
    genres.RULES: "楮溪镇重大行政决策程序规定\n关于印发《栗峪镇合同管理办法》的通知\n云渡镇执法全过程记录制度（试行）",
    genres.SUMMARY: """云渡镇2023年普法依法治理工作总结
楮溪镇司法所2024年工作总结
汐岸街道2023年度平安建设工作报告
葭川县2023年度法治宣传教育年度报告
关于2023年民主法治示范村创建工作的总结
2023年工作总结""",
    genres.SELF_CHECK: "关于法治政府建设示范创建工作的自查报告",
    genres.ON_DUTY: "云渡镇党委书记2023年述法报告",
    genres.CONGRESS: "2024年云渡镇政府工作报告",
    genres.OPENNESS: "2023年云渡镇政府信息公开工作年度报告",
    genres.OTHER: "关于公布2024年行政执法人员名单的公告\n在全镇法治建设工作会议上的讲话",
    genres.NOTICE: "关于开展2024年度法治政府建设督察的通知",
    REPORT_KIND: """关于云渡镇2023年度法治政府建设情况的公示
云渡镇人民政府2023年依法行政工作总结
2021年法治政府建设工作总结及2022年工作安排
麂坪镇2022年依法治镇工作报告
栗峪镇2024年法治政府工作报告
关于法治政府建设工作情况的汇报材料""",
}


def told(title: str | None = None, text: str = "", headings: tuple[str, ...] = ()) -> GenreFound:
    return tell_genre(title, Texts(headings=headings, text=text))


@pytest.mark.parametrize(
    ("kind", "title"), [(kind, title) for kind, titles in TITLES.items() for title in titles.splitlines()]
)
def test_a_title_alone_tells_what_a_document_is(kind: str, title: str) -> None:
    assert told(title).kind == kind


def test_a_report_without_title_is_known_by_how_it_speaks_and_by_its_parts() -> None:
    found = told(
        text="现将有关情况报告如下：\n我镇全年办理执法案件12件，调解纠纷40件，审查规范性文件2件。",
        headings=("一、主要做法", "二、存在不足", "三、明年打算"),
    )

    assert (found.kind, found.confidence) == (REPORT_KIND, "high")
    assert found.reasons[0] == "开头说“现将有关情况报告如下”"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("4月8日，楮溪镇举办培训班。会议强调，要学以致用。该镇司法所参加。\n（通讯员：某某）", genres.NEWS),
        ("问：为什么要审查？\n答：为了少出错。\n问：审查多久？\n答：三天。", genres.READING),
        ("第一条 为了规范执法，制定本规定。\n第二条 本规定适用于本镇。\n第三条 由司法所解释。", genres.RULES),
        ("各位代表：\n现在，我代表镇人民政府报告工作，请予审议。", genres.CONGRESS),
        ("为推进法治建设，特制定本方案。\n责任单位：司法所", genres.PLAN),
        ("依据《中华人民共和国政府信息公开条例》编制本报告。", genres.OPENNESS),
    ],
)
def test_a_text_without_title_tells_what_it_is(text: str, kind: str) -> None:
    assert told(text=text).kind == kind


def test_a_general_summary_that_opens_with_the_rule_of_law_is_an_annual_report() -> None:
    assert told("2023年工作总结", "我镇围绕法治政府建设抓好各项工作，现总结如下：").kind == REPORT_KIND
    assert told("2023年工作总结", "我镇围绕春耕生产抓好各项工作，现总结如下：").kind == genres.SUMMARY


def test_news_under_the_title_of_a_report_is_news() -> None:
    text = (
        "近日，县司法局到楮溪镇调研。该镇汇报了工作，该局予以肯定。会议指出，要再接再厉。会议要求，要抓落实。"
        "会议强调，要守住底线。\n编辑：某某"
    )

    assert told("楮溪镇法治政府建设情况", text).kind == genres.NEWS


@pytest.mark.parametrize("text", ["", "今天天气很好。", "镇里有三座桥。"])
def test_what_shows_no_sign_of_a_genre_is_another_document_and_marked_as_doubtful(text: str) -> None:
    found = told(text=text)

    assert (found.kind, found.confidence) == (genres.OTHER, "low")


def test_every_reason_quotes_the_document_or_says_what_it_lacks() -> None:
    title, text = "楮溪镇召开法治建设推进会", "3月6日，楮溪镇召开会议。会议强调，要抓落实。该镇干部参加。"

    for reason in told(title, text).reasons:
        quoted = [part.split("”")[0] for part in reason.split("“")[1:]]
        assert all(part in title + text for part in quoted)
        assert quoted or "没有" in reason


@pytest.mark.parametrize(
    "title",
    [
        "楮溪镇2024年法治政府建设情况问答",
        "汐岸街道2022年度法治政府建设数据清单",
        "榧坑乡2018年依法行政小结",
        "栗峪镇2021年法治政府建设工作统计报表",
        "2023年云渡镇依法行政情况一览表",
        "麂坪镇二〇二〇年法治政府建设情况清单",
    ],
)
def test_a_title_that_names_town_year_and_the_whole_matter_is_that_of_a_report_in_whatever_form(title: str) -> None:
    text = "问：镇里管不管夜市？\n答：管。\n问：谁去管？\n答：执法队。\n问：明年呢？\n答：还管。"

    assert told(title, text).kind == REPORT_KIND


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("《楮溪镇2024年法治政府建设工作方案》问答", genres.READING),
        ("楮溪镇2024年法治政府建设实施方案问答", genres.READING),
        ("楮溪镇2024年法治政府建设知识问答", genres.READING),
        ("楮溪镇2024年法治政府建设任务清单", genres.SCHEDULE),
        ("楮溪镇2024年法治政府建设责任清单", genres.SCHEDULE),
    ],
)
def test_questions_on_a_paper_and_lists_of_tasks_are_no_reports(title: str, kind: str) -> None:
    assert told(title).kind == kind


def test_a_short_summary_of_other_work_is_no_annual_report() -> None:
    assert told("楮溪镇2024年防汛工作小结", "镇里修圩堤两处，转移群众三十户。").kind != REPORT_KIND


def test_questions_that_are_headings_still_tell_an_interpretation() -> None:
    asked = ("问：为什么要审查？", "问：审查多久？", "问：不服怎么办？")

    assert told(text="为了少出错。\n三天。\n去复议。", headings=asked).kind == genres.READING


@pytest.mark.parametrize(
    "title",
    [
        "茅渡镇2024年法治政府建设工作问答",
        "关于茅渡镇2024年度法治政府建设工作情况问答",
        "茅渡镇2024年依法行政答问录",
    ],
)
def test_questions_about_what_anybody_may_apply_for_are_an_interpretation(title: str) -> None:
    text = (
        "问：请律师没钱怎么办？\n答：到镇司法所填表，三个工作日答复。\n问：罚错了找谁？\n答：六十日内可以申请复议。\n问：谁来调解？"
        "\n答：村里的调解员。"
    )

    assert told(title, text).kind == genres.READING


def test_questions_on_figures_of_a_year_are_answered_in_a_report() -> None:
    text = "问：案子办得怎样？\n答：全年办结31件。\n问：还有哪些不足？\n答：人手少。\n问：往后怎么办？\n答：再招人。"

    assert told("茅渡镇2024年法治政府建设工作问答", text).kind == REPORT_KIND


def test_a_form_that_calls_itself_a_report_is_one_whatever_is_asked() -> None:
    text = "问：谁来调解？\n答：调解员。\n问：找谁？\n答：找司法所。\n问：几时开门？\n答：八点。"

    assert told("茅渡镇2024年法治政府建设情况问答式年度报告", text).kind == REPORT_KIND


def test_the_day_from_which_rules_hold_is_no_figure_of_a_year() -> None:
    text = (
        "问：请律师没钱怎么办？\n答：2024年1月1日起施行新办法，一人一年可申请2次，到镇里的窗口填表。\n问：找谁？\n答：找司法所。"
        "\n问：几时开门？\n答：八点。"
    )

    assert told("茅渡镇2024年法治政府建设工作问答", text).kind == genres.READING


@pytest.mark.parametrize(("end", "kind"), [("工作计划", genres.SCHEDULE), ("工作要点", genres.POINTS)])
def test_which_kind_of_plan_a_plan_is_is_told_by_its_title(end: str, kind: str) -> None:
    text = "为做好2025年法治政府建设工作，制定本计划。\n依法办事。\n全年学法6次。\n经费列入预算。"

    assert told(f"鹭洲乡2025年法治政府建设{end}", text, ("一、总体要求", "二、重点任务", "三、保障措施")).kind == kind
