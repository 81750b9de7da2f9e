"""Scans and pictures through a program that recognises text: what comes out says so, and no program can do harm."""

import runpy
import signal
import sys
import time
from pathlib import Path

import pytest

from search_app import readers
from search_app.errors import ConfigError, DamagedFile, NotRecognised, PassingFault, Picture, ReadError, Scan
from search_app.model import Document
from search_app.readers import ocr_command, page_pictures, recognising
from search_app.readers.page_pictures import draw
from tests.readers.scans import TEXT, printing, program, scan, table_of


def read(data: bytes, command: tuple[str, ...], name: str = "云台镇.pdf") -> Document:
    return readers.read_bytes(data, name, ocr=command)


def text_of(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks)


def test_a_scan_is_refused_unless_recognising_is_asked_for() -> None:
    with pytest.raises(Scan, match="扫描件") as refused:
        readers.read_bytes(scan(), "a.pdf")

    assert "--ocr" in refused.value.hint


def test_a_scan_is_read_with_the_mean_confidence_of_its_letters(tmp_path: Path) -> None:
    document = read(scan(), printing(tmp_path, table_of()))

    letters = [sum(map(str.isalnum, text)) for text, _ in TEXT]
    mean = sum(count * sure for count, (_, sure) in zip(letters, TEXT, strict=True)) / sum(letters)
    assert (document.recognised, document.confidence) == (True, round(mean))
    assert [block.text for block in document.blocks] == [text for text, _ in TEXT]
    assert f"{round(mean)}%" in document.warnings[0]
    assert "核对原件" in document.warnings[0]


def test_words_of_chinese_are_joined_and_those_of_english_kept_apart(tmp_path: Path) -> None:
    lines = "\n".join(
        f"5\t1\t1\t1\t1\t{at}\t{at * 100}\t100\t80\t40\t90\t{word}"
        for at, word in enumerate(("全年", "调处", "Party", "School", "86", "件矛盾纠纷"))
    )
    document = read(scan(), printing(tmp_path, table_of(()) + lines))

    assert text_of(document) == "全年调处Party School 86件矛盾纠纷"


def test_plain_text_is_read_too_and_its_confidence_is_not_known(tmp_path: Path) -> None:
    document = read(scan(), printing(tmp_path, "\n\n".join(text for text, _ in TEXT)))

    assert (document.recognised, document.confidence) == (True, None)
    assert "没有给出可信度" in document.warnings[0]
    assert all(text in text_of(document) for text, _ in TEXT)


def test_a_picture_is_read_under_its_own_name(tmp_path: Path) -> None:
    png = draw(scan(), 0, "a.pdf").png
    command = program(tmp_path, f"assert image.endswith('.png'); out.write({table_of().encode()!r})")

    with pytest.raises(Picture):
        readers.read_bytes(png, "图.png")
    assert TEXT[0][0] in text_of(read(png, command, "图.png"))


def test_a_command_without_a_place_for_the_picture_gets_it_last(tmp_path: Path) -> None:
    command = printing(tmp_path, table_of())[:-1]

    assert read(scan(), command).recognised


def test_each_page_is_drawn_for_itself_and_kept_in_order(tmp_path: Path) -> None:
    counter = tmp_path / "count"
    code = (
        f"from pathlib import Path; c = Path({str(counter)!r}); n = int(c.read_text()) + 1 if c.exists() else 1\n"
        "c.write_text(str(n)); assert open(image, 'rb').read(4) == b'\\x89PNG'\n"
        "out.write(f'开头{n}甲\\n这是第{n}页的全部文字，写得清清楚楚。\\n结尾{chr(0x4e00 + n)}'.encode())"
    )
    document = read(scan(3), program(tmp_path, code))

    whole = text_of(document)
    assert [whole.index(f"第{number}页") for number in (1, 2, 3)] == sorted(
        whole.index(f"第{number}页") for number in (1, 2, 3)
    )


def test_a_page_that_fails_costs_that_page_and_is_named(tmp_path: Path) -> None:
    counter = tmp_path / "count"
    code = (
        f"from pathlib import Path; c = Path({str(counter)!r}); n = int(c.read_text()) + 1 if c.exists() else 1\n"
        f"c.write_text(str(n)); sys.exit(3) if n == 2 else out.write({table_of().encode()!r})"
    )
    document = read(scan(3), program(tmp_path, code))

    assert any("第 2 页没有收入" in warning and "退出码 3" in warning for warning in document.warnings)


