"""One memo per generation: what is made from an index once, kept until the index changes.

In: a function from an engine to a value. Out: the same function, asked once for each engine and generation. Beside it
the answers that were given last (:class:`RecentAnswers`), and what an engine keeps over its generations
(:class:`PerEngine`). Two surprises. A generation is told by all that is known of it, because an index that is deleted
and built anew starts again at the same names. And a server has an engine of its own for each generation
(``Engine.hold``): what is kept goes with it, and :func:`hand_on` takes over what outlives generations.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from search_app.engines.base import Engine, Generation

T = TypeVar("T")


class _Kept(Generic[T]):
    """What is known of one engine: the generation, and the value made of it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made: tuple[Generation, T] | None = None


class PerGeneration(Generic[T]):
    """Makes a value of an engine's generation in use once, however many threads ask; forgets it with the engine.

    Nobody waits who asks another engine: while a server makes the next generation ready, the one before answers.
    """

    def __init__(self, make: Callable[[Engine], T]) -> None:
        self._make = make
        self._known: WeakKeyDictionary[Engine, _Kept[T]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def __call__(self, engine: Engine) -> T:
        """Return the value for the engine's generation in use. Raises IndexProblem, and what making it raises."""
        with self._lock:
            kept = self._known.get(engine)
            if kept is None:
                kept = self._known[engine] = _Kept()
        with kept.lock:  # the generation is asked for inside: whoever waited must not make an older one's value
            current = engine.status().current
            if kept.made is None or kept.made[0] != current:
                kept.made = current, self._make(engine)
            return kept.made[1]

    def is_made(self, engine: Engine) -> bool:
        """Tell at once whether the value for the generation in use is there. Raises IndexProblem."""
        with self._lock:
            kept = self._known.get(engine)
        made = None if kept is None else kept.made
        return made is not None and made[0] == engine.status().current


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

    _all: ClassVar["WeakSet[PerEngine[Any]]"] = WeakSet()

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._known: WeakKeyDictionary[Engine, T] = WeakKeyDictionary()
        self._lock = threading.Lock()
        self._all.add(self)

    def __call__(self, engine: Engine) -> T:
        """Return the value of an engine."""
        with self._lock:
            if engine not in self._known:
                self._known[engine] = self._make()
            return self._known[engine]

    def _hand_on(self, before: Engine, after: Engine) -> None:
        with self._lock:
            if before in self._known:
                self._known[after] = self._known[before]


def hand_on(before: Engine, after: Engine) -> None:
    """Let an engine take over what another keeps over its generations: both answer from the same index."""
    for each in tuple(PerEngine._all):
        each._hand_on(before, after)
