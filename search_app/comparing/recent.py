"""What was made lately: a bounded memo, the least lately used goes first.

Kept per generation (``searching.per_generation``), so that turning a page or writing a file compares nothing anew.
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

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made where it is not known. Raises what making it raises."""
        with self._lock:
            if key in self._known:
                self._known[key] = known = self._known.pop(key)
                return known
        made = make()
        with self._lock:
            self._known[key] = made
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        return made
