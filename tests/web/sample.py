"""A small shelf of invented reports, enough for every state of the pages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from search_app.exporting import citation
from search_app.labelling.figures.extraction import find_counts
from search_app.model import Exemplary, OutlineEntry, Passage, Report
from search_app.settings import Settings
from tests.engines.scanning import ScanningEngine

PLACES = (
    ("澄岭县", "望杉镇"),
    ("澄岭县", "白砾乡"),
    ("澄岭县", "云栈镇"),
    ("沅坪县", "望杉镇"),
    ("沅坪县", "青蒲街道"),
)
YEARS = (2020, 2022, 2023)
HOSTILE = '<script>alert(1)</script>"onmouseover="x'


def report_id(path: str) -> str:
    """Return the id that indexing gives a path."""
    return sha256(path.encode()).hexdigest()[:12]


def reports() -> list[tuple[Report, tuple[Passage, ...]]]:
    """Return fifteen ordinary reports, one without year, place and outline, and one that is out to do harm."""
    found = [ordinary(county, town, year) for county, town in PLACES for year in YEARS]
    return [*map(numbered, found), bare(), hostile()]


def numbered(held: tuple[Report, tuple[Passage, ...]]) -> tuple[Report, tuple[Passage, ...]]:
    """Return a report with what a cover states beside the title, where it is of 青蒲街道."""
    report, passages = held
    if report.town != "青蒲街道" or report.year is None:
        return held
    stated = replace(
        report,
        document_number=f"青街办发〔{report.year + 1}〕3号",
        issuer="青蒲街道办事处",
        published=date(report.year + 1, 1, 20),
        indexed_at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        checksum=sha256(report.path.encode()).hexdigest(),
    )
    return stated, passages


def ordinary(county: str, town: str, year: int) -> tuple[Report, tuple[Passage, ...]]:
    """Return a report with four parts, run-in headings and a table."""
    path = f"{county}/{town}/{year}.txt"
    name = report_id(path)
    texts = (
        ((), "导语", (), f"{year}年，{town}坚持把法治建设摆在重要位置，现将有关情况报告如下。", 0),
        (
            ("一、主要举措和成效", "（一）化解矛盾纠纷"),
            "主要举措和成效",
            ("矛盾化解",),
            f"（一）化解矛盾纠纷。一是推行“板凳议事会”，{town}全年调解矛盾纠纷{year - 1900}件，调解成功率98%。"
            "议事会由老支书、老教师和村里的热心人轮流坐堂，有话当面说，有理当面讲，说定的事当场写进议事簿。",
            82,
        ),
        (
            ("一、主要举措和成效", "（二）规范行政执法"),
            "主要举措和成效",
            ("行政执法",),
            "1. 落实行政执法公示、全过程记录、法制审核三项制度，执法人员持证上岗，矛盾纠纷明显减少。",
            20,
        ),
        (
            ("一、主要举措和成效", "（二）规范行政执法"),
            "主要举措和成效",
            ("行政执法", "数字法治"),
            f"项目 | 件数\n行政检查 | {year - 1990}\n行政处罚 | 3",
            10,
        ),
        (("二、存在的不足和原因",), "不足和原因", ("队伍建设",), f"{town}法治人才不足，专业力量有待加强。", 0),
    )
    passages = tuple(
        Passage(
            id=f"{name}-{number}",
            report=name,
            number=number,
            headings=headings,
            section=section,
            topics=topics,
            text=text,
            exemplary=Exemplary(score=score, reasons=("有数字", "有名称的做法") if score >= 60 else ()),
            figures=find_counts(text, section, year),
        )
        for number, (headings, section, topics, text, score) in enumerate(texts, start=1)
    )
    outline = (
        OutlineEntry(heading="一、主要举措和成效", level=1, section="主要举措和成效"),
        OutlineEntry(heading="（一）化解矛盾纠纷", level=2, section="主要举措和成效", passages=(f"{name}-2",)),
        OutlineEntry(
            heading="（二）规范行政执法", level=2, section="主要举措和成效", passages=(f"{name}-3", f"{name}-4")
        ),
        OutlineEntry(heading="二、存在的不足和原因", level=1, section="不足和原因", passages=(f"{name}-5",)),
    )
    report = Report(
        id=name,
        path=path,
        title=f"{county}{town}{year}年度法治政府建设情况报告",
        town=town,
        county=county,
        year=year,
        year_source="title",
        place_source="title",
        issued=date(year + 1, 1, 15),
        outline=outline,
    )
    return report, passages


def bare() -> tuple[Report, tuple[Passage, ...]]:
    """Return a report of which nothing is known but its text."""
    name = report_id("无名.txt")
    report = Report(id=name, path="无名.txt", warnings=("没有找到年度",))
    return report, (Passage(id=f"{name}-1", report=name, number=1, text="村村都有法律明白人，逢集必讲法。"),)


def hostile() -> tuple[Report, tuple[Passage, ...]]:
    """Return a report whose every field tries to leave its place on the page."""
    name = report_id(f"{HOSTILE[:9]}.txt")
    passage = Passage(
        id=f"{name}-1",
        report=name,
        number=1,
        headings=(HOSTILE,),
        section="其他",
        text=f"{HOSTILE} 恶意文本 [链接](javascript:alert(1)) <img src=x onerror=alert(1)> &lt;b&gt;",
        exemplary=Exemplary(score=70, reasons=(HOSTILE,)),
    )
    report = Report(
        id=name,
        path=f"{HOSTILE}.txt",
        title=HOSTILE,
        town=HOSTILE,
        county=f"县{HOSTILE}",
        year=2023,
        year_source="sidecar",
        warnings=(HOSTILE,),
        outline=(OutlineEntry(heading=HOSTILE, level=1, passages=(f"{name}-1",)),),
    )
    return report, (passage,)


def code(path: str, number: int) -> str:
    """Return the citation code of a passage of the report at this path."""
    report, passages = next(each for each in reports() if each[0].path == path)
    return citation.code(passages[number - 1], report)


def engine() -> ScanningEngine:
    """Return the oracle engine holding the sample."""
    found = ScanningEngine()
    with found.writing() as writer:
        for report, passages in reports():
            writer.put(report, passages)
    return found


def settings(folder: Path) -> Settings:
    """Return settings over a corpus folder in which the first report's file really is."""
    corpus = folder / "corpus"
    first = corpus / "澄岭县" / "望杉镇"
    first.mkdir(parents=True)
    (first / "2020.txt").write_text("原文", encoding="utf-8")
    return Settings(corpus=corpus, index=folder / "index", time_budget=0)  # the oracle takes its time


def moved(report: Report, path: str) -> Report:
    """Return the report as if its file stood elsewhere."""
    return replace(report, path=path)
