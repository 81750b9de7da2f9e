"""Places: what is stated wins, the gazetteer completes, evidence decides between namesakes, the rest stays unknown."""

from pathlib import Path

import pytest

from search_app.errors import ConfigError
from search_app.indexing import read_own_places
from search_app.model import Block, Document, Report
from search_app.parsing import explain, parse
from search_app.parsing.place.address_patterns import find_address
from search_app.parsing.place.gazetteer import gazetteer
from search_app.parsing.place.site_hosts import find_hosts, match_hosts
from tests.parsing.reading import lines


def report(text: str, path: str = "a.txt", *, own_places: str = "", **corrections: object) -> Report:
    return parse(lines(text), path=path, corrections=corrections, own_places=own_places)[0]


def test_an_invented_place_is_read_from_the_title_alone() -> None:
    found = report("云岭省青禾市禾川县石鼓镇2023年法治政府建设年度报告\n一、主要举措")

    assert (found.province, found.city, found.county, found.town) == ("云岭省", "青禾市", "禾川县", "石鼓镇")


def test_a_town_whose_name_many_counties_have_stays_without_county() -> None:
    found = report("城关镇2023年法治政府建设年度报告\n我镇扎实推进法治政府建设。")

    assert (found.town, found.county) == ("城关镇", None)
    assert any("可能属于" in warning for warning in found.warnings)


def test_a_county_named_in_the_text_decides_between_namesakes() -> None:
    found = report("城关镇2023年法治政府建设年度报告\n在山阳县委、县政府领导下，我镇扎实推进法治政府建设。")

    assert (found.county, found.city, found.province) == ("山阳县", "商洛市", "陕西省")


def test_a_folder_named_after_the_county_gives_the_county() -> None:
    found = report("石鼓镇2023年法治政府建设年度报告", path="禾川县/2023年/a.txt")

    assert found.county == "禾川县"


def test_a_unique_town_is_completed_from_the_gazetteer() -> None:
    found = report("坡子街街道2023年法治政府建设年度报告")

    assert (found.county, found.city, found.place_source) == ("天心区", "长沙市", "gazetteer")


def test_a_half_converted_page_gives_the_town_in_simplified_characters() -> None:
    found = report("湘潭县云湖橋镇2023年法治政府建设年度报告")

    assert found.town == "云湖桥镇"


def test_words_that_look_like_towns_are_none() -> None:
    found = report("2023年，我镇对全镇各村镇、集镇和特色小镇开展法治乡镇创建，城镇面貌一新。")

    assert found.town is None


def test_a_street_named_after_a_street_is_read_whole() -> None:
    address = find_address("坡子街街道办事处2023年法治政府建设情况报告")

    assert address is not None
    assert address.town == "坡子街街道"


def test_the_place_of_a_file_without_any_comes_from_its_name() -> None:
    found = report("今年以来，法治政府建设扎实推进。", path="others/禾川县石鼓镇2023年报告.txt")

    assert (found.town, found.county, found.place_source) == ("石鼓镇", "禾川县", "filename")


def test_corrections_win_and_are_marked() -> None:
    found = report("城关镇2023年法治政府建设年度报告", town="石鼓镇", county="禾川县")

    assert (found.town, found.county, found.place_source) == ("石鼓镇", "禾川县", "sidecar")


@pytest.mark.parametrize("name", ["翟镇", "樟村镇", "平安镇", "乌镇镇", "西阳城乡"])
def test_a_town_whose_name_looks_like_a_word_is_known_from_the_gazetteer(name: str) -> None:
    assert report(f"2023年{name}法治政府建设年度报告").town == name


def test_a_year_in_front_is_no_part_of_the_town() -> None:
    assert report("2021年东门街道法治政府建设年度报告").town == "东门街道"


def framed(frame: str, **properties: str) -> Report:
    blocks = (Block(text="石桥镇2023年法治政府建设年度报告"), Block(text="我镇扎实推进法治政府建设，工作有序开展。"))
    document = Document(format="html", blocks=blocks, properties={"站点": frame, **properties})
    return parse(document, path="a.html")[0]


def test_the_site_that_shows_a_page_tells_the_county() -> None:
    assert framed("禾川县人民政府门户网站").county == "禾川县"
    assert framed("青禾市禾川县人民政府").city == "青禾市"


def test_a_town_in_the_address_of_the_site_is_not_the_reports_own() -> None:
    found = framed("", 页脚="主办：禾川县人民政府 地址：禾川县城关镇人民路1号")

    assert (found.town, found.county) == ("石桥镇", "禾川县")


def test_a_county_is_written_by_its_full_name_of_today() -> None:
    assert report("酉阳县龚滩镇2023年法治政府建设年度报告").county == "酉阳土家族苗族自治县"
    assert report("玉环县楚门镇2015年法治政府建设年度报告").county == "玉环市"


def test_a_page_in_traditional_characters_is_understood_and_printed_as_it_is() -> None:
    found = report("雲溪縣石鼓鎮2023年法治政府建設情況報告\n一、主要舉措\n推動基層執法規範化建設。")

    assert (found.title, found.town, found.county) == ("雲溪縣石鼓鎮2023年法治政府建設情況報告", "石鼓镇", "云溪县")
    assert found.outline[0].heading == "一、主要舉措"


def test_what_a_place_rests_on_can_be_explained() -> None:
    document = lines("石鼓镇2023年法治政府建设年度报告\n在禾川县委领导下，我镇推进法治政府建设。")

    rests = {one.field: (one.value, one.source) for one in explain(document, path="a.txt")}

    assert rests["year"] == ("2023", "title")
    assert rests["town"] == ("石鼓镇", "title")
    assert rests["county"] == ("禾川县", "intro")


