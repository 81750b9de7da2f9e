""".xlsx -> Document: each sheet's rows as tables of text, as the cells show them; in pure Python.

Formulas give the values that were last worked out, dates and percents are written as they are shown, merged cells say
their text once. A row with one text alone (a title, a note below the table) is a paragraph. The surprise: hidden sheets
and rows are often last year's figures; they are left out, and how much they hold is said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from search_app.errors import DamagedFile, UnsupportedFile
from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.docx_package import Package, attribute, child, name_of
from search_app.readers.limits import MAX_CHARACTERS, too_large
from search_app.readers.xlsx_numbers import BUILT_IN, shown

_PLAIN_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.I)
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LONG = 400  #: a cell with more text is prose, not a figure
_LETTER = re.compile(r"[^\W_]")
_SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再放回资料文件夹。"
_ON = ("1", "true", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What holds for all sheets: the shared texts, the format of each style, where dates begin."""

    texts: Sequence[str]
    formats: Sequence[str]
    from_1904: bool = False


@dataclass(slots=True)
class _LeftOut:
    """What was not read: the names of hidden sheets, how many cells, of them in hidden rows and columns."""

    sheets: list[str] = field(default_factory=list)
    in_sheets: int = 0
    in_rows: int = 0


def read(data: bytes, path: str) -> Document:
    """Read an .xlsx. Raises DamagedFile (also: password), NoText, UnsupportedFile (too large, binary)."""
    package = Package(data, path, form=".xlsx")
    main = package.main_part()
    if main.endswith(".bin") or "xl/workbook.bin" in package.names():
        raise UnsupportedFile(path, "这是二进制的 Excel 表格（.xlsb），暂不能读取。", hint=_SAVE_AGAIN)
    main = main if main != "word/document.xml" else "xl/workbook.xml"
    workbook = package.xml(main)
    if workbook is None:
        raise DamagedFile(path, "文件已损坏（.xlsx 里找不到工作簿）。", hint=_SAVE_AGAIN)
    relations = package.relations(main)
    parts = dict(relations.values())
    book = _Book(
        texts=_texts(package.xml(parts.get("sharedStrings", "xl/sharedStrings.xml"))),
        formats=_formats(package.xml(parts.get("styles", "xl/styles.xml"))),
        from_1904=(attribute(child(workbook, "x:workbookPr"), "date1904") or "") in _ON,
    )
    left = _LeftOut()
    found: list[Block] = []
    size = 0
    for sheet in child(workbook, "x:sheets") or ():
        name = clean_text.tidy(attribute(sheet, "name") or "")
        part = relations.get(attribute(sheet, "id") or "", ("", ""))[1]
        blocks = list(_sheet(package, part, book, left))
        if (attribute(sheet, "state") or "visible") != "visible":
            left.sheets.append(name)
            left.in_sheets += sum(len(_LETTER.findall(block.text)) for block in blocks)
            continue
        if blocks and not _PLAIN_NAME.fullmatch(name):
            found.append(clean_text.heading(name, 1))
        found += blocks
        size += sum(len(block.text) for block in blocks)
        if size > MAX_CHARACTERS:
            raise too_large(path, f"文字超过 {MAX_CHARACTERS // 10_000} 万字")
    return Document(format="xlsx", blocks=clean_text.worded(found), warnings=tuple(_warnings(package, left)))


def _warnings(package: Package, left: _LeftOut) -> Iterator[str]:
    if left.sheets:
        names = "、".join(left.sheets[:5])
        yield f"有隐藏的工作表 {len(left.sheets)} 张（{names}，共 {left.in_sheets} 字），没有读取。"
    if left.in_rows:
        yield f"有隐藏的行或列，其中 {left.in_rows} 个单元格没有读取。"
    notes = 0
    for name in package.names():
        if re.fullmatch(r"xl/(?:comments\d*|threadedcomments/.*)\.xml", name):
            root = package.xml(name)
            notes += sum(len(_LETTER.findall(part.text or "")) for part in (root.iter() if root is not None else ()))
    if notes:
        yield f"有批注 {notes} 字，不是正文，没有读取。"


