"""Report facts: the head of a report's page, its lines named and ordered as public documents print them.

What is not known is never made up: place and year are said to be not recognised, and what the file leaves unsaid is
named in one line instead of in many.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search_app.exporting import citation
from search_app.model import Facet, Report
from search_app.web import urls
from search_app.web.view_models.last_year_link import LastYear
from search_app.web.view_models.moments import say_day, say_moment

#: Copies of a report that its head names.
MOST_COPIES = 10
#: How much of a checksum is shown; the whole is copied.
_SHOWN_CHECKSUM = 16
YEAR_FOUND = {
    "sidecar": "人工登记",
    "title": "取自标题",
    "intro": "取自开头一段",
    "heading": "取自小标题",
    "body": "取自正文",
    "issued": "按落款日期推定",
    "filename": "取自文件名",
    "inferred": "推定，请核对",
}
PLACE_FOUND = YEAR_FOUND | {"issued": "取自落款", "gazetteer": "按地名表补全"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the head: a label, what is known, and how it came to be known.

    ``more`` goes on below it; ``whole`` is what is copied where the text shows its beginning alone.
    """

    label: str
    text: str
    url: str | None = None
    how: str | None = None
    wide: bool = False
    more: tuple[str, ...] = ()
    whole: str | None = None


def read_facts(report: Report, last_year: LastYear | None) -> Iterator[Fact]:
    """Give the head's lines in the order in which public documents print them, and what of it is last year's."""
    if report.issuer:
        yield Fact(label="机构", text=report.issuer)
    yield from _place_and_year(report)
    yield _last_year(report, last_year)
    if report.document_number:
        yield Fact(label="文号", text=report.document_number)
    if report.issued:
        same = report.issued == report.published
        yield Fact(label="成文日期", text=say_day(report.issued), how="与发布日期同一天" if same else None)
    if report.published:
        yield Fact(label="发布日期", text=say_day(report.published))
    if unsaid := _unsaid(report):
        yield Fact(label="未写明", text="、".join(unsaid))
    if report.indexed_at:
        yield Fact(label="收录时间", text=say_moment(report.indexed_at))
    if report.checksum:
        yield Fact(label="校验码", text=f"{report.checksum[:_SHOWN_CHECKSUM]}…", whole=report.checksum)
    yield Fact(label="文种", text=report.kind)
    if report.recognised:
        sure = report.recognition_confidence
        how = "没有给出可信度" if sure is None else f"平均可信度 {sure}%"
        yield Fact(label="文字来源", text="识别程序（OCR）从图像认出，引用前请核对原件", how=how)
    yield from _files(report)


def _place_and_year(report: Report) -> Iterator[Fact]:
    how = PLACE_FOUND.get(report.place_source)
    town = (report.county or "") + report.town if report.town else None
    yield Fact(
        label="乡镇（街道）",
        text=report.town or "未识别",
        url=urls.narrowed_url(Facet.TOWN, town) if town else None,
        how=how if report.town else None,
    )
    yield Fact(
        label="县（区、市）",
        text=" ".join(part for part in (report.province, report.city, report.county) if part) or "未识别",
        url=urls.narrowed_url(Facet.COUNTY, report.county) if report.county else None,
        how=how if report.county and citation.guessed_place(report) else None,
    )
    yield Fact(
        label="年度",
        text=f"{report.year} 年" if report.year else "未识别",
        url=urls.narrowed_url(Facet.YEAR, report.year) if report.year else None,
        how=YEAR_FOUND.get(report.year_source) if report.year else None,
    )


def _last_year(report: Report, last_year: LastYear | None) -> Fact:
    """Return how much of the report is last year's, or why that is not known."""
    url = f"/reports/{report.id}/years"
    if last_year is not None:
        return Fact(label="与上年相同", text=f"{last_year.percent}%", url=url, how=last_year.mostly or None)
    known = report.town is not None and report.year is not None
    return Fact(label="与上年相同", text="上年的没有收录" if known else "不知道哪份是上年的", url=url)


def _unsaid(report: Report) -> tuple[str, ...]:
    stated = {
        "机构": report.issuer,
        "文号": report.document_number,
        "成文日期": report.issued,
        "发布日期": report.published,
    }
    return tuple(label for label, value in stated.items() if value is None)


def _files(report: Report) -> Iterator[Fact]:
    yield Fact(label="来源文件", text=report.path, wide=True)
    if report.copies:
        first, *others = (copy.path for copy in report.copies)
        left = len(others) - MOST_COPIES + 1
        shown = others if left <= 0 else [*others[: MOST_COPIES - 1], f"……另有 {left} 个"]
        yield Fact(label="同样内容的文件", text=first, wide=True, more=tuple(shown))
