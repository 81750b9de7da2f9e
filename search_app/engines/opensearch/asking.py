"""Asking: several questions to the cluster in one request, each answered completely or not at all.

A shard that does not answer fails its question (``allow_partial_search_results``), which is asked once more: a node
that has just gone is asked no longer then. So nothing is ever counted, or found, in a part of the index only.
"""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from search_app.engines.opensearch.schema import Fields
from search_app.engines.opensearch.transport import Cluster, connect

#: What may pass: a shard that is being moved to another node, a queue that is full.
_PASSING = frozenset({429, 500, 503})
#: So many rows are read at a time.
_ROWS = 2_000


@dataclass(frozen=True)
class Question:
    """A search of an index, or of an alias."""

    index: str
    body: Fields
    routing: str | None = None  # asks the one shard where rows of this routing lie


class Asking:
    """Asks one cluster; connects at the first question."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    @cached_property
    def client(self) -> Any:
        """Return the client of the cluster."""
        return connect(self.cluster)

    def ask(self, questions: Sequence[Question]) -> list[Fields]:
        """Return the answers to several questions, in one round trip."""
        if not questions:
            return []
        answers = self._ask(questions)
        failed = [at for at, answer in enumerate(answers) if answer.get("status") in _PASSING]
        for at, answer in zip(failed, self._ask([questions[at] for at in failed]) if failed else (), strict=True):
            answers[at] = answer
        for answer in answers:
            _check(answer)
        return answers

    def _ask(self, questions: Sequence[Question]) -> list[Fields]:
        lines: list[Fields] = []
        for question in questions:
            header: Fields = {"index": question.index, "allow_partial_search_results": False}
            lines += [header | ({"routing": question.routing} if question.routing else {}), question.body]
        answers: list[Fields] = self.client.msearch(body=lines)["responses"]
        return answers

    def scan(self, index: str, body: Fields, sort: Sequence[str], rows: int = _ROWS) -> Iterator[Fields]:
        """Yield all hits of a search, so many at a time; ``sort`` has to tell them apart."""
        page = {**body, "size": rows, "sort": [{field: "asc"} for field in sort], "track_total_hits": False}
        while True:
            (answer,) = self.ask([Question(index, page)])
            hits = answer["hits"]["hits"]
            yield from hits
            if len(hits) < rows:
                return
            page["search_after"] = hits[-1]["sort"]

    def close(self) -> None:
        """Release the connections."""
        if "client" in self.__dict__:
            self.client.close()


def _check(answer: Fields) -> None:
    """Raise what an answer says went wrong."""
    if "error" in answer:
        from search_app.engines.opensearch.error_mapping import from_answer

        raise from_answer(answer.get("status", 500), answer)
    if answer.get("timed_out"):
        from search_app.engines.cluster_errors import ClusterSlow

        raise ClusterSlow("集群没有在规定的时间内检索完")


def bytes_of(text: str) -> bytes:
    """Return the bytes of a column, which the cluster writes without the padding of base64."""
    return b64decode(text + "=" * (-len(text) % 4))


def columns_of(hit: Fields) -> dict[str, Any]:
    """Return the columns that a hit was asked for, each with its one value; those without one are left out."""
    return {name: held[0] for name, held in hit.get("fields", {}).items()}
