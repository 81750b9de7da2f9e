"""By identity: what was made of objects that never change, told by which object it is instead of by what it says.

A page asks dozens of times for what follows from its one query or request; each time an ordinary memo would hash a tree
of some hundred nodes, which costs more than what it keeps. The object is held with what was made of it, so no other one
can take its place.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")


class ByIdentity(Generic[Thing, Made]):
    """A function of an object that never changes, asked once for each of the last objects; shared between threads."""

    def __init__(self, make: Callable[[Thing], Made], *, most: int = 64) -> None:
        self._make, self._most = make, most
        self._held: dict[int, tuple[Thing, Made]] = {}

    def __call__(self, thing: Thing) -> Made:
        """Return what is made of an object."""
        found = self._held.get(id(thing))
        if found is not None and found[0] is thing:
            return found[1]
        made = self._make(thing)
        if len(self._held) >= self._most:
            self._held = {}
        self._held[id(thing)] = thing, made
        return made
