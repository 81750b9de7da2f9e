"""Fit the weights of terms for topics to examples.

The method is logistic regression with an L2 penalty, one topic against the rest, fitted by Nesterov's accelerated
gradient in the space that the passages span (Nesterov 1983; Bishop 2006, 4.3 and 6.1), where it is exact and
quick. What a label calls arguable counts for neither side. Weights too small to matter are dropped.

The surprise: beside its terms a passage has themes, the directions in which terms stand together in passages (latent
semantic analysis, Deerwester et al. 1990). Their weights come cheap, so that a term which few labelled passages hold
learns from the terms that it stands together with. They are added up into the weights of terms: nothing is to be
looked up but these.
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
_THEMES = 60
_THEME_PART = 8.0  # how long the themes of a passage are on average, where a term is 1 long
_TURNS = 5  # after which the themes no longer change
_THRESHOLD = -0.6  # the sum from which on a topic holds; it becomes part of the bias

Matrix = npt.NDArray[np.float32]


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
    inputs = np.zeros((len(found), len(names)), dtype=np.float32)
    for row, each in zip(inputs, found, strict=True):
        for name, value in each.items():
            if name in place:
                row[place[name]] = value
    wanted = np.array([[topic in each.topics for topic in TOPICS] for each in examples], dtype=np.float32)
    counts = np.array([[topic not in each.free - each.topics for topic in TOPICS] for each in examples])
    themes = _themes(inputs, np.array([not name.startswith("#") for name in names]))
    fitted = _fitted(np.hstack((inputs, inputs @ themes)), wanted, counts.astype(np.float32))
    rows = dict(zip(names, fitted[: len(names)] + themes @ fitted[len(names) :], strict=True))
    rows[BIAS] = rows[BIAS] - np.float32(_THRESHOLD)
    rows |= {name: row * np.float32(_ABOVE_PART) for name, row in rows.items() if name.startswith(_ABOVE)}
    return {name: row for name, row in rows.items() if name.startswith("#") or np.abs(row).max() >= _LEAST}


def _themes(inputs: Matrix, terms: npt.NDArray[np.bool_]) -> Matrix:
    """Return the themes (features x themes): what each term counts in each, nothing for what is no term."""
    rarity = np.log(len(inputs) / (inputs != 0).sum(axis=0)).astype(np.float32) * terms
    seen = inputs * rarity
    seen /= np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    spanned = np.random.default_rng(0).standard_normal((len(seen), 2 * _THEMES), dtype=np.float32)
    for _ in range(_TURNS):
        spanned = np.linalg.qr(seen @ (seen.T @ spanned))[0]
    directions = np.linalg.svd(spanned.T @ seen, full_matrices=False)[2][:_THEMES]
    themes: Matrix = rarity[:, None] * directions.T
    return themes * np.float32(_THEME_PART / np.sqrt(((inputs @ themes) ** 2).sum(axis=1).mean()))


def _fitted(inputs: Matrix, wanted: Matrix, counts: Matrix) -> Matrix:
    """Return the weights (features x topics) with the least penalised loss over what counts."""
    values, vectors = np.linalg.eigh(inputs @ inputs.T)  # in single precision, of which the penalty leaves no trace
    kept = values > 1e-5 * values[-1]
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
    fitted: Matrix = inputs.T @ ((vectors / np.sqrt(values)) @ current).astype(np.float32)
    return fitted
