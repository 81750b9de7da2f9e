"""Say what understanding a question costs: whole answers with all of it, and with the typed words alone.

``python -m benchmarks.answering FOLDER/100000`` asks the questions of ``benchmarks.engines`` over an index that its
``--folder`` kept, each kind with everything on and with ``literal`` and without other wordings, in turn, and writes
``benchmarks/results/<date>-answering-<passages>.md``. Milliseconds of processor time.
"""

import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.engines.contending import Question
from benchmarks.engines.corpus import survey_of
from benchmarks.engines.own_contender import typed
from benchmarks.engines.questions import draw
from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.searching import Request, search, suggest

RESULTS = Path(__file__).parent / "results"
_EACH, _ROUNDS = 30, 3


def main() -> None:
    """Measure, write, print."""
    folder = Path(sys.argv[1])
    engine = open_engine(folder / "ours")
    lines = [
        f"# {folder.name} passages: what understanding a question costs",
        "",
        f"{date.today().isoformat()} · p50 / p95 in milliseconds of processor time, one process",
        "",
        "| question | typed words alone | everything on | times, p50 / p95 |",
        "|---|---|---|---|",
    ]
    started = time.perf_counter()
    search(engine, Request(text="调解"))
    first = time.perf_counter() - started
    all_alone: list[float] = []
    all_whole: list[float] = []
    for kind, questions in draw(survey_of(folder / "corpus.pickle"), _EACH).items():
        alone, whole = _timed(engine, questions)
        all_alone += alone
        all_whole += whole
        cells = [f"{np.quantile(each, 0.5):.1f} / {np.quantile(each, 0.95):.1f}" for each in (alone, whole)]
        times = " / ".join(f"{np.quantile(whole, at) / np.quantile(alone, at):.1f}" for at in (0.5, 0.95))
        lines.append(f"| {kind} | {cells[0]} | {cells[1]} | {times} |")
    cells = [f"{np.quantile(each, 0.5):.1f} / {np.quantile(each, 0.95):.1f}" for each in (all_alone, all_whole)]
    times = " / ".join(f"{np.quantile(all_whole, at) / np.quantile(all_alone, at):.1f}" for at in (0.5, 0.95))
    lines.append(f"| all of them | {cells[0]} | {cells[1]} | {times} |")
    started = time.perf_counter()
    suggest(engine, "tj")
    lines += [
        "",
        f"The first search of all takes {first * 1000:.0f} ms, the first suggestion "
        f"{(time.perf_counter() - started) * 1000:.0f} ms more.",
        "",
    ]
    text = "\n".join(lines)
    (RESULTS / f"{date.today().isoformat()}-answering-{folder.name}.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _timed(engine: Engine, questions: Sequence[Question]) -> tuple[list[float], list[float]]:
    """Return the times of all questions, typed words alone and with everything, asked in turn."""
    alone: list[float] = []
    whole: list[float] = []
    for at in range(_ROUNDS + 1):
        for question in questions:
            for also, times in ((False, alone), (True, whole)):
                request = Request(text=typed(question), selection=question.selection, also=also, literal=not also)
                started = time.process_time()
                search(engine, request)
                if at:  # the first round warms up
                    times.append((time.process_time() - started) * 1000)
    return alone, whole


if __name__ == "__main__":
    main()
