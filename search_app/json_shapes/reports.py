"""Reports, passages and what was understood of files, as JSON."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from search_app import indexing
from search_app.comparing.report_overlap import ReportOverlap
from search_app.errors import ReadError
from search_app.exporting import citation
from search_app.model import OutlineEntry, Passage, Report

Json: TypeAlias = dict[str, Any]


def report(item: Report) -> Json:
    """Return what is known of a report, without its text."""
    return {
        "id": item.id,
        "path": item.path,
        "title": item.title,
        "town": item.town,
        "county": item.county,
        "city": item.city,
        "province": item.province,
        "year": item.year,
        "year_source": item.year_source,
        "place_source": item.place_source,
        "year_confidence": item.year_confidence,
        "place_confidence": item.place_confidence,
        "issued": item.issued.isoformat() if item.issued else None,
        "published": item.published.isoformat() if item.published else None,
        "document_number": item.document_number,
        "issuer": item.issuer,
        "indexed_at": item.indexed_at.isoformat() if item.indexed_at else None,
        "checksum": item.checksum or None,
        "kind": item.kind,
        "recognised": item.recognised,
        "recognition_confidence": item.recognition_confidence,
        "warnings": list(item.warnings),
    }


def add_last_year(shape: Json, overlap: ReportOverlap | None) -> Json:
    """Return a report's shape with how much of it, in percent, stands in last year's; null where that is not held."""
    return {**shape, "same_as_last_year": overlap.total.percent if overlap is not None else None}


def outline(entries: Iterable[OutlineEntry]) -> list[Json]:
    """Return the headings in reading order."""
    return [
        {
            "heading": entry.heading,
            "level": entry.level,
            "section": entry.section,
            "topics": list(entry.topics),
            "passages": list(entry.passages),
        }
        for entry in entries
    ]


def passage(item: Passage, of: Report) -> Json:
    """Return one passage of a report, with its citation and its code."""
    return {
        "id": item.id,
        "number": item.number,
        "headings": list(item.headings),
        "section": item.section,
        "topics": list(item.topics),
        "text": item.text,
        "exemplary": {
            "score": item.exemplary.score,
            "reasons": list(item.exemplary.reasons),
            "stamped": item.exemplary.stamped,
        },
        "similar": item.similar,
        "citation": citation.source(item, of),
        "code": citation.code(item, of),
    }


def whole_report(item: Report, passages: Iterable[Passage]) -> Json:
    """Return a report with its outline, its passages and what was left out of them."""
    return {
        "report": report(item),
        "outline": outline(item.outline),
        "passages": [passage(each, item) for each in passages],
        "asides": [{"text": aside.text, "reason": aside.reason} for aside in item.asides],
        "copies": [copy.path for copy in item.copies],
    }


def inspection(read: Iterable[tuple[Report, tuple[Passage, ...]]], failed: Iterable[ReadError]) -> Json:
    """Return what was understood of files, and which could not be read."""
    return {"reports": [whole_report(*each) for each in read], "failed": [failure(each) for each in failed]}


def explained_inspection(
    read: Iterable[indexing.Inspected], failed: Iterable[ReadError], remarks: Iterable[indexing.Warned] = ()
) -> Json:
    """Return the same with what to know of them, and ``why`` at each report, heading and passage that was explained."""
    return {
        "reports": [_explained(each) for each in read],
        "failed": [failure(each) for each in failed],
        "warnings": [{"path": each.path, "warning": each.warning} for each in remarks],
    }


def _explained(item: indexing.Inspected) -> Json:
    shape = whole_report(item.report, item.passages)
    if item.reasons is None:
        return shape
    shape["report"]["why"] = [
        {
            "field": each.field,
            "value": each.value,
            "source": each.source,
            "text": each.text,
            "candidates": list(each.candidates),
            "confidence": each.confidence,
        }
        for each in item.evidence
    ]
    for made, reasons in ((shape["outline"], item.reasons.headings), (shape["passages"], item.reasons.passages)):
        for each, reason in zip(made, reasons, strict=True):
            each["why"] = {
                "section": reason.section,
                "topics": {topic: list(words) for topic, words in reason.topics.items()},
                "headings": {topic: list(words) for topic, words in reason.headings.items()},
                "weak": {topic: list(words) for topic, words in reason.weak.items()},
            }
    return shape


def failure(item: ReadError) -> Json:
    """Return one file that could not be read."""
    return {"path": item.path, "error": item.message, "hint": item.hint}
