"""The use cases behind pages and API, each behind the gate that limits how many run at once."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from search_app import searching
from search_app.comparing.report_overlap import ReportOverlap
from search_app.engines.base import Engine
from search_app.exporting import citation
from search_app.model import Report
from search_app.query import Deadline, Search
from search_app.searching import Cited, Explained, Practices, Related, Request, Results, Similar
from search_app.searching.per_generation import RecentAnswers
from search_app.searching.value_sounds import Sounds, sounds_of
from search_app.web import urls
from search_app.web.state import site

#: An answer of ten passages takes some 50 kB.
_answers = RecentAnswers[Results](128, worth=lambda results: not results.partial)
_practices = RecentAnswers[Practices](16, worth=lambda found: not found.partial)


def answer(asked: Request) -> Results:
    """Answer a request when its turn has come."""
    with site().gate:
        return recall(site().engine, asked, site().give_time())


def recall(engine: Engine, asked: Request, deadline: Deadline | None) -> Results:
    """Return the answer to a request that was given lately, else the one of now; ``took_ms`` is always that of now."""
    started = time.perf_counter()
    found = _answers(engine, asked, lambda: searching.search(engine, asked, deadline=deadline))
    return replace(found, took_ms=(time.perf_counter() - started) * 1000)


def in_time(engine: Engine, deadline: Deadline | None) -> Callable[[Request], Results | None]:
    """Return what answers requests until the deadline has come, and then no more."""

    def ask(asked: Request) -> Results | None:
        return None if deadline is not None and deadline.is_over() else recall(engine, asked, deadline)

    return ask


def find_last_years(reports: Iterable[Report]) -> Mapping[str, ReportOverlap]:
    """Return by a report's id how much of it stands in last year's, of those of which that is held."""
    with site().gate:
        return site().last_years.of(reports)


def find_cited(typed: str) -> Cited:
    """Return where the text stands that a citation code names. Raises BadCode, NoSuchText."""
    code = citation.require_code(urls.clean(typed))
    with site().gate:
        return searching.find_cited(site().engine, code.digest, code.is_of)


def explain(passage_id: str, asked: Request) -> Explained:
    """Return why a passage has its score in the answer to a request."""
    with site().gate:
        return searching.explain(site().engine, asked, passage_id)


def find_similar(passage_id: str, asked: Request) -> Similar:
    """Return those that say nearly the same as a passage, of all that the request finds."""
    within = Search(
        selection=asked.selection, exemplary=asked.exemplary, since=asked.since, page=asked.page, size=asked.size
    )
    if asked.text.strip():
        found = answer(replace(asked, page=1))
        with site().gate:
            within = replace(within, query=found.asked_for(site().engine, passage_id).query)
    with site().gate:
        return searching.find_similar(site().engine, passage_id, replace(within, deadline=site().give_time()))


def find_related(passage_id: str, asked: Request) -> Related:
    """Return passages of other towns on the same thing as a passage, where the filters select."""
    with site().gate:
        within = Search(
            selection=asked.selection, sort=asked.sort, page=asked.page, size=asked.size, deadline=site().give_time()
        )
        return searching.find_related(site().engine, passage_id, within, all_genres=asked.all_genres)


def sounds() -> Sounds:
    """Return how the places of the generation in use are read."""
    return sounds_of(site().engine)


def parse_narrowing(parameters: urls.Parameters) -> Request:
    """Return the filters, the order and the page that an address asks for; words would have no effect."""
    return urls.parse_filters(parameters, also=("sort", "page", "size"))


def find_by_topic(asked: Request) -> Practices:
    """Return the best exemplary passages of each topic, where the request's filters select."""
    engine, selection, every = site().engine, asked.selection, asked.all_genres
    with site().gate:
        deadline = site().give_time()
        return _practices(
            engine,
            (selection, every),
            lambda: searching.find_practices(engine, selection, deadline=deadline, all_genres=every),
        )
