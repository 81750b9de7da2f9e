"""The kinds of documents, by the names that a report's ``kind`` has, and what follows from each.

A mixed corpus holds other papers beside the annual reports. They are searchable, but only an account of the year says
what was done in it: of the others no year, no town from running text and no 举措 is stated.
"""

from collections.abc import Mapping

from search_app.model import REPORT_KIND

OPENNESS = "政府信息公开年报"
CONGRESS = "政府工作报告"
PLAN, POINTS, SCHEDULE = "工作方案", "工作要点", "工作计划"
READING = "政策解读"
NEWS = "新闻"
SUMMARY, SELF_CHECK, ON_DUTY = "工作总结", "自查报告", "述法报告"
RULES = "法规文件"
NOTICE, OTHER = "通知", "其他文件"

#: The genre of the annual reports, to which a search of a mixed corpus keeps. A town's 依法行政工作总结 is one by its
#: title; summaries of other duties, self-checks and 述法 are not what the county's list asks for, and are a click away.
REPORTS = "年度报告"
#: What readers choose by: nine genres, each with its kinds.
GENRES: Mapping[str, tuple[str, ...]] = {
    REPORTS: (REPORT_KIND,),
    "信息公开年报": (OPENNESS,),
    "政府工作报告": (CONGRESS,),
    "工作方案": (PLAN, POINTS, SCHEDULE),
    "政策解读": (READING,),
    "新闻": (NEWS,),
    "工作总结/自查": (SUMMARY, SELF_CHECK, ON_DUTY),
    "法规文件": (RULES,),
    "其他": (OTHER, NOTICE),
}
_GENRE_OF: Mapping[str, str] = {kind: genre for genre, kinds in GENRES.items() for kind in kinds}

#: Papers that say what will be done in the year of their title.
PLANNING = frozenset((PLAN, POINTS, SCHEDULE))
#: Accounts of what a town did for the rule of law: their parts are those of an annual report.
ACCOUNTS = frozenset((REPORT_KIND, SELF_CHECK, ON_DUTY))
#: Accounts by another rule: what was done is 其他, what fell short and what is planned is told apart.
OTHER_ACCOUNTS = frozenset((OPENNESS, CONGRESS, SUMMARY))
#: What is no account and no plan: a year is at most that of its title, and towns are only mentioned in its text.
APART = frozenset((READING, NEWS, RULES, NOTICE, OTHER))
#: What has no opening of its own: its first sentences tell what happened, or are its first clauses.
WITHOUT_OPENING = frozenset((NEWS, RULES, NOTICE, OTHER))


def find_genre(kind: str) -> str:
    """Return which of the nine genres a kind belongs to; one that a keeper made up is 其他."""
    return _GENRE_OF.get(kind, "其他")


def is_account(kind: str) -> bool:
    """Say whether documents of a kind tell a year as annual reports do; what a keeper made up is believed to."""
    return kind in ACCOUNTS or kind not in _GENRE_OF


def as_kind(stated: str) -> str:
    """Return the kind that a keeper means, who may write the genre instead."""
    return GENRES[stated][0] if stated in GENRES else stated
