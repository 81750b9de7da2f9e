"""Reviewing: what a county's reviewer asks of reports, and a writer of a draft: what is missing, thin or copied."""
