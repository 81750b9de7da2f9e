"""Field values: a word or phrase with its field prefix -> a leaf of the tree (``镇:石桥镇``, ``年:2021..2023``).

A value that the fixed lists of sections and topics do not have is searched as text, with a note; so is a year that is
none.
"""

import re

from search_app.language.analysis.han_numbers import surely_arabic_digits
from search_app.language.analysis.years import ASKED_YEARS
from search_app.model import SECTIONS, TOPICS, UNKNOWN, Facet
from search_app.query.lexer import Kind, Token
from search_app.query.nodes import In, Node, Note, Phrase, TextField, Words, Years

_RANGE = re.compile(r"(\d{4})?\s*年?度?\s*(?:\.\.+|…|-|—+|－|~|～|至|到)\s*(\d{4})?\s*年?度?")
_YEAR = re.compile(r"(\d{4})\s*年?度?")


def leaf(token: Token, *, prefix: str | None) -> tuple[Node, Note | None]:
    """Return the node that a word or phrase stands for."""
    match prefix:
        case None:
            return _text(token, heading=False), None
        case "heading":
            return _text(token, heading=True), None
        case "year":
            return _year(token)
        case "section" | "topic":
            return _listed(token, Facet(prefix))
        case _:
            return In(facet=Facet(prefix), value=None if token.text == UNKNOWN else token.text), None


def _text(token: Token, *, heading: bool) -> Node:
    field: TextField = "heading" if heading else "any"
    if token.kind is Kind.PHRASE:
        return Phrase(text=token.text, field=field)
    return Words(text=token.text, field=field)


def _listed(token: Token, facet: Facet) -> tuple[Node, Note | None]:
    """Return the one section or topic that is meant: its full name, or the one name that a piece of it fits."""
    value = token.text
    if value == UNKNOWN:
        return In(facet=facet, value=None), None
    names = SECTIONS if facet is Facet.SECTION else TOPICS
    if facet is Facet.SECTION:
        fitting = [name for name in names if value in name]
    else:  # from the front only: 主题:法治 does not mean 数字法治
        fitting = [name for name in names if name.startswith(value)]
    if value in names:
        return In(facet=facet, value=value), None
    if len(value) > 1 and len(fitting) == 1:
        return In(facet=facet, value=fitting[0]), None
    what = "章节" if facet is Facet.SECTION else "主题"
    message = f"没有“{value}”这个{what}，已按普通文字检索。{what}有：{'、'.join(names)}。"
    return _text(token, heading=False), Note(kind="unknown_value", message=message)


def _year(token: Token) -> tuple[Node, Note | None]:
    text = token.text
    if text == UNKNOWN:
        return In(facet=Facet.YEAR, value=None), None
    plain = surely_arabic_digits(text).strip()
    if (single := _YEAR.fullmatch(plain)) and int(single.group(1)) in ASKED_YEARS:
        return In(facet=Facet.YEAR, value=int(single.group(1))), None
    span = _RANGE.fullmatch(plain)
    first, last = (int(year) if year else None for year in span.groups()) if span else (None, None)
    if all(year is None or year in ASKED_YEARS for year in (first, last)) and (first or last):
        if first is not None and last is not None and first > last:
            message = f"年度区间“{text}”前后颠倒，已按 {last} 至 {first} 年检索。"
            return Years(first=last, last=first), Note(kind="bad_year", message=message)
        return Years(first=first, last=last), None
    message = f"“{text}”不是年度，已按普通文字检索。年度写作 年:2023 或 年:2021..2023。"
    return _text(token, heading=False), Note(kind="bad_year", message=message)
