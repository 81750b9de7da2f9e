"""Warming: what the first visitor of a generation would wait for is made before anybody asks.

In: an app. A thread asks the app what visitors ask first, as a visitor would, and again of each new generation, which
then comes into use; the one before answers until then. The surprise: nothing is kept here; what is warm is what engine,
searching and templates keep for themselves.
"""

import ctypes
import gc
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from itertools import chain
from threading import Thread
from urllib.parse import quote

from flask import Flask

from search_app import searching
from search_app.engines.base import Engine
from search_app.errors import IndexProblem, SearchAppError
from search_app.web import figures_answers, serving, state, suggestions

#: What visitors ask first; a word that every report has stands for any other, one that none has for what is not found.
ADDRESSES = (
    "/?q=法治",
    "/?q=龘",
    "/facets/town?q=法治",
    "/",
    "/exemplary",
    "/api/v1/suggest?q=fz",
    "/about",
    "/matrix",
    "/topics",
    "/figures",
)
#: Seconds between two looks at which generation is in use.
_LOOK = 1.0
#: After warming up so many times as long are left to visitors, however many generations come: as long as the newest one
#: waits for its turn.
_RESTS = 1.0

log = logging.getLogger(__name__)


def keep_warm(app: Flask) -> Thread:
    """Start a thread that warms an app for each generation that comes into use, as long as the process lives."""
    thread = Thread(target=_keep_warm, args=(app,), name="warms up", daemon=True)
    thread.start()
    return thread


def warm(app: Flask, engine: Engine | None = None) -> None:
    """Ask an app once what visitors ask first, of the engine of a generation, or of the one that answers."""
    site = state.of(app)
    engine = engine or site.engine
    try:
        searching.get_ready(engine)
    except SearchAppError as error:  # a page will say it better
        log.warning("%s %s", error.message, error.hint)
        return
    suggestions.begin_learning(engine).join()
    client, asked = app.test_client(), serving.asked_of(engine)
    for address in chain(ADDRESSES, _of_a_report(engine)):
        if address == figures_answers.PATH:
            figures_answers.begin_counting(engine).join()
        told = client.get(address, base_url=f"http://{_name(site.settings.host)}/", environ_overrides=asked)
        if told.status_code != HTTPStatus.OK:
            log.info("%s is not warm: %s", address, told.status)


def _of_a_report(engine: Engine) -> Iterator[str]:
    """Yield the addresses of a report and of its town, which stand for those of any other."""
    report = next((each for each in engine.reports() if each.town), None)
    if report is not None:
        yield f"/reports/{report.id}"
        yield f"/?q={quote(report.town or '')}"


def _name(host: str) -> str:
    """Return a name under which the app is asked on this machine."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - recognised, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _settle_memory() -> None:
    """Give back to the system what the generation before needed: where memory is glibc's, it would be kept for good.

    Where indexes change several times a day, that adds up to hundreds of MB. What is held now stays as long as the
    generation: it is looked through for what nobody holds any more now, and not again while visitors wait for it, a
    tenth of a second each time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)


def _keep_warm(app: Flask) -> None:
    site, warmed = state.of(app), None
    while True:
        began = time.monotonic()
        engine = site.serving.newest()
        now = engine, _described(engine)
        if now != warmed:
            try:
                warm(app, engine)
            except Exception:  # it comes into use all the same: a page says what is wrong
                log.exception("a generation could not be warmed up")
            site.serving.put(engine)
            warmed = now
            site.last_years.begin()  # the last of all: nobody waits for it
            _settle_memory()
        del engine  # the next one may come while this thread rests
        time.sleep(max(_LOOK, _RESTS * (time.monotonic() - began)))


def _described(engine: Engine) -> object:
    """Return what tells a generation from others: its description, or what is wrong with the index."""
    try:
        return engine.status().current
    except IndexProblem as error:
        return type(error)
