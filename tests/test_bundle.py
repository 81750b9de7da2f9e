"""The bundle for an office without internet: which wheels belong in it, and files that start it on any machine."""

import hashlib
import re
from pathlib import Path

import pytest

from scripts.build_bundle import ENTRY, MACHINES, PINS, read_pins, requirements_of, starter_files

PLATFORMS = sorted(MACHINES)
PYTHONS = ("3.11", "3.14")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_machine_and_python_gets_the_pins_that_hold_for_it(platform: str) -> None:
    text = PINS.read_text(encoding="utf-8")
    older, newer = ([pin.name for pin in read_pins(text, MACHINES[platform], python)] for python in PYTHONS)

    assert {"numpy", "jieba", "rjieba", "flask", "backports-zstd"} <= set(older)
    assert "backports-zstd" not in newer
    assert len(set(older)) == len(older)  # of each library one version
    assert not any(name in older for name in ("brotlicffi", "cffi"))  # those are PyPy's


def test_every_pin_is_read_with_its_hashes() -> None:
    text = PINS.read_text(encoding="utf-8")
    named = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    read = ENTRY.findall(text)

    assert [f"{name}==" for name, *_ in read] == named
    assert all(hashes.count("sha256:") for *_, hashes in read)


def test_the_requirements_name_each_wheel_by_its_hash(tmp_path: Path) -> None:
    (tmp_path / "Some_Thing-1.0-py3-none-any.whl").write_bytes(b"wheel")

    digest = hashlib.sha256(b"wheel").hexdigest()
    assert requirements_of(tmp_path) == f"some-thing==1.0 --hash=sha256:{digest}\n"


def test_the_windows_starter_is_read_alike_in_every_code_page() -> None:
    files = starter_files("win_amd64", "3.11")

    assert files["start.bat"].isascii()
    assert files["start.bat"].count(b"\n") == files["start.bat"].count(b"\r\n") > 20
    messages = [content for name, content in files.items() if name.startswith("messages/")]
    assert all(content.startswith(b"\xff\xfe") and "。" in content.decode("utf-16") for content in messages)
    named = [f"messages\\{name.removeprefix('messages/')}" for name in files if name.startswith("messages/")]
    assert all(name.encode() in files["start.bat"] for name in named)
    assert b"{" not in files["start.bat"]


def test_the_windows_starter_takes_a_crash_for_a_failure() -> None:
    lines = starter_files("win_amd64", "3.11")["start.bat"].decode("ascii").splitlines()
    runs = [number for number, line in enumerate(lines) if line.startswith(("%PY%", "%PIP%", "venv\\Scripts\\"))]

    assert len(runs) == 6
    assert all(re.match(r'if (not )?"%errorlevel%"=="[01]" goto', lines[number + 1]) for number in runs)
    assert not any(re.search(r"\berrorlevel \d|&&|\|\|", line) for line in lines)  # a crash is a negative number


def test_the_linux_starter_has_its_messages_and_no_carriage_returns() -> None:
    script = starter_files("manylinux2014_x86_64", "3.11")["start.sh"].decode("utf-8")

    assert "\r" not in script
    assert "没有找到 Python 3.11" in script
    assert "{python}" not in script
