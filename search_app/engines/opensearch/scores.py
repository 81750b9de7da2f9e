"""Scores: a query tree -> a query for the cluster that scores what the tree matches, as the formulas are written."""

import math
from typing import NamedTuple

from search_app.engines.lookup_keys import LookupKey, literal_of, split_words
from search_app.engines.opensearch.documents import short
from search_app.engines.opensearch.labels import Labels
from search_app.engines.opensearch.masks import holding, mask, meaning, signature
from search_app.engines.opensearch.rarities import Rarities
from search_app.engines.opensearch.schema import Fields, all_of, any_of, constant
from search_app.engines.opensearch.scripts import LIKENESS, NEARNESS, PHRASE, WORDS, WORTH, script
from search_app.language import UNIT
from search_app.query import (
    About,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    Ranking,
    SaysAlike,
    Search,
    SomeOf,
    Weighted,
    Words,
    Years,
)

#: Tiers stand powers of two apart, which changes no digit of a score: this many there are for all tiers within the
#: range of a float, from the lowest up. No score is below 2 ** -_SMALLEST.
_POWERS, _LOWEST, _SMALLEST = 220, -100, 6


class Scoring(NamedTuple):
    """What scores are made of: the numbers of the ranking, and what is known of the generation."""

    labels: Labels
    rarities: Rarities
    averages: tuple[float, float]
    ranking: Ranking

    def query(self, search: Search, filters: list[Fields]) -> Fields:
        """Return a query that scores what filters keep, tier by tier, and whatever is asked: what it is worth."""
        must = [] if search.query is None else [self.score(search.query)]
        ranking = self.ranking
        shares = [ranking.of_section(section, search.leaning) for section, _ in self.labels.registers.kinds]
        worth = script(WORTH, practice=ranking.exemplary, common=ranking.common, sections=shares)
        found = {"bool": {"must": must, "filter": filters}}
        return self._tiered(search, {"script_score": {"query": found, "script": worth}})

    def _tiered(self, search: Search, query: Fields) -> Fields:
        if not search.first:
            return query
        tiers = len(search.first)
        filters = [*(mask(node, self.labels) for node in search.first), {"match_all": {}}]
        functions = [{"filter": one, "weight": _factor(tier, tiers)} for tier, one in enumerate(filters)]
        return {
            "function_score": {
                "query": query,
                "functions": functions,
                "score_mode": "first",
                "boost_mode": "multiply",
            }
        }

    def score(self, node: Node) -> Fields:
        """Return a query that matches what a node does, and scores it."""
        match node:
            case Words():
                return self._words(node)
            case Phrase():
                return self._phrase(literal_of(node))
            case In() | Years():
                return constant(mask(node, self.labels), 1.0)
            case Not():
                return constant(mask(node, self.labels), 0.0)
            case AllOf(children=children):
                return {"bool": {"must": [self.score(child) for child in children]}} if children else _NEUTRAL
            case AnyOf(children=children):
                return any_of(*map(self.score, children))
            case SomeOf(children=children):
                held = [mask(node, self.labels)]
                return {"bool": {"filter": held, "should": [self.score(child) for child in children]}}
            case BestOf(children=ways):
                return {"dis_max": {"queries": [self._weighted(way) for way in ways], "tie_breaker": 0.0}}
            case Raised(child=child, by=others):
                return {"bool": {"must": [self.score(child)], "should": [self._raising(each) for each in others]}}
            case About():
                return {"script_score": {"query": mask(node, self.labels), "script": _nearness(node)}}
            case SaysAlike():
                alike = script(LIKENESS, none=0.0, wanted=signature(node))
                return {"script_score": {"query": mask(node, self.labels), "script": alike}}

    def _weighted(self, each: Weighted) -> Fields:
        return {"bool": {"must": [self.score(each.node)], "boost": each.weight}}

    def _raising(self, each: Weighted) -> Fields:
        """Return a query that adds to what is found; the nearness of what is not near is 0, which needs no filter."""
        if not isinstance(each.node, About):
            return self._weighted(each)
        near = {"query": {"match_all": {}}, "script": _nearness(each.node), "boost": each.weight}
        return {"script_score": near}

    def _words(self, node: Words) -> Fields:
        split, held = split_words(node), mask(node, self.labels)
        rarities = [self.rarities.of(token).value for token in split.tokens]
        literal = self.ranking.literal * (sum(rarities) if rarities else self.rarities.of(split.literal).value)
        always = split.parts == (split.literal,)
        beside = [] if always else [constant(holding(split.literal), literal)]
        if not rarities:
            return constant(held, literal) if always else {"bool": {"filter": [held], "should": beside}}
        base = literal if always else 0.0
        exact = {"script_score": {"query": all_of(held), "script": self._bm25f(node, split.tokens, rarities, base)}}
        return {"bool": {"must": [exact], "should": beside}}

    def _bm25f(self, node: Words, tokens: tuple[LookupKey, ...], rarities: list[float], base: float) -> Fields:
        ranking = self.ranking
        return script(
            WORDS,
            words=[short(token.text) for token in tokens],
            rarities=rarities,
            base=base,
            in_text=node.field != "heading",
            text_average=self.averages[0],
            headings_average=self.averages[1],
            heading=ranking.heading,
            fragment=ranking.fragment,
            k1=ranking.k1,
            b=ranking.b,
        )

    def _phrase(self, key: LookupKey) -> Fields:
        if not key.text:
            return {"match_none": {}}
        rarity = self.rarities.of(key).value
        ranking = self.ranking
        counted = script(PHRASE, characters=len(key.text), rarity=rarity, k1=ranking.k1)
        return {"script_score": {"query": holding(key), "script": counted}}


def _nearness(node: About) -> Fields:
    unit = float(UNIT**2)
    return script(NEARNESS, none=0.0, wanted=meaning(node), least=node.least * unit, unit=unit)


_NEUTRAL: Fields = constant({"match_all": {}}, 0.0)


def _factor(tier: int, tiers: int) -> float:
    """Return what the scores of a tier are multiplied by, so that all are above those of the next one."""
    return 2.0 ** (_LOWEST + _POWERS // tiers * (tiers - tier))


def part_tier(score: float, tiers: int) -> tuple[int, float]:
    """Return the tier of a passage that the cluster gave a score, and its score without that."""
    if not tiers or not score:
        return 0, score
    tier = tiers - int(math.log2(score) - _LOWEST + _SMALLEST) // (_POWERS // tiers)
    return tier, score / _factor(tier, tiers)
