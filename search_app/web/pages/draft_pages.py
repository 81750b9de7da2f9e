"""The page that checks a draft: pasted or uploaded, answered on the same page, kept nowhere.

What cannot be read is answered with what was typed, ready to be sent again.
"""

from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search_app.errors import SearchAppError
from search_app.exporting.draft_table import tabulate_findings
from search_app.exporting.file_formats import FileFormat
from search_app.exporting.file_names import name_file
from search_app.exporting.table import write_table
from search_app.model import Passage
from search_app.readers import READABLE_SUFFIXES
from search_app.reviewing.draft import MAX_CHARACTERS, BadDraft
from search_app.reviewing.draft_check import DraftCheck
from search_app.web import drafts as sent_drafts
from search_app.web.downloads import disposition
from search_app.web.drafts import BadField, Sent
from search_app.web.errors import Problem, describe
from search_app.web.security import MAX_DRAFT
from search_app.web.view_models import draft_view
from search_app.web.view_models.draft_view import DraftShown
from search_app.web.view_models.links import passage_url

drafts = Blueprint("drafts", __name__)

#: What a check is saved as; a table of findings is read, not calculated with.
FORMATS = (FileFormat.DOCX, FileFormat.XLSX, FileFormat.MARKDOWN)


@drafts.get("/draft")
def empty_draft() -> ResponseReturnValue:
    """Show the form."""
    return _page(Sent())


@drafts.post("/draft")
def check_draft() -> ResponseReturnValue:
    """Check what was sent, and show or save what was found."""
    sent = sent_drafts.from_form()
    try:
        form = _format()
        check = sent_drafts.check(sent)
    except SearchAppError as error:
        return _page(sent, problem=describe(error), wrong=error.name if isinstance(error, BadField) else "")
    if form is not None:
        return _file(check, form)
    shown = Sent(
        text=check.draft.text if sent.data is not None else sent.text,
        name=sent.name,
        town=sent.town or check.head.town or "",
        county=sent.county or check.head.county or "",
        year=sent.year or str(check.head.year or ""),
    )
    return _page(shown, result=draft_view.view(check), replaced=_replaced(sent, check))


def _page(
    sent: Sent,
    *,
    result: DraftShown | None = None,
    problem: Problem | None = None,
    wrong: str = "",
    replaced: str = "",
) -> Response:
    response = make_response(
        render_template(
            "draft.html",
            sent=sent,
            result=result,
            problem=problem,
            wrong=wrong,
            replaced=replaced,
            formats=FORMATS,
            accept=",".join(sorted(READABLE_SUFFIXES)),
            most=MAX_CHARACTERS,
            most_megabytes=MAX_DRAFT // 2**20,
            text="",
        ),
        problem.status if problem is not None else 200,
    )
    if problem is not None and problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _replaced(sent: Sent, check: DraftCheck) -> str:
    """Return the text that stood in the box while a file was checked, where it is another."""
    if sent.data is None or not sent.text.strip() or sent.text.strip() == check.draft.text.strip():
        return ""
    return sent.text


def _format() -> FileFormat | None:
    given = request.form.get("format", "")
    if not given:
        return None
    if given not in FORMATS:
        known = "、".join(each.value for each in FORMATS)
        raise BadDraft(f"没有“{given[:20]}”这种格式", hint=f"可用：{known}。")
    return FileFormat(given)


def _file(check: DraftCheck, form: FileFormat) -> Response:
    def address(passage: Passage) -> str:
        return request.host_url.rstrip("/") + passage_url(passage)

    table, held = tabulate_findings(check, made=datetime.now().astimezone(), address=address), BytesIO()
    write_table(table, form, held)
    response = Response(held.getvalue(), mimetype=form.media_type)
    response.headers["Content-Disposition"] = disposition(name_file(table, form))
    response.headers["Cache-Control"] = "no-store"
    return response
