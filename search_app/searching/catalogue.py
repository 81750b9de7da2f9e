"""The catalogue: what one generation of the index holds, its places, topics, years and reports; kept per engine.

In: an engine. Out: a :class:`Catalogue` for suggestions, for jumping straight to a named report, and for saying which
part of a question names something that is not here. It is asked for once per generation.
"""

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from weakref import WeakKeyDictionary

from search_app.engines.base import Engine, Generation
from search_app.language import squeeze
from search_app.language.analysis.place_names import COUNTY_ENDS, TOWN_SUFFIXES, TOWN_SUFFIXES_AND_OFFICES, either
from search_app.language.analysis.years import DIGIT_YEAR
from search_app.model import REPORT_KIND, SECTIONS, TOPICS, Facet, FacetValue, Report, Value
from search_app.query import MAX_QUERY, AllOf, AnyOf, In, Node, Not, Note, Search, Selection, Words, Years, to_text

#: How many reports a direct jump offers.
MAX_DIRECT = 3
#: How many words of the index are known for suggestions and corrections.
MAX_WORDS = 20_000
#: How many places that a name may mean are offered.
MAX_OFFERED = 5
_YEAR = re.compile(rf"({DIGIT_YEAR})年?度?")
_TOWN = re.compile(f"[一-鿿]{{2,8}}{either(*TOWN_SUFFIXES)}")
_KIND_OF_TOWN = re.compile(f"{either(*TOWN_SUFFIXES_AND_OFFICES)}$")
_PLACE_OR_YEAR = re.compile(either(*TOWN_SUFFIXES, *COUNTY_ENDS, DIGIT_YEAR))
#: What a clerk adds to a town's name when the whole report is meant.
_REPORT_WORDS = (REPORT_KIND, "法治政府建设", "年度报告", "工作报告", "人民政府", "情况报告", "报告", "的")


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The facets of an empty search, and every report."""

    generation: Generation
    facets: Mapping[Facet, Sequence[FacetValue]]
    reports: tuple[Report, ...]

    def values(self, facet: Facet) -> Sequence[FacetValue]:
        """Return the values of a facet with how many passages each has in the whole index."""
        return self.facets.get(facet, ())

    @cached_property
    def years(self) -> frozenset[int]:
        """Return the reporting years held."""
        return frozenset(report.year for report in self.reports if report.year is not None)

    def place(self, name: str) -> Facet | None:
        """Return whether a name is a town or a county here; None if neither."""
        return next((facet for facet in (Facet.TOWN, Facet.COUNTY) if (facet, name) in self._places), None)

    def town_called(self, name: str) -> str | None:
        """Return the town whose name this is without 镇, 乡 or 街道; None if there is none."""
        return self._bare_towns.get(name)

    @cached_property
    def _bare_towns(self) -> Mapping[str, str]:
        made = {}
        for report in self.reports:
            bare = _KIND_OF_TOWN.sub("", report.town or "")
            if report.town and report.town != bare and len(bare) > 1:
                made[bare] = report.town
        return made

    @cached_property
    def longest_place(self) -> int:
        """Return how many characters the longest name of a place has."""
        return max((len(name) for _, name in self._places), default=0)

    @cached_property
    def _by_town(self) -> Mapping[str, list[Report]]:
        """Return the reports of each town's name, as :func:`squeeze` leaves it."""
        made: dict[str, list[Report]] = {}
        for report in self.reports:
            if report.town:
                made.setdefault(squeeze(report.town)[0], []).append(report)
        return made

    @property
    def places(self) -> frozenset[str]:
        """Return the names of the towns and counties held."""
        return frozenset(name for _, name in self._places)

    @cached_property
    def _places(self) -> frozenset[tuple[Facet, str]]:
        """Return towns and counties by their bare names and with the place above."""
        towns = ((Facet.TOWN, report.county, report.town) for report in self.reports)
        counties = ((Facet.COUNTY, report.city, report.county) for report in self.reports)
        named = ((facet, above or "", name) for facet, above, name in chain(towns, counties) if name)
        return frozenset(chain.from_iterable(((facet, name), (facet, above + name)) for facet, above, name in named))

    def explain(self, query: Node | None, selection: Selection) -> tuple[Note, ...]:
        """Return a note for each value, named inside the query or ticked, that the index does not hold."""
        ticked = [In(facet=facet, value=value) for facet in Facet for value in selection.of(facet)]
        named = ((node, self._missing(node)) for node in (*_restrictions(query), *ticked))
        missing: dict[str, In | Years] = {}
        for node, message in named:
            if message:
                missing.setdefault(message, node)
        return tuple(
            Note(kind="not_held", message=message, query=self._mended(query, node)) for message, node in missing.items()
        )

    def strangers(self, query: Node | None) -> tuple[Note, ...]:
        """Return a note for each plain word of a query that is a year, or looks like a town, that is not held."""
        parts = query.children if isinstance(query, AllOf) else (query,)
        said = [squeeze(part.text)[0] for part in parts if isinstance(part, Words) and part.field == "any"]
        years = (int(found[1]) for found in map(_YEAR.fullmatch, said) if found)
        named: list[In | Years] = [In(facet=Facet.YEAR, value=year) for year in years]
        named += [In(facet=Facet.TOWN, value=text) for text in said if _TOWN.fullmatch(text) and not self.place(text)]
        messages = dict.fromkeys(message for node in named if (message := self._missing(node)))
        return tuple(Note(kind="not_held", message=message) for message in messages)

    def _mended(self, query: Node | None, node: In | Years) -> str | None:
        """Return the query with the places that a name may mean put for it, where there are not too many."""
        if query is None or not isinstance(node, In):
            return None
        near = self._near(node)
        if not 0 < len(near) <= MAX_OFFERED:
            return None
        meant = tuple(replace(node, value=value) for value in near)
        text = to_text(_replaced(query, node, meant[0] if len(meant) == 1 else AnyOf(children=meant)))
        return text if len(text) <= MAX_QUERY else None

    def _near(self, node: In) -> list[str]:
        """Return the places held whose name contains the one that was asked for."""
        name = str(node.value)
        return [str(each.value) for each in self.values(node.facet) if each.value and name in str(each.value)]

    def narrower(self, query: Node | None) -> tuple[Note, ...]:
        """Return a note where words of the query are a place or year that the answers could be narrowed to."""
        parts = query.children if isinstance(query, AllOf) else (query,)
        named: dict[Facet, list[In]] = {}
        others: list[Node] = []
        for part in parts:
            value = self._as_restriction(part) if isinstance(part, Words) and part.field == "any" else None
            if value is not None:
                named.setdefault(value.facet, []).append(value)
            elif part is not None:
                others.append(part)
        if not named:
            return ()
        said = "、".join(f"“{value.value}”" for values in named.values() for value in values)
        joined = (values[0] if len(values) == 1 else AnyOf(children=tuple(values)) for values in named.values())
        message = f"正文里提到{said}的也列出来了；只想看这里或这一年的报告，请改用限定。"
        return (Note(kind="narrow", message=message, query=to_text(AllOf(children=(*joined, *others)))),)

    def _as_restriction(self, words: Words) -> In | None:
        text = squeeze(words.text)[0]
        if (year := _YEAR.fullmatch(text)) and any(report.year == int(year.group(1)) for report in self.reports):
            return In(facet=Facet.YEAR, value=int(year.group(1)))
        for facet in (Facet.TOWN, Facet.COUNTY):
            if self._holds(facet, text):
                return In(facet=facet, value=text)
        return None

    def named_by(self, query: Node | None) -> tuple[Report, ...]:
        """Return up to three reports, newest first, where the query is a town's name (and a year) and nothing else."""
        parts = query.children if isinstance(query, AllOf) else (query,)
        years = {part.value for part in parts if isinstance(part, In) and part.facet is Facet.YEAR}
        text = ""
        for part in parts:
            match part:
                case Words(text=words, field="any"):
                    text += words
                case In(facet=Facet.TOWN | Facet.COUNTY, value=str(place)):
                    text += place
                case In(facet=Facet.YEAR):
                    pass
                case _:
                    return ()
        rest = squeeze(text)[0]
        years |= {int(year) for year in _YEAR.findall(rest)}
        rest = _YEAR.sub("", rest)
        named = {rest[at:end] for at in range(len(rest)) for end in range(at + 2, len(rest) + 1)} & self._by_town.keys()
        candidates = chain.from_iterable(self._by_town[town] for town in named)
        fitting = [report for report in candidates if _names(rest, report) and (not years or report.year in years)]
        return tuple(sorted(fitting, key=lambda report: (-(report.year or 0), report.path))[:MAX_DIRECT])

    def _missing(self, node: In | Years) -> str | None:
        held = [report.year for report in self.reports if report.year is not None]
        span = f"，现有 {min(held)} 至 {max(held)} 年" if held else ""
        match node:
            case Years(first=first, last=last) if not any((first or 0) <= year <= (last or 9999) for year in held):
                return f"库里没有 {first or '…'} 至 {last or '…'} 年的报告{span}。"
            case In(facet=Facet.YEAR, value=int(year)) if year not in held:
                return f"库里没有 {year} 年的报告{span}。"
            case In(facet=Facet.TOWN | Facet.COUNTY as facet, value=str(name)) if not self._holds(facet, name):
                near = self._near(node)
                return f"库里没有“{name}”。" + (f"是不是：{'、'.join(near[:MAX_OFFERED])}？" if near else "")
            case In(facet=Facet.SECTION, value=str(name)) if name not in SECTIONS:
                return f"没有“{name}”这种章节类型，可选：{'、'.join(SECTIONS)}。"
            case In(facet=Facet.TOPIC, value=str(name)) if name not in TOPICS:
                return f"没有“{name}”这个主题，可选：{'、'.join(TOPICS)}。"
            case _:
                return None

    def _holds(self, facet: Facet, name: Value) -> bool:
        return (facet, name) in self._places


