"""Fit the weights of terms for topics to examples.

The method is logistic regression with an L2 penalty, one topic against the rest, fitted by Nesterov's accelerated
gradient in the space that the passages span (Nesterov 1983; Bishop 2006, 4.3 and 6.1), where it is exact and
quick. What a label calls arguable counts for neither side. Weights too small to matter are dropped.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from search_app.labelling.rule_tables import WORD_WEIGHTS, topic_words
from search_app.labelling.topics import weights
from search_app.labelling.topics.classify import HEADING_PART, Situation, around
from search_app.labelling.topics.weights import ABOVE_ALONE, ABOVE_OTHER, ABOVE_SAME, BIAS, TABLE, all_runs
from search_app.model import TOPICS
from training.topic_examples import Example

_PENALTY = 4.0
_ROUNDS = 250
_FEWEST = 2  # passages that a term must stand in
_LEAST = 0.03  # the weight that a term must reach for some topic
_ABOVE_PART = 2.0  # what a topic of the headings above counts beside a term
_ABOVE = (ABOVE_SAME, ABOVE_OTHER, ABOVE_ALONE)
_THRESHOLD = -0.85  # the sum from which on a topic holds; it becomes part of the bias

Matrix = npt.NDArray[np.float64]


@cache
def _table() -> weights.Weights:
    """Return the words of the table alone, to be looked for."""
    return weights.Weights({})


@cache
def features(seen: Situation) -> dict[str, float]:
    """Return the features of a passage by name: its terms, the words of the table by topic, what is around it."""
    words = topic_words()
    made = dict.fromkeys(all_runs(seen.text), 1.0)
    for term in all_runs(seen.heading):
        made[term] = made.get(term, 0.0) + HEADING_PART
    for text, part in ((seen.text, 1.0), (seen.heading, HEADING_PART)):
        for word in words.keys() & _table().vocabulary.of(text):
            for topic, kind in words[word]:
                made[TABLE + topic] = made.get(TABLE + topic, 0.0) + part * WORD_WEIGHTS[kind]
    for name in around(seen, _table().named(_table().vocabulary.found([seen.text]))[0]):
        made[name] = _ABOVE_PART if name.startswith(_ABOVE) else 1.0
    return made


def learnt(examples: Sequence[Example]) -> dict[str, weights.Scores]:
    """Return the rows of weights that these examples teach."""
    found = [features(each.seen) for each in examples]
    often = Counter(name for each in found for name in each)
    names = sorted(name for name, count in often.items() if count >= _FEWEST or name.startswith("#"))
    place = {name: at for at, name in enumerate(names)}
    inputs = np.zeros((len(found), len(names)))
    for row, each in zip(inputs, found, strict=True):
        for name, value in each.items():
            if name in place:
                row[place[name]] = value
    wanted = np.array([[topic in each.topics for topic in TOPICS] for each in examples], dtype=np.float64)
    counts = np.array([[topic not in each.free - each.topics for topic in TOPICS] for each in examples])
    fitted = _fitted(inputs, wanted, counts.astype(np.float64))
    rows = dict(zip(names, fitted.astype(np.float32), strict=True))
    rows[BIAS] = rows[BIAS] - np.float32(_THRESHOLD)
    rows |= {name: row * np.float32(_ABOVE_PART) for name, row in rows.items() if name.startswith(_ABOVE)}
    return {name: row for name, row in rows.items() if name.startswith("#") or np.abs(row).max() >= _LEAST}


def _fitted(inputs: Matrix, wanted: Matrix, counts: Matrix) -> Matrix:
    """Return the weights (features x topics) with the least penalised loss over what counts."""
    values, vectors = np.linalg.eigh(inputs @ inputs.T)
    kept = values > 1e-6 * values[-1]
    values, vectors = values[kept], vectors[:, kept]
    spanned = vectors * np.sqrt(values)
    step = 1 / (values / 4 + _PENALTY)[:, None]
    current = ahead = np.zeros((len(values), wanted.shape[1]))
    pace = 1.0
    for _ in range(_ROUNDS):
        given = 1 / (1 + np.exp(-(spanned @ ahead)))
        slope = spanned.T @ ((given - wanted) * counts) + _PENALTY * ahead
        following, faster = ahead - step * slope, (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = following + (pace - 1) / faster * (following - current)
        current, pace = following, faster
    fitted: Matrix = inputs.T @ ((vectors / np.sqrt(values)) @ current)
    return fitted
