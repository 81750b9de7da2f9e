"""Kill indexing runs at random moments, and see whether what answers is always one whole state of the corpus.

``python -m tests.engines.whoosh.killed 1000`` kills a thousand runs, by KILL, TERM and INT in turn, while a reader that
was opened before the first of them keeps searching. Each run finds other texts than the one before.
"""

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from search_app.engines.whoosh import WhooshEngine
from search_app.indexing import update
from search_app.query import Search

SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT")
#: Every so many rounds a run is left alone, and has to complete.
_LEFT_ALONE = 10
_Texts = frozenset[str]


def write_corpus(corpus: Path, number: int) -> _Texts:
    """Write one state of the corpus, in which every text names its number; return its texts."""
    names = ("甲镇", "乙乡", "丙镇") if number % 2 else ("甲镇", "丁乡")
    for path in corpus.glob("*.txt"):
        path.unlink()
    texts = {name: f"{name}第{number}次调解矛盾纠纷。" for name in names}
    for name, text in texts.items():
        (corpus / f"{name}2023年法治政府建设年度报告.txt").write_text(text, encoding="utf-8")
    return frozenset(texts.values())


def run(index: Path, corpus: Path) -> None:
    """Bring the index up to date, in a process of its own; with 130 where it is interrupted."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        update(WhooshEngine(index), corpus, index=index, accept_removals=True)
    except KeyboardInterrupt:
        os._exit(130)


def read(engine: WhooshEngine) -> _Texts:
    """Return the texts that are found."""
    found = engine.search(Search())
    assert found.total == len(found.matches)
    return frozenset(match.passage.text for match in found.matches)


def kill_runs(folder: Path, kills: int, *, seed: int = 0) -> Counter[str]:
    """Kill so many runs; return how they ended. Raises AssertionError where something answers wrong."""
    moments, ended = random.Random(seed), Counter[str]()
    index, corpus = folder / "index", folder / "corpus"
    corpus.mkdir()
    before = write_corpus(corpus, 0)
    reader = WhooshEngine(index)
    update(reader, corpus, index=index)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["__main__", "search_app.indexing", "search_app.engines.whoosh"])
    lasts, number = 0.0, 0
    while number == 0 or kills > sum(times for how, times in ended.items() if not how.endswith(" 0")):
        number += 1
        now = write_corpus(corpus, number)
        process = processes.Process(target=run, args=(index, corpus))
        process.start()
        started = time.monotonic()
        left_alone = not lasts or number % _LEFT_ALONE == 0
        moment = None if left_alone else moments.uniform(0, lasts)
        while process.is_alive() and (moment is None or time.monotonic() - started < moment):
            assert read(reader) in (before, now), f"run {number}: a mixture answers while it is under way"
            process.join(0.01)
        if process.is_alive() and process.pid is not None:
            with suppress(ProcessLookupError):  # it has ended just now
                os.kill(process.pid, getattr(signal, SIGNALS[number % len(SIGNALS)]))
        process.join()
        lasts = time.monotonic() - started if left_alone else lasts
        found = read(WhooshEngine(index))
        assert found in (before, now), f"run {number}: a mixture answers"
        assert read(reader) == found, f"run {number}: who reads all along sees something else"
        assert reader.verify() == (), f"run {number}: {reader.verify()}"
        if process.exitcode == 0:
            assert found == now, f"run {number}: it ended well, and the old texts answer"
        ended[f"{'left alone' if left_alone else 'to be killed'}, ended with {process.exitcode}"] += 1
        before = found
    update(reader, corpus, index=index, accept_removals=True)
    assert read(reader) == now
    return ended


def main() -> int:
    """Kill as many runs as asked, and say how they ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for how, times in sorted(kill_runs(Path(folder), asked.kills, seed=asked.seed).items()):
            print(f"{times:6} {how}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
