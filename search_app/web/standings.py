"""Standings: how collected passages stand in the index of today, remembered as long as that generation is in use."""

from collections.abc import Callable, Iterable, Mapping
from threading import Lock

from search_app import collecting
from search_app.collecting import Kept, Standing
from search_app.engines.base import Engine
from search_app.errors import IndexProblem
from search_app.model import Report
from search_app.web.security import Gate

#: Standings that are remembered at most.
_MOST = 20_000


class Standings:
    """Remembers how collected passages stand in one generation: only reports that were read anew are opened, once."""

    def __init__(self, engine: Callable[[], Engine], gate: Gate) -> None:
        """Take what returns the engine that answers."""
        self._engine, self._gate = engine, gate
        self._lock = Lock()
        self._generation: object = None
        self._known: dict[tuple[str, str, str], Standing] = {}

    def of(self, kept: Iterable[Kept], reports: Callable[[], Iterable[Report]]) -> Mapping[int, Standing]:
        """Return how entries stand, by number; ``reports`` gives those that are held.

        Where there is no usable index, each is taken to stand as it stood.
        """
        kept = tuple(kept)
        if not kept:
            return {}
        try:
            with self._gate:
                engine = self._engine()
                generation, now = engine.status().current, reports()
        except IndexProblem:
            return {each.id: Standing(state=collecting.State.SAME) for each in kept}
        with self._lock:
            if generation != self._generation or len(self._known) > _MOST:
                self._known, self._generation = {}, generation
            known = self._known
        new = [each for each in kept if _key(each) not in known]
        if new:
            wanted = {each.snapshot.report.id for each in new}
            held = {report.id: report for report in now if report.id in wanted}
            with self._gate:
                found = collecting.stand(new, held, engine.report, engine.find_text)
            known.update({_key(each): found[each.id] for each in new})
        return {each.id: known[_key(each)] for each in kept}


def _key(each: Kept) -> tuple[str, str, str]:
    return each.snapshot.passage.id, each.snapshot.code, each.snapshot.report.fingerprint
