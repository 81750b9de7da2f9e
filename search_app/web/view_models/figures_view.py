"""The figures as a page shows them: all things by topic, or one thing town by town and year by year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

import numpy as np
from markupsafe import Markup

from search_app.comparing.counted_figures import Figures, ThingCount, Told
from search_app.comparing.figure_levels import Levels
from search_app.comparing.figures_table import Entry, Place, Rows
from search_app.exporting import citation
from search_app.exporting.figure_wording import say_marks, say_number, say_side, say_spread, say_value, say_year
from search_app.exporting.file_formats import FileFormat
from search_app.labelling.figures.things import Thing
from search_app.model import TOPICS
from search_app.web.figures_answers import EXPORT, PATH, Asked, Order
from search_app.web.view_models import links
from search_app.web.view_models.figure_plot import draw_levels, draw_spark
from search_app.web.view_models.links import Link
from search_app.web.view_models.pager import numbered

_ORDERS = {Order.PLACE: "按地名", Order.MOST: "最近一年从大到小", Order.LEAST: "最近一年从小到大"}
#: Files that a table of figures is offered in first.
#: So many clauses are shown of several years.
READ_AT_MOST = 40
_FORMATS = (FileFormat.XLSX, FileFormat.CSV, FileFormat.DOCX, FileFormat.MARKDOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingRow:
    """One thing in the list of its topic; ``spark`` is drawn where a topic was chosen."""

    link: Link
    unit: str
    figures: int
    towns: int
    years: str
    latest: str
    spark: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBlock:
    """A topic with its things."""

    name: str
    anchor: str
    url: str
    rows: tuple[ThingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value in a cell, as a link to its passage; ``side`` tells in words that it stands apart."""

    text: str
    url: str
    marks: tuple[str, ...]
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TownRow:
    """A town and its values year by year."""

    town: str
    county: str
    url: str
    cells: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One figure with the clause that it stands in: what stands before the number, the number, what comes after."""

    value: Value
    place: str
    year: str
    before: str
    number: str
    after: str
    source: str
    passage: str
    code: str


def address(asked: Asked, *, path: str = PATH, **changed: str | int | None) -> str:
    """Return the address of what is asked, with some of it changed; the first page is not named."""
    wanted = asked.wanted
    given: dict[str, str | int | None] = {
        "topic": wanted.topic,
        "what": wanted.what,
        "year": wanted.year,
        "county": wanted.county,
        "town": wanted.town,
        "sort": None if asked.order is Order.PLACE else asked.order.value,
        **changed,
    }
    query = urlencode({name: value for name, value in given.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path


def show_topics(asked: Asked, found: Figures, levels: Mapping[str, Levels]) -> tuple[TopicBlock, ...]:
    """Return the things by topic."""
    of_topics: defaultdict[str, list[ThingCount]] = defaultdict(list)
    for one in found.things:
        of_topics[one.thing.topic].append(one)
    return tuple(
        TopicBlock(
            name=topic,
            anchor=f"t-{TOPICS.index(topic) + 1}",
            url=address(asked, topic=topic, what=None),
            rows=tuple(_thing(asked, one, levels.get(one.thing.name)) for one in of_topics[topic]),
        )
        for topic in TOPICS
        if topic in of_topics
    )


def _thing(asked: Asked, one: ThingCount, levels: Levels | None) -> ThingRow:
    thing = one.thing
    latest, spark = "", Markup("")
    if levels and levels.spreads:
        last = levels.spreads[max(levels.spreads)]
        latest = f"{last.year}年度中位数 {say_number(last.median)}{thing.units[0]}（{last.towns} 个乡镇）"
        said = "，".join(f"{year}年度 {say_number(each.median)}" for year, each in sorted(levels.spreads.items()))
        spark = draw_spark(levels, f"{thing.name}各年度中位数：{said}")
    years = one.years
    return ThingRow(
        link=Link(text=thing.name, url=address(asked, topic=None, what=thing.name)),
        unit=thing.units[0],
        figures=one.figures,
        towns=one.towns,
        years=f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0]) if years else "",
        latest=latest,
        spark=spark,
    )


def order_places(asked: Asked, found: Figures, levels: Levels) -> list[int]:
    """Return the numbers of the places that are asked for, in the order asked for."""
    table = found.table
    places = sorted(np.unique(table.places[found.rows]).tolist(), key=lambda at: (not table.place_names[at].town, at))
    if asked.order is Order.PLACE:
        return places
    latest: dict[Place, tuple[int, float]] = {}
    for (place, year), value in levels.by_town.items():
        if asked.wanted.year in (None, year):
            latest[place] = max(latest.get(place, (0, 0.0)), (year, value))
    sign = -1 if asked.order is Order.MOST else 1
    known = [at for at in places if table.place_names[at] in latest]
    known.sort(key=lambda at: sign * latest[table.place_names[at]][1])
    return [*known, *(at for at in places if table.place_names[at] not in latest)]


def entries_of(found: Figures, places: Sequence[int]) -> tuple[Entry, ...]:
    """Return the figures of some places, place by place, from the newest year to the oldest."""
    table = found.table
    held: Rows = found.rows[np.isin(table.places[found.rows], places)]
    order = {place: at for at, place in enumerate(places)}
    rows = sorted(held.tolist(), key=lambda row: (order[int(table.places[row])], -int(table.years[row]), row))
    return table.entries(rows)


def show_towns(
    asked: Asked, entries: Sequence[Entry], years: Sequence[int | None], levels: Levels
) -> tuple[TownRow, ...]:
    """Return the table of towns by years."""
    rows: list[TownRow] = []
    for place, group in groupby(entries, key=lambda one: one.place):
        held = list(group)
        rows.append(
            TownRow(
                town=place.town or "乡镇未识别",
                county=place.county,
                url=address(asked, county=place.county or None, town=place.town or None, sort=None),
                cells=tuple(tuple(_value(one, levels) for one in held if one.report.year == year) for year in years),
            )
        )
    return tuple(rows)


def choose_read(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the figures whose clauses are shown: all where they are few, else those of the newest year."""
    if len(entries) <= READ_AT_MOST:
        return tuple(entries)
    newest = max(entry.report.year or 0 for entry in entries)
    return tuple(entry for entry in entries if (entry.report.year or 0) == newest)


