"""Comparing: reports, passages, years and places beside each other -> what they share and where they part.

Read on in report_overlap (how much of one report's wording stands in another), preceding_reports (which report is
last year's), alignment (the passages of two reports opposite each other, by their likeness) and report_comparison
(which report is opposite, part by part); passages_beside, reports_beside and matrix (side by side); counted_figures
(what reports count); genealogy (where a passage comes from), topic_history and topic_profile (for the pictures);
entrance (examples for the start page).
"""
