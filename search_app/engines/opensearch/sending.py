"""Sending: rows to the cluster in batches, and what the cluster changes or deletes by itself; nothing half done passes.

Every row is sent under an id of its own, so what is sent twice, because an answer was lost, is held once.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from search_app.engines.opensearch.asking import Asking
from search_app.engines.opensearch.error_mapping import from_item
from search_app.engines.opensearch.lock import Lock
from search_app.engines.opensearch.schema import Fields
from search_app.errors import IndexProblem

#: So many rows, or about so many bytes, are sent at a time.
_ROWS, _BYTES = 1_000, 4 << 20
#: How long a batch of which the cluster refused a part, because its queues are full, waits: seconds, again and again.
_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
_FAILED, _BUSY = 300, 429
#: Seconds between two looks at what the cluster does by itself: the first wait, and the longest.
_FIRST_LOOK, _LONGEST_LOOK = 0.01, 1.0
#: Seconds for which one request waits until an index is copied.
_COPYING = 10


class Sending:
    """Writes to one index, as long as the writer has the lock."""

    def __init__(self, asking: Asking, index: str, lock: Lock) -> None:
        self._client, self._index, self._lock = asking.client, index, lock

    def create(self, body: Fields) -> None:
        """Make the index."""
        self._lock.hold()
        self._client.indices.create(index=self._index, body=body)

    def delete(self) -> None:
        """Drop the index, if there is one."""
        self._lock.hold()
        self._client.indices.delete(index=self._index, ignore=404)

    def send(self, rows: Iterable[tuple[str, str, Fields]]) -> None:
        """Write rows, each given with its id and its report's; the next batch is made while one is sent."""
        with ThreadPoolExecutor(1, "sending") as thread:
            under_way: Future[None] | None = None
            for batch in _batches(rows):
                if under_way is not None:
                    under_way.result()
                under_way = thread.submit(self._send, batch)
            if under_way is not None:
                under_way.result()

    def _send(self, batch: Sequence[tuple[Fields, Fields]]) -> None:
        left = list(batch)
        for wait in (*_WAITS, None):
            self._lock.hold()
            answer = self._client.bulk(index=self._index, body=[line for pair in left for line in pair])
            if not answer["errors"]:
                return
            items = zip(left, (item["index"] for item in answer["items"]), strict=True)
            failed = [(pair, item) for pair, item in items if item["status"] >= _FAILED]
            if wait is None or any(item["status"] != _BUSY for _, item in failed):
                raise from_item({"index": failed[0][1]})
            time.sleep(wait)
            left = [pair for pair, _ in failed]

    def replicate(self, replicas: int) -> None:
        """Have every shard copied to so many other nodes, and wait for that; where there are fewer nodes, to these."""
        if not replicas:
            return
        self._lock.hold()
        self._client.indices.put_settings(index=self._index, body={"index.number_of_replicas": replicas})
        while self._client.cluster.health(
            index=self._index, wait_for_no_initializing_shards=True, timeout=f"{_COPYING}s", ignore=408
        )["timed_out"]:
            self._lock.hold()

    def refresh(self) -> None:
        """Make all that was written searchable, on every copy of the index."""
        shards = self._client.indices.refresh(index=self._index)["_shards"]
        if shards["failed"]:
            raise IndexProblem("集群没有把写入的内容全部准备好，索引没有改动", hint="请稍后再试。")

    def change_matches(self, query: Fields, script: Fields | None = None) -> None:
        """Change what matches a query by a script, or delete it where there is none; ends when all of it is done."""
        self.refresh()
        self._lock.hold()
        start = self._client.delete_by_query if script is None else self._client.update_by_query
        body = {"query": query, **({} if script is None else {"script": script})}
        task = start(index=self._index, body=body, wait_for_completion=False, conflicts="abort", refresh=True)["task"]
        self._wait_for(task)

    def _wait_for(self, task: str) -> None:
        wait = _FIRST_LOOK
        while not (done := self._client.tasks.get(task_id=task))["completed"]:
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_LOOK)
        if done.get("error") or done["response"].get("failures"):
            raise IndexProblem("集群没有改完索引里的旧内容，索引没有改动", hint="请稍后再试。")


def _batches(rows: Iterable[tuple[str, str, Fields]]) -> Iterator[list[tuple[Fields, Fields]]]:
    batch: list[tuple[Fields, Fields]] = []
    size = 0
    for row_id, report_id, row in rows:
        batch.append(({"index": {"_id": row_id, "routing": report_id}}, row))
        size += len(row.get("record", "")) + sum(map(len, row.get("said", ()))) * 8
        if len(batch) >= _ROWS or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
