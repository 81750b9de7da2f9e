"""The genealogy of a passage: where its wording stood first, and from which earlier passage each later one may come.

In: an engine and a passage's id. Out: :class:`Genealogy`, the near-duplicates of the passage and itself, oldest first,
each with the earlier member that holds most of its letters (``language.similarity.shared_among``). Earlier is a lower
reporting year, within a year an earlier date of issue; where a date is not known, neither of the two is earlier, so
nothing is a guess. The surprise: likeness proves nothing. Two towns may both have copied a county's paper that is not
held here, so what is called a parent is the nearest earlier wording held, and no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from search_app.comparing.recent import Recent
from search_app.engines.base import Engine
from search_app.language.similarity.shared_among import SharedAmong
from search_app.model import Collapse, Match, Report, Sort
from search_app.query import Search
from search_app.searching.per_generation import PerGeneration
from search_app.searching.reference_passage import Subject, find_subject

#: So many passages of a cluster are held against each other, and as many letters; the oldest of them.
MOST, MOST_LETTERS = 400, 200_000
#: So many genealogies of a generation are kept for those who turn pages: at most some ten megabytes.
_KEPT = 16
_traced: "PerGeneration[Recent[str, Genealogy]]" = PerGeneration(lambda _: Recent(_KEPT))


class Kinship(StrEnum):
    """How a passage stands to its parent: kept by its own town, taken from another, or whatever else is known."""

    KEPT = "kept"
    TAKEN = "taken"
    #: From an earlier passage, but of one of the two the town is not known.
    DERIVED = "derived"
    #: No earlier passage shares any wording with it.
    ALONE = "alone"
    #: Its reporting year is not known, so it can be placed neither before nor after another.
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One passage of the cluster: ``shared`` of its ``letters`` stand in its parent.

    ``rivals`` are how many other earlier members hold as many of its letters as the parent does.
    """

    match: Match
    kinship: Kinship
    letters: int
    parent: str | None = None
    shared: int = 0
    rivals: int = 0

    @property
    def id(self) -> str:
        """Return the passage's id."""
        return self.match.passage.id

    @property
    def report(self) -> Report:
        """Return the passage's report."""
        return self.match.report

    @property
    def share(self) -> float:
        """Return which part of its letters stands in its parent, 0.0 to 1.0."""
        return self.shared / self.letters if self.letters else 0.0


@dataclass(frozen=True, kw_only=True)
class Genealogy:
    """A cluster by year, the oldest first, those without a year last; ``total`` are all its passages.

    Where ``total`` is more than there are members, the latest were too many to be held against each other.
    """

    subject: Subject
    members: tuple[Member, ...]
    total: int
    generation: str

    @cached_property
    def by_id(self) -> Mapping[str, Member]:
        """Return the members by the ids of their passages."""
        return {member.id: member for member in self.members}

    @cached_property
    def firsts(self) -> tuple[Member, ...]:
        """Return the members before which no other is known to stand: one where the first is known, else several."""
        dated = [member for member in self.members if member.report.year is not None]
        first = [each for each in dated if each.report.year == dated[0].report.year]  # members stand by their years
        return tuple(each for each in first if not any(is_earlier(other.report, each.report) for other in first))

    @property
    def is_first_known(self) -> bool:
        """Tell whether one report is known to have had the wording first, be it in several passages."""
        return len({member.report.id for member in self.firsts}) == 1

    @cached_property
    def first_ids(self) -> frozenset[str]:
        """Return the ids of the passages before which no other is known to stand."""
        return frozenset(member.id for member in self.firsts)

    @cached_property
    def lineage(self) -> tuple[Member, ...]:
        """Return the way from the oldest forebear down to the subject, both included."""
        found = [self.by_id[self.subject.passage.id]]
        while found[-1].parent is not None:
            found.append(self.by_id[found[-1].parent])
        return tuple(reversed(found))


def is_earlier(one: Report, other: Report) -> bool:
    """Tell whether a report is known to be earlier: a lower year, or the same and issued before."""
    if one.year is None or other.year is None:
        return False
    if one.year != other.year:
        return one.year < other.year
    return one.issued is not None and other.issued is not None and one.issued < other.issued


def is_same_town(one: Report, other: Report) -> bool:
    """Tell whether two reports are known to be of the same town."""
    return one.town is not None and (one.county, one.town) == (other.county, other.town)


def trace(engine: Engine, passage_id: str) -> Genealogy:
    """Return the genealogy of a passage. Raises NoSuchPassage, NoSuchReport, IndexProblem."""
    return _traced(engine).get(passage_id, lambda: _trace(engine, passage_id))


def _trace(engine: Engine, passage_id: str) -> Genealogy:
    subject = find_subject(engine, passage_id)
    found = engine.search(Search(like=passage_id, collapse=Collapse.NONE, sort=Sort.OLDEST, size=MOST - 1))
    itself = Match(passage=subject.passage, report=subject.report, score=0.0)
    kept = sorted((itself, *_few_enough(found.matches, itself)), key=_order)
    return Genealogy(subject=subject, members=_descend(kept), total=found.total + 1, generation=found.generation)


def _few_enough(matches: Sequence[Match], itself: Match) -> list[Match]:
    """Return the first matches, as many as their letters allow."""
    kept: list[Match] = []
    room = MOST_LETTERS - len(itself.passage.text)
    for match in matches:
        room -= len(match.passage.text)
        if room < 0:
            break
        kept.append(match)
    return kept


def _order(match: Match) -> tuple[object, ...]:
    """Return what a timeline is ordered by; what is not known stands last within what is."""
    report = match.report
    issued = report.issued.toordinal() if report.issued is not None else 0
    return (
        report.year is None,
        report.year or 0,
        report.issued is None,
        issued,
        report.path,
        match.passage.number,
    )


def _descend(ordered: Sequence[Match]) -> tuple[Member, ...]:
    among = SharedAmong([match.passage.text for match in ordered])
    return tuple(_member(ordered, at, among) for at in range(len(ordered)))


def _member(ordered: Sequence[Match], at: int, among: SharedAmong) -> Member:
    """Return a passage with its parent: of those that share as much, one of its own town, else the latest."""
    match = ordered[at]
    report, letters = match.report, among.letters(at)
    if report.year is None:
        return Member(match=match, kinship=Kinship.UNDATED, letters=letters)
    shared = among.shared(at)[: _count_earlier(ordered, at)]
    most = max(shared, default=0)
    if not most:
        return Member(match=match, kinship=Kinship.ALONE, letters=letters)
    alike = [place for place, each in enumerate(shared) if each == most]
    parent = ordered[max((is_same_town(ordered[place].report, report), place) for place in alike)[1]]
    return Member(
        match=match,
        kinship=_kinship(parent.report, report),
        letters=letters,
        parent=parent.passage.id,
        shared=most,
        rivals=len(alike) - 1,
    )


def _count_earlier(ordered: Sequence[Match], at: int) -> int:
    """Return how many passages are known to be earlier: they stand first, because known dates come before unknown."""
    report = ordered[at].report
    while at and not is_earlier(ordered[at - 1].report, report):
        at -= 1
    return at


def _kinship(parent: Report, child: Report) -> Kinship:
    if is_same_town(parent, child):
        return Kinship.KEPT
    return Kinship.TAKEN if parent.town is not None and child.town is not None else Kinship.DERIVED
