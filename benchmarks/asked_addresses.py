"""Addresses: every page and every address of the JSON once, and many of them with ever other values.

In: an app over an index of ``successive``. Out: addresses over a town that reports every year, its county, a passage
that few share wording with and the one that most do.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search_app.comparing.preceding_reports import town_years_of
from search_app.engines.base import Engine
from search_app.labelling.figures.things import things
from search_app.model import TOPICS, Passage, Report
from search_app.web import state

#: So many characters has the draft that is checked.
_DRAFT = 7000
_WORDS = (
    "法治",
    "矛盾纠纷 调解",
    "行政执法 培训",
    "普法 宣传",
    "信访",
    "第一责任人",
    "不足",
    "下一步 计划",
    "“法律顾问”",
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address; where it has a form, that is posted."""

    name: str
    url: str
    form: tuple[tuple[str, str], ...] | None = None

    def ask(self, client: FlaskClient) -> TestResponse:
        """Return what is answered."""
        return client.get(self.url) if self.form is None else client.post(self.url, data=dict(self.form))


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town with its reports, oldest first, and some passages of each."""

    county: str
    town: str
    years: tuple[int, ...]
    reports: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is asked about: towns of different counties, the smallest and the largest cluster, a draft."""

    passages: int
    reports: int
    towns: tuple[Town, ...]
    alone: str
    repeated: str
    draft: str


def choose(app: Flask) -> Sample:
    """Return what is asked about."""
    engine = state.of(app).engine
    client = app.test_client()
    found = client.get("/api/v1/search?q=法治&collapse=similar&size=100").get_json()["hits"]
    found.sort(key=lambda hit: hit["stands_for"])
    kept = [years for years in town_years_of(engine).by_place.values() if len(years) > 2]
    towns = random.Random(1).sample(kept, min(60, len(kept)))
    status = engine.status().current
    return Sample(
        passages=status.passages,
        reports=status.reports,
        towns=tuple(_town(engine, tuple(years.values())) for years in towns),
        alone=found[0]["passage"]["id"],
        repeated=found[-1]["passage"]["id"],
        draft=_draft(engine, tuple(towns[0].values())),
    )


