"""The trial under wine: what it names is there, and where there is no wine it says how to get it."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.build_bundle import MACHINES, ROOT, read_pins
from scripts.try_windows import NOT_UNDER_WINE, PLATFORM, SOURCES, TESTING, TESTS
from scripts.wine import PYTHON, windows_path


def test_what_the_tests_need_on_windows_is_pinned_for_it() -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")

    assert {pin.name for pin in read_pins(text, MACHINES[PLATFORM], PYTHON)} >= TESTING


@pytest.mark.parametrize("path", [*SOURCES, *TESTS])
def test_what_is_copied_and_run_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_a_test_that_is_left_out_is_there_under_its_name() -> None:
    left_out = [name.partition("[")[0].split("::") for name in NOT_UNDER_WINE if "::" in name]
    missing = [test for path, test in left_out if f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8")]

    assert missing == []


def test_a_path_is_written_as_windows_programs_read_it() -> None:
    assert windows_path(Path("/srv/报告/start.bat")) == "Z:\\srv\\报告\\start.bat"


def test_without_wine_the_trial_ends_with_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.try_windows"],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "apt-get install wine" in done.stderr
    assert done.stdout == ""
