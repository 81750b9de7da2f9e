"""What became of collected passages: where each stands in the index of today, and whether it still says the same.

In: what was collected. Out: for each the passage of today that says it, or how it differs. Reports whose file was not
read anew since are not even opened: their fingerprint says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from search_app.collecting.basket import Kept
from search_app.errors import NoSuchReport
from search_app.language.analysis.text_digest import digest_text
from search_app.model import Passage, Report

#: Asks the index for a report and its passages. Raises NoSuchReport.
Reader: TypeAlias = Callable[[str], tuple[Report, tuple[Passage, ...]]]
#: Asks the index for the passages, in whatever report, whose text has this digest.
Finder: TypeAlias = Callable[[int], Iterable[tuple[Passage, Report]]]


class State(StrEnum):
    """How a collected passage stands in the index of today."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of a collected passage; ``passage`` is the one of today, where there is one to lead to.

    Of what changed it is the one that now has the number of the old one; ``report`` tells whether the report is held.
    """

    state: State
    passage: Passage | None = None
    report: Report | None = None


def stand(
    kept: Iterable[Kept],
    held: Mapping[str, Report],
    read: Reader,
    find: Finder,
) -> dict[int, Standing]:
    """Return how each entry stands, by its number; ``held`` are the reports of the index of today by id."""
    opened: dict[str, tuple[Report, tuple[Passage, ...]] | None] = {}

    def reading(report_id: str) -> tuple[Report, tuple[Passage, ...]] | None:
        if report_id not in opened:
            try:
                opened[report_id] = read(report_id) if report_id in held else None
            except NoSuchReport:  # gone between two looks
                opened[report_id] = None
        return opened[report_id]

    return {each.id: _stand(each, held, reading, find) for each in kept}


def _stand(
    each: Kept,
    held: Mapping[str, Report],
    reading: Callable[[str], tuple[Report, tuple[Passage, ...]] | None],
    find: Finder,
) -> Standing:
    collected, report = each.snapshot.passage, held.get(each.snapshot.report.id)
    if report is not None and report.fingerprint and report.fingerprint == each.snapshot.report.fingerprint:
        return Standing(state=State.SAME, passage=collected, report=report)
    found = reading(each.snapshot.report.id)
    digest = digest_text(collected.text)
    if found is not None:
        ours = {passage.id: passage for passage in found[1]}
        here = ours.get(collected.id)
        if here is not None and digest_text(here.text) == digest:
            return Standing(state=State.SAME, passage=here, report=found[0])
        moved = next((passage for passage in found[1] if digest_text(passage.text) == digest), None)
        if moved is not None:
            return Standing(state=State.MOVED, passage=moved, report=found[0])
    for passage, where in find(digest):
        if _origin(where) == _origin(each.snapshot.report):  # another town may well say the same
            return Standing(state=State.MOVED, passage=passage, report=where)
    if found is None:
        return Standing(state=State.GONE)
    changed = ours.get(collected.id)
    return Standing(state=State.GONE if changed is None else State.CHANGED, passage=changed, report=found[0])


def _origin(report: Report) -> tuple[str | None, str | None, int | None]:
    return report.county, report.town, report.year
