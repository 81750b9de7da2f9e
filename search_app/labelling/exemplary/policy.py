"""The policy on exemplary practice: from which score a passage is shown as one, and what being commonplace costs it.

In: a passage as it was rated by itself, and how many others of an index say nearly the same. Out: the passage as every
engine shows it.
"""

from dataclasses import replace

from search_app.model import Exemplary, Passage

#: A passage counts as exemplary (典型做法) from this score upwards.
EXEMPLARY_FLOOR = 60
#: What many reports say in nearly the same words is no practice of one town: points off for each doubling beyond two.
_COMMONPLACE = 10


def count_lost_points(copies: int) -> int:
    """Return the points that an exemplary score loses where so many passages, itself included, say nearly the same."""
    return _COMMONPLACE * max(0, copies.bit_length() - 2)


def settle(passage: Passage, *, similar: int) -> Passage:
    """Return a passage as an index shows it: how many others say nearly the same, and what that takes off its score."""
    rated, lost = passage.exemplary, count_lost_points(similar + 1)
    if lost and rated.score:
        reasons = (*rated.reasons, f"另有{similar}处写法相近")
        rated = Exemplary(score=max(0, rated.score - lost), reasons=reasons)
    return replace(passage, similar=similar, exemplary=rated)