def may_name_report(query: Node | None) -> bool:
    """Tell, without asking the engine, whether a query might name a place or a year."""
    parts = query.children if isinstance(query, AllOf) else (query,)
    return any(
        (isinstance(part, Words) and _PLACE_OR_YEAR.search(squeeze(part.text)[0])) or isinstance(part, In)
        for part in parts
    )


def catalogue_of(engine: Engine) -> Catalogue:
    """Return the catalogue of the engine's generation in use; asked of the engine once per generation.

    A generation is told by all that is known of it: an index deleted and built anew starts again at the same names.
    """
    current = engine.status().current
    with _lock:
        known = _known.get(engine)
    if known is not None and known.generation == current:
        return known
    facets = engine.search(Search(size=1))
    catalogue = Catalogue(generation=current, facets=facets.facets, reports=engine.reports())
    with _lock:
        _known[engine] = catalogue
    return catalogue


def vocabulary_of(engine: Engine) -> Mapping[str, int]:
    """Return the frequent words of the engine's generation in use with how many passages hold each; asked for once."""
    current = engine.status().current
    with _lock:
        known = _vocabularies.get(engine)
    if known is not None and known[0] == current:
        return known[1]
    vocabulary = engine.frequent_words(MAX_WORDS)
    with _lock:
        _vocabularies[engine] = current, vocabulary
    return vocabulary


