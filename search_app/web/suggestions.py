"""Suggestions: what the box is offered, without waiting for the phrases of a new generation to be learnt.

The surprise: learning them takes a second or more and asks nothing of the gate; whoever types meanwhile is offered
topics, places and words.
"""

import logging
from functools import partial
from threading import Thread

from search_app import searching
from search_app.engines.base import Engine
from search_app.errors import SearchAppError
from search_app.web.background import Background
from search_app.web.state import site

#: So many seconds the first suggestion of a generation waits for its phrases; small indexes need less.
PATIENCE = 1.0

_learning = Background("learns phrases")
log = logging.getLogger(__name__)


def find_suggestions(text: str, *, limit: int) -> tuple[searching.Suggestion, ...]:
    """Return what continues a text. Raises IndexProblem."""
    if not text.strip():
        return ()
    engine = site().engine
    if not searching.phrases_of.is_made(engine):
        begin_learning(engine).join(PATIENCE)
    with site().gate:
        return searching.suggest(engine, text, limit=limit, wait=False)


def begin_learning(engine: Engine) -> Thread:
    """Begin to learn the phrases of an engine's generation, unless that is under way; return who does it."""
    return _learning.begin(engine, partial(_learn, engine))


def _learn(engine: Engine) -> None:
    try:
        searching.phrases_of(engine)
    except SearchAppError as problem:  # a page will say it better
        log.info("learning phrases stopped: %s", problem.message)
