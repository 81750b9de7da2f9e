"""``search-app review``: the wall in a terminal, as JSON and as a file."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from search_app import engines
from search_app.cli import run
from search_app.engines.base import Engine
from tests.reviewing.building import county, holding, of


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Stand in for an index on disk."""
    held = holding(*county())
    monkeypatch.setattr(held, "close", lambda: None)
    monkeypatch.setattr(engines, "open_engine", lambda _: held)
    return held


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["review", *arguments]) == 0
    return capsys.readouterr().out


def test_a_county_is_printed_with_what_needs_a_look_first(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "--county", "甲县", "--year", "2023").splitlines()

    towns = [line.split()[0] for line in lines if line[:3] in ("松岭乡", "云溪乡", "石桥镇", "灯台镇", "白砾镇")]
    assert towns == ["松岭乡", "云溪乡", "石桥镇", "灯台镇", "白砾镇"]
    assert any("不足和原因：与他镇相同 100%（灯台镇2023）；与上年相同 100%" in line for line in lines)
    assert any("晚于 3 月 1 日" in line for line in lines)
    assert any("望杉镇.txt：没有识别出年度" in line for line in lines)


def test_an_index_without_reports_is_said_to_be_empty(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "open_engine", lambda _: holding())

    assert "索引里还没有报告" in printed(capsys)


def test_a_missing_part_that_is_spoken_of_elsewhere_names_the_passage(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "open_engine", lambda _: holding(of("石桥镇", 2023, 主="镇长是第一责任人。")))

    assert "第一责任人履职：第 1 段提到" in printed(capsys)


def test_all_counties_are_printed_with_their_totals(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys)

    assert "各县（区、市）2023年报告体检" in out
    assert "甲县：共 5 个乡镇（街道），收录 4，四个部分齐全 3" in out
    assert "乙县：共 1 个乡镇（街道），收录 1" in out


def test_a_town_is_printed_year_by_year(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "--county", "甲县", "--town", "石桥镇")

    assert "甲县石桥镇历年报告体检" in out
    assert [line[:4] for line in out.splitlines() if line[:2] == "20"] == ["2023", "2022"]


def test_scripts_get_the_wall_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(capsys, "--county", "甲县", "--json"))

    assert [row["town"] for row in told["rows"]][:2] == ["松岭乡", "云溪乡"]
    assert told["totals"]["missing"] == {"第一责任人履职": 1, "主要举措和成效": 0, "不足和原因": 1, "下年度安排": 0}
    bridge = next(row for row in told["rows"] if row["town"] == "石桥镇")
    assert bridge["parts"][2]["marks"] == ["copied_from_others", "copied_from_own", "thin"]
    assert bridge["preceding"]["share"] == 1.0


def test_a_file_is_written_and_never_over_another_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "墙.xlsx"

    assert run(["review", "--county", "甲县", "--export", str(target)]) == 0
    assert "7 行" in capsys.readouterr().err
    assert load_workbook(target)["表"].max_row == 8
    assert run(["review", "--export", str(target)]) == 2
    assert run(["review", "--export", str(target), "--force"]) == 0
    assert load_workbook(target)["表"]["A1"].value == "县（区、市）"


def test_what_was_written_is_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.csv"

    told = json.loads(printed(capsys, "--county", "甲县", "--year", "2023", "--json", "--export", str(target)))

    assert told == {"file": str(target), "format": "csv", "title": "甲县2023年报告体检", "rows": 7}


def test_a_file_goes_to_stdout_where_its_format_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(held, encoding="utf-8"))

    assert run(["review", "--county", "甲县", "--export", "-", "--format", "md"]) == 0

    assert held.getvalue().decode().startswith("# 甲县2023年报告体检\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--year", "23"], 2),
        (["--format", "md"], 2),
        (["--force"], 2),
        (["--export", "a.odt"], 2),
        (["--town", "石桥镇"], 2),
        (["--county", "丙县"], 1),
        (["--town", "无此镇"], 1),
    ],
)
def test_what_cannot_be_reviewed_is_said(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", *arguments]) == code

    assert capsys.readouterr().err
