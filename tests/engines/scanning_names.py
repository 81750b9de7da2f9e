"""The names of places and values by which the oracle counts and selects."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from search_app.genres import find_genre
from search_app.language.analysis.pinyin import to_syllables
from search_app.model import UNKNOWN, Facet, FacetValue, Match, Passage, Report, Value
from search_app.query import Search


def narrowing(search: Search) -> tuple[Facet, ...]:
    """Return the facets of which anything is ticked or excluded; the others keep everything."""
    selection = search.selection
    return tuple(facet for facet in Facet if selection.of(facet) or selection.excluded(facet))


class Names:
    """Facet values of passages, by the rule that an ambiguous place is named with what it lies in."""

    def __init__(self, reports: list[Report]) -> None:
        self._cities_of = self._parents((report.county, report.city) for report in reports)
        self._counties_of = self._parents((report.town, self.county(report)) for report in reports if report.county)

    @staticmethod
    def _parents(pairs: Iterable[tuple[str | None, str | None]]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, parent in pairs:
            if name and parent:
                found.setdefault(name, set()).add(parent)
        return found

    def county(self, report: Report) -> str | None:
        return self._named(report.county, report.city, self._cities_of)

    def town(self, report: Report) -> str | None:
        return self._named(report.town, self.county(report), self._counties_of)

    @staticmethod
    def _named(name: str | None, parent: str | None, parents: dict[str, set[str]]) -> str | None:
        if name is None or len(parents.get(name, ())) < 2:
            return name
        return (parent or UNKNOWN) + name

    def values(self, facet: Facet, report: Report, passage: Passage) -> tuple[Value, ...]:
        match facet:
            case Facet.YEAR:
                return (report.year,)
            case Facet.SECTION:
                return (passage.section,)
            case Facet.TOPIC:
                return passage.topics or (None,)
            case Facet.COUNTY:
                return (self.county(report),)
            case Facet.TOWN:
                return (self.town(report),)
            case Facet.GENRE:
                return (find_genre(report.kind),)

    def accepts(self, facet: Facet, wanted: Value, report: Report, passage: Passage) -> bool:
        match facet:
            case Facet.YEAR:
                return report.year == wanted
            case Facet.SECTION:
                return passage.section == wanted
            case Facet.TOPIC:
                return wanted in passage.topics if wanted is not None else not passage.topics
            case Facet.GENRE:
                return find_genre(report.kind) == wanted
            case Facet.COUNTY:
                return wanted in (report.county, self.county(report), self._under(report.county, report.city))
            case Facet.TOWN:
                return wanted in (
                    report.town,
                    self.town(report),
                    self._under(report.town, report.county),
                    self._under(report.town, self.county(report)),
                )

    def before(self, listed: list[Report]) -> list[int]:
        seen: Counter[str] = Counter()
        counted = []
        for report in listed:
            town = self.town(report) or report.id
            counted.append(seen[town])
            seen[town] += 1
        return counted

    def spread(self, listed: list[Match], share: float) -> list[Match]:
        before = self.before([match.report for match in listed])
        lowered = [
            replace(match, score=match.score * share**count) for match, count in zip(listed, before, strict=True)
        ]
        return sorted(lowered, key=lambda match: -round(match.score, 9))

    @staticmethod
    def _under(name: str | None, parent: str | None) -> str | None:
        return (parent or "") + name if name else None

    def kept(self, search: Search, facet: Facet, pair: tuple[Report, Passage]) -> bool:
        wanted = search.selection.of(facet)
        ticked = not wanted or any(self.accepts(facet, value, *pair) for value in wanted)
        return ticked and not self.excluded(search, facet, pair)

    def excluded(self, search: Search, facet: Facet, pair: tuple[Report, Passage]) -> bool:
        return any(self.accepts(facet, value, *pair) for value in search.selection.excluded(facet))

    def _answering(self, facet: Facet, named: tuple[Value, ...], pairs: list[tuple[Report, Passage]]) -> set[Value]:
        answered: set[Value] = set()
        for wanted in named:
            hits = {
                value
                for report, passage in pairs
                if self.accepts(facet, wanted, report, passage)
                for value in self.values(facet, report, passage)
                if facet != Facet.TOPIC or value == wanted
            }
            answered |= hits or {wanted}
        return answered

    def place(self, report: Report) -> tuple[object, ...]:
        """Return the key by which places are ordered: county, then town, by their sound; unknown last."""
        levels = ((report.county, self.county(report)), (report.town, self.town(report)))
        return tuple((name is None, to_syllables(name or ""), name or "", label or "") for name, label in levels)

    def count(self, search: Search, facet: Facet, matching: list[tuple[Report, Passage]]) -> tuple[FacetValue, ...]:
        others = [other for other in narrowing(search) if other != facet]
        pairs = [pair for pair in matching if all(self.kept(search, other, pair) for other in others)]
        counts: Counter[Value] = Counter()
        reports: dict[Value, set[str]] = {}
        ticked = self._answering(facet, search.selection.of(facet), pairs)
        excluded = self._answering(facet, search.selection.excluded(facet), pairs)
        for report, passage in pairs:
            for value in self.values(facet, report, passage):
                if value in excluded or not self.excluded(search, facet, (report, passage)):
                    counts[value] += 1
                    reports.setdefault(value, set()).add(report.id)
        found = [
            FacetValue(
                value=value,
                count=counts[value],
                reports=len(reports.get(value, ())),
                selected=value in ticked,
                excluded=value in excluded,
            )
            for value in {*counts, *ticked, *excluded}
        ]
        if facet == Facet.YEAR:
            return tuple(sorted(found, key=lambda item: (item.value is None, -int(item.value or 0))))
        return tuple(sorted(found, key=lambda item: (-item.count, item.value is None, str(item.value))))
