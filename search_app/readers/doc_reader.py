""".doc and .wps -> Document, in pure Python: text, automatic numbers, headings, tables, without tracked deletions.

Files that this reader cannot take apart (Word 95, broken structures) go through an office suite where one is installed.
The surprise: no office suite is asked first. It takes a second or two per file, is missing on most desktops that have
only WPS, and knows nothing that the file does not say itself.
"""

import io
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from search_app.errors import DamagedFile, ReadError
from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.doc_conversion import to_docx
from search_app.readers.doc_file import LIST_OVERRIDES, LISTS, Broken, Paragraph, WordFile
from search_app.readers.doc_lists import read_lists
from search_app.readers.doc_properties import Properties
from search_app.readers.docx_styles import is_contents_line
from search_app.readers.limits import MAX_PART_BYTES, too_large
from search_app.readers.word_fields import is_dropped_field, kind_of_field, text_of_field
from search_app.readers.word_numbering import Counting, NumberedList

_WORD_97, _WORD_95 = 0xA5EC, 0xA5DC
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_LONE_MARK = re.compile("\x13[^\x13\x14\x15]*|\x15")
_PAGE_NUMBER = re.compile(r"[\s\d—–\-－·/|第共页]*")
_LETTER = re.compile(r"[^\W_]")
_INCOMPLETE = "文件的段落格式读不全，自动编号（一、（一）等）和表格可能缺失，请核对。"
_LOCKED = "请用密码打开后另存为没有密码的 .docx，再放回资料文件夹。"
_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 后再放回资料文件夹。"


def read(data: bytes, path: str, *, soffice: bool = True) -> Document:
    """Read a .doc. ``soffice=False`` keeps to pure Python. Raises DamagedFile (also: password), UnsupportedFile."""
    try:
        word, streams = _streams(data, path)
        flags = struct.unpack_from("<H", word, 0x0A)[0]
        if flags & 0x0100:
            raise DamagedFile(path, "文件有打开密码，读不了。", hint=_LOCKED)
        if struct.unpack_from("<H", word)[0] != _WORD_97 or struct.unpack_from("<H", word, 2)[0] < 0xC1:
            raise Broken("older than Word 97")
        file = WordFile(word, streams["1table" if flags & 0x0200 else "0table"])
        converted = _converted(data, path) if soffice and file.incomplete else None
        return converted or _document(file)
    except (Broken, struct.error, IndexError, KeyError) as error:
        converted = _converted(data, path) if soffice else None
        if converted is not None:
            return converted
        raise DamagedFile(path, "文件已损坏，或是 Word 95 及更早的格式，读不出来。", hint=_SAVE_AS) from error


def _converted(data: bytes, path: str) -> Document | None:
    """Return what the office suite makes of the file, None where there is none or it fails."""
    from search_app.readers.docx_reader import read as read_docx

    data_as_docx = to_docx(data)
    return None if data_as_docx is None else replace(read_docx(data_as_docx, path), format="doc")


def _streams(data: bytes, path: str) -> tuple[bytes, dict[str, bytes]]:
    """Return the main stream and the table streams; a stream beyond the limit is refused before it is read."""
    import olefile

    found: dict[str, bytes] = {}
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for name in ("WordDocument", "0Table", "1Table"):
                if container.exists(name):
                    if container.get_size(name) > MAX_PART_BYTES:
                        raise too_large(path, f"内部数据超过 {MAX_PART_BYTES // 2**20} MB")
                    found[name.lower()] = container.openstream(name).read()
    except ReadError:
        raise
    except Exception as error:  # olefile lets through whatever a broken container makes it stumble over
        raise Broken("container") from error
    return found["worddocument"], found


def _document(file: WordFile) -> Document:
    warnings = [_INCOMPLETE] if file.incomplete else []
    try:
        length = len(file.part(LISTS))
        lists = read_lists(file.part(LISTS, beyond=MAX_PART_BYTES), length, file.part(LIST_OVERRIDES))
    except (struct.error, IndexError):
        lists = {}
        warnings = [_INCOMPLETE]
    reading = _Reading(file, lists)
    found = list(reading.blocks_of(file.main))
    found += reading.blocks_of(file.boxes)
    for story in (file.footnotes, file.endnotes):
        notes = [block for block in reading.blocks_of(story) if block is not None and block.text]
        found += [clean_text.paragraph(f"注{number}：{block.text}") for number, block in enumerate(notes, 1)]
    return Document(
        format="doc",
        blocks=clean_text.worded(found),
        properties=_running_texts(file, lists),
        warnings=(*warnings, *_left_out(file)),
    )


def _running_texts(file: WordFile, lists: Mapping[int, NumberedList]) -> Mapping[str, str]:
    """Return the distinct texts of headers and footers (页眉, 页脚), page numbers left out."""
    found = {}
    for key, story in (("页眉", file.headers), ("页脚", file.footers)):
        blocks = clean_text.worded(_Reading(file, lists).blocks_of(story))
        texts = dict.fromkeys(block.text for block in blocks if not _PAGE_NUMBER.fullmatch(block.text))
        if texts:
            found[key] = " / ".join(texts)
    return found


