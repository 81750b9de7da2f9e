"""Files read in a process of their own: the same document, and no end of the run whatever becomes of that process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.errors import DamagedFile, NoText, UnsupportedFile
from search_app.readers import reading, sandbox
from tests.readers import hostile_pdfs

FIXTURES = Path(__file__).parent / "fixtures"
SAMPLES = sorted(path for path in FIXTURES.glob("sample.*") if path.suffix != ".json")
SAMPLE = (FIXTURES / "sample.pdf").read_bytes()
#: What a hostile file makes of the reader, in its process alone.
#: As on Windows, which has no such timer to begin with.
_NO_TIMER = "vars(apart.signal).pop('setitimer', None)"
_INSTEAD = "import search_app.readers.sandboxed as apart; apart.reading.read_bytes = lambda *_: {}; apart.main()"


@pytest.fixture(autouse=True)
def _helper_of_this_test() -> Iterator[None]:
    sandbox._helper(os.getpid()).stop()
    yield
    sandbox._helper(os.getpid()).stop()


def instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the helper run this code in place of ours."""

    def started() -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
        command = [sys.executable, "-c", code]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    monkeypatch.setattr(sandbox, "_started", started)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.suffix)
def test_it_gives_what_the_reader_gives(sample: Path) -> None:
    data = sample.read_bytes()

    first, second = sandbox.read(data, sample.name), sandbox.read(data, f"县/b{sample.suffix}")

    assert first == second == reading.read_bytes(data, sample.name)


def test_errors_come_with_the_name_of_the_file_here() -> None:
    with pytest.raises(DamagedFile) as damaged:
        sandbox.read(b"%PDF-1.4 x", "县/a.pdf")
    with pytest.raises(UnsupportedFile) as long:
        sandbox.read(hostile_pdfs.pages(2_001), "b.pdf")
    with pytest.raises(NoText):
        sandbox.read(hostile_pdfs.scan(1), "c.pdf")

    assert (damaged.value.path, long.value.path) == ("县/a.pdf", "b.pdf")
    assert "2001 页" in long.value.reason
    assert damaged.value.hint


def test_a_file_whose_name_is_not_text_is_read() -> None:
    assert sandbox.read("云岭镇".encode(), "\udcc4\udce3.\udcc4\udce3.txt").blocks


def test_a_file_that_kills_the_process_costs_that_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        instead(broken, "import os, sys; sys.stdin.buffer.read(20); os._exit(134)")
        with pytest.raises(DamagedFile) as refused:
            sandbox.read(SAMPLE, "a.pdf")

    assert "中途退出" in refused.value.reason
    assert sandbox.read(SAMPLE, "b.pdf").blocks


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no processor time for us")
def test_a_file_that_takes_all_processor_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "apart.seconds_for = lambda _: 0.3; import re; work = lambda *_: re.match('(a+)+b', 'a' * 60)"
    instead(monkeypatch, _INSTEAD.replace("lambda *_: {}", "work").replace("apart;", f"apart; {code};", 1))

    with pytest.raises(UnsupportedFile, match="处理器时间"):
        sandbox.read(SAMPLE, "a.pdf")


def test_where_no_signal_counts_processor_time_the_process_counts_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"apart.seconds_for = lambda _: 0.3; {_NO_TIMER}; work = lambda *_: [x for x in iter(int, 1)]"
    instead(monkeypatch, _INSTEAD.replace("lambda *_: {}", "work").replace("apart;", f"apart; {code};", 1))

    with pytest.raises(UnsupportedFile, match="处理器时间"):
        sandbox.read(SAMPLE, "a.pdf")


def test_there_too_time_without_work_is_not_held_against_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"apart.seconds_for = lambda _: 0.3; {_NO_TIMER}; import time; real = apart.reading.read_bytes"
    slow = "lambda *asked: (time.sleep(0.8), real(*asked))[1]"
    instead(monkeypatch, _INSTEAD.replace("lambda *_: {}", slow).replace("apart;", f"apart; {code};", 1))

    assert sandbox.read("云岭镇".encode(), "a.txt").blocks


@pytest.mark.skipif(sys.platform == "win32", reason="there no signal counts processor time")
def test_time_that_passes_without_work_is_not_held_against_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "apart.seconds_for = lambda _: 0.3; import time; real = apart.reading.read_bytes"
    slow = "lambda *asked: (time.sleep(0.8), real(*asked))[1]"
    instead(monkeypatch, _INSTEAD.replace("lambda *_: {}", slow).replace("apart;", f"apart; {code};", 1))

    began = time.monotonic()
    found = sandbox.read("云岭镇".encode(), "a.txt")

    assert found.blocks
    assert time.monotonic() - began > 0.7


def test_a_process_that_does_not_come_back_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(sandbox, "_PATIENCE", 0.2)

    with pytest.raises(DamagedFile, match="没有回音"):
        sandbox.read(SAMPLE, "a.pdf")


def test_an_answer_without_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(
        monkeypatch, "import sys, time; sys.stdout.buffer.write(b'\\xff' * 100); sys.stdout.flush(); time.sleep(60)"
    )

    with pytest.raises(DamagedFile, match="中途退出"):
        sandbox.read(SAMPLE, "a.pdf")


def test_where_no_process_can_be_started_the_file_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")

    assert sandbox.read(SAMPLE, "a.pdf") == reading.read_bytes(SAMPLE, "a.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="only here is the memory of a process bounded for sure")
def test_a_file_that_wants_all_memory_ends_in_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import search_app.readers.sandboxed as apart; from search_app.readers import text_reader as text; "
    instead(monkeypatch, code + "text.read = lambda *_: bytes(2**31); apart.main()")

    with pytest.raises(UnsupportedFile, match="内存超过"):
        sandbox.read("云岭镇".encode(), "a.txt")
