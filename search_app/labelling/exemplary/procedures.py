"""Procedures: chains of steps, parts that make a whole, rules of the town's own, and what follows for whoever fails.

In goes a text that tells what was done, out come quotes. They need no figure to be copied. The surprise: a chain of
levels (镇—村—网格) or a slogan joined by + is none, and a rule counts only with a clause that says what it demands.
"""

import re
from collections.abc import Iterator

from search_app.labelling.exemplary.clauses import Quote, clause_around, cut_before, proves_nothing, quote_clause
from search_app.labelling.rule_tables import ExemplaryRule

_ITEM = "[\u4e00-\u9fffA-Za-z0-9]{2,16}"
#: Dashes and arrows stand between steps, + between parts.
_CHAIN = re.compile(f"{_ITEM}(?:(?:[—－–→➝⇒]+|-+>?){_ITEM}){{2,}}")
_PARTS = re.compile(f"{_ITEM}(?:[+＋]{_ITEM}){{2,}}")
_LINK = re.compile("[—－–→➝⇒-]")
_JOINT = re.compile("[—－–→➝⇒+＋>-]+")
_FEWEST = 3  # steps, without levels and actors
_TITLE = re.compile("《([^《》\n]{4,30})》")
_SENTENCE_END = "。；;\n"
_CLAUSES_AHEAD = 60  # within so many characters behind a title the clause stands that says what it demands


def find_chains(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield chains of steps, drawn with dashes or told as a list of steps that cases go through."""
    for found in _CHAIN.finditer(text) if _LINK.search(text) else ():
        if sum(not rule.levels.fullmatch(one) for one in _JOINT.split(found.group())) >= _FEWEST:
            yield Quote(found.group(), *found.span())
    for found in rule.handled.finditer(text):
        yield Quote(found.group(), *found.span())


def find_parts(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield what is made of three parts or more, each named."""
    for found in _PARTS.finditer(text) if "+" in text or "＋" in text else ():
        pieces = _JOINT.split(found.group())
        if not any(rule.borrowed.fullmatch(one) for one in pieces):
            yield Quote(found.group(), *found.span())


def find_orders(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield rules of the town's own with the clause that says what they demand."""
    for found in _TITLE.finditer(text):
        if not rule.own_title.search(found[1]) or not rule.issued.search(cut_before(text, found.start())):
            continue
        ending = min((at for sign in _SENTENCE_END if (at := text.find(sign, found.end())) >= 0), default=len(text))
        demand = rule.demands.search(text, found.end(), min(ending, found.end() + _CLAUSES_AHEAD))
        if demand is None or rule.issuing.search(clause_around(text, *demand.span())):
            continue
        told = quote_clause(text, demand.start(), demand.end())
        near = told.start <= found.end() + 1
        words = text[found.start() : told.end] if near else f"{found.group()}…{told.words.lstrip('…')}"
        yield Quote(words, found.start(), told.end)


def find_consequences(text: str, rule: ExemplaryRule) -> Iterator[Quote]:
    """Yield what happens to whoever fails; what law and every town demand is left out."""
    for found in rule.consequences.finditer(text):
        if text.rfind("《", 0, found.start()) > text.rfind("》", 0, found.start()):
            continue  # a title says what a rule is called
        clause = clause_around(text, *found.span())
        if not rule.household.search(clause) and not proves_nothing(clause, rule):
            yield quote_clause(text, *found.span())
