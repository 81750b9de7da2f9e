"""Reading in this process: bytes -> Document, by the reader that content and suffix ask for.

Here is the seam: whatever a foreign library throws, only the three errors of the contract come out. What kills or holds
up a process is not caught here but by the sandbox, which runs this.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath

from search_app.errors import DamagedFile, NoText, ReadError, UnsupportedFile
from search_app.model import Document
from search_app.readers.formats import kind_of
from search_app.readers.limits import MAX_BLOCKS, MAX_CHARACTERS, MAX_MEMORY, too_large

_DEEP = "请用 Word 或 WPS 打开，把正文复制到一个新文档，另存为 .docx 后再放回资料文件夹。"
_STRANGE = "请用 Word 或 WPS 打开确认内容，只留正文另存为 .docx 后再放回资料文件夹。"
_MODULES = {
    "txt": "text_reader", "md": "markdown_reader", "html": "html_reader", "docx": "docx_reader", "doc": "doc_reader",
    "rtf": "rtf_reader", "pdf": "pdf_reader", "ofd": "ofd_reader", "xlsx": "xlsx_reader", "pptx": "pptx_reader",
}  # fmt: skip


def read_bytes(data: bytes, name: str) -> Document:
    """Read the bytes of a file; ``name`` gives the suffix and stands in errors."""
    if not data:
        raise NoText(name, "空文件（0 字节）。", hint="可能没有复制完整，请重新复制原文件。")
    kind = kind_of(data, PurePath(name).suffix.lower(), name)
    try:
        document = _reader(kind)(data, name)
    except ReadError:
        raise
    except MemoryError as error:
        what = f"读它要用的内存超过 {MAX_MEMORY // 2**20} MB，不像一份报告，没有读取。"
        raise UnsupportedFile(name, what, hint=_STRANGE) from error
    except RecursionError as error:
        raise DamagedFile(name, "文件里层层嵌套太深，不像一份报告，没有读取。", hint=_DEEP) from error
    except Exception as error:
        # Parsers of foreign bytes fail in ways that nobody can list (struct.error, KeyError, AssertionError, …).
        raise DamagedFile(name, f"文件已损坏，按 .{kind} 格式读不出来（{type(error).__name__}）。") from error
    return _checked(document, name)


def read_part(data: bytes, name: str, *, depth: int) -> Document:
    """Read a file that stands inside another, ``depth`` files deep. Raises ReadError."""
    kind = kind_of(data, PurePath(name).suffix.lower(), name)
    if kind == "docx":
        from search_app.readers.docx_reader import read

        return read(data, name, depth=depth)
    return _reader(kind)(data, name)


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
