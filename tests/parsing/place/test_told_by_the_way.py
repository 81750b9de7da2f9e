"""Places told by the way: a headline's town, a county that is only cited or followed, a town named once."""

import pytest

from search_app.model import Report
from search_app.parsing import parse
from search_app.parsing.place.gazetteer import gazetteer
from search_app.parsing.place.news_places import find_headline_place, find_lead_place
from tests.parsing.reading import lines

LONG = "各村、各部门按照职责分工抓好落实，司法所每月通报一次进展情况，年底统一组织考核，结果与评先评优挂钩。"


def report(text: str) -> Report:
    return parse(lines(text), path="a.txt")[0]


@pytest.mark.parametrize(
    ("title", "county", "town", "acts"),
    [
        ("澄泗县云渡镇召开法治建设推进会", "澄泗县", "云渡镇", True),
        ("榧坑乡：三举措推进依法行政见实效", None, "榧坑乡", True),
        ("喜报！芦垭乡荣获全市法治示范乡镇", None, "芦垭乡", True),
        ("省司法厅调研组赴桐口镇调研基层法治建设", None, "桐口镇", False),
        ("澄泗区人大调研组来梓里街道视察", None, "梓里街道", False),
        ("汊河区司法局赴驿前桥镇开展案卷评查", "汊河区", "驿前桥镇", False),
        ("麂山县：绷紧“法治弦”——橡树坪镇依法治镇侧记", "麂山县", "橡树坪镇", True),
    ],
)
def test_a_headline_tells_whom_it_is_about(title: str, county: str | None, town: str, acts: bool) -> None:
    found = find_headline_place(title, gazetteer(""))

    assert found is not None
    assert (found[0].county, found[0].town, found[1]) == (county, town, acts)


@pytest.mark.parametrize(
    "title",
    ["普法小分队深入各乡镇开展宣传", "市委督查组到我镇督查法治工作", "全力打造法治乡镇", "我县召开镇街法治建设推进会"],
)
def test_a_headline_that_names_no_place_gives_none(title: str) -> None:
    assert find_headline_place(title, gazetteer("")) is None


def test_the_first_sentence_of_news_tells_its_place() -> None:
    found = find_lead_place("为提升素养，3月2日，澄泗县桐口镇举办培训班。其后石岭镇也办了一期。", gazetteer(""))

    assert found is not None
    assert (found.county, found.town) == ("澄泗县", "桐口镇")


@pytest.mark.parametrize(
    "text",
    [
        "制定实施细则，认真落实《澄泗区镇街法治建设考核办法》，",
        "按照澄泗区有关部署，",
        "紧紧围绕澄泗区委、区政府中心工作，",
        "文件自公布之日起15日内报澄泗区人民政府备案，",
        "本镇地处澄泗区西北部，",
    ],
)
def test_a_county_that_is_told_by_the_way_is_known_and_marked_as_concluded(text: str) -> None:
    found = report(f"云渡镇2024年法治政府建设情况报告\n一、主要举措\n{text}{LONG}")

    assert (found.county, found.place_source, found.place_confidence) == ("澄泗区", "inferred", "low")


@pytest.mark.parametrize(
    "text",
    [
        "学习《社区矫正法》《城市管理执法办法》《物业管理区域划分办法》，",
        "落实市县有关要求，按照全区统一部署，",
        "学习借鉴《澄泗区执法办法》和《汊河区执法办法》，",
    ],
)
def test_words_of_laws_and_several_counties_are_no_county(text: str) -> None:
    assert report(f"云渡镇2024年法治政府建设情况报告\n一、主要举措\n{text}{LONG}").county is None


@pytest.mark.parametrize("sentence", ["2023年桐口镇检查186次。", "全年桐口镇共化解纠纷40件。", "桐口镇组织学法12次。"])
def test_a_town_named_once_where_it_acts_is_concluded(sentence: str) -> None:
    found = report(f"一、主要举措\n镇主要领导每季度听一次汇报。{sentence}\n二、不足\n执法人员偏少。")

    assert (found.town, found.place_confidence) == ("桐口镇", "low")


def test_two_towns_that_act_once_are_not_told_apart() -> None:
    assert report("一、主要举措\n桐口镇组织学法12次。石岭坳镇开展评查。\n二、不足\n执法人员偏少。").town is None


@pytest.mark.parametrize(
    ("title", "county"),
    [
        ("澜河县2023年法治政府建设年度报告", "澜河县"),
        ("云岭省青禾市澜河县2023年法治政府建设年度报告", "澜河县"),
        ("中共澜河县委关于2023年法治建设情况的报告", "澜河县"),
        ("澜河县教育局2023年法治政府建设年度报告", "澜河县"),
        ("澄溪区二〇二三年法治政府建设情况报告", "澄溪区"),
        ("关于全县法治政府建设情况的报告", None),
        ("示范区2023年法治政府建设年度报告", None),
        ("我县2023年法治政府建设年度报告", None),
        ("城区2023年法治政府建设年度报告", None),
    ],
)
def test_a_title_that_begins_with_a_county_states_it(title: str, county: str | None) -> None:
    found, _ = parse(lines(f"{title}\n一、主要举措\n全年学法八次，各乡镇跟进。"), path="a.txt")

    assert (found.town, found.county) == (None, county)


def test_a_county_alone_on_the_line_above_the_title_is_that_of_the_town() -> None:
    found, _ = parse(lines("澜河县\n鹭洲镇2023年法治政府建设年度报告\n一、主要举措\n全年学法八次。"), path="a.txt")

    assert (found.town, found.county) == ("鹭洲镇", "澜河县")


@pytest.mark.parametrize("told", ["赴邻省松陵县学习，与松陵县司法局座谈。", "借鉴松陵县司法局的做法，建起两所站。"])
def test_a_county_that_was_visited_is_not_the_towns_own(told: str) -> None:
    text = f"鹭洲镇2023年法治政府建设年度报告\n一、主要举措\n（一）学习外地。{told}"

    assert parse(lines(text), path="a.txt")[0].county is None
