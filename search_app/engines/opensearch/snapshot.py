"""A snapshot: one generation as it is read, with what is known of it.

The alias names the index in use and keeps to the rows of one generation; the row that describes this generation is the
only one of its kind that the alias lets through. So any request can tell beside its own answers which generation is in
use now, and no answer is ever put together from two.
"""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from search_app.engines.opensearch.asking import Asking, Question, columns_of
from search_app.engines.opensearch.labels import Labels
from search_app.engines.opensearch.manifest import Manifest
from search_app.engines.opensearch.rarities import Rarities
from search_app.engines.opensearch.schema import GENERATION, Fields, all_of, held_in
from search_app.engines.records import unpack_head, unpack_passage
from search_app.errors import IndexDamaged
from search_app.labelling.exemplary.policy import settle_exemplary
from search_app.model import Exemplary, Passage, Report


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

    def ask_now(self, *bodies: Fields) -> list[Fields]:
        """Return the answers to searches of the index, in use at this moment. Raises Superseded, IndexMissing."""
        current = Question(self.asking.cluster.prefix, _described(columns=["born"], source=False))
        now, *answers = self.asking.ask([current, *(Question(self.index, body) for body in bodies)])
        hit = _only(now)
        if (hit["_index"], columns_of(hit)["born"]) != (self.index, self.manifest.number):
            raise Superseded
        return answers

    def ask(self, *bodies: Fields) -> list[Fields]:
        """Return the answers to searches of the index."""
        return self.asking.ask([Question(self.index, body) for body in bodies])

    def scan(
        self, *filters: Fields, source: Sequence[str], columns: Sequence[str] = (), rows: int = 2_000
    ) -> Iterator[Fields]:
        """Yield all rows of this generation that some filters keep, by path and number."""
        body = {"query": self.keep(*filters), "_source": list(source), "docvalue_fields": list(columns)}
        return self.asking.scan(self.index, body, ("path", "number"), rows)

    def keep(self, *filters: Fields, **more: Any) -> Fields:
        """Return a query for the rows of this generation that some filters keep."""
        return all_of(*filters, *held_in(self.manifest.number), **more)

    def passage(self, hit: Fields) -> Passage:
        """Return the passage of a row, as the index shows it."""
        similar = int(columns_of(hit).get("similar", 0))

        def settled(rated: Exemplary) -> Exemplary:
            return settle_exemplary(rated, similar=similar, stamp_floor=self.manifest.stamp_floor)

        return unpack_passage(self.bytes_of(hit, "record"), similar=similar, settled=settled)

    def head(self, hit: Fields) -> Report:
        """Return the report of a row, without outline and asides."""
        return unpack_head(self.bytes_of(hit, "record"))

    @staticmethod
    def bytes_of(hit: Fields, field: str) -> bytes:
        """Return the bytes that a row keeps."""
        return b64decode(hit["_source"][field])


def open_snapshot(asking: Asking) -> Snapshot:
    """Return the generation in use. Raises IndexMissing, IndexOutdated."""
    (answer,) = asking.ask([Question(asking.cluster.prefix, _described(columns=[], source=True))])
    hit = _only(answer)
    manifest = Manifest.unpack(hit["_source"]["manifest"])
    manifest.refuse_outdated()
    return snapshot_of(asking, hit["_index"], manifest)


def snapshot_of(asking: Asking, index: str, manifest: Manifest) -> Snapshot:
    """Return the generation that a manifest describes."""
    return Snapshot(asking, index, manifest, Labels(manifest), Rarities(manifest.number, manifest.passages))


def _described(*, columns: Sequence[str], source: bool) -> Fields:
    """Return a search for the row that describes a generation."""
    named = ["manifest"] if source else False
    return {"size": 2, "query": {"term": {"role": GENERATION}}, "docvalue_fields": list(columns), "_source": named}


def _only(answer: Fields) -> Fields:
    hits = answer["hits"]["hits"]
    if len(hits) != 1:
        raise IndexDamaged("集群里的索引没有说明，或说明不止一份")
    hit: Fields = hits[0]
    return hit
