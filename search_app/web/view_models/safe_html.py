"""Safe HTML: the text of a passage with its matches marked and its run-in heading bold.

The text goes through Markdown, because reports hold paragraphs and tables, and through nh3, because reports come from
strangers; where nh3 does not load it is escaped, line by line. Two surprises. Every ASCII punctuation mark of the text
is written as a character reference first, so that ``1.`` at the start of a line stays what the clerk typed and is not
turned into a list. And marks travel through both as private-use characters, which become tags only at the very end:
nothing is ever replaced inside HTML.
"""

import html
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import count, pairwise
from typing import Literal

from markdown import Markdown
from markupsafe import Markup, escape

from search_app.exporting import text_blocks
from search_app.exporting.wording import replace_unfit
from search_app.language.similarity.shared_wording import letters
from search_app.model import Fragment
from search_app.searching import Part
from search_app.web.sanitiser import find_sanitiser

Range = tuple[int, int]

_MARK, _END_MARK, _BOLD, _END_BOLD = "\ue000", "\ue001", "\ue002", "\ue003"
#: A place that was looked for has a number; where a border or another mark cuts it, its rest goes on without one.
_FOUND, _STILL_FOUND, _END_FOUND = "\ue004", "\ue005", "\ue006"
_SENTINELS = {
    _MARK: "<mark>",
    _END_MARK: "</mark>",
    _BOLD: '<strong class="run-in">',
    _END_BOLD: "</strong>",
    _STILL_FOUND: '<mark class="found">',
    _END_FOUND: "</mark>",
}
_SENTINEL = re.compile("[\ue000-\ue006]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
#: Signs that HTML writes as they are; tabs, controls, no-break spaces and broken characters go to the converter.
_PLAIN = re.compile("[\n\r -~\u00a1-\u2027\u202f-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0001fffd]*")
_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_OUTER_BREAKS = re.compile("^(?:<br>)+|(?:<br>)+$")
_BORDER = re.compile(r" \| |[\r\n]+")
_TEXT_TAGS = {"p", "br", "table", "thead", "tbody", "tr", "th", "td"}
_PROSE_TAGS = _TEXT_TAGS | {"h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "kbd", "a", "pre", "blockquote"}


def passage(
    text: str, *, marks: Iterable[Range] = (), bold: int = 0, found: Iterable[Range] = (), first: int = 1
) -> Markup:
    """Return a passage as HTML: matches in ``marks`` marked, the first ``bold`` characters as its run-in heading.

    ``found`` are places that were looked for; each is an anchor ``f-1``, ``f-2`` …, numbered from ``first``.
    """
    source = _SENTINEL.sub("\ufffd", text)
    marked = _with_sentinels(source, tuple(marks), bold, tuple(found))
    made = _as_paragraphs(marked) if _PLAIN.fullmatch(marked) and text_blocks.CELL not in marked else _converted(marked)
    return Markup(_with_tags(made, first))  # noqa: S704 - escaped or sanitised


def _converted(text: str) -> str:
    """Return a text with its tables as HTML, by Markdown, sanitised; escaped where there is no sanitiser."""
    clean = find_sanitiser()
    if clean is None:
        return _as_paragraphs(replace_unfit(text))
    return clean(_markdown().convert(_as_markdown(text)), tags=_TEXT_TAGS, attributes={})


def _as_paragraphs(text: str) -> str:
    """Return what Markdown and the sanitiser make of a text without tables, at a twentieth of the time."""
    lines = filter(None, (item.strip() for item in text.splitlines()))
    return "\n".join(f"<p>{html.escape(item, quote=False)}</p>" for item in lines)


def line(text: str, *, marks: Iterable[Range] = (), found: Iterable[Range] = (), first: int = 1) -> Markup:
    """Return one line of text, such as a heading, with its matches marked; a break inside it becomes a blank."""
    marked = _with_sentinels(_SENTINEL.sub("\ufffd", text), tuple(marks), 0, tuple(found))
    return Markup(_with_tags(_BREAK.sub(" ", str(escape(marked))), first))  # noqa: S704 - escaped above


def _with_tags(text: str, first: int) -> str:
    """Return HTML with tags in the place of sentinels; places that were looked for are numbered."""
    numbers = count(first)
    return _SENTINEL.sub(
        lambda sign: (
            f'<mark class="found" id="f-{next(numbers)}">' if sign.group() == _FOUND else _SENTINELS[sign.group()]
        ),
        text,
    )


def fragment(pieces: Fragment) -> Markup:
    """Return a fragment of a snippet with its matches marked, its lines as lines: they are rows of a table or items."""
    shown = "".join(f"<mark>{_lines(item.text)}</mark>" if item.match else _lines(item.text) for item in pieces)
    return Markup(_OUTER_BREAKS.sub("", shown))  # noqa: S704 - only tags of ours are put around escaped lines


def changes(parts: Iterable[Part]) -> Markup:
    """Return a text with what it says otherwise as insertions and what is said there instead as deletions."""
    shown = Markup()
    for part in parts:
        if part.instead is None:
            shown += _lines(part.text)
            continue
        shown += Markup("<del>{}</del>").format(_lines(part.instead)) if part.instead else ""
        shown += Markup("<ins>{}</ins>").format(_lines(part.text)) if part.text else ""
    return shown


def one_side(parts: Iterable[Part], tag: Literal["ins", "del"]) -> Markup:
    """Return one of two texts that stand side by side, what the other says otherwise marked; figures alone as such."""
    shown = Markup()
    for part in parts:
        if part.instead is None or not part.text:
            shown += _lines(part.text)
        else:
            figure = Markup(' class="figure"') if not letters(part.text) and not letters(part.instead) else ""
            shown += Markup("<{0}{1}>{2}</{0}>").format(tag, figure, _lines(part.text))
    return shown


@cache
def prose(name: str) -> Markup:
    """Return one of our own Markdown pages as HTML."""
    text = files("search_app.web").joinpath("content", name).read_text(encoding="utf-8")
    made, clean = _markdown().convert(text), find_sanitiser()
    if clean is not None:
        made = clean(made, tags=_PROSE_TAGS, attributes={"a": {"href"}})
    return Markup(made)  # noqa: S704 - sanitised; and in any case it came with the program


def _with_sentinels(text: str, marks: tuple[Range, ...], bold: int, found: tuple[Range, ...] = ()) -> str:
    """Return the text with sentinels around marks, the bold start and the places that were looked for.

    A run has one style and never crosses the border of a line or a cell, or its tags would end up in two elements.
    Where two places that were looked for touch, they are two runs all the same.
    """
    styles, edges = [0] * len(text), {0}
    places = ((start, end, 4 * number) for number, (start, end) in enumerate(found, 1))
    for start, end, flag in ((0, bold, 2), *((start, end, 1) for start, end in marks), *places):
        edges |= {start, end}
        for at in range(max(start, 0), min(end, len(text))):
            styles[at] |= flag
    for border in _BORDER.finditer(text):
        edges |= {*border.span()}
        styles[border.start() : border.end()] = [0] * (border.end() - border.start())
    begins = [at for at in sorted(edges) if at == 0 or (0 < at < len(text) and styles[at] != styles[at - 1])]
    parts: list[str] = []
    begun = 0
    for start, end in pairwise([*begins, len(text)]):
        run, style = text[start:end], styles[start] if text else 0
        if style & 1:
            run = f"{_MARK}{run}{_END_MARK}"
        if style & 2:
            run = f"{_BOLD}{run}{_END_BOLD}"
        if place := style >> 2:
            run = f"{_FOUND if place > begun else _STILL_FOUND}{run}{_END_FOUND}"
            begun = place
        parts.append(run)
    return "".join(parts)


def _as_markdown(text: str) -> str:
    """Return Markdown that says exactly this text: its lines as lines, rows of cells as a table."""
    return "\n\n".join(
        _table(block) if isinstance(block, list) else _literal(block) for block in text_blocks.split_blocks(text)
    )


def _table(rows: text_blocks.Rows) -> str:
    written = [f"| {' | '.join(_literal(cell) or '&#160;' for cell in row)} |" for row in rows]
    return "\n".join((written[0], "|" + " --- |" * len(rows[0]), *written[1:]))


def _lines(text: str) -> Markup:
    """Return a text as HTML, each break a ``<br>``."""
    return Markup(_BREAK.sub("<br>", str(escape(text))))  # noqa: S704 - escaped, and breaks are no signs of HTML


def _literal(text: str) -> str:
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found.group())};", text)


def _markdown() -> Markdown:
    # A fresh one each time: Markdown keeps state and pages are answered by several threads.
    return Markdown(extensions=["tables"], output_format="html")
