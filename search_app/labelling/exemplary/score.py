"""The exemplary score: 0 to 100, with reasons that quote the passage, so that a clerk can check them.

For: figures, results, a practice with a name of its own, who does what, how it goes, firsts and awards. Against:
slogans, routine, plans, problems, openings, tables. The points are here, the words in exemplary.toml. The surprise: the
score is not the sum of the points but grows ever more slowly with it, so that the best are still told apart.
"""

import math
from collections.abc import Collection, Iterator, Mapping

from search_app.labelling.exemplary.amounts import find_figures
from search_app.labelling.exemplary.evidence import Evidence, evidence
from search_app.labelling.rule_tables import exemplary_rule
from search_app.model import Exemplary

#: Points for each find, and how many finds count. Fitted by logistic regression on the sets of training/exemplary
#: (``python -m training.fit_exemplary``), rounded; honours and followers, too rare there to be fitted, and results,
#: which the judges of such reports ask for, are set by hand.
WEIGHTS: Mapping[str, tuple[int, int]] = {
    "figures": (5, 3),
    "results": (7, 3),
    "names": (24, 1),
    "steps": (8, 3),
    "rules": (22, 4),
    "posts": (6, 2),
    "honours": (15, 1),
    "followers": (12, 1),
    "slogans": (-2, 5),
    "routine": (-6, 4),
}
#: So many points give a score of 63: chosen so that EXEMPLARY_FLOOR parts yes from no where F1 is best.
_SCALE = 29
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


def rate(text: str, section: str) -> Exemplary:
    """Return how concrete and replicable the practice of a passage is, and why."""
    if text.count(_CELL) > _MOST_CELLS or text.startswith(_ATTACHED):
        return _TABLE
    if section in _WRONG_FOR:
        most, reason = _WRONG_FOR[section]
        return Exemplary(score=min(most, WEIGHTS["figures"][0] * len(set(find_figures(text)))), reasons=(reason,))
    rule = exemplary_rule()
    found = evidence(text, rule)
    if not found.done:
        return _UNDONE
    slogans = tuple(dict.fromkeys(rule.slogans.findall(text)))
    counts = features(found, slogans=slogans, routine=rule.routine.findall(text))
    points = max(0, sum(WEIGHTS[name][0] * count for name, count in counts.items()))
    score = round(100 * (1 - math.exp(-points / _SCALE)))
    return Exemplary(score=score, reasons=(*_reasons(found), *_against(slogans, len(text))))


def features(found: Evidence, *, slogans: Collection[str], routine: Collection[str]) -> dict[str, int]:
    """Return how many finds of each kind count."""
    said: dict[str, Collection[str]] = {
        "figures": found.figures,
        "results": found.results,
        "names": found.names,
        "steps": found.steps,
        "rules": found.rules,
        "posts": found.posts,
        "honours": found.honours,
        "followers": found.followers,
        "slogans": slogans,
        "routine": set(routine),
    }
    return {name: min(len(words), WEIGHTS[name][1]) for name, words in said.items()}


def _reasons(found: Evidence) -> Iterator[str]:
    """Yield what speaks for it; a clause is quoted once, though it may say both who and how."""
    rules = [one for one in found.rules if one not in found.steps]
    posts = [one for one in found.posts if one not in (*found.steps, *rules)]
    for name, words in (("有数据", found.figures), ("有成效", found.results), ("有自己的名称", found.names)):
        if words:
            yield f"{name}：{'、'.join(words[:_SHORT])}"
    for name, clauses in (
        ("写明由谁怎么做", found.steps),
        ("做法具体", rules),
        ("新设了", posts),
        ("首创或获奖", found.honours),
        ("做法被推广", [one for one in found.followers if one not in found.honours]),
    ):
        if clauses:
            yield f"{name}：{'；'.join(clauses[:_LONG])}"


def _against(slogans: tuple[str, ...], length: int) -> Iterator[str]:
    if len(slogans) >= _FEW_SLOGANS and 100 * len(slogans) / max(length, 60) >= _THIN:
        yield f"套话较多：{'、'.join(slogans[:_SHORT])}"
