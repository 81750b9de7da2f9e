"""Evidence of practice: what in a passage speaks for one that others could copy, in the passage's own words.

In goes a passage's text in simplified characters, out come its figures, results, names, steps, rules, new posts,
honours and followers. The surprise: sentences that tell plans or shortcomings are left out first, so that nothing is
quoted which has not been done.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search_app.labelling.exemplary.amounts import find_figures, find_results
from search_app.labelling.exemplary.clauses import cut_before, find_one_per_clause, keep_finished, quote_clause
from search_app.labelling.rule_tables import ExemplaryRule

_QUOTED = re.compile(r"“([^”“\n]{2,16})”([\u4e00-\u9fff]{0,6})")
#: A place above the town, so that a first there is a first; 社区, 小区 and 库区 are none.
_ABOVE = re.compile(
    "全[国省市县区州](?!覆盖)|[省市县州](?![场民级])|[^社小辖库矿景园片山灾林街城老新全]区(?=首|第一|率先|级|里|委)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a practice, in the words of the passage; ``done`` is false where all of it was left out."""

    done: bool = True
    figures: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    honours: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()


def evidence(text: str, rule: ExemplaryRule) -> Evidence:
    """Return what in a text speaks for a practice; nothing is quoted twice."""
    told = keep_finished(text, rule)
    if not told:
        return Evidence(done=False)
    return Evidence(
        figures=_distinct(find_figures(told)),
        results=_distinct(find_results(told, rule)),
        names=_distinct(_names(told, rule)),
        steps=_distinct(_steps(told, rule)),
        rules=_distinct(_rules(told, rule)),
        posts=_distinct(_posts(told, rule)),
        honours=_distinct(_honours(told, rule)),
        followers=_distinct(_followers(told, rule)),
    )


def _names(text: str, rule: ExemplaryRule) -> Iterator[str]:
    """Yield the quoted names of the town's own practices; slogans, laws and what the whole country does are none."""
    for found in _QUOTED.finditer(text):
        inside, after = found.groups()
        if rule.common.fullmatch(inside):
            continue
        opening = cut_before(text, found.start())
        introduced = rule.introduced.search(opening)
        if not introduced and rule.not_own.search(opening):
            continue
        if introduced or rule.name_begins.match(after) or rule.name_ends.search(inside):
            yield f"“{inside}”"


def _steps(text: str, rule: ExemplaryRule) -> Iterator[str]:
    """Yield the clauses in which somebody does something; who is only served does nothing."""
    for one in find_one_per_clause(rule.steps, text):
        opening = cut_before(text, one.start())
        if not rule.served.search(opening) and opening.rfind("“") <= opening.rfind("”"):
            yield quote_clause(text, one)


def _rules(text: str, rule: ExemplaryRule) -> Iterator[str]:
    """Yield the clauses that say when, how fast, on what condition or in which order; what every town has is none."""
    for one in find_one_per_clause(rule.rules, text):
        words = quote_clause(text, one)
        if not rule.household.search(words):
            yield words


def _posts(text: str, rule: ExemplaryRule) -> Iterator[str]:
    """Yield the clauses that tell of new posts, places and tools."""
    for one in find_one_per_clause(rule.posts, text):
        words = quote_clause(text, one)
        if not rule.furniture.search(words):
            yield words


def _honours(text: str, rule: ExemplaryRule) -> Iterator[str]:
    """Yield firsts and awards that this town has, not those it wants or has visited."""
    for one in find_one_per_clause(rule.firsts, text):
        opening = cut_before(text, one.start())
        if _ABOVE.search(opening + one.group()) and not rule.not_yet.search(opening):
            yield quote_clause(text, one)
    for one in find_one_per_clause(rule.awards, text):
        if not rule.not_yet.search(cut_before(text, one.start())):
            yield quote_clause(text, one)


def _followers(text: str, rule: ExemplaryRule) -> Iterator[str]:
    """Yield where it is told that others have taken a practice over, or come to see it."""
    for one in find_one_per_clause(rule.visited, text):
        if not rule.not_yet.search(cut_before(text, one.start())):
            yield quote_clause(text, one)
    for one in find_one_per_clause(rule.spread, text):
        opening = cut_before(text, one.start())
        known = rule.spreadable.search(opening) and _ABOVE.search(opening)
        if known and not rule.not_yet.search(opening):
            yield quote_clause(text, one)


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for one in found if (words := one.strip())))
