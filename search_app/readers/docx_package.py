"""The outside of a .docx: a ZIP of XML parts, opened without trusting anything it says.

Sizes are counted while unpacking (a ZIP bomb lies about them), and XML with a DOCTYPE is refused, since Word never
writes one. Names inside the XML are shortened to ``w:p`` for the transitional and the strict dialect alike.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from search_app.errors import DamagedFile
from search_app.readers.limits import MAX_PART_BYTES, MAX_PARTS_BYTES, too_large

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_FALSE = ("0", "false", "off", "none")


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else local if not space else f"other:{local}"


def name_of(element: Element) -> str:
    """Return the element's name with its usual prefix (``w:p``); ``other:`` stands for namespaces not read here."""
    return _short(element.tag) if isinstance(element.tag, str) else "other:comment"


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name."""
    return next((part for part in element if name_of(part) == name), None) if element is not None else None


def attribute(element: Element | None, name: str) -> str | None:
    """Return an attribute of the element by its local name, whatever the dialect."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


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


class Package:
    """The parts of one .docx, read one by one and never more than the limit."""

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DamagedFile(path, "文件不完整或已损坏（.docx 的压缩结构打不开）。") from error
        self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}

    def names(self) -> Iterator[str]:
        """Return the names of all parts, lower case."""
        return iter(self._names)

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, None where the package has no such part."""
        data = self.part(name)
        if data is None:
            return None
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException as error:
            raise DamagedFile(self._path, "文件里有不该有的 DOCTYPE 声明，为安全起见没有读取。") from error
        except (ParseError, ValueError, LookupError) as error:
            raise DamagedFile(self._path, f"文件已损坏（内部的 {name} 不完整）。") from error
        return root

    def part(self, name: str) -> bytes | None:
        """Unpack one part, None where there is none; a part beyond the limit is refused before it fills the memory."""
        stored = self._names.get(name.lstrip("/").lower())
        if stored is None:
            return None
        try:
            with self._zip.open(stored) as unpacking:
                data = unpacking.read(MAX_PART_BYTES + 1)
        except RuntimeError as error:  # zipfile's way to say that the entry is encrypted
            raise DamagedFile(
                self._path, "文件有密码，打不开。", hint="请用密码打开后另存为没有密码的 .docx，再放回资料文件夹。"
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
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
