"""Topics: what a heading or passage is about, by the words of topics.toml.

Each topic gets points for the words found; a topic holds where its points are enough for the length of the passage and
not far behind the strongest topic's. What the headings above speak of counts as points too, so a passage whose own
words are weak follows its heading. Nothing at all is worse than the best guess with a word to show for it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from search_app.labelling.tables import topic_lexicon
from search_app.model import TOPICS

_PROPER, _CLEAR, _HINT, _AGAIN = 3.0, 2.0, 0.5, 0.5
_MOST_HINTS, _MOST_AGAIN = 3, 2
_HEADED = 2.0  # points for a topic of the heading above
_ENOUGH, _PER_100 = 2.0, 1.0  # points a topic needs, and how many more per 100 characters
_SHARE = 0.3  # of the strongest topic's points
_NAMED_SHARE = 0.3  # the same for a topic that is named outright
_ENOUGH_OPENING = 7.0
_SHORT = 40  # characters up to which no more points are asked for
_LIST, _SHORTEST_ITEM = 2, 6  # items from which on a passage is a list, each with topics of its own
_BEST_GUESS = 1.0  # points that the strongest topic needs where none has enough
_ITEM_SHARE = 0.7
_ITEM = re.compile(
    r"\n|(?<=[。；;：:])(?=[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、]|[.．](?!\d)|是|要))|(?<=[。；;])(?=第[一二三四五六七八九十][，、])"
)
_LONGEST = 300  # characters from which on no more are


@lru_cache(maxsize=4096)
def heading_topics(heading: str) -> tuple[str, ...]:
    """Return the topics that a heading names."""
    scores, _ = _scores(heading)
    named = tuple(name for name in TOPICS if scores.get(name, 0.0) >= _CLEAR)
    return named or (tuple(scores) if len(scores) == 1 else ())


def passage_topics(
    text: str, inherited: tuple[str, ...], *, certain: tuple[str, ...] = (), opening: bool = False
) -> tuple[str, ...]:
    """Return the topics of a passage: what it says itself, and what the heading says where the text agrees.

    ``text`` comes without its run-in heading, whose topics are ``certain`` if it heads nothing else. An opening (导语)
    touches everything: only what it dwells on counts there.
    """
    if opening:
        return _strong(_scores(text)[0], _ENOUGH_OPENING)
    pieces = [piece for piece in _ITEM.split(text) if len(piece) > _SHORTEST_ITEM]
    if len(pieces) < _LIST:
        found = _of_text(text, inherited, certain)
    else:
        found = {name for piece in pieces for name in _of_text(piece, inherited, (), share=_ITEM_SHARE)} | {*certain}
    return tuple(name for name in TOPICS if name in found)


def _of_text(text: str, inherited: tuple[str, ...], certain: tuple[str, ...], *, share: float = _SHARE) -> set[str]:
    scores, named = _scores(text)
    for name in {*inherited, *certain}:
        scores[name] = scores.get(name, 0.0) + _HEADED
    length = max(0, min(len(text), _LONGEST) - _SHORT)
    found = {*certain, *_strong(scores, _ENOUGH + _PER_100 * length / 100, share)}
    found |= {name for name in named if scores[name] >= max(share, _NAMED_SHARE) * max(scores.values())}
    if not found and (best := max(scores.values(), default=0.0)) >= _BEST_GUESS:
        first = {name for name in scores if scores[name] == best}
        found = first if len(first) == 1 else first & set(inherited)
    return found


def _strong(scores: Mapping[str, float], enough: float, share: float = _SHARE) -> tuple[str, ...]:
    """Return the topics with enough points that are not far behind the strongest."""
    least = max(enough, share * max(scores.values(), default=0.0))
    return tuple(name for name in TOPICS if scores.get(name, 0.0) >= least)


def evidence(text: str) -> dict[str, tuple[str, ...]]:
    """Return for each topic the words of the text that speak for it."""
    found = topic_lexicon().findings(text)
    words = {
        name: tuple(dict.fromkeys(word for row in found[name][1:] for word in row)) for name in TOPICS if name in found
    }
    return {name: some for name, some in words.items() if some}


def _scores(text: str) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the points of every topic that has some, and the topics that are named outright."""
    found = topic_lexicon().findings(text)
    made = {name: _score(rows) for name, rows in found.items()}
    named = tuple(name for name, rows in found.items() if rows[1])
    return {name: points for name, points in made.items() if points}, named


def _score(rows: list[list[str]]) -> float:
    """Weigh the words found: proper and clear ones, what is said again, and different hints."""
    _, proper, clear, hints = rows
    points = _HINT * min(len(set(hints)), _MOST_HINTS) if hints else 0.0
    if not proper and not clear:
        return points
    different = len(set(proper)), len(set(clear))
    again = min(len(proper) + len(clear) - sum(different), _MOST_AGAIN)
    return points + _PROPER * different[0] + _CLEAR * different[1] + _AGAIN * again
