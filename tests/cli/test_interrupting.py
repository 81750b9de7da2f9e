"""Ctrl-C at any moment ends a command with 130 and one line; ``tests.cli.interrupting`` tries hundreds of moments."""

import random
import sys
from pathlib import Path

import pytest

from tests.cli.interrupting import furnish, press, verdict

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
