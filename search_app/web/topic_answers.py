"""The use cases of the pictures: which place, year and topic an address means, and what is counted of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_app.comparing.topic_history import TopicHistory, follow_topics
from search_app.comparing.topic_profile import TopicProfile, profile_town
from search_app.comparing.town_year_passages import count_town_year
from search_app.errors import NoSuchPlace
from search_app.facets import FACETS
from search_app.model import TOPICS, UNKNOWN, Facet, Report
from search_app.web import urls
from search_app.web.parameters import BadParameter, read_scalars, read_values
from search_app.web.state import site


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an address names of a place; ``counties`` are those that have a town of this name where none is named."""

    county: str | None = None
    town: str | None = None
    year: int | None = None
    counties: tuple[str, ...] = ()


def read_topic(parameters: urls.Parameters) -> str | None:
    """Return the topic that an address names. Raises BadParameter where there is no such topic."""
    value = _single(parameters, Facet.TOPIC)
    if value is not None and value not in TOPICS:
        hint = FACETS[Facet.TOPIC].refuse(value) or ""
        raise BadParameter(f"网址里“主题”（topic）写成了“{value}”，用不了", name="topic", hint=hint)
    return None if value is None else str(value)


def read_county(parameters: urls.Parameters) -> str | None:
    """Return the county that an address names. Raises BadParameter, and NoSuchPlace where nothing of it is held."""
    county = _single(parameters, Facet.COUNTY)
    if county is None:
        return None
    if county not in (known := list_counties(site().shelf.reports)):
        raise NoSuchPlace(f"没有收录“{county}”的报告", hint=f"收录的县（区、市）：{_some(known)}。")
    return str(county)


def read_place(parameters: urls.Parameters) -> Place:
    """Return the place and year that an address names, the county of a town found where only one has it.

    A town may be named with its county before it, as the filters name it. Raises BadParameter, NoSuchPlace.
    """
    county, town, year = read_county(parameters), _single(parameters, Facet.TOWN), _single(parameters, Facet.YEAR)
    if town is not None:
        return _find(str(town), county, int(year) if year is not None else None)
    return Place(county=county, year=int(year) if year is not None else None)


def _find(named: str, county: str | None, year: int | None) -> Place:
    found = {
        (report.county, report.town): None
        for report in site().shelf.reports
        if report.town and report.county and named in (report.town, report.county + report.town)
    }
    places = sorted((held, town) for held, town in found if held and town and county in (None, held))
    if not places:
        raise NoSuchPlace(f"没有收录“{county or ''}{named}”的报告，或者它属于哪个县没有识别出来")
    if len(places) == 1:
        return Place(county=places[0][0], town=places[0][1], year=year)
    return Place(town=named, year=year, counties=tuple(held for held, _ in places))


def profile(place: Place) -> TopicProfile | None:
    """Return the profile of the town that an address names; None where it names no single one."""
    if place.county is None or place.town is None:
        return None
    with site().gate:
        return profile_town(site().engine, place.county, place.town, place.year)


def histories(topics: Sequence[str], county: str | None) -> tuple[TopicHistory, ...]:
    """Return the histories of some topics."""
    with site().gate:
        return follow_topics(site().engine, topics, county)


def count_passages(county: str | None, town: str | None, year: int | None) -> int:
    """Return how many passages are held of a town and year; whoever asks for many stands in line once for all."""
    return count_town_year(site().engine, county, town, year)


def list_counties(reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the counties of which reports are held, by name."""
    return tuple(sorted({report.county for report in reports if report.county}))


def list_towns(reports: Iterable[Report], county: str) -> tuple[str, ...]:
    """Return the towns of a county of which reports are held, by name."""
    return tuple(sorted({report.town for report in reports if report.town and report.county == county}))


def _single(parameters: urls.Parameters, facet: Facet) -> str | int | None:
    """Return the one value that an address names of a facet; what is not known can be asked for nowhere here."""
    scalars = read_scalars(parameters, (facet.value,))
    (value,) = read_values(facet, scalars.values(), name=facet.value) or (None,)
    if value is None and scalars.get(facet.value, "").strip() == UNKNOWN:
        label = FACETS[facet].label
        raise BadParameter(f"“{label}”不能写“{UNKNOWN}”", name=facet.value, hint="请写一个确定的值，或去掉这一项。")
    return value


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:10]) + (f"等 {len(names):,} 个" if len(names) > 10 else "")
