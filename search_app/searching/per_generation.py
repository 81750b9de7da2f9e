"""One memo per generation: what is made from an index once, kept until the index changes.

In: a function from an engine to a value. Out: the same function, asked once for each engine and generation. Beside it
what an engine keeps over its generations (:class:`PerEngine`). The surprise: a generation is told by all that is known
of it, because an index that is deleted and built anew starts again at the same names.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from search_app.engines.base import Engine, Generation

T = TypeVar("T")


class PerGeneration(Generic[T]):
    """Makes a value of an engine's generation in use once, however many threads ask; forgets it with the engine."""

    def __init__(self, make: Callable[[Engine], T]) -> None:
        self._make = make
        self._known: WeakKeyDictionary[Engine, tuple[Generation, T]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def __call__(self, engine: Engine) -> T:
        """Return the value for the engine's generation in use. Raises IndexProblem, and what making it raises."""
        with self._lock:  # the generation is asked for inside: whoever waited must not make an older one's value
            current = engine.status().current
            known = self._known.get(engine)
            if known is None or known[0] != current:
                known = self._known[engine] = current, self._make(engine)
        return known[1]

    def is_made(self, engine: Engine) -> bool:
        """Tell at once whether the value for the generation in use is there. Raises IndexProblem."""
        known = self._known.get(engine)
        return known is not None and known[0] == engine.status().current


class PerEngine(Generic[T]):
    """Makes one value for each engine, which outlives its generations; forgets it with the engine."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._known: WeakKeyDictionary[Engine, T] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def __call__(self, engine: Engine) -> T:
        """Return the value of an engine."""
        with self._lock:
            if engine not in self._known:
                self._known[engine] = self._make()
            return self._known[engine]
