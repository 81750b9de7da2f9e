"""Lazy exports: what a package names is imported from its room when it is first asked for (PEP 562).

For packages that many import for a little: whoever wants a constant does not load what classifies or clusters.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def export_lazily(package: str, rooms: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """Return a ``__getattr__`` for a package; ``rooms`` maps its modules, relative to it, to the names they hold."""
    room_of = {name: room for room, names in rooms.items() for name in names}

    def load(name: str) -> Any:
        if name not in room_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{room_of[name]}"), name)

    return load
