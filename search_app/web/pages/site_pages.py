"""Site pages: about, health, metrics, the description of the search box for browsers, and what crawlers are told."""

from collections.abc import Iterable

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search_app.exporting import citation
from search_app.exporting.review_wording import NAMED, count_copied
from search_app.model import Facet, FacetValue
from search_app.query import Search
from search_app.searching import Request
from search_app.searching.report_scope import reports_in
from search_app.web.parameters import read_scalars
from search_app.web.state import site
from search_app.web.topic_answers import count_passages
from search_app.web.view_models import care_lists, coverage, facet_panels, safe_html

about_site = Blueprint("site", __name__)


@about_site.get("/about")
def about() -> ResponseReturnValue:
    """Show what is held and how the search works."""
    told = read_scalars(request.args.to_dict(flat=False), ("county",))
    county = told.get("county", "").strip() or None
    with site().gate:
        reports, state = site().shelf.reports, site().watch.status()
        accounts = reports_in(site().engine).reports()
        held = coverage.coverage(accounts, count=count_passages, county=county)
        counts = reports_in(site().engine).search(Search(size=1)).facets  # as the searches that they lead to
    ids = {item.path: item.id for item in reports}
    lists = ((care, care_lists.gather(care, state, ids)) for care in care_lists.Care)
    return render_template(
        "about.html",
        coverage=held,
        years=facet_panels.rows(Facet.YEAR, _by_year(counts[Facet.YEAR]), Request()),
        genres=facet_panels.genres(state.counts.get(Facet.GENRE, ())),
        towns=facet_panels.known(counts[Facet.TOWN]),
        county=county,
        guessed=citation.guessed,
        state=state,
        copied=count_copied(state.copied) if state.copied is not None else "",
        copies=[(path, ids.get(path)) for path in (state.copied.paths if state.copied is not None else ())],
        named=NAMED,
        cares=[(care, entries[: care_lists.FIRST], len(entries)) for care, entries in lists if entries],
        how=safe_html.prose("how.md"),
    )


def _by_year(years: Iterable[FacetValue]) -> list[FacetValue]:
    """Return the years held, oldest first, what is not known last."""
    return sorted(years, key=lambda each: (each.value is None, str(each.value)))


@about_site.get("/healthz")
def health() -> ResponseReturnValue:
    """Tell a watcher whether searches are answered."""
    status = site().engine.status()
    told = {"status": "ok", "generation": status.current.name}
    return jsonify(told if status.fallen_back is None else {**told, "fallen_back": status.fallen_back})


@about_site.get("/metrics")
def metrics() -> Response:
    """Tell Prometheus how the service is, where the settings ask for it."""
    counted = site().metrics
    if counted is None:
        abort(404)
    return Response(counted.tell(), content_type=counted.media_type)


@about_site.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search box to browsers."""
    response = make_response(render_template("opensearch.xml"))
    response.mimetype = "application/opensearchdescription+xml"
    return response


@about_site.get("/robots.txt")
def robots() -> Response:
    """Keep crawlers out of the endless combinations of filters."""
    lines = (
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /facets/",
        "Disallow: /passages/",
        "Disallow: /basket",
        "Disallow: /c/",
        "Disallow: /feed",
        "Disallow: /api/",
        "Disallow: /reports/*/file",
        "Disallow: /export",
        "Disallow: /compare",
        "Disallow: /matrix",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
