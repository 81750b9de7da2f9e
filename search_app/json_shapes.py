"""JSON shapes: answers -> dicts, key by key; what the API and ``--json`` print.

Unknown is null. Where the interface names no key for something a page or script needs, a key is added, none is renamed.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from search_app import checking, indexing, searching
from search_app.errors import ReadError, SearchAppError
from search_app.model import Facet, FacetValue, Found, OutlineEntry, Passage, Report, Snippet
from search_app.query import Note, describe

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
        "kind": item.kind,
        "warnings": list(item.warnings),
    }


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


def passage(item: Passage) -> Json:
    """Return one passage."""
    return {
        "id": item.id,
        "number": item.number,
        "headings": list(item.headings),
        "section": item.section,
        "topics": list(item.topics),
        "text": item.text,
        "exemplary": {"score": item.exemplary.score, "reasons": list(item.exemplary.reasons)},
        "similar": item.similar,
    }


def whole_report(item: Report, passages: Iterable[Passage]) -> Json:
    """Return a report with its outline, its passages and what was left out of them."""
    return {
        "report": report(item),
        "outline": outline(item.outline),
        "passages": [passage(each) for each in passages],
        "asides": [{"text": aside.text, "reason": aside.reason} for aside in item.asides],
        "copies": [copy.path for copy in item.copies],
    }


def inspection(read: Iterable[tuple[Report, tuple[Passage, ...]]], failed: Iterable[ReadError]) -> Json:
    """Return what was understood of files, and which could not be read."""
    return {"reports": [whole_report(*each) for each in read], "failed": [failure(each) for each in failed]}


def explanation(
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


def snippet(item: Snippet) -> list[list[Json]]:
    """Return the fragments as lists of pieces; a fragment's pieces joined are a run of the passage's text."""
    return [[{"text": piece.text, "match": piece.match} for piece in fragment] for fragment in item.fragments]


def note(item: Note) -> Json:
    """Return one note on the query or the answer."""
    return {"kind": item.kind, "message": item.message, "query": item.query}


def results(item: searching.Results) -> Json:
    """Return the whole answer to a search."""
    return {
        "query": item.request.text,
        "understood": describe(item.parsed.query) if item.parsed.query is not None else None,
        "total": item.found.total,
        "reports": item.found.reports,
        "listed": item.found.listed,
        "page": item.request.page,
        "pages": item.pages,
        "size": item.request.size,
        "sort": item.request.sort.value,
        "collapse": item.collapse.value,
        "exemplary": item.request.exemplary,
        "also": item.request.also,
        "literal": item.request.literal,
        "relaxed": item.relaxed,
        "hits": [_hit(hit) for hit in item.hits],
        "facets": _facets(item.found),
        "notes": [note(each) for each in item.notes],
        "without": [{"facet": each.name, "total": each.total} for each in item.without],
        "direct": [report(each) for each in item.direct],
        "took_ms": round(item.took_ms, 1),
        "generation": item.found.generation,
    }


def similar(item: searching.Similar) -> Json:
    """Return those that say nearly the same as a passage; ``differs`` joined by its texts is a passage's text."""
    return {
        **_page_beside(item.subject, item.found, item.pages),
        "hits": [
            {
                "passage": passage(each.match.passage),
                "report": report(each.match.report),
                "differs": [{"text": part.text, "instead": part.instead} for part in each.parts],
            }
            for each in item.variants
        ],
    }


def related(item: searching.Related) -> Json:
    """Return passages of other towns on the same thing as a passage."""
    return {**_page_beside(item.subject, item.found, item.pages), "hits": [_hit(hit) for hit in item.hits]}


def _page_beside(subject: searching.Subject, found: Found, pages: int) -> Json:
    return {
        "passage": passage(subject.passage),
        "report": report(subject.report),
        "total": found.total,
        "reports": found.reports,
        "listed": found.listed,
        "pages": pages,
        "generation": found.generation,
    }


def practices(item: searching.Practices) -> Json:
    """Return the best exemplary passages by topic."""
    return {
        "total": item.found.total,
        "reports": item.found.reports,
        "topics": [
            {
                "topic": shelf.topic,
                "total": shelf.total,
                "reports": shelf.reports,
                "hits": [_hit(hit) for hit in shelf.hits],
            }
            for shelf in item.shelves
        ],
        "facets": _facets(item.found),
        "generation": item.found.generation,
    }


def _facets(found: Found) -> Json:
    return {facet.value: [_value(value) for value in found.facets.get(facet, ())] for facet in Facet}


def _hit(item: searching.Hit) -> Json:
    return {
        "passage": passage(item.match.passage),
        "report": report(item.match.report),
        "snippets": snippet(item.snippet),
        "score": round(item.match.score, 4),
        "stands_for": item.match.stands_for,
    }


def _value(item: FacetValue) -> Json:
    return {"value": item.value, "count": item.count, "reports": item.reports, "selected": item.selected}


def suggestions(items: Iterable[searching.Suggestion]) -> Json:
    """Return what may be put into the box."""
    return {"suggestions": [{"kind": each.kind, "text": each.text, "count": each.count} for each in items]}


def tally(item: indexing.Tally) -> Json:
    """Return what one run of the indexer did."""
    return {
        "added": list(item.added),
        "changed": list(item.changed),
        "unchanged": list(item.unchanged),
        "removed": list(item.removed),
        "failed": [failure(each) for each in item.failed],
        "warnings": [{"path": each.path, "warning": each.warning} for each in item.warnings],
        "duplicates": [{"path": each.path, "of": each.of} for each in item.duplicates],
        "ignored": [{"path": each.path, "reason": each.warning} for each in item.ignored],
        "reports": item.reports,
        "passages": item.passages,
        "seconds": round(item.seconds, 2),
        "generation": item.generation,
        "dry_run": item.dry_run,
    }


def status(item: checking.IndexStatus) -> Json:
    """Return which index answers, what it holds and whether it is behind the corpus."""
    return {
        "generation": item.generation,
        "older": list(item.older),
        "reports": item.reports,
        "passages": item.passages,
        "built_at": item.built_at.isoformat(timespec="seconds") if item.built_at else None,
        "needs_reindex": item.needs_reindex,
        "reasons": list(item.reasons),
        "problem": item.problem,
        "counts": {
            facet.value: [{"value": each.value, "count": each.count, "reports": each.reports} for each in values]
            for facet, values in item.counts.items()
        },
        "warnings": [{"path": each.path, "warning": each.warning} for each in item.warnings],
        "failed": [{"path": each.path, "error": each.error, "hint": each.hint} for each in item.failed],
        "duplicates": [{"path": each.path, "of": each.of} for each in item.duplicates],
    }


def verification(problems: tuple[str, ...]) -> Json:
    """Return whether the index is what was written, and what is not."""
    return {"ok": not problems, "problems": list(problems)}


def error(item: SearchAppError) -> Json:
    """Return the one shape of an error."""
    return {"error": {"code": item.code, "message": item.message, "hint": item.hint}}
