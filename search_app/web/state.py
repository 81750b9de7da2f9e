"""The state that all requests of one app share: one engine, one gate, the reports of the generation in use."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from search_app import checking, indexing, searching
from search_app.collecting import Store
from search_app.engines.base import Engine, Generation, Status
from search_app.engines.falling_back import FallingBackEngine
from search_app.errors import ConfigError
from search_app.model import Report
from search_app.query import Deadline
from search_app.settings import Settings
from search_app.web.last_years import LastYears
from search_app.web.secret import Secret
from search_app.web.security import Gate
from search_app.web.standings import Standings

if TYPE_CHECKING:
    from search_app.web.metrics import Metrics

_KEY = "search-app"
#: Seconds between two looks at the corpus folder; every file in it is read to be compared.
LOOK_AGAIN = 60.0
#: After a long look the disk is left alone for so many times as long.
RESTS = 10
#: Seconds that whoever asks first waits for the first look.
PATIENCE = 0.3

log = logging.getLogger(__name__)


class Shelf:
    """Keeps the reports of the generation in use, and by place, until the next generation arrives."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._generation: Generation | None = None
        self._reports: tuple[Report, ...] = ()
        self._by_place: Mapping[tuple[str | None, str | None], tuple[Report, ...]] = {}
        self._newer: Mapping[str, Report] = {}

    def reports(self) -> tuple[Report, ...]:
        """Return every report held, ordered by path. Raises IndexProblem."""
        generation = self._engine.status().current  # all of it: a name comes again when an index is built anew
        with self._lock:
            if generation != self._generation:
                self._reports = self._engine.reports()
                places: dict[tuple[str | None, str | None], tuple[Report, ...]] = {}
                for report in self._reports:
                    key = (report.county, report.town)
                    places[key] = (*places.get(key, ()), report)
                self._newer = indexing.newer_versions(self._reports)
                self._by_place, self._generation = places, generation
            return self._reports

    def newer(self) -> Mapping[str, Report]:
        """Return by path the newest report of the same town and year, of those that are not the newest."""
        self.reports()
        return self._newer

    def same_town(self, report: Report) -> tuple[Report, ...]:
        """Return the reports of the report's town, itself included, oldest first; none where the town is not known."""
        if report.town is None:
            return ()
        self.reports()
        found = self._by_place.get((report.county, report.town), ())
        return tuple(sorted(found, key=lambda item: (item.year or 0, item.path)))


class Watch:
    """Knows how the index stands against the corpus folder; a thread of its own looks at the files, now and then.

    Every file is read to be compared, which may take minutes; whoever asks is told what was seen last. Only the first
    who asks of a generation waits a moment, which is all that a small folder takes.
    """

    def __init__(self, engine: Engine, settings: Settings, own_places: str) -> None:
        self._engine, self._settings, self._own_places = engine, settings, own_places
        self._lock = Lock()
        self._known: checking.IndexStatus | None = None
        self._seen: Status | None = None
        self._looking: Thread | None = None
        self._again = 0.0
        self._patient_until = 0.0

    def status(self) -> checking.IndexStatus:
        """Return what is held and, as was last seen, whether the corpus has moved on. Raises IndexProblem."""
        current = self._engine.status()
        with self._lock:
            known, looking = self._known, self._looking
            new = known is None or self._seen != current
            if looking is None and (new or monotonic() > self._again):
                looking = self._looking = Thread(target=self._look, name="looks at the corpus", daemon=True)
                self._patient_until = monotonic() + PATIENCE
                looking.start()
        if known is not None and not new:
            return known
        if looking is not None:
            looking.join(max(0.0, self._patient_until - monotonic()))
        with self._lock:
            known, new = self._known, self._seen != current
        return checking.describe(self._engine) if known is None or new else known

    def remark(self, path: str) -> str | None:
        """Return what to know of a report whose file is not there: that its whole folder is out of reach, if it is."""
        return next((each.remark for each in self.status().kept if each.holds(path)), None)

    def wait(self, seconds: float) -> bool:
        """Wait until no look is under way, and tell whether that is so."""
        with self._lock:
            looking = self._looking
        if looking is not None:
            looking.join(seconds)
        return looking is None or not looking.is_alive()

    def _look(self) -> None:
        started = monotonic()
        try:
            with suppress(ConfigError):  # a list of places that was spoilt meanwhile stops whoever indexes, not us
                self._own_places = indexing.read_own_places(self._settings.gazetteer)
            corpus, index = self._settings.corpus, self._settings.index
            current = self._engine.status()
            known = checking.status(
                self._engine,
                corpus,
                index=index,
                own_places=self._own_places,
                vanished_limit=self._settings.vanished_limit,
            )
            with self._lock:
                self._known, self._seen = known, current
        except Exception:
            log.exception("the corpus folder could not be looked at")
        finally:
            with self._lock:
                self._looking = None
                self._again = monotonic() + LOOK_AGAIN + RESTS * (monotonic() - started)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a view needs besides the request."""

    settings: Settings
    engine: Engine
    gate: Gate
    shelf: Shelf
    watch: Watch
    baskets: Store
    secret: Secret
    standings: Standings
    last_years: LastYears
    metrics: "Metrics | None" = None

    def notice(self) -> str | None:
        """Return that an embedded index answers because the cluster cannot; None where all is as it should be."""
        return self.engine.notice() if isinstance(self.engine, FallingBackEngine) else None

    def give_time(self) -> Deadline | None:
        """Return the deadline of a search that begins now; what is made once for all searches is made before."""
        searching.get_ready(self.engine)
        return searching.give_time(self.settings.time_budget)


def of(app: Flask) -> Site:
    """Return the site of an app."""
    return cast(Site, app.extensions[_KEY])


def put(extensions: dict[str, object], site: Site) -> None:
    """Leave the site with an app."""
    extensions[_KEY] = site


def site() -> Site:
    """Return the site of the app that answers the current request."""
    return cast(Site, current_app.extensions[_KEY])
