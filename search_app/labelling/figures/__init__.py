"""Figures: a passage -> what its report counts (``model.Figure``): what, number, unit, and the clause it stands in.

Read on in extraction (the door), numbers (how a number is written), clauses (what it stands in), matching (what is
counted), rows (tables), zeros (what there was none of) and things (search_app/data/figures.toml, which a non-programmer
may edit). Precision first: what is not certain is left out.
"""
