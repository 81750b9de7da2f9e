"""Topics: what a heading or passage is about, by the words of topics.toml."""

from search_app.labelling.tables import TopicRule, topic_rules

_ENOUGH_SHORT, _SHORT = 2, 100
_ENOUGH = 3
_ENOUGH_OPENING = 6
_AGREES = 2  # with what the heading says
_HINTS_ALONE = 3  # different hints that are as good as a clear word


def heading_topics(heading: str) -> tuple[str, ...]:
    """Return the topics that a heading names."""
    return tuple(rule.name for rule in topic_rules() if _names(rule, heading))


def passage_topics(
    text: str, inherited: tuple[str, ...], *, certain: tuple[str, ...] = (), opening: bool = False
) -> tuple[str, ...]:
    """Return the topics of a passage: what it says itself, and what the heading says where the text agrees.

    ``text`` comes without its run-in heading, whose topics are ``certain`` if it heads nothing else. One clear word is
    enough in a short passage; a long one must say more. An opening (导语) touches everything: only what it dwells on
    counts there.
    """
    scores = {rule.name: _score(rule, text) for rule in topic_rules()}
    enough = _ENOUGH_OPENING if opening else _ENOUGH_SHORT if len(text) < _SHORT else _ENOUGH
    own = {name for name, score in scores.items() if score >= enough}
    own |= set(certain)
    own |= {name for name in inherited if scores[name] >= _AGREES}
    if not own and not opening:
        own = set(inherited)
    return tuple(rule.name for rule in topic_rules() if rule.name in own)


def evidence(text: str) -> dict[str, tuple[str, ...]]:
    """Return for each topic the words of the text that speak for it."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in topic_rules():
        kept = rule.without.crossed_out(text)
        if words := (*rule.proper.found(kept), *rule.clear.found(kept), *rule.hints.found(kept)):
            found[rule.name] = tuple(dict.fromkeys(words))
    return found


def _names(rule: TopicRule, heading: str) -> bool:
    kept = rule.without.crossed_out(heading)
    return rule.proper.any_in(kept) or rule.clear.any_in(kept) or rule.hints.any_in(kept)


def _score(rule: TopicRule, text: str) -> int:
    """Weigh the words found: points for each time, for a hint once; characters count once."""
    kept = rule.without.crossed_out(text)
    if proper := rule.proper.found(kept):
        kept = rule.proper.crossed_out(kept)
    if clear := rule.clear.found(kept):
        kept = rule.clear.crossed_out(kept)
    hints = len(set(rule.hints.found(kept)))
    if not proper and not clear and hints < _HINTS_ALONE:
        return min(hints, 1)
    return 3 * len(proper) + 2 * len(clear) + hints
