"""The judged set of exemplary practice: yes is told from no, and every reason shown is true.

No points were fitted on it. ``python -m tests.judged.exemplary_scoring second`` prints the figures and every miss.
Whoever edits a set or a verdict pins the digest anew; whoever lowers a floor says why in the commit. What the sets that
are fitted on reach is held apart, in tests/training/test_taught_exemplary.py.
"""

from collections.abc import Mapping

import pytest

from tests.judged.exemplary_scoring import FOLDER, JUDGED, figures, misses, reasons_to_judge
from training.exemplary_sets import ROOTS, LabelledPassage, digest, labelled

DIGEST = "8c9ef347f1b037e2"
#: Floors in percent over what is shipped. "True reasons" are all: one that is wrong may not be shown.
PINS: Mapping[str, Mapping[str, float]] = {
    "second": {"AUC": 99, "AUC of what was done": 98, "F1 at the floor": 91, "precision at the floor": 98},
}


def shipped(name: str) -> tuple[LabelledPassage, ...]:
    return tuple(one for one in labelled(JUDGED[name]) if one.shipped)


def test_labels_and_verdicts_do_not_change_unnoticed() -> None:
    assert digest(FOLDER) == DIGEST, "labels or verdicts have changed: look at the scores, pin digest and floors anew"


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name in PINS for figure in PINS[name]])
def test_no_figure_falls_below_its_floor(name: str, figure: str) -> None:
    passages = shipped(name)

    reached = figures(passages)[figure]

    assert reached >= PINS[name][figure], "\n".join(misses(passages))


@pytest.mark.parametrize("name", JUDGED)
def test_every_reason_shown_is_judged_and_true(name: str) -> None:
    passages = labelled(JUDGED[name])

    unread = [f"{one.name}: {reason}" for one, reason in reasons_to_judge(passages)]

    assert unread == [], "read these with their passages, then record in reasons.toml whether they are true"
    assert figures(passages)["true reasons"] == 100


def test_the_real_reports_are_told_apart_too() -> None:
    if not ROOTS["real"].is_dir():
        pytest.skip("the real reports are not on this machine")

    reached = figures(labelled(JUDGED["second"]))

    assert reached["AUC"] >= PINS["second"]["AUC"]
    assert reached["precision at the floor"] >= PINS["second"]["precision at the floor"]
