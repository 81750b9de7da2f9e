"""A report for reading, as plain text or as Markdown."""

from collections.abc import Iterator, Sequence

from search_app.exporting import citation
from search_app.exporting.reading_order import put_in_order
from search_app.exporting.wording import escape_unprintable
from search_app.model import Passage, Report

#: What stands before the passage that was asked for.
POINTER = "▶ "


def as_text(report: Report, passages: Sequence[Passage], *, meant: str = "") -> Iterator[str]:
    """Yield the lines of a report, headings and passages in reading order; ``meant`` is the id of one to point at."""
    yield from _cover(report)
    for step in put_in_order(report, passages):
        if step.entry is not None and not step.runs_in:
            yield f"\n{step.entry.heading}"
        if step.passage is not None:
            yield _pointed_at(step.passage, meant)
    yield f"\n来源：{escape_unprintable(report.path)}"
    for copy in report.copies:
        yield f"同样内容的文件：{escape_unprintable(copy.path)}"


def as_markdown(report: Report, passages: Sequence[Passage], *, meant: str = "") -> Iterator[str]:
    """Yield the lines of a report as Markdown; ``meant`` is the id of a passage to point at."""
    yield f"# {report.title or escape_unprintable(report.path)}\n"
    for step in put_in_order(report, passages):
        if step.entry is not None and not step.runs_in:
            yield f"{'#' * min(step.entry.level + 1, 6)} {step.entry.heading}\n"
        if step.passage is not None:
            yield f"{_pointed_at(step.passage, meant)}\n"
    yield f"> 来源：{escape_unprintable(citation.report_source(report))}（{escape_unprintable(report.path)}）"


def _pointed_at(passage: Passage, meant: str) -> str:
    return f"{POINTER}{passage.text}" if passage.id == meant else passage.text


def _cover(report: Report) -> Iterator[str]:
    yield report.title or "（没有标题）"
    yield f"{citation.place(report)} · {citation.year(report)}"
    stated = [part for part in (report.issuer, report.document_number) if part]
    if stated:
        yield " · ".join(stated)
