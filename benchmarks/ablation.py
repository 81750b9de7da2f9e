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
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from search_app.engines.base import Engine
from search_app.language import IntentWords
from search_app.language.question.everyday import UNSURE, EverydayForm, everyday_forms
from search_app.language.question.exclusions import Exclusions
from search_app.language.question.wordings import Entry, find_wordings
from search_app.model import Match, Snippet
from search_app.query import RANKING, Ranking
from search_app.searching import Request, search
from search_app.searching.results import Hit
from search_app.searching.rewriting.intent import QueryIntent, detect_intent
from search_app.searching.rewriting.other_ways import OtherWays
from search_app.searching.rewriting.strategies import STRATEGIES
from tests.relevance.judging import CORPORA, KINDS, gains, needs_of
from tests.relevance.scoring import SETS, Library, figures, graded, library

RESULTS = Path(__file__).parent / "results"
#: So many passages are listed for each query.
LISTED = 40
#: So often needs are drawn anew.
RESAMPLES, SEED = 10_000, 20261129
_INTERVAL = (2.5, 97.5)

_WORDINGS, _EVERYDAY = "search_app.language.question.wordings", "search_app.language.question.everyday"
_REWRITING = "search_app.searching.rewriting"
_OTHER_WAYS, _REWRITER, _PIPELINE = (f"{_REWRITING}.{name}" for name in ("other_ways", "rewriter", "pipeline"))


def _nothing(*_: object, **__: object) -> tuple[()]:
    return ()


def _patched(*targets: str, to: Any) -> Callable[[], AbstractContextManager[Any]]:
    @contextmanager
    def patching() -> Iterator[None]:
        with ExitStack() as stack:
            for target in targets:
                stack.enter_context(patch(target, to))
            yield

    return patching


def _without_strategy(name: str) -> Callable[[], AbstractContextManager[Any]]:
    """Return what takes a strategy out of the pipeline, and out of the strategy that tries it for a correction."""
    left = tuple(strategy for strategy in STRATEGIES if strategy.__name__ != name)

    @contextmanager
    def patching() -> Iterator[None]:
        with (
            patch(f"{_PIPELINE}.STRATEGIES", left),
            patch(f"{_REWRITING}.strategies.{name}", lambda _: None),
        ):
            yield

    return patching


def _intending(**changes: Any) -> Callable[[], AbstractContextManager[Any]]:
    """Return what takes something out of whatever a question intends."""

    def changed(*given: Any) -> QueryIntent:
        return replace(detect_intent(*given), **changes)

    return _patched(f"{_PIPELINE}.detect_intent", to=changed)


def _no_longer_spoken(text: str, *, spoken: bool = True) -> tuple[Entry, ...]:
    return tuple(replace(entry, spoken=False) for entry in find_wordings(text, spoken=spoken))


@cache
def _surely_meant() -> tuple[EverydayForm, ...]:
    """Return the everyday forms without the names of practices, which stand behind ~."""
    return tuple(
        replace(form, officials=tuple(each for each in form.officials if each.weight > UNSURE))
        for form in everyday_forms()
    )


def _unchecked(also: bool, ranking: Ranking, known: Any, _: object, figures: Any, **more: Any) -> OtherWays:
    return OtherWays(also, ranking, known, lambda _: True, figures, **more)


