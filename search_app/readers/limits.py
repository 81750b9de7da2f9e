"""Limits: how much a reader will swallow, so that one strange file neither fills the memory nor holds up the run.

A township's report is 3,000 to 20,000 characters; every limit is a hundred times what a real one needs.
"""

import stat
from pathlib import Path

from search_app.errors import UnsupportedFile

MAX_FILE_BYTES = 100 * 2**20  #: any file; Word and PDF files may hold photographs
MAX_TEXT_BYTES = 16 * 2**20  #: .txt, .md and .html
MAX_PART_BYTES = 24 * 2**20  #: one unpacked XML part of a .docx, one stream of a .doc
MAX_PARTS_BYTES = 64 * 2**20  #: all parts of a .docx that are read, together
MAX_CHARACTERS = 2_000_000  #: what any reader hands on
MAX_BLOCKS = 100_000  #: paragraphs, or lines of a .txt
MAX_PAGES = 2_000  #: of a .pdf
MAX_SECONDS = 20.0  #: of processor time for any file but those of the next line
MAX_LONG_SECONDS = 60.0  #: of processor time for the text of one .pdf, or one conversion by an office suite
MAX_WAIT_SECONDS = 900.0  #: on the wall, for a conversion that takes no processor time
MAX_MEMORY = 1024 * 2**20  #: of the process that reads files, where the system can bound it
MAX_TAGS = 1_000_000  #: in one XML part of a .docx
MAX_TOML_CHARACTERS, MAX_TOML_DOTS = 16_000, 500  #: what tomllib needs grows with the square of the parts of a key
MAX_DEPTH = 100  #: tables within tables, lists within lists, styles based on styles

_HINT = "请确认是不是放错了文件；如确是报告，请拆开或只留正文另存后再放回资料文件夹。"


def too_large(path: str, what: str) -> UnsupportedFile:
    """Build the error for a file beyond a limit; ``what`` names the limit in Chinese."""
    return UnsupportedFile(path, f"文件太大：{what}，不像一份报告，没有读取。", hint=_HINT)


def check_regular(file: Path, path: str) -> None:
    """Raise UnsupportedFile for a device or a pipe, which never ends, or never begins."""
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return  # whoever opens it says why it cannot be opened
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UnsupportedFile(path, "这不是普通文件（是设备或管道），没有读取。", hint="请把报告存成文件再读。")


def check_characters(path: str, text: str) -> None:
    """Raise UnsupportedFile when a text is longer than any report, before anyone works on it."""
    if len(text) > MAX_CHARACTERS:
        raise too_large(path, f"文字超过 {MAX_CHARACTERS // 10_000} 万字")


def is_beyond_toml(text: str) -> bool:
    """Tell whether a text is more than anyone writes about a report, and nothing to give to a TOML parser."""
    return len(text) > MAX_TOML_CHARACTERS or text.count(".") > MAX_TOML_DOTS


def check_text_size(path: str, data: bytes) -> None:
    """Raise UnsupportedFile when a plain text file is larger than any report."""
    if len(data) > MAX_TEXT_BYTES:
        raise too_large(path, f"{len(data) / 2**20:.0f} MB 的文本（上限 {MAX_TEXT_BYTES // 2**20} MB）")


def seconds_for(data: bytes) -> float:
    """Return how much processor time the reading of a file may take, beyond what its reader allows itself."""
    return MAX_LONG_SECONDS + 5 if b"%PDF-" in data[:1024] else MAX_SECONDS
