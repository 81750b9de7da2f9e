"""The exemplary score: 0 to 100, with reasons that quote the passage, so that a clerk can check them.

Two readings are added up: what can be quoted as proof (chains of steps, own rules, who does what, results; words in
exemplary.toml), and how the passage is worded altogether (weights of its terms). Both were learnt from labelled
passages by ``python -m training.fit_exemplary``, which also sets the score so that nine of ten passages that reach
EXEMPLARY_FLOOR are practice that could be copied. The surprise: numbers prove nothing by themselves.
"""

import math
from collections.abc import Collection, Iterator, Mapping

from search_app.labelling.exemplary.amounts import find_figures
from search_app.labelling.exemplary.evidence import Evidence, evidence
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.labelling.exemplary.terms import BIAS, FIND, weigh, weights
from search_app.labelling.rule_tables import exemplary_rule
from search_app.model import Exemplary

#: How many finds of each kind count.
MOST: Mapping[str, int] = {
    "chains": 2,
    "parts": 1,
    "orders": 2,
    "consequences": 3,
    "results": 3,
    "names": 2,
    "steps": 4,
    "rules": 5,
    "posts": 2,
    "honours": 1,
    "followers": 1,
    "figures": 6,
}
_MOST_SLOGANS, _MOST_ROUTINE = 5, 4
#: What proves that a way of working is told; results and honours come from many ways.
PROOFS = ("chains", "parts", "orders", "consequences", "names", "steps", "rules")
_FEWEST_CHARS, _USUAL_CHARS = 5, 100
_PER_FIGURE = 5  # points of a figure where nothing that was done is told
_NOT_DONE = "讲的是打算或不足，不是做成的事"  # many passages tell both
#: section: (most that the score can be, the reason)
_WRONG_FOR = {
    "下年度安排": (25, _NOT_DONE),
    "不足和原因": (15, _NOT_DONE),
    "导语": (20, "是开头的概述"),
    "其他": (20, "不在讲做法的部分"),
}
_UNDONE = Exemplary(score=0, reasons=(_NOT_DONE,))
_TABLE = Exemplary(score=0, reasons=("是表格或附件，不是做法",))
_ATTACHED = ("附：", "附:", "附件")
_CELL, _MOST_CELLS = " | ", 2
_SHORT, _LONG = 3, 2  # how many words, or whole clauses, a reason quotes
_FEW_SLOGANS, _THIN = 2, 1.2  # slogans, and slogans in 100 characters, from which a passage is said to be full of them
_MOST_ROUNDS = 30.0  # beyond it the exponential says 0 or 1


def rate(text: str, section: str) -> Exemplary:
    """Return how concrete and replicable the practice of a passage is, and why."""
    if text.count(_CELL) > _MOST_CELLS or text.startswith(_ATTACHED):
        return _TABLE
    if section in _WRONG_FOR:
        most, reason = _WRONG_FOR[section]
        distinct = set(find_figures(text))
        return Exemplary(score=min(most, _PER_FIGURE * len(distinct)), reasons=(reason,))
    rule = exemplary_rule()
    found = evidence(text, rule)
    if not found.done:
        return _UNDONE
    slogans = tuple(dict.fromkeys(rule.slogans.findall(found.told)))
    score = _points(found.told, features(found, slogans=slogans, routine=rule.routine.findall(found.told)))
    concrete = score >= EXEMPLARY_FLOOR
    proofs = quote_proofs(found) if concrete else ()
    return Exemplary(score=score, reasons=(*proofs, *_against(slogans, len(text))), stamped=concrete)


def _points(text: str, counts: Mapping[str, float]) -> int:
    known, table = weights()
    finds = sum(known.get(FIND + name, 0.0) * count for name, count in counts.items())
    total = known.get(BIAS, 0.0) + finds + weigh(text, table)
    return round(100 / (1 + math.exp(-max(-_MOST_ROUNDS, min(total, _MOST_ROUNDS)))))


def features(found: Evidence, *, slogans: Collection[str], routine: Collection[str]) -> dict[str, float]:
    """Return how many finds of each kind count, whether any proves a way of working, and how long the text is."""
    made: dict[str, float] = {name: min(len(getattr(found, name)), most) for name, most in MOST.items()}
    made["slogans"] = min(len(slogans), _MOST_SLOGANS)
    made["routine"] = min(len(set(routine)), _MOST_ROUTINE)
    length = math.log(max(len(found.told), _FEWEST_CHARS) / _USUAL_CHARS)
    return made | {"proved": float(_proved(found)), "length": min(length, 1.0)}


def _proved(found: Evidence) -> bool:
    return any(getattr(found, name) for name in PROOFS)


def quote_proofs(found: Evidence) -> Iterator[str]:
    """Yield what speaks for a passage; figures are told of beside something that they can be figures of."""
    for name, clauses in (
        ("自定规矩", found.orders),
        ("写明步骤", found.chains),
        ("写明组成", found.parts),
        ("写明由谁怎么做", found.steps),
        ("做法具体", found.rules),
        ("写明后果", found.consequences),
        ("有自己的名称", found.names),
        ("新设了", found.posts),
        ("有成效", found.results),
        ("首创或获奖", found.honours),
        ("做法被推广", found.followers),
    ):
        if clauses:
            most, joint = (_SHORT, "、") if name in ("有自己的名称", "有成效") else (_LONG, "；")
            yield f"{name}：{joint.join(clauses[:most])}"
    if found.figures and _proved(found):
        yield f"有数据：{'、'.join(found.figures[:_SHORT])}"


def _against(slogans: tuple[str, ...], length: int) -> Iterator[str]:
    if len(slogans) >= _FEW_SLOGANS and 100 * len(slogans) / max(length, 60) >= _THIN:
        yield f"套话较多：{'、'.join(slogans[:_SHORT])}"
