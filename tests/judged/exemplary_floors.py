"""What every set of exemplary practice is held to, whether points were fitted on it or not: a base for test classes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.judged.exemplary_scoring import figures, misses, reasons_to_judge
from training.exemplary_sets import ROOTS, LabelledPassage, digest, labelled


class ExemplaryFloors:
    """Subclasses name their sets, the folder that holds them with its digest, and the floors in percent by set."""

    folder: Path
    pinned: str
    sets: Mapping[str, Path]
    #: Over what is shipped. "True reasons" have no floor: one that is wrong may not be shown.
    floors: Mapping[str, Mapping[str, float]]
    #: The sets of whose passages every reason was read.
    read: tuple[str, ...]
    #: The set that reads the real reports.
    real: str

    def test_labels_and_verdicts_do_not_change_unnoticed(self) -> None:
        assert digest(self.folder) == self.pinned, "labels or verdicts have changed: look at the scores, pin anew"

    def test_no_figure_falls_below_its_floor(self) -> None:
        for name, floors in self.floors.items():
            passages = self.shipped(name)
            reached = figures(passages)
            short = {figure: reached[figure] for figure, floor in floors.items() if reached[figure] < floor}
            assert short == {}, "\n".join(misses(passages))

    def test_every_reason_shown_is_judged_and_true(self) -> None:
        for name in self.read:
            passages = labelled(self.sets[name])
            unread = [f"{one.name}: {reason}" for one, reason in reasons_to_judge(passages)]
            assert unread == [], "read these with their passages, then record in reasons.toml whether they are true"
            assert figures(passages)["true reasons"] == 100

    def test_the_real_reports_are_told_apart_too(self) -> None:
        if not ROOTS["real"].is_dir():
            pytest.skip("the real reports are not on this machine")

        reached = figures(labelled(self.sets[self.real]))

        for figure in ("AUC", "precision at the floor"):
            assert reached[figure] >= self.floors[self.real][figure]

    def shipped(self, name: str) -> tuple[LabelledPassage, ...]:
        """Return the passages of a set that every clone holds."""
        return tuple(one for one in labelled(self.sets[name]) if one.shipped)
