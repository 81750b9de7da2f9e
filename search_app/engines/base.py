"""The engine contract: the questions an engine answers and the one way to write to it.

Its twenty sentences (CONTRIBUTING.md) are the names of the tests in ``tests/engines/contract.py``, which every
engine passes without skips. No optional methods, and no exception but those of :mod:`search_app.errors` comes out.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from search_app.errors import BadSearch, IndexOutdated
from search_app.model import Facet, Found, Passage, Report
from search_app.query import Search
from search_app.score import Explanation


class IndexNewer(IndexOutdated):
    """The index was built by a newer program: an older one, which may just have been left running, builds none over it.

    Whoever wants to go back asks for that by ``rebuild``.
    """

    default_hint = "程序已经升级的，请重新启动服务；要退回这个版本的，请运行：search-app index --rebuild"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One complete, verified state of the index.

    ``id`` is another for every state that was ever built; a name comes again when an index is deleted and built anew.
    """

    name: str
    id: str
    built_at: datetime
    reports: int
    passages: int
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """A generation that the one in use grew out of: what is new since it can be asked, long after its files are gone.

    ``id`` as in :class:`Generation`.
    """

    name: str
    id: str
    built_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The generation in use and the older ones kept behind it, newest first.

    ``ancestors`` are those that it grew out of, newest first, as far as they are still known.
    ``problem`` is a Chinese sentence when the newest generation was damaged and an older one answers instead;
    ``fallen_back`` one when a cluster cannot answer and an embedded index does.
    """

    current: Generation
    older: tuple[str, ...] = ()
    ancestors: tuple[Ancestor, ...] = ()
    problem: str | None = None
    fallen_back: str | None = None


def check(search: Search) -> None:
    """Raise BadSearch for what no engine can answer: a page or size below 1, a year that is no number."""
    if search.page < 1 or search.size < 1:
        raise BadSearch("页码和每页条数都从 1 开始。", hint="请回到第 1 页。")
    for year in (*search.selection.of(Facet.YEAR), *search.selection.excluded(Facet.YEAR)):
        if year is not None and not isinstance(year, int):
            raise BadSearch(f"年度应为四位数字，现在是 {year}。", hint="请改正年度后再试。")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Passages as one engine wants them, and only that engine understands; it can be pickled."""

    held: Any


#: What of writing a report needs no writer: a function that can be handed to any process and called there.
Preparing: TypeAlias = Callable[[tuple[Passage, ...]], Prepared]


class Writer(Protocol):
    """Collects changes; nothing is visible until the ``with`` block that gave it ends without an exception."""

    def put(self, report: Report, passages: tuple[Passage, ...] | Prepared) -> None:
        """Add the report, or replace the whole of it. Raises TooLarge, which changes nothing."""

    def remove(self, report_id: str) -> None:
        """Take the report out; an unknown one is no error."""


class Engine(Protocol):
    def writing(self, *, rebuild: bool = False) -> AbstractContextManager[Writer]:
        """Open the one writer; ``rebuild`` starts from nothing. Raises IndexLocked, IndexOutdated, IndexDamaged."""

    def preparing(self) -> Preparing:
        """Return the function that makes passages ready for ``Writer.put``, which takes either."""

    def search(self, search: Search) -> Found:
        """Answer one question. Raises IndexMissing, IndexOutdated, IndexDamaged, BadSearch, NoSuchGeneration.

        Of an index of any size something is looked at, whatever the deadline, and ``looked_at`` says of how much; an
        engine that looks at all parts at once looks at all. Totals, distinct reports and facets are exact. So is the
        order, but for scores that differ by less than one part in a million; and where more than 4,096 passages match,
        an engine may have meanings raise only those that are best without them.
        """

    def count(self, search: Search) -> int:
        """Return how many passages a search finds, its ``total``, without the cost of an answer. Raises as search.

        What comes back after the deadline may be a count of only some of the index.
        """

    def explain(self, search: Search, passage_ids: Sequence[str]) -> tuple[Explanation, ...]:
        """Return why a passage has the score with which a search lists it, part by part, on whatever page it stands.

        One that is folded behind another is found, but has no place in the list, and so is not spread over towns. Costs
        about as much as the search, and knows no deadline. Raises NoSuchPassage where it is not held or not found, else
        as search.
        """

    def report(self, report_id: str) -> tuple[Report, tuple[Passage, ...]]:
        """Return a report and its passages in reading order. Raises NoSuchReport."""

    def find_text(self, digest: int) -> tuple[tuple[Passage, Report], ...]:
        """Return the passages whose text has this digest (``digest_text``), ordered by path and number.

        Reports come without outline and asides. Empty where no passage has such a text.
        """

    def near_duplicates(self, report_id: str) -> Mapping[str, tuple[str, ...]]:
        """Return passage id -> ids of the other reports that say nearly the same, of every passage of a report.

        In reading order; those of a passage are ordered by the paths of the reports, each given once. Raises
        NoSuchReport.
        """

    def reports(self) -> tuple[Report, ...]:
        """Return every report held, ordered by path, without outline and asides."""

    def frequent_words(self, limit: int) -> Mapping[str, int]:
        """Return words of two characters or more -> about how many passages hold each: those that most hold.

        Exact in an index of one segment without removals; elsewhere words that are rare in a segment may count less.
        """

    def numerals(self) -> frozenset[str]:
        """Return the numbers in digits that stand in the texts, without signs and units (28, 98.5).

        Some may stand only in what was removed.
        """

    def fingerprints(self) -> Mapping[str, str]:
        """Return report id -> fingerprint of what is held; empty where nothing was built yet."""

    def status(self) -> Status:
        """Describe the generation in use. Raises IndexMissing, IndexOutdated, IndexDamaged."""

    def hold(self) -> "Engine":
        """Return an engine that answers from the generation in use now and goes on so, whatever comes into use later.

        The same one while that generation stays in use; its memory is let go of with the last reference. One that turns
        out to be damaged gives way to another, and so does one whose files others keep (a cluster) once two more have
        come. An engine that may have to answer from elsewhere returns itself, and each single answer is of one
        generation. Raises as status.
        """

    def verify(self) -> tuple[str, ...]:
        """Read every byte of the index that is the engine's own, and return what is wrong, in Chinese; empty = good.

        Where others keep the files (a cluster), every passage and report is read, counted and held against its digest.
        """

    def close(self) -> None:
        """Release files; the engine is not used after."""
