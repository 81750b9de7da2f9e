"""Report pages: one report to read with the matches marked, and the original file that it was read from."""

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from search_app.errors import NoSuchReport, ReadError
from search_app.exporting import citation
from search_app.exporting.wording import escape_unprintable
from search_app.indexing import find_original
from search_app.query import Node
from search_app.searching import Request
from search_app.web import urls
from search_app.web.answers import answer, in_time
from search_app.web.leaves import check_leaf
from search_app.web.state import site
from search_app.web.view_models import export_links, links, pager, report_view, result_navigation
from search_app.web.view_models.report_find import MAX_FIND, Finder

reports = Blueprint("reports", __name__)

#: Texts beside the passages that a page shows.
MOST_ASIDES = 300


class NoSuchFile(NoSuchReport):
    """A report whose file is no longer in the corpus folder."""

    code = "no_such_file"
    default_hint = "原文件可能已移走或改名。报告的文字仍可在报告页查看。"


@reports.get("/reports/<report_id>")
def report(report_id: str) -> ResponseReturnValue:
    """Show one report, matches marked, with the way back to the search it was opened from."""
    asked = urls.parse(request.args.to_dict(flat=False), allowed=("hl", "n", "leaf", "find"))
    finder = Finder(asked.extra.get("find", ""))
    highlight, rank = asked.extra.get("hl", ""), urls.parse_position(asked.extra.get("n"))
    leaf = urls.parse_position(asked.extra.get("leaf"), "leaf") or 1

    def turn(to: int, anchor: str = "", *, find: str = finder.wanted, hl: str = highlight) -> str:
        extra = {"hl": hl or None, "n": rank, "leaf": to if to > 1 else None, "find": find or None}
        return urls.build(asked.request, path=request.path, anchor=anchor, **extra)

    query = _rewrite_highlight(highlight, asked.request)
    with site().gate:
        held, passages = site().engine.report(report_id)
        years, overlap = site().shelf.same_town(held), site().last_years.of((held,)).get(held.id)
        shown = report_view.read(held, passages, query, years=years, overlap=overlap, leaf=leaf, finder=finder)
        check_leaf(leaf, shown.leaves, turn)
        way = None
        if rank is not None:
            ask = in_time(site().engine, site().give_time())
            way = result_navigation.walk(ask, asked.request, rank, held.id, highlight=highlight)

    return render_template(
        "report.html",
        report=held,
        reading=shown,
        exports=export_links.of_report(held.id),
        walk=way,
        highlight=highlight,
        kept=_kept(asked.request, hl=highlight, n=rank, leaf=leaf if leaf > 1 else None),
        **_finding(finder, shown, turn),
        text=asked.request.text,
        leaves=pager.numbered(shown.leaf, shown.leaves, turn),
        most_asides=MOST_ASIDES,
        per_leaf=links.LEAF,
        plain=turn(leaf, hl=""),
        where=(citation.place(held), citation.year(held)),
        **_original(held.path),
    )


def _original(path: str) -> dict[str, object]:
    """Return whether the file of a report is there, and if not, whether its whole folder is out of reach."""
    has_file = find_original(site().settings.corpus, path) is not None
    return {"has_file": has_file, "out_of_reach": None if has_file else site().watch.remark(path)}


def _finding(finder: Finder, shown: report_view.Reading, turn: Callable[..., str]) -> dict[str, object]:
    """Return what the page says of what was looked for in it."""
    return {
        "find": finder.wanted,
        "findable": bool(finder) or not finder.wanted,
        "elsewhere": [(at, times, turn(at, "f-1")) for at, times in shown.elsewhere.items()],
        "unfound": turn(shown.leaf, find=""),
        "max_find": MAX_FIND,
    }


def _kept(asked: Request, **extra: object) -> list[tuple[str, str]]:
    """Return what of the address a form for finding keeps."""
    return [(name, str(value)) for name, value in extra.items() if value] + urls.to_pairs(asked)


@reports.get("/reports/<report_id>/file")
def original(report_id: str) -> Response:
    """Send the file that a report was read from; it is found by the report's id alone."""
    with site().gate:
        held, _ = site().engine.report(report_id)
    found = find_original(site().settings.corpus, held.path)
    if found is None:
        raise NoSuchFile(f"资料文件夹里找不到原文件“{held.path}”")
    try:
        with site().gate:  # a member of a .zip is unpacked
            content = found.content()
    except (OSError, ReadError) as error:
        raise NoSuchFile(f"原文件“{held.path}”打不开") from error
    response = send_file(content, as_attachment=True, download_name=_file_name(found.name), max_age=0, etag=False)
    # What comes from the corpus is never run by a browser in our name, whatever type it claims.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _file_name(name: str) -> str:
    """Return a file's name as a header can carry it: no line breaks, nothing that cannot be encoded."""
    return escape_unprintable(name).replace("\\", "_").replace("\ufffd", "_")


def _rewrite_highlight(highlight: str, asked: Request) -> Node | None:
    """Return what a query is understood as, so that what is marked in a report is what found it."""
    if not highlight.strip():
        return None
    return answer(Request(text=highlight, also=asked.also, literal=asked.literal)).rewritten
