""".ofd -> Document: the format that Chinese offices exchange finished documents in (GB/T 33190), in pure Python.

A ZIP of XML: pages with text objects, templates below the pages, an outline whose entries become headings, annotations
and attachments, of which only the amount is said. Signatures are not checked. The surprise: most text sits in objects
of one line each, so paragraphs are put together as those of a PDF are.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from search_app.errors import DamagedFile, NoText
from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.docx_package import Package, attribute
from search_app.readers.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_PAGES, MAX_TAGS, too_large
from search_app.readers.ofd_lines import lines_of
from search_app.readers.ofd_page import Gathered, gather, local
from search_app.readers.pdf_layout import Line, blocks_of, without_running

_HINT = "请用 OFD 阅读器打开确认文件完好，转换为 .docx 或文字版 .pdf 后再放回资料文件夹。"
_FACTS = {"Title": "title", "Author": "作者", "Subject": "主题", "CreationDate": "创建日期", "Keywords": "关键词"}
_POINTS = 72 / 25.4
_FEW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    parts: Sequence[Sequence[Line]]  # each part is one column
    height: float
    gathered: Gathered


def read(data: bytes, path: str) -> Document:
    """Read an .ofd. Raises DamagedFile, NoText, UnsupportedFile (too large)."""
    package = Package(data, path, form=".ofd")
    root = package.xml("OFD.xml")
    bodies = [body for body in root if local(body) == "DocBody"] if root is not None else []
    if not bodies:
        raise DamagedFile(path, "OFD 文件已损坏（找不到文档）。", hint=_HINT)
    found: list[Block] = []
    warnings: list[str] = []
    facts: dict[str, str] = {}
    gathered: list[Gathered] = []
    for body in bodies:
        for fact in _inside(body, "DocInfo"):
            if local(fact) in _FACTS and fact.text:
                facts.setdefault(_FACTS[local(fact)], fact.text)
        one = _OneDocument(package, _text_of(body, "DocRoot"), path)
        pages = one.pages()
        gathered += [page.gathered for page in pages]
        found += one.blocks(pages)
        warnings += one.warnings(pages)
    _check(found, gathered, path)
    return Document(
        format="ofd", blocks=clean_text.worded(found), properties=facts, warnings=tuple(dict.fromkeys(warnings))
    )


def _check(found: Sequence[Block], gathered: Sequence[Gathered], path: str) -> None:
    """Raise NoText where there are next to no letters."""
    if sum(sum(map(str.isalnum, block.text)) for block in found) >= _FEW:
        return
    if any(page.lost for page in gathered):
        raise NoText(path, "OFD 里的文字只有字形、没有字符，提取不出来。", hint="请找 Word 版，或做文字识别（OCR）。")
    raise NoText(path, f"OFD 有 {len(gathered)} 页但没有文字，是扫描件或图片。")


class _OneDocument:
    """One document of an .ofd, which may hold several."""

    def __init__(self, package: Package, root: str, path: str) -> None:
        self._package = package
        self._path = path
        self._folder = posixpath.dirname(root)
        document = package.xml(root) if root else None
        if document is None:
            locked = any("encrypt" in name for name in package.names())
            reason = "OFD 文件加了密，读不了。" if locked else "OFD 文件已损坏（找不到文档的目录）。"
            raise DamagedFile(path, reason, hint=_HINT)
        self._document = document
        common = next(iter(_all(document, "CommonData")), None)
        self._height = _height(common) or 297.0
        self._templates = {
            attribute(each, "ID") or "": self._place(attribute(each, "BaseLoc"))
            for each in (_inside(document, "CommonData") if common is not None else ())
            if local(each) == "TemplatePage"
        }
        self._units = self._graphics(common)

    def _place(self, name: str | None, folder: str | None = None) -> str:
        """Return the name of a part as the package knows it."""
        name = (name or "").strip().replace("\\", "/")
        joined = name if name.startswith("/") else posixpath.join(self._folder if folder is None else folder, name)
        return posixpath.normpath(joined).lstrip("/")

    def _graphics(self, common: Element | None) -> Mapping[str, Element]:
        """Return the graphics that pages use by number."""
        found: dict[str, Element] = {}
        for each in common if common is not None else ():
            if local(each) in ("PublicRes", "DocumentRes") and each.text:
                root = self._package.xml(self._place(each.text))
                for unit in root.iter() if root is not None else ():
                    if local(unit) == "CompositeGraphicUnit":
                        found[attribute(unit, "ID") or ""] = unit
        return found

    def pages(self) -> list[_Page]:
        """Return the pages with their lines; what a template shows on several pages comes with the first of them."""
        listed = [each for each in _inside(self._document, "Pages") if local(each) == "Page"]
        if len(listed) > MAX_PAGES:
            raise too_large(self._path, f"{len(listed)} 页")
        found: list[_Page] = []
        shown: set[str] = set()
        size = 0
        for number, each in enumerate(listed):
            root = self._package.xml(self._place(attribute(each, "BaseLoc")))
            gathered = Gathered()
            for template in (part for part in root if local(part) == "Template") if root is not None else ():
                name = self._templates.get(attribute(template, "TemplateID") or "", "")
                below = self._package.xml(name) if name and name not in shown else None
                shown.add(name)
                if below is not None:
                    gather(below, self._units, gathered)
            if root is not None:
                gather(root, self._units, gathered)
            if gathered.objects > MAX_TAGS:
                raise too_large(self._path, f"一页里的图文超过 {MAX_TAGS // 10_000} 万个")
            size += len(gathered.characters)
            if size > MAX_CHARACTERS:
                raise too_large(self._path, f"文字超过 {MAX_CHARACTERS // 10_000} 万字")
            height = (_height(root) if root is not None else None) or self._height
            found.append(_Page(parts=lines_of(gathered.characters, number), height=height, gathered=gathered))
        return found

    def blocks(self, pages: Sequence[_Page]) -> list[Block]:
        """Return the text of all pages: paragraphs, tables, and headings where the outline names them."""
        heights = [page.height * _POINTS for page in pages]
        lines = [_in_points(line) for page in pages for part in page.parts for line in part]
        kept = set(map(id, without_running(lines, heights)))
        groups: list[list[Line]] = []
        at = 0
        for page in pages:
            for place, part in enumerate(page.parts):
                rest = [line for line in lines[at : at + len(part)] if id(line) in kept]
                at += len(part)
                if groups and place == 0 and len(page.parts) == 1:
                    groups[-1] += rest
                else:
                    groups.append(rest)
        return list(_blocks(groups, heights, self._outline()))

    def _outline(self) -> list[tuple[str, int]]:
        """Return the titles of the outline with their levels, in order."""
        found: list[tuple[str, int]] = []

        def walk(element: Element, level: int) -> None:
            for part in element if level <= MAX_DEPTH else ():
                if local(part) == "OutlineElem":
                    found.append((_squeezed(attribute(part, "Title") or ""), level))
                    walk(part, level + 1)
                elif local(part) == "Outlines":
                    walk(part, level)

        for each in _all(self._document, "Outlines"):
            walk(each, 1)
        return [(title, level) for title, level in found if title]

    def warnings(self, pages: Sequence[_Page]) -> Iterator[str]:
        """Say how much was left out, and where."""
        empty = [str(at) for at, page in enumerate(pages, 1) if page.gathered.pictures and not page.gathered.characters]
        if empty:
            shown = "、".join(empty[:10]) + ("等" if len(empty) > 10 else "")
            yield f"第 {shown} 页没有文字（可能是扫描页），其内容没有读到。"
        if slanted := sum(page.gathered.slanted for page in pages):
            yield f"有斜排文字 {slanted} 字（可能是水印），没有读取。"
        if hidden := sum(page.gathered.hidden for page in pages):
            yield f"有隐藏文字 {hidden} 字，没有读取。"
        if lost := sum(page.gathered.lost for page in pages):
            yield f"有 {lost} 处文字只有字形、没有字符，没有读到。"
        if notes := self._annotations():
            yield f"有注释 {notes} 字（批注、印章等），不是正文，没有读取。"
        if names := self._attachments():
            yield f"有附件 {len(names)} 个（{'、'.join(names[:3])}），其内容没有读取。"

    def _annotations(self) -> int:
        """Return how many characters annotations hold."""
        count = 0
        for each in _all(self._document, "Annotations"):
            listed = self._package.xml(name := self._place(each.text))
            for file in listed.iter() if listed is not None else ():
                if local(file) == "FileLoc" and file.text:
                    root = self._package.xml(self._place(file.text, posixpath.dirname(name)))
                    for part in root.iter() if root is not None else ():
                        if local(part) in ("TextCode", "Remark"):
                            count += len("".join((part.text or "").split()))
        return count

    def _attachments(self) -> list[str]:
        found: list[str] = []
        for each in _all(self._document, "Attachments"):
            listed = self._package.xml(self._place(each.text))
            for part in listed.iter() if listed is not None else ():
                if local(part) == "Attachment":
                    found.append(clean_text.tidy(attribute(part, "Name") or "未命名"))
        return found


def _blocks(
    groups: Sequence[Sequence[Line]], heights: Sequence[float], outline: Sequence[tuple[str, int]]
) -> Iterator[Block]:
    """Yield the blocks; a line that the outline names is a heading. The outline is gone through once, in order."""
    at = 0
    for group in groups:
        gathered: list[Line] = []
        for line in group:
            text = _squeezed(line.text)
            ahead = next((place for place in range(at, len(outline)) if outline[place][0] == text), None)
            if ahead is None:
                gathered.append(line)
                continue
            yield from blocks_of(gathered, heights)
            gathered, at = [], ahead + 1
            yield clean_text.heading(line.text, outline[ahead][1])
        yield from blocks_of(gathered, heights)


def _squeezed(text: str) -> str:
    return "".join(clean_text.visible(text).split())


def _in_points(line: Line) -> Line:
    """Return the line in points: what puts lines together knows their usual distances."""
    return Line(
        text=line.text,
        page=line.page,
        left=line.left * _POINTS,
        right=line.right * _POINTS,
        y=line.y * _POINTS,
        size=line.size * _POINTS,
        cells=line.cells,
    )


def _height(element: Element | None) -> float | None:
    """Return the height of a page in millimetres, as the first box of its area says."""
    for area in element if element is not None else ():
        if local(area) in ("Area", "PageArea"):
            for box in area:
                words = (box.text or "").split()
                if local(box) == "PhysicalBox" and len(words) == 4:
                    try:
                        return float(words[3]) or None
                    except ValueError:
                        return None
    return None


def _all(element: Element, name: str) -> Iterator[Element]:
    return (part for part in element if local(part) == name)


def _inside(element: Element, name: str) -> Iterator[Element]:
    return (inner for part in _all(element, name) for inner in part)


def _text_of(element: Element, name: str) -> str:
    return next(((part.text or "").strip().lstrip("/") for part in _all(element, name)), "")
