""".pptx -> Document: each slide's title as a heading, then its text as the eye goes: top to bottom, left to right.

Automatic numbers become text, tables become rows, diagrams give their words, speaker's notes follow their slide. The
surprise: the order of shapes in the file is the order in which they were drawn, which says nothing; and where a
placeholder stands is often said only by the layout of its slide.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from search_app.errors import DamagedFile, NoText
from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.docx_embedded import diagram_of
from search_app.readers.docx_inline import chosen
from search_app.readers.docx_package import Package, attribute, child, name_of
from search_app.readers.limits import MAX_DEPTH
from search_app.readers.symbol_fonts import sign
from search_app.readers.word_numbering import numeral

_SAVE_AGAIN = "请用 PowerPoint 或 WPS 打开，另存为 .pptx 后再放回资料文件夹。"
_TITLES, _RUNNING = ("title", "ctrTitle"), ("dt", "ftr", "sldNum", "hdr")
_LETTER = re.compile(r"[^\W_]")
#: Shapes whose tops are this close (in EMU, half a centimetre) stand side by side.
_SAME_HEIGHT = 180_000
#: How PowerPoint's automatic numbers are written.
_NUMBERS = {
    "ea1ChsPeriod": ("chineseCounting", "、"), "ea1ChsPlain": ("chineseCounting", ""),
    "ea1ChtPeriod": ("chineseCounting", "、"),
    "ea1JpnChsDbPeriod": ("chineseCounting", "、"), "circleNumDbPlain": ("decimalEnclosedCircle", ""),
    "circleNumWdWhitePlain": ("decimalEnclosedCircle", ""), "circleNumWdBlackPlain": ("decimalEnclosedCircle", ""),
    "arabicPeriod": ("decimal", "."), "arabicDbPeriod": ("decimal", "."), "arabicPlain": ("decimal", " "),
    "arabicDbPlain": ("decimal", " "), "arabicParenR": ("decimal", ")"), "arabicParenBoth": ("decimal", "()"),
    "alphaLcPeriod": ("lowerLetter", "."), "alphaUcPeriod": ("upperLetter", "."), "alphaLcParenR": ("lowerLetter", ")"),
    "alphaUcParenR": ("upperLetter", ")"), "alphaLcParenBoth": ("lowerLetter", "()"),
    "alphaUcParenBoth": ("upperLetter", "()"), "romanLcPeriod": ("lowerRoman", "."),
    "romanUcPeriod": ("upperRoman", "."),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    element: Element
    top: int
    left: int


def read(data: bytes, path: str) -> Document:
    """Read a .pptx. Raises DamagedFile (also: password), NoText, UnsupportedFile (too large)."""
    package = Package(data, path, form=".pptx")
    main = package.main_part()
    main = main if main != "word/document.xml" else "ppt/presentation.xml"
    root = package.xml(main)
    if root is None:
        raise DamagedFile(path, "文件已损坏（.pptx 里找不到演示文稿）。", hint=_SAVE_AGAIN)
    relations = package.relations(main)
    found: list[Block | None] = []
    title = ""
    hidden = hidden_size = notes = 0
    for listed in child(root, "p:sldIdLst") or ():
        part = relations.get(_relation_of(listed), ("", ""))[1]
        slide = package.xml(part) if part else None
        if slide is None:
            continue
        reading = _Slide(package, part)
        blocks = list(reading.blocks(slide))
        if (attribute(slide, "show") or "1").lower() in ("0", "false"):
            hidden += 1
            hidden_size += sum(len(_LETTER.findall(block.text)) for block in blocks)
            continue
        said = list(reading.notes())
        notes += sum(len(_LETTER.findall(text)) for text in said)
        if blocks and blocks[0].kind == "heading":
            blocks, title = blocks[blocks[0].text == title :], blocks[0].text
        found += [*blocks, *(clean_text.paragraph(f"备注：{text}") for text in said)]
    text = clean_text.worded(found)
    if not text and any("/media/" in name for name in package.names()):
        raise NoText(path, "演示文稿里只有图片，没有文字（可能是扫描件）。")
    warnings = []
    if hidden:
        warnings.append(f"有隐藏的幻灯片 {hidden} 张（{hidden_size} 字），没有读取。")
    if notes:
        warnings.append(f"有演讲者备注 {notes} 字，已作为“备注：”读取，请核对。")
    return Document(format="pptx", blocks=text, warnings=tuple(warnings))


def _relation_of(listed: Element) -> str:
    """Return the relation that an entry of a list names; ``id`` alone is only its number."""
    return next((value for key, value in listed.attrib.items() if key.startswith("{") and key.endswith("}id")), "")


class _Slide:
    """One slide, read with the layout that says where its placeholders stand."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._relations = package.relations(part)
        targets = dict(self._relations.values())
        self._notes = targets.get("notesSlide")
        layout = package.xml(targets["slideLayout"]) if "slideLayout" in targets else None
        self._places = {
            _placeholder(shape)[1:]: place
            for shape in (layout.iter() if layout is not None else ())
            if name_of(shape) == "p:sp" and (place := _place(shape)) is not None
        }

    def blocks(self, slide: Element) -> Iterator[Block]:
        """Yield the title, then everything else by place."""
        tree = child(child(slide, "p:cSld"), "p:spTree")
        shapes = list(self._ordered(tree, 0)) if tree is not None else []
        titles = [shape for shape in shapes if _placeholder(shape)[0] in _TITLES]
        for shape in titles:
            text = " ".join(line for line, _ in _lines(child(shape, "p:txBody")))
            yield clean_text.heading(text, 1)
        for shape in shapes:
            if shape not in titles and _placeholder(shape)[0] not in _RUNNING:
                yield from self._shape(shape)

    def notes(self) -> Iterator[str]:
        """Yield the paragraphs of the speaker's notes."""
        root = self._package.xml(self._notes) if self._notes else None
        for shape in root.iter() if root is not None else ():
            if name_of(shape) == "p:sp" and _placeholder(shape)[0] == "body":
                yield from (clean_text.tidy(line) for line, _ in _lines(child(shape, "p:txBody")) if line.strip())

    def _ordered(self, tree: Element, depth: int) -> Iterator[Element]:
        """Yield the shapes of a slide or group: those at one height from left to right, the heights from the top."""
        shapes = []
        for element in tree:
            name = name_of(element)
            if name == "mc:AlternateContent":
                branch = chosen(element)
                shapes += [self._shaped(part) for part in (branch if branch is not None else ())]
            elif name in ("p:sp", "p:grpSp", "p:graphicFrame", "p:cxnSp"):
                shapes.append(self._shaped(element))
        shapes.sort(key=lambda shape: shape.top)
        row = 0
        rows: list[int] = []
        for at, shape in enumerate(shapes):
            if at and shape.top - shapes[rows.index(row)].top > _SAME_HEIGHT:
                row += 1
            rows.append(row)
        for _, group in groupby(zip(rows, shapes, strict=True), key=lambda pair: pair[0]):
            for _, shape in sorted(group, key=lambda pair: pair[1].left):
                if name_of(shape.element) == "p:grpSp" and depth < MAX_DEPTH:
                    yield from self._ordered(shape.element, depth + 1)
                else:
                    yield shape.element

    def _shaped(self, element: Element) -> _Shape:
        place = _place(element)
        if place is None:
            _, kind, index = _placeholder(element)
            alike = (place for (_, number), place in self._places.items() if index and number == index)
            place = self._places.get((kind, index)) or next(alike, None)
        left, top = place or (0, 0)
        return _Shape(element=element, top=top, left=left)

    def _shape(self, shape: Element) -> Iterator[Block]:
        """Yield the text of one shape: paragraphs, a table, or the words of a diagram."""
        for table in (part for part in shape.iter() if name_of(part) == "a:tbl"):
            block = clean_text.table(_rows(table))
            if block is not None:
                yield block
        for part in shape.iter():
            if name_of(part) == "other:relIds":
                yield from diagram_of(self._package, self._relations.get(attribute(part, "dm") or ""))
        for line, _ in _lines(child(shape, "p:txBody")):
            yield clean_text.paragraph(line)


