"""Readers: a file on disk -> Document. One file per format; ``read`` picks it by content and suffix.

The suffix says whether a file is meant to be a report at all; among those, the content decides how it is read, because
half of the .doc files in the field are something else (.docx, RTF, a saved web page). Here is the seam: whatever a
foreign library throws, only the three errors of the contract come out.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from search_app.errors import DamagedFile, NoText, ReadError, why_not_opened
from search_app.model import Document
from search_app.readers.formats import SUFFIXES, kind_of
from search_app.readers.limits import MAX_BLOCKS, MAX_CHARACTERS, MAX_FILE_BYTES, too_large

__all__ = ["READABLE_SUFFIXES", "read", "read_bytes"]

#: The suffixes (lower case, with the dot) of files that are read; others are listed as not supported.
READABLE_SUFFIXES = frozenset(SUFFIXES)

_DEEP = "请用 Word 或 WPS 打开，把正文复制到一个新文档，另存为 .docx 后再放回资料文件夹。"
_MODULES = {
    "txt": "text_reader", "md": "markdown_reader", "html": "html_reader", "docx": "docx_reader", "doc": "doc_reader",
    "rtf": "rtf_reader", "pdf": "pdf_sandbox",
}  # fmt: skip


def read(path: Path) -> Document:
    """Read one file. Raises UnsupportedFile, DamagedFile (also: password) or NoText, nothing else."""
    name = str(path)
    return read_bytes(_bytes_of(path, name), name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read the bytes of a file that has no path of its own; ``name`` gives the suffix and stands in errors."""
    if not data:
        raise NoText(name, "空文件（0 字节）。", hint="可能没有复制完整，请重新复制原文件。")
    kind = kind_of(data, PurePath(name).suffix.lower(), name)
    try:
        document = _reader(kind)(data, name)
    except ReadError:
        raise
    except RecursionError as error:
        raise DamagedFile(name, "文件里层层嵌套太深，不像一份报告，没有读取。", hint=_DEEP) from error
    except Exception as error:
        # Parsers of foreign bytes fail in ways that nobody can list (struct.error, KeyError, AssertionError, …).
        raise DamagedFile(name, f"文件已损坏，按 .{kind} 格式读不出来（{type(error).__name__}）。") from error
    return _checked(document, name)


def _bytes_of(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise DamagedFile(name, "这是文件夹，不是文件。", hint="请直接把报告文件放进资料文件夹。")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DamagedFile(
            name, f"文件打不开：{why_not_opened(error)}。", hint="请确认文件还在、没有被占用，并且有读取权限。"
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise too_large(name, f"超过 {MAX_FILE_BYTES // 2**20} MB")
    return data


def _reader(kind: str) -> Callable[[bytes, str], Document]:
    """Return the reader of a kind; imported here, so that reading .txt does not load the PDF library."""
    if kind == "mht":
        from search_app.readers.html_reader import read_archive

        return read_archive
    module = import_module(f"search_app.readers.{_MODULES[kind]}")
    reader: Callable[[bytes, str], Document] = module.read
    return reader


def _checked(document: Document, name: str) -> Document:
    """Hold the document against what every reader promises: some text, and not more than a report can have."""
    size = sum(len(block.text) for block in document.blocks)
    if size > MAX_CHARACTERS:
        raise too_large(name, f"文字超过 {MAX_CHARACTERS // 10_000} 万字")
    if len(document.blocks) > MAX_BLOCKS:
        raise too_large(name, f"超过 {MAX_BLOCKS // 10_000} 万段")
    if not any(char.isalnum() for block in document.blocks for char in block.text):
        raise NoText(name, "文件里没有文字（空文档，或只有图片）。")
    return replace(document, properties=_tidy_properties(document.properties))


def _tidy_properties(properties: Mapping[str, str]) -> Mapping[str, str]:
    from search_app.readers.clean_text import tidy

    pairs = ((tidy(key), tidy(value)) for key, value in properties.items())
    return {key: value[:2_000] for key, value in pairs if key and value}
