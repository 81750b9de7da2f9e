"""What was taught is understood: the sets that the exemplary points are fitted on, held against regressions.

No figure here says how well exemplary practice is told in new reports: tests/test_exemplary_judged.py does.
``python -m tests.judged.exemplary_scoring first`` prints the figures and every miss.
"""

from tests.judged.exemplary_floors import ExemplaryFloors
from tests.judged.exemplary_scoring import TAUGHT
from training.fit_exemplary import FOLDER


class TestWhatWasTaught(ExemplaryFloors):
    folder, pinned, sets, real = FOLDER, "2f1d43c7c2a127a0", TAUGHT, "first"
    read = ("first", "third")
    floors = {  # noqa: RUF012 - a constant, annotated in the base
        "first": {"AUC": 99, "AUC of what was done": 99, "F1 at the floor": 95, "precision at the floor": 98},
        "third": {"AUC": 98, "AUC of what was done": 96, "F1 at the floor": 80, "precision at the floor": 92},
    }
