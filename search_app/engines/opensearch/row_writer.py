"""The row writer: what a draft puts and removes -> the rows of the next generation, and what it comes to.

Rows of passages that say what they said, but among others now (how many near-duplicates, which leads them), are written
anew as well; all others stay as they are.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from search_app.engines.opensearch.asking import Asking, bytes_of, columns_of
from search_app.engines.opensearch.clusters import Belonging, HeldRow, regroup
from search_app.engines.opensearch.documents import Document, origin_of, writable
from search_app.engines.opensearch.draft import Draft
from search_app.engines.opensearch.hits import ROW_BITS
from search_app.engines.opensearch.lookups import count_values
from search_app.engines.opensearch.manifest import Manifest, Numbering, Registers, descend, labels_of
from search_app.engines.opensearch.schema import (
    ABOVE,
    PASSAGE,
    REPORT,
    STILL,
    Fields,
    all_of,
    versions,
)
from search_app.engines.opensearch.scripts import SET_GONE, script
from search_app.engines.opensearch.sending import Sending
from search_app.engines.opensearch.snapshot import Snapshot, snapshot_of
from search_app.errors import IndexProblem
from search_app.labelling.exemplary.policy import RANKED_SECTION, count_lost_points, find_stamp_floor
from search_app.language import squeeze
from search_app.model import Report

#: So many names stand in one query.
_NAMES = 1_000
_PASSAGES: Fields = {"term": {"role": PASSAGE}}
_REPORTS: Fields = {"term": {"role": REPORT}}


class _HeldRows:
    """The rows of the generation before without those of some reports: what the next one takes over."""

    def __init__(self, base: Snapshot | None, gone_reports: Collection[str]) -> None:
        self._base, self._gone = base, frozenset(gone_reports)

    def all(self) -> Iterator[HeldRow]:
        return self._scan()

    def of_clusters(self, clusters: Collection[int]) -> Iterator[HeldRow]:
        return self._among("cluster", clusters)

    def with_bands(self, bands: Collection[str]) -> Iterator[HeldRow]:
        return self._among("bands", bands)

    def _among(self, field: str, values: Collection[Any]) -> Iterator[HeldRow]:
        for some in _in_parts(values):
            yield from self._scan({"terms": {field: some}})

    def _scan(self, *filters: Fields) -> Iterator[HeldRow]:
        if self._base is None:
            return
        columns = ("row", "cluster", "similar", "signature", "report")
        for hit in self._base.scan(_PASSAGES, *filters, columns=columns, rows=5_000):
            held = columns_of(hit)
            if held["report"] not in self._gone:
                signature = bytes_of(held["signature"])
                yield HeldRow(held["row"], held["cluster"], held["similar"], signature)


class RowWriter:
    """Writes one generation into an index; ``base`` is the one before, whose rows are in it unless it is ``fresh``."""

    def __init__(
        self, asking: Asking, sending: Sending, index: str, number: int, base: Snapshot | None, *, fresh: bool
    ) -> None:
        self._asking, self._sending, self._index, self._number = asking, sending, index, number
        self._past = base
        self._base = None if fresh else base
        self._registers = self._base.manifest.registers.copy() if self._base else Registers()

    def write(self, draft: Draft) -> Manifest:
        """Write all that changes and return what the generation comes to. Raises IndexProblem where counts differ."""
        gone_reports = [*draft.put_reports, *draft.removed] if self._base else []
        gone = self._gone_rows(gone_reports)
        first = self._registers.reports
        new = {
            (first + at) << ROW_BITS | number: signature
            for at, drafted in enumerate(draft.put_reports.values())
            for number, signature in drafted.signatures.items()
        }
        belonging = regroup(_HeldRows(self._base, gone_reports), gone, new)
        self._send_new(draft, belonging)
        self._send_again({row: each for row, each in belonging.items() if row not in new})
        for some in _in_parts(gone_reports):
            self._mark_gone({"terms": {"report": some}})
        self._sending.refresh()
        return self._describe(draft, len(gone), len(new), gone_reports)

    def _gone_rows(self, reports: Collection[str]) -> dict[int, int]:
        """Return row -> cluster of the passages that are held no longer."""
        gone: dict[int, int] = {}
        for some in _in_parts(reports) if self._base else ():
            assert self._base is not None  # noqa: S101
            hits = self._base.scan(_PASSAGES, {"terms": {"report": some}}, columns=("row", "cluster"))
            gone |= {columns_of(hit)["row"]: columns_of(hit)["cluster"] for hit in hits}
        return gone

    def _send_new(self, draft: Draft, belonging: Mapping[int, Belonging]) -> None:
        numbering = Numbering(self._registers)
        known = self._known_origins(draft)

        def rows() -> Iterator[tuple[str, str, Document]]:
            for report, row, passages in draft.read():
                numbers = numbering.report(report)
                common = {"report": report.id, "path": writable(report.path), **self._alive(), **_names(numbers)}
                if report.year is not None:
                    common["year"] = report.year
                yield f"{report.id}@{self._number}", report.id, {**row, **common}
                for passage in passages:
                    made = self._passage(passage, report, numbers, numbering, known, belonging)
                    yield f"{passage['passage']}@{self._number}", report.id, {**made, **common}

        self._sending.send(rows())

    def _passage(
        self,
        passage: Document,
        report: Report,
        numbers: Mapping[str, int],
        numbering: Numbering,
        known: Mapping[str, int],
        belonging: Mapping[int, Belonging],
    ) -> Document:
        """Return the row of a new passage."""
        kind = numbering.kind(passage.pop("section"), passage.pop("topics"))
        row = numbers["report_number"] << ROW_BITS | passage["number"]
        origin = origin_of(report, passage["digest"])
        title = squeeze(report.title or "")
        return {
            **passage,
            ABOVE: [*passage[ABOVE], *([title] if title else [])],
            "row": row,
            "kind_number": str(kind),
            "labels": labels_of(numbers, kind),
            "origin": origin,
            "added": known.get(origin, self._number),
            **_settled(passage["rated"], belonging[row]),
        }

    def _known_origins(self, draft: Draft) -> dict[str, int]:
        """Return in which generation each text that is put, and that the generation before holds, appeared."""
        if self._past is None:
            return {}
        wanted = {origin_of(report, one["digest"]) for report, _, passages in draft.read() for one in passages}
        known: dict[str, int] = {}
        for some in _in_parts(wanted):
            hits = self._past.scan(_PASSAGES, {"terms": {"origin": some}}, columns=("origin", "added"))
            known |= {columns_of(hit)["origin"]: columns_of(hit)["added"] for hit in hits}
        return known

    def _send_again(self, belonging: Mapping[int, Belonging]) -> None:
        """Write rows anew that belong elsewhere now; what they were is gone."""
        base = self._base
        if base is None:
            return
        for some in _in_parts(belonging):
            (answer,) = base.ask({"size": len(some), "query": base.keep({"terms": {"row": some}})})
            rows = [
                {
                    **hit["_source"],
                    **self._alive(),
                    **_settled(hit["_source"]["rated"], belonging[hit["_source"]["row"]]),
                }
                for hit in answer["hits"]["hits"]
            ]
            named = ((f"{row['passage']}@{self._number}", row["report"], row) for row in rows)
            self._sending.send(named)
            self._mark_gone({"terms": {"row": some}})

    def _mark_gone(self, query: Fields) -> None:
        """Have rows of the generation before be gone in this one."""
        older = {"range": {"born": {"lt": self._number}}}
        still = all_of(query, older, {"range": {"gone": {"gt": self._number}}})
        self._sending.change_matches(still, script(SET_GONE, gone=self._number))

    def _alive(self) -> dict[str, int]:
        return {"born": self._number, "gone": STILL}

    def _describe(self, draft: Draft, gone: int, new: int, gone_reports: Collection[str]) -> Manifest:
        """Return what the generation comes to, once it is held against what is meant."""
        before = self._base.manifest if self._base else None
        manifest = Manifest(
            number=self._number,
            id=secrets.token_hex(16),
            built_at=datetime.now(UTC),
            reports=len(draft.put_reports) + (before.reports - self._count_reports(gone_reports) if before else 0),
            passages=new + (before.passages - gone if before else 0),
            versions=versions(),
            averages=(1.0, 1.0),
            stamp_floor=0,
            registers=self._registers,
            held_places=(),
        )
        snapshot = snapshot_of(self._asking, self._index, manifest)
        return self._measured(snapshot)

    def _count_reports(self, gone_reports: Collection[str]) -> int:
        """Return how many of some reports the generation before holds."""
        assert self._base is not None  # noqa: S101
        count = 0
        for some in _in_parts(gone_reports):
            query = self._base.keep(_REPORTS, {"terms": {"report": some}})
            (answer,) = self._base.ask({"size": 0, "track_total_hits": True, "query": query})
            count += answer["hits"]["total"]["value"]
        return count

    def _measured(self, snapshot: Snapshot) -> Manifest:
        """Return the manifest with what the rows say."""
        manifest = snapshot.manifest
        ranked = [str(at) for at, (section, _) in enumerate(self._registers.kinds) if section == RANKED_SECTION]
        scores = {
            "filter": {"terms": {"kind_number": ranked}},
            "aggs": {"scores": {"terms": {"field": "exemplary", "size": 101}}},
        }
        sums = {field: {"sum": {"field": field}} for field in ("words_length", "headings_length")}
        passages = {
            "size": 0,
            "track_total_hits": True,
            "query": snapshot.keep(_PASSAGES),
            "aggs": {**sums, "ranked": scores},
        }
        reports = {"size": 0, "track_total_hits": True, "query": snapshot.keep(_REPORTS)}
        of_passages, of_reports = snapshot.ask(passages, reports)
        counts = (of_reports["hits"]["total"]["value"], of_passages["hits"]["total"]["value"])
        if counts != (manifest.reports, manifest.passages):
            meant = f"应为 {manifest.reports:,} 份 {manifest.passages:,} 段"
            raise IndexProblem(f"写进集群的是 {counts[0]:,} 份 {counts[1]:,} 段，{meant}，索引没有改动")
        found = of_passages["aggregations"]
        reached = {int(bucket["key"]): bucket["doc_count"] for bucket in found["ranked"]["scores"]["buckets"]}
        text, headings = (found[field]["value"] / max(counts[1], 1) or 1.0 for field in sums)
        still = [int(value) for value, _ in count_values(snapshot, "added", _PASSAGES)]
        return replace(
            manifest,
            averages=(text, headings),
            stamp_floor=find_stamp_floor([reached.get(score, 0) for score in range(101)]),
            held_places=tuple(int(value) for value, _ in count_values(snapshot, "place_number", _REPORTS)),
            ancestors=descend(self._past.manifest, still) if self._past else (),
        )


def _names(numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return the numbers of a report as terms."""
    return {name: number if name == "report_number" else str(number) for name, number in numbers.items()}


def _settled(rated: int, each: Belonging) -> dict[str, int]:
    """Return what the index makes of a passage that was rated by itself."""
    exemplary = max(0, rated - count_lost_points(each.similar + 1))
    return {"cluster": each.cluster, "similar": each.similar, "exemplary": exemplary}


def _in_parts(names: Iterable[Any]) -> Iterator[list[Any]]:
    held = list(names)
    return (held[start : start + _NAMES] for start in range(0, len(held), _NAMES))
