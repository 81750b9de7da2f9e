"""The same text twice is one report; the same town and year twice are two, and the newer one is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search_app import readers
from search_app.engines.base import Engine
from search_app.engines.whoosh import WhooshEngine
from search_app.indexing import Tally, update
from search_app.indexing.duplicates import Duplicate, content_key
from search_app.model import Passage
from tests.engines.scanning import ScanningEngine

Put = Callable[..., Path]

TEXT = """{town}{year}年法治政府建设年度报告
一、主要举措和成效
（一）化解矛盾。全年调解矛盾纠纷四十二件，调解成功率达到九成以上，没有一件上行。网格员每周入户一次，听到的事当天记，能办的当天办，不能办的三日内交到所里，七日内回访。
（二）普法宣传。每逢赶集日在集市上摆摊，由法律明白人用本地话讲三个案例，{more}听的人可以当场提问，答不上来的记下，下一次赶集日再答。
二、存在的不足
普法形式单一，年轻人参与不多。
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def put(corpus: Path) -> Put:
    def put(path: str, *, town: str = "溪口镇", year: int = 2023, more: str = "", around: str = "") -> Path:
        file = corpus / path
        file.write_text(around + TEXT.format(town=town, year=year, more=more), encoding="utf-8")
        return file

    return put


@pytest.fixture(params=["scanning", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return ScanningEngine() if request.param == "scanning" else WhooshEngine(tmp_path / "index")


def paths(engine: Engine) -> list[str]:
    return [report.path for report in engine.reports()]


def of(tally: Tally) -> list[tuple[str, str]]:
    return [(each.path, each.of) for each in tally.duplicates]


def test_the_second_file_with_one_text_is_listed_and_not_indexed(corpus: Path, put: Put, engine: Engine) -> None:
    put("a.txt")
    put("b.txt", around="首页 > 政务公开 > 法治政府建设\n【字体：大 中 小】 打印\n")

    tally = update(engine, corpus)

    assert (tally.added, tally.reports, paths(engine)) == (("a.txt",), 1, ["a.txt"])
    assert of(tally) == [("b.txt", "a.txt")]
    assert [item.warning for item in tally.warnings if item.path == "b.txt"] == ["与 a.txt 内容相同，只收录一份。"]


def test_a_second_run_over_copies_reads_and_writes_nothing(
    corpus: Path, put: Put, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        put(f"{name}.txt")
    first = update(engine, corpus)
    monkeypatch.setattr(readers, "read", None)

    second = update(engine, corpus)

    assert (second.generation, second.failed) == (first.generation, ())
    assert (second.unchanged, of(second)) == (("a.txt",), [("b.txt", "a.txt"), ("c.txt", "a.txt")])


def test_when_the_kept_file_goes_a_copy_comes_in_by_the_same_run(corpus: Path, put: Put, engine: Engine) -> None:
    for name in "abc":
        put(f"{name}.txt")
    update(engine, corpus)
    (corpus / "a.txt").unlink()

    tally = update(engine, corpus)

    assert (tally.added, tally.removed, tally.unchanged) == (("b.txt",), ("a.txt",), ())
    assert (paths(engine), of(tally)) == (["b.txt"], [("c.txt", "b.txt")])


def test_when_the_kept_file_changes_a_copy_comes_in_by_the_same_run(corpus: Path, put: Put, engine: Engine) -> None:
    put("a.txt")
    put("b.txt")
    update(engine, corpus)
    put("a.txt", more="去年讲了三十六场，")

    tally = update(engine, corpus)

    assert (tally.changed, tally.added, tally.duplicates) == (("a.txt",), ("b.txt",), ())
    assert paths(engine) == ["a.txt", "b.txt"]


def test_a_copy_that_changes_becomes_a_report(corpus: Path, put: Put, engine: Engine) -> None:
    put("a.txt")
    put("b.txt")
    update(engine, corpus)
    put("b.txt", more="去年讲了三十六场，")

    tally = update(engine, corpus)

    assert (tally.added, tally.unchanged, tally.duplicates) == (("b.txt",), ("a.txt",), ())
    assert engine.reports()[0].copies == ()


def test_a_copy_that_goes_is_forgotten(corpus: Path, put: Put, engine: Engine) -> None:
    put("a.txt")
    put("b.txt")
    update(engine, corpus)
    (corpus / "b.txt").unlink()

    tally = update(engine, corpus)

    assert (tally.removed, tally.duplicates, paths(engine)) == (("b.txt",), (), ["a.txt"])
    assert update(engine, corpus).generation == tally.generation


def test_a_new_file_with_an_earlier_path_takes_the_place(corpus: Path, put: Put, engine: Engine) -> None:
    put("b.txt")
    put("c.txt")
    update(engine, corpus)
    put("a.txt")

    tally = update(engine, corpus)

    assert (paths(engine), tally.added) == (["a.txt"], ("a.txt",))
    assert tally.duplicates == (Duplicate(path="b.txt", of="a.txt"), Duplicate(path="c.txt", of="a.txt"))
    assert len(engine.report(engine.reports()[0].id)[1]) > 2


def test_run_by_run_ends_where_a_rebuild_does(corpus: Path, put: Put, engine: Engine) -> None:
    steps: list[Callable[[], object]] = [
        lambda: put("m.txt"),
        lambda: put("z.txt"),
        lambda: put("d.txt"),
        lambda: put("d.txt", more="另有两场夜校，"),
        lambda: put("a.txt", more="另有两场夜校，"),
        lambda: (corpus / "m.txt").unlink(),
        lambda: put("a.txt"),
    ]
    for step in steps:
        step()
        grown = update(engine, corpus)
        fresh = ScanningEngine()
        rebuilt = update(fresh, corpus, rebuild=True)

        assert (paths(engine), grown.duplicates) == (paths(fresh), rebuilt.duplicates)


def test_last_years_text_under_this_years_title_is_no_copy(corpus: Path, put: Put, engine: Engine) -> None:
    put("a.txt", year=2022)
    put("b.txt", year=2023)

    assert update(engine, corpus).duplicates == ()
    assert paths(engine) == ["a.txt", "b.txt"]


def test_another_towns_text_is_no_copy(corpus: Path, put: Put, engine: Engine) -> None:
    put("a.txt", town="溪口镇")
    put("b.txt", town="云岭镇")

    assert update(engine, corpus).duplicates == ()


def test_a_copy_that_cannot_be_read_any_more_stays_one(corpus: Path, put: Put, engine: Engine) -> None:
    put("a.txt")
    file = put("b.txt")
    update(engine, corpus)
    file.write_bytes(b"")

    tally = update(engine, corpus)

    assert [error.path for error in tally.failed] == ["b.txt"]
    assert of(tally) == [("b.txt", "a.txt")]


def test_short_notes_that_say_the_same_are_not_compared() -> None:
    def passage(text: str) -> Passage:
        return Passage(id="x-1", report="x", number=1, text=text)

    assert content_key([passage("无。" * 40)]) == ""
    assert content_key([passage("法治，" * 60)]) == content_key([passage("法 治" * 60)]) != ""


def test_two_texts_of_one_town_and_year_are_both_kept_and_the_later_dated_is_preferred(
    corpus: Path, put: Put, engine: Engine
) -> None:
    put("a.txt", more="这是定稿，")
    (corpus / "a.meta.toml").write_text("issued = 2024-02-01", encoding="utf-8")
    put("b.txt")
    (corpus / "b.meta.toml").write_text("issued = 2024-01-10", encoding="utf-8")

    tally = update(engine, corpus)

    assert paths(engine) == ["a.txt", "b.txt"]
    (warning,) = [item for item in tally.warnings if "较新" in item.warning]
    assert warning.path == "b.txt"
    assert "较新的是 a.txt（落款日期 2024-02-01）" in warning.warning


def test_without_dates_the_later_file_is_preferred(corpus: Path, put: Put) -> None:
    put("a.txt")
    put("b.txt", more="这是定稿，")

    tally = update(ScanningEngine(), corpus)

    assert [item.path for item in tally.warnings if "较新的是 b.txt" in item.warning] == ["a.txt"]


def test_two_files_of_the_same_bytes_are_one_report_however_short(corpus: Path, engine: Engine) -> None:
    for name in ("a.txt", "b.txt"):
        (corpus / name).write_text("溪口镇2023年法治政府建设年度报告\n一、成效\n普法三场。\n", encoding="utf-8")

    tally = update(engine, corpus)

    assert (paths(engine), of(tally)) == (["a.txt"], [("b.txt", "a.txt")])
