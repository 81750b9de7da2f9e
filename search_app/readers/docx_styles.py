"""Styles and list definitions of a .docx: what a paragraph inherits from them.

In go styles.xml and numbering.xml, out come the heading level and the list of a paragraph. The surprise: a heading
style may be numbered without saying which level (``w:ilvl``): then the list's level that names the style counts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from search_app.readers.docx_package import attribute, child, is_on, name_of, number_of, value_of, whole
from search_app.readers.limits import MAX_DEPTH
from search_app.readers.word_numbering import Level, NumberedList

#: A short heading that runs into its page number.
_BARE_PAGE = re.compile(r"[^，。；：！？,;]{2,40}[\u4e00-\u9fff）)]\d{1,3}")
_CONTENTS = re.compile(r"目\s*[录錄次]|contents", re.I)
_PAGE_AT_END = re.compile(
    r"(?:[\t.．…·\-—_\u3000 ]|\t)\s*[（(\-—]?\s*(?:\d{1,4}|[ivxlIVXL]{1,6})\s*[）)\-—]?\s*$|\t\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    name: str = ""
    based_on: str | None = None
    number: str | None = None
    depth: int | None = None
    outline: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """All paragraph styles by id, and the one that holds where a paragraph names none."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: str | None = None
    placeholders: frozenset[str] = frozenset()  #: character styles of prompts such as 单击此处输入文字

    def chain(self, style_id: str | None) -> Iterator[tuple[str, Style]]:
        """Yield the style and those it is based on, nearest first; a circle ends, and so does a chain beyond reason."""
        current, seen = style_id or self.default, set[str]()
        while current and current not in seen and current in self.by_id and len(seen) < MAX_DEPTH:
            seen.add(current)
            yield current, self.by_id[current]
            current = self.by_id[current].based_on

    def heading_level(self, style_id: str | None) -> int | None:
        """Return the level (1 = outermost) that the style gives its paragraphs, None for body text."""
        for _, style in self.chain(style_id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
            words = style.name.lower().split()
            if len(words) == 2 and words[0] in ("heading", "标题") and words[1] in "123456789":
                return int(words[1])
            if words in (["title"], ["标题"]):
                return 1
        return None

    def is_contents(self, style_id: str | None) -> bool:
        """Tell whether the style is one of a table of contents, whose lines repeat the headings."""
        return any(style.name.lower().startswith(("toc ", "目录 ")) for _, style in self.chain(style_id))


def is_contents_line(text: str) -> bool:
    """Tell a line of a table of contents by its end (dots, tab or blanks, then the number of a page), or its title."""
    return bool(_PAGE_AT_END.search(text) or _CONTENTS.fullmatch(text.strip()) or _BARE_PAGE.fullmatch(text.strip()))


def read_styles(root: Element | None) -> Styles:
    """Read the paragraph styles of styles.xml, and which character styles mark a prompt."""
    found: dict[str, Style] = {}
    default = None
    placeholders = {"PlaceholderText"}
    for element in root if root is not None else ():
        style_id = attribute(element, "styleId")
        if name_of(element) != "w:style" or style_id is None:
            continue
        if attribute(element, "type") not in ("paragraph", None):
            if (value_of(element, "w:name") or "").lower() in ("placeholder text", "占位符文本"):
                placeholders.add(style_id)
            continue
        properties = child(element, "w:pPr")
        numbering = child(properties, "w:numPr")
        found[style_id] = Style(
            name=value_of(element, "w:name") or "",
            based_on=value_of(element, "w:basedOn"),
            number=value_of(numbering, "w:numId"),
            depth=number_of(numbering, "w:ilvl"),
            outline=number_of(properties, "w:outlineLvl"),
        )
        if (attribute(element, "default") or "") in ("1", "true", "on"):
            default = style_id
    return Styles(by_id=found, default=default, placeholders=frozenset(placeholders))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists by number (``w:numId``), and for each abstract list the level that a style is linked to."""

    by_number: Mapping[str, NumberedList] = field(default_factory=dict)
    linked: Mapping[tuple[str, str], int] = field(default_factory=dict)


def read_lists(root: Element | None) -> Lists:
    """Read numbering.xml, following lists that are defined by a list style (``w:numStyleLink``)."""
    if root is None:
        return Lists()
    abstracts = {attribute(part, "abstractNumId") or "": part for part in root if name_of(part) == "w:abstractNum"}
    by_style = {value_of(part, "w:styleLink"): key for key, part in abstracts.items()}
    linked: dict[tuple[str, str], int] = {}
    for key, part in abstracts.items():
        for depth, element in _levels_of(part):
            if style := value_of(element, "w:pStyle"):
                linked[key, style] = depth
    lists: dict[str, NumberedList] = {}
    for part in root:
        if name_of(part) == "w:num" and (number := attribute(part, "numId")):
            key = value_of(part, "w:abstractNumId") or ""
            link = value_of(abstracts.get(key), "w:numStyleLink")
            if link is not None and link in by_style:
                key = by_style[link]
            lists[number] = _list(part, key, abstracts.get(key))
    return Lists(by_number=lists, linked=linked)


def _list(number: Element, key: str, abstract: Element | None) -> NumberedList:
    levels = {depth: _level(element) for depth, element in _levels_of(abstract)}
    overrides: dict[int, int] = {}
    for part in number:
        depth = whole(attribute(part, "ilvl"))
        if name_of(part) != "w:lvlOverride" or depth is None:
            continue
        start = number_of(part, "w:startOverride")
        if start is not None:
            overrides[depth] = start
        own = child(part, "w:lvl")
        if own is not None:
            levels[depth] = _level(own)
    return NumberedList(abstract=key, levels=levels, overrides=overrides)


def _levels_of(abstract: Element | None) -> Iterator[tuple[int, Element]]:
    for element in abstract if abstract is not None else ():
        depth = whole(attribute(element, "ilvl"))
        if name_of(element) == "w:lvl" and depth is not None and 0 <= depth < 9:
            yield depth, element


def _level(element: Element) -> Level:
    start = number_of(element, "w:start")
    text = child(element, "w:lvlText")
    return Level(
        start=0 if start is None else start,
        format=_format(element),
        text="" if text is None or attribute(text, "null") in ("1", "true") else attribute(text, "val") or "",
        restart=number_of(element, "w:lvlRestart"),
        legal=is_on(element, "w:isLgl"),
        suffix=value_of(element, "w:suff") or "tab",
    )


def _format(element: Element) -> str:
    """Return the number format; newer Word wraps it in AlternateContent, the fallback being the one known here."""
    found = value_of(element, "w:numFmt")
    if found is None:
        for part in element:
            if name_of(part) == "mc:AlternateContent":
                found = value_of(child(part, "mc:Fallback"), "w:numFmt")
    return found or "decimal"
