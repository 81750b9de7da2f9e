"""Ask every engine the same: write these reports, then answer these questions. Milliseconds and seconds come out."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reports import Item
from search_app.engines.base import Engine
from search_app.model import Collapse
from search_app.query import Search, Selection, parse

QUESTIONS = (
    ("one word", "法律顾问", Selection()),
    ("two words", "矛盾纠纷 调解", Selection()),
    ("exact phrase", '"行政执法"', Selection()),
    ("one or the other", "信访 或 调解", Selection()),
    ("very common", "法治", Selection()),
    ("all but", "普法 -学校", Selection()),
    ("no word, one topic", "", Selection(topic=("矛盾化解",))),
    ("word and section", "执法", Selection(section=("主要举措和成效",))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One question to one engine: the median and the slowest answer, and what was found."""

    question: str
    median_ms: float
    slowest_ms: float
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One engine: seconds to write everything, passages written, and each question's times."""

    engine: str
    passages: int
    write_seconds: float
    timed: tuple[Timed, ...]


def measure(name: str, engine: Engine, items: Sequence[Item], *, rounds: int) -> Measured:
    """Write the reports in one go, then ask each question ``rounds`` times, the first to warm up."""
    began = time.perf_counter()
    with engine.writing(rebuild=True) as writer:
        for report, passages in items:
            writer.put(report, passages)
    written = time.perf_counter() - began
    return Measured(
        engine=name,
        passages=sum(len(passages) for _, passages in items),
        write_seconds=written,
        timed=tuple(_ask(engine, *question, rounds=rounds) for question in QUESTIONS),
    )


def _ask(engine: Engine, name: str, text: str, selection: Selection, *, rounds: int) -> Timed:
    """Time whole answers: first ten by relevance, similar passages folded, counts of all facets."""
    search = Search(query=parse(text).query, selection=selection, collapse=Collapse.SIMILAR)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        total = engine.search(search).total
        times.append((time.perf_counter() - began) * 1000)
    times = times[1:] or times
    return Timed(
        question=f"{name} ({text})" if text else name,
        median_ms=statistics.median(times),
        slowest_ms=max(times),
        total=total,
    )
