"""Figures on the command line: what there is, one thing with its clauses, JSON, a file."""

import csv
import io
import json
from pathlib import Path

import pytest

from search_app import engines
from search_app.cli import run
from search_app.labelling.figures.extraction import find_counts
from search_app.model import Passage, Report
from tests.cli.test_similar_commands import Kept

SAID = {"柳溪乡": "全年调解矛盾纠纷128件，成功率97%。", "石桥镇": "全年调解矛盾纠纷93起。"}


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for an index on disk."""
    engine = Kept()
    with engine.writing() as writer:
        for at, (town, text) in enumerate(SAID.items()):
            name = f"{at:012x}"
            report = Report(id=name, path=f"{town}.txt", title=f"{town}报告", town=town, county="甲县", year=2023)
            figures = find_counts(text, "主要举措和成效", 2023)
            writer.put(report, (Passage(id=f"{name}-1", report=name, number=1, text=text, figures=figures),))
    monkeypatch.setattr(engines, "open_engine", lambda _: engine)


def test_without_a_thing_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["figures"]) == 0

    printed = capsys.readouterr().out
    assert "3 个数，2 种" in printed
    assert "化解矛盾纠纷（件）  2 个，2 个乡镇，2023" in printed


def test_of_a_thing_every_figure_stands_with_its_clause_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["figures", "--what", "化解矛盾纠纷", "--town", "石桥镇"]) == 0

    printed = capsys.readouterr().out
    assert "甲县石桥镇 2023  化解矛盾纠纷 93起" in printed
    assert "全年调解矛盾纠纷93起" in printed
    assert "《石桥镇报告》（甲县石桥镇，2023年度）第1段" in printed


def test_the_json_is_that_of_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["figures", "--json", "--topic", "矛盾化解", "--year", "2023"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [(one["what"], one["number"], one["unit"]) for one in told["figures"]] == [
        ("化解矛盾纠纷", 128, "件"),
        ("化解矛盾纠纷", 93, "起"),
        ("调解成功率", 97, "%"),
    ]


def test_a_file_has_one_row_per_figure(tmp_path: Path) -> None:
    file = tmp_path / "数据.csv"

    assert run(["figures", "--export", str(file)]) == 0
    rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert sum(row[:1] == ["矛盾化解"] for row in rows) == 3


def test_a_thing_that_nobody_counts_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["figures", "--what", "下雨"]) == 2

    assert "没有“下雨”这种数据" in capsys.readouterr().err


def test_a_page_after_the_last_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["figures", "--topic", "矛盾化解", "--page", "9"]) == 2

    assert "最后一页是第 1 页" in capsys.readouterr().err
