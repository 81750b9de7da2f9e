"""Export links: the files that a result list or a report can be had as."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search_app.exporting.collection import MOST
from search_app.exporting.file_formats import FileFormat
from search_app.searching import Request
from search_app.web import urls
from search_app.web.view_models.links import Link

PATH = "/export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """One link per format, and what a file will not hold."""

    links: tuple[Link, ...]
    remark: str = ""


def of_results(request: Request, listed: int) -> Exports:
    """Return the files of a result list that has so many passages."""
    same = replace(request, page=1, size=urls.SIZES[0])
    return Exports(
        links=tuple(Link(text=form.label, url=urls.build(same, path=PATH, format=form.value)) for form in FileFormat),
        remark=f"一个文件最多 {MOST:,} 段，只导出前 {MOST:,} 段。" if listed > MOST else "",
    )


def of_report(report_id: str) -> Exports:
    """Return the files of a whole report."""
    return _named("report", report_id)


def of_basket(token: str) -> Exports:
    """Return the files of a basket."""
    return _named("basket", token)


def _named(kind: str, name: str) -> Exports:
    return Exports(
        links=tuple(
            Link(text=form.label, url=f"{PATH}?{urlencode({kind: name, 'format': form.value})}") for form in FileFormat
        )
    )
