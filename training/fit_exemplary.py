"""Learn the weights of the exemplary score: ``python -m training.fit_exemplary``.

In go the passages of the sets in training/exemplary that tell what was done, out comes
search_app/data/exemplary_weights.tsv.gz: a weight for each pair of characters and for each kind of find. The method is
logistic regression with an L2 penalty, fitted by Newton's method in the space of the passages (Bishop 2006, 4.3.3 and
6.1). Arguable passages count as part of a no, so that they end below a yes. ``--judge`` prints how well each set is
told by what the others' documents teach. The surprise: those scores, of passages that were not learnt from, also say
where nine of ten are rightly called practice; there EXEMPLARY_FLOOR is put.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search_app.labelling.exemplary import terms
from search_app.labelling.exemplary.evidence import evidence
from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from search_app.labelling.exemplary.score import PROOFS, features
from search_app.labelling.rule_tables import exemplary_rule
from search_app.language import simplify
from training.exemplary_sets import EASY, ROOT, LabelledPassage, exemplary_sets_in, labelled
from training.measures import auc

FOLDER = Path(__file__).parent / "exemplary"
SETS = exemplary_sets_in(FOLDER)
TABLES = ROOT / "search_app" / "data"
#: Of what reaches the floor: a little more than nine of ten, as some of the text is by the hand that labelled it.
PRECISION = 0.93
_PENALTY, _ROUNDS = 8.0, 8
_ARGUABLE = 0.2  # of a no
_FEWEST = 2  # passages that a term must stand in
_TERM_PART, _FIND_PART, _LENGTH_PART = 8.0, 1.5, 2.0  # what all terms of a passage, one find, and its length count
_FOLDS = 8
_SLOPE = 0.8  # how steeply the score rises: it decides how the best are told apart, not their order

#: What speaks for a practice never speaks against it, however rare it was in what was learnt from.
_SPEAKS_FOR = {terms.FIND + name for name in (*PROOFS, "proved", "results", "posts", "honours", "followers")}

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Passages as rows of numbers, their labels, and the fold in which each is judged."""

    passages: Sequence[LabelledPassage]
    names: Sequence[str]
    inputs: Numbers
    yes: Numbers
    weight: Numbers
    fold: npt.NDArray[np.int64]


def gathered() -> Examples:
    """Return all labelled passages that tell what was done; those of one document are judged together."""
    told = [one for path in SETS for one in labelled(path) if one.section not in EASY]
    passages = [one for one in told if evidence(simplify(one.text), exemplary_rule()).done]
    found = [_features(simplify(one.text)) for one in passages]
    often = Counter(name for each in found for name in each)
    names = [name for name in sorted(often) if often[name] >= _FEWEST or name.startswith(terms.FIND)]
    place = {name: at for at, name in enumerate(names)}
    inputs = np.zeros((len(found), len(names)))
    for row, each in zip(inputs, found, strict=True):
        for name, value in each.items():
            if name in place:
                row[place[name]] = value
    return Examples(
        passages=passages,
        names=names,
        inputs=inputs,
        yes=np.array([one.label == "yes" for one in passages], dtype=np.float64),
        weight=np.array([_ARGUABLE if one.label == "arguable" else 1.0 for one in passages]),
        fold=np.array([int(sha256(one.source.encode()).hexdigest(), 16) % _FOLDS for one in passages]),
    )


def _features(text: str) -> dict[str, float]:
    """Return what a passage is judged by: its terms, together as long as those of any other, and its finds."""
    rule = exemplary_rule()
    found = evidence(text, rule)
    said = terms.terms(found.told)
    counts = features(found, slogans=set(rule.slogans.findall(found.told)), routine=rule.routine.findall(found.told))
    made = {terms.FIND + name: _part(terms.FIND + name) * count for name, count in counts.items()}
    return made | dict.fromkeys(said, _TERM_PART / math.sqrt(max(len(said), 1)))


def _part(name: str) -> float:
    """Return what a column counts beside others; the penalty falls on all alike."""
    if not name.startswith(terms.FIND):
        return _TERM_PART
    return _LENGTH_PART if name == terms.FIND + "length" else _FIND_PART


