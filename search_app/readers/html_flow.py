"""The article element of a page -> blocks in reading order.

Block-level tags and ``<br>`` end a block, white space is as a browser shows it, tables with short cells become rows.
Lines that only state facts (发布日期：… 来源：…) go to the properties instead.
"""

import re
from collections.abc import Iterator, MutableMapping, Sequence

import lxml.html

from search_app.language.analysis.han_numbers import NUMERALS
from search_app.model import Block
from search_app.readers import clean_text
from search_app.readers.html_facts import fact_pairs
from search_app.readers.word_numbering import numeral

_BLOCK = (
    "p", "div", "section", "article", "main", "header", "figure", "figcaption", "center", "blockquote", "address",
    "pre", "ul", "ol", "li", "dl", "dt", "dd", "hr", "tr", "td", "th", "table", "tbody", "thead", "tfoot",
    "caption", "fieldset", "details", "summary", "body", "html", "h1", "h2", "h3", "h4", "h5", "h6", "form",
    "ucapcontent",
)  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_SHORT_CELL = 400
_BOLD = ("b", "strong")
_MOST_PIECES = 60  # of a line that may still be in its opening
_LONGEST_OPENING, _LONGEST_NUMBER = 44, 6
#: The end of a bold opening, marked so, between words.
_OPENING = re.compile(r"(?<=[\w”’」』）)》])\s*\x02[\x02\s]*(?=[\w“‘「『（(《])")
_OL_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
#: An item that brings its own number needs none from the list.
_NUMBERED = re.compile(rf"[（(]?(?:[{NUMERALS}]{{1,3}}|\d{{1,3}})[）)、.．是]")
#: Lines of the page's own machinery that sites leave inside the article.
_CHROME = re.compile(
    r"(?:【?(?:打印|关闭|打印本页|关闭窗口|我要纠错|返回顶部|收藏|分享)】?\s*)+|扫一扫.{0,20}|分享到[:：]?.{0,20}|"
    r"(?:上|下)一(?:篇|条)[:：].{0,80}|(?:您?的?当前|现在的?)位置[:：].{0,120}|字[体号][:：].{0,20}|首页\s*(?:>|»|＞|›).{0,100}"
)


def flow(article: lxml.html.HtmlElement, facts: MutableMapping[str, str]) -> list[Block]:
    """Return the blocks of an article; facts stated in lines of their own are added to ``facts``."""
    found: list[Block] = []
    for block in _Flow().blocks_of(article):
        pairs = fact_pairs(block.text) if block.kind == "paragraph" else {}
        if pairs:
            for key, value in pairs.items():
                if value:
                    facts.setdefault(key, value)
        elif not (block.kind == "paragraph" and _CHROME.fullmatch(block.text)):
            found.append(block)
    return found


class _Flow:
    """One walk through an article; gathers inline text until something ends the block."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._level: int | None = None
        self._counts: dict[lxml.html.HtmlElement, int] = {}
        self._bold: dict[lxml.html.HtmlElement, int] = {}  # where bold text began among the pieces
        self._label = ""  # of a list item, until its text comes

    def blocks_of(self, element: lxml.html.HtmlElement) -> list[Block]:
        """Return the blocks of an element and everything below it."""
        return [*self._walk(element), *self._end()]

    def _walk(self, element: lxml.html.HtmlElement) -> Iterator[Block]:
        # An explicit stack: pages nest deeper than Python recurses.
        stack: list[tuple[str, lxml.html.HtmlElement | str]] = [("open", element)]
        while stack:
            what, part = stack.pop()
            if isinstance(part, str):
                self._pieces.append(part)
            elif what == "close":
                yield from self._close(part)
            else:
                yield from self._open(part)
                if _table_rows(part) is not None:
                    continue
                stack.append(("close", part))
                for inner in reversed(part):
                    if inner.tail:
                        stack.append(("text", inner.tail))
                    if isinstance(inner.tag, str):
                        stack.append(("open", inner))
                if part.text:
                    stack.append(("text", part.text))

    def _open(self, part: lxml.html.HtmlElement) -> Iterator[Block]:
        if part.tag in _BLOCK:
            yield from self._end()
        rows = _table_rows(part)
        if rows is not None:
            block = clean_text.table(rows)
            if block is not None:
                yield block
        elif found := _HEADING.fullmatch(part.tag):
            self._level = int(found[1])
        elif part.tag == "li":
            self._label = self._number(part)
        elif part.tag == "br":
            self._pieces.append("\0" if self._level is not None else "\1")
        elif part.tag in _BOLD:
            self._bold[part] = len(self._pieces)

    def _number(self, item: lxml.html.HtmlElement) -> str:
        """Count an item of an ordered list and return the number that a browser shows before it."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        first = self._counts.get(parent, (_whole(parent.get("start")) or 1) - 1) + 1
        self._counts[parent] = number = _whole(item.get("value")) or first
        style = f"{parent.get('style') or ''} {item.get('style') or ''}".lower()
        if ("list-style" in style and "none" in style) or _NUMBERED.match("".join(item.itertext()).strip()):
            return ""
        if "cjk-ideographic" in style or "chinese" in style:
            return numeral(number, "chineseCounting") + "、"
        return numeral(number, _OL_TYPES.get(parent.get("type") or "", "decimal")) + "."

    def _close(self, part: lxml.html.HtmlElement) -> Iterator[Block]:
        if part.tag in _BLOCK:
            yield from self._end()
        if _HEADING.fullmatch(part.tag):
            self._level = None
        elif part.tag in _BOLD and self._level is None:
            self._end_bold(self._bold.pop(part, len(self._pieces)))

    def _end_bold(self, start: int) -> None:
        """Mark where a bold opening with a number ends: without a stop it would run into the text that follows."""
        if len(self._pieces) > _MOST_PIECES:
            return
        line = "".join(self._pieces).rpartition("\1")[2].strip()
        bold = "".join(self._pieces[start:]).strip()
        if 4 < len(line) <= _LONGEST_OPENING and len(line) - len(bold) <= _LONGEST_NUMBER and _NUMBERED.match(line):
            self._pieces.append("\x02")

    def _end(self) -> Iterator[Block]:
        """Turn the gathered text into a heading, or one paragraph per line."""
        text, self._pieces = "".join(self._pieces).replace("\0", ""), []
        for raw in text.split("\1"):
            line = clean_text.unwrapped(_OPENING.sub(" ", raw, count=1)).strip()
            if line:
                line, self._label = self._label + line, ""
                yield clean_text.paragraph(line) if self._level is None else clean_text.heading(line, self._level)


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else None


def _table_rows(element: lxml.html.HtmlElement) -> Sequence[Sequence[str]] | None:
    """Return the rows of a table that holds data, None for what only lays out the page and for all other elements."""
    if element.tag != "table" or any(inner is not element for inner in element.iter("table")):
        return None
    rows = [[_cell(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
    if max(map(len, rows), default=0) < 2 or any(len(cell) > _SHORT_CELL for row in rows for cell in row):
        return None
    return rows


def _cell(cell: lxml.html.HtmlElement) -> str:
    """Return a cell's text; its paragraphs and lines are parted by blanks."""
    return " ".join(block.text for block in _Flow().blocks_of(cell))
