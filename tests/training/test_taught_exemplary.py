"""What was taught is understood: the sets that the exemplary points are fitted on, held against regressions.

No figure here says how well exemplary practice is told in new reports: tests/test_exemplary_judged.py does.
``python -m tests.judged.exemplary_scoring first`` prints the figures and every miss.
"""

from collections.abc import Mapping

import pytest

from tests.judged.exemplary_scoring import TAUGHT, figures, misses, reasons_to_judge
from training.exemplary_sets import ROOTS, LabelledPassage, digest, labelled
from training.fit_exemplary import FOLDER

DIGEST = "a0aad11e0d5bed86"
#: Floors in percent over what is shipped. "True reasons" are all: one that is wrong may not be shown.
PINS: Mapping[str, Mapping[str, float]] = {
    "first": {"AUC": 99, "AUC of what was done": 99, "F1 at the floor": 95, "precision at the floor": 98},
    "third": {"AUC": 98, "AUC of what was done": 96, "F1 at the floor": 80, "precision at the floor": 92},
}


def shipped(name: str) -> tuple[LabelledPassage, ...]:
    return tuple(one for one in labelled(TAUGHT[name]) if one.shipped)


def test_labels_and_verdicts_do_not_change_unnoticed() -> None:
    assert digest(FOLDER) == DIGEST, "labels or verdicts have changed: look at the scores, pin digest and floors anew"


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name in PINS for figure in PINS[name]])
def test_no_figure_on_what_was_taught_falls_below_its_floor(name: str, figure: str) -> None:
    passages = shipped(name)

    reached = figures(passages)[figure]

    assert reached >= PINS[name][figure], "\n".join(misses(passages))


@pytest.mark.parametrize("name", TAUGHT)
def test_every_reason_shown_is_judged_and_true(name: str) -> None:
    passages = labelled(TAUGHT[name])

    unread = [f"{one.name}: {reason}" for one, reason in reasons_to_judge(passages)]

    assert unread == [], "read these with their passages, then record in reasons.toml whether they are true"
    assert figures(passages)["true reasons"] == 100


def test_the_real_reports_are_told_apart_too() -> None:
    if not ROOTS["real"].is_dir():
        pytest.skip("the real reports are not on this machine")

    reached = figures(labelled(TAUGHT["first"]))

    assert reached["AUC"] >= PINS["first"]["AUC"]
    assert reached["precision at the floor"] >= PINS["first"]["precision at the floor"]
