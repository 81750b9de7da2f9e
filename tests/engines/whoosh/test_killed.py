"""A run that is killed costs nothing but its time; ``tests.engines.whoosh.killed`` kills a thousand."""

import json
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from search_app.engines.whoosh import WhooshEngine
from search_app.query import Search
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.whoosh.killed import kill_runs
from tests.sampling import sampled


@pytest.mark.skipif(sys.platform == "win32", reason="the signals are those of POSIX")
def test_a_run_that_is_killed_leaves_a_whole_answer_and_the_next_one_completes(tmp_path: Path) -> None:
    ended = kill_runs(tmp_path, 9, seed=11)

    assert sum(times for how, times in ended.items() if how.endswith(("-9", "-15", "130"))) >= 8, ended


_WRITE_FOR_EVER = """
import sys
from pathlib import Path
from search_app.engines.whoosh import WhooshEngine
from tests.engines.building import filed
from tests.engines.contract import Stop, put
engine = WhooshEngine(Path(sys.argv[1]))
for number in range(10_000):
    put(engine, filed("甲.txt", f"第{number}次写入。", "第二段。"), filed("乙.txt", f"第{number}次写入。"))
    print(number, flush=True)
"""


def test_killed_at_random_moments_the_old_answers_stay_and_the_next_run_completes(tmp_path: Path) -> None:
    index = tmp_path / "index"
    engine: Engine = WhooshEngine(index)
    put(engine, filed("甲.txt", "第x次写入。", "第二段。"), filed("乙.txt", "第x次写入。"))
    seed = secrets.randbits(32)
    moments = random.Random(seed)

    for _ in range(sampled(20)):
        before = engine.search(Search()).generation
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITE_FOR_EVER, str(index)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(moments.uniform(0, 0.3))
        writer.kill()
        writer.wait()
        writer.stdout.close()

        found = WhooshEngine(index).search(Search())
        texts = {match.passage.text for match in found.matches} - {"第二段。"}
        assert found.generation >= before, seed
        assert (found.total, found.reports, len(texts)) == (3, 2, 1), seed
        assert engine.verify() == (), seed

    put(engine, filed("丙.txt", "又一份。"))
    assert engine.search(Search()).total == 4
    named = json.loads((index / "CURRENT").read_bytes())["generations"]
    assert sorted(path.name for path in index.glob("gen-*")) == sorted(each["name"] for each in named)
