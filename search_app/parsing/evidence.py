"""Evidence of a report's facts: which words a concluded year, town or county rests on, for those who check it.

The places are looked for where the resolver looked, the most telling text first; what the text does not say comes from
the gazetteer.
"""

from dataclasses import dataclass

from search_app.parsing.genre.tell_genre import GenreFound
from search_app.parsing.place.evidence_texts import Clues
from search_app.parsing.place.find_place import PlaceFound
from search_app.provenance import Confidence

_EITHER_SIDE = 20
_GAZETTEER = "地名表"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A field of the report, its value (None = not known), its source, and the words that say it ("" = none).

    ``candidates`` are the places that a county may be which is not known, the likelier first; ``confidence`` is how far
    a genre can be relied on.
    """

    field: str
    value: str | None
    source: str
    text: str
    candidates: tuple[str, ...] = ()
    confidence: Confidence | None = None


def explain_genre(genre: GenreFound, *, of_keeper: bool) -> Evidence:
    """Return what a genre rests on; ``of_keeper``: a sidecar or front matter states it."""
    source, text = ("sidecar", "") if of_keeper else ("inferred", "；".join(genre.reasons))
    return Evidence(field="kind", value=genre.kind, source=source, text=text, confidence=genre.confidence)


def explain_place(place: PlaceFound, clues: Clues) -> tuple[Evidence, ...]:
    """Return what town, county, city and province rest on."""
    made = []
    for field in ("town", "county", "city", "province"):
        value: str | None = getattr(place, field)
        source, text = ("none", "") if value is None else _said(value, clues)
        if value is not None and place.source == "sidecar":
            source, text = "sidecar", ""
        open_to = tuple(map(str, place.candidates)) if field == "county" and value is None else ()
        made.append(Evidence(field=field, value=value, source=source, text=text, candidates=open_to))
    return tuple(made)


def _said(name: str, clues: Clues) -> tuple[str, str]:
    """Return where a name is said first, and the words around it."""
    texts = (
        ("title", clues.title), ("issued", clues.issuer), *(("issued", text) for text in clues.header),
        ("intro", clues.intro), ("heading", clues.headings), ("body", clues.body), ("issued", clues.frame),
        ("filename", clues.path),
    )  # fmt: skip
    for source, text in texts:
        at = text.find(name)
        if at >= 0:
            start = max(at - _EITHER_SIDE, text.rfind("\n", 0, at) + 1)
            return source, text[start : at + len(name) + _EITHER_SIDE].split("\n")[0]
    return "gazetteer", _GAZETTEER
