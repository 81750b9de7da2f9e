"""Scans in an index: recognised only when asked for, kept apart as such, and not read again without need."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.cli import run
from search_app.engines import open_engine
from search_app.errors import ConfigError
from search_app.indexing import Tally, report_id, update
from search_app.settings import Settings, load
from search_app.web import create_app
from tests.readers.scans import printing, program, scan, table_of

SCAN = report_id("云台镇2023.pdf")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a scan and a report with text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "云台镇2023.pdf").write_bytes(scan())
    text = "石台镇2023年度法治政府建设情况报告\n一、主要举措\n全年开展普法宣传四十三场，受众两千人。"
    (tmp_path / "corpus" / "石台镇2023.txt").write_text(text, encoding="utf-8")
    return tmp_path


def bring_up(folder: Path, ocr: tuple[str, ...] = (), *, jobs: int = 1, retry: bool = False) -> Tally:
    engine = open_engine(folder / "index")
    try:
        return update(engine, folder / "corpus", index=folder / "index", ocr=ocr, jobs=jobs, retry_failed=retry)
    finally:
        engine.close()


def counting(folder: Path, text: str) -> tuple[str, ...]:
    """Return the command of a program that prints a text and writes down that it was run."""
    count = folder / "runs"
    return program(folder, f"open({str(count)!r}, 'a').write('x'); out.write({text.encode()!r})")


def runs(folder: Path) -> int:
    return len((folder / "runs").read_text()) if (folder / "runs").exists() else 0


def test_a_scan_is_listed_as_before_until_recognising_is_asked_for(here: Path) -> None:
    plain = bring_up(here)
    asked = bring_up(here, printing(here, table_of()))
    after = bring_up(here)

    assert [error.path for error in plain.failed] == ["云台镇2023.pdf"]
    assert (asked.added, asked.failed) == (("云台镇2023.pdf",), ())
    assert "云台镇2023.pdf" in after.unchanged


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_report_says_that_its_text_was_recognised_and_how_surely(here: Path, jobs: int) -> None:
    bring_up(here, printing(here, table_of()), jobs=jobs)

    engine = open_engine(here / "index")
    held = {report.path: report for report in engine.reports()}
    engine.close()
    assert (held["云台镇2023.pdf"].recognised, held["云台镇2023.pdf"].recognition_confidence) == (True, 89)
    assert (held["石台镇2023.txt"].recognised, held["石台镇2023.txt"].recognition_confidence) == (False, None)
    assert any("OCR" in warning for warning in held["云台镇2023.pdf"].warnings)


def test_what_was_recognised_is_not_recognised_again(here: Path) -> None:
    command = counting(here, table_of())
    bring_up(here, command)
    bring_up(here, command)

    assert runs(here) == 1


def test_a_scan_in_which_nothing_was_recognised_is_tried_again_only_on_demand(here: Path) -> None:
    command = counting(here, "")
    bring_up(here)
    bring_up(here, command)
    bring_up(here, command)
    once = runs(here)
    bring_up(here, command, retry=True)

    assert (once, runs(here)) == (1, 2)


def test_a_program_that_fails_is_tried_again_by_the_next_run(here: Path) -> None:
    failed = bring_up(here, program(here, "sys.exit(1)"))
    again = bring_up(here, printing(here, table_of()))

    assert "退出码 1" in failed.failed[0].reason
    assert again.added == ("云台镇2023.pdf",)


@pytest.fixture
def client(here: Path) -> FlaskClient:
    bring_up(here, printing(here, table_of()))
    settings = Settings(corpus=here / "corpus", index=here / "index", time_budget=0)
    return create_app(settings).test_client()


def test_page_results_and_json_mark_what_was_recognised(client: FlaskClient) -> None:
    shown = client.get(f"/reports/{SCAN}").get_data(as_text=True)
    results = client.get("/?q=调处矛盾纠纷").get_data(as_text=True)
    other = client.get("/?q=普法宣传").get_data(as_text=True)
    (hit,) = client.get("/api/v1/search?q=调处矛盾纠纷").get_json()["hits"]

    assert "识别程序（OCR）从图像认出" in shown
    assert "平均可信度 89%" in shown
    assert "识别文字，可信度 89%" in results
    assert "识别文字" not in other
    assert (hit["report"]["recognised"], hit["report"]["recognition_confidence"]) == (True, 89)


def test_the_command_line_takes_the_program_from_the_settings(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = json.dumps(list(printing(here, table_of())))
    (here / "search-app.toml").write_text(f"ocr_command = {words}\n", encoding="utf-8")

    assert run(["index"]) == 1
    assert run(["index", "--ocr"]) == 0
    assert run(["search", "调处矛盾纠纷"]) == 0
    assert "识别文字，可信度 89%" in capsys.readouterr().out


def test_a_program_that_is_not_installed_is_wrong_use(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEARCH_APP_OCR_COMMAND", "no-such-program {image}")

    assert run(["index", "--ocr"]) == 2
    assert "no-such-program" in capsys.readouterr().err
    assert not (here / "index").exists() or not any((here / "index").glob("gen-*"))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('"tesseract {image} stdout -l chi_sim"', ("tesseract", "{image}", "stdout", "-l", "chi_sim")),
        ('["a b", "{image}"]', ("a b", "{image}")),
        ("\"'a b' -x\"", ("a b", "-x")),
        ('""', ()),
    ],
)
def test_a_command_is_written_as_a_line_or_as_a_list(tmp_path: Path, written: str, words: tuple[str, ...]) -> None:
    (tmp_path / "search-app.toml").write_text(f"ocr_command = {written}\n", encoding="utf-8")

    assert load({}, folder=tmp_path).ocr_command == words


@pytest.mark.parametrize("written", ["5", "true", '["tesseract", 5]', '["tesseract", ""]', '"\'a b"'])
def test_what_is_no_command_is_refused_and_not_left_out(tmp_path: Path, written: str) -> None:
    (tmp_path / "search-app.toml").write_text(f"ocr_command = {written}\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="ocr_command"):
        load({}, folder=tmp_path)
