"""Telling terms: the words that say what a passage is about, and how much each tells; others are found by them.

In: a passage, its report, and how many passages hold each word. Out: at most MOST terms, the most telling first. A word
tells the more the rarer it is (inverse document frequency) and the nearer its meaning lies to that of the whole passage
(the cosine of latent semantic analysis): 拆除 and 耕地 tell of 拆违, 全部 and 开展 stand in it by chance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import ceil, log
from typing import NamedTuple

from search_app.language import FAINT, cut_terms, embed, find_synonyms, tokenize
from search_app.language.question.synonyms import NEAR, Wording
from search_app.model import Passage, Report

#: How many terms a passage is sought by; more of them tell less and take longer.
MOST = 12
#: The most telling term counts so many times as much as one that tells least.
LEVELS = 8
#: A word that both a passage and the heading right above it say is its subject.
_NAMED_ABOVE = 1.3
#: How near a word without a known meaning is taken to be to the passage: most names of things are such.
_UNKNOWN = 0.3
#: A word that so few passages hold finds nothing elsewhere.
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, how much it tells (1 to LEVELS), and other wordings of it."""

    text: str
    level: int
    others: tuple[Wording, ...] = ()


class _Span(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class _Candidate:
    text: str
    holding: int
    spans: list[_Span]
    others: tuple[Wording, ...] = ()


def pick_telling_terms(passage: Passage, report: Report, holding: Mapping[str, int], size: int) -> tuple[Term, ...]:
    """Return the terms that tell what a passage is about; ``holding`` says how many of ``size`` passages hold a word.

    Of words that share characters the one that tells more stands for both. Figures, single characters and the names of
    the report's own places tell nothing of what others do.
    """
    heading = passage.headings[-1] if passage.headings else ""
    text = f"{heading}\n{passage.text}"
    places = "".join(name for name in (report.town, report.county, report.city, report.province) if name)
    candidates = [each for each in _find(text, holding) if each.holding >= _FEWEST and each.text not in places]
    worth = _weigh(candidates, text, len(heading), size)
    ranked = sorted(candidates, key=lambda each: (-worth[each.text], -len(each.text), each.text))
    chosen = list(_apart(each for each in ranked if worth[each.text] > 0))[:MOST]
    most = worth[chosen[0].text] if chosen else 1.0
    return tuple(
        Term(text=each.text, level=ceil(LEVELS * worth[each.text] / most), others=each.others) for each in chosen
    )


def _find(text: str, holding: Mapping[str, int]) -> Iterator[_Candidate]:
    """Yield the words of a text that may tell, and the entries of the table of synonyms that stand in it."""
    found: dict[str, _Candidate] = {}
    for word, start, end in tokenize(text):
        if len(word) > 1 and word not in FAINT and not word[0].isdigit():
            found.setdefault(word, _Candidate(word, holding.get(word, 0), [])).spans.append(_Span(start, end))
    for entry in find_synonyms(text):
        word = text[entry.start : entry.end]
        known = found.setdefault(word, _Candidate(word, holding.get(word, 0), []))
        known.others = entry.others
        known.spans.append(_Span(entry.start, entry.end))
    for known in found.values():
        pieces = [token.text for token in tokenize(known.text) if 1 < len(token.text) < len(known.text)]
        if pieces:  # a passage may hold the piece that tells of the whole: 租赁合同 is told of by 租赁
            rarest = min(pieces, key=lambda piece: holding.get(piece, 0))
            known.others = (*known.others, Wording(text=rarest, weight=NEAR))
            known.holding = known.holding or holding.get(rarest, 0)
        if known.others:
            known.holding = max(known.holding, _FEWEST)
    yield from found.values()


def _weigh(candidates: list[_Candidate], text: str, above: int, size: int) -> dict[str, float]:
    """Return how much each word tells of a text, whose first so many characters are its heading."""
    meaning = embed(cut_terms(text))
    worth = {}
    for each in candidates:
        own = embed(cut_terms(each.text))
        near = _UNKNOWN if own is None or meaning is None else float(own @ meaning)
        named_above = any(span.start < above for span in each.spans) and any(span.start > above for span in each.spans)
        rarity = log((size + 1) / (each.holding + 0.5))
        worth[each.text] = rarity * near * (_NAMED_ABOVE if named_above else 1)
    return worth


def _apart(ranked: Iterator[_Candidate]) -> Iterator[_Candidate]:
    """Yield those that share no character with one before them."""
    taken: set[int] = set()
    for each in ranked:
        places = set(chain.from_iterable(range(*span) for span in each.spans))
        if not places & taken:
            taken |= places
            yield each
