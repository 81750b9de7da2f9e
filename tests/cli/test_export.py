"""Exporting from the command line: the file holds what the search lists, and no file is lost or left half written."""

import csv
import errno
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from search_app import engines
from search_app.cli import export_file, run
from search_app.collecting import Snapshot, Store, was
from search_app.errors import IndexMissing
from search_app.exporting import citation
from tests.engines.scanning import ScanningEngine
from tests.web import sample

FORMATS = ("docx", "md", "csv", "xlsx")
REPORT, OTHER = (sample.report_id(f"澄岭县/望杉镇/{year}.txt") for year in (2020, 2022))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder; the index is the sample shelf."""
    engine = sample.engine()
    monkeypatch.setattr(ScanningEngine, "close", lambda _: None)
    monkeypatch.setattr(engines, "open_engine", lambda _: engine)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """Return the passages that a search prints as JSON."""
    assert run(["search", *options, "--json", "--size", "100"]) == 0
    return [hit["passage"]["text"] for hit in json.loads(capsys.readouterr().out)["hits"]]


def texts_in(content: str) -> list[str]:
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")))
    return [row[rows[1].index("正文")] for row in rows[2:]]


def test_a_search_is_written_into_a_file_and_not_printed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("矛盾纠纷", "--year", "2023", "--collapse", "none", "--sort", "newest")

    assert run(["search", *options, "--export", "表.csv"]) == 0

    printed = capsys.readouterr()
    content = (here / "表.csv").read_bytes().decode()
    expected = listed(capsys, *options)
    assert printed.out == ""
    assert f"表.csv：{len(expected)} 段" in printed.err
    assert texts_in(content) == expected


def test_export_takes_every_filter_of_a_search(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("矛盾纠纷", "--county", "沅坪县", "--topic", "矛盾化解", "--no-also", "--collapse", "none")

    assert run(["export", *options, "--to", "表.csv"]) == 0

    assert texts_in((here / "表.csv").read_bytes().decode()) == listed(capsys, *options)


@pytest.mark.parametrize("form", FORMATS)
def test_the_ending_chooses_the_format(here: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = f"结果.{form.upper()}"

    assert run(["export", "矛盾纠纷", "--to", name, "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["format"], told["passages"]) == (str(here / name), form, 2)
    assert {each["label"] for each in told["about"]} >= {"检索词", "索引代", "结果"}
    assert (here / name).read_bytes()[:2] == {"docx": b"PK", "xlsx": b"PK", "md": b"# ", "csv": b"\xef\xbb"}[form]


def test_whole_reports_are_exported_by_their_numbers(here: Path) -> None:
    assert run(["export", REPORT, OTHER, "--to", "汇编.docx"]) == 0

    paragraphs = docx.Document(str(here / "汇编.docx")).paragraphs
    headings = [each.text for each in paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert headings == [f"澄岭县望杉镇{year}年度法治政府建设情况报告" for year in (2020, 2022)]


def test_text_goes_to_stdout(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", REPORT, "--to", "-", "--format", "md"]) == 0

    assert capsysbinary.readouterr().out.decode().startswith("# 澄岭县望杉镇2020年度法治政府建设情况报告\n")


def test_an_archive_goes_into_a_pipe(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", REPORT, "--to", "-", "--format", "docx"]) == 0

    assert len(docx.Document(io.BytesIO(capsysbinary.readouterr().out)).paragraphs) > 5


@pytest.mark.parametrize("command", [["search", "矛盾", "--export"], ["export", "矛盾", "--to"]])
def test_a_file_that_is_there_is_left_alone_unless_force_says_so(
    here: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "表.csv").write_text("重要", encoding="utf-8")

    assert run([*command, "表.csv"]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert (here / "表.csv").read_text(encoding="utf-8") == "重要"
    assert run([*command, "表.csv", "--force"]) == 0
    assert "矛盾" in (here / "表.csv").read_text(encoding="utf-8")


def test_a_link_keeps_leading_to_its_file(here: Path) -> None:
    (here / "真.csv").write_text("旧", encoding="utf-8")
    (here / "链.csv").symlink_to("真.csv")

    assert run(["export", "矛盾", "--to", "链.csv", "--force"]) == 0

    assert (here / "链.csv").is_symlink()
    assert "矛盾" in (here / "真.csv").read_text(encoding="utf-8")


def test_a_new_file_has_the_mode_of_any_other(here: Path) -> None:
    (here / "别的.txt").write_text("x", encoding="utf-8")

    assert run(["export", "矛盾", "--to", "表.csv"]) == 0

    assert (here / "表.csv").stat().st_mode == (here / "别的.txt").stat().st_mode


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_said_and_nothing_is_left_or_lost(
    here: Path, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / f"表.{form}").write_text("重要", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    assert run(["export", "矛盾", "--to", f"表.{form}", "--force"]) == 1

    assert "磁盘空间不够" in capsys.readouterr().err
    assert [each.name for each in here.iterdir()] == [f"表.{form}"]
    assert (here / f"表.{form}").read_text(encoding="utf-8") == "重要"


def test_an_export_that_is_interrupted_leaves_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> Iterator[Any]:
        raise KeyboardInterrupt

    monkeypatch.setattr(export_file, "write", interrupted)

    assert run(["export", "矛盾", "--to", "表.csv"]) == 130

    assert list(here.iterdir()) == []
    assert "已中断" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "矛盾", "--to", "没有/表.csv"]) == 1

    assert "没有这个文件夹" in capsys.readouterr().err


def test_a_report_that_is_not_held_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "ffffffffffff", "--to", "表.csv"]) == 1

    assert "ffffffffffff" in capsys.readouterr().err


def test_the_cap_is_said_where_it_is_reached(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("search_app.exporting.collection.MOST", 7)

    assert run(["search", "矛盾纠纷", "--collapse", "none", "--export", "表.csv"]) == 0

    assert "最多 7 段，共列出 30 段，只写入前 7 段" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "矛盾", "--export", "a.pdf"], ".docx"),
        (["search", "矛盾", "--export", "a"], ".docx"),
        (["search", "矛盾", "--export", "-"], "search-app export"),
        (["search", "矛盾", "--export", "a.md", "--page", "2"], "--page"),
        (["search", "矛盾", "--export", "a.md", "--size", "50"], "--size"),
        (["search", "矛盾", "--export", "a.md", "--explain"], "--explain"),
        (["search", "矛盾", "--force"], "--force"),
        (["export", "矛盾"], "--to"),
        (["export", "矛盾", "--to", "-"], "--format"),
        (["export", "矛盾", "--to", "a.md", "--format", "csv"], ".md"),
        (["export", "矛盾", "--to", ".."], "文件夹"),
        (["export", "矛盾", "--to", os.devnull, "--format", "md", "--force"], "普通文件"),
        (["export", REPORT, "--to", "a.md", "--year", "2020"], "--year"),
        (["export", REPORT, "--to", "a.md", "--exemplary"], "--exemplary"),
        (["export", "矛盾", "--to", "-", "--format", "md", "--json"], "--json"),
        (["export", "？！", "--to", "a.md"], "可以检索的字"),
    ],
)
def test_wrong_use_is_said_and_writes_nothing(
    here: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2

    assert said in capsys.readouterr().err
    assert list(here.iterdir()) == []


@pytest.fixture
def shared(here: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Share a basket beside the index; return its address."""
    monkeypatch.setenv("SEARCH_APP_INDEX", str(here / "index"))
    store = Store(here / "index.baskets")
    report, passages = sample.engine().report(REPORT)
    source, code = citation.source(passages[1], report), citation.code(passages[1], report)
    with store.editing("somebody's browser") as desk:
        added = desk.add(None, [Snapshot(passage=passages[1], report=report, source=source, code=code)])
        desk.write(added.basket, added.entries[0], "=可学", was(""))
        token = desk.share(added.basket)
    store.close()
    return f"http://127.0.0.1:8000/basket/{token}"


