"""Search: a query tree -> matching rows and scores, facet counts, top hits."""
