"""Score the product and the baseline on a judged set, as a clerk meets them: ``python -m tests.relevance.scoring``.

Both are given each query as typed and nothing else. Of the product counts what its pages list for the default request,
whatever it relaxed, corrected or folded. Passages that say nearly the same are one unit, credited once: of a list only
the first of each unit counts, the others are passed over without taking a rank. So folding, which the baseline does
not know, brings neither gain nor loss; but what is folded behind something that says something else is lost.

nDCG@10 with gain 2^grade - 1 (C. Burges et al., "Learning to Rank using Gradient Descent", 2005) and discount log2;
recall@20 over the units that answer (grade 2 and 3), of which at most 20 are counted; the reciprocal rank of the first
that answers, within 20. Means over queries.
"""

import argparse
import math
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.model import Collapse
from search_app.searching import Request, search
from tests.relevance.baseline import Baseline
from tests.relevance.judging import (
    ANSWERS,
    CORPUS_NAMES,
    HERE,
    KINDS,
    Need,
    Query,
    Shelf,
    folders,
    gains,
    is_here,
    needs_of,
    shelve,
    stamp,
    unit_of,
)

SETS = tuple(
    name
    for name in (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
    )
    if (HERE / f"{name}.toml").is_file()
)
DEPTH, TOP = 20, 10
#: Pages of ten are turned until 20 different units are listed, but a clerk turns no more than so many.
PAGES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a ranking is worth."""

    ndcg: float
    recall: float
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One query's figures for both systems; ``listed`` are the product's units as grades, best first.

    ``twice`` counts passages that its pages list again.
    """

    query: Query
    need: Need
    product: Figures
    baseline: Figures
    listed: tuple[int, ...]
    twice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """One corpus, indexed by the product and by the baseline."""

    engine: Engine
    shelf: Shelf
    baseline: Baseline


