"""Searching: what any door (page, API, terminal) asks -> what it shows.

Read on in answering (the door), asking (what is done for an answer), understanding (what was meant), correcting,
relaxing, widening; suggesting, catalogues; likeness, differing; browsing.
"""

from search_app.searching.answer import Hit, Request, Results, search
from search_app.searching.autocomplete import Suggestion, suggest
from search_app.searching.catalogue import Catalogue, catalogue_of
from search_app.searching.exemplary_by_topic import Practices, Shelf, practices
from search_app.searching.neighbours import Related, Similar, Subject, Variant, related, similar, subject_of
from search_app.searching.rewriting.strategies import Without
from search_app.searching.wording_diff import Part, difference

__all__ = [
    "Catalogue",
    "Hit",
    "Part",
    "Practices",
    "Related",
    "Request",
    "Results",
    "Shelf",
    "Similar",
    "Subject",
    "Suggestion",
    "Variant",
    "Without",
    "catalogue_of",
    "difference",
    "practices",
    "related",
    "search",
    "similar",
    "subject_of",
    "suggest",
]