def _town(engine: Engine, reports: tuple[Report, ...]) -> Town:
    held = [engine.report(report.id)[1] for report in reports]
    return Town(
        county=reports[0].county or "",
        town=reports[0].town or "",
        years=tuple(report.year or 0 for report in reports),
        reports=tuple(report.id for report in reports),
        passages=tuple(passages[len(passages) // 2].id for passages in held),
    )


def _draft(engine: Engine, reports: tuple[Report, ...]) -> str:
    """Return a draft that was copied together from a town's reports."""
    texts: list[str] = []
    for passage in _passages(engine, reports):
        texts.append(passage.text)
        if sum(map(len, texts)) >= _DRAFT:
            break
    return "\n".join(texts)[:_DRAFT]


def _passages(engine: Engine, reports: tuple[Report, ...]) -> Iterator[Passage]:
    for report in reversed(reports):
        yield from engine.report(report.id)[1]


def addresses(sample: Sample) -> tuple[Address, ...]:
    """Return every page and every address of the JSON."""
    form = (("text", sample.draft),)
    drafts = (Address("draft, 7,000 characters", "/draft", form), Address("draft, JSON", "/api/v1/draft", form))
    return (*(Address(name, url) for name, url in _named(sample)), *drafts)


def _named(sample: Sample) -> Iterator[tuple[str, str]]:
    """Yield what is asked with nothing posted, by name."""
    one, other, third = sample.towns[:3]
    yield from _finding(one)
    yield from _reading(sample)
    yield from _comparing(one, other, third)
    yield from _reviewing(one)
    yield from _counting(one)
    yield from _saying(one)


def _finding(one: Town) -> Iterator[tuple[str, str]]:
    yield "start", "/"
    yield "search", "/?q=法治"
    yield "search, two words", "/?q=矛盾纠纷+调解"
    yield "search, second page", "/?q=法治&page=2"
    yield "search, one county", f"/?q=普法&county={one.county}"
    yield "search, 100 on a page", "/api/v1/search?q=法治&size=100"
    yield "search, JSON", "/api/v1/search?q=矛盾纠纷+调解"
    yield "facet of towns", "/facets/town?q=法治"
    yield "facet of topics", "/facets/topic?q=法治"
    yield "facet, JSON", "/api/v1/facets/town?q=法治"
    yield "facets, JSON", "/api/v1/facets"
    yield "suggestions", "/api/v1/suggest?q=fz"
    yield "best practice", "/exemplary"
    yield "best practice, JSON", "/api/v1/exemplary"
    yield "feed", "/feed?q=普法"
    yield "list as a file", "/export?q=法治&format=xlsx"


def _reading(sample: Sample) -> Iterator[tuple[str, str]]:
    one = sample.towns[0]
    latest, passage = one.reports[-1], one.passages[-1]
    yield "report", f"/reports/{latest}"
    yield "report, JSON", f"/api/v1/reports/{latest}"
    yield "report as a file", f"/export?report={latest}&format=docx"
    yield "similar passages", f"/passages/{sample.repeated}/similar"
    yield "related passages", f"/passages/{passage}/related"
    yield "why found", f"/passages/{sample.repeated}/why?q=法治"
    yield "history, small cluster", f"/passages/{sample.alone}/history"
    yield "history, largest cluster", f"/passages/{sample.repeated}/history"
    yield "history, largest, JSON", f"/api/v1/passages/{sample.repeated}/history"
    yield "history as a file", f"/passages/{sample.repeated}/history/export?format=xlsx"


def _comparing(one: Town, other: Town, third: Town) -> Iterator[tuple[str, str]]:
    latest = one.reports[-1]
    yield "years, last year", f"/reports/{latest}/years"
    yield "years, JSON", f"/api/v1/reports/{latest}/years"
    yield "years, another town", f"/reports/{latest}/years?with={other.reports[-1]}"
    yield "years as a file", f"/reports/{latest}/years/export?format=xlsx"
    passages = "&".join(f"p={each.passages[-1]}" for each in (one, other, third))
    reports = "&".join(f"r={each.reports[-1]}" for each in (one, other, third))
    yield "compare, nothing chosen", "/compare"
    yield "compare passages", f"/compare?{passages}"
    yield "compare reports", f"/compare?{reports}"
    yield "compare reports, JSON", f"/api/v1/compare?{reports}"
    yield "comparison as a file", f"/compare/export?{reports}&format=xlsx"
    yield "matrix", "/matrix"
    for rows in ("topic", "section"):
        for columns in ("town", "year", "county"):
            yield f"matrix, {rows} × {columns}", f"/matrix?rows={rows}&columns={columns}&best=1"
    yield "matrix of a county", f"/matrix?county={one.county}&best=1"
    yield "matrix, JSON", "/api/v1/matrix"
    yield "matrix as a file", "/matrix/export?format=xlsx"


def _reviewing(one: Town) -> Iterator[tuple[str, str]]:
    county = quote(one.county)
    yield "review", "/review"
    yield "review of a year", f"/review?year={one.years[1]}"
    yield "review of a county", f"/review?county={county}&year={one.years[-1]}"
    yield "review of a town", f"/review?county={county}&town={quote(one.town)}"
    yield "review, JSON", f"/api/v1/review?county={county}&year={one.years[-1]}"
    yield "review as a file", f"/review/export?county={county}&year={one.years[-1]}&format=xlsx"


def _counting(one: Town) -> Iterator[tuple[str, str]]:
    thing = things()[0]
    yield "figures", "/figures"
    yield "figures of a topic", f"/figures?topic={thing.topic}"
    yield "figures of a thing", f"/figures?what={thing.name}"
    yield "figures of a thing, page 5", f"/figures?what={thing.name}&page=5"
    yield "figures of a thing, by value", f"/figures?what={thing.name}&sort=most"
    yield "figures of a county", f"/figures?what={thing.name}&county={one.county}"
    yield "figures, JSON", f"/api/v1/figures?what={thing.name}"
    yield "figures as a file", f"/figures/export?what={thing.name}&format=xlsx"
    yield "figures of a topic as a file", f"/figures/export?topic={thing.topic}&format=csv"
    yield "all figures as a file", "/figures/export?format=xlsx"
    yield "history of a topic", "/topics?topic=普法宣传"
    yield "topics", "/topics"
    yield "topics, JSON", "/api/v1/topics"
    yield "profile of a town", f"/profile?county={one.county}&town={one.town}"
    yield "profile, JSON", f"/api/v1/profile?county={one.county}&town={one.town}"


def _saying(one: Town) -> Iterator[tuple[str, str]]:
    yield "about", "/about"
    yield "about a county", f"/about?county={one.county}"
    yield "copies", "/about/copies"
    yield "status, JSON", "/api/v1/status"
    yield "coverage, JSON", "/api/v1/coverage"
    yield "all reports, JSON", "/api/v1/reports"
    yield "the form of a draft", "/draft"
    yield "empty basket", "/basket"
    yield "description, JSON", "/api/v1/openapi.json"


def varied(sample: Sample, count: int) -> Iterator[Address]:
    """Yield so many addresses, each with values of its own."""
    draw = random.Random(2)
    made = 0
    while made < count:
        towns = tuple(draw.sample(sample.towns, 3))
        mixed = replace(sample, towns=towns, alone=towns[1].passages[0], repeated=towns[2].passages[1])
        for name, url in draw.sample(list(_named(mixed)), 20):
            word = draw.choice((*_WORDS, *TOPICS, towns[0].town))
            known = url.replace("q=法治", f"q={word}").replace("page=5", f"page={draw.randint(1, 20)}")
            known = known.replace(f"what={things()[0].name}", f"what={draw.choice(things()).name}")
            known = known.replace("topic=普法宣传", f"topic={draw.choice(TOPICS)}")
            yield Address(name, known)
            made += 1
