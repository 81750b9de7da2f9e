"""Serving: which generation answers a request: one alone, from its first question to its last.

A new generation is asked for what visitors ask first before it comes into use (``warming``); the one before answers
meanwhile, and is let go of with the last request that it answers. Where nobody warms, each request is answered by the
newest there is. The surprise: what warms asks through the app, as a visitor would, and names the engine that is to
answer in the environment of its requests, where nothing that a browser sends can come.
"""

from collections.abc import Mapping
from threading import Lock

from flask import g, has_request_context, request

from search_app.engines.base import Engine
from search_app.errors import IndexProblem
from search_app.searching.per_generation import hand_on

_ASKED = "search_app.engine"


class Serving:
    """The engine of the generation that answers; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.index = engine
        self._lock = Lock()
        self._in_use: Engine | None = None
        self._newest: Engine | None = None

    def engine(self) -> Engine:
        """Return the engine that answers the current request; outside requests the one that answers those of now.

        Where there is no usable index it is one that says so to whoever asks.
        """
        if not has_request_context():
            return self._in_use or self.newest()
        if "engine" not in g:
            g.engine = request.environ.get(_ASKED) or self._in_use or self.newest()
        engine: Engine = g.engine
        return engine

    def newest(self) -> Engine:
        """Return the engine of the newest generation, whether or not it is in use."""
        try:
            held = self.index.hold()
        except IndexProblem:
            return self.index
        with self._lock:
            if self._newest is not None and held is not self._newest:
                hand_on(self._newest, held)
            self._newest = held
        return held

    def put(self, engine: Engine) -> None:
        """Have an engine answer all requests that begin from now on, until the next is put."""
        self._in_use = engine

    def serves(self, engine: Engine) -> bool:
        """Tell whether an engine still answers new requests, or is about to."""
        return engine in (self._in_use, self._newest)


def asked_of(engine: Engine) -> Mapping[str, object]:
    """Return what of a request's environment says that this engine answers it."""
    return {_ASKED: engine}
