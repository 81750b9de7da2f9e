"""A run that is killed costs nothing but its time; ``tests.engines.whoosh.killed`` kills a thousand."""

import sys
from pathlib import Path

import pytest

from tests.engines.whoosh.killed import kill_runs


@pytest.mark.skipif(sys.platform == "win32", reason="the signals are those of POSIX")
def test_a_run_that_is_killed_leaves_a_whole_answer_and_the_next_one_completes(tmp_path: Path) -> None:
    ended = kill_runs(tmp_path, 9, seed=11)

    assert sum(times for how, times in ended.items() if how.endswith(("-9", "-15", "130"))) >= 8, ended