_known: WeakKeyDictionary[Engine, Catalogue] = WeakKeyDictionary()
_vocabularies: WeakKeyDictionary[Engine, tuple[Generation, Mapping[str, int]]] = WeakKeyDictionary()
_lock = threading.Lock()


def _names(text: str, report: Report) -> bool:
    """Tell whether the text is the report's town, perhaps with the places above it, and words that mean a report."""
    if not report.town:
        return False
    rest = text
    for name in _longest_first((report.town, report.county, report.city, report.province)):
        if name == squeeze(report.town)[0] and name not in rest:
            return False
        rest = rest.replace(name, "", 1)
    for word in _REPORT_WORDS:
        rest = rest.replace(word, "")
    return not rest


def _longest_first(names: Iterable[str | None]) -> list[str]:
    return sorted((squeeze(name)[0] for name in names if name), key=len, reverse=True)


def _replaced(node: Node, old: Node, new: Node) -> Node:
    """Return the tree with one of its nodes replaced; what it excludes stays."""
    if node == old:
        return new
    if isinstance(node, AllOf | AnyOf):
        return replace(node, children=tuple(_replaced(child, old, new) for child in node.children))
    return node


def _restrictions(query: Node | None) -> list[In | Years]:
    """Return the places and years named in a query, those of exclusions left out."""
    found: list[In | Years] = []
    waiting = [query] if query is not None else []
    while waiting:
        match node := waiting.pop():
            case In() | Years():
                found.append(node)
            case AllOf(children=children) | AnyOf(children=children):
                waiting.extend(reversed(children))
            case Not():
                pass
            case _:
                pass
    return found
