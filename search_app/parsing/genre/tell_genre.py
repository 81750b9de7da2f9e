"""Telling the genre: the signs of title and text are added up, the kind with most points is what the document is.

How far it can be relied on follows from the points and from how far the next kind is behind. What has hardly a sign is
其他文件.
"""

from dataclasses import dataclass
from operator import attrgetter

from search_app import genres
from search_app.model import REPORT_KIND
from search_app.parsing.genre.signs import Sign
from search_app.parsing.genre.text_signs import (
    Texts,
    answers_for_year,
    opens_with_subject,
    read_account,
    read_other_papers,
    speaks_of_subject,
)
from search_app.parsing.genre.title_signs import asks_of_year, read_title
from search_app.provenance import Confidence

_ACCOUNTS = (REPORT_KIND, genres.SUMMARY, genres.SELF_CHECK, genres.ON_DUTY)
_LEAST = 1.0
_TITLED, _TOLD = 7.0, 4.0  # points of a title and of a text that leave no doubt
_NAMED = 4.0  # points of a title that names its account beyond doubt
_SURE, _LIKELY = (5.0, 3.0), (3.0, 1.5)  # points, and how far the next kind is behind
_MOST_REASONS = 4
_POINTS = attrgetter("points")


@dataclass(frozen=True, slots=True, kw_only=True)
class GenreFound:
    """The kind, how far it can be relied on, and what speaks for it, the strongest first."""

    kind: str
    confidence: Confidence
    reasons: tuple[str, ...] = ()


def tell_genre(title: str | None, texts: Texts) -> GenreFound:
    """Return what a document is; an account is of the kind that its title names, else an annual report."""
    answered = title is None or not asks_of_year(title) or answers_for_year(texts)
    of_title, of_text = tuple(read_title(title or "", answered=answered)), tuple(read_account(texts))
    if not _is_beyond_doubt(of_title, of_text):
        of_text = (*of_text, *read_other_papers(texts))
    account = _account(of_title, of_text, texts)
    signs = [*of_title, *(sign._replace(kind=account) if sign.kind == REPORT_KIND else sign for sign in of_text)]
    points: dict[str, float] = {}
    for sign in signs:
        points[sign.kind] = points.get(sign.kind, 0) + sign.points
    ranked = sorted(points, key=points.__getitem__, reverse=True)
    if not ranked or points[ranked[0]] < _LEAST:
        return GenreFound(kind=genres.OTHER, confidence="low", reasons=("没有哪一种文种的明显特征",))
    best, most = _named_plan(ranked[0], of_title), points[ranked[0]]
    ahead = most - (points[ranked[1]] if len(ranked) > 1 else 0)
    told = sorted((sign for sign in signs if sign.kind == best and sign.points > 0), key=_POINTS, reverse=True)
    return GenreFound(
        kind=best, confidence=_confidence(most, ahead), reasons=tuple(sign.said for sign in told[:_MOST_REASONS])
    )


def _named_plan(best: str, of_title: tuple[Sign, ...]) -> str:
    """Return which kind of plan a plan is: all are built alike, so that its title knows better than its text."""
    named = [sign.kind for sign in of_title if sign.kind in genres.PLANNING]
    return named[0] if best in genres.PLANNING and len(set(named)) == 1 else best


def _is_beyond_doubt(of_title: tuple[Sign, ...], of_text: tuple[Sign, ...]) -> bool:
    """Say whether title and text both are those of an annual report, so that nothing else needs to be looked for."""
    titled = sum(sign.points for sign in of_title if sign.kind == REPORT_KIND)
    return titled >= _TITLED and sum(sign.points for sign in of_text) >= _TOLD


def _account(of_title: tuple[Sign, ...], of_text: tuple[Sign, ...], texts: Texts) -> str:
    """Return the kind of account that the text speaks for, if it speaks for one."""
    named = max((sign for sign in of_title if sign.kind in _ACCOUNTS), key=_POINTS, default=None)
    if named is not None and named.points >= _NAMED:
        return named.kind
    said = [sign.kind for sign in of_text if sign.kind in (genres.SELF_CHECK, genres.ON_DUTY)]
    if said:
        return said[0]
    about = opens_with_subject(texts) if named is not None else speaks_of_subject(texts)
    return REPORT_KIND if about else genres.SUMMARY


def _confidence(points: float, ahead: float) -> Confidence:
    if points >= _SURE[0] and ahead >= _SURE[1]:
        return "high"
    return "medium" if points >= _LIKELY[0] and ahead >= _LIKELY[1] else "low"
