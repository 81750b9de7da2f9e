"""Starting: a fresh process that opens an index, answers one question and says so: cold start."""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.engines.contending import Question, contender


def seconds(name: str, folder: Path, word: str) -> float:
    """Return the time from starting Python to the first answer."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.engines.starting", name, str(folder), word], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None  # noqa: S101  # for mypy: it is a pipe
        process.stdout.readline()
        return time.perf_counter() - started


def main() -> None:
    """Answer."""
    name, folder, word = sys.argv[1:]
    engine = contender(name, Path(folder))
    engine.open()
    print(engine.answer(Question(kind="first", words=(word,))).total, flush=True)


if __name__ == "__main__":
    main()
