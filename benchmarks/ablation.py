"""Say what each part of the search is worth: switch it off, ask every judged query again, print the loss.

``python -m benchmarks.ablation [first] [second]`` writes ``benchmarks/results/<date>-ablation.md``. The judged queries
are those of tests/relevance; without the five real reports beside the clone only the sample corpus is asked.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from search_app.language import IntentWords
from search_app.query import RANKING, Ranking
from search_app.searching import Request, search
from tests.relevance.judging import CORPORA, gains, needs_of
from tests.relevance.scoring import SETS, Figures, Library, figures, graded, library, mean

RESULTS = Path(__file__).parent / "results"
#: So many passages are listed for each query.
LISTED = 40

_OTHER_WAYS = "search_app.searching.rewriting.other_ways"


def _nothing(*_: object, **__: object) -> tuple[()]:
    return ()


def _patched(target: str, instead: Callable[..., Any]) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: patch(target, instead)


#: What is switched off -> the ranking without it, or what stands in for a part.
RANKINGS: Mapping[str, Ranking] = {
    "headings count no more than text": replace(RANKING, heading=1.0),
    "no gain for what was typed, standing there as typed": replace(RANKING, literal=0.0),
    "fragments count as words": replace(RANKING, fragment=1.0),
    "no gain for words that stand side by side": replace(RANKING, together=0.0),
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
    "no other wordings": _patched(f"{_OTHER_WAYS}.find_standing_entries", _nothing),
    "no everyday wordings": _patched("search_app.language.question.wordings.find_everyday", _nothing),
    "figures only as typed": _patched(f"{_OTHER_WAYS}.vary_numbers", _nothing),
    "no corrections": _patched("search_app.searching.rewriting.pipeline.correct", lambda *_: None),
    "words of asking are searched": _patched(
        "search_app.searching.rewriting.intent.find_intent_words", lambda text: IntentWords(text=text)
    ),
    "places and years are words": _patched("search_app.searching.rewriting.intent._Named._places", _nothing),
    "little is not widened": _patched("search_app.searching.rewriting.pipeline.backfill", lambda *_: None),
    "nothing is relaxed": _patched("search_app.searching.rewriting.strategies.relax", lambda *_: None),
}


def main() -> None:
    """Do it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation")
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--dry", action="store_true", help="print only, keep no result")
    asked = parser.parse_args()
    with ExitStack() as stack:
        held = {name: stack.enter_context(library(name)) for name, folder in CORPORA.items() if folder.is_dir()}
        text = _page(list(asked.sets), held)
    target = RESULTS / f"{date.today().isoformat()}-ablation.md"
    if not asked.dry:
        target.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _page(sets: list[str], held: Mapping[str, Library]) -> str:
    whole = {name: _measured(name, held, RANKING) for name in sets}
    lines = [
        "# What each part of the search is worth",
        "",
        f"{date.today().isoformat()} · judged queries of tests/relevance over {', '.join(held)} · "
        "differences from the whole, in hundredths",
        "",
        "| without | " + " | ".join(f"{name}: nDCG@10 | recall@20" for name in sets) + " |",
        "|---|" + "---|" * (2 * len(sets)),
        "| (the whole) | " + " | ".join(f"{100 * n:.1f} | {100 * r:.1f}" for n, r in whole.values()) + " |",
    ]
    for what, without in _variants():
        with without as ranking:
            found = {name: _measured(name, held, ranking) for name in sets}
        cells = (
            f"{100 * (n - whole[name][0]):+.1f} | {100 * (r - whole[name][1]):+.1f}" for name, (n, r) in found.items()
        )
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


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


def _measured(name: str, held: Mapping[str, Library], ranking: Ranking) -> tuple[float, float]:
    """Return nDCG@10 and recall@20 of a set."""
    found: list[Figures] = []
    for need in needs_of(name):
        if need.corpus not in held:
            continue
        own = held[need.corpus]
        wanted = gains(need, own.shelf)
        for query in need.queries:
            results = search(own.engine, Request(text=query.text, size=LISTED), ranking=ranking)
            listed = graded((hit.match.passage.id for hit in results.hits), need, own.shelf, wanted)
            found.append(figures(listed, wanted.values()))
    return mean(found, "ndcg"), mean(found, "recall")


if __name__ == "__main__":
    main()
