"""Passage scores: one passage that a search found -> its score, part by part, reckoned in our process.

By the same formulas as the cluster's (scripts.py), in full precision; all that comes from the cluster is how rare
things are and how long passages are on average. What is shown is scored so, whether its score is explained or not.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from search_app.engines import score_sentences
from search_app.engines.lookup_keys import LookupKey, Target, literal_of, split_words
from search_app.engines.opensearch.labels import Labels, Numbers
from search_app.engines.opensearch.rarities import Rarities
from search_app.engines.score_sentences import Field, Priors, Saturation, Spread, Tier
from search_app.language import SIGNATURE_BYTES, UNIT, cut_terms, minhash, pack_embedding, squeeze
from search_app.model import Passage, Report
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
    Words,
    Years,
)
from search_app.score import Explanation, ExplanationPart


class PassageText:
    """A passage as it is searched; each form of its text is made when it is asked for."""

    def __init__(self, passage: Passage, report: Report, numbers: Numbers) -> None:
        self.passage, self.numbers = passage, numbers
        self._title = report.title or ""

    @cached_property
    def places(self) -> dict[Target, Sequence[str]]:
        """Return the texts in which a phrase may stand."""
        above = [squeeze(heading) for heading in self.passage.headings]
        said, titled = [squeeze(self.passage.text), *above], [*above, squeeze(self._title)]
        return {Target.VERBATIM: said, Target.EITHER: said, Target.TITLE: titled, Target.HEADING: titled}

    @cached_property
    def words(self) -> Counter[str]:
        return Counter(cut_terms(self.passage.text))

    @cached_property
    def heading_words(self) -> Counter[str]:
        return Counter(word for heading in self.passage.headings for word in cut_terms(heading))

    @cached_property
    def meaning(self) -> bytes:
        last = cut_terms(self.passage.headings[-1]) if self.passage.headings else []
        return pack_embedding([*self.words.elements(), *last])

    @cached_property
    def signature(self) -> bytes:
        return minhash(self.passage.text)

    def count(self, key: LookupKey) -> int:
        """Return how often characters stand there, overlapping ones too."""
        return sum(1 for text in self.places[key.target] for _ in re.finditer(f"(?={_pattern(key)})", text))

    def holds(self, key: LookupKey) -> bool:
        """Tell whether characters stand there."""
        return bool(key.text) and any(re.search(_pattern(key), text) for text in self.places[key.target])


def _pattern(key: LookupKey) -> str:
    """Return a pattern for characters; a figure at their ends is a whole one, where the target says so."""
    pattern = re.escape(key.text)
    if key.target in (Target.EITHER, Target.HEADING):
        before, after = ("[0-9]" if key.text[at] in "0123456789" else "" for at in (0, -1))
        pattern = f"{f'(?<!{before})' if before else ''}{pattern}{f'(?!{after})' if after else ''}"
    return pattern


class PassageScorer:
    """Scores the passages of one generation by one search."""

    def __init__(self, search: Search, labels: Labels, rarities: Rarities, averages: tuple[float, float]) -> None:
        self._search, self._ranking = search, search.ranking
        self._labels, self._rarities, self._averages = labels, rarities, averages

    def explain(self, text: PassageText, before: int | None) -> Explanation:
        """Return why a passage has its score, ``before`` so many of its town; None = these do not count."""
        search = self._search
        spread = None if before is None else Spread(value=search.ranking.same_town**before, before=before)
        if search.query is None:
            return score_sentences.explain_score(None, self.priors(text.passage), spread, None)
        tree = self._explain(search.query, text)
        tier = Tier(self.tier(text), len(search.first))
        return score_sentences.explain_score(tree, self.priors(text.passage), spread, tier)

    def tier(self, text: PassageText) -> int:
        """Return which of the nodes to stand first a passage matches; their number where it matches none."""
        first = self._search.first
        return next((at for at, node in enumerate(first) if self.matches(node, text)), len(first))

    def priors(self, passage: Passage) -> Priors:
        """Return what a passage is worth whatever is asked."""
        ranking, points = self._ranking, passage.exemplary.score
        return Priors(
            practice=1 + ranking.exemplary * points / 100,
            points=points,
            section=ranking.of_section(passage.section, self._search.leaning),
            section_name=passage.section,
            wording=1 / (1 + ranking.common * math.log(passage.similar + 1)),
            similar=passage.similar,
        )

    def matches(self, node: Node, text: PassageText) -> bool:
        """Tell whether a node matches a passage."""
        match node:
            case Words():
                split = split_words(node)
                return all(map(text.holds, split.parts)) or text.holds(split.literal)
            case Phrase():
                return text.holds(literal_of(node))
            case In(facet=facet, value=value):
                return self._labels.accepts(facet, value, text.numbers)
            case Years(first=first, last=last):
                return self._labels.is_year_in(text.numbers.year, first, last)
            case Not(child=child):
                return not self.matches(child, text)
            case AllOf(children=children):
                return all(self.matches(child, text) for child in children)
            case AnyOf(children=children):
                return any(self.matches(child, text) for child in children)
            case SomeOf(children=children, least=least, weights=weights):
                counted = zip(children, weights or (1,) * len(children), strict=True)
                return sum(weight for child, weight in counted if self.matches(child, text)) >= least
            case BestOf(children=ways):
                return any(self.matches(way.node, text) for way in ways)
            case Raised(child=child):
                return self.matches(child, text)
            case About(least=least):
                return _nearness(node, text) >= least
            case SaysAlike(least=least):
                return _likeness(node, text) >= least

    def _explain(self, node: Node, text: PassageText) -> Explanation:
        match node:
            case Words():
                return self._explain_words(node, text)
            case Phrase():
                often = float(text.count(literal_of(node)))
                rarity = self._rarities.of(literal_of(node))
                return score_sentences.explain_phrase(node, rarity, Saturation(often, _saturate(often, self._ranking)))
            case In() | Years():
                return score_sentences.explain_value(node, 1.0)
            case Not():
                return score_sentences.explain_exclusion(node)
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                matching = (child for child in children if self.matches(child, text))
                return score_sentences.explain_several(node, [self._explain(child, text) for child in matching])
            case BestOf(children=ways):
                used = (way for way in ways if self.matches(way.node, text))
                return score_sentences.explain_best([(way, self._explain(way.node, text)) for way in used])
            case Raised(child=child, by=others):
                added = [(other, self._explain(other.node, text)) for other in others if self.matches(other.node, text)]
                return score_sentences.explain_raised(self._explain(child, text), added)
            case About():
                return score_sentences.explain_nearness(node, _nearness(node, text))
            case SaysAlike():
                return score_sentences.explain_likeness(node, _likeness(node, text))

    def _explain_words(self, node: Words, text: PassageText) -> Explanation:
        split, literal = split_words(node), None
        if text.holds(split.literal):
            rarity = sum(self._rarities.of(token).value for token in split.tokens)
            if not split.tokens:
                rarity = self._rarities.of(split.literal).value
            literal = score_sentences.explain_literal(node, self._ranking.literal, rarity)
        return score_sentences.explain_words(
            node, [self._explain_word(node, token, text) for token in split.tokens], literal
        )

    def _explain_word(self, node: Words, token: LookupKey, text: PassageText) -> Explanation:
        fields = list(self._fields(node, token.text, text))
        weight = sum(field.weight for field in fields) or self._ranking.fragment
        saturation = Saturation(weight, _saturate(weight, self._ranking))
        return score_sentences.explain_word(node, token.text, self._rarities.of(token), fields, saturation)

    def _fields(self, node: Words, word: str, text: PassageText) -> Iterator[Field]:
        """Yield how often a word is said in the text, unless headings alone are asked, and in the headings."""
        ranking = self._ranking
        parts = (
            (ExplanationPart.IN_TEXT, text.words, 1.0, self._averages[0]),
            (ExplanationPart.IN_HEADINGS, text.heading_words, ranking.heading, self._averages[1]),
        )
        for part, words, share, average in parts[node.field == "heading" :]:
            norm = 1 - ranking.b + ranking.b * words.total() / average
            yield Field(part, words[word], share * words[word] / norm)


def _nearness(node: About, text: PassageText) -> float:
    wanted, held = (
        np.frombuffer(each, dtype=np.int8).astype(np.int64)
        for each in (pack_embedding(cut_terms(node.text)), text.meaning)
    )
    return max(0, int(held @ wanted)) / UNIT**2


def _likeness(node: SaysAlike, text: PassageText) -> float:
    pairs = zip(minhash(node.text), text.signature, strict=True)
    return sum(one == other for one, other in pairs) / SIGNATURE_BYTES


def _saturate(often: float, ranking: Ranking) -> float:
    return often * (ranking.k1 + 1) / (often + ranking.k1)
