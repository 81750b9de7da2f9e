"""Numbered reports: those that a query names by their document number (发文字号), offered as a direct way.

In: what was typed and the catalogue of the index. Out: up to three reports, newest first, and a note where more have
the number: without the issuer's letters (〔2024〕3号) it is that of many.
"""

from collections.abc import Sequence

from search_app.language.analysis.document_numbers import DocumentNumber, read_stated_number, read_typed_number
from search_app.model import Report
from search_app.query import Note, NoteKind
from search_app.searching.catalogue import Catalogue

#: How many reports are offered.
MAX_NUMBERED = 3


def may_name_number(text: str) -> bool:
    """Tell, without asking the engine, whether what was typed is a document number."""
    return read_typed_number(text) is not None


def find_numbered_reports(catalogue: Catalogue, text: str) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """Return the reports of the number that was typed, and a note where they are more than are offered."""
    wanted = read_typed_number(text)
    if wanted is None:
        return (), ()
    found = _fitting(catalogue.by_number.get((wanted.year, wanted.serial), ()), wanted)
    offered = tuple(sorted(found, key=lambda report: (-(report.year or 0), report.path))[:MAX_NUMBERED])
    if len(found) <= MAX_NUMBERED:
        return offered, ()
    return offered, (Note(kind=NoteKind.NUMBERED, message=_too_many(wanted, len(found))),)


def _too_many(wanted: DocumentNumber, count: int) -> str:
    more = "" if wanted.letters else "，连同前面的代字（如“某政发”）一起输入更准"
    return f"文号是{wanted}的报告有 {count:,} 份，这里列出 {MAX_NUMBERED} 份{more}。"


def _fitting(reports: Sequence[Report], wanted: DocumentNumber) -> list[Report]:
    """Return those with the letters that were typed; failing that, those whose letters end in them."""
    if not wanted.letters:
        return list(reports)
    letters = {report.id: _letters(report) for report in reports}
    same = [report for report in reports if letters[report.id] == wanted.letters]
    return same or [report for report in reports if letters[report.id].endswith(wanted.letters)]


def _letters(report: Report) -> str:
    stated = read_stated_number(report.document_number or "")
    return stated.letters if stated is not None else ""