#: What is switched off -> the ranking without it, or what stands in for a part.
RANKINGS: Mapping[str, Ranking] = {
    "headings count no more than text": replace(RANKING, heading=1.0),
    "no gain for what was typed, standing there as typed": replace(RANKING, literal=0.0),
    "fragments count as words": replace(RANKING, fragment=1.0),
    "no gain for words that stand side by side": replace(RANKING, together=0.0),
    "no gain for the place or year that is named": replace(RANKING, place=0.0, year=0.0),
    "no gain for the topic that is named": replace(RANKING, topic=0.0),
    "no passages of the named part on the topic": replace(RANKING, part=0.0),
    "no gain for practice": replace(RANKING, exemplary=0.0),
    "no more gain for practice where it is asked for": replace(RANKING, practice=1.0, practice_near=1.0),
    "all sections alike": replace(RANKING, sections=()),
    "no leaning to the section that is named": replace(RANKING, elsewhere=1.0),
    "common wording counts as much": replace(RANKING, common=0.0),
    "towns not spread": replace(RANKING, same_town=1.0),
    "no gain for meaning, and nothing by meaning alone": replace(RANKING, meaning=0.0),
}
PARTS: Mapping[str, Callable[[], AbstractContextManager[Any]]] = {
    "no other wordings, nor words parted at them": _patched(f"{_OTHER_WAYS}.find_standing_entries", to=_nothing),
    "no synonyms": _patched(f"{_WORDINGS}.find_synonyms", to=_nothing),
    "no everyday wordings": _patched(f"{_WORDINGS}.find_everyday", to=_nothing),
    "no names of practices (~) for everyday wordings": _patched(f"{_EVERYDAY}.everyday_forms", to=_surely_meant),
    "an everyday form within a longer one counts in full": _patched(f"{_EVERYDAY}._WITHIN", to=1.0),
    "beside everyday wordings the rest is asked for too": _patched(
        f"{_REWRITING}.word_edges.find_wordings", to=_no_longer_spoken
    ),
    "meaning told in the typed words alone": _patched(f"{_REWRITING}.subject.find_wordings", to=_nothing),
    "no nearest saying": _without_strategy("by_the_nearest_saying"),
    "wordings that no passage holds are searched too": _patched(f"{_REWRITER}.OtherWays", to=_unchecked),
    "general words (工作) are asked for like others": _patched(f"{_OTHER_WAYS}._GENERAL", to=frozenset()),
    "lone characters are asked for like words": _patched(f"{_OTHER_WAYS}.is_loose", to=lambda *_: False),
    "figures only as typed": _patched(f"{_OTHER_WAYS}.vary_numbers", f"{_REWRITING}.literal.vary_numbers", to=_nothing),
    "names only as typed": _patched(f"{_OTHER_WAYS}.vary_name", f"{_REWRITING}.literal.vary_name", to=_nothing),
    "conditions on figures are words": _patched(
        f"{_OTHER_WAYS}.find_figure_conditions", f"{_REWRITING}.relaxation.find_figure_conditions", to=_nothing
    ),
    "no figures that fulfil a condition": _patched(f"{_REWRITER}.find_held_figures", to=lambda *_: lambda _: ()),
    "no tiers: what holds the characters typed is not first": _patched(f"{_REWRITER}.tiers", to=_nothing),
    "a line that is held is taken for words": _patched(f"{_REWRITER}.read_line", to=lambda _: None),
    "a pasted paragraph is taken for words": _patched("search_app.searching.answer.is_pasted", to=lambda _: False),
    "no negation in words": _patched(f"{_REWRITING}.intent.find_exclusions", to=lambda text, _: Exclusions(text=text)),
    "words of asking are searched": _patched(
        f"{_REWRITING}.intent.find_intent_words", to=lambda text: IntentWords(text=text)
    ),
    "nobody asks for practice": _intending(practice=False),
    "nobody asks for a part of the reports": _intending(leaning=(), sections=()),
    "a part that is named is not listed for itself": _patched(f"{_REWRITING}.intent._NAMED_PARTS", to=frozenset()),
    "places are words": _patched(f"{_REWRITING}.intent._Named._places", to=_nothing),
    "years are words": _patched(f"{_REWRITING}.intent._Named._years", to=_nothing),
    "no corrections": _patched(f"{_PIPELINE}.correct", to=lambda *_: None),
    "letters are not read as pinyin": _patched(
        "search_app.language.question.confusions.Confusions.of_letters", to=_nothing
    ),
    "a correction that finds nothing as a whole is dropped": _without_strategy("corrected_in_part"),
    "nothing on the topic there": _without_strategy("on_the_topic_there"),
    "nothing from elsewhere": _without_strategy("elsewhere"),
    "nothing is relaxed": _patched(f"{_REWRITING}.strategies.relax", to=lambda *_: None),
    "words of the tables tell no more when relaxing": _patched(f"{_REWRITING}.relaxation._KNOWN", to=1.0),
    "nothing near in meaning instead": _without_strategy("near_in_meaning"),
    "little is not widened": _patched(f"{_PIPELINE}.backfill", to=_nothing),
}


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
        folders = {name: folder for name, folder in CORPORA.items() if folder.is_dir()}
        self.held: Mapping[str, Library] = {name: stack.enter_context(library(name)) for name in folders}
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
