"""Sending: rows to the cluster in batches, and what the cluster changes or deletes by itself; nothing half done passes.

Every row is sent under an id of its own, so what is sent twice, because an answer was lost, is held once.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Literal

from search_app.engines.opensearch.asking import Asking
from search_app.engines.opensearch.error_mapping import from_item
from search_app.engines.opensearch.schema import Fields
from search_app.errors import IndexProblem

#: So many rows, or about so many bytes, are sent at a time.
_ROWS, _BYTES = 1_000, 4 << 20
#: How long a batch of which the cluster refused a part, because its queues are full, waits: seconds, again and again.
_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
_BUSY = 429
#: The longest wait, in seconds, between two looks at what the cluster does by itself.
_LONGEST_LOOK = 1.0


def send(asking: Asking, index: str, rows: Iterable[tuple[str, str, Fields]]) -> None:
    """Write rows, each given with its id and its report's; the next batch is made while one is sent."""
    with ThreadPoolExecutor(1, "sending") as thread:
        under_way: Future[None] | None = None
        for batch in _batches(rows):
            if under_way is not None:
                under_way.result()
            under_way = thread.submit(_send, asking, index, batch)
        if under_way is not None:
            under_way.result()


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


def _send(asking: Asking, index: str, batch: Sequence[tuple[Fields, Fields]]) -> None:
    left = list(batch)
    for wait in (*_WAITS, None):
        answer = asking.client.bulk(index=index, body=[line for pair in left for line in pair])
        if not answer["errors"]:
            return
        failed = [
            (pair, item) for pair, item in zip(left, answer["items"], strict=True) if item["index"]["status"] >= 300
        ]
        if wait is None or any(item["index"]["status"] != _BUSY for _, item in failed):
            raise from_item(next(item for _, item in failed))
        time.sleep(wait)
        left = [pair for pair, _ in failed]


def refresh(asking: Asking, index: str) -> None:
    """Make all that was written to an index searchable, on every copy of it."""
    shards = asking.client.indices.refresh(index=index)["_shards"]
    if shards["failed"]:
        raise IndexProblem("集群没有把写入的内容全部准备好，索引没有改动", hint="请稍后再试。")


def change_matches(asking: Asking, index: str, query: Fields, script: Fields | None = None) -> None:
    """Change what matches a query by a script, or delete it where there is none; ends when all of it is done."""
    refresh(asking, index)
    kind: Literal["update", "delete"] = "delete" if script is None else "update"
    body = {"query": query, **({} if script is None else {"script": script})}
    start = getattr(asking.client, f"{kind}_by_query")
    task = start(index=index, body=body, wait_for_completion=False, conflicts="abort", refresh=True)["task"]
    _wait_for(asking, task)


def _wait_for(asking: Asking, task: str) -> None:
    wait = 0.01
    while True:
        done: Any = asking.client.tasks.get(task_id=task)
        if done["completed"]:
            break
        time.sleep(wait)
        wait = min(2 * wait, _LONGEST_LOOK)
    problems = done.get("error") or done["response"].get("failures")
    if problems:
        raise IndexProblem("集群没有改完索引里的旧内容，索引没有改动", hint="请稍后再试。")
