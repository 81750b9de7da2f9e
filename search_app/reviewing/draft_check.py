"""The check of a draft: what its writer should look at before it is handed in.

In: an engine, a draft as it was read, and the seconds that the check may take. Out: a :class:`DraftCheck`: the required
parts, what is shared with last year's report and with other towns', the passages without anything concrete beside
examples of other towns, and years and places that look left over. Nothing is kept. The surprise: what was not looked at
for want of time is part of the answer.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.model import Report
from search_app.parsing.place.gazetteer import gazetteer
from search_app.query import Deadline
from search_app.reviewing.copied_wording import Copies, Origin, find_copies
from search_app.reviewing.draft import Draft
from search_app.reviewing.draft_head import Head, settle_head
from search_app.reviewing.empty_passages import EmptyPassage, find_empty, find_examples
from search_app.reviewing.place_leftovers import find_place_leftovers, places_around
from search_app.reviewing.required_parts import RequiredPart, find_required_parts
from search_app.reviewing.year_leftovers import Leftover, find_year_leftovers
from search_app.searching.catalogue import catalogue_of
from search_app.settings import Settings

#: Seconds of processor time that a check may take: sources of copied sentences until LOOK, examples until the end.
LOOK, SECONDS = 1.8, 2.6
#: Where a machine is busy with other things a check may take so many times as long on the wall: the same draft gets the
#: same answer.
PATIENCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCheck:
    """All that a check found; ``same_year`` is a report of this very town and year that the index holds already."""

    draft: Draft
    head: Head
    parts: tuple[RequiredPart, ...]
    copies: Copies
    leftovers: tuple[Leftover, ...]
    empty: tuple[EmptyPassage, ...]
    same_year: Report | None
    reports: int


def give_seconds(settings: Settings) -> float | None:
    """Return how long a check may take: any time where searches may, too."""
    return SECONDS if settings.time_budget else None


def check_draft(engine: Engine, draft: Draft, *, own_places: str = "", seconds: float | None = SECONDS) -> DraftCheck:
    """Check a draft; ``seconds=None`` takes all the time that is needed. Raises IndexProblem."""
    names, reports, clock = gazetteer(own_places), catalogue_of(engine).reports, _start_clock()
    draft, head = settle_head(draft, reports, names)
    own = {each.year: each for each in _own_reports(draft.report, reports)}
    share = None if seconds is None else seconds * LOOK / SECONDS
    copies = find_copies(
        engine, draft, _last_year(draft.report, own), _deadline(clock, share), latest=_deadline(clock, seconds)
    )
    empty = find_examples(engine, tuple(find_empty(draft.passages)), draft.report, _deadline(clock, seconds))
    leftovers = _leftovers(draft, head, reports, copies, own_places)
    return DraftCheck(
        draft=draft,
        head=head,
        parts=find_required_parts(draft.passages),
        copies=copies,
        leftovers=leftovers,
        empty=empty,
        same_year=own.get(head.year),
        reports=len(reports),
    )


def _own_reports(report: Report, reports: Collection[Report]) -> list[Report]:
    """Return the reports of a draft's town, oldest first; none where several counties may be meant."""
    if report.town is None:
        return []
    found = [each for each in reports if each.town == report.town and report.county in (None, each.county)]
    if report.county is None and len({each.county for each in found}) > 1:
        return []
    return sorted(found, key=lambda each: (each.year or 0, each.path))


def _last_year(report: Report, own: dict[int | None, Report]) -> Report | None:
    """Return the town's latest report before the draft's year."""
    earlier = [year for year in own if year is not None and (report.year is None or year < report.year)]
    return own[max(earlier)] if earlier else None


def _leftovers(
    draft: Draft, head: Head, reports: Collection[Report], copies: Copies, own_places: str
) -> tuple[Leftover, ...]:
    """Return the years and places that look left over, what is certain first, each in reading order."""
    copied: dict[str, set[str]] = {}
    for shared in copies.shared:
        if shared.origin is Origin.ELSEWHERE:
            names = copied.setdefault(shared.passage.id, set())
            for source in shared.sources:
                report = source.match.report
                names |= {name for name in (report.town, report.county, report.city) if name}
    found = list(find_year_leftovers(draft, head.year)) if head.year is not None else []
    places = places_around(draft.report, reports, gazetteer(own_places))
    found += find_place_leftovers(draft, places, copied)
    return tuple(sorted(found, key=lambda each: not each.certain))


def _start_clock() -> Callable[[], float]:
    """Return a clock that tells how much processor time this thread takes from now on, or much more on the wall."""
    worked, begun = time.thread_time(), time.monotonic()
    return lambda: max(time.thread_time() - worked, (time.monotonic() - begun) / PATIENCE)


def _deadline(clock: Callable[[], float], seconds: float | None) -> Deadline | None:
    return None if seconds is None else Deadline(seconds, clock)
