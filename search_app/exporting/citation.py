"""Citations: a report's name and the source of a passage, in the words that a clerk pastes behind a quotation.

Nothing is made up: a report without a title is named by its town or file and said to have none, title marks stand only
around words of the report, and a place or year that the report does not state is marked 推定.
"""

from search_app.model import Passage, Report

#: Put behind a place or year that was concluded, not read.
GUESSED = "推定"
_UNTITLED = "原文无标题"


def guessed_place(report: Report) -> bool:
    """Tell whether town or county were concluded from elsewhere."""
    return report.place_confidence == "low"


def guessed_year(report: Report) -> bool:
    """Tell whether the year was concluded: from the plans for the next one, or from the date of signature."""
    return report.year_confidence == "low"


def guessed(report: Report) -> bool:
    """Tell whether anything of where and when was concluded."""
    return guessed_place(report) or guessed_year(report)


def place(report: Report) -> str:
    """Return county and town as one name, or what of it is known."""
    name = (report.county or "") + (report.town or "")
    return name + _mark(guessed=guessed_place(report)) if name else "乡镇未识别"


def year(report: Report) -> str:
    """Return the reporting year in words."""
    return f"{report.year}年度" + _mark(guessed=guessed_year(report)) if report.year else "年度未识别"


def where(report: Report) -> str:
    """Return place and, where known, year as one line beside a report's name."""
    return " · ".join((place(report), *((year(report),) if report.year else ())))


def title(report: Report) -> str:
    """Return the report's title, or where it has none a name that says so."""
    if report.title:
        return report.title
    if report.town:
        return f"{report.town}的报告（{_UNTITLED}）"
    return f"无标题（{_file(report)}）"


def path(passage: Passage) -> str:
    """Return the headings above a passage as one line."""
    return " › ".join(" ".join(heading.split()) for heading in passage.headings)


def source(passage: Passage, report: Report) -> str:
    """Return the source of a passage as it stands behind a quotation."""
    name = f"《{report.title}》" if report.title else f"{_UNTITLED}，文件：{_file(report)}"
    parts = [name, place(report), year(report), path(passage)]
    return f"（出处：{'，'.join(part for part in parts if part)}）"


def quotation(passage: Passage, report: Report) -> str:
    """Return a passage with its source, ready to be pasted."""
    return passage.text.strip() + source(passage, report)


def _file(report: Report) -> str:
    return report.path.rsplit("/", 1)[-1]


def _mark(*, guessed: bool) -> str:
    return f"（{GUESSED}）" if guessed else ""
