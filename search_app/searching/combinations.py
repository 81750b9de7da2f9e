"""Combinations: why nothing is held of places, years and parts that are each held, but not together.

In: a query, the filters and the catalogue. Out: notes that name the true reason, each with what mends it: another query
where the words say it, other filters where they are ticked. The engine is asked what reports hold of a part or topic.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search_app.facets import FACETS
from search_app.model import Facet, Report, Value
from search_app.query import MAX_QUERY, AllOf, In, Node, Note, NoteKind, Search, Selection, Words, Years, to_text
from search_app.query.trees import any_of, parts, plain_words, walk
from search_app.searching.catalogue import PLACES, Catalogue
from search_app.searching.hints import MAX_OFFERED, year_of_word

#: Counts the passages that a search finds.
Counter = Callable[[Search], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is asked for by facet, in the words or ticked, and the years as they are told."""

    query: Node | None
    selection: Selection
    values: dict[Facet, tuple[Value, ...]]
    spans: tuple[Years, ...]

    def years(self) -> bool:
        return bool(self.spans or self.values[Facet.YEAR])

    def wants(self, year: int | None) -> bool:
        return year in self.values[Facet.YEAR] or any(
            year is not None and (span.first or 0) <= year <= (span.last or 9999) for span in self.spans
        )

    def ticked(self, *facets: Facet) -> bool:
        return any(self.selection.of(facet) for facet in facets)


def explain_combination(
    catalogue: Catalogue, query: Node | None, selection: Selection, count: Counter
) -> tuple[Note, ...]:
    """Return the first true reason why places, years, parts and topics are not held together; none where they are."""
    wanted = _wanted(query, selection)
    kinds = sum(map(bool, wanted.values.values())) + bool(wanted.spans)
    if kinds < 2:
        return ()  # nothing is combined
    there = [report for report in catalogue.reports if _stands(report, wanted)] if _placed(wanted) else []
    if not there and _placed(wanted):
        apart = _apart(catalogue, wanted)
        return (apart,) if apart is not None else ()
    if there and wanted.years():
        then = [report for report in there if wanted.wants(report.year)]
        if not then:
            return (_other_years(there, wanted),)
    return _no_such_part(wanted, count)


def _wanted(query: Node | None, selection: Selection) -> _Wanted:
    named = [node for node in walk(query) if isinstance(node, In)]
    values = {facet: (*selection.of(facet), *(node.value for node in named if node.facet is facet)) for facet in Facet}
    years = [node for node in walk(query) if isinstance(node, Years)]
    typed = (year_of_word(part.text) for part in plain_words(query))
    values[Facet.YEAR] = (*values[Facet.YEAR], *(year for year in typed if year is not None))
    return _Wanted(query=query, selection=selection, values=values, spans=tuple(years))


def _placed(wanted: _Wanted) -> bool:
    return any(wanted.values[facet] for facet in PLACES)


def _stands(report: Report, wanted: _Wanted) -> bool:
    """Tell whether a report is from the places that are asked for."""
    return all(not wanted.values[facet] or _is_one(_place(report, facet), wanted.values[facet]) for facet in PLACES)


def _place(report: Report, facet: Facet) -> tuple[str | None, str | None]:
    """Return the place above a report's town or county, and the town or county."""
    return (report.county, report.town) if facet is Facet.TOWN else (report.city, report.county)


def _is_one(place: tuple[str | None, str | None], names: Iterable[Value]) -> bool:
    above, name = place
    return any(name == value or (name and f"{above or ''}{name}" == value) for value in names)


def _apart(catalogue: Catalogue, wanted: _Wanted) -> Note | None:
    """Return the note that a town does not lie in the county that is asked for; None where either is not held."""
    towns, counties = (wanted.values[facet] for facet in PLACES)
    lying = [report for report in catalogue.reports if _is_one((report.county, report.town), towns)]
    if not lying or not counties or not any(catalogue.holds(Facet.COUNTY, str(name)) for name in counties):
        return None
    held = list(dict.fromkeys(report.county for report in lying if report.county))[:MAX_OFFERED]
    where = f"，收录的{_say(towns)}在{_say(held)}" if held else ""
    message = f"{_say(counties)}没有{_say(towns)}{where}。"
    return _mended(wanted, Facet.COUNTY, held, message)


