"""Prepared: a report as a segment wants it: words cut, text folded, nouns packed, signatures made.

This is nearly all of the work of indexing and depends on nothing but the report, so it is done in any process;
what comes out is plain strings and bytes, cheap to hand over.
"""

from typing import NamedTuple

from search_app.engines.whoosh.stored import pack_passage, pack_report
from search_app.language import signature, squeezed, terms
from search_app.model import Passage, Report

#: Parts one heading of a path from the next, so that no phrase runs over the end of one; no query holds it.
SEPARATOR = "\x02"


class PreparedPassage(NamedTuple):
    """One passage; ``words`` and ``heading_words`` are joined by blanks, which no word holds."""

    words: str
    heading_words: str
    text: str
    path: str
    section: str
    topics: tuple[str, ...]
    exemplary: int
    signature: bytes
    data: bytes


class PreparedReport(NamedTuple):
    """One report; ``row`` is what the table of reports tells of it: id, path, fingerprint, year, city, county, town."""

    row: tuple[str, str, str, int | None, str | None, str | None, str | None]
    title: str
    title_words: str
    data: bytes
    passages: tuple[PreparedPassage, ...]


def prepare(report: Report, passages: tuple[Passage, ...]) -> PreparedReport:
    """Return the report as a segment wants it."""
    paths: dict[tuple[str, ...], tuple[str, str]] = {}
    for passage in passages:
        if passage.headings not in paths:
            cut = " ".join(_cut(heading) for heading in passage.headings)
            paths[passage.headings] = (cut, squeezed(SEPARATOR.join(passage.headings)))
    return PreparedReport(
        row=(report.id, report.path, report.fingerprint, report.year, report.city, report.county, report.town),
        title=squeezed(report.title or ""),
        title_words=" ".join(sorted(set(_cut(report.title or "").split()))),
        data=pack_report(report),
        passages=tuple(
            PreparedPassage(
                words=_cut(passage.text),
                heading_words=paths[passage.headings][0],
                text=squeezed(passage.text),
                path=paths[passage.headings][1],
                section=passage.section,
                topics=passage.topics,
                exemplary=passage.exemplary.score,
                signature=signature(passage.text),
                data=pack_passage(passage),
            )
            for passage in passages
        ),
    )


def _cut(text: str) -> str:
    return " ".join(terms(text))
