"""A shipped report of which the year alone was changed: terminal, JSON and pages say the same of how much is copied."""

import json
from pathlib import Path
from typing import Any

import pytest

from search_app.cli import run
from search_app.engines import open_engine
from search_app.indexing import report_id
from search_app.settings import Settings
from search_app.web import create_app
from tests.web.reading_pages import page, text

SOURCE = Path(__file__).parents[2] / "corpus/柘川市/2023年度/橘井镇2023年法治政府建设工作报告.txt"
COPY = "橘井镇2024年法治政府建设工作报告.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index the report and its copy."""
    found = tmp_path_factory.mktemp("copied")
    said = SOURCE.read_text(encoding="utf-8")
    (found / "corpus").mkdir()
    (found / "corpus" / SOURCE.name).write_text(said, encoding="utf-8")
    (found / "corpus" / COPY).write_text(said.replace("2024", "2025").replace("2023", "2024"), encoding="utf-8")
    assert run(["index", *places(found), "--json"]) == 0
    return found


def places(folder: Path) -> list[str]:
    return ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run([*arguments]) == 0
    return capsys.readouterr().out


def test_it_is_wholly_last_years_with_figures_alone_changed(folder: Path) -> None:
    engine = open_engine(folder / "index")
    client = create_app(Settings(corpus=folder / "corpus", index=folder / "index"), engine=engine).test_client()

    found = client.get(f"/api/v1/reports/{report_id(COPY)}/years").get_json()
    shown = page(client.get(f"/reports/{report_id(COPY)}"))
    engine.close()

    counts = found["counts"]
    assert (found["overlap"]["percent"], found["mostly_the_same"]) == (100, True)
    assert (counts["changed"], counts["new"], counts["gone"]) == (0, 0, 0)
    assert counts["figures"]
    assert {old["old"] for row in found["rows"] for old in row["figures"]} <= {"2023", "2024"}
    assert "100% 的字与上年的报告相同" in text(shown, "//p[contains(@class, 'mostly-last-year')]")


def test_the_terminal_says_so_of_a_report_and_of_what_a_search_finds(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = printed(capsys, "show", report_id(COPY), *places(folder))
    found = printed(capsys, "search", "法律顾问", "--collapse", "none", "--year", "2024", *places(folder))
    older = printed(capsys, "search", "法律顾问", "--collapse", "none", "--year", "2023", *places(folder))

    assert f"与上年相同 100%（八成以上）：{SOURCE.name}" in shown
    assert "整份与上年相同 100%（八成以上）" in found
    assert "与上年相同" not in older


def test_scripts_get_the_same_figure_and_null_where_last_years_is_not_held(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = json.loads(printed(capsys, "show", report_id(COPY), "--json", *places(folder)))
    answer = json.loads(printed(capsys, "search", "法律顾问", "--collapse", "none", "--json", *places(folder)))

    assert shown["reports"][0]["report"]["same_as_last_year"] == 100
    assert {hit["report"]["year"]: hit["report"]["same_as_last_year"] for hit in answer["hits"]} == {
        2023: None,
        2024: 100,
    }
