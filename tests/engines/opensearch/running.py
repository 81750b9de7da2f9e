"""A cluster for tests, started once for all processes of a run and ended by the last of them that used it."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

import pytest
from filelock import FileLock

from scripts.opensearch.home import Missing
from scripts.opensearch.nodes import Trial, default_folder, known_trial, new_trial

#: A folder in memory, where there is one with so many bytes free: a cluster waits for the disk at every change.
_IN_MEMORY, _ENOUGH = Path("/dev/shm"), 1 << 30  # noqa: S108 - a folder of its own is made there
#: Names the address of a cluster that runs already, for whoever runs these tests again and again.
RUNNING = "TEST_CLUSTER"
_PREFIX = "search-app-cluster-"


@contextmanager
def shared_cluster(base: Path) -> Iterator[str]:
    """Give the address of the one cluster of a run, whose processes meet in this folder, or of one that runs."""
    if RUNNING in os.environ:
        yield os.environ[RUNNING]
        return
    lock, users = FileLock(base / "cluster.lock"), base / "cluster.json"
    with lock:
        told = json.loads(users.read_text(encoding="utf-8")) if users.exists() else {"folder": None, "users": []}
        if told["folder"] is None:
            told["folder"] = str(start(nodes=1).folder)
        users.write_text(json.dumps({**told, "users": [*told["users"], os.getpid()]}), encoding="utf-8")
    trial = known_trial(Path(told["folder"]))
    assert trial is not None
    try:
        yield trial.urls[0]
    finally:
        with lock:
            told = json.loads(users.read_text(encoding="utf-8"))
            left = [each for each in told["users"] if each != os.getpid() and _lives(each)]
            users.write_text(json.dumps({"folder": told["folder"] if left else None, "users": left}), encoding="utf-8")
            if not left:
                end(trial)


def start(*, nodes: int, heap: str = "512m") -> Trial:
    """Start a cluster in a folder of its own; skip where this machine cannot, which a build machine must not."""
    _end_orphans()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_in_memory()))
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    (folder / "run.pid").write_text(str(run), encoding="ascii")
    try:
        trial = new_trial(folder, programs=default_folder(), nodes=nodes, heap=heap, short_lived=True)
        with FileLock(f"{default_folder()}.lock"):  # two runs would lay out the program at once
            trial.start()
    except Missing as missing:
        shutil.rmtree(folder)
        if os.environ.get("CI") == "true":
            pytest.fail(f"no cluster to try: {missing}")
        pytest.skip(f"no cluster to try: {missing}")
    return trial


def _end_orphans() -> None:
    """End the clusters of runs that were killed before they could do so themselves."""
    for folder in chain.from_iterable(each.glob(f"{_PREFIX}*") for each in (Path(tempfile.gettempdir()), _IN_MEMORY)):
        with suppress(OSError, ValueError):  # another user's, or another run is ending it too
            if not _lives(int((folder / "run.pid").read_text(encoding="ascii"))) and (trial := known_trial(folder)):
                end(trial)


def _lives(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def _in_memory() -> Path | None:
    """Return the folder in memory where a cluster fits and may load its native libraries; None = to the disk."""
    if not os.access(_IN_MEMORY, os.W_OK):
        return None
    there = os.statvfs(_IN_MEMORY)
    fits = there.f_bavail * there.f_frsize >= _ENOUGH and not there.f_flag & os.ST_NOEXEC
    return _IN_MEMORY if fits else None


def end(trial: Trial) -> None:
    """End a cluster at once and forget all it held."""
    trial.stop(kill=True)
    shutil.rmtree(trial.folder)
