"""Required parts of a draft: which of the parts that an annual report must have are missing or thin.

In: a draft's passages. Out: for each required part how many letters it has, and its first passage. The floors are those
that reports are reviewed by (``part_floors``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from search_app.language.similarity.shared_wording import letters
from search_app.model import Passage
from search_app.reviewing.part_floors import PARTS, THIN


class State(StrEnum):
    """How a required part stands."""

    MISSING = "missing"
    THIN = "thin"
    PRESENT = "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPart:
    """A required part of a draft; ``first`` is its first passage, None where it has none."""

    name: str
    letters: int
    floor: int
    first: Passage | None

    @property
    def state(self) -> State:
        """Return whether the part is there, and has more than a sentence or two."""
        if self.first is None:
            return State.MISSING
        return State.THIN if self.letters < self.floor else State.PRESENT


def find_required_parts(passages: Sequence[Passage]) -> tuple[RequiredPart, ...]:
    """Return all required parts in the order of the rule that prescribes them."""
    found = []
    for name in PARTS:
        own = [passage for passage in passages if passage.section == name]
        found.append(
            RequiredPart(
                name=name,
                letters=sum(len(letters(passage.text)) for passage in own),
                floor=THIN[name],
                first=own[0] if own else None,
            )
        )
    return tuple(found)
