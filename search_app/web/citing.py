"""Citing: where a passage stands, in the words that a clerk pastes behind a quotation."""

from search_app.model import Passage, Report


def place(report: Report) -> str:
    """Return county and town as one name, or what of it is known."""
    return (report.county or "") + (report.town or "") or "乡镇未识别"


def year(report: Report) -> str:
    """Return the reporting year in words."""
    return f"{report.year}年度" if report.year else "年度未识别"


def title(report: Report) -> str:
    """Return the report's title, or a name made of what is known where the file has none."""
    if report.title:
        return report.title
    if report.town or report.year:
        return f"{report.town or ''}{f'{report.year}年度' if report.year else ''}{report.kind}"
    return report.path.rsplit("/", 1)[-1]


def path(passage: Passage) -> str:
    """Return the headings above a passage as one line."""
    return " › ".join(passage.headings)


def source(passage: Passage, report: Report) -> str:
    """Return the source of a passage as it stands behind a quotation."""
    parts = [f"《{title(report)}》", place(report), year(report), path(passage)]
    return f"（出处：{'，'.join(part for part in parts if part)}）"


def quotation(passage: Passage, report: Report) -> str:
    """Return a passage with its source, ready to be pasted."""
    return passage.text.strip() + source(passage, report)