def _left_out(file: WordFile) -> Iterator[str]:
    """Yield how much of the file was left out, and why."""
    comments = [text for paragraph in file.comments if (text := _plain(paragraph.text).strip(" \x05"))]
    if comments:
        size = sum(len(_LETTER.findall(text)) for text in comments)
        yield f"有批注 {len(comments)} 处（{size} 字），不是正文，没有读取。"
    if file.hidden:
        yield f"有隐藏文字约 {file.hidden} 字，没有读取。"


class _Reading:
    """One reading in order of the pages: the list counters live here."""

    def __init__(self, file: WordFile, lists: Mapping[int, NumberedList]) -> None:
        self._styles = file.styles
        self._lists = lists
        self._counting = Counting()

    def blocks_of(self, paragraphs: Iterable[Paragraph]) -> Iterator[Block | None]:
        """Yield blocks; paragraphs inside a table are gathered into its rows."""
        rows: list[Sequence[str]] = []
        cells: list[str] = []
        cell: list[str] = []
        for paragraph in _without_fields(paragraphs):
            properties = paragraph.properties
            if not (properties.in_table or properties.nesting):
                if rows or cells or cell:
                    yield from _table([*rows, [*cells, " ".join(cell)]] if cells or cell else rows)
                    rows, cells, cell = [], [], []
                yield from self._body(paragraph)
            elif paragraph.mark == "\x07" and properties.row_end:
                rows.append(cells)
                cells, cell = [], []
            else:
                if not properties.inner_row_end:
                    cell += [block.text for block in self._body(paragraph)]
                if paragraph.mark == "\x07":
                    cells.append("\n".join(cell))
                    cell = []
        yield from _table([*rows, [*cells, " ".join(cell)]] if cells or cell else rows)

    def _body(self, paragraph: Paragraph) -> Iterator[Block]:
        """Yield the blocks of one paragraph: a heading, or one paragraph per line broken by hand."""
        label = self._label(paragraph.properties)
        text = _plain(paragraph.text)
        if not text.strip():
            return
        if self._is_contents(paragraph.properties) and (paragraph.listed or is_contents_line(text)):
            return
        level = self._level(paragraph.properties)
        if level is not None:
            yield clean_text.heading(label + text.replace("\n", "").strip(), level)
            return
        for at, line in enumerate(line for line in text.split("\n") if line.strip()):
            yield clean_text.paragraph(line if at else label + line.strip())

    def _label(self, own: Properties) -> str:
        number, depth = own.number, own.depth
        for style in self._styles.chain(own.style):
            inherited = self._styles.properties[style]
            if number is None:
                number = inherited.number
            if depth is None and own.number is None:
                depth = inherited.depth
        listed = self._lists.get(number or 0)
        return self._counting.label(str(number), listed, depth or 0) if listed is not None else ""

    def _level(self, own: Properties) -> int | None:
        if own.outline is not None:
            return own.outline + 1 if own.outline < 9 else None
        for style in self._styles.chain(own.style):
            outline = self._styles.properties[style].outline
            if outline is not None:
                return outline + 1 if outline < 9 else None
            identity = self._styles.identities[style]
            if 1 <= identity <= 9:
                return identity
            if identity == 62:  # Title
                return 1
        return None

    def _is_contents(self, own: Properties) -> bool:
        return any(19 <= self._styles.identities[style] <= 27 for style in self._styles.chain(own.style))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Yield a table, or the paragraphs of one that only frames the page."""
    if rows and all(len(row) <= 1 for row in rows):
        lines = (line for row in rows for cell in row for line in cell.split("\n"))
        yield from clean_text.worded(clean_text.paragraph(line) for line in lines)
    elif (block := clean_text.table(rows)) is not None:
        yield block


def _without_fields(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield paragraphs with fields replaced by their results, and those joined whose mark was deleted between them."""
    held = ""
    contents: list[bool] = []  # the fields open here, and whether they are tables of contents
    for paragraph in paragraphs:
        text = held + paragraph.text
        held = ""
        if paragraph.gone:
            held = text
            continue
        listed = "PAGEREF" in text or any(contents)
        while (reduced := _FIELD.sub(_result, text)) != text:
            text = reduced
        for mark in _LONE_MARK.finditer(text):
            if mark[0][0] == "\x13":
                contents.append(kind_of_field(mark[0][1:]) == "TOC")
            elif contents:
                contents.pop()
        yield replace(paragraph, text=text, listed=listed or any(contents))
    if held:
        yield Paragraph(text=held, mark="\r", properties=Properties())


def _result(field: re.Match[str]) -> str:
    """Return what a field shows: its result, or what its instruction says where that is all there is."""
    instruction = field[0][1:-1].partition("\x14")[0]
    if is_dropped_field(instruction):
        return ""
    return text_of_field(instruction) or field[1] or ""


def _plain(text: str) -> str:
    """Return a paragraph's text with Word's special characters replaced; ``\\n`` where the line was broken by hand."""
    # What is left of fields that span paragraphs: an instruction before the separator, or a lone mark.
    text = re.sub("\x13[^\x14\x15]*\x14?|[\x14\x15]", "", text)
    return text.translate({0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0x1F: None, 0x09: " ", 0x07: None})
