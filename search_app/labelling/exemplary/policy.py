"""The policy on exemplary practice: what is concrete enough, what is scarce enough to carry the stamp 典型做法.

In: a passage as it was rated by itself, how many others of an index say nearly the same, and the index's stamp floor.
Out: the passage as every engine shows it. The surprise: from EXEMPLARY_FLOOR upwards a passage tells something that can
be copied, whatever else there is; the stamp goes to the best fifth of what an index tells of things done, because where
most towns write concretely a stamp on most passages would help nobody to choose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from search_app.model import Exemplary, Passage

#: From this score upwards a passage tells concretely of practice; nothing below carries the stamp.
EXEMPLARY_FLOOR = 60
#: The part of a report whose passages are compared with each other.
RANKED_SECTION = "主要举措和成效"
_BEST = 5  # one of so many carries the stamp
_FEWEST_RANKED = 50  # of fewer passages a fifth says nothing: all that are concrete carry it
_HIGHEST = 100
#: What many reports say in nearly the same words is no practice of one town: points off for each doubling beyond two.
_COMMONPLACE = 10


def find_stamp_floor(counts: Sequence[int]) -> int:
    """Return the score from which on passages carry the stamp, given how many of what was done have each of 0 to 100.

    Passages of one score are treated alike, so that a few more may carry it, or a few less.
    """
    if sum(counts) < _FEWEST_RANKED:
        return EXEMPLARY_FLOOR
    above = list(accumulate(reversed(counts)))  # passages that reach 100, 99, ...
    wanted = sum(counts) / _BEST
    return max(EXEMPLARY_FLOOR, min(range(_HIGHEST + 1), key=lambda score: abs(above[_HIGHEST - score] - wanted)))


def count_scores(scores: Iterable[int]) -> tuple[int, ...]:
    """Return how often each score from 0 to 100 is reached."""
    counts = [0] * (_HIGHEST + 1)
    for score in scores:
        counts[score] += 1
    return tuple(counts)


def count_lost_points(copies: int) -> int:
    """Return the points that an exemplary score loses where so many passages, itself included, say nearly the same."""
    return _COMMONPLACE * max(0, copies.bit_length() - 2)


def settle(passage: Passage, *, similar: int, stamp_floor: int) -> Passage:
    """Return a passage as an index shows it: how many say nearly the same, what that costs its score, its stamp."""
    exemplary = settle_exemplary(passage.exemplary, similar=similar, stamp_floor=stamp_floor)
    return replace(passage, similar=similar, exemplary=exemplary)


def settle_exemplary(rated: Exemplary, *, similar: int, stamp_floor: int) -> Exemplary:
    """Return how exemplary a passage is shown to be that so many others say nearly the same as."""
    lost = count_lost_points(similar + 1)
    score, reasons = rated.score, rated.reasons
    if lost and score:
        score, reasons = max(0, score - lost), (*reasons, f"另有{similar}处写法相近")
    return Exemplary(score=score, reasons=reasons, stamped=score >= stamp_floor)
