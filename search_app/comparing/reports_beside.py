"""Reports beside each other: two to four of them aligned, and what each shares with one of them, the base.

In: an engine and ids of reports. Out: :class:`Beside`, the reports with how much of each stands in the base, and the
parts of ``side_by_side``. Of the base itself it is told how much stands in any of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.comparing.side_by_side import Part, align
from search_app.engines.base import Engine
from search_app.language.similarity.shared_wording import Overlap, Wording, measure_overlap
from search_app.model import Passage, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideReport:
    """One report; ``wording`` is what its passages are held against, ``overlap`` how much of it stands there."""

    report: Report
    passages: tuple[Passage, ...]
    is_base: bool
    wording: Wording
    overlap: Overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Reports beside each other, in the order asked for; the cells of ``parts`` are in the same order."""

    reports: tuple[BesideReport, ...]
    parts: tuple[Part, ...]


def find_beside(engine: Engine, report_ids: Sequence[str], base: str) -> Beside:
    """Return reports by their ids, aligned. Raises NoSuchReport."""
    held = [engine.report(each) for each in report_ids]
    own = Wording(passage.text for report, passages in held if report.id == base for passage in passages)
    others = Wording(passage.text for report, passages in held if report.id != base for passage in passages)
    beside = []
    for report, passages in held:
        wording = others if report.id == base else own
        overlap = sum((measure_overlap(passage.text, wording) for passage in passages), Overlap())
        beside.append(
            BesideReport(report=report, passages=passages, is_base=report.id == base, wording=wording, overlap=overlap)
        )
    return Beside(reports=tuple(beside), parts=align([passages for _, passages in held]))
