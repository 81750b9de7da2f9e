"""Evidence texts: what a report's texts say for or against a place that it might be.

In: the clues of one report, and candidates of the gazetteer. Out: the candidates that it speaks for.
"""

import re
from dataclasses import dataclass

from search_app.parsing.place.address_patterns import Address
from search_app.parsing.place.gazetteer import Gazetteer, Place

_SUPERIORS = (
    ("县", re.compile(r"县委|县政府|县人民政府|县司法局|我县|全县|依法治县")),
    ("旗", re.compile(r"旗委|旗政府|旗人民政府|旗司法局|我旗|全旗")),
    ("区", re.compile(r"(?<!社)(?<!园)(?<!地)区委|区政府|区人民政府|区司法局|我区|依法治区")),
    ("市", re.compile(r"市委|市政府|市人民政府|市司法局|我市|依法治市")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """The texts that may name the place; ``frame`` is the page around the report, believed for its county only.

    ``hosts`` are labels of the addresses of sites; ``ours`` says whether the text speaks of who wrote it, as accounts
    do: in other genres towns are only mentioned. ``around`` are lines set aside beside the text, ``of_title``
    is what the title says of the place.
    """

    title: str
    issuer: str
    header: tuple[str, ...]
    frame: str
    intro: str
    headings: str
    body: str
    path: str
    hosts: frozenset[str] = frozenset()
    ours: bool = True
    of_title: Address | None = None
    around: tuple[str, ...] = ()


def join_texts(clues: Clues) -> str:
    return "\n".join(
        (
            clues.title,
            clues.issuer,
            *clues.header,
            clues.frame,
            clues.path,
            clues.intro,
            clues.headings,
            clues.body[:40_000],
        )
    )


def is_in_named_county(town: str, clues: Clues, names: Gazetteer) -> bool:
    """Say whether the text names a county that has a town of this name."""
    text = join_texts(clues)
    return any(_in(place.county, text) for place in names.towns.get(town, ()))


def is_named(place: Place, clues: Clues) -> bool:
    text = join_texts(clues)
    return any(_in(name, text) for name in (place.county, place.city, place.province))


def _in(name: str | None, text: str) -> bool:
    """Say whether a text names a county or what is above it; two characters (单县) must stand before its organs."""
    if name is None or name not in text:
        return False
    return (
        len(name) > 2
        or re.search(rf"(?<![我全本各该]){name}(?:县?委|县?人民政府|县?政府|县?司法|依法)", text) is not None
    )


def narrow_down(places: tuple[Place, ...], clues: Clues) -> tuple[tuple[Place, ...], bool]:
    """Return the candidates that the text speaks for, and whether more than the kind of superior decided."""
    text = join_texts(clues)
    kinds = tuple(kind for kind, pattern in _SUPERIORS if pattern.search(text))
    fitting = tuple(place for place in places if not kinds or place.county is None or place.county[-1] == kinds[0])
    for part in ("county", "city", "province"):
        named = tuple(place for place in places if _in(getattr(place, part), text))
        agreed = tuple(place for place in named if place in fitting)
        if len(agreed or named) == 1:
            return (agreed or named), True
        if agreed:
            places = fitting = agreed
    if len(places) == 1:
        return fitting, True
    return fitting, len(fitting) != 1
