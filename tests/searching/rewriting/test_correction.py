"""Corrections: what is offered instead of typed words makes sense in the index, not only word by word."""

from pathlib import Path

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.query import Words
from search_app.searching.rewriting.correction import correct
from tests.engines.building import filed
from tests.engines.contract import put


def offered(engine: Engine, typed: str) -> str | None:
    found = correct(engine, Words(text=typed))
    return found.text if found else None


def holding(folder: Path, *texts: str) -> Engine:
    engine = open_engine(folder / "index")
    put(engine, *(filed(f"{number}.txt", text) for number, text in enumerate(texts)))
    return engine


def test_a_word_of_no_table_is_offered_only_where_it_stands_so_in_the_index(tmp_path: Path) -> None:
    engine = holding(tmp_path, *["渡口管理站的摆渡船每天检修。"] * 5, *["乌篷船停在石埠头。"] * 5)

    assert offered(engine, "渡口管里站") == "渡口管理站"
    assert offered(engine, "石埠头管里站") is None


def test_a_word_of_this_genre_is_offered_in_whatever_company_where_the_index_holds_it(tmp_path: Path) -> None:
    engine = holding(tmp_path, *["镇里聘请法律顾问，全年审查合同。"] * 5)

    assert offered(engine, "渡口法律故问") == "渡口法律顾问"


def test_no_word_is_guessed_across_two_beside_which_it_stands_nowhere(tmp_path: Path) -> None:
    engine = holding(tmp_path, *["每季度更换村务公开栏，村支书签字。"] * 5)

    assert offered(engine, "村支书不公开账") is None
    assert offered(engine, "村务公开兰") == "村务公开栏"


def test_what_many_passages_hold_is_guessed_whatever_it_stands_beside(tmp_path: Path) -> None:
    seldom = holding(tmp_path / "seldom", *["网格员入户走访。"] * 5)
    often = holding(tmp_path / "often", *["网格员入户走访。"] * 12)

    assert offered(seldom, "网络员排查矛盾") is None
    assert offered(often, "网络员排查矛盾") == "网格员排查矛盾"


def test_nothing_but_a_word_of_this_genre_is_put_in_the_place_of_characters_unasked(tmp_path: Path) -> None:
    engine = holding(tmp_path, *["渡口管理站的摆渡船每天检修，镇里聘请法律顾问。"] * 5)

    unknown, known = (correct(engine, Words(text=text)) for text in ("渡口管里站", "法律故问"))

    assert unknown
    assert not unknown.sure
    assert known
    assert known.sure


def test_a_compound_of_what_is_often_held_is_offered_though_it_stands_nowhere_together(tmp_path: Path) -> None:
    engine = holding(tmp_path, *["隐患当天登记。", "镇里逐户排查。"] * 10)

    assert offered(engine, "隐患排察") == "隐患排查"


def test_what_sounds_as_one_word_of_the_genre_is_known_from_what_only_lacks_a_character(tmp_path: Path) -> None:
    engine = holding(tmp_path, *["调解成功率百分之百，调解员在岗。"] * 20)
    sounding, guessed = (correct(engine, Words(text=text)) for text in ("调节成工率", "受理数与成功数"))

    assert sounding
    assert sounding.alike
    assert guessed is None or not guessed.alike
