"""Duplicates: the same text twice, and the same town and year twice.

A page that was crawled twice is one report: the file that comes first by path is kept, the others stand behind it as
its copies, and the index holds their fingerprints with the kept report, so that they are not read again. The surprise:
the same words under another year or town are no copy but a report that copied, which a reviewer must see.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from search_app.genres import find_genre
from search_app.indexing.sources import Warned, report_id
from search_app.model import Copy, Passage, Report

#: Below this many characters a text proves nothing: two notes may well say the same.
_ENOUGH = 100
#: Where a year was written down; anything else is a guess that two crawls of one page may make differently.
_WRITTEN = ("sidecar", "title", "intro", "heading", "body", "filename")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A file that says the same as a report that is kept."""

    path: str
    of: str


def content_key(passages: Iterable[Passage]) -> str:
    """Return a SHA-256 over the Han characters, letters and digits of a report's passages, "" for too short a text."""
    whole = unicodedata.normalize("NFKC", "".join(passage.text for passage in passages)).casefold()
    text = "".join(char for char in whole if char.isalnum())
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if len(text) >= _ENOUGH else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a report just read: what to put into the index and what to take out of it."""

    put: Report | None = None
    remove: str | None = None


class Shelf:
    """The reports that the index will hold after a run; mutable, made afresh for each run.

    ``released`` are the paths of copies whose report is gone or says something else now: they must be read again.
    """

    def __init__(self, held: Iterable[Report], *, gone: Set[str]) -> None:
        self.released: set[str] = set()
        self._kept: dict[str, Report] = {}
        self._by_content: dict[str, list[str]] = defaultdict(list)
        self._home: dict[str, str] = {}
        self._written: dict[str, tuple[Copy, ...]] = {}
        for report in held:
            if report.id in gone:
                self.released |= {copy.path for copy in report.copies}
            else:
                self._written[report.id] = report.copies
                self._shelve(report, (copy for copy in report.copies if report_id(copy.path) not in gone))

    def take(self, report: Report) -> Verdict:
        """Find the place of a report just read; the earlier path is kept, whatever the order of reading."""
        carried = self._unshelve(report)
        own = Copy(path=report.path, fingerprint=report.fingerprint)
        other = self._other(report)
        if other is None:
            return Verdict(put=self._put(report, carried))
        if other.path < report.path:
            self._shelve(other, (*other.copies, own, *carried))
            return Verdict(remove=report.id)
        self._forget(other)
        behind = Copy(path=other.path, fingerprint=other.fingerprint)
        return Verdict(put=self._put(report, (behind, *other.copies, *carried)), remove=other.id)

    def restated(self) -> Iterator[Report]:
        """Yield the kept reports whose copies are not those that the index holds with them."""
        for report_id_, report in self._kept.items():
            if report.copies != self._written[report_id_]:
                yield report

    def kept(self) -> tuple[Report, ...]:
        """Return the reports that stand for themselves, without outline and asides."""
        return tuple(self._kept.values())

    def is_copy(self, path: str) -> bool:
        """Tell whether a path stands behind a kept report."""
        return path in self._home

    def _put(self, report: Report, copies: Iterable[Copy]) -> Report:
        kept = self._shelve(report, copies)
        self._written[report.id] = kept.copies
        return kept

    def _shelve(self, report: Report, copies: Iterable[Copy]) -> Report:
        kept = replace(report, copies=tuple(sorted(copies, key=lambda copy: copy.path)), outline=(), asides=())
        if report.id not in self._kept and report.content:
            self._by_content[report.content].append(report.id)
        self._kept[report.id] = kept
        self._home.update((copy.path, report.id) for copy in kept.copies)
        return replace(report, copies=kept.copies)

    def _unshelve(self, report: Report) -> tuple[Copy, ...]:
        """Take out what was known of the report's path; return its copies where it still says the same."""
        home = self._kept.get(self._home.pop(report.path, ""))
        if home is not None:
            self._shelve(home, (copy for copy in home.copies if copy.path != report.path))
        before = self._kept.get(report.id)
        if before is None:
            return ()
        self._forget(before)
        if report.content == before.content and _agree(report, before):
            return before.copies
        for copy in before.copies:
            self._home.pop(copy.path, None)
            self.released.add(copy.path)
        return ()

    def _forget(self, report: Report) -> None:
        del self._kept[report.id]
        if report.content:
            self._by_content[report.content].remove(report.id)

    def _other(self, report: Report) -> Report | None:
        others = (self._kept[each] for each in self._by_content.get(report.content, ()))
        return min((each for each in others if _agree(each, report)), key=lambda each: each.path, default=None)


def _agree(one: Report, other: Report) -> bool:
    """Tell whether nothing that two reports are known to be says that they are different ones."""
    places = ((one.town, other.town), (one.county, other.county), (one.city, other.city))
    if any(here and there and here != there for here, there in places):
        return False
    written = one.year_source in _WRITTEN and other.year_source in _WRITTEN
    return not written or one.year == other.year


def duplicates(reports: Iterable[Report]) -> tuple[Duplicate, ...]:
    """Return the copies behind reports, by path."""
    found = (Duplicate(path=copy.path, of=report.path) for report in reports for copy in report.copies)
    return tuple(sorted(found, key=lambda each: each.path))


def remarks_among(reports: Iterable[Report]) -> tuple[Warned, ...]:
    """Return the remarks that reports just read would get if they came into one index."""
    shelf = Shelf((), gone=set())
    for report in reports:
        shelf.take(report)
    return remarks(shelf.kept())


def remarks(reports: tuple[Report, ...]) -> tuple[Warned, ...]:
    """Return a warning for each copy, and for each report that is not the newest of its town and year."""
    copies = (Warned(path=each.path, warning=f"与 {each.of} 内容相同，只收录一份。") for each in duplicates(reports))
    return (*copies, *superseded(reports))


def newer_versions(reports: Iterable[Report]) -> Mapping[str, Report]:
    """Return, by path, the newest report of the same town, year and genre for each that is not the newest itself."""
    same: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    for report in reports:
        if report.town and report.year:
            place = (report.province, report.city, report.county, report.town)
            same[*place, report.year, find_genre(report.kind)].append(report)
    found: dict[str, Report] = {}
    for group in same.values():
        *older, newest = sorted(group, key=lambda report: (report.issued or date.min, report.path))
        found.update((report.path, newest) for report in older)
    return found


def superseded(reports: Iterable[Report]) -> Iterator[Warned]:
    """Yield a warning for each report that is not the newest of its town and year, naming the newest."""
    known = tuple(reports)
    issued = {report.path: report.issued for report in known}
    for path, newest in newer_versions(known).items():
        dated = newest.issued is not None and newest.issued != issued[path]
        reason = f"落款日期 {newest.issued}" if dated else "落款日期分不出先后，按文件名排在后面"
        yield Warned(
            path=path,
            warning=f"与 {newest.path} 同为{newest.town} {newest.year} 年的报告而内容不同，两份都已收录；"
            f"较新的是 {newest.path}（{reason}），请以它为准。",
        )
