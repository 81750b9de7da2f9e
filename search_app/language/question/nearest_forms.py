"""Nearest forms: the spoken forms of the table that are written most like a text of which nothing is known.

In: a typed text. Out: what reports write for the forms nearest to it, nearest first. Near is the cosine between their
characters and pairs of characters, each counted by how few words of the table have it (tf-idf over character n-grams):
骗婚 is none, but 婚 and 骗 say more of it than nothing. It is a guess, and whoever shows it says so.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from search_app.language.analysis.folding import squeeze
from search_app.language.question.everyday import UNSURE, form_words, get_form
from search_app.language.question.synonyms import Wording

#: What is less like a text has no more than a common character with it.
LEAST = 0.35
#: Wordings of so many forms are returned.
FORMS = 2


def find_nearest_wordings(text: str) -> tuple[Wording, ...]:
    """Return what reports write for the spoken forms nearest to a text; empty where none is near."""
    index, grams = _index(), _grams(squeeze(text))
    weights = {gram: index.rarity.get(gram, index.rarest) for gram in grams}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    scores: dict[int, float] = defaultdict(float)
    for gram in grams:
        for at in index.postings.get(gram, ()):
            scores[at] += weights[gram] ** 2 / (length * index.lengths[at])
    nearest = sorted(((score, -at) for at, score in scores.items() if score >= LEAST), reverse=True)
    forms = dict.fromkeys(form for _, at in nearest for form in index.forms[-at])
    wordings = [each for at in list(forms)[:FORMS] for each in get_form(at).officials if each.weight > UNSURE]
    return tuple(dict.fromkeys(wordings))


class _Index(NamedTuple):
    """The words of all forms (W words, G n-grams), made at once: some 50 ms.

    ``forms[w]`` are the forms of word w, ``lengths[w]`` is the length of its vector; ``rarity`` is the inverse document
    frequency over words, ``rarest`` that of an n-gram that none has, ``postings`` n-gram -> words.
    """

    forms: tuple[tuple[int, ...], ...]
    lengths: tuple[float, ...]
    rarity: Mapping[str, float]
    rarest: float
    postings: Mapping[str, list[int]]


@cache
def _index() -> _Index:
    # A word of one character says nothing by itself.
    words = [(word, places) for word, places in form_words()[0].items() if len(word) > 1]
    grams = [_grams(word) for word, _ in words]
    postings: dict[str, list[int]] = defaultdict(list)
    for at, held in enumerate(grams):
        for gram in held:
            postings[gram].append(at)
    rarity = {gram: log(1 + len(words) / len(held)) for gram, held in postings.items()}
    return _Index(
        forms=tuple(tuple(form for form, _ in places) for _, places in words),
        lengths=tuple(sqrt(sum(rarity[gram] ** 2 for gram in held)) for held in grams),
        rarity=rarity,
        rarest=log(1 + len(words)),
        postings=postings,
    )


def _grams(text: str) -> frozenset[str]:
    return frozenset(text) | frozenset(map("".join, pairwise(text)))
