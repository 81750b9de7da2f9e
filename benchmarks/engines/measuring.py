"""Measuring: indexing, sizes, answers, memory, starting, one more report, of several engines over one corpus."""

import json
import random
import shutil
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.engines import agreeing, starting
from benchmarks.engines.agreeing import Agreement
from benchmarks.engines.contending import Answer, Question
from benchmarks.engines.working import Memory, Took, Worker
from benchmarks.generating import Filed, reports

#: So many questions are answered before memory is read.
_MIXED = 1000
_STARTS = 5
_NOTHING = Took(0, 0)
#: Slow engines are asked fewer questions of each kind, once.
FEWER: Mapping[str, int] = {"whoosh": 4, "fts5": 12}


@dataclass(kw_only=True)
class Measured:
    """One engine. Seconds, bytes, and milliseconds of every answer by kind of question."""

    name: str
    version: str = ""
    given: Took | None = None
    shared: Took | None = None
    size: int = 0
    cold: float = 0.0
    added: Took = _NOTHING
    memory: Memory | None = None
    asked: int = 0
    times: dict[str, list[Took]] = field(default_factory=dict)
    found: dict[str, float] = field(default_factory=dict)

    def quantile(self, kind: str, share: float, *, work: bool = False) -> float:
        """Return the milliseconds, by the clock or of work, that so large a share of the answers of a kind took."""
        times = sorted(took.work if work else took.clock for took in self.times[kind])
        return 1000 * times[min(int(share * len(times)), len(times) - 1)]


def build(name: str, folder: Path, corpus: Path, *, jobs: int) -> Measured:
    """Index the corpus twice: text in with so many processes (0 = not at all), then with the words given.

    What it took is kept beside the index; where it is, the index is used as it is.
    """
    measured, kept = Measured(name=name), folder.with_suffix(".built")
    if kept.exists():
        held = json.loads(kept.read_text())
        measured.given, measured.shared = (held[key] and Took(*held[key]) for key in ("given", "shared"))
        return measured
    for processes in (jobs, 0) if jobs else (0,):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with Worker(name, folder) as worker:
            took = worker.build(corpus, processes)
        if processes:
            measured.shared = took
        else:
            measured.given = took
    kept.write_text(json.dumps({"given": measured.given, "shared": measured.shared}))
    return measured


def ask(
    measured: Sequence[Measured],
    folders: Mapping[str, Path],
    corpus: Path,
    questions: Mapping[str, Sequence[Question]],
    *,
    rounds: int,
    scan: bool,
) -> tuple[Agreement, ...]:
    """Ask every engine the same questions in turn and note times; before that, say whether the answers agree."""
    with ExitStack() as stack:
        workers = {one.name: stack.enter_context(Worker(one.name, folders[one.name])) for one in measured}
        return _asked(measured, workers, folders, corpus, questions, rounds=rounds, scan=scan)


def _asked(
    measured: Sequence[Measured],
    workers: Mapping[str, Worker],
    folders: Mapping[str, Path],
    corpus: Path,
    questions: Mapping[str, Sequence[Question]],
    *,
    rounds: int,
    scan: bool,
) -> tuple[Agreement, ...]:
    for one in measured:
        one.version = workers[one.name].version()
        files = [path.stat() for path in folders[one.name].rglob("*") if path.is_file()]
        one.size = sum({file.st_ino: file.st_size for file in files}.values())  # an older generation links to some
    asked = {
        one.name: {q for held in questions.values() for q in held[: FEWER.get(one.name, len(held))]} for one in measured
    }
    answers = {
        name: {q: workers[name].answer(q)[1] for held in questions.values() for q in held if q in asked[name]}
        for name in workers
    }
    agreements = _agreements(corpus, questions, answers, scan=scan)
    _timed(measured, workers, questions, asked, rounds=rounds)
    for one in measured:
        for kind, held in questions.items():
            totals = [answers[one.name][q].total for q in held if q in answers[one.name]]
            one.found[kind] = statistics.median(totals) if totals else 0
        one.memory = workers[one.name].memory()
    _finish(measured, workers, folders, questions)
    return agreements


def _agreements(
    corpus: Path,
    questions: Mapping[str, Sequence[Question]],
    answers: Mapping[str, Mapping[Question, Answer]],
    *,
    scan: bool,
) -> tuple[Agreement, ...]:
    true = agreeing.truth(corpus, (q for held in questions.values() for q in held)) if scan else None
    return tuple(agreeing.compare(kind, held, answers, true) for kind, held in questions.items())


def _timed(
    measured: Sequence[Measured],
    workers: Mapping[str, Worker],
    questions: Mapping[str, Sequence[Question]],
    asked: Mapping[str, set[Question]],
    *,
    rounds: int,
) -> None:
    """Note times: every round another order of questions, every question another order of engines."""
    draw = random.Random(5)
    every = [(kind, question) for kind, held in questions.items() for question in held]
    for turn in range(rounds):
        draw.shuffle(every)
        for kind, question in every:
            for one in draw.sample(measured, len(measured)):
                if question in asked[one.name] and (turn == 0 or one.name not in FEWER):
                    took, _ = workers[one.name].answer(question)
                    one.times.setdefault(kind, []).append(took)
    for one in measured:
        one.asked = sum(map(len, one.times.values()))
        for _, question in every[: 0 if one.name in FEWER else max(_MIXED - one.asked, 0)]:
            workers[one.name].answer(question)
            one.asked += 1


def _finish(
    measured: Iterable[Measured],
    workers: Mapping[str, Worker],
    folders: Mapping[str, Path],
    questions: Mapping[str, Sequence[Question]],
) -> None:
    """Start each engine afresh some times, then put one more report in."""
    word = questions["one common word"][0]
    for one in measured:
        times = [starting.seconds(one.name, folders[one.name], word.words[0]) for _ in range(_STARTS)]
        one.cold = statistics.median(times)
        one.added = workers[one.name].add(_another(), word)


def _another() -> Filed:
    """Return a report that no corpus holds."""
    report, passages = next(iter(reports(25, seed=99)))
    number = f"{0xFFFF_FFFF:012x}"
    held = tuple(replace(one, id=f"{number}-{one.number}", report=number) for one in passages)
    return replace(report, id=number, path=f"another/{report.path}"), held


def say(text: str) -> None:
    """Tell on standard error how far it is."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
