"""A snapshot: one generation as it is read, with what is known of it.

The alias names the index in use and keeps to the rows of one generation; the row that describes this generation is the
only one of its kind that the alias lets through. So any request can tell beside its own answers which generation is in
use now, and no answer is ever put together from two.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from search_app.engines.opensearch.asking import Asking, Question, bytes_of, columns_of
from search_app.engines.opensearch.labels import Labels
from search_app.engines.opensearch.manifest import Manifest
from search_app.engines.opensearch.rarities import Rarities
from search_app.engines.opensearch.schema import GENERATION, Fields, all_of, held_in
from search_app.engines.records import unpack_head, unpack_passage
from search_app.errors import IndexDamaged
from search_app.labelling.exemplary.policy import settle_exemplary
from search_app.model import Exemplary, Passage, Report

#: So many reports without their outlines are kept of a generation, some 2 KB each.
_HEADS = 5_000


class Superseded(Exception):
    """Another generation is in use now."""


@dataclass(frozen=True)
class Snapshot:
    """One generation in its index; safe to share between threads."""

    asking: Asking
    index: str
    manifest: Manifest
    labels: Labels
    rarities: Rarities
    #: So many generations may have come into use since. The cluster keeps more, so that what is asked for in several
    #: requests is whole though one more comes meanwhile.
    behind: int = 0
    #: Number -> report, of those that were shown lately.
    heads: dict[int, Report] = field(default_factory=dict)

    def learn_heads(self, heads: Mapping[int, Report]) -> None:
        """Keep reports that are shown, until there are too many."""
        if len(self.heads) > _HEADS:
            self.heads.clear()
        self.heads.update(heads)

    def ask_now(self, *bodies: Fields) -> list[Fields]:
        """Return the answers to searches of the index, and make sure that this generation is still to be read.

        Raises Superseded, IndexMissing.
        """
        current = _described(self.asking, columns=["born"], source=False)
        now, *answers = self.asking.ask([current, *(Question(self.index, body) for body in bodies)])
        hit = _only(now)
        since = columns_of(hit)["born"] - self.manifest.number
        if not 0 <= since <= self.behind or (since == 0 and hit["_index"] != self.index):
            raise Superseded
        return answers

    def ask(self, *bodies: Fields) -> list[Fields]:
        """Return the answers to searches of the index."""
        return self.asking.ask([Question(self.index, body) for body in bodies])

    def scan(
        self, *filters: Fields, columns: Sequence[str], source: Sequence[str] = (), rows: int = 2_000
    ) -> Iterator[Fields]:
        """Yield all rows of this generation that some filters keep, by path and number."""
        body = {"query": self.keep(*filters), "docvalue_fields": list(columns)}
        body |= {"_source": list(source)} if source else {"stored_fields": "_none_"}
        return self.asking.scan(self.index, body, ("path", "number"), rows)

    def keep(self, *filters: Fields, **more: Any) -> Fields:
        """Return a query for the rows of this generation that some filters keep."""
        return all_of(*filters, *held_in(self.manifest.number), **more)

    def passage(self, hit: Fields) -> Passage:
        """Return the passage of a row, given its ``record`` and ``similar``, as the index shows it."""
        columns = columns_of(hit)
        similar = int(columns["similar"])

        def settled(rated: Exemplary) -> Exemplary:
            return settle_exemplary(rated, similar=similar, stamp_floor=self.manifest.stamp_floor)

        return unpack_passage(bytes_of(columns["record"]), similar=similar, settled=settled)

    def head(self, hit: Fields) -> Report:
        """Return the report of a row, given its ``record``, without outline and asides."""
        return unpack_head(bytes_of(columns_of(hit)["record"]))


def open_snapshot(asking: Asking) -> Snapshot:
    """Return the generation in use. Raises IndexMissing, IndexOutdated."""
    (answer,) = asking.ask([_described(asking, columns=[], source=True)])
    hit = _only(answer)
    manifest = Manifest.unpack(hit["_source"]["manifest"])
    manifest.refuse_outdated()
    return snapshot_of(asking, hit["_index"], manifest)


def snapshot_of(asking: Asking, index: str, manifest: Manifest) -> Snapshot:
    """Return the generation that a manifest describes."""
    return Snapshot(asking, index, manifest, Labels(manifest), Rarities(manifest.number, manifest.passages))


def _described(asking: Asking, *, columns: Sequence[str], source: bool) -> Question:
    """Return the question for the row that describes the generation in use."""
    body: Fields = {"size": 2, "query": {"term": {"role": GENERATION}}, "docvalue_fields": list(columns)}
    body |= {"_source": ["manifest"]} if source else {"stored_fields": "_none_"}
    return Question(asking.cluster.prefix, body, routing=GENERATION)


def _only(answer: Fields) -> Fields:
    hits = answer["hits"]["hits"]
    if len(hits) != 1:
        raise IndexDamaged("集群里的索引没有说明，或说明不止一份")
    hit: Fields = hits[0]
    return hit
