"""Explain a result: the score of one passage in the answer to a request, part by part, as the engine computed it.

In: a request as any door asks it, and a passage that the answer lists. Out: the passage with the parts of its score,
each with a value and one sentence. The surprise: the query is understood anew, exactly as for the answer, and the
engine explains the search that it was really asked, other wordings included: the one for what holds the words, or the
one for what is near.
"""

from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.score import Explanation
from search_app.searching.answer import search
from search_app.searching.reference_passage import Subject, find_subject
from search_app.searching.results import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A passage and why it has its score in the answer to a request."""

    request: Request
    subject: Subject
    explanation: Explanation


def explain(engine: Engine, request: Request, passage_id: str) -> Explained:
    """Return why a passage has its score. Raises NoSuchPassage where it is not held or the request does not find it."""
    subject = find_subject(engine, passage_id)
    answered = search(engine, replace(request, page=1, size=1, explain=False))
    (explanation,) = engine.explain(answered.asked_for(engine, passage_id), (passage_id,))
    return Explained(request=request, subject=subject, explanation=explanation)
