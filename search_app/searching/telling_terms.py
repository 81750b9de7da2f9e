"""Telling terms: the words that say what a passage is about, and how much each tells; others are found by them.

In: a passage, its report, and how many passages hold each word. Out: at most MOST terms, the most telling first. A word
tells the more the rarer it is (inverse document frequency), the nearer its meaning lies to that of the whole passage
(the cosine of latent semantic analysis), and the oftener the passage says it: 拆除 and 耕地 tell of 拆违, 全部 and 开展
stand in it by chance. It has to be rare in the same part of the reports, too: all shortcomings say 存在 and 不够; and
in what people write of anything, for in few reports 进入 and 发生 are as rare as 欠薪 and 征收.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log, log2
from typing import NamedTuple

from search_app.language import FAINT, SAID, cut_terms, embed, find_synonyms, how_often_said, is_known, tokenize
from search_app.language.analysis.han_numbers import ANY_NUMERAL
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
#: Said once more, a word is worth so much more for each doubling.
_SAID_AGAIN = 0.2
#: A word that stands so often in general texts is said of anything and worth this share; one that stands at most so
#: often there is worth all.
_OF_ANYTHING, _SHARE, _OF_A_FIELD = 30_000, 0.2, 100
#: A word that so few passages hold finds nothing elsewhere.
_FEWEST = 2
#: Of so many words that tell most in the whole index it is asked how rare they are in the part, where that has so many
#: passages at least.
_ASKED, _FEWEST_OF_PART = 3 * MOST, 30
#: How much and how many (八个, 三十年, 余人, 一起), how well (成功率), when: figures tell nothing, in words neither.
_COUNTING = re.compile(
    f"[{ANY_NUMERAL}几余数每多第].?"
    "(分钟?|小时|平方米?|公里|万元|星期|季度|公斤|[个名人件起次年月日天时周户家批场项条处回台片种类成倍元亩里岁])?"
    "|[今去当本全同上前后每]年|上年度|[同年]期|期内|年[内初底末]|同比|周末|[每周][周月天一二三四五六日]|每周.|[白今]天|[上下]午"
    "|.+率"
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The passages of the same part of the reports: how many there are, and what tells how many of them hold a word."""

    size: int
    count: Callable[[str], int]


def pick_telling_terms(
    passage: Passage, report: Report, holding: Mapping[str, int], size: int, part: Part | None = None
) -> tuple[Term, ...]:
    """Return the terms that tell what a passage is about; ``holding`` says how many of ``size`` passages hold a word.

    Of words that share characters the one that tells more stands for both. Figures, single characters and the names of
    the report's own places tell nothing of what others do.
    """
    heading = passage.headings[-1] if passage.headings else ""
    text = f"{heading}\n{passage.text}"
    places = "".join(name for name in (report.town, report.county, report.city, report.province) if name)
    candidates = [each for each in _find(text, holding) if each.holding >= _FEWEST and each.text not in places]
    worth = _weigh(candidates, text, len(heading), size)
    if part is not None and part.size >= _FEWEST_OF_PART:
        for each in _ranked(candidates, worth)[:_ASKED]:
            in_all, in_part = _rarity(size, each.holding), _rarity(part.size, part.count(each.text))
            worth[each.text] *= min(1, in_part / in_all)
    ranked = _ranked(candidates, worth)
    chosen = list(_apart(each for each in ranked if worth[each.text] > 0))[:MOST]
    most = worth[chosen[0].text] if chosen else 1.0
    levels = (round(LEVELS * worth[each.text] / most) for each in chosen)
    return tuple(
        Term(text=each.text, level=level, others=each.others)
        for each, level in zip(chosen, levels, strict=True)
        if level
    )


def _ranked(candidates: list[_Candidate], worth: Mapping[str, float]) -> list[_Candidate]:
    return sorted(candidates, key=lambda each: (-worth[each.text], -len(each.text), each.text))


def _rarity(size: int, holding: int) -> float:
    return log((size + 1) / (holding + 0.5))


def _find(text: str, holding: Mapping[str, int]) -> Iterator[_Candidate]:
    """Yield the words of a text that may tell, and the entries of the table of synonyms that stand in it."""
    found: dict[str, _Candidate] = {}
    for word, start, end in tokenize(text):
        if len(word) > 1 and word not in FAINT and not word[0].isdigit() and not _COUNTING.fullmatch(word):
            found.setdefault(word, _Candidate(word, holding.get(word, 0), [])).spans.append(_Span(start, end))
    for entry in find_synonyms(text):
        word = text[entry.start : entry.end]
        if _COUNTING.fullmatch(word):
            continue
        known = found.setdefault(word, _Candidate(word, holding.get(word, 0), []))
        known.others = entry.others
        known.spans.append(_Span(entry.start, entry.end))
    for known in found.values():
        pieces = [token.text for token in tokenize(known.text) if 1 < len(token.text) < len(known.text)]
        if pieces:  # a passage may hold the piece that tells of the whole: 租赁合同 is told of by 租赁
            rarest = min(pieces, key=lambda piece: holding.get(piece, 0))
            known.others = (*known.others, Wording(text=rarest, weight=NEAR))
            known.holding = known.holding or holding.get(rarest, 0)
        if known.others:  # it is as rare as all that says the same
            said = (holding.get(other.text, 0) for other in known.others if other.weight >= NEAR)
            known.holding = max(known.holding, _FEWEST, *said)
    yield from found.values()


def _weigh(candidates: list[_Candidate], text: str, above: int, size: int) -> dict[str, float]:
    """Return how much each word tells of a text, whose first so many characters are its heading."""
    meaning = embed(cut_terms(text))
    worth = {}
    for each in candidates:
        words = cut_terms(each.text)
        own = embed(words) if is_known(words) else None
        near = _UNKNOWN if own is None or meaning is None else float(own @ meaning)
        named_above = any(span.start < above for span in each.spans) and any(span.start > above for span in each.spans)
        told = (1 + _SAID_AGAIN * log2(len(each.spans))) * (_NAMED_ABOVE if named_above else 1)
        worth[each.text] = _rarity(size, each.holding) * near * told * _of_its_field(each.text)
    return worth


def _of_its_field(word: str) -> float:
    """Return how little a word is used outside a field: from _SHARE to 1."""
    least, most = log(SAID / _OF_ANYTHING), log(SAID / _OF_A_FIELD)
    rarity = log(SAID / max(how_often_said(word), 1))
    return min(1.0, max(_SHARE, (rarity - least) / (most - least)))


def _apart(ranked: Iterator[_Candidate]) -> Iterator[_Candidate]:
    """Yield those that share no character with one before them."""
    taken: set[int] = set()
    for each in ranked:
        places = set(chain.from_iterable(range(*span) for span in each.spans))
        if not places & taken:
            taken |= places
            yield each
