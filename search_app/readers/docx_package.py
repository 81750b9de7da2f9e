"""The outside of a .docx (.xlsx, .pptx, .ofd): a ZIP of XML parts, opened without trusting anything it says.

Sizes are counted while unpacking (a ZIP bomb lies about them), and XML with a DOCTYPE is refused, since Word never
writes one and nothing else can define entities. Names inside the XML are shortened to ``w:p`` for the transitional and
the strict dialect alike. The surprise: what only says how text looks is cut out as bytes before the XML is parsed.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from search_app.errors import DamagedFile, UnsupportedFile
from search_app.readers.limits import MAX_PART_BYTES, MAX_PARTS_BYTES, MAX_TAGS, too_large
from search_app.readers.zip_members import BROKEN, UnknownMethod, unpack

_SAVE_AGAIN = "请用 Word 或 WPS 打开，另存一次后再放回资料文件夹。"
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://www.ofdspec.org/2016": "ofd",
}
_MOST_NAMES = 4096
#: What only says how text looks. Two thirds of the elements of a document; cutting them out halves the time to read it.
_LOOKS = re.compile(
    rb"<w:(?:rFonts|sz|szCs|color|lang|kern|b|bCs|i|iCs|u|shd|spacing|ind|jc|snapToGrid|highlight|proofErr|w|position|"
    rb"lastRenderedPageBreak|bookmarkStart|bookmarkEnd|widowControl|overflowPunct|autoSpaceDE|autoSpaceDN|adjustRightInd"
    rb"|wordWrap|kinsoku|textAlignment|keepNext|keepLines|noProof|tcW|tcBorders|tcMar|vAlign|gridCol)(?: [^<>]*)?/>"
)
_FALSE = ("0", "false", "off", "none")


class _Names(dict[str, str]):
    """Full names of elements -> short ones, each worked out once: a document asks ten thousand times."""

    def __missing__(self, tag: str) -> str:
        space, _, local = tag.removeprefix("{").rpartition("}")
        prefix = _PREFIXES.get(space)
        short = f"{prefix}:{local}" if prefix else local if not space else f"other:{local}"
        if len(self) < _MOST_NAMES:
            self[tag] = short
        return short


_names = _Names()


def name_of(element: Element) -> str:
    """Return the element's name with its usual prefix (``w:p``); ``other:`` stands for namespaces not read here."""
    return _names[element.tag]


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name."""
    if element is not None:
        for part in element:
            if _names[part.tag] == name:
                return part
    return None


def attribute(element: Element | None, name: str) -> str | None:
    """Return an attribute of the element by its local name, whatever the dialect."""
    if element is not None:
        for key, value in element.attrib.items():
            if key == name or key.endswith("}" + name):
                return value
    return None


def value_of(element: Element | None, name: str) -> str | None:
    """Return the ``w:val`` of the first child of that name."""
    return attribute(child(element, name), "val")


def number_of(element: Element | None, name: str) -> int | None:
    """Return the ``w:val`` of a child as a whole number, None where it is missing or not one."""
    return whole(value_of(element, name))


def whole(text: str | None) -> int | None:
    """Return the text as a whole number of sane size, else None."""
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if abs(number) < 1_000_000 else None


def is_on(element: Element | None, name: str) -> bool:
    """Tell whether a switch such as ``w:vanish`` is there and not turned off."""
    found = child(element, name)
    return found is not None and (attribute(found, "val") or "1").lower() not in _FALSE


class _PrologueEnds(Exception):
    """The root element begins."""


def has_doctype(data: bytes) -> bool:
    """Tell whether XML declares a document type, where entities are defined; it can only stand before the root."""
    found = False

    def doctype(*_: object) -> None:
        nonlocal found
        found = True
        raise _PrologueEnds

    def element(*_: object) -> None:
        raise _PrologueEnds

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    with suppress(_PrologueEnds, expat.ExpatError):  # what is broken is told by the parser that reads the whole
        parser.Parse(data, True)
    return found


def _without_table_styles(data: bytes) -> bytes:
    """Cut out table styles: they say nothing of paragraphs and are nine tenths of what some programs write."""
    kept = []
    *styles, rest = data.split(b"</w:style>")
    for style in styles:
        start = style.rfind(b"<w:style ")
        is_table = start >= 0 and b'w:type="table"' in style[start : style.find(b">", start)]
        kept.append(style[:start] if is_table else style + b"</w:style>")
    return b"".join((*kept, rest))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


class Package:
    """The parts of one .docx, .xlsx, .pptx or .ofd, read one by one and never more than the limit."""

    def __init__(self, data: bytes, path: str, *, form: str = ".docx", depth: int = 0) -> None:
        self.depth = depth  #: how many files this one lies inside of
        self._path = path
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DamagedFile(path, f"文件不完整或已损坏（{form} 的压缩结构打不开）。") from error
        self._names = {_plain(name): name for name in self._zip.namelist()}

    def names(self) -> Iterator[str]:
        """Return the names of all parts, lower case."""
        return iter(self._names)

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, None where the package has no such part."""
        data = self.part(name)
        if data is None:
            return None
        if data.count(b"<") > MAX_TAGS:
            raise too_large(self._path, f"内部标记超过 {MAX_TAGS // 10_000} 万个")
        if has_doctype(data):
            raise DamagedFile(self._path, "文件里有不该有的 DOCTYPE 声明，为安全起见没有读取。")
        try:
            return fromstring(_LOOKS.sub(b"", _without_table_styles(data)))  # noqa: S314  without DOCTYPE there are no entities
        except (ParseError, ValueError, LookupError) as error:
            raise DamagedFile(self._path, f"文件已损坏（内部的 {name} 不完整）。") from error

    def part(self, name: str) -> bytes | None:
        """Unpack one part, None where there is none; a part beyond the limit is refused before it fills the memory."""
        stored = self._names.get(_plain(name))
        if stored is None:
            return None
        try:
            data = unpack(self._zip, self._zip.getinfo(stored), MAX_PART_BYTES + 1)
        except UnknownMethod as error:
            raise UnsupportedFile(
                self._path, f"文件内部用了少见的压缩方法（{error.name}），解不开。", hint=_SAVE_AGAIN
            ) from error
        except RuntimeError as error:  # zipfile's way to say that the entry is encrypted
            raise DamagedFile(
                self._path, "文件有密码，打不开。", hint="请用密码打开后另存为没有密码的文件，再放回资料文件夹。"
            ) from error
        except BROKEN as error:
            raise DamagedFile(self._path, f"文件已损坏（内部的 {name} 解不开）。") from error
        self._unpacked += len(data)
        if len(data) > MAX_PART_BYTES or self._unpacked > MAX_PARTS_BYTES:
            raise too_large(self._path, f"解压后超过 {MAX_PART_BYTES // 2**20} MB")
        return data

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return relation id -> (last word of its type, part name) for a part; external targets are left out."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                joined = target if target.startswith("/") else posixpath.join(folder, target)
                found[relation.get("Id", "")] = (kind.rpartition("/")[2], posixpath.normpath(joined).lstrip("/"))
        return found

    def main_part(self) -> str:
        """Return the name of the part that holds the text."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"
