"""Evidence of practice: what in a passage speaks for one that others could copy, in the passage's own words.

In goes a passage's text in simplified characters, out come its chains of steps, parts, rules, results, names, actors,
conditions, posts, honours and followers. The surprise: sentences that tell plans or shortcomings are left out first, so
that nothing is quoted which has not been done, and no words of the passage prove two things: who comes first has them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from search_app.labelling.exemplary.amounts import find_results, quote_figures
from search_app.labelling.exemplary.clauses import (
    Quote,
    clause_around,
    cut_before,
    find_one_per_clause,
    is_named,
    keep_finished,
    proves_nothing,
    quote_clause,
)
from search_app.labelling.exemplary.procedures import find_chains, find_consequences, find_orders, find_parts
from search_app.labelling.rule_tables import ExemplaryRule

_QUOTED = re.compile(r"“([^”“\n]{2,16})”([\u4e00-\u9fff]{0,6})")
#: A place above the town, so that a first there is a first; 社区, 小区 and 库区 are none.
_ABOVE = re.compile(
    "全[国省市县区州](?!覆盖)|[省市县州](?![场民级])|[^社小辖库矿景园片山灾林街城老新全]区(?=首|第一|率先|级|里|委)"
)

#: What is told of whoever fails (被评为“推诿”的停止推荐先进) is no award.
_PUNISHED = re.compile("停止|取消|不得|末位|约谈")
_FOLLOWING = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a practice, in the words of the passage; ``told`` is all of it but plans and shortcomings."""

    told: str = ""
    chains: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    honours: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Say whether anything is told of what was done."""
        return bool(self.told)


def evidence(text: str, rule: ExemplaryRule) -> Evidence:
    """Return what in a text speaks for a practice; no piece of it is quoted twice, for whatever reason."""
    told = keep_finished(text, rule)
    taken = bytearray(len(told))  # which characters have been quoted
    made: dict[str, tuple[str, ...]] = {}
    for kind, find in _FINDERS.items():
        said: dict[str, None] = {}
        for words, start, end in find(told, rule):
            if 1 not in taken[start:end] and (kind not in _IN_CLAUSES or len(words) >= _FEWEST):
                taken[start:end] = b"\1" * (end - start)
                said[words] = None
        made[kind] = tuple(said)
    return Evidence(told=told, **made)


def _names(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield the quoted names of the town's own practices; slogans, laws and what the whole country does are none."""
    for found in _QUOTED.finditer(text):
        inside, after = found.groups()
        if rule.common.fullmatch(inside):
            continue
        opening = cut_before(text, found.start())
        is_name = rule.name_ends.search(inside) or rule.name_begins.match(after)
        if is_name and rule.introduced.search(opening):
            yield Quote(f"“{inside}”", found.start(), found.end(1) + 1)


def _steps(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield the clauses in which somebody does something; who is only served does nothing."""
    for one in find_one_per_clause(rule.steps, text):
        if rule.served.search(cut_before(text, one.start())) or is_named(text, one.start()):
            continue
        if not proves_nothing(clause_around(text, *one.span()), rule):
            yield quote_clause(text, *one.span())


def _rules(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield the clauses that say when, how fast, on what condition or in which order; what every town has is none."""
    for one in find_one_per_clause(rule.rules, text):
        quote = quote_clause(text, *one.span())
        if is_named(text, one.start()):
            continue
        if not rule.household.search(quote.words) and not proves_nothing(clause_around(text, *one.span()), rule):
            yield quote


def _posts(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield the clauses that tell of new posts, places and tools."""
    for one in find_one_per_clause(rule.posts, text):
        quote = quote_clause(text, *one.span())
        if not rule.furniture.search(quote.words):
            yield quote


def _honours(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield firsts and awards that this town has, not those it wants or has visited."""
    for one in find_one_per_clause(rule.firsts, text):
        opening = cut_before(text, one.start())
        if _ABOVE.search(opening + one.group()) and not rule.not_yet.search(opening):
            yield quote_clause(text, *one.span())
    for one in find_one_per_clause(rule.awards, text):
        punished = _PUNISHED.search(text, one.start(), one.end() + _FOLLOWING)
        if not punished and not rule.not_yet.search(cut_before(text, one.start())):
            yield quote_clause(text, *one.span())


def _followers(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield where it is told that others have taken a practice over, or come to see it."""
    for one in find_one_per_clause(rule.visited, text):
        if not rule.not_yet.search(cut_before(text, one.start())):
            yield quote_clause(text, *one.span())
    for one in find_one_per_clause(rule.spread, text):
        opening = cut_before(text, one.start())
        known = rule.spreadable.search(opening) and _ABOVE.search(opening)
        if known and not rule.not_yet.search(opening):
            yield quote_clause(text, *one.span())


def _figures(text: str, _: ExemplaryRule) -> Iterator[Quote]:
    return quote_figures(text)


#: What is quoted in whole clauses, and so many characters of one say something by themselves.
_IN_CLAUSES, _FEWEST = frozenset(("steps", "rules", "posts", "consequences")), 5
#: In the order in which they have the words of a passage: what is rarer and proves more comes first.
_FINDERS: Mapping[str, Callable[[str, ExemplaryRule], Iterator[Quote]]] = {
    "orders": find_orders,
    "chains": find_chains,
    "parts": find_parts,
    "honours": _honours,
    "followers": _followers,
    "consequences": find_consequences,
    "results": find_results,
    "names": _names,
    "steps": _steps,
    "rules": _rules,
    "posts": _posts,
    "figures": _figures,
}