def _other_years(there: Sequence[Report], wanted: _Wanted) -> Note:
    """Return the note that the places have reports on other years only."""
    held = sorted({report.year for report in there if report.year is not None})
    place = _say(
        value
        for facet in PLACES
        for value in wanted.values[facet]
        if any(_is_one(_place(report, facet), (value,)) for report in there)
    )
    asked = [str(value) for value in wanted.values[Facet.YEAR]]
    asked += [
        f"{span.first or '…'} 至 {span.last or '…'}" if span.first != span.last else str(span.first)
        for span in wanted.spans
    ]
    said = "、".join(dict.fromkeys(asked))
    if not held:
        return Note(kind=NoteKind.NOT_HELD, message=f"{place}的报告都没有认出年度，不知道有没有 {said} 年度的。")
    message = f"{place}只收录了 {_years(held)} 年度的报告，没有 {said} 年度的。"
    return _mended(wanted, Facet.YEAR, held, message)


def _no_such_part(wanted: _Wanted, count: Counter) -> tuple[Note, ...]:
    """Return the note that reports from there and then have no passage in a part, or on a topic."""
    scope = Selection(**{facet.value: wanted.values[facet] for facet in (*PLACES, Facet.YEAR) if wanted.values[facet]})
    for facet in (Facet.SECTION, Facet.TOPIC):
        values = wanted.values[facet]
        if not values or not scope or count(Search(selection=scope.with_values(facet, values))):
            continue
        what = "这一部分" if facet is Facet.SECTION else "这个主题"
        message = f"{_among(wanted)}没有{_quoted(facet, values)}{what}的段落。"
        return (_mended(wanted, facet, (), message),)
    return _not_in_that_part(wanted, scope, count)


def _not_in_that_part(wanted: _Wanted, scope: Selection, count: Counter) -> tuple[Note, ...]:
    """Return the note that a part and a topic are each held, but that the part has nothing on the topic."""
    sections, topics = wanted.values[Facet.SECTION], wanted.values[Facet.TOPIC]
    if not sections or not topics:
        return ()
    of_sections, of_topics = scope.with_values(Facet.SECTION, sections), scope.with_values(Facet.TOPIC, topics)
    if not count(Search(selection=of_sections)) or not count(Search(selection=of_topics)):
        return ()  # what is not held at all is told elsewhere
    if count(Search(selection=of_sections.with_values(Facet.TOPIC, topics))):
        return ()
    message = (
        f"{_among(wanted)}，{_quoted(Facet.SECTION, sections)}这一部分没有讲{_quoted(Facet.TOPIC, topics)}的段落。"
    )
    return (_mended(wanted, Facet.TOPIC, (), message),)


def _mended(wanted: _Wanted, facet: Facet, held: Sequence[Value], message: str) -> Note:
    """Return the note with what mends it: values that are held put in the place of those asked for."""
    chosen = tuple(held)[-MAX_OFFERED:]
    if wanted.ticked(facet):
        return Note(kind=NoteKind.NOT_HELD, message=message, selection=wanted.selection.with_values(facet, chosen))
    left = [part for part in parts(wanted.query) if not _names(part, facet)]
    new = [any_of([In(facet=facet, value=value) for value in chosen])] if chosen else []
    if not left and not new:
        return Note(kind=NoteKind.NOT_HELD, message=message)
    text = to_text(AllOf(children=(*left, *new)))
    return Note(kind=NoteKind.NOT_HELD, message=message, query=text if len(text) <= MAX_QUERY else None)


def _names(part: Node, facet: Facet) -> bool:
    """Tell whether a part of a query names a value of a facet."""
    if facet is Facet.YEAR and isinstance(part, Words) and year_of_word(part.text) is not None:
        return True
    return any(
        (isinstance(node, In) and node.facet is facet) or (isinstance(node, Years) and facet is Facet.YEAR)
        for node in walk(part)
    )


def _among(wanted: _Wanted) -> str:
    """Return the reports that the places and years leave, in words."""
    where = _say((*wanted.values[Facet.TOWN], *wanted.values[Facet.COUNTY]))
    when = f" {_say(wanted.values[Facet.YEAR])} 年度" if wanted.values[Facet.YEAR] else ""
    return f"{where}{when}的报告里".strip() if where or when else "收录的报告里"


def _quoted(facet: Facet, values: Iterable[Value]) -> str:
    return f"“{'”“'.join(map(FACETS[facet].say, values))}”"


def _say(values: Iterable[Value]) -> str:
    return "、".join(dict.fromkeys("未识别" if value is None else str(value) for value in values))


def _years(held: Sequence[int]) -> str:
    """Return years as spans: 2019、2021 至 2023."""
    spans: list[list[int]] = []
    for year in held:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return "、".join(str(span[0]) if len(span) == 1 else f"{span[0]} 至 {span[-1]}" for span in spans)
