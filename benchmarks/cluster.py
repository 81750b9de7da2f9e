"""Measure the engine over a cluster beside the embedded one: the same corpus, the same questions, the same answers.

``python -m benchmarks.cluster FOLDER PASSAGES http://127.0.0.1:9200 ...`` fills an index of each, under FOLDER and
under the prefix ``measured-PASSAGES`` of the cluster, unless they are there. The questions of ``benchmarks.engines``
are asked as pages ask them; every search that these come to is then put to both engines, and answers that differ are
told. Milliseconds by the clock, and of processor time: of this process, and of all nodes, which is what to compare
where machines are shared. Nodes tell their time coarsely, so a search is asked several times in a row and the mean
taken; what they would keep of an answer to a search is switched off. All are asked before, since Java compiles what is
used often. The page goes to ``benchmarks/results/<date>-cluster-<passages>.md``.
"""

import argparse
import json
import os
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engines import corpus
from benchmarks.engines.contending import Question
from benchmarks.engines.own_contender import typed
from benchmarks.engines.questions import draw
from search_app.engines.base import Engine, Prepared, Preparing
from search_app.engines.opensearch import Cluster, OpenSearchEngine
from search_app.engines.whoosh import WhooshEngine
from search_app.errors import IndexMissing
from search_app.model import Found, Passage, Report
from search_app.query import Search
from search_app.searching import Request, search

RESULTS = Path(__file__).parent / "results"
#: Scores are floats in the cluster's lists: what differs by no more is the same.
_SAME = 1e-5
#: So often all is asked before it is measured, and so often each when it is.
WARMING, REPEATED = 3, 5
#: Processes that make passages ready for the writer.
PREPARING = 2


@dataclass(slots=True)
class Times:
    """Milliseconds of searches: by the clock, and of the processor of this process."""

    clock: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def cells(self) -> str:
        """Return p50 / p95 of each."""
        return f"{_two(self.clock)} | {_two(self.own)}"


def _two(values: Sequence[float]) -> str:
    """Return p50 / p95."""
    return f"{np.quantile(values, 0.5):.0f} / {np.quantile(values, 0.95):.0f}"


def ask(engine: Engine, asked: Search, times: Times) -> Found:
    """Return the answer, and note what it cost."""
    clock, own = time.perf_counter(), time.process_time()
    found = engine.search(asked)
    times.clock.append((time.perf_counter() - clock) * 1000)
    times.own.append((time.process_time() - own) * 1000)
    return found


def node_time(url: str) -> float:
    """Return the milliseconds of processor time that the nodes have used so far."""
    time.sleep(1.1)  # the nodes look at their own clocks once a second
    with urllib.request.urlopen(f"{url}/_nodes/stats/process") as answer:  # noqa: S310 - given by the caller
        held = json.load(answer)["nodes"]
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in held.values()))


