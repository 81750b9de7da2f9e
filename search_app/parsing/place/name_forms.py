"""Name forms: the other forms of a place's name: without its suffix, by another one, of an autonomous county.

In: names as a report has them. Out: what the gazetteer may have them as: a report of an older year knows a 乡 that has
become a 镇, or a county that has become a city.
"""

from search_app.language.analysis.place_names import (
    AUTONOMOUS_COUNTIES,
    AUTONOMOUS_PREFECTURE,
    RENAMED_TOWN_SUFFIXES,
)
from search_app.parsing.place.gazetteer import Gazetteer, Place


def bare_name(name: str) -> str:
    """Return a name without its suffix, unless one character would be left (忠县)."""
    if len(name) > 4 and name.endswith((*AUTONOMOUS_COUNTIES, AUTONOMOUS_PREFECTURE)):
        return name[:-3]
    return name[:-1] if len(name) > 2 else name


def is_same_county(county: str, stated: str) -> bool:
    """Say whether two names mean one county, which may have become a city or be an autonomous one."""
    return bare_name(county) == bare_name(stated) or (
        county.endswith(AUTONOMOUS_COUNTIES) and len(stated) > 2 and county.startswith(bare_name(stated))
    )


def find_renamed(town: str, names: Gazetteer) -> tuple[Place, ...]:
    """Return the places of a town that is written with another suffix in the gazetteer (乡 that became 镇)."""
    if town.endswith("街道"):
        other = town[:-3] + "街道" if town.endswith("街街道") else town[:-2] + "街街道"
        if other in names.towns:
            return names.towns[other]
    stem = next((town[: -len(suffix)] for suffix in RENAMED_TOWN_SUFFIXES if town.endswith(suffix)), town)
    return tuple(
        place
        for suffix in RENAMED_TOWN_SUFFIXES
        for place in names.towns.get(stem + suffix, ())
        if stem + suffix != town
    )
