"""Report check: one report, part by part: there, thin or missing, and how much of it stands in another report.

In: a report with its passages, the reports that it is held against, and what it shares with each. Out: for each part
that is required its letters, the earlier report of the same town that has most of them, and the report of another town
that has most of them. Several may hold of one part: a thin one may be copied as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import add

from search_app.comparing.report_overlap import ReportOverlap
from search_app.language.similarity.shared_wording import Overlap, letters
from search_app.model import Passage, Report
from search_app.reviewing.part_floors import COPIED, PARTS, THIN

#: What a part is about, in words that are said of nothing else.
_WORDS = {"第一责任人履职": "第一责任人"}


class Mark(StrEnum):
    """What can be said of a part, worst first; all but MISSING and PRESENT may hold together."""

    MISSING = "missing"
    FROM_OTHERS = "copied_from_others"
    FROM_OWN = "copied_from_own"
    THIN = "thin"
    PRESENT = "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A report, and which share of a text stands in it."""

    report: Report
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCheck:
    """One part of a report; ``first`` is the number of its first passage, None where there is none.

    ``own`` and ``others`` name who has most of it already: the town itself, another town; None where nobody has any.
    ``heading_only``: it has a heading with nothing below. ``mentioned``: the first passage of another part (its number)
    that speaks of what this one, which is missing, is about.
    """

    part: str
    letters: int
    first: int | None
    heading_only: bool
    mentioned: int | None
    own: Shared | None
    others: Shared | None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return everything that holds of the part, worst first."""
        if not self.letters:
            return (Mark.MISSING,)
        found = []
        if self.others is not None and self.others.share >= COPIED:
            found.append(Mark.FROM_OTHERS)
        if self.own is not None and self.own.share >= COPIED:
            found.append(Mark.FROM_OWN)
        if self.letters < THIN[self.part]:
            found.append(Mark.THIN)
        return tuple(found) or (Mark.PRESENT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCheck:
    """A report and its parts; ``preceding`` is how much of the whole stands in the town's report before it."""

    report: Report
    parts: tuple[PartCheck, ...]
    preceding: Shared | None

    @property
    def marks(self) -> frozenset[Mark]:
        """Return what holds of any of the parts."""
        return frozenset(mark for part in self.parts for mark in part.marks)


def check_report(
    report: Report,
    passages: Sequence[Passage],
    *,
    preceding: ReportOverlap | None,
    own: Iterable[ReportOverlap],
    others: Iterable[ReportOverlap],
) -> ReportCheck:
    """Return what is to be said of a report, given what it shares with reports of its own town and of others.

    ``preceding`` is one of ``own``. Of reports that have as much of a part the first that is given is named.
    """
    own, others = tuple(own), tuple(others)
    headed = {entry.section for entry in report.outline}
    parts = []
    for part in PARTS:
        within = [passage for passage in passages if passage.section == part]
        parts.append(
            PartCheck(
                part=part,
                letters=sum(len(letters(passage.text)) for passage in within),
                first=within[0].number if within else None,
                heading_only=not within and part in headed,
                mentioned=None if within else _find_mention(part, passages),
                own=_most(within, own),
                others=_most(within, others),
            )
        )
    before = None if preceding is None else Shared(report=preceding.other, share=preceding.total.share)
    return ReportCheck(report=report, parts=tuple(parts), preceding=before)


def _find_mention(part: str, passages: Sequence[Passage]) -> int | None:
    """Return the number of the first passage that has the words of a part; None where the part has none."""
    words = _WORDS.get(part)
    return next((each.number for each in passages if words is not None and words in each.text), None)


def _most(within: Sequence[Passage], overlaps: Iterable[ReportOverlap]) -> Shared | None:
    """Return the report that has most of these passages' wording; None where none has any."""
    shares = [Shared(report=each.other, share=_total(within, each.passages).share) for each in overlaps]
    best = max(shares, key=lambda shared: shared.share, default=None)
    return best if best is not None and best.share > 0 else None


def _total(within: Iterable[Passage], measured: Mapping[str, Overlap]) -> Overlap:
    return reduce(add, (measured[passage.id] for passage in within), Overlap())
