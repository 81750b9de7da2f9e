""".docx -> Document, as a person sees the page with all changes accepted.

Automatic numbers become text, tracked insertions stay and deletions go, text boxes come once (after the paragraph that
holds them), tables become rows, headers and footers go to ``properties``. The surprise: no usual library does
all of this; python-docx loses the numbers, the insertions and the text boxes, which is why this reader exists.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from search_app.errors import DamagedFile, NoText
from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.docx_embedded import chunk_of, diagram_of, left_out
from search_app.readers.docx_inline import FieldStack, Inline, chosen, is_prompt, is_unfilled, text_in
from search_app.readers.docx_package import Package, attribute, child, name_of, number_of, value_of
from search_app.readers.docx_styles import Lists, Styles, is_contents_line, read_lists, read_styles
from search_app.readers.word_numbering import Counting

_TRANSPARENT = ("w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:sdtContent", "w:body", "w:docPartBody")
_PAGE_NUMBER = re.compile(r"[\s\d—–\-－·/|第共页]*")
#: A table cell with this much text in this many paragraphs is page layout, not data.
_LAYOUT_CHARACTERS, _LAYOUT_PARAGRAPHS = 600, 4


def read(data: bytes, path: str, *, depth: int = 0) -> Document:
    """Read a .docx, so many files deep in others. Raises DamagedFile, NoText, UnsupportedFile (too large)."""
    package = Package(data, path, depth=depth)
    main = package.main_part()
    root = package.xml(main)
    body = child(root, "w:body")
    if body is None:
        raise DamagedFile(path, "文件已损坏（.docx 里找不到正文）。")
    relations = package.relations(main)
    parts = dict(relations.values())
    styles = read_styles(package.xml(parts.get("styles", "word/styles.xml")))
    lists = read_lists(package.xml(parts.get("numbering", "word/numbering.xml")))
    walk = _Walk(styles, lists, package, relations)
    found = walk.blocks_of(body)
    if unended := walk.unended():
        walk = _Walk(styles, lists, package, relations, unended)
        found = walk.blocks_of(body)
    for kind in ("footnotes", "endnotes"):
        found += walk.notes(package.xml(parts[kind]) if kind in parts else None)
    text = clean_text.worded(found)
    if not text and any("/media/" in name for name in package.names()):
        raise NoText(path, "文档里只有图片，没有文字（可能是扫描件）。")
    return Document(
        format="docx",
        blocks=text,
        properties=_running_texts(package, relations.values(), styles, lists),
        warnings=tuple(dict.fromkeys((*walk.warnings, *left_out(package, parts, walk.left_out)))),
    )


class _Walk:
    """One walk over a document in reading order: the list counters and open fields live here."""

    def __init__(
        self,
        styles: Styles,
        lists: Lists,
        package: Package,
        relations: Mapping[str, tuple[str, str]],
        unended: frozenset[int] = frozenset(),
    ) -> None:
        self.warnings: list[str] = []
        self.left_out: list[tuple[str, str]] = []
        self._styles = styles
        self._lists = lists
        self._package = package
        self._relations = relations
        self._counting = Counting()
        self._fields = FieldStack(unended)

    def unended(self) -> frozenset[int]:
        """Return the fields that have begun and not ended."""
        return self._fields.still_open()

    def blocks_of(self, container: Element) -> list[Block]:
        """Return the blocks directly inside a body, cell, text box or content control."""
        found: list[Block] = []
        merged = ""  # text of a paragraph whose end mark was deleted: it runs on into the next one
        for element, unfilled in self._flat(container):
            match name_of(element):
                case "w:p":
                    merged = self._paragraph(element, merged, found, unfilled=unfilled)
                case "w:tbl":
                    found += self._table(element)
                case "w:altChunk":
                    blocks, warnings = chunk_of(self._package, self._relations.get(attribute(element, "id") or ""))
                    found += blocks
                    self.warnings += warnings
        if merged:
            found.append(clean_text.paragraph(merged))
        return found

    def notes(self, root: Element | None) -> list[Block]:
        """Return the footnotes or endnotes as paragraphs, in the order of their numbers."""
        found: list[Block] = []
        for note in root if root is not None else ():
            if attribute(note, "type") in (None, "normal"):
                text = " ".join(block.text for block in self.blocks_of(note))
                if text.strip():
                    found.append(clean_text.paragraph(f"注{len(found) + 1}：{text}"))
        return found

    def _flat(self, container: Element, *, unfilled: bool = False) -> Iterator[tuple[Element, bool]]:
        """Yield the paragraphs and tables of a container, looking through wrappers and past deletions.

        With each comes whether it stands in a content control that shows its prompt.
        """
        for element in container:
            name = name_of(element)
            if name in _TRANSPARENT:
                yield from self._flat(element, unfilled=unfilled)
            elif name == "w:sdt":
                asks = unfilled or is_unfilled(element)
                if not _is_contents(element) and not (asks and is_prompt(text_in(element))):
                    yield from self._flat(element, unfilled=asks)
            elif name == "mc:AlternateContent":
                branch = chosen(element)
                if branch is not None:
                    yield from self._flat(branch, unfilled=unfilled)
            elif name in ("w:p", "w:tbl", "w:altChunk"):
                yield element, unfilled

    def _paragraph(self, element: Element, merged: str, found: list[Block], *, unfilled: bool) -> str:
        """Add a paragraph's blocks; return its text instead where a tracked deletion joins it to the next one."""
        inline = Inline(self._fields, self._styles.placeholders)
        inline.take(element, unfilled=unfilled)
        self.left_out += inline.left_out
        text = merged + inline.text()
        properties = child(element, "w:pPr")
        mark = child(properties, "w:rPr")
        if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None:
            found += self._beside(inline)
            return text
        style = value_of(properties, "w:pStyle")
        label = self._label(properties, style)
        if not (self._styles.is_contents(style) and (inline.page_number or is_contents_line(text))):
            found += self._typed(label, text, self._level(properties, style))
        found += self._beside(inline)
        return ""

    def _beside(self, inline: Inline) -> list[Block]:
        """Return what text boxes and diagrams of a paragraph say."""
        found = [block for box in inline.boxes for block in self.blocks_of(box)]
        for identity in inline.related:
            found += diagram_of(self._package, self._relations.get(identity))
        return found

    def _typed(self, label: str, text: str, level: int | None) -> Iterator[Block]:
        """Yield a heading, or one paragraph for each line that the typist broke by hand."""
        if not text.strip():
            return
        if level is not None:
            yield clean_text.heading(label + "".join(text.split("\n")).strip(), level)
            return
        lines = [line for line in text.split("\n") if line.strip()]
        for at, line in enumerate(lines):
            yield clean_text.paragraph(line if at else label + line.strip())

    def _level(self, properties: Element | None, style: str | None) -> int | None:
        own = number_of(properties, "w:outlineLvl")
        if own is not None:
            return own + 1 if 0 <= own < 9 else None
        return self._styles.heading_level(style)

    def _label(self, properties: Element | None, style: str | None) -> str:
        """Count the paragraph and return its automatic number; what it says itself goes before what its style says."""
        own = child(properties, "w:numPr")
        number, depth = value_of(own, "w:numId"), number_of(own, "w:ilvl")
        linked = None
        for style_id, inherited in self._styles.chain(style):
            if number is None and inherited.number is not None:
                number = inherited.number
            if inherited.depth is not None and depth is None and own is None:
                depth = inherited.depth
            listed = self._lists.by_number.get(number or "")
            if listed is not None and linked is None:
                linked = self._lists.linked.get((listed.abstract, style_id))
        listed = self._lists.by_number.get(number or "0")
        if listed is None or number == "0":
            return ""
        if depth is None or (own is None and linked is not None):
            depth = linked or 0
        return self._counting.label(number or "", listed, depth)

    def _table(self, element: Element) -> list[Block]:
        """Return a table's rows as table blocks, a nested table right after the row that holds it."""
        grid = [[self.blocks_of(cell) for cell in _cells(row)] for row in _rows(element)]
        if _is_layout(grid):
            return [block for row in grid for cell in row for block in cell]
        found: list[Block | None] = []
        rows: list[Sequence[str]] = []
        for row in grid:
            rows.append([" ".join(block.text for block in cell if block.kind != "table") for cell in row])
            nested = [block for cell in row for block in cell if block.kind == "table"]
            if nested:
                found += [clean_text.table(rows), *nested]
                rows = []
        found.append(clean_text.table(rows))
        return [block for block in found if block is not None]


