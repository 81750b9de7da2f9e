"""Finding the place: town, county, city and province of a report, with the source of what is known.

In: the texts where a place may stand, the most telling first. Out: names, source, warnings. A town's name alone is
ambiguous: the gazetteer's candidates are narrowed by what the report names (county, city, province) and by what it
calls its superior (县委, 区委). What stays ambiguous is None, with the candidates in a warning.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_app.language.analysis.place_names import COUNTY_ENDS
from search_app.parsing.place.address_patterns import (
    LONGEST_NAME,
    Address,
    find_acting_town,
    find_address,
    find_county_before,
    find_county_of,
    find_seats,
    find_town,
)
from search_app.parsing.place.county_hints import find_county_alone, find_county_of_title, find_hinted_county
from search_app.parsing.place.evidence_texts import Clues, is_in_named_county, is_named, narrow_down
from search_app.parsing.place.folders import add_folders
from search_app.parsing.place.gazetteer import Gazetteer, Place
from search_app.parsing.place.name_forms import bare_name, find_renamed, is_same_county
from search_app.parsing.place.news_places import find_headline_place, find_lead_place
from search_app.parsing.place.site_hosts import match_hosts
from search_app.parsing.place.superior_counties import find_superior
from search_app.provenance import PlaceSource

_COUNTY_END = re.compile(rf"[{COUNTY_ENDS}](?![县区镇乡街村社])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFound:
    """The place, its source, what the keeper should know, and where the town may lie that is not told apart."""

    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    source: PlaceSource = "none"
    warnings: tuple[str, ...] = ()
    candidates: tuple[Place, ...] = ()


def find_place(clues: Clues, known: Mapping[str, str], names: Gazetteer) -> PlaceFound:
    """Return the place of a report; ``known`` holds corrections (town, county, city, province), which win."""
    stated, source = _stated(clues, names)
    if known:
        stated, source = replace(stated, **{part: known[part] for part in known}), "sidecar"
    if stated.town is None:
        return _without_town(stated, source, clues, names)
    stated = _with_county_of_other_clues(stated, clues, names)
    return _complete(stated, source, clues, names)


def _without_town(stated: Address, source: PlaceSource, clues: Clues, names: Gazetteer) -> PlaceFound:
    """Return what is known of a paper that no town wrote, or a template: the county whose bureau speaks."""
    found = PlaceFound(
        county=stated.county, city=stated.city, province=stated.province, source=source, warnings=("未能识别乡镇名称",)
    )
    if stated.county is not None:
        return _with_upper(found, _by_county(stated, names), clues)
    if (titled := find_county_of_title(clues.title, names)) is not None:
        found = replace(found, county=titled, source="title")
        return _with_upper(found, _by_county(replace(stated, county=titled), names), clues)
    stated = _with_frame(stated, clues, names)
    above = find_superior(clues, names)
    if stated.county is None and above in names.counties:
        stated, source = replace(stated, county=above), "body"
    if stated.county is None and (hinted := find_hinted_county(clues, names)) is not None:
        stated, source = replace(stated, county=hinted), "inferred"
    if stated.county is None:
        return found
    source = "issued" if source == "none" else source
    return _with_upper(replace(found, county=stated.county, source=source), _by_county(stated, names), clues)


def _stated(clues: Clues, names: Gazetteer) -> tuple[Address, PlaceSource]:
    """Return the first address that a clue states, the most telling clue first."""
    if not clues.ours and (told := find_headline_place(clues.title, names)) is not None:
        return told[0], "title" if told[1] else "inferred"
    if clues.of_title is not None:
        return clues.of_title, "title"
    for text in (clues.issuer, *clues.header):
        if text and (address := find_address(text, names)) is not None:
            return address, "issued"
    if clues.ours:
        return _stated_in_text(clues, names)
    lead = find_lead_place(clues.intro or clues.body, names)
    return (lead, "inferred") if lead is not None else _stated_around(clues, names)


def _stated_in_text(clues: Clues, names: Gazetteer) -> tuple[Address, PlaceSource]:
    """Return the address that an account of the town itself states in its text, around it, or in its path."""
    running: tuple[tuple[str, PlaceSource], ...] = ((clues.intro, "intro"), (clues.headings, "heading"))
    for text, source in running:
        if text and (town := find_town(text, names)) is not None:
            return town, source
    if (town := find_town(clues.body, names, least=2)) is not None:
        return town, "body"
    town = find_town("\n".join((clues.intro, clues.body)), names)
    if town is not None and town.town is not None and is_in_named_county(town.town, clues, names):
        return town, "body"
    around = _stated_around(clues, names)
    if around[0].town is None and (town := find_acting_town(clues.body, names)) is not None:
        return town, "inferred"
    return around


def _stated_around(clues: Clues, names: Gazetteer) -> tuple[Address, PlaceSource]:
    """Return the address that the page around a text or its path states."""
    for part in reversed(re.split(r"[>＞»›/|｜\s]+", clues.frame)):
        if (address := find_address(part, names)) is not None and address.town == part:
            return address, "issued"
    for part in reversed(clues.path.split("/")):
        if (address := find_address(re.sub(r"[\W_0-9]+", " ", part), names)) is not None:
            return address, "filename"
    return Address(), "none"


def _with_county_of_other_clues(stated: Address, clues: Clues, names: Gazetteer) -> Address:
    """Add the county that the signature, header or path states for the same town."""
    if stated.county is not None or stated.town is None:
        return stated
    if (titled := clues.of_title) is not None and titled.town == stated.town and titled.county is not None:
        return replace(stated, county=titled.county, city=titled.city or stated.city, province=titled.province)
    for text in (clues.issuer, *clues.header, *clues.path.split("/")):
        other = find_address(text, names) if stated.town in text else None
        if other is not None and other.town == stated.town and other.county is not None:
            return replace(stated, county=other.county, city=other.city or stated.city, province=other.province)
    for text in clues.header:
        if (alone := find_county_alone(text, names)) is not None:
            return replace(stated, county=alone)
    county = find_county_of(stated.town, "\n".join((clues.title, *clues.header, clues.intro, clues.body)), names)
    return stated if county is None or county in names.cities else replace(stated, county=county)


def _with_frame(stated: Address, clues: Clues, names: Gazetteer) -> Address:
    """Add the county, city and province whose government or bureau the frame of the page names most."""
    seats = find_seats("\n".join((clues.frame, *clues.header)), names)
    seats = Counter({seat: count for seat, count in seats.items() if _fits(seat, stated)})
    for part in ("county", "city", "province"):
        if getattr(stated, part) is not None:
            continue
        counts: Counter[str] = Counter()
        for seat, count in seats.items():
            if (name := getattr(seat, part)) is not None:
                counts[name] += count
        ranked = counts.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            stated = replace(stated, **{part: ranked[0][0]})
            seats = Counter({seat: count for seat, count in seats.items() if _fits(seat, stated)})
    return stated


def _fits(seat: Address, stated: Address) -> bool:
    return all(
        getattr(seat, part) is None or getattr(stated, part) in (None, getattr(seat, part))
        for part in ("county", "city", "province")
    )


def _complete(stated: Address, source: PlaceSource, clues: Clues, names: Gazetteer) -> PlaceFound:
    """Complete county, city and province from the gazetteer and the text."""
    town = stated.town or ""
    found = PlaceFound(town=town, county=stated.county, city=stated.city, province=stated.province, source=source)
    renamed = town not in names.towns
    candidates = names.towns.get(town, ()) or find_renamed(town, names)
    candidates = tuple(place for place in candidates if _agrees(place, stated))
    if stated.county is not None:
        return _with_upper(_named_today(found, candidates, names), candidates or _by_county(stated, names), clues)
    above = find_superior(clues, names, candidates)
    if above not in names.counties:
        stated = add_folders(stated, clues, names)
        if stated.county is not None and source != "sidecar":
            found = replace(found, source="filename")  # the weaker of the two sources speaks for the whole place
        stated = _with_frame(stated, clues, names)
        found = replace(found, city=stated.city, province=stated.province)
        candidates = tuple(place for place in candidates if _agrees(place, stated)) or candidates
        if stated.county is not None:
            found = _named_today(replace(found, county=stated.county), candidates, names)
            agreed = tuple(place for place in candidates if place.county == found.county)
            return _with_upper(found, agreed or _by_county(stated, names), clues)
    above = above or _mentioned(clues, candidates, names)
    if above is not None and not any(place.county == above for place in candidates):
        named = Address(town=town, county=above, city=stated.city, province=stated.province)
        return _with_upper(replace(found, county=above), _by_county(named, names), clues)
    meant_by_host = match_hosts(candidates, clues.hosts) if clues.hosts and len(candidates) > 1 else ()
    if len(meant_by_host) == 1 and not renamed and above is None:
        place = meant_by_host[0]
        return replace(found, county=place.county, city=place.city, province=place.province, source="issued")
    narrowed, certain = narrow_down(candidates, clues)
    if len(narrowed) == 1 and not (renamed and not is_named(narrowed[0], clues)):
        place = narrowed[0]
        named_in_text = place.county is not None and place.county == above
        how: PlaceSource = (
            source if named_in_text or source == "sidecar" else "gazetteer" if certain and not renamed else "inferred"
        )
        return replace(found, county=place.county, city=place.city, province=place.province, source=how)
    return _hinted(found, candidates, clues, names) or _unresolved(found, candidates, narrowed)


def _hinted(found: PlaceFound, candidates: tuple[Place, ...], clues: Clues, names: Gazetteer) -> PlaceFound | None:
    """Return the place in the county that the text tells of by the way, where a town of this name may lie in it."""
    hinted = find_hinted_county(clues, names)
    if hinted is None or (candidates and all(place.county != hinted for place in candidates)):
        return None
    meant = Address(town=found.town, county=hinted, city=found.city, province=found.province)
    found = replace(found, county=hinted, source="sidecar" if found.source == "sidecar" else "inferred")
    return _with_upper(found, _by_county(meant, names), clues)


def _mentioned(clues: Clues, candidates: tuple[Place, ...], names: Gazetteer) -> str | None:
    """Return the one known county that the opening mentions, where it is of none that has a town of this name."""
    if any(is_named(place, clues) for place in candidates):
        return None
    ends = (found.end() for found in _COUNTY_END.finditer(clues.intro))
    counties = {find_county_before(clues.intro[max(end - LONGEST_NAME, 0) : end], names, shortest=3) for end in ends}
    counties.discard(None)
    return counties.pop() if len(counties) == 1 and counties.isdisjoint(names.cities) else None


def _named_today(found: PlaceFound, candidates: tuple[Place, ...], names: Gazetteer) -> PlaceFound:
    """Write a county by its name in the gazetteer where the report has its old or short one (玉环县, 酉阳县)."""
    if found.county is None or found.county in names.counties:
        return found
    counties = {place.county for place in candidates if place.county and is_same_county(place.county, found.county)}
    return replace(found, county=min(counties)) if len(counties) == 1 else found


def _unresolved(found: PlaceFound, candidates: tuple[Place, ...], narrowed: tuple[Place, ...]) -> PlaceFound:
    if not candidates:
        return replace(found, warnings=("未能识别所属县（区、市）",))
    shared = {place.province for place in narrowed or candidates}
    province = found.province or (min(shared, key=str) if len(narrowed) > 0 and len(shared) == 1 else None)
    listed = "、".join(str(place) for place in candidates[:8]) + ("等" if len(candidates) > 8 else "")
    warning = f"“{found.town}”可能属于：{listed}；请用同名 .meta.toml 文件注明所属县"
    likelier = tuple(dict.fromkeys((*narrowed, *candidates)))
    return replace(found, province=province, warnings=(warning,), candidates=likelier)


def _agrees(place: Place, stated: Address) -> bool:
    """Say whether a candidate contradicts nothing that is stated; a county may have become a city or district."""
    return (
        (stated.county is None or place.county is None or is_same_county(place.county, stated.county))
        and (stated.city is None or place.city is None or bare_name(place.city) == bare_name(stated.city))
        and (stated.province is None or place.province == stated.province)
    )


def _by_county(stated: Address, names: Gazetteer) -> tuple[Place, ...]:
    if stated.county and stated.county in names.cities and stated.city is None:
        return (Place(province=names.cities[stated.county], city=stated.county),)
    return tuple(place for place in names.counties.get(stated.county or "", ()) if _agrees(place, stated))


def _with_upper(found: PlaceFound, places: tuple[Place, ...], clues: Clues) -> PlaceFound:
    """Add city and province of the county that is known, where the gazetteer leaves no doubt."""
    if len(places) > 1:
        places, _ = narrow_down(places, clues)
    uppers = {(place.city, place.province) for place in places}
    if len(uppers) != 1:
        return found
    city, province = next(iter(uppers))
    county = None if places[0].county is None and found.county == city else found.county
    return replace(found, county=county, city=found.city or city, province=found.province or province)
