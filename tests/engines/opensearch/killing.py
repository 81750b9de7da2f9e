"""A node is killed, as by a power cut, while reports are indexed and searched: what fails, and is anything lost?

The small form is a test. The whole form kills every node of three in turn, so many times::

    python -m tests.engines.opensearch.killing 3
"""

import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from scripts.opensearch.nodes import Trial
from search_app.engines.opensearch import OpenSearchEngine
from search_app.engines.opensearch.transport import Cluster, connect
from search_app.errors import SearchAppError
from search_app.query import Search, Words
from tests.conftest import make_passages, make_report
from tests.engines.opensearch.running import end, start

#: Reports of a run, and runs before, while and after a node is killed.
REPORTS, RUNS = 8, 4
#: Seconds into a run at which the node is killed.
INTO = 0.3
#: A run that fails while the others elect a manager is begun again so often, so many seconds later.
_TRIES, _PAUSE = 20, 3.0
_TEXTS = ("调解矛盾纠纷四十二件，成功率九成以上。", "聘请法律顾问两名，审查合同十五份。")


@dataclass(slots=True)
class Outcome:
    """What came of it: searches that were answered and that failed, runs that failed, reports that are lost."""

    searches: int = 0
    failed_searches: list[str] = field(default_factory=list)
    failed_runs: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def kill_while_used(trial: Trial, victim: int) -> Outcome:
    """Index and search, kill one node meanwhile, and go on without it."""
    cluster = Cluster(urls=trial.urls, prefix=f"k-{uuid4().hex[:8]}", replicas=1)
    outcome, ended, written = Outcome(), threading.Event(), _Written()
    with tempfile.TemporaryDirectory() as root, closing(OpenSearchEngine(cluster, Path(root))) as engine:
        _index(engine, written, outcome, run=0)
        _wait_for_green(cluster)
        searching = [
            threading.Thread(target=_search, args=(cluster, Path(root), written, outcome, ended)) for _ in range(2)
        ]
        for thread in searching:
            thread.start()
        for run in range(1, RUNS):
            killing = threading.Timer(INTO, trial.stop, args=(victim,), kwargs={"kill": True})
            if run == 1:
                killing.start()
            _index(engine, written, outcome, run=run)
            if run == 1:
                killing.join()
        ended.set()
        for thread in searching:
            thread.join()
        held = {report.path for report in engine.reports()}
        outcome.lost = sorted(set(written.paths) - held)
    _forget(cluster)
    return outcome


class _Written:
    """The paths of the reports that runs said they wrote."""

    def __init__(self) -> None:
        self.paths: list[str] = []


def _index(engine: OpenSearchEngine, written: _Written, outcome: Outcome, *, run: int) -> None:
    """Write the reports of a run; where it fails, again a little later, as the next run would."""
    paths = [f"{run}/{number}.txt" for number in range(REPORTS)]
    for _ in range(_TRIES):
        try:
            with engine.writing() as writer:
                for path in paths:
                    report = make_report(path, town="湖口镇")
                    writer.put(report, make_passages(report, *_TEXTS))
        except SearchAppError as error:
            outcome.failed_runs.append(f"{type(error).__name__}: {error.message}")
            time.sleep(_PAUSE)
        else:
            break
    else:
        raise AssertionError(f"no run got through: {outcome.failed_runs}")
    written.paths += paths


def _search(cluster: Cluster, root: Path, written: _Written, outcome: Outcome, ended: threading.Event) -> None:
    with closing(OpenSearchEngine(cluster, root)) as engine:
        while not ended.is_set():
            least = len(written.paths)
            try:
                found = engine.search(Search(query=Words(text="调解")))
            except Exception as error:  # noqa: BLE001 - whatever it is, a visitor would have seen it
                outcome.failed_searches.append(f"{type(error).__name__}: {error}")
            else:
                outcome.searches += 1
                if found.total < least:
                    outcome.failed_searches.append(f"{found.total} of at least {least}")


def _wait_for_green(cluster: Cluster) -> None:
    """Wait until every shard has its copies."""
    with closing(connect(cluster)) as client:
        client.cluster.health(index=f"{cluster.prefix}-*", wait_for_status="green", timeout="60s", request_timeout=90)


def _forget(cluster: Cluster) -> None:
    with closing(connect(cluster)) as client:
        client.indices.delete(index=f"{cluster.prefix}-*")


def manager_of(trial: Trial) -> int:
    """Return which node manages the cluster."""
    with closing(connect(Cluster(urls=trial.urls))) as client:
        (told,) = client.cat.cluster_manager(format="json")
    return int(str(told["node"]).removeprefix("node-")) - 1


def main() -> int:
    """Kill every node so many times; 0 = no search failed and nothing is lost."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    trial, bad = start(nodes=3, heap="384m"), 0
    try:
        for victim in [*range(3)] * times:
            began, manages = time.monotonic(), victim == manager_of(trial)
            outcome = kill_while_used(trial, victim)
            trial.start()
            bad += bool(outcome.failed_searches or outcome.lost)
            print(
                f"node {victim + 1}{' (manager)' if manages else ''}: {outcome.searches} searches, "
                f"{len(outcome.failed_searches)} failed, {len(outcome.failed_runs)} runs failed, "
                f"{len(outcome.lost)} reports lost, {time.monotonic() - began:.0f} s",
                *outcome.failed_searches[:3],
                *outcome.failed_runs[:3],
                sep="\n    ",
                flush=True,
            )
    finally:
        end(trial)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
