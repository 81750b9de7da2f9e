"""Hold the exemplary scores and their reasons against passages labelled by hand.

``python -m tests.judged.exemplary_scoring second`` prints how well yes is told from no (AUC, F1 and precision at the
floor of the filter 典型做法), which reasons are wrong, and which passages are ranked wrongly; ``--reasons`` lists the
reasons that nobody has judged yet. The set second judges; the points were fitted on first and third.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
from training import fit_exemplary
from training.exemplary_sets import (
    EASY,
    LABELS,
    LabelledPassage,
    Verdicts,
    digest,
    exemplary_sets_in,
    labelled,
    text_digest,
    verdicts,
)
from training.measures import auc

FOLDER = Path(__file__).parent / "exemplary"
#: The sets that nothing is fitted on.
JUDGED: Mapping[str, Path] = {path.stem: path for path in exemplary_sets_in(FOLDER)}
#: Those that the points are fitted on: their figures say that what was taught is understood, no more.
TAUGHT: Mapping[str, Path] = {path.stem: path for path in fit_exemplary.SETS}


def figures(passages: Iterable[LabelledPassage]) -> dict[str, float]:
    """Return the figures that floors are pinned on, in percent."""
    kept = tuple(passages)
    scores = {each: [one.said.score for one in kept if one.label == each] for each in LABELS}
    arguable = scores["arguable"]
    hard = [one.said.score for one in kept if one.label == "no" and one.section not in EASY]
    hits = sum(score >= EXEMPLARY_FLOOR for score in scores["yes"])
    wrong = sum(score >= EXEMPLARY_FLOOR for score in scores["no"])
    verdicts = [verdict for one in kept for verdict in verdicts_of(one)]
    return {
        "AUC": 100 * auc(scores["yes"], scores["no"]),
        "AUC of what was done": 100 * auc(scores["yes"], hard),
        "F1 at the floor": 200 * hits / (hits + wrong + len(scores["yes"])),
        "precision at the floor": 100 * hits / max(hits + wrong, 1),
        "recall at the floor": 100 * hits / len(scores["yes"]),
        "arguable above the floor": 100 * sum(score >= EXEMPLARY_FLOOR for score in arguable) / max(len(arguable), 1),
        "true reasons": 100 * sum(verdict is True for verdict in verdicts) / max(len(verdicts), 1),
    }


def best_floor(passages: Iterable[LabelledPassage]) -> tuple[float, int]:
    """Return the best F1 of any floor, and that floor."""
    kept = tuple(passages)
    yes = [one.said.score for one in kept if one.label == "yes"]
    no = [one.said.score for one in kept if one.label == "no"]
    return max(
        (200 * hits / (hits + sum(score >= floor for score in no) + len(yes)), floor)
        for floor in range(1, 101)
        for hits in [sum(score >= floor for score in yes)]
    )


@cache
def _verdicts() -> Verdicts:
    return {**verdicts(fit_exemplary.FOLDER), **verdicts(FOLDER)}


def verdicts_of(passage: LabelledPassage) -> tuple[bool | None, ...]:
    """Return for each reason of a passage whether it was judged true; None where nobody has judged it."""
    known = _verdicts().get(passage.key, {})
    return tuple(known.get(text_digest(reason)) for reason in passage.said.reasons)


def reasons_to_judge(passages: Iterable[LabelledPassage]) -> Iterator[tuple[LabelledPassage, str]]:
    """Yield the reasons of which nobody has said whether they are true."""
    for one in passages:
        for reason, verdict in zip(one.said.reasons, verdicts_of(one), strict=True):
            if verdict is None:
                yield one, reason


def misses(passages: Iterable[LabelledPassage]) -> Iterator[str]:
    """Yield the passages on the wrong side of the floor, the worst first, and the reasons judged wrong."""
    kept = tuple(passages)
    for one in sorted(kept, key=lambda one: one.said.score):
        if one.label == "yes" and one.said.score < EXEMPLARY_FLOOR:
            yield f"yes, but {one.said.score:3} {one.name}: {one.text[:60]}"
    for one in sorted(kept, key=lambda one: -one.said.score):
        if one.label == "no" and one.said.score >= EXEMPLARY_FLOOR:
            yield f"no, but  {one.said.score:3} {one.name}: {one.text[:60]}"
    for one in kept:
        for reason, verdict in zip(one.said.reasons, verdicts_of(one), strict=True):
            if verdict is False:
                yield f"not true     {one.name}: {reason}"


def pairs(passages: Iterable[LabelledPassage]) -> Iterator[str]:
    """Yield a yes and a no passage ranked the wrong way round or alike, the widest apart first."""
    kept = tuple(passages)
    wrong = [
        (other.said.score - one.said.score, one, other)
        for one in kept
        if one.label == "yes"
        for other in kept
        if other.label == "no" and other.said.score >= one.said.score
    ]
    for by, one, other in sorted(wrong, key=lambda each: -each[0]):
        yield f"by {by:3}: {one.name} ({one.said.score}) below {other.name} ({other.said.score})"


def main() -> int:
    """Print figures, misses and wrongly ranked pairs of a set."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("name", choices=(*TAUGHT, *JUDGED))
    arguments.add_argument("--reasons", action="store_true", help="list the reasons that nobody has judged")
    chosen = arguments.parse_args()
    path = {**TAUGHT, **JUDGED}[chosen.name]
    passages = labelled(path)
    if chosen.reasons:
        for one, reason in reasons_to_judge(passages):
            print(f"{one.key} {text_digest(reason)} {reason}\n    {one.name} ({one.section}): {one.text}")
        return 0
    counts = ", ".join(f"{sum(one.label == each for one in passages)} {each}" for each in LABELS)
    print(f"{len(passages)} passages: {counts}; digest {digest(path.parent)}")
    for which, some in (("all", passages), ("shipped", [one for one in passages if one.shipped])):
        print(f"{which:8}", "  ".join(f"{name} {value:.1f}" for name, value in figures(some).items()))
    print("best F1 {:.1f} with a floor of {}".format(*best_floor(passages)))
    print("\n".join(("", *misses(passages), "", *list(pairs(passages))[:40])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
