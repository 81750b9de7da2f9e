"""The findings of a draft's check as a table: one row each, with where it stands and what to do."""

from collections.abc import Callable
from datetime import datetime

from search_app.exporting import citation
from search_app.exporting.rows import Cell
from search_app.exporting.table import Table
from search_app.model import Match, Passage
from search_app.reviewing.copied_wording import Origin
from search_app.reviewing.draft_check import DraftCheck
from search_app.reviewing.draft_findings import Finding, list_findings, list_remarks

COLUMNS = ("序号", "类别", "段", "章节", "草稿原文", "问题", "怎么改", "来源或例子")
#: So much of a passage is quoted: its number says where to read on.
_QUOTED = 60
_SOURCE = len(COLUMNS) - 1


def tabulate_findings(check: DraftCheck, *, made: datetime, address: Callable[[Passage], str]) -> Table:
    """Return all findings as a table; sources lead to their passages at these addresses."""
    findings = list_findings(check)
    first = {at: held[0] for at, each in enumerate(findings) if (held := _held(each))}
    return Table(
        title=f"查稿结果：{check.draft.report.title or '草稿'}",
        notes=(*say_head(check), *list_remarks(check)),
        columns=COLUMNS,
        rows=tuple(map(_row, findings)),
        made=made,
        links={(at, _SOURCE): address(match.passage) for at, match in first.items()},
    )


def say_head(check: DraftCheck) -> tuple[str, ...]:
    """Return what the draft was understood to be, and how much of it is the same as elsewhere, in sentences."""
    head, copies = check.head, check.copies
    known = "、".join(
        (head.county or "县未识别", head.town or "乡镇未识别", f"{head.year}年" if head.year else "年度未识别")
    )
    shares = [f"与别处相同 {percent(check, Origin.ELSEWHERE)}", f"常见表述 {percent(check, Origin.COMMON)}"]
    if copies.last_year is not None:
        shares.insert(0, f"与本镇{copies.last_year.year}年相同 {percent(check, Origin.LAST_YEAR)}")
    return (
        f"检查的是：{known}。",
        f"全文{copies.letters:,}个字（不算数字和标点），与收录的{check.reports:,}份报告比：{'，'.join(shares)}。",
    )


def percent(check: DraftCheck, origin: Origin) -> str:
    """Return a share of the whole draft; a little is not said to be nothing, nor nearly all to be all."""
    total = check.copies.total(origin)
    shown = round(100 * total.share)
    if total.shared and not shown:
        return "不到 1%"
    return "99%" if shown == 100 and total.shared < total.letters else f"{shown}%"


def _row(finding: Finding) -> tuple[Cell, ...]:
    quoted = finding.words or (finding.passage.text if finding.passage is not None else "")
    if len(quoted) > _QUOTED:
        quoted = f"{quoted[:_QUOTED]}…"
    return (
        finding.number,
        finding.kind.label,
        finding.passage.number if finding.passage is not None else None,
        finding.section or None,
        quoted or None,
        finding.message,
        finding.advice,
        "；".join(citation.source(match.passage, match.report) for match in _held(finding)) or None,
    )


def _held(finding: Finding) -> tuple[Match, ...]:
    """Return the passages that a finding names: where its words stand, or examples."""
    return tuple(source.match for source in finding.sources) or finding.examples
