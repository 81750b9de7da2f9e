"""Score parts: one matching row -> why it has its score, part by part.

In: the evaluation that scored it, whose sets and functions are used again for this one document, so that nothing is
reckoned here a second time. Out: an :class:`Explanation`, put together by score_sentences. The
surprise: what a meaning raises depends on the other documents of the segment, as only the best are held against it; so
these are scored once more where a tree has such a part.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from search_app.engines import score_sentences
from search_app.engines.lookup_keys import LookupKey, literal_of, split_words
from search_app.engines.score_sentences import Field, Rarity, Saturation, Spread, Tier
from search_app.engines.whoosh.index.columns import Ints
from search_app.engines.whoosh.search.evaluation import Evaluation, saturate
from search_app.engines.whoosh.search.priors import prior_numbers
from search_app.engines.whoosh.search.segment_lookup import Lookup
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
    SaysAlike,
    Search,
    SomeOf,
    Weighted,
    Words,
    Years,
)
from search_app.score import Explanation, ExplanationPart


def explain_row(evaluation: Evaluation, search: Search, row: int, before: int | None) -> Explanation:
    """Return why a row that matches a search has its score; ``before`` as of ``top_hits.count_of_town_before``."""
    columns = evaluation.columns
    spread = None if before is None else Spread(value=search.ranking.same_town**before, before=before)
    priors = columns.prior_of(row, *prior_numbers(columns, search))
    if search.query is None:
        return score_sentences.explain_score(None, priors, spread, None)
    lookup = evaluation.lookups[bisect_right(columns.bases, row) - 1]
    docs = evaluation.find_live(search.query, lookup)
    at = int(docs.searchsorted(row - lookup.base))
    tree = _Explainer(evaluation, lookup).explain(search.query, _Among(docs, at))
    tier = int(evaluation.tiers(search.first, lookup, docs[at : at + 1])[0])
    return score_sentences.explain_score(tree, priors, spread, Tier(tier, len(search.first)))


class _Among(NamedTuple):
    """A document among all those that are scored with it."""

    docs: Ints
    at: int

    @property
    def alone(self) -> Ints:
        return self.docs[self.at : self.at + 1]


class _Explainer:
    """Walks a query tree over one document of one segment."""

    def __init__(self, evaluation: Evaluation, lookup: Lookup) -> None:
        self._evaluation, self._lookup = evaluation, lookup

    def explain(self, node: Node, among: _Among) -> Explanation:
        """Return how much a node that matches adds to the document's score, and why."""
        match node:
            case Words():
                return self._explain_words(node, among)
            case Phrase():
                return self._explain_phrase(node, among)
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                matching = (child for child in children if self._matches(child, among))
                return score_sentences.explain_several(node, [self.explain(child, among) for child in matching])
            case BestOf(children=ways):
                used = (way for way in ways if self._matches(way.node, among))
                return score_sentences.explain_best([(way, self._explain_way(way.node, among)) for way in used])
            case Raised(child=child):
                return score_sentences.explain_raised(self.explain(child, among), self._explain_raisers(node, among))
            case About():
                return score_sentences.explain_nearness(node, self._score(node, among))
            case SaysAlike():
                return score_sentences.explain_likeness(node, self._score(node, among))
            case In() | Years():
                return score_sentences.explain_value(node, self._score(node, among))
            case Not():
                return score_sentences.explain_exclusion(node)

    def _explain_way(self, node: Node, among: _Among) -> Explanation:
        used = self._evaluation.used(node, self._lookup, among.docs)
        if isinstance(used, slice):
            return self.explain(node, among)
        return self.explain(node, _Among(among.docs[used], int(used.searchsorted(among.at))))

    def _matches(self, node: Node, among: _Among) -> bool:
        return bool(self._evaluation.matching.among(node, self._lookup, among.alone)[0])

    def _score(self, node: Node, among: _Among) -> float:
        return float(self._evaluation.scores(node, self._lookup, among.alone)[0])

    def _explain_raisers(self, node: Raised, among: _Among) -> Iterator[tuple[Weighted, Explanation]]:
        """Yield what raises the document, with why by so much."""
        if not any(isinstance(other.node, About) for other in node.by):
            among = _Among(among.alone, 0)  # each document is raised by itself
        scores = self._evaluation.scores(node.child, self._lookup, among.docs)
        for other, best in self._evaluation.raise_scores(node, self._lookup, among.docs, scores):
            positions = np.arange(len(among.docs))[best]
            found = np.flatnonzero(positions == among.at)
            if len(found) and self._matches(other.node, among):
                yield other, self.explain(other.node, _Among(among.docs[best], int(found[0])))

    def _explain_words(self, node: Words, among: _Among) -> Explanation:
        evaluation, split = self._evaluation, split_words(node)
        literal = None
        if self._lookup.among(split.literal, among.alone)[0]:
            literal = score_sentences.explain_literal(node, evaluation.ranking.literal, evaluation.literal_rarity(node))
        return score_sentences.explain_words(
            node, [self._explain_word(node, token, among) for token in split.tokens], literal
        )

    def _explain_word(self, node: Words, token: LookupKey, among: _Among) -> Explanation:
        docs = among.alone
        fields = [
            Field(part, int(counts[0]), float((counts * share)[0]))
            for part, counts, share in zip(
                (ExplanationPart.IN_HEADINGS, ExplanationPart.IN_TEXT),
                self._lookup.count_in(token, docs),
                self._lookup.length_shares(docs),
                strict=False,  # headings alone, where the text is not asked
            )
        ]
        weights = self._evaluation.weigh(token, self._lookup, docs)
        saturation = Saturation(float(weights[0]), float(saturate(weights, self._evaluation.ranking)[0]))
        return score_sentences.explain_word(node, token.text, self._rarity(token), reversed(fields), saturation)

    def _explain_phrase(self, node: Phrase, among: _Among) -> Explanation:
        counts = self._lookup.count_occurrences(literal_of(node), among.alone)
        saturation = Saturation(float(counts[0]), float(saturate(counts, self._evaluation.ranking)[0]))
        return score_sentences.explain_phrase(node, self._rarity(literal_of(node)), saturation)

    def _rarity(self, key: LookupKey) -> Rarity:
        evaluation = self._evaluation
        return Rarity(evaluation.rarity(key), evaluation.count(key), evaluation.columns.size)
