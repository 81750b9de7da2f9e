"""The judged sets of exemplary practice: yes is told from no, and every reason shown is true.

``python -m tests.judged.exemplary_scoring <set>`` prints the figures and every miss. Whoever edits a set or a verdict
pins the digest anew; whoever lowers a floor says why in the commit.
"""

from collections.abc import Mapping

import pytest

from tests.judged.exemplary_scoring import ROOTS, SETS, Judged, digest, figures, judged, misses, reasons_to_judge

DIGEST = "a4fcf72b4f8adee8"
#: Floors in percent over what is shipped. "True reasons" are all: one that is wrong may not be shown.
PINS: Mapping[str, Mapping[str, float]] = {
    "first": {"AUC": 99, "AUC of what was done": 99, "F1 at the floor": 95, "precision at the floor": 98},
    "second": {"AUC": 99, "AUC of what was done": 98, "F1 at the floor": 91, "precision at the floor": 98},
    "third": {"AUC": 98, "AUC of what was done": 96, "F1 at the floor": 80, "precision at the floor": 92},
}


def shipped(name: str) -> tuple[Judged, ...]:
    return tuple(one for one in judged(name) if one.shipped)


def test_labels_and_verdicts_do_not_change_unnoticed() -> None:
    assert digest() == DIGEST, "labels or verdicts have changed: look at the scores, then pin digest and floors anew"


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name in SETS for figure in PINS[name]])
def test_no_figure_falls_below_its_floor(name: str, figure: str) -> None:
    passages = shipped(name)

    reached = figures(passages)[figure]

    assert reached >= PINS[name][figure], "\n".join(misses(passages))


@pytest.mark.parametrize("name", SETS)
def test_every_reason_shown_is_judged_and_true(name: str) -> None:
    passages = judged(name)

    unread = [f"{one.name}: {reason}" for one, reason in reasons_to_judge(passages)]

    assert unread == [], "read these with their passages, then record in reasons.toml whether they are true"
    assert figures(passages)["true reasons"] == 100


@pytest.mark.parametrize("name", ["first", "second"])
def test_the_real_reports_are_told_apart_too(name: str) -> None:
    if not ROOTS["real"].is_dir():
        pytest.skip("the real reports are not on this machine")

    reached = figures(judged(name))

    assert reached["AUC"] >= PINS[name]["AUC"]
    assert reached["precision at the floor"] >= PINS[name]["precision at the floor"]
