"""Say what starting costs on the command line: whole processes, from the shell's point of view.

``python -m benchmarks.starting`` indexes the sample corpus and runs each command in turn, beside an interpreter that
does nothing, which is the floor; ``--index FOLDER`` searches another index as well, ``--beside FOLDER`` runs another
checkout of the program in turn with this one. Writes ``benchmarks/results/<date>-starting.md``. Milliseconds, least and
median; of the time that passes, and of that which the processor spent, which a busy machine changes less.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.goals import Goal, beside_goals

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
QUERY = "矛盾纠纷怎么化解"


class Case(NamedTuple):
    """A command that is measured: what it is called, its arguments of Python, and the checkout that it runs."""

    name: str
    arguments: tuple[str, ...]
    checkout: Path = ROOT


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--beside", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        cases = [
            Case("python -c pass (the floor)", ("-c", "pass")),
            Case("import numpy, click (the floor of a search)", ("-c", "import numpy, click")),
        ]
        for label, checkout in (("", ROOT), ("other checkout: ", asked.beside)):
            if checkout is not None:
                cases += _cases(label, checkout, Path(made) / f"index{len(cases)}", asked.index)
        times = _measured(cases, asked.runs)
        lines = [*_table(cases, times), "", *beside_goals(_reached(cases, times))]
    head = f"{date.today().isoformat()} · Python {sys.version.split()[0]} · {asked.runs} runs of each, in turn · ms"
    text = "\n".join(["# Starting: whole processes", "", head, "", *lines, ""])
    (RESULTS / f"{date.today().isoformat()}-starting.md").write_text(text, encoding="utf-8")
    print(text)


def _cases(label: str, checkout: Path, sample: Path, other: Path | None) -> list[Case]:
    """Return the commands of a checkout; the sample corpus is indexed for it."""
    corpus = str(checkout / "corpus")
    _run(Case("", ("-m", "search_app", "index", "--corpus", corpus, "--index", str(sample)), checkout))
    indexes = [("the sample corpus", sample)] + ([(f"{other.name}", other)] if other else [])
    return [
        Case(f"{label}--version", ("-m", "search_app", "--version"), checkout),
        Case(f"{label}--help", ("-m", "search_app", "--help"), checkout),
        *(
            Case(f"{label}search, {name}", ("-m", "search_app", "search", QUERY, "--index", str(index)), checkout)
            for name, index in indexes
        ),
    ]


def _run(case: Case) -> tuple[float, float]:
    """Run a command; return the seconds that passed and those of the processor. Raises CalledProcessError."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, *case.arguments]
    subprocess.run(
        command, cwd=case.checkout, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    passed, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _measured(cases: Sequence[Case], runs: int) -> list[list[tuple[float, float]]]:
    """Return what each run of each command took; the first, which compiles sources and fills caches, is left out."""
    for case in cases:
        _run(case)
    times: list[list[tuple[float, float]]] = [[] for _ in cases]
    for _ in range(runs):
        for case, found in zip(cases, times, strict=True):
            found.append(_run(case))
    return times


def _table(cases: Sequence[Case], times: Sequence[Sequence[tuple[float, float]]]) -> list[str]:
    lines = ["| command | passed: least | median | processor: least | median |", "|---|---|---|---|---|"]
    for case, found in zip(cases, times, strict=True):
        passed, spent = ([each[which] for each in found] for which in (0, 1))
        cells = [f"{1000 * measure(each):.0f}" for each in (passed, spent) for measure in (min, statistics.median)]
        lines.append(f"| {case.name} | {' | '.join(cells)} |")
    return lines


def _reached(cases: Sequence[Case], times: Sequence[Sequence[tuple[float, float]]]) -> Mapping[Goal, float]:
    """Return what is wanted of this checkout's commands: milliseconds that passed, median."""
    goals = {"--version": Goal.TOLD, "--help": Goal.TOLD, "search, the sample corpus": Goal.SEARCH_SAMPLE}
    reached: dict[Goal, float] = {}
    for case, found in zip(cases, times, strict=True):
        goal = goals.get(case.name, Goal.SEARCH_LARGE if case.name.startswith("search, ") else None)
        if goal is not None:
            passed = 1000 * statistics.median(passed for passed, _ in found)
            reached[goal] = max(passed, reached.get(goal, 0.0))
    return reached


if __name__ == "__main__":
    main()
