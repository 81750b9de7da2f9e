"""PDFs in a process of their own: the same document, and no end of the run whatever becomes of that process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.errors import DamagedFile, NoText, UnsupportedFile
from search_app.readers import pdf_reader, pdf_sandbox
from tests.readers import hostile_pdfs

SAMPLE = (Path(__file__).parent / "fixtures" / "sample.pdf").read_bytes()


@pytest.fixture(autouse=True)
def _helper_of_this_test() -> Iterator[None]:
    pdf_sandbox._helper(os.getpid()).stop()
    yield
    pdf_sandbox._helper(os.getpid()).stop()


def instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the helper run this code in place of ours."""

    def started() -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
        command = [sys.executable, "-c", code]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    monkeypatch.setattr(pdf_sandbox, "_started", started)


def test_it_gives_what_the_reader_gives() -> None:
    first, second = pdf_sandbox.read(SAMPLE, "a.pdf"), pdf_sandbox.read(SAMPLE, "b.pdf")

    assert first == second == pdf_reader.read(SAMPLE, "a.pdf")


def test_errors_come_with_the_name_of_the_file_here() -> None:
    with pytest.raises(DamagedFile) as damaged:
        pdf_sandbox.read(b"%PDF-1.4 x", "县/a.pdf")
    with pytest.raises(UnsupportedFile) as long:
        pdf_sandbox.read(hostile_pdfs.pages(2_001), "b.pdf")
    with pytest.raises(NoText):
        pdf_sandbox.read(hostile_pdfs.scan(1), "c.pdf")

    assert (damaged.value.path, long.value.path) == ("县/a.pdf", "b.pdf")
    assert "2001 页" in long.value.reason
    assert damaged.value.hint


def test_a_file_that_kills_the_process_costs_that_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        instead(broken, "import os, sys; sys.stdin.buffer.read(20); os._exit(134)")
        with pytest.raises(DamagedFile) as refused:
            pdf_sandbox.read(SAMPLE, "a.pdf")

    assert "中途退出" in refused.value.reason
    assert pdf_sandbox.read(SAMPLE, "b.pdf").blocks


def test_a_process_that_does_not_come_back_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(pdf_sandbox, "_PATIENCE", 0.2)

    with pytest.raises(UnsupportedFile, match="还没读完"):
        pdf_sandbox.read(SAMPLE, "a.pdf")


def test_where_no_process_can_be_started_the_file_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")

    assert pdf_sandbox.read(SAMPLE, "a.pdf") == pdf_reader.read(SAMPLE, "a.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="only here is the memory of a process bounded for sure")
def test_a_file_that_wants_all_memory_ends_in_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import search_app.readers.pdf_sandbox as apart; apart.pdf_reader.read = lambda *_: bytes(2**31); apart.main()"
    )
    instead(monkeypatch, code)

    with pytest.raises(DamagedFile, match="MemoryError"):
        pdf_sandbox.read(SAMPLE, "a.pdf")
