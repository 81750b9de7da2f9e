"""Say what each part of the search is worth: switch it off alone, ask every judged query again, print what changes.

``python -m benchmarks.ablation [first] [second] [third]`` writes ``benchmarks/results/<date>-ablation.md``. The judged
queries are those of tests/relevance; without the five real reports beside the clone the sample corpora alone are asked.
A difference is given with its 95% interval: the percentile bootstrap over needs, whose queries share their answers, the
same draws for each part (B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993). What a part costs is told
by how often the engine is asked: for milliseconds see ``benchmarks.asking``.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from benchmarks.ablated_parts import PARTS, RANKINGS
from search_app.engines.base import Engine
from search_app.model import Match, Snippet
from search_app.query import RANKING, Ranking
from search_app.searching import Request, search
from search_app.searching.results import Hit
from tests.relevance.judging import CORPUS_NAMES, KINDS, gains, is_here, needs_of
from tests.relevance.scoring import SETS, Library, figures, graded, library

RESULTS = Path(__file__).parent / "results"
#: So many passages are listed for each query.
LISTED = 40
#: So often needs are drawn anew.
RESAMPLES, SEED = 10_000, 20261129
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Run:
    """Figures of every query of the sets, in one order: nDCG@10 and recall@20; how often the engine was asked."""

    ndcg: npt.NDArray[np.float64]
    recall: npt.NDArray[np.float64]
    asked: float


@dataclass(frozen=True, slots=True)
class Asked:
    """The queries of the sets in one order: of which set and kind each is, and of which need."""

    sets: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.str_]
    needs: npt.NDArray[np.int_]


class Laboratory:
    """The indexes of the corpora, kept open; what an engine answered once it answers from memory."""

    def __init__(self, sets: Sequence[str], stack: ExitStack) -> None:
        here = [name for name in CORPUS_NAMES if is_here(name)]
        self.held: Mapping[str, Library] = {name: stack.enter_context(library(name)) for name in here}
        self._calls = Counter[str]()
        for own in self.held.values():
            for method in ("search", "count"):
                stack.enter_context(patch.object(own.engine, method, self._remembering(own.engine, method)))
        stack.enter_context(patch("search_app.searching.answer._hit", _bare_hit))
        self._needs = [(name, need) for name in sets for need in needs_of(name) if need.corpus in self.held]

    def queries(self) -> Asked:
        """Return the queries that every run asks."""
        each = [(name, query.kind, at) for at, (name, need) in enumerate(self._needs) for query in need.queries]
        sets, kinds, needs = zip(*each, strict=True)
        return Asked(np.array(sets), np.array(kinds), np.array(needs))

    def run(self, ranking: Ranking) -> Run:
        """Ask every query."""
        self._calls.clear()
        found = []
        for _, need in self._needs:
            own = self.held[need.corpus]
            wanted = gains(need, own.shelf)
            for query in need.queries:
                results = search(own.engine, Request(text=query.text, size=LISTED), ranking=ranking)
                listed = graded((hit.match.passage.id for hit in results.hits), need, own.shelf, wanted)
                found.append(figures(listed, wanted.values()))
        asked = self._calls.total() / len(found)
        return Run(np.array([each.ndcg for each in found]), np.array([each.recall for each in found]), asked)

    def _remembering(self, engine: Engine, method: str) -> Callable[..., Any]:
        answer = cache(getattr(engine, method))

        def counted(question: Any) -> Any:
            self._calls[method] += 1
            return answer(question)

        return counted


def _bare_hit(_: object, match: Match, *__: object, near: bool) -> Hit:
    return Hit(match=match, snippet=Snippet(), near=near)  # nobody reads it


def main() -> None:
    """Do it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation")
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--dry", action="store_true", help="print only, keep no result")
    parser.add_argument("--part", action="append", help="measure this part only")
    parser.add_argument("--jobs", type=int, default=2, help="so many processes share the parts")
    asked = parser.parse_args()
    parts = asked.part or [*RANKINGS, *PARTS]
    shares = [parts[at :: asked.jobs] for at in range(min(asked.jobs, len(parts)))]
    with ProcessPoolExecutor(len(shares)) as pool:
        measured = list(pool.map(_measure, [asked.sets] * len(shares), shares))
    rows = {what: row for _, share in measured for what, row in share}
    text = "\n".join((*measured[0][0], *(rows[what] for what in parts), ""))
    if not asked.dry and not asked.part:
        (RESULTS / f"{date.today().isoformat()}-ablation.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _measure(sets: Sequence[str], parts: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the head of the page, and the rows of some parts."""
    variants = dict(_variants())
    with ExitStack() as stack:
        laboratory = Laboratory(sets, stack)
        asked = laboratory.queries()
        laboratory.run(RANKING)  # what is counted once per generation is no part's cost
        whole = laboratory.run(RANKING)
        rows = []
        for what in parts:
            with variants[what] as ranking:
                run = laboratory.run(ranking)
            rows.append((what, f"| {what} | {' | '.join(_cells(run, whole, asked))} |"))
            sys.stderr.write(f"{rows[-1][1]}\n")
        return _head(whole, asked, list(laboratory.held)), rows


def _head(whole: Run, asked: Asked, corpora: Sequence[str]) -> list[str]:
    sets = list(dict.fromkeys(asked.sets))
    cells = (
        f"{100 * whole.ndcg[asked.sets == name].mean():.1f} | {100 * whole.recall[asked.sets == name].mean():.1f}"
        for name in sets
    )
    return [
        "# What each part of the search is worth",
        "",
        f"{date.today().isoformat()} · {len(asked.sets)} judged queries of tests/relevance over "
        f"{', '.join(corpora)} · differences from the whole in hundredths with their 95% interval "
        f"({RESAMPLES:,} paired bootstrap resamples of needs) · **bold**: the interval leaves out 0",
        "",
        "*changed*: queries whose figures change. *asked*: how often the engine is asked for a question, beside "
        f"{whole.asked:.1f}. *kinds*: the kinds of question, over all sets, whose nDCG@10 changes most, where the "
        "interval leaves out 0.",
        "",
        "| without | " + " | ".join(f"{name}: nDCG@10 | recall@20" for name in sets) + " | changed | asked | kinds |",
        "|---|" + "---|" * (2 * len(sets) + 3),
        "| (the whole) | " + " | ".join(cells) + f" | | {whole.asked:.1f} | |",
    ]


def _variants() -> Iterator[tuple[str, AbstractContextManager[Ranking]]]:
    for what, ranking in RANKINGS.items():
        yield what, _with(ranking)
    for what, part in PARTS.items():
        yield what, _without(part)


@contextmanager
def _with(ranking: Ranking) -> Iterator[Ranking]:
    yield ranking


@contextmanager
def _without(part: Callable[[], AbstractContextManager[Any]]) -> Iterator[Ranking]:
    with part():
        yield RANKING


def _cells(run: Run, whole: Run, asked: Asked) -> Iterator[str]:
    """Yield the cells of a part's row."""
    ndcg, recall = run.ndcg - whole.ndcg, run.recall - whole.recall
    for name in dict.fromkeys(asked.sets):
        of_set = asked.sets == name
        yield from (
            _say(change[of_set].mean(), interval(change[of_set], asked.needs[of_set])) for change in (ndcg, recall)
        )
    yield str(np.count_nonzero((ndcg != 0) | (recall != 0)))
    yield f"{run.asked - whole.asked:+.1f}"
    told = []
    for kind in KINDS:
        of_kind = asked.kinds == kind
        change = ndcg[of_kind]
        if change.any() and _is_clear(interval(change, asked.needs[of_kind])):
            told.append((abs(change.mean()), f"{kind} {100 * change.mean():+.1f}"))
    yield ", ".join(text for _, text in sorted(told, reverse=True)[:4])


def interval(changes: npt.NDArray[np.float64], needs: npt.NDArray[np.int_]) -> tuple[float, float]:
    """Return the 95% interval of the mean of changes of queries, whole needs drawn again and again."""
    if not changes.any():
        return 0.0, 0.0
    _, of_need = np.unique(needs, return_inverse=True)
    sums, counts = np.bincount(of_need, weights=changes), np.bincount(of_need)
    drawn = np.random.default_rng(SEED).integers(0, len(counts), (RESAMPLES, len(counts)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), _INTERVAL)
    return float(low), float(high)


def _is_clear(interval: tuple[float, float]) -> bool:
    return interval[0] > 0 or interval[1] < 0


def _say(change: float, around: tuple[float, float]) -> str:
    low, high = (100 * edge for edge in around)
    text = f"{100 * change:+.1f} [{low:+.1f}, {high:+.1f}]" if around != (0.0, 0.0) else "0"
    return f"**{text}**" if _is_clear(around) else text


if __name__ == "__main__":
    main()
