"""Topics: what a heading or passage is about, by the words of topics.toml."""

from functools import lru_cache

from search_app.labelling.tables import topic_lexicon
from search_app.model import TOPICS

_ENOUGH_SHORT, _SHORT = 2, 100
_ENOUGH = 3
_ENOUGH_OPENING = 6
_AGREES = 2  # with what the heading says
_HINTS_ALONE = 3  # different hints that are as good as a clear word


@lru_cache(maxsize=4096)
def heading_topics(heading: str) -> tuple[str, ...]:
    """Return the topics that a heading names."""
    found = topic_lexicon().findings(heading)
    return tuple(name for name in TOPICS if name in found and any(found[name][1:]))


def passage_topics(
    text: str, inherited: tuple[str, ...], *, certain: tuple[str, ...] = (), opening: bool = False
) -> tuple[str, ...]:
    """Return the topics of a passage: what it says itself, and what the heading says where the text agrees.

    ``text`` comes without its run-in heading, whose topics are ``certain`` if it heads nothing else. One clear word is
    enough in a short passage; a long one must say more. An opening (导语) touches everything: only what it dwells on
    counts there.
    """
    scores = {name: _score(rows) for name, rows in topic_lexicon().findings(text).items()}
    enough = _ENOUGH_OPENING if opening else _ENOUGH_SHORT if len(text) < _SHORT else _ENOUGH
    own = {name for name, score in scores.items() if score >= enough}
    own |= set(certain)
    own |= {name for name in inherited if scores.get(name, 0) >= _AGREES}
    if not own and not opening:
        own = set(inherited)
    return tuple(name for name in TOPICS if name in own)


def evidence(text: str) -> dict[str, tuple[str, ...]]:
    """Return for each topic the words of the text that speak for it."""
    found = topic_lexicon().findings(text)
    words = {
        name: tuple(dict.fromkeys(word for row in found[name][1:] for word in row)) for name in TOPICS if name in found
    }
    return {name: some for name, some in words.items() if some}


def _score(rows: list[list[str]]) -> int:
    """Weigh the words found: three points for a proper one, two for a clear one, one for each different hint."""
    _, proper, clear, hints = rows
    different = len(set(hints))
    if not proper and not clear and different < _HINTS_ALONE:
        return min(different, 1)
    return 3 * len(proper) + 2 * len(clear) + different
