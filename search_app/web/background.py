"""Background work: what takes longer than a visitor waits goes on in a thread, one at a time for each engine."""

from collections.abc import Callable
from threading import Lock, Thread
from weakref import WeakKeyDictionary

from search_app.engines.base import Engine


class Background:
    """Work of one kind; it is not begun again while it is under way."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = Lock()
        self._threads: WeakKeyDictionary[Engine, Thread] = WeakKeyDictionary()

    def begin(self, engine: Engine, work: Callable[[], None]) -> Thread:
        """Begin the work of an engine unless that is under way; return who does it."""
        with self._lock:
            thread = self._threads.get(engine)
            if thread is None or not thread.is_alive():
                thread = self._threads[engine] = Thread(target=work, name=self._name, daemon=True)
                thread.start()
            return thread