def _texts(root: Element | None) -> list[str]:
    """Return the shared texts, without the readings of Japanese names."""
    return [_rich(item) for item in root if name_of(item) == "x:si"] if root is not None else []


def _rich(item: Element | None) -> str:
    pieces: list[str] = []
    for part in item if item is not None else ():
        if name_of(part) == "x:t":
            pieces.append(part.text or "")
        elif name_of(part) == "x:r":
            pieces += [inner.text or "" for inner in part if name_of(inner) == "x:t"]
    return "".join(pieces)


def _formats(root: Element | None) -> list[str]:
    """Return the number format of each cell style."""
    own = {
        attribute(each, "numFmtId") or "": attribute(each, "formatCode") or ""
        for each in (child(root, "x:numFmts") or ())
    }
    found = []
    for style in child(root, "x:cellXfs") or ():
        number = attribute(style, "numFmtId") or "0"
        found.append(own.get(number) or BUILT_IN.get(int(number) if number.isdigit() else 0, "General"))
    return found


def _sheet(package: Package, part: str, book: _Book, left: _LeftOut) -> Iterator[Block]:
    """Yield a sheet's tables and lines, then what its text boxes say."""
    root = package.xml(part) if part else None
    if root is None:
        return
    hidden = _hidden_columns(root)
    rows: list[list[str]] = []
    for row in child(root, "x:sheetData") or ():
        cells = _cells(row, book)
        is_hidden = (attribute(row, "hidden") or "") in _ON
        left.in_rows += sum(bool(text) and (is_hidden or at in hidden) for at, text in cells.items())
        kept = {} if is_hidden else {at: text for at, text in cells.items() if text and at not in hidden}
        if len(kept) > 1 and max(map(len, kept.values())) <= _LONG:
            rows.append([kept.get(at, "") for at in range(max(kept) + 1)])
        elif kept:
            yield from _table(rows)
            rows = []
            yield from (
                clean_text.paragraph(line) for text in kept.values() for line in text.split("\n") if line.strip()
            )
    yield from _table(rows)
    for kind, target in package.relations(part).values():
        drawing = package.xml(target) if kind == "drawing" else None
        for paragraph in drawing.iter() if drawing is not None else ():
            if name_of(paragraph) == "a:p":
                yield clean_text.paragraph(
                    "".join(each.text or "" for each in paragraph.iter() if name_of(each) == "a:t")
                )


def _table(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Yield rows as a table; columns that are empty in all of them are left out."""
    used = sorted({at for row in rows for at, text in enumerate(row) if text})
    block = clean_text.table([[row[at] if at < len(row) else "" for at in used] for row in rows])
    if block is not None:
        yield block


def _hidden_columns(root: Element) -> frozenset[int]:
    found: set[int] = set()
    for column in child(root, "x:cols") or ():
        if (attribute(column, "hidden") or "") in _ON:
            first, last = int(attribute(column, "min") or 1), int(attribute(column, "max") or 1)
            found.update(range(first - 1, min(last, 16_384)))
    return frozenset(found)


def _cells(row: Element, book: _Book) -> Mapping[int, str]:
    """Return the texts of a row's cells by column."""
    found: dict[int, str] = {}
    at = -1
    for cell in row:
        if name_of(cell) == "x:c":
            place = _PLACE.match(attribute(cell, "r") or "")
            at = _column(place[1]) if place else at + 1
            found[at] = _value(cell, book).strip()
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Element, book: _Book) -> str:
    """Return what a cell shows."""
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        return _rich(child(cell, "x:is"))
    value = child(cell, "x:v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return book.texts[int(text)] if text.isdigit() and int(text) < len(book.texts) else ""
    if kind == "b":
        return "是" if text == "1" else "否"
    if kind in ("str", "e"):
        return text
    if kind == "d":
        return text.removesuffix("T00:00:00")
    style = attribute(cell, "s") or "0"
    known = style.isdigit() and int(style) < len(book.formats)
    return shown(text, book.formats[int(style)] if known else "General", from_1904=book.from_1904)
