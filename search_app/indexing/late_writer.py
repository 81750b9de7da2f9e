"""The late writer of a run: the engine is asked to write only once there is something to write."""

from contextlib import ExitStack

from search_app.engines.base import Engine, Writer


class LateWriter:
    """Opens the engine's writer at the first call, inside the given stack."""

    def __init__(self, engine: Engine, stack: ExitStack, *, rebuild: bool) -> None:
        self._engine = engine
        self._stack = stack
        self._rebuild = rebuild
        self._writer: Writer | None = None

    def open(self) -> Writer:
        """Return the writer."""
        if self._writer is None:
            self._writer = self._stack.enter_context(self._engine.writing(rebuild=self._rebuild))
        return self._writer
