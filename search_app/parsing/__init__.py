"""Parsing: Document -> Report and Passages: cover (title, year, date, place), outline, passages.

``document_parser`` is the door. The steps, each a room: ``lines`` (debris and labels set aside, lines joined to
paragraphs), ``cover`` (title and signature), ``outline`` (headings with levels, passages as units of retrieval),
``genre`` (what the document is, decided before the next), ``year``, ``place``. Pure:
nothing is read but the tables of names.
"""

from typing import TYPE_CHECKING

from search_app.lazy_exports import export_lazily

if TYPE_CHECKING:
    from search_app.parsing.document_parser import explain, parse
    from search_app.parsing.evidence import Evidence

__all__ = ["Evidence", "explain", "parse"]

# A citation wants the number of a heading: it must not load what finds places and years.
__getattr__ = export_lazily(__name__, {"document_parser": ("explain", "parse"), "evidence": ("Evidence",)})
