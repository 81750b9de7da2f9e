"""The state that all requests of one app share: what serves, one gate, the reports of the generation in use."""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from search_app import checking, indexing, searching
from search_app.collecting import Store
from search_app.engines.base import Engine, Status
from search_app.engines.falling_back import FallingBackEngine
from search_app.errors import ConfigError
from search_app.model import Report
from search_app.query import Deadline
from search_app.searching.per_generation import PerGeneration
from search_app.settings import Settings
from search_app.web.last_years import LastYears
from search_app.web.secret import Secret
from search_app.web.security import Gate
from search_app.web.serving import Serving
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
    """The reports of one generation, ordered by path, and by place.

    ``newer`` has by path the newest report of the same town and year, of those that are not the newest.
    """

    def __init__(self, reports: tuple[Report, ...]) -> None:
        self.reports = reports
        self.newer: Mapping[str, Report] = indexing.newer_versions(reports)
        self._by_place: defaultdict[tuple[str | None, str | None], list[Report]] = defaultdict(list)
        for report in reports:
            self._by_place[report.county, report.town].append(report)

    def same_town(self, report: Report) -> tuple[Report, ...]:
        """Return the reports of the report's town, itself included, oldest first; none where the town is not known."""
        if report.town is None:
            return ()
        found = self._by_place.get((report.county, report.town), ())
        return tuple(sorted(found, key=lambda item: (item.year or 0, item.path)))


_shelf_of = PerGeneration(lambda engine: Shelf(engine.reports()))


class Watch:
    """Knows how the index stands against the corpus folder; a thread of its own looks at the files, now and then.

    Every file is read to be compared, which may take minutes; whoever asks is told what was seen last. Only the first
    who asks of a generation waits a moment, which is all that a small folder takes.
    """

    def __init__(self, engine: Callable[[], Engine], settings: Settings, own_places: str) -> None:
        """Take what returns the engine that answers."""
        self._engine, self._settings, self._own_places = engine, settings, own_places
        self._lock = Lock()
        self._known: checking.IndexStatus | None = None
        self._seen: Status | None = None
        self._looking: Thread | None = None
        self._again = 0.0
        self._patient_until = 0.0

    def status(self) -> checking.IndexStatus:
        """Return what is held and, as was last seen, whether the corpus has moved on. Raises IndexProblem."""
        engine = self._engine()
        current = engine.status()
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
        return checking.describe(engine) if known is None or new else known

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
            engine = self._engine()
            current = engine.status()
            known = checking.status(
                engine,
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
    serving: Serving
    gate: Gate
    watch: Watch
    baskets: Store
    secret: Secret
    standings: Standings
    last_years: LastYears
    metrics: "Metrics | None" = None

    @property
    def engine(self) -> Engine:
        """Return the engine that answers the current request, from one generation."""
        return self.serving.engine()

    @property
    def shelf(self) -> Shelf:
        """Return the reports that the current request is answered from. Raises IndexProblem."""
        return _shelf_of(self.engine)

    def notice(self) -> str | None:
        """Return that an embedded index answers because the cluster cannot; None where all is as it should be."""
        index = self.serving.index
        return index.notice() if isinstance(index, FallingBackEngine) else None

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
