"""A draft's head: which town, county and year a draft is about, and what each of these rests on.

In: a draft, and the reports of an index. Out: the draft with its head settled. What the writer says counts first. The
surprise: a title may be what was left over of another town's report; so where title and signature name two towns, the
one that the text speaks of more often is believed, and the other shown as left over.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from search_app.model import Report
from search_app.parsing.place.address_patterns import find_address
from search_app.parsing.place.gazetteer import Gazetteer
from search_app.reviewing.draft import Draft, PartKind
from search_app.reviewing.year_leftovers import settle_year

#: What place and year rest on, in words, beside the sources that a report has.
STATED, MAJORITY, CATALOGUE = "你填写的", "全文多处这样写", "收录的报告里只有一个县有这个镇"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a draft is about, and what each part of that rests on, in words; None where nothing is known."""

    town: str | None
    county: str | None
    year: int | None
    town_from: str = ""
    county_from: str = ""
    year_from: str = ""


def settle_town(draft: Draft, names: Gazetteer) -> str | None:
    """Return the town that a draft is about: of those that title and signature name, the one it speaks of most."""
    if draft.stated.town is not None:
        return draft.stated.town
    named: list[str] = []
    if draft.told.town is not None:
        named.append(draft.told.town)
    for part in draft.parts():
        if part.kind in (PartKind.TITLE, PartKind.SIGNATURE):
            address = find_address(part.text, names)
            if address is not None and address.town is not None:
                named.append(address.town)
    if len(set(named)) < 2:
        return named[0] if named else None
    spoken = Counter({name: sum(passage.text.count(name) for passage in draft.passages) for name in set(named)})
    weight = Counter(named)
    return max(dict.fromkeys(named), key=lambda name: (spoken[name], weight[name], name == draft.told.town))


def settle_county(town: str | None, draft: Draft, reports: Collection[Report]) -> tuple[str | None, bool]:
    """Return the county of a draft, and whether the index alone says so: it has one county with such a town."""
    if draft.report.county is not None or town is None:
        return draft.report.county, False
    counties = {report.county for report in reports if report.town == town and report.county}
    return (next(iter(counties)), True) if len(counties) == 1 else (None, False)


def settle_head(draft: Draft, reports: Collection[Report], names: Gazetteer) -> tuple[Draft, Head]:
    """Return a draft whose report has the settled town, county and year, and what they rest on."""
    town = settle_town(draft, names)
    if town != draft.report.town:  # what the text was understood to be about is another place
        draft = replace(draft, report=replace(draft.report, town=town, county=draft.stated.county))
    county, concluded = settle_county(town, draft, reports)
    year = settle_year(draft).year
    head = Head(
        town=town,
        county=county,
        year=year,
        town_from=_from(draft, "town", town, draft.told.town, draft.told.place_source),
        county_from=CATALOGUE
        if concluded
        else _from(draft, "county", county, draft.told.county, _county_source(draft)),
        year_from=_from(draft, "year", year, draft.told.year, draft.told.year_source),
    )
    upper = next((each for each in reports if each.county == county and each.city), None) if county else None
    report = replace(draft.report, town=town, county=county, year=year)
    if upper is not None and report.city is None:
        report = replace(report, city=upper.city, province=report.province or upper.province)
    return replace(draft, report=report), head


def _county_source(draft: Draft) -> str:
    return "gazetteer" if draft.told.place_source == "gazetteer" else "body"


def _from(draft: Draft, name: str, value: object, told: object, source: str) -> str:
    """Return what a value rests on: a source as reports have it, or words of ours."""
    if value is None:
        return ""
    if getattr(draft.stated, name) == value:
        return STATED
    return source if told == value else MAJORITY
