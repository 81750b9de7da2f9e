"""Searching: what any door (page, API, terminal) asks -> what it shows.

Read on in answer (the door), rewriting (what is done to a query before the engine is asked) and pasted_text (a
paragraph instead of a query); report_scope (which of several genres are searched);
practice_jump, hints and combinations (what is said about an answer); autocomplete,
index_phrases and catalogue; value_sounds (how facet values are read); explanation (why a passage stands where it
stands); cited_passages (where a citation code leads to); similar_passages and wording_diff, related_passages and
telling_terms; exemplary_by_topic; listing (many at once, for exports); snippets, other_wordings
and shown_why (why a hit is there without a mark).
"""

from typing import TYPE_CHECKING

from search_app.lazy_exports import export_lazily

if TYPE_CHECKING:
    from search_app.searching.answer import get_ready, give_time, search
    from search_app.searching.autocomplete import Suggestion, suggest
    from search_app.searching.cited_passages import Cited, find_cited
    from search_app.searching.exemplary_by_topic import Practices, Shelf, find_practices
    from search_app.searching.explanation import Explained, explain
    from search_app.searching.index_phrases import phrases_of
    from search_app.searching.listing import Listing, list_hits
    from search_app.searching.numbered_reports import may_name_number
    from search_app.searching.practice_jump import PRACTICE, PracticeJump
    from search_app.searching.reference_passage import Subject, find_subject
    from search_app.searching.related_passages import Related, find_related
    from search_app.searching.results import Hit, Request, Results
    from search_app.searching.similar_passages import Similar, Variant, find_similar
    from search_app.searching.wording_diff import Part, diff_wording

__all__ = [
    "PRACTICE",
    "Cited",
    "Explained",
    "Hit",
    "Listing",
    "Part",
    "PracticeJump",
    "Practices",
    "Related",
    "Request",
    "Results",
    "Shelf",
    "Similar",
    "Subject",
    "Suggestion",
    "Variant",
    "diff_wording",
    "explain",
    "find_cited",
    "find_practices",
    "find_related",
    "find_similar",
    "find_subject",
    "get_ready",
    "give_time",
    "list_hits",
    "may_name_number",
    "phrases_of",
    "search",
    "suggest",
]

__getattr__ = export_lazily(
    __name__,
    {
        "answer": (
            "get_ready",
            "give_time",
            "search",
        ),
        "autocomplete": (
            "Suggestion",
            "suggest",
        ),
        "cited_passages": (
            "Cited",
            "find_cited",
        ),
        "exemplary_by_topic": (
            "Practices",
            "Shelf",
            "find_practices",
        ),
        "explanation": (
            "Explained",
            "explain",
        ),
        "index_phrases": ("phrases_of",),
        "listing": (
            "Listing",
            "list_hits",
        ),
        "numbered_reports": ("may_name_number",),
        "practice_jump": (
            "PRACTICE",
            "PracticeJump",
        ),
        "reference_passage": (
            "Subject",
            "find_subject",
        ),
        "related_passages": (
            "Related",
            "find_related",
        ),
        "results": (
            "Hit",
            "Request",
            "Results",
        ),
        "similar_passages": (
            "Similar",
            "Variant",
            "find_similar",
        ),
        "wording_diff": (
            "Part",
            "diff_wording",
        ),
    },
)
