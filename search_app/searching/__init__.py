"""Search: a request from any door -> Results. Read on in answering, relaxing, catalogues."""

from search_app.searching.answering import Hit, Request, Results, Suggestion, Without, search, suggest
from search_app.searching.catalogues import Catalogue, catalogue_of

__all__ = ["Catalogue", "Hit", "Request", "Results", "Suggestion", "Without", "catalogue_of", "search", "suggest"]
