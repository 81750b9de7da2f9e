"""Drafts as they are sent: the fields of a form, a JSON object, a text or a file -> a draft, checked and forgotten.

Nothing is kept: what is sent stays in the memory of this process until it is answered. The surprise: what goes wrong
while a draft is checked is logged without its message, since that may hold words of the draft.
"""

import logging
import re
import traceback
from dataclasses import dataclass
from typing import Any

from flask import request

from search_app.errors import ForgedEdit, SearchAppError
from search_app.indexing import read_own_places
from search_app.language.analysis.years import REPORTED_YEARS
from search_app.reviewing.draft import BadDraft, Draft, Stated, read_file, read_typed
from search_app.reviewing.draft_check import DraftCheck, check_draft, give_seconds
from search_app.web import visitor
from search_app.web.parameters import MAX_VALUE, clean
from search_app.web.state import site

#: What may stand beside the text.
FIELDS = ("town", "county", "year")
log = logging.getLogger(__name__)


class BadField(BadDraft):
    """A town, county or year that cannot be meant; ``name`` is the field."""

    def __init__(self, message: str, *, name: str, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent to be checked: a text or the bytes of a named file, and the fields beside it as they were typed."""

    text: str = ""
    data: bytes | None = None
    name: str = ""
    town: str = ""
    county: str = ""
    year: str = ""


def from_form() -> Sent:
    """Return what a form sent."""
    held = request.files.get("file")
    name = clean(held.filename or "").replace("\\", "/").rpartition("/")[2] if held is not None else ""
    data = held.read() if held is not None and (name or held.content_length) else None
    town, county, year = (clean(request.form.get(each, "")).strip() for each in FIELDS)
    text = request.form.get("text", "").replace("\r\n", "\n")
    return Sent(text=text, data=data if name else None, name=name, town=town, county=county, year=year)


def from_program() -> Sent:
    """Return what a program sent: JSON, plain text, or a form. Raises BadDraft."""
    kind = request.mimetype
    if kind == "application/json":
        given = request.get_json(silent=True)
        if not isinstance(given, dict) or not isinstance(given.get("text"), str):
            raise BadDraft("请求里没有草稿", hint='请发送 {"text": "草稿全文"}，可以加 town、county、year。')
        town, county, year = (_as_text(given.get(each), each) for each in FIELDS)
        return Sent(text=given["text"], town=town, county=county, year=year)
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return from_form()
    if kind in ("text/plain", ""):
        text = request.get_data().decode("utf-8-sig", "replace")
        town, county, year = (clean(request.args.get(each, "")).strip() for each in FIELDS)
        return Sent(text=text, town=town, county=county, year=year)
    raise BadDraft(
        f"不认识的内容类型：{clean(kind)[:MAX_VALUE]}",
        hint="请用 text/plain、application/json 或 multipart/form-data 发送。",
    )


def check(sent: Sent) -> DraftCheck:
    """Check what was sent. Raises SearchAppError, whose words hold nothing of the draft."""
    if visitor.is_foreign():
        raise ForgedEdit("没有检查：这个请求不是从本站的页面发出的", hint="请打开本站的“查稿”页面，在那里再做一次。")
    stated = _stated(sent)
    own_places = read_own_places(site().settings.gazetteer)
    try:
        with site().gate:
            draft = _read(sent, stated, own_places)
            return check_draft(site().engine, draft, own_places=own_places, seconds=give_seconds(site().settings))
    except SearchAppError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours may quote the draft, which no log may hold
        log.error("a draft could not be checked: %s\n%s", type(error).__name__, _frames(error))
    raise _Fault(
        "检查草稿时程序出了意外的错误，没有检查完", hint="请删减后再试；若反复出现，请告诉管理员，日志里有详情。"
    )


class _Fault(SearchAppError):
    """A fault of ours."""

    code = "internal"


def _frames(error: Exception) -> str:
    return "".join(traceback.format_tb(error.__traceback__))


def _read(sent: Sent, stated: Stated, own_places: str) -> Draft:
    if sent.data is not None:
        return read_file(sent.data, sent.name, stated, own_places=own_places)
    return read_typed(sent.text, stated, own_places=own_places)


def _stated(sent: Sent) -> Stated:
    """Return what the writer says of the draft. Raises BadField."""
    for name, label in (("town", "乡镇"), ("county", "县")):
        if len(getattr(sent, name)) > MAX_VALUE:
            raise BadField(f"{label}的名字太长", name=name, hint=f"最多 {MAX_VALUE} 个字。")
    year = sent.year.removesuffix("年度").removesuffix("年")
    if year and not (re.fullmatch("[0-9]{4}", year) and int(year) in REPORTED_YEARS):
        known = f"{REPORTED_YEARS.start} 至 {REPORTED_YEARS.stop - 1}"
        raise BadField(
            f"年度写成了“{sent.year[:MAX_VALUE]}”，用不了", name="year", hint=f"请写四位数字，{known} 之间。"
        )
    return Stated(town=sent.town or None, county=sent.county or None, year=int(year) if year else None)


def _as_text(value: Any, name: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadField(f"{name} 不是文字", name=name, hint="town、county 写文字，year 写四位数字。")
    return clean(str(value)).strip()