def show_clauses(told: Sequence[Told], levels: Levels) -> tuple[ClauseRow, ...]:
    """Return the figures with their clauses."""
    return tuple(_clause(one, levels) for one in told)


def _value(one: Entry, levels: Levels) -> Value:
    return Value(
        text=say_value(one),
        url=links.place_url(one.report.id, one.passage),
        marks=say_marks(one),
        side=say_side(levels.side(one)),
    )


def _clause(one: Told, levels: Levels) -> ClauseRow:
    text, figure = one.passage.text, one.figure
    return ClauseRow(
        value=_value(one.entry, levels),
        place=citation.place(one.entry.report),
        year=say_year(one.entry),
        before=text[figure.clause_start : figure.start].lstrip(),
        number=text[figure.start : figure.end],
        after=text[figure.end : figure.clause_end].rstrip(),
        source=citation.source(one.passage, one.entry.report),
        passage=one.passage.id,
        code=citation.code(one.passage, one.entry.report),
    )


def years_of(found: Figures) -> tuple[int | None, ...]:
    """Return the years that there are figures of, newest first; None stands for reports whose year is not known."""
    years = sorted(np.unique(found.table.years[found.rows]).tolist(), reverse=True)
    return tuple(year or None for year in years)


def draw(thing: Thing, levels: Levels) -> Markup:
    """Return the picture of one thing."""
    unit = thing.units[0]
    said = "；".join(say_spread(spread, unit) for _, spread in sorted(levels.spreads.items()))
    return draw_levels(levels, unit, f"{thing.name}（{unit}）各年度、各乡镇：{said}")


def orders(asked: Asked) -> tuple[Link, ...]:
    """Return the orders to choose from."""
    return tuple(
        Link(
            text=text,
            url=address(asked, sort=None if order is Order.PLACE else order.value),
            current=order is asked.order,
        )
        for order, text in _ORDERS.items()
    )


def pager(asked: Asked, last: int) -> tuple[Link | None, ...]:
    """Return links to other pages of towns."""
    return numbered(asked.page, last, lambda page: address(asked, page=page if page > 1 else None))


def files(asked: Asked) -> tuple[Link, ...]:
    """Return the files to choose from."""
    return tuple(
        Link(text=form.label, url=address(replace(asked, order=Order.PLACE), path=EXPORT, format=form.value))
        for form in _FORMATS
    )
