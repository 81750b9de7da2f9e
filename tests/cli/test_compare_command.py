"""Comparing on the command line: passages, reports, citation codes; what cannot be compared is said."""

import json
from pathlib import Path

import pytest

from search_app import engines
from search_app.cli import run
from search_app.exporting import citation
from tests.cli.test_similar_commands import Kept
from tests.engines.building import Filed, filed

_SAID = "聘请法律顾问两名，由法律顾问坐班审查村级合同，全年审查合同{}份。"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[Filed]:
    """Stand in for an index on disk with three reports."""
    engine = Kept()
    reports = [
        filed("望杉镇.txt", _SAID.format(42), "接访38件。", town="望杉镇", year=2023, topics=("法律顾问",)),
        filed("白砾乡.txt", _SAID.format(38), town="白砾乡", year=2022, topics=("法律顾问",)),
        filed("云栈镇.txt", "合同先审后签。", town="云栈镇", year=2023, topics=("依法决策",)),
    ]
    with engine.writing() as writer:
        for report, passages in reports:
            writer.put(report, passages)
    monkeypatch.setattr(engines, "open_engine", lambda _: engine)
    return reports


def test_passages_are_printed_with_what_they_share_marked(
    held: list[Filed], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (passages[0].id for _, passages in held[:2])
    assert run(["compare", first, second]) == 0

    printed = capsys.readouterr().out
    assert "【聘请法律顾问两名，由法律顾问坐班审查村级合同，全年审查合同38份】" in printed
    assert "相同的文字：100%" in printed
    assert "只有这一段有的数据：38份" in printed


def test_a_citation_code_names_a_passage(held: list[Filed], capsys: pytest.CaptureFixture[str]) -> None:
    report, passages = held[1]
    code = citation.code(passages[0], report)
    assert run(["compare", held[0][1][0].id, code.lower(), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [each["passage"]["id"] for each in told["passages"]] == [held[0][1][0].id, passages[0].id]


def test_reports_are_printed_row_by_row_and_silence_is_told(
    held: list[Filed], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *(report.id for report, _ in held)]) == 0

    printed = capsys.readouterr().out
    assert "法律顾问" in printed
    assert "云栈镇 · 2023年度：没有写" in printed


def test_scripts_get_the_reports_aligned(held: list[Filed], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *(report.id for report, _ in held), "--base", held[1][0].id, "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    cells = [cell["passages"] for part in told["parts"] for row in part["rows"] for cell in row["cells"]]
    assert told["base"] == held[1][0].id
    assert sum(map(len, cells)) == 4


@pytest.mark.parametrize("ending", ["docx", "md", "csv", "xlsx"])
def test_a_comparison_becomes_a_file(held: list[Filed], tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"对照.{ending}"
    assert run(["compare", *(report.id for report, _ in held), "--export", str(file)]) == 0

    assert file.stat().st_size


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ([], "一次对照 2 至 4 个"),
        (["0123456789ab"], "不能放在一起对照"),
        (["{first}"], "一次对照 2 至 4 个"),
        (["{second}", "--base", "{third}"], "--base 应是要对照的其中一个"),
        (["x-2", "x-3", "x-4", "x-5"], "一次对照 2 至 4 个"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    held: list[Filed], capsys: pytest.CaptureFixture[str], extra: list[str], said: str
) -> None:
    names = {name: passages[0].id for name, (_, passages) in zip(("first", "second", "third"), held, strict=True)}
    assert run(["compare", names["first"], *(each.format(**names) for each in extra)]) == 2

    assert said in capsys.readouterr().err


def test_what_is_not_held_is_told(held: list[Filed], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", held[0][1][0].id, f"{held[0][0].id}-99"]) == 1

    assert "没有编号为" in capsys.readouterr().err


def test_a_comparison_goes_to_stdout_as_a_file(held: list[Filed], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    ids = [report.id for report, _ in held]
    assert run(["compare", *ids, "--export", "-", "--format", "csv"]) == 0

    assert capfdbinary.readouterr().out.decode("utf-8-sig").splitlines()[0]


def test_an_id_that_is_none_is_said_as_it_was_typed(held: list[Filed], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", held[0][1][0].id, "望杉"]) == 1

    assert "没有编号为 望杉 的段落" in capsys.readouterr().err
