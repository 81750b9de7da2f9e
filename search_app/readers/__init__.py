"""Readers: a file on disk -> Document. One file per format; ``formats`` picks it by content and suffix.

The suffix says whether a file is meant to be a report at all; among those, the content decides how it is read, because
half of the .doc files in the field are something else (.docx, RTF, a saved web page). The surprise: files are read in a
helper process (``sandbox``), so that none can take more memory or processor time than a report needs; ``reading`` is
the same in this process.
"""

import os
from pathlib import Path

from search_app.errors import DamagedFile, Picture, Scan
from search_app.model import Document
from search_app.readers import sandbox
from search_app.readers.formats import SUFFIXES
from search_app.readers.limits import MAX_FILE_BYTES, check_regular, too_large
from search_app.system_reasons import why_not_opened

__all__ = ["READABLE_SUFFIXES", "read", "read_bytes"]

#: The suffixes (lower case, with the dot) of files that are read; others are listed as not supported.
READABLE_SUFFIXES = frozenset(SUFFIXES)


def read(path: Path, *, ocr: tuple[str, ...] = ()) -> Document:
    """Read one file. Raises UnsupportedFile, DamagedFile (also: password) or NoText, nothing else."""
    name = str(path)
    return read_bytes(_bytes_of(path, name), name, ocr=ocr)


def read_bytes(data: bytes, name: str, *, ocr: tuple[str, ...] = (), in_memory: bool = False) -> Document:
    """Read the bytes of a file that has no path of its own; ``name`` gives the suffix and stands in errors.

    ``ocr`` is the command that recognises scans and pictures; without one, they are refused. ``in_memory``: nothing of
    them may be written to a disk, not even for a moment, so nothing is recognised either.
    """
    try:
        return sandbox.read(data, name, in_memory=in_memory)
    except (Scan, Picture):
        if not ocr or in_memory:
            raise
    from search_app.readers.recognising import recognise

    return recognise(data, name, ocr)


def _bytes_of(path: Path, name: str) -> bytes:
    check_regular(path, name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir may raise
            raise DamagedFile(name, "这是文件夹，不是文件。", hint="请直接把报告文件放进资料文件夹。") from error
        raise DamagedFile(
            name, f"文件打不开：{why_not_opened(error)}。", hint="请确认文件还在、没有被占用，并且有读取权限。"
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise too_large(name, f"超过 {MAX_FILE_BYTES // 2**20} MB")
    return data
