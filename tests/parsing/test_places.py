"""Places: what is stated wins, the gazetteer completes, evidence decides between namesakes, the rest stays unknown."""

from search_app.model import Report
from search_app.parsing import parse
from search_app.parsing.addresses import find_address
from tests.parsing.reading import lines


def report(text: str, path: str = "a.txt", **corrections: object) -> Report:
    return parse(lines(text), path=path, corrections=corrections)[0]


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
