"""The judged set of exemplary practice: yes is told from no, and every reason shown is true.

No points were fitted on it. ``python -m tests.judged.exemplary_scoring second`` prints the figures and every miss.
Whoever edits a set or a verdict pins the digest anew; whoever lowers a floor says why in the commit. What the sets that
are fitted on reach is held apart, in tests/training/test_taught_exemplary.py.
"""

from tests.judged.exemplary_floors import ExemplaryFloors
from tests.judged.exemplary_scoring import FOLDER, JUDGED


class TestWhatWasNeverFitted(ExemplaryFloors):
    folder, pinned, sets, real = FOLDER, "fa650a1745c794f7", JUDGED, "second"
    read = ("second",)
    floors = {  # noqa: RUF012 - a constant, annotated in the base
        "second": {"AUC": 99, "AUC of what was done": 98, "F1 at the floor": 91, "precision at the floor": 98},
    }
