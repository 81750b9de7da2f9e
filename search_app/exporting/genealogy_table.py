"""Genealogy table: a genealogy as rows and columns, for files: every member that was compared, oldest first."""

from collections.abc import Callable
from datetime import datetime

from search_app.comparing.genealogy import Genealogy, Member
from search_app.exporting import citation
from search_app.exporting.genealogy_wording import CAUTION, MEASURE, name_report, say_kinship, tell, tell_first
from search_app.exporting.rows import Cell
from search_app.exporting.table import Table
from search_app.model import Passage

COLUMNS = (
    "年度", "县（区、市）", "乡镇（街道）", "成文日期", "关系", "相同%", "可能来自", "说明", "正文",
    "引用", "引用码", "段落",
)  # fmt: skip


def tabulate(found: Genealogy, *, made: datetime, address: Callable[[Passage], str] | None = None) -> Table:
    """Return a genealogy as a table; ``address`` gives the whole address of a passage, without it no cell is a link."""
    subject = found.subject
    left_out = found.total - len(found.members)
    notes = [tell_first(found), CAUTION, MEASURE, f"写得相近的共 {found.total:,} 段，含这一段。"]
    if left_out:
        notes.append(f"写得相近的太多，只比了最早的 {len(found.members):,} 段，较晚的 {left_out:,} 段不在表里。")
    at = COLUMNS.index("段落")
    return Table(
        title=f"一段的来历：{citation.source(subject.passage, subject.report)}",
        notes=tuple(notes),
        columns=COLUMNS,
        rows=tuple(_row(found, member) for member in found.members),
        made=made,
        links={(row, at): address(member.match.passage) for row, member in enumerate(found.members)} if address else {},
    )


def _row(found: Genealogy, member: Member) -> tuple[Cell, ...]:
    passage, report = member.match.passage, member.report
    parent = found.by_id[member.parent].report if member.parent is not None else None
    return (
        report.year,
        report.county,
        report.town,
        report.issued.isoformat() if report.issued is not None else None,
        say_kinship(found, member),
        round(member.share * 100, 1) if parent is not None else None,
        name_report(parent) if parent is not None else None,
        tell(found, member),
        passage.text,
        citation.source(passage, report),
        citation.code(passage, report),
        passage.id,
    )
