"""Say what each kind of judged question costs beside its typed words alone, and what pasted paragraphs of it cost.

``python -m benchmarks.asking FOLDER/100000`` asks the questions of tests/relevance over an index that
``benchmarks.engines --folder`` kept: with everything on and with ``literal`` and without other wordings, in turn.
Paragraphs of 60 to 2,000 characters are cut from its reports. Milliseconds of processor time of whole answers go to
``benchmarks/results/<date>-asking-<passages>.md``; ``--slowest 20`` prints the questions that cost most instead.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.goals import Goal, beside_goals
from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.query import MAX_PASTED
from search_app.searching import Request, search
from search_app.searching.answer import get_ready
from tests.relevance.judging import KINDS, needs_of
from tests.relevance.scoring import SETS

RESULTS = Path(__file__).parent / "results"
#: Each question is asked so often after its first time, and the middle of these counts.
_AGAIN = 3
_LENGTHS = (61, 120, 250, 500, 1_000, MAX_PASTED)
_EACH = 20


@dataclass(slots=True)
class Times:
    """Milliseconds of questions: of their typed words alone, of all that is done for them, and that the first time."""

    alone: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)

    def row(self, kind: str) -> str:
        """Return a row of the table."""
        ratios = " / ".join(f"{np.quantile(self.whole, at) / np.quantile(self.alone, at):.1f}" for at in (0.5, 0.95))
        cells = (_quantiles(self.alone), _quantiles(self.whole), ratios, _quantiles(self.first))
        return f"| {kind} | {len(self.alone)} | {' | '.join(cells)} |"


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.asking")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--slowest", type=int, default=0, metavar="N")
    parser.add_argument("--kind", choices=KINDS)
    asked = parser.parse_args()
    engine = open_engine(asked.folder / "ours")
    get_ready(engine)
    search(engine, Request(text="调解"))
    questions = _questions(asked.kind)
    if asked.slowest:
        each = [(text, _timed(engine, [text])) for texts in questions.values() for text in texts]
        each.sort(key=lambda timed: -timed[1].whole[0])
        lines = [f"{t.alone[0]:6.1f} {t.whole[0]:6.1f} {t.first[0]:6.1f} {text}" for text, t in each[: asked.slowest]]
        sys.stdout.write("\n".join((*lines, "")))
        return
    text = _page(asked.folder.name, engine, questions)
    (RESULTS / f"{date.today().isoformat()}-asking-{asked.folder.name}.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _page(name: str, engine: Engine, questions: dict[str, list[str]]) -> str:
    lines = [
        f"# {name} passages: what each kind of judged question costs",
        "",
        f"{date.today().isoformat()} · p50 / p95 in milliseconds of processor time of whole answers, one process",
        "",
        "| kind | questions | typed words alone | everything on | times, p50 / p95 | the first time it is asked |",
        "|---|---|---|---|---|---|",
    ]
    every = Times()
    for kind, texts in questions.items():
        times = _timed(engine, texts)
        for name_ in Times.__slots__:
            getattr(every, name_).extend(getattr(times, name_))
        lines.append(times.row(kind))
    lines += [every.row("all of them"), "", "| pasted characters | time | the most |", "|---|---|---|"]
    longest = 0.0
    for length in _LENGTHS:
        pasted = [_ask(engine, text) for text in _paragraphs(engine, length)]
        longest = max(longest, *pasted)
        lines.append(f"| {length:,} | {_quantiles(pasted)} | {max(pasted):.0f} |")
    times_tail = float(np.quantile(every.whole, 0.95) / np.quantile(every.alone, 0.95))
    lines += ["", *beside_goals({Goal.ASKING: times_tail, Goal.PASTED: longest})]
    return "\n".join((*lines, ""))


def _questions(only: str | None) -> dict[str, list[str]]:
    """Return the judged questions by kind, each once."""
    judged = [query for name in SETS for need in needs_of(name) for query in need.queries]
    kinds = [only] if only else KINDS
    return {kind: list(dict.fromkeys(query.text for query in judged if query.kind == kind)) for kind in kinds}


def _timed(engine: Engine, texts: Sequence[str]) -> Times:
    """Return the times of questions, the typed words alone and everything asked in turn."""
    times = Times()
    for text in texts:
        _ask(engine, text, alone=True)  # reads what the index has of these words
        times.first.append(_ask(engine, text))
        alone, whole = zip(*((_ask(engine, text, alone=True), _ask(engine, text)) for _ in range(_AGAIN)), strict=True)
        times.alone.append(float(np.median(alone)))
        times.whole.append(float(np.median(whole)))
    return times


def _ask(engine: Engine, text: str, *, alone: bool = False) -> float:
    request = Request(text=text, also=not alone, literal=alone)
    started = time.process_time()
    search(engine, request)
    return (time.process_time() - started) * 1000


def _paragraphs(engine: Engine, length: int) -> Iterator[str]:
    """Yield texts of so many characters, as they stand in reports."""
    chance = random.Random(length)
    for report in chance.sample(engine.reports(), _EACH):
        text = "".join(passage.text for passage in engine.report(report.id)[1])
        at = chance.randrange(max(len(text) - length, 1))
        yield text[at : at + length]


def _quantiles(times: Sequence[float]) -> str:
    return " / ".join(f"{np.quantile(times, at):.1f}" for at in (0.5, 0.95))


if __name__ == "__main__":
    main()