def _placeholder(shape: Element) -> tuple[str, str, str]:
    """Return what a placeholder is for, and its kind and number by which the layout knows it."""
    for part in shape:
        if name_of(part) in ("p:nvSpPr", "p:nvGraphicFramePr"):
            found = child(child(part, "p:nvPr"), "p:ph")
            if found is not None:
                kind = attribute(found, "type") or "obj"
                return kind, kind, attribute(found, "idx") or "0"
    return "", "", ""


def _place(element: Element) -> tuple[int, int] | None:
    """Return left and top of a shape, where it says them itself."""
    frame = child(element, "p:xfrm")
    for properties in ("p:spPr", "p:grpSpPr"):
        if frame is None:
            frame = child(child(element, properties), "a:xfrm")
    corner = child(frame, "a:off")
    try:
        return (int(attribute(corner, "x") or ""), int(attribute(corner, "y") or ""))
    except ValueError:
        return None


def _rows(table: Element) -> Iterator[Sequence[str]]:
    """Yield a table's rows; a cell that another one is merged over is empty."""
    for row in table:
        if name_of(row) == "a:tr":
            yield [
                " ".join(line for line, _ in _lines(child(cell, "a:txBody"))) for cell in row if name_of(cell) == "a:tc"
            ]


def _lines(body: Element | None) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of a text body with their levels, numbered as the slide shows them."""
    counts: dict[int, tuple[str, int]] = {}
    for paragraph in body if body is not None else ():
        if name_of(paragraph) != "a:p":
            continue
        properties = child(paragraph, "a:pPr")
        depth = attribute(properties, "lvl") or "0"
        level = int(depth) if depth.isdigit() else 0
        lines = [line for line in _text(paragraph).split("\n") if line.strip()]
        if not lines:
            continue
        numbering = child(properties, "a:buAutoNum")
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        label = ""
        if numbering is None:
            counts.pop(level, None)
        else:
            kind, start = attribute(numbering, "type") or "arabicPeriod", attribute(numbering, "startAt") or "1"
            before = counts.get(level)
            number = before[1] + 1 if before and before[0] == kind else int(start) if start.isdigit() else 1
            counts[level] = (kind, number)
            label = _label(kind, number)
        for at, line in enumerate(lines):
            yield (line if at else label + line.strip()), level


def _label(kind: str, number: int) -> str:
    form, closing = _NUMBERS.get(kind, ("decimal", "."))
    if closing == "()":
        return f"({numeral(number, form)})"
    return numeral(number, form) + closing


def _text(paragraph: Element) -> str:
    """Return a paragraph's text, ``\\n`` where the line was broken by hand; slide numbers and dates are left out."""
    pieces: list[str] = []
    for part in paragraph:
        name = name_of(part)
        if name == "a:r":
            text = "".join(each.text or "" for each in part if name_of(each) == "a:t")
            font = attribute(child(child(part, "a:rPr"), "a:sym"), "typeface") or ""
            pieces.append("".join(sign(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in text))
        elif name == "a:br":
            pieces.append("\n")
        elif name == "a:fld" and not (attribute(part, "type") or "").startswith(("slidenum", "datetime")):
            pieces += [each.text or "" for each in part if name_of(each) == "a:t"]
        elif name in ("mc:AlternateContent", "other:m", "m:oMath", "m:oMathPara"):
            branch = chosen(part) if name == "mc:AlternateContent" else part
            pieces += [
                each.text or "" for each in (branch.iter() if branch is not None else ()) if name_of(each) == "m:t"
            ]
    return "".join(pieces)
