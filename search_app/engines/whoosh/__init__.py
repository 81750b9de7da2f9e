"""The embedded engine: Whoosh keeps postings and stored fields, numpy counts and ranks.

A generation folder of the index holds::

    _MAIN_n.toc, MAIN_*.seg   a Whoosh index: one document per report, one per passage
    columns.npz               one row per passage, ordered by report path and number (columns.py)
    text.bin, headings.bin, titles.bin   folded text without white space, for exact phrases (columns.py)
    manifest.json             size and SHA-256 of every file, counts, versions (generations.py)

Reading order: schema (fields and analyser), stored (nouns <-> bytes), writing (a block of changes), columns,
generations (crash-safe switching), snapshot (one opened generation), evaluation (query tree -> mask and BM25F scores),
faceting, faults, engine. The surprise: Whoosh's own searcher is not used. It cannot count facets without their own
selection, miscounts when it collapses, and ranks per posting in Python; we read its postings and do the rest over
whole arrays.
"""

from search_app.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
