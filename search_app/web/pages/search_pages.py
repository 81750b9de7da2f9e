"""Search pages: the start page, and the results of a search."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search_app import query, searching
from search_app.comparing.entrance import entrance_of
from search_app.comparing.report_overlap import ReportOverlap
from search_app.engines.base import Engine
from search_app.exporting import citation
from search_app.facets import FACETS
from search_app.model import Collapse, Facet, Report, Sort
from search_app.searching import PRACTICE, Hit, Request, Results, may_name_number
from search_app.searching.per_generation import PerGeneration
from search_app.searching.report_scope import reports_in
from search_app.searching.value_sounds import sounds_of
from search_app.web import urls
from search_app.web.answers import answer, find_last_years, sounds
from search_app.web.state import site
from search_app.web.view_models import (
    cards,
    coverage,
    doors,
    export_links,
    facet_panels,
    find_again,
    notices,
    pager,
)
from search_app.web.view_models.links import Link
from search_app.web.view_models.topic_views import PROFILE_PATH, address

#: The page of exemplary practice by topic.
EXEMPLARY = "/exemplary"

pages = Blueprint("pages", __name__)

#: Passages and reports that the start page shows.
SHOWCASE, LATEST = 3, 6
#: What of a question stands in the box, or is a box of its own.
_OWN_BOXES = ("q", "exemplary")
_NO_QUOTES = str.maketrans("", "", '"“”')


@pages.get("/")
def search() -> ResponseReturnValue:
    """Show the start page, or the answer to a question."""
    told = urls.parse(request.args.to_dict(flat=False))
    asked = told.request
    if asked == Request(text=asked.text) and not asked.text.strip():
        return _start(told.ignored)
    if _names_passage(asked):
        return redirect(f"/c/{quote(asked.text.strip(), safe='')}")
    if asked.text.strip() == PRACTICE and asked.also and not asked.literal and asked.page == 1:
        return redirect(urls.build(Request(selection=asked.selection), path=EXEMPLARY))
    results = answer(asked)
    return render_template(
        "search.html",
        results=results,
        asked=asked,
        text=asked.text,
        summary=pager.summary(results),
        near_line=pager.near_line(results),
        cards=cards.cards(results, newer=site().shelf.newer, last_years=_last_years(results)),
        exports=export_links.of_results(asked, results.listed),
        panels=facet_panels.panels(results.found, asked, sounds=sounds),
        chips=facet_panels.chips(asked),
        cleared=urls.build(urls.clear_filters(asked)),
        sorts=pager.sorts(asked),
        collapses=pager.collapses(results),
        sizes=pager.sizes(asked),
        pager=pager.pager(asked, results.pages),
        last=results.pages,
        direct=[(item.id, citation.title(item), _told(item, results)) for item in results.direct],
        **_ways_on(results),
        without=facet_panels.without(results),
        understood=_understood(results),
        loose=_loose(results),
        notices=(*notices.of_strangers(told.ignored), *notices.notices(results)),
        previous=urls.build(replace(asked, page=asked.page - 1)) if asked.page > 1 else None,
        next=urls.build(replace(asked, page=asked.page + 1)) if asked.page < results.pages else None,
        again=find_again.find_again(asked, site().engine.status()),
        kept=[pair for pair in urls.to_hidden(asked) if pair[0] not in _OWN_BOXES],
    )


def _last_years(results: Results) -> Mapping[str, ReportOverlap]:
    return find_last_years(hit.match.report for hit in results.hits)


def _understood(results: Results) -> str:
    """Return how the question was read, where that is neither what was typed nor said by a notice."""
    if results.chosen is None or results.relaxed:
        return ""
    read = query.describe(results.chosen)
    corrected = [note.query for note in results.notes if note.kind is query.NoteKind.CORRECTED]
    return "" if read in (results.request.text.strip(), *corrected) else read


def _names_passage(asked: Request) -> bool:
    """Tell whether a citation code is all that was typed; its letters alone may also be a word, if no text has them."""
    typed = asked.text.strip()
    code = citation.read_code(typed)
    if asked != Request(text=asked.text) or code is None:
        return False
    if citation.looks_like_code(typed):
        return True
    with site().gate:
        return bool(site().engine.find_text(code.digest))


class _Entrance(NamedTuple):
    """What the start page says of a generation, whoever asks."""

    results: Results
    best: tuple[cards.Card, ...]
    panels: Mapping[str, facet_panels.Panel]
    genres: tuple[facet_panels.Row, ...]
    doors: tuple[doors.Door, ...]
    towns: int
    counties: int
    latest: tuple[tuple[str, str, str], ...]


def _look(engine: Engine) -> _Entrance:
    best = Request(exemplary=True, sort=Sort.EXEMPLARY, collapse=Collapse.SIMILAR, size=50)
    everything = searching.search(engine, Request())
    facets = everything.found.facets
    latest = coverage.latest(reports_in(engine).reports(), most=LATEST)
    panels = facet_panels.panels(everything.found, Request(), sounds=lambda: sounds_of(engine))
    return _Entrance(
        results=everything,
        best=_of_different_towns(searching.search(engine, best)),
        panels={panel.name: panel for panel in panels},
        genres=facet_panels.genres(facets[Facet.GENRE]),
        doors=doors.doors(entrance_of(engine)),
        # Counted as the facets count: a county whose city one report leaves out is still the same county.
        towns=facet_panels.known(facets.get(Facet.TOWN, ())),
        counties=facet_panels.known(facets.get(Facet.COUNTY, ())),
        latest=tuple((item.id, citation.title(item), citation.where(item)) for item in latest),
    )


_looked = PerGeneration(_look)


def _start(ignored: tuple[str, ...]) -> str:
    with site().gate:
        entrance = _looked(site().engine)
    return render_template(
        "start.html",
        text="",
        status=site().engine.status(),
        feed=find_again.FEED,
        notices=notices.of_strangers(ignored),
        **entrance._asdict(),
    )


def _of_different_towns(best: Results) -> tuple[cards.Card, ...]:
    """Return the cards of the first passages that are each of another town."""
    first: dict[tuple[str | None, str | None], tuple[int, Hit]] = {}
    for rank, hit in enumerate(best.hits, 1):
        first.setdefault((hit.match.report.county, hit.match.report.town), (rank, hit))
    return tuple(cards.card(hit, best, rank=rank) for rank, hit in [*first.values()][:SHOWCASE])


def _told(report: Report, results: Results) -> str:
    """Return where a report is from that is offered directly, with its number where that was typed."""
    numbered = report.document_number if may_name_number(results.request.text) else None
    return " · ".join((citation.where(report), *((numbered,) if numbered else ())))


def _whole_town(results: Results) -> Link | None:
    """Return the way to all reports of the town that the text names, where not all of them are offered directly."""
    if not results.direct or may_name_number(results.request.text):
        return None
    town, county = results.direct[0].town or "", results.direct[0].county or ""
    stated = county if county in results.request.text else ""
    same = [item for item in site().shelf.reports if item.town == town and stated in ("", item.county)]
    if len(same) <= len(results.direct):
        return None
    asked = replace(urls.narrow_to(Facet.TOWN, stated + town), sort=Sort.NEWEST, collapse=Collapse.REPORT)
    return Link(text=f"看{stated + town}的全部 {len(same):,} 份报告", url=urls.build(asked))


def _ways_on(results: Results) -> dict[str, Link | None]:
    """Return what a search leads to beside its passages."""
    return {
        "whole_town": _whole_town(results),
        "practice": _practice(results),
        "profile": _profile(results.request),
    }


def _profile(asked: Request) -> Link | None:
    """Return the way to what a town writes about, where a search is narrowed to one town that is held."""
    towns, counties = asked.selection.of(Facet.TOWN), asked.selection.of(Facet.COUNTY)
    if len(towns) != 1 or towns[0] is None or len(counties) > 1:
        return None
    if not any(towns[0] in (item.town, f"{item.county}{item.town}") for item in site().shelf.reports):
        return None
    county = str(counties[0]) if counties and counties[0] is not None else None
    return Link(text=f"{towns[0]}写了哪些主题 →", url=address(PROFILE_PATH, county=county, town=str(towns[0])))


def _practice(results: Results) -> Link | None:
    """Return the way to the exemplary practice that the words ask for; None where they do not, or it is shown."""
    jump, asked = results.practice, results.request
    if jump is None:
        return None
    selection = asked.selection
    for facet in Facet:
        if values := jump.selection.of(facet):
            selection = selection.with_values(facet, values)
    named = "、".join(FACETS[facet].say(value) for facet in Facet for value in selection.of(facet))
    if jump.words:
        url = urls.build(Request(text=jump.words, selection=selection, exemplary=True))
        return Link(text=f"只看“{jump.words}”的典型做法{f'（{named}）' if named else ''}", url=url)
    url = urls.build(Request(selection=selection), path=EXEMPLARY)
    return Link(text=f"按主题看典型做法{f'：{named}' if named else ''}", url=url)


def _loose(results: Results) -> str | None:
    """Return the address of the same search without its quotation marks, where it has some."""
    text = results.request.text.translate(_NO_QUOTES)
    return urls.build(replace(results.request, text=text, page=1)) if text != results.request.text else None
