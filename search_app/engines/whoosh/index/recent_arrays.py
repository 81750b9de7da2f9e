"""A cache of arrays looked up lately, shared between threads: one answer often asks for a word many times."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Keeps the last few values made, by their keys."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Hashable, Value] = {}
        self._lock = threading.Lock()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._held

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made if it is not held; nobody may write to it."""
        found = self._held.get(key)
        if found is None:
            found = make()
            with self._lock:
                if len(self._held) >= self._most:
                    self._held.pop(next(iter(self._held)))
                self._held[key] = found
        return found
