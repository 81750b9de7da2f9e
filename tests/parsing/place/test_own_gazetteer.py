"""An administrator's own list of places: it adds, or stands alone, and a slip in it is said with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search_app.errors import ConfigError
from search_app.indexing import read_own_places
from search_app.parsing.place.gazetteer import Gazetteer, Place, gazetteer

Own = Callable[[str | bytes], Gazetteer]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """Give the names known with a list of this content."""

    def own(content: str | bytes) -> Gazetteer:
        path = tmp_path / "地名.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return gazetteer(read_own_places(path))

    return own


CHENGKOU = Place(province="重庆市", county="城口县")
FICTION = Place(province="云岭省", city="青禾市", county="禾川县")


def test_a_new_town_joins_its_county_whose_towns_stay(own: Own) -> None:
    names = own("重庆市,,城口县,星子坳镇\n")

    assert names.towns["星子坳镇"] == names.towns["北屏乡"] == (CHENGKOU,)


def test_levels_left_out_are_filled_in_where_only_one_county_is_so_named(own: Own) -> None:
    assert own(",,城口县,星子坳镇\n").towns["星子坳镇"] == (CHENGKOU,)


def test_levels_left_out_stay_out_where_several_counties_are_so_named(own: Own) -> None:
    assert own(",,鼓楼区,星子坳镇\n").towns["星子坳镇"] == (Place(county="鼓楼区"),)


def test_a_county_of_ones_own_needs_its_upper_levels_once_only(own: Own) -> None:
    names = own("云岭省,青禾市,禾川县,星子坳镇\n,,禾川县,月牙乡\n")

    assert names.towns["星子坳镇"] == names.towns["月牙乡"] == names.counties["禾川县"] == (FICTION,)
    assert names.cities["青禾市"] == "云岭省"


def test_a_town_that_is_known_already_is_not_there_twice(own: Own) -> None:
    assert own("重庆市,,城口县,北屏乡\n").towns["北屏乡"] == (CHENGKOU,)


def test_the_first_line_may_say_that_the_list_stands_alone(own: Own) -> None:
    names = own("# 我们自己的地名\n只用本表,,,\n云岭省,青禾市,禾川县,星子坳镇\n")

    assert dict(names.towns) == {"星子坳镇": (FICTION,)}
    assert names.provinces == {"云岭省"}


@pytest.mark.parametrize(
    "content",
    [
        "省,市,县,乡镇\n云岭省,青禾市,禾川县,星子坳镇\n云岭省,青禾市,禾川县,月牙乡\n",
        "云岭省，青禾市，禾川县，星子坳镇\r\n\r\n，，禾川县，月牙乡\r\n",
        "云岭省\t青禾市\t禾川县\t星子坳镇 月牙乡\n",
        "云岭省,青禾市,禾川县,星子坳镇、月牙乡,,\n,,,\n",
        "\ufeff云岭省,青禾市,禾川县,星子坳镇、月牙乡",
        "云岭省,青禾市,禾川县,星子坳镇、月牙乡".encode("gb18030"),
        "云岭省,青禾市,禾川县,星子坳镇、月牙乡".encode("utf-16"),
    ],
)
def test_it_is_read_as_notepad_and_excel_save_it(own: Own, content: str | bytes) -> None:
    names = own(content)

    assert names.towns["星子坳镇"] == names.towns["月牙乡"] == (FICTION,)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("云岭省,青禾市,禾川县,星子坳镇\n青禾市,禾川县,月牙乡\n", "第 2 行写法有误：青禾市,禾川县,月牙乡"),
        ("云岭省,青禾市,禾川县,星子坳\n", "第 1 行的“星子坳”不是乡镇名称"),
        (",,,星子坳镇\n", "第 1 行写法有误"),
        ("云岭省,青禾市,禾川县,\n", "第 1 行写法有误"),
        ("# 空的\n只用本表\n", "是空的"),
        (b"\xff\xfe\xff", "不是文本文件，或编码不对"),
        (b"\x81" * 9, "不是文本文件，或编码不对"),
    ],
)
def test_a_slip_is_said_with_its_line_and_how_to_write_it(own: Own, content: str | bytes, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        own(content)

    assert said in refused.value.message
    assert refused.value.hint


def test_a_list_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "没有.txt", "没有这个文件"), (tmp_path, "这是文件夹，不是文件")):
        with pytest.raises(ConfigError) as refused:
            read_own_places(path)

        assert said in refused.value.message
        assert "Errno" not in refused.value.message
