"""Answers to searches, as JSON: hits, notes, facets, neighbours of a passage, scores explained."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from search_app import searching
from search_app.comparing.report_overlap import ReportOverlap
from search_app.json_shapes.reports import add_last_year, passage, report
from search_app.model import Facet, FacetValue, Found, Snippet
from search_app.query import Note, describe
from search_app.score import Explanation

Json: TypeAlias = dict[str, Any]
#: How much of a report stands in last year's, by its id; of those of which that is held.
LastYears: TypeAlias = Mapping[str, ReportOverlap]


def snippet(item: Snippet) -> list[list[Json]]:
    """Return the fragments as lists of pieces; a fragment's pieces joined are a run of the passage's text."""
    return [[{"text": piece.text, "match": piece.match} for piece in fragment] for fragment in item.fragments]


def note(item: Note) -> Json:
    """Return one note on the query or the answer."""
    return {"kind": item.kind, "message": item.message, "query": item.query}


def results(item: searching.Results, last_years: LastYears) -> Json:
    """Return the whole answer to a search."""
    return {
        "query": item.request.text,
        "understood": describe(item.parsed.query) if item.parsed.query is not None else None,
        "total": item.found.total,
        "reports": item.found.reports,
        "listed": item.found.listed,
        "near_total": item.near_total,
        "near_listed": item.near_listed,
        "page": item.request.page,
        "pages": item.pages,
        "size": item.request.size,
        "sort": item.request.sort.value,
        "collapse": item.collapse.value,
        "exemplary": item.request.exemplary,
        "also": item.request.also,
        "literal": item.request.literal,
        "since": item.request.since,
        "all_genres": item.request.all_genres,
        "kept_to_reports": item.kept_to_reports,
        "elsewhere": item.elsewhere,
        "relaxed": item.relaxed,
        "pasted": item.pasted,
        "hits": [_hit(hit, last_years) for hit in item.hits],
        "facets": _facets(item.found),
        "notes": [note(each) for each in item.notes],
        "without": [{"facet": each.name, "total": each.total} for each in item.without],
        "direct": [report(each) for each in item.direct],
        "partial": item.partial,
        **_looked_at(item.shown),
        "took_ms": round(item.took_ms, 1),
        "generation": item.found.generation,
    }


def _looked_at(found: Found) -> Json:
    """Return of how many of the passages held an answer tells."""
    return {"looked_at": found.looked_at, "held": found.held}


def score(item: Explanation) -> Json:
    """Return a score with its parts: the values of ``parts`` make up ``value`` as ``how`` says."""
    return {
        "part": item.part.value,
        "value": item.value,
        "how": item.how,
        "message": item.message,
        "parts": [score(part) for part in item.parts],
    }


def explained(item: searching.Explained) -> Json:
    """Return why a passage has its score in the answer to a search."""
    return {
        "query": item.request.text,
        "passage": passage(item.subject.passage, item.subject.report),
        "report": report(item.subject.report),
        "explanation": score(item.explanation),
    }


def cited(item: searching.Cited) -> Json:
    """Return where a text stands: in reports of the place and year that are meant, and in others."""
    return {
        name: [_subject(each) for each in found] for name, found in (("here", item.here), ("elsewhere", item.elsewhere))
    }


def _subject(item: searching.Subject) -> Json:
    return {"passage": passage(item.passage, item.report), "report": report(item.report)}


def similar(item: searching.Similar) -> Json:
    """Return those that say nearly the same as a passage; ``differs`` joined by its texts is a passage's text."""
    return {
        **_page_beside(item.subject, item.found, item.pages),
        "hits": [
            {
                "passage": passage(each.match.passage, each.match.report),
                "report": report(each.match.report),
                "differs": [{"text": part.text, "instead": part.instead} for part in each.parts],
            }
            for each in item.variants
        ],
    }


def related(item: searching.Related, last_years: LastYears) -> Json:
    """Return passages of other towns on the same thing as a passage."""
    return {
        **_page_beside(item.subject, item.found, item.pages),
        "hits": [_hit(hit, last_years) for hit in item.hits],
        "facets": _facets(item.found),
    }


def _page_beside(subject: searching.Subject, found: Found, pages: int) -> Json:
    return {
        "passage": passage(subject.passage, subject.report),
        "report": report(subject.report),
        "total": found.total,
        "reports": found.reports,
        "listed": found.listed,
        "pages": pages,
        "partial": found.partial,
        **_looked_at(found),
        "generation": found.generation,
    }


def practices(item: searching.Practices, last_years: LastYears) -> Json:
    """Return the best exemplary passages by topic."""
    return {
        "total": item.found.total,
        "reports": item.found.reports,
        "topics": [
            {
                "topic": shelf.topic,
                "total": shelf.total,
                "reports": shelf.reports,
                "hits": [_hit(hit, last_years) for hit in shelf.hits],
            }
            for shelf in item.shelves
        ],
        "facets": _facets(item.found),
        "partial": item.partial,
        "generation": item.found.generation,
    }


def _facets(found: Found) -> Json:
    return {facet.value: [_value(value) for value in found.facets.get(facet, ())] for facet in Facet}


def _hit(item: searching.Hit, last_years: LastYears) -> Json:
    return {
        "passage": passage(item.match.passage, item.match.report),
        "report": add_last_year(report(item.match.report), last_years.get(item.match.report.id)),
        "snippets": snippet(item.snippet),
        "score": round(item.match.score, 4),
        "stands_for": item.match.stands_for,
        "added": item.match.added,
        "near": item.near,
        "other_wordings": list(item.other_wordings),
        "why": item.why,
        "explanation": score(item.explanation) if item.explanation is not None else None,
    }


def _value(item: FacetValue) -> Json:
    return {
        "value": item.value,
        "count": item.count,
        "reports": item.reports,
        "selected": item.selected,
        "excluded": item.excluded,
    }


def facet_values(facet: Facet, values: Iterable[FacetValue], item: searching.Results) -> Json:
    """Return some values of one facet of an answer."""
    return {
        "facet": facet.value,
        "values": [_value(value) for value in values],
        "total": item.found.total,
        "near_total": item.near_total,
        "partial": item.partial,
        "generation": item.found.generation,
    }


def suggestions(items: Iterable[searching.Suggestion]) -> Json:
    """Return what may be put into the box."""
    return {"suggestions": [{"kind": each.kind, "text": each.text, "count": each.count} for each in items]}
