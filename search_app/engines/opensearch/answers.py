"""Answers: one search of one generation, in few round trips.

First the counts, which also tell whether the generation is still the one in use, and how rare what is new in the query
is; with these, or after, the list; then what stands on the page, to be shown, and how many each match stands for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from search_app.engines.lineage import find_generation, name_of, number_of
from search_app.engines.lookup_keys import LookupKey
from search_app.engines.opensearch.asking import columns_of
from search_app.engines.opensearch.hits import Hit, group_field, is_spread, list_query, read_hits
from search_app.engines.opensearch.labels import unpack_labels
from search_app.engines.opensearch.lookups import find_passages, heads_query, read_heads, shown
from search_app.engines.opensearch.masks import mask, scored_keys
from search_app.engines.opensearch.passage_scores import PassageScorer, PassageText
from search_app.engines.opensearch.schema import MAX_WINDOW, PASSAGE, Fields, all_of, none_of
from search_app.engines.opensearch.scores import Scoring
from search_app.engines.opensearch.snapshot import Snapshot, Superseded
from search_app.engines.opensearch.tally import Tally, Totals
from search_app.engines.score_sentences import not_found, not_held
from search_app.errors import NoSuchReport
from search_app.model import Collapse, Facet, Found, Match, Report
from search_app.query import SPREAD, Search
from search_app.score import Explanation


class Answering:
    """One search of one generation."""

    def __init__(self, snapshot: Snapshot, search: Search) -> None:
        self._snapshot, self._search = snapshot, search
        self._filters = self._matching()
        selection = search.selection
        labels = snapshot.labels
        ticked = [labels.accepting(facet, selection.of(facet)) for facet in Facet if selection.of(facet)]
        excluded = [labels.accepting(facet, selection.excluded(facet)) for facet in Facet if selection.excluded(facet)]
        self._chosen = [*self._filters, *ticked, *([none_of(*excluded)] if excluded else [])]

    def _matching(self) -> list[Fields]:
        """Return the filters that keep what matches, before anything is ticked or excluded."""
        search, snapshot = self._search, self._snapshot
        filters: list[Fields] = [snapshot.keep({"term": {"role": PASSAGE}})]
        if search.query is not None:
            filters.append(mask(search.query, snapshot.labels))
        if search.exemplary:
            filters.append({"range": {"exemplary": {"gte": snapshot.manifest.stamp_floor}}})
        if search.since is not None:
            after = number_of(find_generation(search.since, snapshot.manifest.status).name)
            filters.append({"range": {"added": {"gt": after}}})
        if search.like is not None:
            filters.append(self._of_likeness(search.like, is_like=True))
        if search.unlike is not None:
            filters.append(self._of_likeness(search.unlike, is_like=False))
        return filters

    def _of_likeness(self, named: str, *, is_like: bool) -> Fields:
        """Return a filter for what says nearly the same as a passage, or for what of other reports does not."""
        found = find_passages(self._snapshot, [named])
        if named not in found:
            raise NoSuchReport(f"索引里没有编号为 {named} 的段落")
        columns = columns_of(found[named])
        alike = {"term": {"cluster": columns["cluster"]}}
        if is_like:
            return all_of(alike, must_not=[{"term": {"row": columns["row"]}}])
        return none_of(alike, {"term": {"report": columns["report"]}})

    def find(self) -> Found:
        """Return the answer. Raises Superseded."""
        totals, hits = self._find_all()
        passages = self._snapshot.manifest.passages
        return Found(
            total=totals.total,
            reports=totals.reports,
            listed=totals.listed,
            matches=tuple(self._matches(hits)),
            facets=totals.facets,
            generation=self._snapshot.manifest.name,
            looked_at=passages,
            held=passages,
        )

    def count(self) -> int:
        """Return how many passages are found. Raises Superseded."""
        body = {"size": 0, "track_total_hits": True, "query": all_of(*self._chosen)}
        (answer,) = self._snapshot.ask_now(body)
        total: int = answer["hits"]["total"]["value"]
        return total

    def explain(self, passage_ids: Sequence[str]) -> tuple[Explanation, ...]:
        """Return why passages have their scores. Raises Superseded, NoSuchPassage."""
        snapshot, search = self._snapshot, self._search
        self._learn_rarities()
        listed = self._list(replace(search, page=1, size=SPREAD)) if is_spread(search) else []
        before = {hit.row: hit.before for hit in listed}
        held = find_passages(snapshot, passage_ids)
        found = self._found({columns_of(hit)["row"] for hit in held.values()})
        for passage_id in passage_ids:
            if passage_id not in held:
                raise not_held(passage_id)
            if columns_of(held[passage_id])["row"] not in found:
                raise not_found(passage_id)
        heads = self._heads({columns_of(hit)["report_number"] for hit in held.values()})
        return tuple(self._explain(held[each], heads, before) for each in passage_ids)

    def _found(self, rows: set[int]) -> set[int]:
        """Return which of the rows the search finds."""
        query = all_of(*self._chosen, {"terms": {"row": sorted(rows)}})
        (answer,) = self._snapshot.ask(
            {"size": len(rows), "query": query, "stored_fields": "_none_", "docvalue_fields": ["row"]}
        )
        return {columns_of(hit)["row"] for hit in answer["hits"]["hits"]}

    def _heads(self, numbers: set[int]) -> dict[int, Report]:
        (answer,) = self._snapshot.ask(heads_query(self._snapshot, sorted(numbers)))
        return read_heads(self._snapshot, answer)

    def _explain(self, hit: Fields, heads: Mapping[int, Report], before: Mapping[int, int | None]) -> Explanation:
        columns = columns_of(hit)
        passage, report = self._snapshot.passage(hit), heads[columns["report_number"]]
        text = PassageText(passage, report, unpack_labels(columns["labels"]))
        return self._scorer.explain(text, before.get(columns["row"]))

    def _find_all(self) -> tuple[Totals, list[Hit]]:
        """Return the counts, and what stands on the page, in one request where it is known how rare all is that scores.

        Raises Superseded.
        """
        snapshot, search = self._snapshot, self._search
        tally = Tally(snapshot.labels, search)
        counted = {"size": 0, "query": all_of(*self._filters), "aggs": {"tally": tally.aggregation()}}
        keys = self._unknown_keys()
        at_once = not keys and search.page * search.size <= MAX_WINDOW
        listing = [list_query(snapshot, self._scoring, search, self._chosen)] if at_once else []
        answer, *others = snapshot.ask_now(counted, *listing, *snapshot.rarities.bodies(keys))
        totals = tally.read(answer["aggregations"]["tally"], search)
        if at_once:
            return totals, read_hits(snapshot, search, others[0])
        snapshot.rarities.learn(keys, others)
        return totals, self._list(search) if (search.page - 1) * search.size < totals.total else []

    def _list(self, search: Search) -> list[Hit]:
        (answer,) = self._snapshot.ask(list_query(self._snapshot, self._scoring, search, self._chosen))
        return read_hits(self._snapshot, search, answer)

    def _unknown_keys(self) -> list[LookupKey]:
        """Return what scores, and of which it is not known how rare it is."""
        query = self._search.query
        return self._snapshot.rarities.unknown(scored_keys(query) if query is not None else ())

    def _learn_rarities(self) -> None:
        """Learn how rare is what scores. Raises Superseded."""
        keys, rarities = self._unknown_keys(), self._snapshot.rarities
        rarities.learn(keys, self._snapshot.ask_now(*rarities.bodies(keys)))

    @cached_property
    def _scoring(self) -> Scoring:
        snapshot = self._snapshot
        return Scoring(snapshot.labels, snapshot.rarities, snapshot.manifest.averages, self._search.ranking)

    @cached_property
    def _scorer(self) -> PassageScorer:
        snapshot = self._snapshot
        return PassageScorer(self._search, snapshot.labels, snapshot.rarities, snapshot.manifest.averages)

    def _matches(self, hits: Sequence[Hit]) -> Iterator[Match]:
        """Yield what is shown of each listed passage."""
        if not hits:
            return
        snapshot = self._snapshot
        rows = snapshot.keep({"terms": {"row": [hit.row for hit in hits]}})
        heads = {hit.report: head for hit in hits if (head := snapshot.heads.get(hit.report)) is not None}
        unknown = sorted({hit.report for hit in hits} - heads.keys())
        asked = [heads_query(snapshot, unknown)] if unknown else []
        folded = [self._folded(hits)] if self._may_fold(hits) else []
        passages, *answers = snapshot.ask(shown(rows, len(hits)), *asked, *folded)
        held = {columns_of(hit)["row"]: hit for hit in passages["hits"]["hits"]}
        if unknown:
            heads |= read_heads(snapshot, answers[0])
            snapshot.learn_heads(heads)
        if len(held) < len(hits) or any(hit.report not in heads for hit in hits):
            raise Superseded  # so many generations have come meanwhile that this one was cleared away
        sizes = _sizes(answers[-1]) if folded else {}
        for hit in hits:
            found = held[hit.row]
            yield Match(
                passage=snapshot.passage(found),
                report=heads[hit.report],
                score=self._explain(found, heads, {hit.row: hit.before}).value,
                stands_for=sizes.get(hit.group, 1) - 1,
                added=name_of(columns_of(found)["added"]),
            )

    def _may_fold(self, hits: Sequence[Hit]) -> bool:
        """Tell whether a listed passage may stand for others."""
        collapse = self._search.collapse
        return collapse == Collapse.REPORT or (collapse == Collapse.SIMILAR and any(hit.similar for hit in hits))

    def _folded(self, hits: Sequence[Hit]) -> Fields:
        """Return a search that counts how many passages are found in each group that is listed."""
        field, groups = group_field(self._search.collapse), sorted({hit.group for hit in hits})
        return {
            "size": 0,
            "query": all_of(*self._chosen, {"terms": {field: groups}}),
            "aggs": {"groups": {"terms": {"field": field, "size": len(groups)}}},
        }


def _sizes(answer: Fields) -> dict[int, int]:
    """Return how many passages each group has."""
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["groups"]["buckets"]}
