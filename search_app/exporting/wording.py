"""Wording: how a clerk is told where a fact was taken from, and a path that is safe to print."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_app.model import Report

#: Where a year or place was taken from, as a clerk says it.
SOURCES = {
    "sidecar": "更正文件",
    "title": "报告标题",
    "intro": "开头部分",
    "heading": "小标题",
    "body": "正文",
    "issued": "成文日期",
    "filename": "文件名",
    "gazetteer": "地名表",
    "inferred": "推定",
    "none": "未识别",
}


#: Said of the passages that are only near, where there are more than are listed.
FURTHER = "，更远的不再列出"

#: How far a year or place can be relied on, as a clerk says it.
CONFIDENCES = {"high": "把握大", "medium": "把握较大", "low": "推定，请核对"}


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")


#: What stands for bytes of a file's name that are no UTF-8.
_SURROGATES = re.compile("[\ud800-\udfff]")
#: These, marks that turn the reading direction, control characters but those between words, what is no character.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def say_recognised(report: "Report") -> str | None:
    """Return that the text was recognised from pictures, and how surely; None where it stood in the file."""
    if not report.recognised:
        return None
    sure = report.recognition_confidence
    return "识别文字" if sure is None else f"识别文字，可信度 {sure}%"


def escape_unprintable(path: str) -> str:
    """Return a path as it may be printed: what would break the line, or command the terminal, is escaped."""
    return replace_surrogates(_UNPRINTABLE.sub(lambda sign: ascii(sign.group())[1:-1], path))


def replace_surrogates(text: str) -> str:
    """Return a text that can be encoded: each lone surrogate, as names that are no UTF-8 have them, a � instead."""
    return _SURROGATES.sub("\ufffd", text)


def replace_unfit(text: str) -> str:
    """Return a text that a page can show: a � for each lone surrogate, control character and mark of direction."""
    if text.replace("\n", "").isprintable():  # as most pages are: told in half the time, and all of these are not
        return text
    return _UNFIT.sub("\ufffd", text)
