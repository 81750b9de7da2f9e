"""Cited passages: where the text stands that a citation code names.

In: the digest of a text, and whether a report is the one meant. Out: the passages of that text, those of the place and
year meant first. A code outlives its file: that was moved, read anew or filed twice, and the text is still found.
"""

from collections.abc import Callable
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.errors import NoSuchText
from search_app.model import Report
from search_app.searching.reference_passage import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The passages of one text: ``here`` in reports of the place and year meant, ``elsewhere`` in all others."""

    here: tuple[Subject, ...]
    elsewhere: tuple[Subject, ...]


def find_cited(engine: Engine, digest: int, is_meant: Callable[[Report], bool]) -> Cited:
    """Return where a text stands, in reading order. Raises NoSuchText."""
    found = [Subject(passage=passage, report=report) for passage, report in engine.find_text(digest)]
    if not found:
        raise NoSuchText("现在收录的报告里，已经没有这个引用码所指的那段文字")
    meant = [is_meant(each.report) for each in found]
    return Cited(
        here=tuple(each for each, here in zip(found, meant, strict=True) if here),
        elsewhere=tuple(each for each, here in zip(found, meant, strict=True) if not here),
    )
