"""The log file: one line a record, whatever is in it; several processes share it; it never grows beyond its bounds."""

import logging
import multiprocessing
import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import ConfigError
from search_app.indexing import Tally
from search_app.keeping.log_file import LineFormatter, SharedLogFile, logging_to, record
from search_app.keeping.run_records import RunRecords

_BEGINNING = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} (INFO|WARNING|ERROR) ")


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_a_record_is_one_line_with_its_time(tmp_path: Path) -> None:
    with logging_to(tmp_path / "logs" / "a.log"):
        record("index run added=3")

    assert [_BEGINNING.sub("", line) for line in lines(tmp_path / "logs" / "a.log")] == ["index run added=3"]


def test_nothing_is_written_where_no_file_is_asked_for(tmp_path: Path) -> None:
    with logging_to(None):
        record("index run")

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_after_the_block(tmp_path: Path) -> None:
    with logging_to(tmp_path / "a.log"):
        record("first")
    record("second")

    assert len(lines(tmp_path / "a.log")) == 1


@given(text=st.text(), name=st.text())
def test_no_text_can_begin_a_line(text: str, name: str) -> None:
    formatter = LineFormatter(with_queries=True)
    try:
        raise ValueError(text)
    except ValueError as error:
        made = logging.LogRecord(
            "a", logging.ERROR, "f", 1, "at %s", (name,), (type(error), error, error.__traceback__)
        )

    first, *rest = re.split("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", formatter.format(made))
    assert _BEGINNING.match(first)
    assert all(line.startswith("    ") for line in rest)


def test_a_warning_of_the_program_is_written_too_and_an_information_is_not(tmp_path: Path) -> None:
    with logging_to(tmp_path / "a.log"):
        logging.getLogger("search_app.web").warning("the index is damaged")
        logging.getLogger("search_app.web").info("a page is warm")

    assert len(lines(tmp_path / "a.log")) == 1
    assert "the index is damaged" in lines(tmp_path / "a.log")[0]


@pytest.mark.parametrize(("with_queries", "told"), [(False, False), (True, True)])
def test_what_an_error_says_is_written_only_where_queries_may_be(
    with_queries: bool, told: bool, tmp_path: Path
) -> None:
    typed = "".join(("坐过", "牢的人"))  # it does not stand so in this file, of which lines are told
    with logging_to(tmp_path / "a.log", with_queries=with_queries):
        try:
            raise KeyError(typed)
        except KeyError:
            logging.getLogger("search_app.web").exception("unforeseen error at /")

    text = (tmp_path / "a.log").read_text(encoding="utf-8")
    assert (typed in text) == told
    assert "KeyError" in text
    assert "test_log_file.py" in text


def test_a_file_that_cannot_be_written_is_refused_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ConfigError, match="日志文件") as refused, logging_to(tmp_path / "file" / "a.log"):
        pass
    assert refused.value.hint


def test_a_disk_that_fills_up_is_said_once_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with logging_to(tmp_path / "a.log"):
        monkeypatch.setattr(SharedLogFile, "_open", full)
        record("first")
        record("second")

    assert capsys.readouterr().err.count("日志写不进") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_log_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    with logging_to(tmp_path / "a.log"):
        record("first")

    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def _write_many(path: Path, who: int) -> None:
    handler = SharedLogFile(path, most_bytes=1_000, kept=200)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for number in range(60):
        handler.handle(logging.LogRecord("a", logging.INFO, "f", 1, f"{who} {number} " + "x" * 40, None, None))


def test_several_processes_write_and_rotate_one_file_without_losing_a_line(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(tmp_path / "a.log", who)) for who in range(3)]
    for each in writers:
        each.start()
    for each in writers:
        each.join(60)

    written = [line for path in tmp_path.glob("a.log*") if path.suffix != ".lock" for line in lines(path)]
    assert sorted(line.rpartition(" ")[0] for line in written) == sorted(
        f"{a} {b}" for a in range(3) for b in range(60)
    )
    assert max(path.stat().st_size for path in tmp_path.glob("a.log*")) <= 1_000


def test_the_oldest_file_goes_when_there_are_enough(tmp_path: Path) -> None:
    handler = SharedLogFile(tmp_path / "a.log", most_bytes=100, kept=2)
    for number in range(50):
        handler.handle(logging.LogRecord("a", logging.INFO, "f", 1, f"{number} " + "x" * 40, None, None))

    found = {path.name for path in tmp_path.iterdir()} - {"a.log.lock"}  # which goes with its holder on Windows
    assert found == {"a.log", "a.log.1", "a.log.2"}
    assert lines(tmp_path / "a.log")[-1].startswith("49 ")


def test_a_file_that_cannot_be_renamed_goes_on_growing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "another program has the file open")

    monkeypatch.setattr(os, "rename", held)
    handler = SharedLogFile(tmp_path / "a.log", most_bytes=100, kept=2)
    for number in range(10):
        handler.handle(logging.LogRecord("a", logging.INFO, "f", 1, f"{number} " + "x" * 40, None, None))

    assert [line[0] for line in lines(tmp_path / "a.log")] == [str(number) for number in range(10)]


def test_a_run_that_fails_again_and_again_is_written_down_once_until_one_succeeds(tmp_path: Path) -> None:
    def fail() -> Tally:
        raise ConfigError("资料文件夹不存在")

    records = RunRecords()
    with logging_to(tmp_path / "a.log"):
        for update in (fail, fail, fail, Tally, fail):
            with suppress(ConfigError):
                records.run(update)

    told = [" ".join(line.split()[2:5]) for line in lines(tmp_path / "a.log")]
    assert told == ["index run failed", "index run added=0", "index run failed"]
