"""Lookups: what of a generation is asked for by its name, without a search."""

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from search_app.engines.opensearch.asking import columns_of
from search_app.engines.opensearch.schema import PASSAGE, REPORT, Fields
from search_app.engines.opensearch.snapshot import Snapshot
from search_app.engines.records import with_outline
from search_app.errors import NoSuchReport
from search_app.model import Passage, Report

#: What is asked of the row of a passage that is to be shown.
COLUMNS = ("record", "row", "labels", "similar", "added", "cluster", "report", "report_number")
_PASSAGES: Fields = {"term": {"role": PASSAGE}}
_REPORTS: Fields = {"term": {"role": REPORT}}
#: So many different values are asked for at a time.
_VALUES = 10_000
#: Report ids and passage ids are shorter, and nothing but ASCII.
_LONGEST_ID = 100


def shown(query: Fields, size: int) -> Fields:
    """Return a search for rows of passages as they are shown."""
    return {"size": size, "query": query, "stored_fields": "_none_", "docvalue_fields": list(COLUMNS)}


def find_passages(snapshot: Snapshot, passage_ids: Iterable[str]) -> dict[str, Fields]:
    """Return passage id -> row, of those that are held."""
    ids = [each for each in dict.fromkeys(passage_ids) if _may_be_held(each)]
    if not ids:
        return {}
    (answer,) = snapshot.ask(shown(snapshot.keep(_PASSAGES, {"terms": {"passage": ids}}), len(ids)))
    return {snapshot.passage(hit).id: hit for hit in answer["hits"]["hits"]}


def heads_query(snapshot: Snapshot, numbers: Sequence[int]) -> Fields:
    """Return a search for the rows of reports of these numbers."""
    kept = snapshot.keep(_REPORTS, {"terms": {"report_number": list(numbers)}})
    columns = ["record", "report_number"]
    return {"size": len(numbers), "query": kept, "stored_fields": "_none_", "docvalue_fields": columns}


def read_heads(snapshot: Snapshot, answer: Fields) -> dict[int, Report]:
    """Return number -> report without outline and asides."""
    return {columns_of(hit)["report_number"]: snapshot.head(hit) for hit in answer["hits"]["hits"]}


def find_report(snapshot: Snapshot, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
    """Return a report and its passages in reading order. Raises NoSuchReport."""
    report, rows = _rows_of(snapshot, report_id, source=("outline",))
    whole = with_outline(snapshot.head(report), b64decode(report["_source"]["outline"]))
    return whole, tuple(map(snapshot.passage, rows))


def _rows_of(snapshot: Snapshot, report_id: str, source: Sequence[str] = ()) -> tuple[Fields, list[Fields]]:
    held: list[Fields] = []
    if _may_be_held(report_id):
        whose = {"term": {"report": report_id}}
        held = list(snapshot.scan(whose, source=source, columns=("record", "number", "similar", "cluster")))
    reports = [hit for hit in held if "number" not in columns_of(hit)]
    if not reports:
        raise NoSuchReport(f"索引里没有编号为 {report_id} 的报告")
    return reports[0], [hit for hit in held if hit is not reports[0]]


def near_duplicates(snapshot: Snapshot, report_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return passage id -> ids of the other reports that say nearly the same. Raises NoSuchReport."""
    _, rows = _rows_of(snapshot, report_id)
    clusters = [columns_of(hit)["cluster"] for hit in rows if columns_of(hit)["similar"]]
    alike: dict[int, dict[str, None]] = {}
    if clusters:
        same = {"terms": {"cluster": clusters}}
        for hit in snapshot.scan(_PASSAGES, same, columns=("cluster", "report")):
            columns = columns_of(hit)
            if columns["report"] != report_id:
                alike.setdefault(columns["cluster"], {})[columns["report"]] = None
    return {snapshot.passage(hit).id: tuple(alike.get(columns_of(hit)["cluster"], ())) for hit in rows}


def find_text(snapshot: Snapshot, digest: int) -> tuple[tuple[Passage, Report], ...]:
    """Return the passages of this text, by path and number, with their reports."""
    hits = list(snapshot.scan(_PASSAGES, {"term": {"digest": str(digest)}}, columns=COLUMNS))
    numbers = list(dict.fromkeys(columns_of(hit)["report_number"] for hit in hits))
    if not numbers:
        return ()
    (answer,) = snapshot.ask(heads_query(snapshot, numbers))
    heads = read_heads(snapshot, answer)
    return tuple((snapshot.passage(hit), heads[columns_of(hit)["report_number"]]) for hit in hits)


def all_heads(snapshot: Snapshot) -> tuple[Report, ...]:
    """Return every report by path, without outline and asides."""
    return tuple(map(snapshot.head, snapshot.scan(_REPORTS, columns=("record",))))


def frequent_words(snapshot: Snapshot, limit: int) -> Mapping[str, int]:
    """Return the words that most passages hold, with about how many do."""
    counted = {"size": 0, "query": snapshot.keep(_PASSAGES)}
    counted["aggs"] = {"words": {"terms": {"field": "distinct", "size": limit, "shard_size": 2 * limit + 100}}}
    (answer,) = snapshot.ask(counted)
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["words"]["buckets"]}


def all_numerals(snapshot: Snapshot) -> frozenset[str]:
    """Return the numbers in digits that stand in the texts."""
    return frozenset(str(value) for value, _ in count_values(snapshot, "numerals", _PASSAGES))


def count_values(snapshot: Snapshot, field: str, *filters: Fields) -> Iterator[tuple[Any, int]]:
    """Yield each value that rows have in a column, and how many rows do, however many values there are."""
    paged: Fields = {"size": _VALUES, "sources": [{"value": {"terms": {"field": field}}}]}
    while True:
        query = snapshot.keep(*filters)
        (answer,) = snapshot.ask({"size": 0, "query": query, "aggs": {"values": {"composite": paged}}})
        found = answer["aggregations"]["values"]
        yield from ((bucket["key"]["value"], bucket["doc_count"]) for bucket in found["buckets"])
        if len(found["buckets"]) < _VALUES:
            return
        paged = {**paged, "after": found["after_key"]}


def _may_be_held(name: str) -> bool:
    """Tell whether a name can be that of a report or passage; others need not be asked for, and some cannot be."""
    return name.isascii() and 0 < len(name) < _LONGEST_ID
