"""What is done for one file after reading it ends when its processor time is up."""

import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from search_app import indexing, parsing
from search_app.errors import UnsupportedFile
from search_app.indexing import processor_time
from search_app.indexing.processor_time import OutOfTime, bounded
from search_app.model import Document
from tests.engines.scanning import ScanningEngine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signal for processor time")


def endless() -> object:
    return re.match("(a+)+b", "a" * 60)


def test_work_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor_time, "MAX_SECONDS", 0.2)

    with pytest.raises(OutOfTime), bounded():
        endless()

    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_waiting_takes_no_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor_time, "MAX_SECONDS", 0.1)

    with bounded():
        time.sleep(0.3)


def test_a_file_that_takes_too_long_to_understand_is_a_failure_of_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"云岭镇{name}全年调解矛盾纠纷四十二件。", encoding="utf-8")
    parse = parsing.parse

    def parsed(document: Document, *, path: str, **known: Any) -> object:
        return endless() if path == "a.txt" else parse(document, path=path, **known)

    monkeypatch.setattr(processor_time, "MAX_SECONDS", 0.5)
    monkeypatch.setattr(parsing, "parse", parsed)

    tally = indexing.update(ScanningEngine(), tmp_path)

    assert [(error.path, type(error)) for error in tally.failed] == [("a.txt", UnsupportedFile)]
    assert "处理器时间" in tally.failed[0].reason
    assert tally.added == ("b.txt",)