def test_an_administrators_list_adds_places() -> None:
    found = report("星子坳镇2023年法治政府建设年度报告", own_places="云岭省,青禾市,禾川县,星子坳镇\n")

    assert (found.province, found.city, found.county) == ("云岭省", "青禾市", "禾川县")


@pytest.mark.parametrize("content", ["云岭省 青禾市 禾川县 星子坳镇\n", "甲,乙,丙\n", ""])
def test_a_bad_list_is_refused(tmp_path: Path, content: str) -> None:
    own = tmp_path / "places.txt"
    own.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigError):
        read_own_places(own)


@pytest.mark.parametrize(
    "folder", ["各区县", "待审区", "下载区", "共享区", "资料市", "全市", "新区", "乡镇街道办事处县"]
)
def test_a_folder_for_filing_is_no_county(folder: str) -> None:
    found = report("云栖岭镇2023年法治政府建设年度报告\n一、举措\n调解纠纷三件。", path=f"{folder}/a.txt")

    assert found.county is None


def test_a_folder_inside_a_city_s_folder_is_the_county() -> None:
    found = report("一、主要举措\n我镇推进法治政府建设。", path="青禾市/禾川县/2023年/石鼓镇.txt")

    assert (found.city, found.county, found.town) == ("青禾市", "禾川县", "石鼓镇")


def test_what_a_town_does_with_its_superior_is_no_part_of_its_name() -> None:
    found = report("坡子街街道2023年法治政府建设年度报告\n一、主要举措\n我街道会同区司法局开展执法检查。")

    assert (found.county, found.city) == ("天心区", "长沙市")


def test_the_official_name_of_a_street_office_gives_street_and_district() -> None:
    found = report("天心区人民政府坡子街街道办事处关于2022年度法治政府建设情况的报告")

    assert (found.town, found.county) == ("坡子街街道", "天心区")


def test_a_town_that_only_a_paper_of_its_own_names_is_found() -> None:
    text = "一、主要举措\n落实法治建设要求，制定《坪上镇法治建设三年行动方案》，我镇法治水平不断提高。"

    assert report(text).town == "坪上镇"


def test_a_town_named_once_counts_where_the_text_names_its_county() -> None:
    text = "在楚雄市委、市政府领导下，我镇依法行政。\n一、主要举措\n东华镇提高站位，强化法治意识。"

    assert (report(text).town, report(text).county) == ("东华镇", "楚雄市")


def test_the_county_that_a_report_without_a_town_is_addressed_to_is_known() -> None:
    found = report("中共山阳县委员会、山阳县人民政府：\n2023年，我镇依法行政。\n一、主要举措\n开展普法。")

    assert (found.town, found.county, found.city) == (None, "山阳县", "商洛市")


def test_a_verb_before_the_word_for_a_town_makes_no_name() -> None:
    text = (
        "2023年，我镇依法行政。\n一、主要举措\n规范性文件经司法所审查后报镇党委会。\n建立健全制度，完善镇人大监督办法。"
    )

    assert report(text).town is None


def test_a_street_is_found_by_its_short_name() -> None:
    text = "一、主要举措\n坡子街党工委带头学法。坡子街办事处依法行政，群众满意。"

    assert report(text).town in (None, "坡子街街道")


@pytest.mark.parametrize(
    ("address", "county"),
    [("www.pingli.gov.cn", "平利县"), ("http://cqck.gov.cn/zwgk/", None), ("www.ankang.gov.cn", None)],
)
def test_the_address_of_a_page_decides_between_namesakes(address: str, county: str | None) -> None:
    found = report(
        f"城关镇2023年法治政府建设年度报告\n来源：{address} 发布时间：2024-01-08\n一、主要举措\n我镇开展普法。"
    )

    assert found.county == county


def test_counties_are_known_by_full_names_and_by_initials_behind_those_of_the_province() -> None:
    places = gazetteer().counties["城口县"]

    fits = [
        bool(match_hosts(places, find_hosts(f"https://{host}.gov.cn/a"))) for host in ("cqck", "chengkou", "ck", "cqwx")
    ]

    assert fits == [True, True, False, False]


@pytest.mark.parametrize(
    "said",
    [
        "紧扣县委中心工作",
        "会同县司法局开展检查",
        "年度县委重点任务",
        "选派一名干部到县司法局学习",
        "县委全面依法治县委员会办公室",
    ],
)
def test_words_before_the_county_s_committee_make_no_county(said: str) -> None:
    text = f"云栖岭镇2023年法治政府建设年度报告\n一、主要举措\n我镇{said}，成效明显。\n我镇，{said}，群众满意。"

    assert report(text).county is None


def test_another_county_that_is_mentioned_once_is_not_the_towns_own() -> None:
    text = (
        "石桥镇2023年法治政府建设年度报告\n一、主要举措\n学习借鉴经验，赴山阳县司法局参观，接受山西省沁水县司法局指导。"
    )

    assert report(text).county is None


@pytest.mark.parametrize(
    ("said", "county"),
    [
        ("在禾川县委、禾川县政府领导下", "禾川县"),
        ("中共商洛市山阳县委领导下", "山阳县"),
        ("山阳县县委领导下", "山阳县"),
    ],
)
def test_a_county_is_told_from_what_stands_around_its_name(said: str, county: str) -> None:
    assert report(f"云栖岭镇2023年法治政府建设年度报告\n一、主要举措\n{said}，我镇依法行政。").county == county


def test_a_street_office_may_leave_out_half_of_its_word_in_the_title() -> None:
    found = report("天津市南开区万兴街2023年法治政府建设报告")

    assert (found.town, found.county) == ("万兴街道", "南开区")
