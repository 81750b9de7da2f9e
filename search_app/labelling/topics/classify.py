"""The topic classifier: what a heading or passage is about.

Logistic regression, one topic against the rest (a linear sum of weights, positive = the topic holds), over the
different terms of the passage, the terms of its heading at a part of their weight, the topics of the nearest heading
that names some, and the section. See Bishop, Pattern Recognition and Machine Learning, 4.3.2; the weights are learnt
by training/learn_topics.py. A passage of several sentences has a topic where it has it as a whole, where some sentences
of it have it more clearly, or where one of the matters that it numbers has it. What is no
opening and has no topic by these sums has the one that comes nearest, if that comes near. Heading topics come from the
words of topics.toml alone.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress, pairwise

import numpy as np
import numpy.typing as npt

from search_app.labelling.rule_tables import CROSSED, NAMING, topic_words
from search_app.labelling.topics.weights import BIAS, SECTION, Scores, Weights, stance, weights
from search_app.lazy_patterns import lazy_pattern
from search_app.model import SECTIONS, TOPICS

Held = npt.NDArray[np.bool_]

HEADING_PART = 0.5  # of their weight in a passage is what the terms of its heading count
_LEAST_CHARS = 30  # sentences are taken together up to this length
_LATER = 1.0  # how much more clearly some sentences must have a topic than a whole passage
_NEAR = -1.0  # what the nearest topic must reach where none holds
_OPENING = SECTIONS[0]  # may well be about nothing
_NUMBERED = lazy_pattern(
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|[（(](?:[一二三四五六七八九十]{1,2}|\d{1,2})[）)]|(?<!\d)\d{1,2}[.．、](?!\d)"
)
_LAW = lazy_pattern(r"《[^《》\n]{1,40}(?:(?<!办)法|法典|条例|准则)》")
_MEANS = lazy_pattern(
    r"(?:用|通过|利用|借助|运用|采取|采用|悬挂|张贴|出动)[^，。；：《》\n]{0,40}"
    r"(?:宣传栏|公示栏|电子屏|显示屏|公众号|微信群|朋友圈|抖音|快手|视频号|喇叭|广播|宣传车|横幅|标语|海报|展板)"
)
_SENTENCE = lazy_pattern(r"[^。；;\n]+[。；;\n]?|[。；;\n]")
_TELLING = 0.3  # the least weight of a term that is given as a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A passage as its topics are judged: its text without a run-in heading, the heading, and what is above.

    ``above`` are the topics of the nearest heading that names some. All in simplified characters.
    """

    text: str
    section: str
    heading: str = ""
    above: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def find_heading_topics(heading: str) -> tuple[str, ...]:
    """Return the topics that a heading names, or the only one that it hints at."""
    words = topic_words()
    return _topics_of(_longest(heading, (term for term in weights().vocabulary.of(heading) if term in words)))


def find_named_topics(text: str) -> tuple[str, ...]:
    """Return what :func:`find_heading_topics` does, without what makes it quick for many headings: for a question."""
    return _topics_of(_longest(text, (word for word in topic_words() if word in text)))


def _topics_of(found: Iterable[str]) -> tuple[str, ...]:
    words = topic_words()
    meanings = [meaning for word in found for meaning in words[word]]
    named = {topic for topic, kind in meanings if kind in NAMING}
    hinted = {topic for topic, kind in meanings if kind != CROSSED}
    return tuple(topic for topic in TOPICS if topic in (named or (hinted if len(hinted) == 1 else ())))


def _longest(text: str, words: Iterable[str]) -> list[str]:
    """Return the words in the order of the text without those that stand inside of others."""
    kept: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        if not any(word in longer for longer in kept):
            kept.append(word)
    return sorted(kept, key=lambda word: (text.find(word), word))


def find_topics(situations: Sequence[Situation]) -> tuple[tuple[str, ...], ...]:
    """Return the topics of each passage."""
    return tuple(tuple(compress(TOPICS, row)) for row in decide(situations).tolist())


