"""What was made lately: a bounded memo, the least lately used goes first.

Kept per generation or per engine (``searching.per_generation``), so that turning a page or writing a file compares
nothing anew. A value is never None.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most so many values by their keys; threads that ask at once may make the same value twice."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._known: dict[K, V] = {}

    def find(self, key: K) -> V | None:
        """Return the value of a key where it is known, and keep it longer."""
        with self._lock:
            if key not in self._known:
                return None
            self._known[key] = known = self._known.pop(key)
            return known

    def put(self, key: K, value: V) -> None:
        """Keep a value, in the place of the one that was asked for least lately."""
        with self._lock:
            self._known[key] = value
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made where it is not known. Raises what making it raises."""
        known = self.find(key)
        if known is None:
            known = make()
            self.put(key, known)
        return known
