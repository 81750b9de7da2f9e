"""Reviews on demand: an address -> what it asks of the wall, and the review, behind the gate.

A page waits a moment for reports that are not checked yet; the rest is checked by a thread of its own, report by
report, which leaves half of its time to others, and the page says how many are still waiting.
"""

import logging
from functools import partial
from threading import Thread
from time import monotonic, sleep
from urllib.parse import urlencode

from search_app import searching
from search_app.engines.base import Engine
from search_app.errors import SearchAppError
from search_app.facets import FACETS
from search_app.model import Facet
from search_app.reviewing.checked_reports import check_until, checked_reports_of
from search_app.reviewing.register import register_of
from search_app.reviewing.review import Review, Wanted, review
from search_app.web.background import Background
from search_app.web.parameters import MAX_VALUE, BadParameter, Parameters, read_scalars
from search_app.web.security import Gate
from search_app.web.serving import Serving
from search_app.web.state import Site, site

PATH = "/review"
#: The parameters of a review.
NAMES = ("year", "county", "town")
#: The parts of a time budget that the page of all counties waits for checks, and that a file does.
PATIENCE, FILE_PATIENCE = 0.1, 30
_LABELS = {"county": FACETS[Facet.COUNTY].label, "town": FACETS[Facet.TOWN].label}

log = logging.getLogger(__name__)


def read_wanted(parameters: Parameters) -> Wanted:
    """Return what an address asks for; each parameter once. Raises BadParameter."""
    given = {name: text.strip() for name, text in read_scalars(parameters, NAMES).items()}
    for name, label in _LABELS.items():
        if len(given.get(name, "")) > MAX_VALUE:
            raise BadParameter(f"“{label}”（{name}）太长", name=name, hint=f"一个地名最多 {MAX_VALUE} 个字。")
    year = given.get("year", "")
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4 and year[0] != "0"):
        hint = "年度请写四位数字，例如 2023；只能看一年。"
        raise BadParameter(f"网址里“年度”（year）写成了“{year[:MAX_VALUE]}”，用不了", name="year", hint=hint)
    return Wanted(year=int(year) if year else None, county=given.get("county") or None, town=given.get("town") or None)


def find_review(wanted: Wanted, *, for_file: bool = False) -> Review:
    """Return the review that is asked for; what there was no time for is checked meanwhile."""
    at = site()
    patience = FILE_PATIENCE if for_file else PATIENCE if wanted.county is None and wanted.town is None else 1
    with at.gate:
        found = review(at.engine, wanted, deadline=searching.give_time(patience * at.settings.time_budget))
    if found.totals.pending:
        check_meanwhile(at)
    return found


def build_url(path: str = PATH, **asked: object) -> str:
    """Return the address of a review; what is None is left out."""
    query = urlencode([(name, str(value)) for name, value in asked.items() if value is not None])
    return f"{path}?{query}" if query else path


_checking = Background("checks reports")


def check_meanwhile(at: Site) -> Thread:
    """Begin to check all reports, those of the latest year first, unless that is under way; return who does it."""
    return _checking.begin(at.engine, partial(_check_all, at.engine, at.serving, at.gate))


def _check_all(engine: Engine, serving: Serving, gate: Gate) -> None:
    try:
        checks, register = checked_reports_of(engine), register_of(engine)
        towns = [town for towns in register.counties.values() for town in towns.values()]
        reports = [(year, of_year[0]) for town in towns for year, of_year in town.by_year.items()]
        for _, report in sorted(reports, key=lambda each: -each[0]):
            if checks.known(report) is not None:
                continue
            if not serving.serves(engine) or checked_reports_of(engine) is not checks:
                return  # another generation: whoever asks for it begins anew
            started = monotonic()
            with gate:
                check_until(engine, checks, [report])
            sleep(monotonic() - started)
    except SearchAppError as problem:  # an index that is being built anew, a queue that is full: another time
        log.info("checking stopped: %s", problem.message)
