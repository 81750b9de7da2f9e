"""Mixed folders: laws, papers about them, plans and news are told from reports, and state no town and no far year."""

import pytest

from search_app import genres
from search_app.model import Report
from search_app.parsing import parse
from tests.parsing.reading import lines

_CLAUSES = "第一条为了规范行政执法，制定本法。\n第二条乡镇人民政府应当依法行政。\n第三条本法自2022年7月15日起施行。\n"
_HEAD = "为深入推进依法行政，加快建设法治政府，现就有关工作"

#: What a paper is like, its genre, its text.
PAPERS = {
    "clauses without a blank, no title": ("法规文件", f"第一章 总 则\n{_CLAUSES}"),
    "a short name and clauses": (
        "法规文件",
        "社区矫正法\n第一章 总则\n第一条 为了规范矫正，制定本法。\n第二条 本法适用于社区矫正。\n第三条 依法实施。\n",
    ),
    "a decision in points": (
        "法规文件",
        "全国人民代表大会常务委员会关于加强乡镇行政执法的决定\n为了推进法治政府建设，特作如下决定：\n"
        "一、乡镇人民政府应当组建综合行政执法队伍。\n二、建立法制审核制度。\n本决定自2024年3月1日起施行。\n",
    ),
    "an amendment": (
        "法规文件",
        "国务院关于修改《乡镇集市条例》的决定\n国务院决定作如下修改：\n一、将第十二条修改为：“乡镇应当依法行政。”\n"
        "二、删去第十五条第二款，增加一条，作为第十六条。\n",
    ),
    "a decree and its rules": (
        "法规文件",
        "枫河省人民政府令\n第361号\n《枫河省规范性文件办法》已经审议通过，现予公布，自2023年6月1日起施行。\n"
        "枫河省规范性文件办法\n第一条 为了推进法治政府建设，制定本办法。\n第二条 适用本办法。\n第三条 应当备案。\n",
    ),
    "an interpretation by the court": (
        "法规文件",
        "最高人民法院关于审理行政协议案件若干问题的解释\n为监督行政机关依法行政，制定本解释。\n"
        "第一条 协议属于行政协议。\n第二条 应当受理。\n第三条 应当出庭应诉。\n",
    ),
    "what is said of a draft": (
        "其他",
        "关于《枫河省乡镇执法条例（草案）》的说明\n我受省人民政府委托，现对条例草案作如下说明：\n一、制定条例的必要性\n"
        "近年来我省推进法治政府建设，也存在执法力量薄弱等问题。\n二、主要内容\n规定了法制审核，请审议。\n",
    ),
    "what became of a draft": (
        "其他",
        "枫河省人大法制委员会关于《枫河省信访条例（草案）》审议结果的报告\n现将审议结果报告如下：\n"
        "一、建议增加一条规定。\n二、建议删去草案第三十条。\n草案二次审议稿和以上报告是否妥当，请审议。\n",
    ),
    "an inspection by others": (
        "其他",
        "关于桑泊县2023年法治政府建设情况的执法检查报告\n现将执法检查情况报告如下：\n一、基本情况\n"
        "各乡镇执法较为规范。\n二、存在的问题\n力量不足。\n三、意见和建议\n加强培训。\n",
    ),
    "an answer to a lower court": (
        "其他",
        "最高人民法院关于乡镇人民政府能否作为被告问题的批复\n枫河省高级人民法院：\n你院请示收悉。经研究，答复如下：\n"
        "由委托的行政机关作被告，乡镇人民政府依照授权作出行政处罚的除外。\n此复。\n",
    ),
    "an outline": (
        "工作方案",
        f"法治政府建设实施纲要（2021—2025年）\n{_HEAD}制定本纲要。\n一、总体要求\n到2025年全面建设法治政府，"
        "到2035年基本建成法治国家。\n二、健全行政执法体系\n把执法事项下放至基层。\n",
    ),
    "a five-year plan": (
        "工作方案",
        "桑泊县第十五个五年规划和二〇三五年远景目标纲要\n本纲要阐明2026—2030年发展目标。\n第一章 总体要求\n"
        "到2030年，法治桑泊建设达到更高水平，展望2035年，基本实现现代化。\n",
    ),
    "cases": (
        "其他",
        "枫河省司法厅发布行政执法监督典型案例\n案例一：某镇政府违法拆除案\n【基本案情】某镇政府未经催告即拆除。\n"
        "【典型意义】推进乡镇依法行政，建设法治政府。\n",
    ),
    "an essay": (
        "其他",
        "乡镇法治政府建设的困境与出路\n摘要：本文以12个乡镇为样本，分析依法行政中的问题。\n关键词：乡镇；法治政府\n"
        "一、问题的提出\n乡镇法治政府建设仍较薄弱。\n参考文献\n",
    ),
    "honours": (
        "其他",
        "枫河省人民政府关于表彰全省依法行政先进单位的决定\n为鼓励先进，省人民政府决定授予县司法局等40个单位“依法行政先进单位”称号。\n"
        "各地要为建设法治政府作出新贡献。\n",
    ),
    "news of a campaign": (
        "新闻",
        "全省“千企帮千镇”行动推进会召开\n10月17日，全省“千企帮千镇”行动推进会召开。会议指出，要化解涉企矛盾纠纷。\n"
        "会议要求，大力发展乡村法律服务，优化营商环境。与会人员实地观摩。\n",
    ),
    "a report that quotes the law": (
        "年度报告",
        "桑泊县柳林镇2022年法治政府建设年度报告\n我镇认真学习《行政处罚法》第二十四条，现报告如下：\n一、主要举措和成效\n"
        "按照第五十五条的规定两人执法，办案17件，开展“千企帮千镇”行动。\n二、存在的不足\n执法力量不足。\n",
    ),
    "a report without a title": (
        "年度报告",
        "今年以来，我街道坚持依法行政，推进法治政府建设，全年审查合同31份，化解纠纷205件。\n"
        "目前还存在执法人员不足等问题。2024年，我街道将继续抓好法治建设各项工作。\n",
    ),
}


def understood(text: str) -> Report:
    return parse(lines(text), path="a.txt")[0]


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_is_told_from_a_report(paper: str) -> None:
    wanted, text = PAPERS[paper]

    assert genres.find_genre(understood(text).kind) == wanted


@pytest.mark.parametrize("paper", [name for name, (wanted, _) in PAPERS.items() if wanted != "年度报告"])
def test_no_other_paper_has_a_town_or_a_year_to_come(paper: str) -> None:
    report = understood(PAPERS[paper][1])

    assert (report.town, report.year if report.year_confidence != "low" else None) == (None, None)


def test_the_year_in_which_work_goes_on_is_not_that_of_the_report() -> None:
    report = understood(PAPERS["a report without a title"][1])

    assert (report.year, report.year_confidence) == (2023, "low")


def test_a_year_far_after_the_day_of_signing_is_a_horizon() -> None:
    text = (
        "桑泊县柳林镇面向2030法治政府建设年度报告\n2023年，我镇依法行政，现报告如下：\n一、主要举措\n办案17件。\n"
        "柳林镇人民政府\n2024年1月20日\n"
    )

    assert understood(text).year == 2023
