"""Reports of one town over years, each a little other than the one before, and one of a neighbour: to be compared."""

from pathlib import Path

from flask import Flask

from search_app.model import Passage, Report
from search_app.web import create_app
from tests.comparing.writing import refigure, split, write_paragraph
from tests.engines.scanning import ScanningEngine
from tests.web import sample

KEPT, FIGURED, REWORDED, DROPPED, MOVED, CUT = (write_paragraph(number) for number in range(6))
ADDED = write_paragraph(20)
LAST = (KEPT, FIGURED, REWORDED, DROPPED, CUT, MOVED)
#: What was said of last year's report a year later, paragraph by paragraph.
NOW = (MOVED, KEPT, refigure(FIGURED), split(REWORDED)[0] + write_paragraph(30, sentences=2), ADDED, *split(CUT))
SECTIONS = ("主要举措和成效", "不足和原因")


def held() -> list[tuple[Report, tuple[Passage, ...]]]:
    """Return the reports: this year's, last year's, a copy of this year's with its year changed, an old one, others."""
    return [
        filed("望杉镇", 2023, NOW),
        filed("望杉镇", 2022, LAST),
        filed("望杉镇", 2024, tuple(refigure(text) for text in NOW)),
        filed("望杉镇", 2019, (DROPPED,)),
        filed("云栈镇", 2023, (KEPT, FIGURED, write_paragraph(40))),
        filed("白砾乡", None, (write_paragraph(41),)),
        filed(None, 2023, (write_paragraph(42),)),
        filed("青蒲街道", 2023, (write_paragraph(43),)),
    ]


def report_id(town: str | None, year: int | None) -> str:
    """Return the id of the report of a town and year."""
    return sample.report_id(f"澄岭县/{town}/{year}.txt")


def address(town: str | None, year: int | None) -> str:
    """Return the address at which a report is compared."""
    return f"/reports/{report_id(town, year)}/years"


def filed(town: str | None, year: int | None, texts: tuple[str, ...]) -> tuple[Report, tuple[Passage, ...]]:
    """Return a report, the first half of its paragraphs in one part, the others in the next."""
    name = report_id(town, year)
    passages = tuple(
        Passage(
            id=f"{name}-{number}",
            report=name,
            number=number,
            headings=(f"{'一二'[number > len(texts) / 2]}、{SECTIONS[number > len(texts) / 2]}",),
            section=SECTIONS[0],
            text=text,
        )
        for number, text in enumerate(texts, 1)
    )
    report = Report(
        id=name,
        path=f"澄岭县/{town}/{year}.txt",
        title=f"{town or '某镇'}{year or ''}年度法治政府建设情况报告",
        town=town,
        county="澄岭县",
        year=year,
        year_source="title",
        place_source="title",
        fingerprint=name,
    )
    return report, passages


def engine() -> ScanningEngine:
    """Return the oracle engine that holds the reports."""
    found = ScanningEngine()
    with found.writing() as writer:
        for report, passages in held():
            writer.put(report, passages)
    return found


def app(folder: Path) -> Flask:
    """Return an app over the reports."""
    return create_app(sample.settings(folder), engine=engine())
