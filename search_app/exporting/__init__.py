"""Exporting: what renders a passage or a report as text, for the terminal, for pages and for files."""