@contextmanager
def library(corpus: str) -> Iterator[Library]:
    """Index a corpus in a folder that goes away again."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "index")
        try:
            tally = update(engine, gathered(corpus, Path(folder) / "reports"))
            if tally.failed:  # figures over half a corpus would mean nothing
                raise RuntimeError(f"not read: {tally.failed[0]}")
            shelf = shelve(engine.report(report.id) for report in engine.reports())
            yield Library(engine=engine, shelf=shelf, baseline=Baseline(shelf))
        finally:
            engine.close()


def gathered(corpus: str, into: Path) -> Path:
    """Return one folder with all files of a corpus; those of a mixed one are copied, each at its own path."""
    first, *others = folders(corpus)
    if not others:
        return first
    for folder in (first, *others):
        twice = [file for file in folder.rglob("*") if file.is_file() and (into / file.relative_to(folder)).exists()]
        if twice:  # one would silently stand for both
            raise RuntimeError(f"in two folders of {corpus}: {twice[0].name}")
        shutil.copytree(folder, into, dirs_exist_ok=True)
    return into


def score(name: str, held: Mapping[str, Library], *, unfolded: bool = False) -> tuple[Scored, ...]:
    """Judge every query of a set whose corpus is held; ``unfolded`` asks the product for every copy by itself."""
    needs = [need for need in needs_of(name) if need.corpus in held]
    return tuple(_scored(query, need, held[need.corpus], unfolded) for need in needs for query in need.queries)


def figures(listed: Sequence[int], wanted: Iterable[int]) -> Figures:
    """Return what a ranking is worth: the grades of the units listed, against those of all units that answer."""
    ideal = sorted(wanted, reverse=True)
    best = _gain(ideal)
    answers = sum(grade >= ANSWERS for grade in ideal)
    found = [rank for rank, grade in enumerate(listed[:DEPTH], start=1) if grade >= ANSWERS]
    return Figures(
        ndcg=_gain(listed) / best if best else 0.0,
        recall=len(found) / min(answers, DEPTH) if answers else 0.0,
        rank=1 / found[0] if found else 0.0,
    )


def mean(each: Sequence[Figures], name: str) -> float:
    """Return the mean of one of the figures over queries; 0 for none."""
    values: list[float] = [getattr(its, name) for its in each]
    return sum(values) / len(values) if values else 0.0


def table(scored: Sequence[Scored]) -> str:
    """Return the figures per kind and corpus as lines for a terminal, the product's before the baseline's."""
    rows = [(kind, [each for each in scored if each.query.kind == kind]) for kind in KINDS]
    rows += [(f"({corpus})", [each for each in scored if each.need.corpus == corpus]) for corpus in CORPUS_NAMES]
    rows.append(("all", list(scored)))
    lines = [
        f"{'':12}{'':>8}  {'nDCG@10':^15}  {'recall@20':^15}  {'MRR':^15}",
        f"{'':12}{'queries':>8}  " + "  ".join(f"{'ours':>7} {'BM25':>7}" for _ in range(3)),
    ]
    for label, its in rows:
        if its:
            lines.append(f"{label:12}{len(its):8}  " + "  ".join(_pair(its, name) for name in Figures.__slots__))
    return "\n".join(lines)


def misses(scored: Sequence[Scored]) -> str:
    """Return every query, worst first, with its figures and the grades of the first ten units listed."""
    lines = []
    for each in sorted(scored, key=lambda each: each.product.ndcg + each.product.recall):
        grades = " ".join(map(str, each.listed[:TOP])) or "nothing listed"
        lines.append(
            f"{each.product.ndcg:.2f} {each.product.recall:.2f} (BM25 {each.baseline.ndcg:.2f} "
            f"{each.baseline.recall:.2f}) {each.need.corpus:6} {each.query.kind:11} {each.query.text}  [{grades}]"
        )
    return "\n".join(lines)


def _scored(query: Query, need: Need, held: Library, unfolded: bool) -> Scored:
    wanted = gains(need, held.shelf)
    collapse = Collapse.NONE if unfolded else None
    passages = list(list_passages(held.engine, query.text, collapse))
    listed = graded(passages, need, held.shelf, wanted)
    ranked = graded(held.baseline.ranked(query.text), need, held.shelf, wanted)
    return Scored(
        query=query,
        need=need,
        product=figures(listed, wanted.values()),
        baseline=figures(ranked, wanted.values()),
        listed=listed,
        twice=len(passages) - len(set(passages)),
    )


def list_passages(engine: Engine, text: str, collapse: Collapse | None = None) -> Iterator[str]:
    """Yield the passages that the product's pages list, page by page."""
    for page in range(1, PAGES + 1):
        results = search(engine, Request(text=text, collapse=collapse, page=page))
        yield from (hit.match.passage.id for hit in results.hits)
        if page >= results.pages:
            return


def graded(listed: Iterable[str], need: Need, shelf: Shelf, wanted: Mapping[str, int]) -> tuple[int, ...]:
    units = dict.fromkeys(unit_of(need, shelf, passage) for passage in listed)
    return tuple(wanted.get(unit, 0) for unit in list(units)[:DEPTH])


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:TOP], start=1))


def _pair(scored: Sequence[Scored], name: str) -> str:
    ours = mean([each.product for each in scored], name)
    theirs = mean([each.baseline for each in scored], name)
    return f"{ours:7.3f} {theirs:7.3f}"


def main() -> None:
    """Print the tables of the sets named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.scoring")
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--misses", action="store_true", help="list every query, the worst first")
    parser.add_argument("--unfolded", action="store_true", help="ask for every copy by itself")
    parser.add_argument("--stamp", action="store_true", help="write the digests that are still missing into the set")
    asked = parser.parse_args()
    with ExitStack() as opened:
        held = {corpus: opened.enter_context(library(corpus)) for corpus in CORPUS_NAMES if is_here(corpus)}
        if "real" not in held:
            sys.stdout.write("The real reports are not beside this clone: queries over them are left out.\n")
        _print(asked, held)


def _print(asked: argparse.Namespace, held: Mapping[str, Library]) -> None:
    for name in asked.sets:
        if asked.stamp:
            count = stamp(name, {corpus: each.shelf for corpus, each in held.items()})
            sys.stdout.write(f"{name}: {count} references stamped\n")
            continue  # who still judges sees no scores
        scored = score(name, held, unfolded=asked.unfolded)
        sys.stdout.write(f"\n{name}: {len(scored)} queries\n{table(scored)}\n")
        if asked.misses:
            sys.stdout.write(f"\n{misses(scored)}\n")


if __name__ == "__main__":
    main()
