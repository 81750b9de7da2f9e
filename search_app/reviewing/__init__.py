"""Reviewing: reports -> what a county's reviewer would say of them: what is missing, thin, copied, late.

Read on in part_floors (the parts that are required, and every number of the judgement), deadlines (on time or late),
report_check (one report), checked_reports (those of an engine, each checked once), wall (towns × parts of a year); for
a draft, in draft_check (all that is asked of it) and draft_findings (in which order it is told).
"""
