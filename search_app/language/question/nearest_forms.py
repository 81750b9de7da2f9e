"""Nearest forms: the spoken forms of the table that are written most like a text of which nothing is known.

In: a typed text. Out: what reports write for the forms nearest to it, nearest first. Near is the cosine between their
characters and pairs of characters, each counted by how few forms have it (tf-idf over character n-grams): 骗婚 is none,
but 婚 and 骗 say more of it than nothing. It is a guess, and whoever shows it says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from math import log, sqrt
from typing import NamedTuple

from search_app.language.analysis.folding import squeeze
from search_app.language.question.everyday import UNSURE, EverydayForm, everyday_forms
from search_app.language.question.synonyms import Wording

#: What is less like a text has no more than a common character with it.
LEAST = 0.35
#: Wordings of so many forms are returned.
FORMS = 2


def find_nearest_wordings(text: str) -> tuple[Wording, ...]:
    """Return what reports write for the spoken forms nearest to a text; empty where none is near."""
    typed = _vector(_grams(squeeze(text)))
    scores: dict[int, float] = defaultdict(float)
    for gram, weight in typed.items():
        for at, other in _index().postings.get(gram, ()):
            scores[at] += weight * other
    nearest = sorted(((score, -at) for at, score in scores.items() if score >= LEAST), reverse=True)
    forms = dict.fromkeys(_index().forms[-at] for _, at in nearest)
    wordings = [each for form in list(forms)[:FORMS] for each in form.officials if each.weight > UNSURE]
    return tuple(dict.fromkeys(wordings))


class _Index(NamedTuple):
    """The words of all forms: ``forms[n]`` is the form of word n, ``postings`` n-gram -> (word, weight)."""

    forms: tuple[EverydayForm, ...]
    postings: Mapping[str, list[tuple[int, float]]]


@cache
def _index() -> _Index:
    words = [(word, form) for form in everyday_forms() for word in _said(form)]
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, (word, _) in enumerate(words):
        for gram, weight in _vector(_grams(word)).items():
            postings[gram].append((at, weight))
    return _Index(tuple(form for _, form in words), postings)


@cache
def _rarity() -> Mapping[str, float]:
    """Return n-gram -> its inverse document frequency over forms."""
    forms = everyday_forms()
    held = Counter(gram for form in forms for gram in {gram for word in _said(form) for gram in _grams(word)})
    return {gram: log(1 + len(forms) / count) for gram, count in held.items()}


def _said(form: EverydayForm) -> Iterator[str]:
    """Yield the words of a form that say something by themselves."""
    yield from (word for part in form.parts for word in part if len(word) > 1)


def _grams(text: str) -> Counter[str]:
    return Counter(text) + Counter(text[at : at + 2] for at in range(len(text) - 1))


def _vector(grams: Mapping[str, int]) -> dict[str, float]:
    """Return n-gram -> weight, of length 1; what no form has counts as the rarest."""
    rarity, rarest = _rarity(), log(1 + len(everyday_forms()))
    weights = {gram: count * rarity.get(gram, rarest) for gram, count in grams.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {gram: weight / length for gram, weight in weights.items()}
