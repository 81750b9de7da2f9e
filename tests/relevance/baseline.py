"""What any competent engineer would build in a day: jieba's search-mode words, joined by or, ranked by BM25.

In: the passages of a corpus and a query; out: passage ids, best first. Each passage is one text: its report's title,
the headings above it, its own words. Lucene's BM25 with its defaults (k1 = 1.2, b = 0.75), written out here so that
nothing of the product has a part in it; plain jieba with its own dictionary, no folding, no relaxation.
"""

import math
from collections import Counter, defaultdict
from functools import cache
from typing import Any

from tests.relevance.judging import Shelf

K1, B = 1.2, 0.75


class Baseline:
    """An index in memory."""

    def __init__(self, shelf: Shelf) -> None:
        self._postings: dict[str, dict[str, int]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        for passage in shelf.passages.values():
            title = shelf.reports[passage.report].title or ""
            words = _words("\n".join((title, *passage.headings, passage.text)))
            self._lengths[passage.id] = len(words)
            for word, count in Counter(words).items():
                self._postings[word][passage.id] = count
        self._mean = sum(self._lengths.values()) / len(self._lengths)

    def ranked(self, text: str) -> list[str]:
        """Return the ids of all passages that hold a word of the query, best first."""
        scores: dict[str, float] = defaultdict(float)
        for word in dict.fromkeys(_words(text)):
            held = self._postings.get(word, {})
            rarity = math.log(1 + (len(self._lengths) - len(held) + 0.5) / (len(held) + 0.5))
            for passage, count in held.items():
                length = 1 - B + B * self._lengths[passage] / self._mean
                scores[passage] += rarity * count * (K1 + 1) / (count + K1 * length)
        return sorted(scores, key=lambda passage: (-scores[passage], passage))


def _words(text: str) -> list[str]:
    return [word for word in _jieba().cut_for_search(text.lower()) if any(map(str.isalnum, word))]


@cache
def _jieba() -> Any:
    """Return jieba as it comes, apart from the product's own with its dictionary of terms."""
    import jieba

    jieba.setLogLevel("WARNING")
    return jieba.Tokenizer()
