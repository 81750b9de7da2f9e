"""Titles as pages give them: joint signatories, names of sites, rows of metadata, buttons, the title again."""

import pytest

from search_app.model import Document, Report
from search_app.parsing import parse
from search_app.parsing.cover.site_names import is_site, strip_site
from tests.parsing.reading import lines

TITLE = "云渡镇2024年度法治政府建设情况报告"
BODY = (
    "2024年，云渡镇认真学法用法，规范执法行为。现将情况报告如下：\n一、主要举措\n"
    "（一）带头学法。党委会全年集体学法十二次，人人写体会。"
)


def report(text: str, *, hard_wrapped: bool = True) -> Report:
    return parse(lines(text, hard_wrapped=hard_wrapped), path="a.txt")[0]


@pytest.mark.parametrize(
    "printed",
    [
        f"{TITLE} - 澄泗区人民政府门户网站",
        f"{TITLE}_街镇动态_澄泗区人民政府",
        f"{TITLE} 澄泗区政府信息公开网",
        f"澄泗区人民政府门户网站 - {TITLE}",
        f"澄泗区人民政府网 {TITLE}",
    ],
)
def test_a_site_s_name_is_never_glued_to_a_title(printed: str) -> None:
    assert strip_site(printed) == TITLE
    assert report(f"{printed}\n{BODY}").title == TITLE


@pytest.mark.parametrize("title", [TITLE, "云渡镇网格化治理工作总结", "关于云渡镇“互联网+”执法情况的报告（2024年）"])
def test_a_title_without_a_site_stays_as_it_is(title: str) -> None:
    assert strip_site(title) == title


def test_a_line_that_names_the_site_is_no_part_of_the_title_below_it() -> None:
    assert is_site("澄泗区人民政府门户网站")
    assert report(f"澄泗区人民政府网站\n云渡镇2024年工作总结\n{BODY}").title == "云渡镇2024年工作总结"


def test_a_joint_title_keeps_all_that_sign_it() -> None:
    found = report(f"中共澄泗区云渡镇委员会\n澄泗区云渡镇人民政府 关于2024年法治政府建设情况的报告\n{BODY}")

    assert (found.title or "").replace(" ", "") == (
        "中共澄泗区云渡镇委员会澄泗区云渡镇人民政府关于2024年法治政府建设情况的报告"
    )


def test_a_letterhead_above_a_title_of_one_s_own_is_no_signatory() -> None:
    assert report(f"云渡镇人民政府\n{TITLE}\n{BODY}").title == TITLE


def test_a_title_is_read_from_a_row_of_metadata() -> None:
    rows = f"| 索引号: | 0001/2025-1 | 分类: | 其他 |\n| 标题: | {TITLE} | | |"

    assert report(f"{rows}\n{BODY}").title == TITLE


@pytest.mark.parametrize(
    "furniture",
    [
        "语音播报\n正在合成语音，请稍候\n进入播报模式\n退出播报\n【字号：",
        "正在加载\n收听全文\n更多",
        "我要纠错\n智能问答",
    ],
)
def test_nothing_above_the_opening_is_a_heading(furniture: str) -> None:
    found = report(f"{TITLE}\n日期：2025-01-20\n{furniture}\n{BODY}")

    assert [entry.heading for entry in found.outline] == ["一、主要举措", "（一）带头学法"]


def test_a_heading_above_a_paragraph_that_opens_nothing_stays_one() -> None:
    text = f"{TITLE}\n加强组织领导\n成立领导小组，书记任组长，每季度开会一次，研究解决执法装备、人员编制等困难。"

    assert [entry.heading for entry in report(text).outline] == ["加强组织领导"]


def test_the_title_again_inside_the_body_is_no_heading() -> None:
    more = "二、存在不足\n执法人员偏少，装备陈旧，遇到专业问题时常常要等县里来人才能办。"
    found = report(f"{TITLE}\n{BODY}\n{TITLE}\n{more}", hard_wrapped=False)

    assert [entry.heading for entry in found.outline if entry.level == 1] == ["一、主要举措", "二、存在不足"]
    assert [aside.reason for aside in found.asides if aside.text == TITLE] == ["标题", "标题"]


@pytest.mark.parametrize(
    "first",
    [
        "我镇2024年法治政府建设工作在县委的领导下，以服务",
        "为进一步提升干部法治素养，云渡镇召开法治建设",
        "2024年，云渡镇扎实开展法治宣传活动，组织",
    ],
)
def test_a_first_sentence_broken_over_lines_is_no_headline(first: str) -> None:
    text = f"{first}\n群众为宗旨，取得了新的成效，全年办理案件十二件，调解纠纷四十件。\n一、主要举措\n办好每一件事。"

    assert report(text).title is None


def test_properties_of_a_page_give_the_title_without_its_site() -> None:
    document = lines(BODY)
    page = Document(
        format="html", blocks=document.blocks, properties={"title": f"{TITLE} - 澄泗区人民政府"}, hard_wrapped=False
    )

    assert parse(page, path="a.html")[0].title == TITLE
