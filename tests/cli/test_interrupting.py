"""Ctrl-C at any moment ends a command with 130 and one line; ``tests.cli.interrupting`` tries hundreds of moments."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.interrupting import ROOT, furnish, press, verdict

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process group is interrupted otherwise there")
COMMANDS = (("status",), ("search", "调解"), ("index", "--jobs", "1", "--rebuild"), ("--help",))
MOMENTS = [(number, COMMANDS[number % len(COMMANDS)]) for number in range(20)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("interrupting")
    furnish(root)
    return root


@pytest.mark.parametrize(
    ("number", "command"), MOMENTS, ids=lambda each: str(each[0]) if isinstance(each, tuple) else each
)
def test_an_interruption_is_said_in_one_line_whenever_it_comes(
    number: int, command: tuple[str, ...], folder: Path
) -> None:
    code, said = press(folder, command, random.Random(number).uniform(0, 0.4))

    assert verdict(code, said) in ("said so", "done"), said


def test_the_first_moment_of_all_is_answered_too(folder: Path) -> None:
    code, said = press(folder, ("status",), 0)

    assert (code, said) == (130, "已中断。\n")


def test_an_interruption_while_a_text_is_executed_ends_with_130_too(folder: Path, tmp_path: Path) -> None:
    """Python itself ends a program that is run as a module by the signal, where nobody lets it forget."""
    text = "import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(5)"
    module = f"""
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
import search_app.cli
import search_app.__main__ as way_in

def run(arguments):
    exec({text!r})

search_app.cli.run = run
way_in.main()
"""
    (tmp_path / "interrupted.py").write_text(module, encoding="utf-8")
    environ = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}

    done = subprocess.run(
        [sys.executable, "-m", "interrupted"], cwd=folder, env=environ, capture_output=True, timeout=60
    )

    assert (done.returncode, done.stderr.decode("utf-8")) == (130, "已中断。\n")