def fitted(inputs: Numbers, yes: Numbers, weight: Numbers) -> tuple[Numbers, float]:
    """Return a weight for each column, and the constant."""
    alike, size = inputs @ inputs.T, len(yes)
    given = np.zeros(size)
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-given))
        curve = np.maximum(weight * chance * (1 - chance), 1e-5)
        system = np.ones((size + 1, size + 1))
        system[:size, :size] = alike + np.diag(_PENALTY / curve)
        system[size, size] = 0
        solved = np.linalg.solve(system, np.append(given + weight * (yes - chance) / curve, 0))
        given = alike @ solved[:size] + solved[size]
    return inputs.T @ solved[:size], float(solved[size])


def unseen(examples: Examples) -> Numbers:
    """Return for each passage what is said of it by what other documents teach."""
    made = np.zeros(len(examples.yes))
    for fold in range(_FOLDS):
        here = examples.fold == fold
        weights, constant = fitted(examples.inputs[~here], examples.yes[~here], examples.weight[~here])
        made[here] = examples.inputs[here] @ weights + constant
    return made


def floor_of(scores: Numbers, examples: Examples) -> float:
    """Return the lowest score from which on so many as PRECISION asks are yes; arguable ones are neither."""
    plain = np.array([one.label != "arguable" for one in examples.passages])
    ranked = sorted(zip(scores[plain].tolist(), examples.yes[plain].tolist(), strict=True), reverse=True)
    right, floor = 0.0, math.inf
    for at, (score, yes) in enumerate(ranked, start=1):
        right += yes
        if right >= PRECISION * at:
            floor = score
    return floor


def digest() -> str:
    """Return 16 hex digits over all that the weights are learnt from, and how."""
    made = sha256(Path(__file__).read_bytes())
    made.update((TABLES / "exemplary.toml").read_bytes())
    for path in SETS:
        made.update(path.read_bytes())
    return made.hexdigest()[:16]


def made() -> tuple[Examples, Numbers, float, Mapping[str, float]]:
    """Return the examples, what is said of each unseen, the floor, and the weights that all of them teach."""
    examples = gathered()
    scores = unseen(examples)
    floor = floor_of(scores, examples)
    weights, constant = fitted(examples.inputs, examples.yes, examples.weight)
    at_floor = math.log(EXEMPLARY_FLOOR / (100 - EXEMPLARY_FLOOR))
    rows = {
        name: _SLOPE * _part(name) * max(float(weight), 0.0 if name in _SPEAKS_FOR else -math.inf)
        for name, weight in zip(examples.names, weights, strict=True)
    }
    return examples, scores, floor, rows | {terms.BIAS: _SLOPE * (constant - floor) + at_floor}


def judged(examples: Examples, scores: Numbers, floor: float) -> Iterator[str]:
    """Yield lines: how well the passages of each set are told by what other documents teach."""
    sets = {one.key: path.stem for path in SETS for one in labelled(path)}
    for name in (*dict.fromkeys(sets.values()), "all"):
        kept = [
            (score, one.label == "yes")
            for score, one in zip(scores.tolist(), examples.passages, strict=True)
            if one.label != "arguable" and name in (sets[one.key], "all")
        ]
        yes, no = ([score for score, label in kept if label is wanted] for wanted in (True, False))
        hits, wrong = (sum(score >= floor for score in some) for some in (yes, no))
        yield (
            f"{name:8} {len(yes):4} yes {len(no):4} no  AUC {100 * auc(yes, no):5.1f}  "
            f"recall {100 * hits / len(yes):5.1f}  precision {100 * hits / max(hits + wrong, 1):5.1f}"
        )


def main() -> int:
    """Write the weights, or judge how well they do on documents that they are not learnt from."""
    parser = argparse.ArgumentParser(
        prog="python -m training.fit_exemplary", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--judge", action="store_true", help="judge each document by what the others teach")
    chosen = parser.parse_args()
    examples, scores, floor, rows = made()
    if chosen.judge:
        print("\n".join(judged(examples, scores, floor)))
        return 0
    raw = terms.written(rows, f"made by training/fit_exemplary.py from {digest()}")
    (TABLES / terms.FILE).write_bytes(raw)
    print(f"{len(rows)} rows, {len(raw)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
