"""Fit the points of the exemplary score on labelled passages: ``python -m training.fit_exemplary``.

In go the passages of the sets in training/exemplary that tell what was done, out come points for each kind of find,
scaled to those that the program uses. Logistic regression with a ridge; good finds may not get negative points, bad
ones none above zero; arguable passages count as half a no, so that they end below a yes.
"""

import math
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search_app.labelling.exemplary.evidence import evidence
from search_app.labelling.exemplary.score import WEIGHTS, features
from search_app.labelling.rule_tables import exemplary_rule
from training.exemplary_sets import EASY, exemplary_sets_in, labelled

FOLDER = Path(__file__).parent / "exemplary"
SETS = exemplary_sets_in(FOLDER)
BY_HAND = ("results", "honours", "followers")  # left out of the scale, see WEIGHTS
RIDGE, ROUNDS, STEP = 0.01, 20_000, 0.05

Numbers = npt.NDArray[np.float64]


def counted(text: str) -> list[int]:
    """Return how many finds of each kind count in a text."""
    rule = exemplary_rule()
    found = evidence(text, rule)
    slogans = tuple(dict.fromkeys(rule.slogans.findall(text)))
    made = features(found, slogans=slogans, routine=rule.routine.findall(text))
    return [made[name] if found.done else 0 for name in WEIGHTS]


def fitted(finds: Numbers, yes: Numbers, weight: Numbers) -> Numbers:
    """Return a weight for each kind of find, by gradient descent."""
    sign = np.array([math.copysign(1, points) for points, _ in WEIGHTS.values()])
    made, constant = np.zeros(finds.shape[1]), 0.0
    for _ in range(ROUNDS):
        off = (1 / (1 + np.exp(-(finds @ made + constant))) - yes) * weight / weight.sum()
        made -= STEP * (finds.T @ off + RIDGE * made)
        constant -= STEP * float(off.sum())
        made = np.where(made * sign < 0, 0, made)
    return made


def main() -> int:
    """Print the points beside those that the program uses."""
    passages = [one for path in SETS for one in labelled(path) if one.section not in EASY]
    made = fitted(
        np.array([counted(one.text) for one in passages], dtype=np.float64),
        np.array([one.label == "yes" for one in passages], dtype=np.float64),
        np.array([0.5 if one.label == "arguable" else 1.0 for one in passages]),
    )
    learnt = [name not in BY_HAND for name in WEIGHTS]
    used = np.array([points for points, _ in WEIGHTS.values()])
    scale = np.abs(used[learnt]).sum() / np.abs(made[learnt]).sum()
    for (name, (points, most)), weight in zip(WEIGHTS.items(), made, strict=True):
        print(f"{name:10} fitted {scale * weight:6.1f}   used {points:4}, at most {most} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