def _is_layout(grid: Sequence[Sequence[Sequence[Block]]]) -> bool:
    """Tell a table that only frames the page from one that holds data."""
    if all(len(row) <= 1 for row in grid):
        return True
    return any(
        len(cell) >= _LAYOUT_PARAGRAPHS and sum(len(block.text) for block in cell) >= _LAYOUT_CHARACTERS
        for row in grid
        for cell in row
    )


def _rows(table: Element) -> Iterator[Element]:
    return _parts(table, "w:tr", deleted="w:del")


def _cells(row: Element) -> Iterator[Element]:
    return _parts(row, "w:tc", deleted="w:cellDel")


def _parts(container: Element, wanted: str, *, deleted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those left out that are deleted as a tracked change."""
    for element in container:
        name = name_of(element)
        if name in _TRANSPARENT or name == "w:sdt":
            yield from _parts(element, wanted, deleted=deleted)
        elif name == wanted and child(child(element, f"{wanted}Pr"), deleted) is None:
            yield element


def _is_contents(control: Element) -> bool:
    """Tell a content control that holds a table of contents."""
    properties = child(control, "w:sdtPr")
    gallery = value_of(child(properties, "w:docPartObj"), "w:docPartGallery") or ""
    return gallery.lower() == "table of contents"


def _running_texts(
    package: Package, relations: Iterable[tuple[str, str]], styles: Styles, lists: Lists
) -> Mapping[str, str]:
    """Return the distinct texts of headers and footers (页眉, 页脚), page numbers left out."""
    found: dict[str, dict[str, None]] = {"页眉": {}, "页脚": {}}
    for kind, target in sorted(set(relations)):
        root = package.xml(target) if kind in ("header", "footer") else None
        for block in _Walk(styles, lists, package, {}).blocks_of(root) if root is not None else ():
            if not _PAGE_NUMBER.fullmatch(block.text):
                found["页眉" if kind == "header" else "页脚"][block.text] = None
    return {key: " / ".join(texts) for key, texts in found.items() if texts}
