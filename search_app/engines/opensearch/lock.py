"""The lock: one writer at a time, on whatever machine it runs; a dead one's lock ends by itself.

The lock is a document with a moment until which it holds, by the cluster's own clock, so no two machines' clocks have
to agree. Its writer moves the moment on while it lives; taking and moving are single scripted updates, which the
cluster makes one after the other.
"""

import logging
import os
import platform
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from search_app.engines.opensearch.asking import Asking
from search_app.engines.opensearch.schema import Fields
from search_app.engines.opensearch.scripts import DROP_LOCK, KEEP_LOCK, TAKE_LOCK, script
from search_app.engines.opensearch.transport import own_errors
from search_app.errors import IndexLocked, IndexProblem

#: Seconds for which the lock holds, unless it is moved on; that happens three times as often.
LEASE = 60.0
_DOCUMENT = "writer"
_LOST = "写索引中断得太久，已让给别的程序，索引没有改动"

_log = logging.getLogger(__name__)


class Lock:
    """The lock of one writer, once it has it."""

    def __init__(self, asking: Asking) -> None:
        self._asking, self._index = asking, lock_index(asking)
        self._owner = secrets.token_hex(16)
        self._held_until = 0.0
        self._released = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="writer's lock", daemon=True)

    def take(self) -> None:
        """Take the lock. Raises IndexLocked."""
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-2", "hidden": True}
        body = {"settings": settings, "mappings": {"dynamic": False}}
        self._asking.client.indices.create(index=self._index, body=body, ignore=400)  # 400: it is there
        asked = _now()
        holder = {"machine": platform.node(), "process": os.getpid()}
        free = {"owner": "", "until": 0}
        taken = self._update(TAKE_LOCK, {"scripted_upsert": True, "upsert": free}, holder=holder)
        if taken not in ("created", "updated"):
            raise self._refusal()
        self._held_until = asked + LEASE
        self._thread.start()

    def hold(self) -> None:
        """Raise IndexProblem where the lock may be another's by now: this machine slept, or was cut off too long."""
        if self._left() <= 0:
            raise IndexProblem(_LOST, hint="请再运行一次：search-app index")

    def is_held(self) -> bool:
        """Ask the cluster whether the lock is still this writer's, and move it on."""
        return self._move_on()

    def check(self) -> None:
        """Raise IndexProblem unless the cluster says that the lock is still this writer's."""
        if not self.is_held():
            raise IndexProblem(_LOST, hint="请再运行一次：search-app index")

    def release(self) -> None:
        """Give the lock back; what cannot be given back ends by itself."""
        self._released.set()
        self._thread.join()
        try:
            with own_errors(writing=True):
                self._update(DROP_LOCK, {})
        except IndexProblem:
            _log.warning("the writer's lock could not be given back; it ends within %d seconds", LEASE)

    def _keep(self) -> None:
        while not self._released.wait(LEASE / 3):
            try:
                with own_errors(writing=True):
                    self._move_on()
            except IndexProblem:
                _log.warning("the writer's lock could not be moved on; it holds %.0f seconds yet", self._left())

    def _move_on(self) -> bool:
        asked = _now()
        moved = self._left() > 0 and self._update(KEEP_LOCK, {}) == "updated"
        if moved:
            self._held_until = asked + LEASE
        return moved

    def _left(self) -> float:
        return self._held_until - _now()

    def _update(self, source: str, more: Fields, **params: Any) -> str:
        """Run a script on the lock and return what came of it; a conflict is another writer's doing."""
        lock = script(source, owner=self._owner, lease=int(LEASE * 1000), **params)
        body = {"script": lock, **more}
        answer = self._asking.client.update(
            index=self._index, id=_DOCUMENT, body=body, retry_on_conflict=3, refresh=False, ignore=[404, 409]
        )
        return str(answer.get("result", ""))

    def _refusal(self) -> IndexLocked:
        held = self._asking.client.get(index=self._index, id=_DOCUMENT, ignore=404).get("_source", {})
        machine, process = held.get("machine", ""), held.get("process")
        here = machine == platform.node()
        return IndexLocked(
            "另一个程序正在更新索引" if here or not machine else f"另一台机器（{machine}）上的程序正在更新索引",
            holder=process if here else None,
            hint="请等它结束后再试；它若是意外中断的，一分钟后就能再运行。",
        )


def _now() -> float:
    """Return seconds of a clock that runs on while the machine sleeps, which Linux has apart."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def lock_index(asking: Asking) -> str:
    """Return the name of the index that holds the lock."""
    return f"{asking.cluster.prefix}-lock"


@contextmanager
def locked(asking: Asking) -> Iterator[Lock]:
    """Hold the lock while the block runs. Raises IndexLocked."""
    lock = Lock(asking)
    with own_errors(writing=True):
        lock.take()
    try:
        yield lock
    finally:
        lock.release()
