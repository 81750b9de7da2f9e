"""One memo per generation: what is made from an index once, kept until the index changes.

In: a function from an engine to a value. Out: the same function, asked once for each engine and generation. Beside it
the answers that were given last (:class:`RecentAnswers`), and what an engine keeps over its generations
(:class:`PerEngine`). The surprise: a generation is told by all that is known
of it, because an index that is deleted and built anew starts again at the same names.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
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


class RecentAnswers(Generic[T]):
    """Keeps the last answers that an engine's generation in use gave, each by its question; no more than ``most``.

    A visitor who narrows, reads and goes back asks the same again, and so do the pages of a report. An answer that is
    not ``worth`` keeping, such as one for which time was up, is given once.
    """

    def __init__(self, most: int, *, worth: Callable[[T], bool] = lambda _: True) -> None:
        self._most, self._worth = most, worth
        self._kept: PerGeneration[OrderedDict[Hashable, T]] = PerGeneration(lambda _: OrderedDict())
        self._lock = threading.Lock()

    def __call__(self, engine: Engine, question: Hashable, answer: Callable[[], T]) -> T:
        """Return the kept answer to a question, or the one that is given now. Raises what answering raises."""
        kept = self._kept(engine)  # of the generation before answering: what changes meanwhile is kept by nobody
        with self._lock:
            if question in kept:
                kept.move_to_end(question)
                return kept[question]
        given = answer()
        if self._worth(given):
            with self._lock:
                kept[question] = given
                while len(kept) > self._most:
                    kept.popitem(last=False)
        return given


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