class _Noting:
    """Hands all questions on to an engine, and notes the searches."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self.asked = engine, list[Search]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def search(self, asked: Search) -> Found:
        self.asked.append(asked)
        return self._engine.search(asked)


def main() -> None:
    """Fill, measure, write, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster")
    parser.add_argument("folder", type=Path)
    parser.add_argument("passages", type=int)
    parser.add_argument("urls", nargs="+")
    parser.add_argument("--each", type=int, default=5, help="questions of each kind")
    asked = parser.parse_args()
    folder = asked.folder / str(asked.passages)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "corpus.survey").exists():
        corpus.write(folder / "corpus.pickle", asked.passages)
    count = len(asked.urls)
    cluster = Cluster(
        urls=tuple(asked.urls),
        prefix=f"measured-{asked.passages}",
        shards=count,
        replicas=min(1, count - 1),
        timeout=300,
    )
    engines = WhooshEngine(folder / "ours"), OpenSearchEngine(cluster, folder)
    lines = [f"# {asked.passages:,} passages in a cluster of {count} nodes", ""]
    lines += [f"{date.today().isoformat()} · milliseconds, p50 / p95", "", *_filled(folder, engines, asked.urls[0])]
    _settle(asked.urls[0], cluster.prefix)
    lines += _asked(folder, engines, asked.urls[0], asked.each)
    text = "\n".join((*lines, ""))
    (RESULTS / f"{date.today().isoformat()}-cluster-{asked.passages}.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _settle(url: str, prefix: str) -> None:
    """Wait until all copies are made, and have the nodes reckon every answer anew."""
    urllib.request.urlopen(f"{url}/_cluster/health/{prefix}-*?wait_for_status=green&timeout=600s").close()  # noqa: S310
    body = json.dumps({"index.requests.cache.enable": False}).encode("ascii")
    header = {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{url}/{prefix}-*/_settings", body, header, method="PUT")  # noqa: S310
    urllib.request.urlopen(asked).close()  # noqa: S310 - given by the caller


def _filled(folder: Path, engines: Sequence[Engine], url: str) -> Iterator[str]:
    """Fill what is empty, and say what that cost."""
    for engine in engines:
        try:
            engine.status()
        except IndexMissing:
            before, clock, own = node_time(url), time.perf_counter(), _own_time()
            with ProcessPoolExecutor(PREPARING) as pool, engine.writing() as writer:
                held = (filed for filed, _ in corpus.read(folder / "corpus.pickle"))
                for report, passages in pool.map(partial(_prepared, engine.preparing()), held, chunksize=32):
                    writer.put(report, passages)
            cells = (time.perf_counter() - clock, _own_time() - own, (node_time(url) - before) / 1000)
            told = "filled in {:.0f} s, {:.0f} s of processor time here, {:.0f} s of the nodes'".format(*cells)
            yield f"{type(engine).__name__}: {told}; {PREPARING} processes prepared"


def _prepared(prepare: Preparing, filed: tuple[Report, tuple[Passage, ...]]) -> tuple[Report, Prepared]:
    report, passages = filed
    return report, prepare(passages)


def _own_time() -> float:
    """Return the seconds of processor time of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _asked(folder: Path, engines: Sequence[Engine], url: str, each: int) -> Iterator[str]:
    yield from ("", "| question | searches | matching | embedded: clock | processor | cluster: clock | here | nodes |")
    yield "|---|---|---|---|---|---|---|---|"
    every, differing, spent = (Times(), Times()), list[str](), list[float]()
    searches = {
        kind: _searches(engines[0], questions)
        for kind, questions in draw(corpus.survey_of(folder / "corpus.pickle"), each).items()
    }
    for _ in range(WARMING):
        for asked in chain.from_iterable(searches.values()):
            engines[1].search(asked)
    for kind, held in searches.items():
        own, nodes = (Times(), Times()), list[float]()
        found = [ask(engines[0], asked, own[0]) for asked in held]
        for asked, its in zip(held, found, strict=True):
            before = node_time(url)
            answers = [ask(engines[1], asked, own[1]) for _ in range(REPEATED)]
            nodes.append((node_time(url) - before) / REPEATED)
            differing += _differences(kind, asked, its, answers[-1])
        spent += nodes
        for mine, all_ in zip(own, every, strict=True):
            all_.clock += mine.clock
            all_.own += mine.own
        totals = np.median([its.total for its in found])
        yield f"| {kind} | {len(held)} | {totals:,.0f} | {own[0].cells()} | {own[1].cells()} | {_two(nodes)} |"
    yield f"| all of them | {len(spent)} | | {every[0].cells()} | {every[1].cells()} | {_two(spent)} |"
    yield from ("", f"Searches answered otherwise: {len(differing)}.", *differing)


def _searches(engine: Engine, questions: Sequence[Question]) -> list[Search]:
    """Return the searches that questions come to, each once."""
    noting = _Noting(engine)
    for question in questions:
        search(noting, Request(text=typed(question), selection=question.selection))
    return list(dict.fromkeys(noting.asked))


def _differences(kind: str, asked: Search, own: Found, cluster: Found) -> list[str]:
    counts = [(found.total, found.reports, found.listed, found.facets) for found in (own, cluster)]
    listed = [[match.passage.id for match in found.matches] for found in (own, cluster)]
    scores = [[match.score for match in found.matches] for found in (own, cluster)]
    close = len(scores[0]) == len(scores[1]) and np.allclose(scores[0], scores[1], rtol=_SAME)
    same = {"counts": counts[0] == counts[1], "list": listed[0] == listed[1], "scores": close}
    told = [name for name, is_same in same.items() if not is_same]
    in_place = sum(one == other for one, other in zip(*listed, strict=False))
    said = f"- {kind}: {', '.join(told)} ({in_place} of {len(listed[0])} in place): {asked.query}"
    return [said[:400]] if told else []


if __name__ == "__main__":
    main()
