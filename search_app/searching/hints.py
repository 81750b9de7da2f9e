"""Hints, as notes: what of a query the index does not hold, and how to narrow to a place or year among its words.

In: a query and the catalogue of the index. Out: notes, each with a query that mends it where there is one.
"""

from dataclasses import replace

from search_app.facets import FACETS
from search_app.language import squeeze_with_offsets
from search_app.language.analysis.folding import fold
from search_app.language.analysis.place_names import TOWN_SUFFIXES, either
from search_app.language.analysis.years import DIGIT_YEAR
from search_app.lazy_patterns import lazy_pattern
from search_app.model import Facet
from search_app.query import MAX_QUERY, AllOf, In, Node, Note, NoteKind, Selection, Words, Years, to_text
from search_app.query.trees import any_of, parts, plain_words, replace_node, walk
from search_app.searching.catalogue import PLACES, Catalogue

#: How many places that a name may mean are offered.
MAX_OFFERED = 5
_YEAR = lazy_pattern(rf"({DIGIT_YEAR})年?度?")
_TOWN = lazy_pattern(f"[一-鿿]{{2,8}}{either(*TOWN_SUFFIXES)}")


def explain_missing(catalogue: Catalogue, query: Node | None, selection: Selection) -> tuple[Note, ...]:
    """Return a note for each value, named inside the query or ticked, that the index does not hold."""
    named = [node for node in walk(query) if isinstance(node, In | Years)]
    named += [In(facet=facet, value=value) for facet in Facet for value in selection.of(facet)]
    missing: dict[str, In | Years] = {}
    for node in named:
        if message := _why_missing(catalogue, node):
            missing.setdefault(message, node)
    return tuple(
        Note(kind=NoteKind.NOT_HELD, message=message, query=_mend(catalogue, query, node))
        for message, node in missing.items()
    )


def explain_strangers(catalogue: Catalogue, query: Node | None) -> tuple[Note, ...]:
    """Return a note for each plain word of a query that is a year, or looks like a town, that is not held."""
    said = [squeeze_with_offsets(part.text)[0] for part in plain_words(query)]
    named: list[In | Years] = [In(facet=Facet.YEAR, value=year) for year in map(year_of_word, said) if year is not None]
    named += [In(facet=Facet.TOWN, value=text) for text in said if _TOWN.fullmatch(text) and not catalogue.place(text)]
    messages = dict.fromkeys(message for node in named if (message := _why_missing(catalogue, node)))
    return tuple(Note(kind=NoteKind.NOT_HELD, message=message) for message in messages)


def year_of_word(text: str) -> int | None:
    """Return the year that a word is; None where it is none."""
    found = _YEAR.fullmatch(squeeze_with_offsets(text)[0])
    return int(found[1]) if found else None


def offer_narrowing(catalogue: Catalogue, query: Node | None) -> tuple[Note, ...]:
    """Return a note where words of the query are a place or year that the answers could be narrowed to."""
    named: dict[Facet, list[Node]] = {}
    others: list[Node] = []
    plain = plain_words(query)
    for part in parts(query):
        value = _as_value(catalogue, part) if isinstance(part, Words) and part in plain else None
        if value is not None:
            named.setdefault(value.facet, []).append(value)
        else:
            others.append(part)
    if not named:
        return ()
    said = "、".join(f"“{value.value}”" for values in named.values() for value in values if isinstance(value, In))
    message = f"正文里提到{said}的也算在内；只想看这里或这一年的报告，请改用限定。"
    narrowed = AllOf(children=(*map(any_of, named.values()), *others))
    return (Note(kind=NoteKind.NARROW, message=message, query=to_text(narrowed)),)


def _as_value(catalogue: Catalogue, plain: Words) -> In | None:
    """Return the year or place held that plain words name; None where they name none."""
    text = squeeze_with_offsets(plain.text)[0]
    if (year := _YEAR.fullmatch(text)) and int(year[1]) in catalogue.years:
        return In(facet=Facet.YEAR, value=int(year[1]))
    place = catalogue.place(text)
    return In(facet=place, value=text) if place is not None else None


def _why_missing(catalogue: Catalogue, node: In | Years) -> str | None:
    """Return in Chinese why nothing has a value; None where something has."""
    span = f"，现有 {min(catalogue.years)} 至 {max(catalogue.years)} 年" if catalogue.years else ""
    match node:
        case Years(first=first, last=last):
            if any((first or 0) <= year <= (last or 9999) for year in catalogue.years):
                return None
            return f"库里没有 {first or '…'} 至 {last or '…'} 年的报告{span}。"
        case In(facet=Facet.YEAR, value=int(year)) if year not in catalogue.years:
            return f"库里没有 {year} 年的报告{span}。"
        case In(facet=facet, value=str(name)) if facet in PLACES and not catalogue.holds(facet, name):
            near = _names_like(catalogue, node)
            return f"库里没有“{name}”。" + (f"是不是：{'、'.join(near[:MAX_OFFERED])}？" if near else "")
        case In(facet=facet, value=value):
            return FACETS[facet].refuse(value)


def _mend(catalogue: Catalogue, query: Node | None, node: In | Years) -> str | None:
    """Return the query with the places that a name may mean put for it, where there are not too many."""
    if query is None or not isinstance(node, In):
        return None
    near = _names_like(catalogue, node)
    if not 0 < len(near) <= MAX_OFFERED:
        return None
    text = to_text(replace_node(query, node, any_of([replace(node, value=value) for value in near])))
    return text if len(text) <= MAX_QUERY else None


def _names_like(catalogue: Catalogue, node: In) -> list[str]:
    """Return the values held whose name contains the one that was asked for, whichever characters it is typed in."""
    name = fold(str(node.value))
    return [str(each.value) for each in catalogue.values(node.facet) if each.value and name in fold(str(each.value))]
