"""Hits: what stands on the page asked for, of all that a search finds: ranked, folded, spread over towns."""

from collections import Counter
from typing import NamedTuple

from search_app.engines.opensearch.asking import columns_of
from search_app.engines.opensearch.labels import Numbers, unpack_labels
from search_app.engines.opensearch.schema import Fields
from search_app.engines.opensearch.scores import Scoring, part_tier
from search_app.engines.opensearch.scripts import PLACE, script
from search_app.engines.opensearch.snapshot import Snapshot
from search_app.model import Collapse, Facet, Sort
from search_app.query import SPREAD, Search

#: The bits of a row's number below that of its report.
ROW_BITS = 20
_FOLDED_BY = {Collapse.SIMILAR: "cluster", Collapse.REPORT: "report_number"}


class Hit(NamedTuple):
    """One listed passage; ``before`` is how many of its town stand before it, None where that does not count."""

    row: int
    numbers: Numbers
    tier: int
    score: float  # to seven digits
    group: int
    similar: int
    before: int | None = None

    @property
    def report(self) -> int:
        """Return the number of its report."""
        return self.row >> ROW_BITS


def group_field(collapse: Collapse) -> str:
    """Return the field by which matches are folded."""
    return _FOLDED_BY.get(collapse, "row")


def is_spread(search: Search) -> bool:
    """Tell whether the first places of a list are spread over towns."""
    return search.sort == Sort.RELEVANCE


def list_query(snapshot: Snapshot, scoring: Scoring, search: Search, filters: list[Fields]) -> Fields:
    """Return a search for what stands on the page, of what matches the filters."""
    body = _body(snapshot, scoring.query(search, filters), search)
    start, stop = _page(search)
    return body | ({"from": 0, "size": max(stop, SPREAD)} if _spreads(search) else {"from": start, "size": search.size})


def read_hits(snapshot: Snapshot, search: Search, answer: Fields) -> list[Hit]:
    """Return what stands on the page, of the answer to :func:`list_query`."""
    hits = [_hit(hit, search) for hit in answer["hits"]["hits"]]
    start, stop = _page(search)
    return _spread(snapshot, search, hits)[start:stop] if _spreads(search) else hits


def _page(search: Search) -> tuple[int, int]:
    return (search.page - 1) * search.size, search.page * search.size


def _spreads(search: Search) -> bool:
    """Tell whether the page reaches into the places that are spread."""
    return is_spread(search) and _page(search)[0] < SPREAD


def _body(snapshot: Snapshot, query: Fields, search: Search) -> Fields:
    field = group_field(search.collapse)
    return {
        "query": query,
        "sort": _sort(snapshot, search.sort),
        "track_scores": search.sort != Sort.TOWN,
        "track_total_hits": False,
        "stored_fields": "_none_",
        "docvalue_fields": list(dict.fromkeys(("row", "labels", "similar", field))),
        **({} if search.collapse == Collapse.NONE else {"collapse": {"field": field}}),
    }


def _sort(snapshot: Snapshot, sort: Sort) -> list[Fields]:
    reading_order: list[Fields] = [{"path": "asc"}, {"number": "asc"}]
    newest: Fields = {"year": {"order": "desc", "missing": "_last"}}
    own: dict[Sort, list[Fields]] = {
        Sort.RELEVANCE: [],
        Sort.EXEMPLARY: [{"exemplary": "desc"}],
        Sort.ADDED: [{"added": "desc"}],
        Sort.NEWEST: [newest],
        Sort.OLDEST: [{"year": {"order": "asc", "missing": "_last"}}],
    }
    if sort == Sort.TOWN:
        ranks = script(PLACE, ranks=snapshot.labels.sound_ranks)
        return [{"_script": {"type": "number", "script": ranks, "order": "asc"}}, newest, *reading_order]
    return [*own[sort], {"_score": "desc"}, *reading_order]


def _hit(hit: Fields, search: Search) -> Hit:
    columns = columns_of(hit)
    tier, score = part_tier(hit["_score"] or 0.0, len(search.first))
    group = columns[group_field(search.collapse)]
    numbers, similar = unpack_labels(columns["labels"]), columns["similar"]
    return Hit(row=columns["row"], numbers=numbers, tier=tier, score=score, group=group, similar=similar)


def _spread(snapshot: Snapshot, search: Search, hits: list[Hit]) -> list[Hit]:
    """Return the first places of a list with the second, third ... passage of a town moved down, tier by tier."""
    seen: Counter[object] = Counter()
    lowered: list[Hit] = []
    for hit in hits[:SPREAD]:
        town = snapshot.labels.name_place(Facet.TOWN, hit.numbers.place) or hit.report
        lowered.append(hit._replace(score=hit.score * search.ranking.same_town ** seen[town], before=seen[town]))
        seen[town] += 1
    lowered.sort(key=lambda hit: (hit.tier, -hit.score))
    return lowered + hits[SPREAD:]
