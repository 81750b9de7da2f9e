"""Warming: what the first visitor of a generation would wait for is made before anybody asks.

In: an app. A thread asks the app what visitors ask first, as a visitor would, and again whenever a new generation is
in use. The surprise: nothing is kept here; what is warm is what engine, searching and templates keep for themselves.
"""

import ctypes
import logging
import sys
import time
from contextlib import suppress
from http import HTTPStatus
from threading import Thread

from flask import Flask

from search_app import searching
from search_app.errors import IndexProblem, SearchAppError
from search_app.web import figures_answers, state, suggestions

#: What visitors ask first; a word that every report has stands for any other.
ADDRESSES = ("/?q=法治", "/", "/exemplary", "/api/v1/suggest?q=fz", "/about", "/matrix", "/topics", "/figures")
#: Seconds between two looks at which generation is in use.
_LOOK = 1.0
#: After warming up so many times as long are left to visitors, however many generations come.
_RESTS = 3.0

log = logging.getLogger(__name__)


def keep_warm(app: Flask) -> Thread:
    """Start a thread that warms an app for each generation that comes into use, as long as the process lives."""
    thread = Thread(target=_keep_warm, args=(app,), name="warms up", daemon=True)
    thread.start()
    return thread


def warm(app: Flask) -> None:
    """Ask an app once what visitors ask first."""
    site = state.of(app)
    try:
        searching.get_ready(site.engine)
    except SearchAppError as error:  # a page will say it better
        log.warning("%s %s", error.message, error.hint)
        return
    suggestions.begin_learning(site.engine).join()
    client = app.test_client()
    for address in ADDRESSES:
        if address == figures_answers.PATH:
            figures_answers.begin_counting(site.engine).join()
        told = client.get(address, base_url=f"http://{_name(site.settings.host)}/")
        if told.status_code != HTTPStatus.OK:
            log.info("%s is not warm: %s", address, told.status)


def _name(host: str) -> str:
    """Return a name under which the app is asked on this machine."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - recognised, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _give_back_memory() -> None:
    """Give back to the system what the generation before needed: where memory is glibc's, it would be kept for good.

    Where indexes change several times a day, that adds up to hundreds of MB.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)


def _keep_warm(app: Flask) -> None:
    warmed: object = None
    while True:
        began = time.monotonic()
        try:
            now: object = state.of(app).engine.status().current
        except IndexProblem as error:
            now = type(error)
        if now != warmed:
            warm(app)
            warmed = now
            state.of(app).last_years.begin()  # the last of all: nobody waits for it
            _give_back_memory()
        time.sleep(max(_LOOK, _RESTS * (time.monotonic() - began)))
