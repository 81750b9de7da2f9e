"""Exporting: what renders a passage, a report or a table as text, for the terminal, for pages and for files.

Read on in citation (the one form of a source), report_text, collection (a list of passages) and table (what is none),
file_formats (which writers there are); review_wording, figure_wording and genealogy_wording hold how findings are said.
"""
