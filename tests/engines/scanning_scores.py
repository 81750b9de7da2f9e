"""How the oracle matches and scores: one passage at a time, as the formulas are written in books."""

import math
import re

import numpy as np

from search_app.engines.score_sentences import Field, Priors, Rarity
from search_app.language import (
    SIGNATURE_BYTES,
    UNIT,
    find_whole_words,
    tokenize,
)
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
    SaysAlike,
    Search,
    SomeOf,
    Words,
    Years,
)
from search_app.score import ExplanationPart
from tests.engines.scanning_shelf import Shelf, embedding, signature, squeezed


class Scorer:
    """Matching and BM25F by the book, over all passages of the index."""

    def __init__(self, shelf: Shelf, search: Search) -> None:
        self.shelf, self.names = shelf, shelf.names
        self.tokens, self.average = shelf.tokens, shelf.average
        self.ranking, self.leaning = search.ranking, search.leaning

    def matches(self, node: Node, report: Report, passage: Passage) -> bool:
        match node:
            case Words():
                texts = self._texts(node, report, passage)
                if self._contains(node.text, texts, whole_figures=True):
                    return True
                return not node.whole and self._holds_words(node, texts)
            case Phrase():
                return self._contains(node.text, self._texts(node, report, passage))
            case In(facet=facet, value=value):
                return self.names.accepts(facet, value, report, passage)
            case Years(first=first, last=last):
                return report.year is not None and (first or 0) <= report.year <= (last or 9999)
            case Not(child=child):
                return not self.matches(child, report, passage)
            case AllOf(children=children):
                return all(self.matches(child, report, passage) for child in children)
            case AnyOf(children=children):
                return any(self.matches(child, report, passage) for child in children)
            case SomeOf(children=children, least=least, weights=weights):
                counted = zip(children, weights or (1,) * len(children), strict=True)
                return sum(weight for child, weight in counted if self.matches(child, report, passage)) >= least
            case BestOf(children=ways):
                return any(self.matches(way.node, report, passage) for way in ways)
            case Raised(child=child):
                return self.matches(child, report, passage)
            case About(least=least):
                return self.nearness(node, passage) >= least
            case SaysAlike(least=least):
                return self.likeness(node, passage) >= least

    def _holds_words(self, node: Words, texts: list[str]) -> bool:
        """Tell whether texts hold all words, signs and all; lone characters beside words decide nothing."""
        wholes = {token.text for token in find_whole_words(node.text)}
        deciding = {word for word in wholes if len(word) > 1} or wholes
        return bool(deciding) and all(self._contains(word, texts, whole_figures=True) for word in deciding)

    def score(self, query: Node | None, report: Report, passage: Passage) -> float:
        relevance = self.relevance(query, report, passage) if query is not None else 0.0
        priors = self.priors(passage)
        return (1 + relevance) * priors.practice * priors.section * priors.wording

    def tier(self, first: tuple[Node, ...], report: Report, passage: Passage) -> int:
        matching = (at for at, node in enumerate(first) if self.matches(node, report, passage))
        return next(matching, len(first))

    def priors(self, passage: Passage) -> Priors:
        if self.leaning:
            section = 1 if passage.section in self.leaning else self.ranking.elsewhere
        else:
            section = dict(self.ranking.sections).get(passage.section, 1)
        return Priors(
            practice=1 + self.ranking.exemplary * passage.exemplary.score / 100,
            points=passage.exemplary.score,
            section=section,
            section_name=passage.section,
            wording=1 / (1 + self.ranking.common * math.log(passage.similar + 1)),
            similar=passage.similar,
        )

    def relevance(self, node: Node, report: Report, passage: Passage) -> float:
        match node:
            case In() | Years():
                return 1.0
            case Not():
                return 0.0
            case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
                return sum(
                    self.relevance(child, report, passage) for child in children if self.matches(child, report, passage)
                )
            case BestOf(children=ways):
                return max(
                    (
                        way.weight * self.relevance(way.node, report, passage)
                        for way in ways
                        if self.matches(way.node, report, passage)
                    ),
                    default=0.0,
                )
            case Raised(child=child, by=others):
                return self.relevance(child, report, passage) + sum(
                    other.weight * self.relevance(other.node, report, passage)
                    for other in others
                    if self.matches(other.node, report, passage)
                )
            case About():
                return self.nearness(node, passage)
            case SaysAlike():
                return self.likeness(node, passage)
            case Phrase():
                return self.rarity(node).value * self.saturated(self.occurrences(node, report, passage))
            case Words():
                wanted = self.wanted(node)
                total = sum(self._bm25f(token, passage, node) for token in wanted)
                if self.literally(node, report, passage):
                    total += self.ranking.literal * self.literal_rarity(node)
                return total

    @staticmethod
    def wanted(node: Words) -> list[str]:
        return sorted({token.text for token in tokenize(node.text)})

    def literally(self, node: Words, report: Report, passage: Passage) -> bool:
        return self._contains(node.text, self._texts(node, report, passage), whole_figures=True)

    def literal_rarity(self, node: Words) -> float:
        wanted = self.wanted(node)
        return sum(self.word_rarity(token, node).value for token in wanted) if wanted else self.rarity(node).value

    def occurrences(self, node: Phrase, report: Report, passage: Passage) -> int:
        texts = self._texts(node, report, passage)
        needle = squeezed(node.text)
        return sum(squeezed(text).startswith(needle, at) for text in texts for at in range(len(text)))

    @staticmethod
    def nearness(node: About, passage: Passage) -> float:
        wanted, own = embedding(node.text), embedding(passage.text, *passage.headings[-1:])
        return max(0, int(own.astype(np.int64) @ wanted.astype(np.int64))) / UNIT**2

    @staticmethod
    def likeness(node: SaysAlike, passage: Passage) -> float:
        pairs = zip(signature(node.text), signature(passage.text), strict=True)
        return sum(one == other for one, other in pairs) / SIGNATURE_BYTES

    def _bm25f(self, token: str, passage: Passage, node: Words) -> float:
        return self.word_rarity(token, node).value * self.saturated(self.weight(token, passage, node))

    def weight(self, token: str, passage: Passage, node: Words) -> float:
        return sum(field.weight for field in self.fields(token, passage, node)) or self.ranking.fragment

    def fields(self, token: str, passage: Passage, node: Words) -> tuple[Field, Field]:
        text, headings = self.tokens[passage.id]
        if node.field == "heading":
            text = []
        return (
            Field(ExplanationPart.IN_TEXT, text.count(token), text.count(token) / self._norm(text, 0)),
            Field(
                ExplanationPart.IN_HEADINGS,
                headings.count(token),
                self.ranking.heading * headings.count(token) / self._norm(headings, 1),
            ),
        )

    def saturated(self, often: float) -> float:
        return often * (self.ranking.k1 + 1) / (often + self.ranking.k1)

    def _norm(self, tokens: list[str], field: int) -> float:
        return 1 - self.ranking.b + self.ranking.b * len(tokens) / self.average[field]

    def word_rarity(self, token: str, node: Words) -> Rarity:
        fields = (1,) if node.field == "heading" else (0, 1)
        return self._rarity(max(sum(token in both[field] for both in self.tokens.values()) for field in fields))

    def rarity(self, node: Words | Phrase) -> Rarity:
        literal = Phrase(text=node.text, field=node.field) if isinstance(node, Phrase) else node
        return self._rarity(sum(self._literal(literal, report, passage) for report, passage in self.shelf.pairs))

    def _literal(self, node: Words | Phrase, report: Report, passage: Passage) -> bool:
        return self._contains(node.text, self._texts(node, report, passage), whole_figures=isinstance(node, Words))

    def _rarity(self, holding: int) -> Rarity:
        size = len(self.shelf.pairs)
        return Rarity(math.log(1 + (size - holding + 0.5) / (holding + 0.5)), holding, size)

    @staticmethod
    def _texts(node: Words | Phrase, report: Report, passage: Passage) -> list[str]:
        if node.field == "heading":
            return [*passage.headings, report.title or ""]
        return [passage.text, *passage.headings]

    @staticmethod
    def _contains(text: str, places: list[str], *, whole_figures: bool = False) -> bool:
        needle = squeezed(text)
        if not needle:
            return False
        pattern = re.escape(needle)
        if whole_figures:
            pattern = f"{'(?<![0-9])' if needle[0] in '0123456789' else ''}{pattern}"
            pattern += "(?![0-9])" if needle[-1] in "0123456789" else ""
        return any(re.search(pattern, squeezed(place)) for place in places)