@pytest.mark.parametrize("form", FORMATS)
def test_a_shared_basket_is_exported_by_its_address_or_its_token(here: Path, shared: str, form: str) -> None:
    assert run(["export", "--basket", shared, "--to", f"甲.{form}"]) == 0
    assert run(["export", "--basket", shared.rpartition("/")[2], "--to", f"乙.{form}"]) == 0

    assert (here / f"甲.{form}").stat().st_size > 0
    assert (here / f"乙.{form}").stat().st_size > 0
    if form == "csv":
        rows = list(csv.reader(io.StringIO((here / "甲.csv").read_text("utf-8-sig"), newline="")))
        made = dict(zip(rows[1], rows[2], strict=True))
        assert (made["备注"], made["状态"]) == ("'=可学", "")
        assert "第2段" in made["引用"]


@pytest.mark.usefixtures("shared")
def test_a_basket_that_nobody_shares_is_said_to_be_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--basket", "a" * 32, "--to", "甲.md"]) == 2

    assert "不存在，或已停止分享" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--basket", "http://127.0.0.1:8000/basket?basket=1"], "不是素材夹的分享网址"),
        (["--basket", "../../etc/passwd"], "不是素材夹的分享网址"),
        (["--basket", "a" * 32, "--year", "2023"], "导出素材夹时不能写 --year"),
        (["--basket", "a" * 32, "调解"], "导出素材夹时不能写 检索词或报告编号"),
    ],
)
def test_what_can_be_no_shared_basket_is_wrong_use(
    here: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", *options, "--to", "甲.md"]) == 2

    assert said in capsys.readouterr().err
    assert not (here / "甲.md").exists()


def test_a_shared_basket_is_exported_without_an_index_too(
    here: Path, shared: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(_: object) -> None:
        raise IndexMissing("还没有索引")

    monkeypatch.setattr(ScanningEngine, "reports", missing)

    assert run(["export", "--basket", shared, "--to", "甲.md"]) == 0
    assert "没有核对原文" in capsys.readouterr().err
    assert "可学" in (here / "甲.md").read_text("utf-8")