def decide(situations: Sequence[Situation], known: Weights | None = None) -> Held:
    """Say for each passage and topic whether it holds: for the passage, or for one of the matters that it numbers."""
    if not situations:
        return np.zeros((0, len(TOPICS)), dtype=np.bool_)
    parts = [(each, *(replace(each, text=text) for text in split_matters(each.text))) for each in situations]
    summed = scores([part for each in parts for part in each], known)
    nearest = summed.max(axis=1, keepdims=True)
    told = np.array([[part.section != _OPENING] for each in parts for part in each])
    holds = (summed > 0) | ((summed == nearest) & (nearest > _NEAR) & (nearest <= 0) & told)
    starts = np.cumsum([0, *(len(each) for each in parts[:-1])])
    made: Held = np.logical_or.reduceat(holds, starts, axis=0)
    return made


def without_means(text: str) -> str:
    """Return a text without titles of laws and without the channels by which something is made known.

    They say what was learnt or by what means, not what a passage is about.
    """
    return _MEANS.sub("", _LAW.sub("《》", text))


def split_matters(text: str) -> list[str]:
    """Return the matters that a text numbers, at least two, or none."""
    starts = [found.start() for found in _NUMBERED.finditer(text)]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])] if len(starts) > 1 else []


def scores(situations: Sequence[Situation], known: Weights | None = None) -> Scores:
    """Return how much speaks for each topic in each passage; what is above zero holds."""
    known = known or weights()
    count = len(situations)
    if not count:
        return np.zeros((0, len(TOPICS)), dtype=np.float32)
    headings = tuple(dict.fromkeys(each.heading for each in situations))
    pieces: list[str] = []
    owners: list[int] = []
    firsts: list[int] = []
    for at, each in enumerate(situations):
        firsts.append(len(pieces))
        pieces += split_sentences(each.text)
        owners += [at] * (len(pieces) - firsts[-1])
    parts = known.vocabulary.found((*pieces, *headings))
    wholes = parts.gathered((*owners, *range(count, count + len(headings))))
    whole = known.sums(wholes)
    some = np.maximum.reduceat(known.sums(parts)[: len(pieces)], firsts, axis=0)
    place = {heading: at for at, heading in enumerate(headings, start=count)}
    above = HEADING_PART * whole[[place[each.heading] for each in situations]]
    named = known.named(wholes)
    beside = known.around([around(each, topics) for each, topics in zip(situations, named, strict=False)])
    made: Scores = np.maximum(whole[:count], some - np.float32(_LATER)) + above + beside
    return made


def around(seen: Situation, named: Collection[str]) -> tuple[str, ...]:
    """Return the names of the rows for what is around a passage that itself names these topics."""
    return (BIAS, SECTION + seen.section, *(stance(topic, named) for topic in seen.above))


def split_sentences(text: str) -> list[str]:
    """Part a text after its sentences, short ones taken together with those before them."""
    if len(text) <= _LEAST_CHARS:
        return [text]
    made: list[str] = []
    current = ""
    for piece in _SENTENCE.findall(text):
        if current and len(current) + len(piece) > _LEAST_CHARS:
            made.append(current)
            current = piece
        else:
            current += piece
    return [*made, current]


def evidence(text: str) -> dict[str, tuple[str, ...]]:
    """Return for each topic the words of topics.toml in the text that speak for it, as they stand."""
    words = topic_words()
    made: dict[str, list[str]] = {}
    for word in _longest(text, (term for term in weights().vocabulary.of(text) if term in words)):
        for topic, kind in words[word]:
            if kind != CROSSED and word not in made.setdefault(topic, []):
                made[topic].append(word)
    return {topic: tuple(made[topic]) for topic in TOPICS if made.get(topic)}


def find_learnt_evidence(text: str, topic: str) -> tuple[str, ...]:
    """Return the runs of the text that speak most for a topic without being in the table, the strongest first."""
    known, at = weights(), TOPICS.index(topic)
    strength = np.zeros(len(text), dtype=np.float32)
    for term in known.vocabulary.of(text):
        if (weight := float(known.of(term)[at])) >= _TELLING:
            for found in re.finditer(re.escape(term), text):
                strength[found.start() : found.end()] += weight
    runs = [
        (found.start(), found.end())
        for found in re.finditer("1+", "".join("1" if one > 0 else "0" for one in strength))
    ]
    runs.sort(key=lambda run: -float(strength[run[0] : run[1]].max()))
    return tuple(dict.fromkeys(text[start:end] for start, end in runs))
