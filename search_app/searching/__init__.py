"""Search: what any door asks -> what it shows.

Read on in answering (the door), asking (what is done for an answer), understanding (what was meant), correcting,
relaxing, widening; suggesting, catalogues; likeness, differing; browsing.
"""

from search_app.searching.answering import Hit, Request, Results, search
from search_app.searching.asking import Without
from search_app.searching.browsing import Practices, Shelf, practices
from search_app.searching.catalogues import Catalogue, catalogue_of
from search_app.searching.differing import Part, difference
from search_app.searching.likeness import Related, Similar, Subject, Variant, related, similar, subject_of
from search_app.searching.suggesting import Suggestion, suggest

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