def test_a_first_page_that_cannot_be_drawn_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(data: bytes, path: str, number: int) -> page_pictures.Picture:
        if not number:
            raise DamagedFile(path, "PDF 的第 1 页画不出来，无法识别。")
        return draw(data, number, path)

    monkeypatch.setattr("search_app.readers.sandbox.draw", drawn)
    document = read(scan(2), printing(tmp_path, table_of()))

    assert TEXT[0][0] in text_of(document)
    assert any("第 1 页没有收入" in warning and "画不出来" in warning for warning in document.warnings)


def test_a_program_that_fails_on_every_page_is_named_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(PassingFault, match="退出码 3"):
        read(scan(5), program(tmp_path, "sys.exit(3)"))


RUBBISH = {
    "signs": "out.write('~#@|\\\\/%^ ' .encode() * 60)",
    "bytes": "out.write(bytes(range(256)) * 40)",
    "unsure": f"out.write({table_of(tuple((text, 4) for text, _ in TEXT)).encode()!r})",
    "crash": "sys.exit(1)",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV if hasattr(signal, 'SIGSEGV') else 9)",
    "endless": "\nwhile True: out.write('字'.encode() * 100_000)",
}


@pytest.mark.parametrize("code", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_and_crashes_end_in_a_reason_that_may_pass(code: str, tmp_path: Path) -> None:
    with pytest.raises(PassingFault, match="没有识别出文字"):
        read(scan(), program(tmp_path, code))


@pytest.mark.parametrize("printed", ["", "\n\n", "3\n", table_of(())])
def test_nothing_recognised_is_told_from_a_program_that_fails(printed: str, tmp_path: Path) -> None:
    with pytest.raises(NotRecognised, match="没有认出文字"):
        read(scan(), printing(tmp_path, printed))


def test_a_table_with_broken_rows_gives_its_sound_ones(tmp_path: Path) -> None:
    broken = "5\t1\t1\n5\tx\t1\t1\t1\t1\ta\tb\tc\td\te\tf\nrubbish\n\t\t\t\n"

    assert TEXT[2][0] in text_of(read(scan(), printing(tmp_path, table_of() + broken)))


def test_a_program_that_does_not_answer_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr_command, "MAX_WAIT", 0.5)
    started = tmp_path / "child"
    code = (
        "import os, subprocess\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(started)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    command, began = program(tmp_path, code), time.monotonic()

    with pytest.raises(PassingFault, match="没有回音"):
        read(scan(), command)

    assert time.monotonic() - began < 30
    if sys.platform == "linux" and started.exists():
        child = int(started.read_text())
        while _lives(child) and time.monotonic() - began < 40:
            time.sleep(0.05)
        assert not _lives(child)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_where_the_system_has_no_signals_that_end_a_program_none_is_said_to_have_been_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("SIGXCPU", "SIGKILL"):
        monkeypatch.delattr(signal, name, raising=False)

    assert runpy.run_path(ocr_command.__file__)["_TOOK_TOO_MUCH"] == set()


@pytest.mark.skipif(sys.platform != "linux", reason="processor time is bounded by the system there alone")
def test_processor_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_command, "MAX_SECONDS", 1)

    with pytest.raises(PassingFault, match="处理器时间"):
        read(scan(), program(tmp_path, "\nwhile True: pass"))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by the system there alone")
def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_command, "MAX_MEMORY", 300 * 2**20)

    with pytest.raises(PassingFault):
        read(scan(), program(tmp_path, "time.sleep(0.5); x = bytearray(2**30); out.write(b'x')"))


def test_after_some_failures_in_a_row_a_file_is_given_up(tmp_path: Path) -> None:
    counter = tmp_path / "count"
    with pytest.raises(PassingFault):
        read(scan(9), program(tmp_path, f"open({str(counter)!r}, 'a').write('x'); sys.exit(1)"))

    assert counter.read_text() == "xxx"


def test_no_more_pages_are_recognised_than_a_report_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising, "MAX_PAGES", 2)

    document = read(scan(4), printing(tmp_path, table_of()))

    assert any("第 3、4 页没有收入" in warning for warning in document.warnings)


def test_a_program_that_is_not_there_is_said_before_anything_is_read() -> None:
    with pytest.raises(ConfigError, match="no-such-program") as refused:
        ocr_command.find_command(("no-such-program", "{image}"))

    assert "ocr_command" in refused.value.hint


def test_nothing_is_left_of_the_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    read(scan(2), printing(tmp_path, table_of()))

    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("size", ["[0 0 20000 20000]", "[0 0 0 0]", "[0 0 1 14400]"])
def test_a_page_of_any_size_is_drawn_within_bounds_or_refused(size: str) -> None:
    data = scan().replace(b"[0 0 595 842]", size.encode())

    try:
        drawn = len(draw(data, 0, "a.pdf").png)
    except ReadError:
        drawn = 0

    assert drawn < 40_000_000
