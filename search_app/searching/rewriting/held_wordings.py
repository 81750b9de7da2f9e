"""Held wordings: which wordings of the tables stand in a passage of the index; only those are searched for and named.

In: an engine and a wording. Out: whether any passage holds it, as it is written. Each is counted once per generation,
so that a table of thousands costs a query no more than the few that it needs for the first time.
"""

from collections.abc import Callable

from search_app.engines.base import Engine
from search_app.query import Search, Words
from search_app.searching.per_generation import PerGeneration


def find_held(engine: Engine, is_late: Callable[[], bool]) -> Callable[[str], bool]:
    """Return what tells of a wording whether any passage holds it; once it is late, no more is counted.

    Raises IndexProblem.
    """
    known = _known(engine)

    def is_held(wording: str) -> bool:
        if wording not in known:
            if is_late():
                return False
            known[wording] = engine.count(Search(query=Words(text=wording, whole=True))) > 0
        return known[wording]

    return is_held


def _nothing_known(_: Engine) -> dict[str, bool]:
    return {}


_known = PerGeneration(_nothing_known)
