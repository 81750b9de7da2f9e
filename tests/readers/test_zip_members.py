"""Members of ZIPs: every method that can be unpacked is, the others are named, and damage is damage."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from search_app import indexing
from search_app.errors import DamagedFile, ReadError, UnsupportedFile
from search_app.readers import reading
from tests.readers.docx_files import docx, p

TEXT = "云岭镇2023年度法治政府建设情况报告\n一、全年调处矛盾纠纷八十六件。\n" * 20


def by_hand(name: bytes, stored: bytes, method: int, content: bytes, *, local: bytes | None = None) -> bytes:
    """Return a ZIP of one member with any method, and any name before its data."""
    local = name if local is None else local
    check = zlib.crc32(content)
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 63, 0, method, 0, 0, check, len(stored), len(content), len(local), 0)
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 63, 63, 0, method, 0, 0, check, len(stored), len(content), len(name),
                        0, 0, 0, 0, 0, 0)  # fmt: skip
    before = head + local + stored
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(entry) + len(name), len(before), 0)
    return before + entry + name + end


def read_bundle(data: bytes, folder: Path) -> object:
    """Return what the only member of a bundle ends in."""
    path = folder / "包.zip"
    path.write_bytes(data)
    sources = indexing.sources_at(path, corpus=folder)
    return next(iter(sources.failed)) if sources.failed else indexing.understand(sources.found[0])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_of_the_standard_library_is_read(method: int, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.txt", TEXT)

    assert not isinstance(read_bundle(buffer.getvalue(), tmp_path), ReadError)


def test_a_member_packed_with_xz_is_read(tmp_path: Path) -> None:
    data = by_hand(b"a.txt", lzma.compress(TEXT.encode()), 95, TEXT.encode())

    assert not isinstance(read_bundle(data, tmp_path), ReadError)


@pytest.mark.parametrize("method", [0, 8, 12, 14])
def test_a_member_whose_name_is_written_in_two_ways_is_read(method: int, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.txt", TEXT)
        size, stored = archive.infolist()[0].compress_size, buffer.getvalue()[35:]

    data = by_hand(b"a.txt", stored[:size], method, TEXT.encode(), local=b"b.txt")

    assert not isinstance(read_bundle(data, tmp_path), ReadError)


@pytest.mark.parametrize(
    ("method", "name"), [(6, "Implode"), (9, "Deflate64"), (93, "Zstandard"), (98, "PPMd"), (77, "编号 77")]
)
def test_a_method_that_cannot_be_unpacked_is_named_and_the_file_not_called_damaged(
    method: int, name: str, tmp_path: Path
) -> None:
    found = read_bundle(by_hand(b"a.txt", b"x" * 40, method, TEXT.encode()), tmp_path)

    assert isinstance(found, UnsupportedFile)
    assert name in found.reason
    assert "没有坏" in found.reason
    assert "Deflate" in found.hint


@pytest.mark.parametrize("method", [0, 8, 12, 14, 95])
def test_a_broken_member_is_damaged_whatever_its_method(method: int, tmp_path: Path) -> None:
    found = read_bundle(by_hand(b"a.txt", b"\xff" * 60, method, TEXT.encode()), tmp_path)

    assert isinstance(found, DamagedFile)


def test_a_document_packed_in_another_method_is_read_or_else_the_method_is_named() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(p("正文")))) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    repacked = io.BytesIO()
    with zipfile.ZipFile(repacked, "w", zipfile.ZIP_LZMA) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    strange = re.sub(rb"(PK\x01\x02.{6})\x0e\x00", lambda found: found[1] + b"\t\0", repacked.getvalue(), flags=re.S)

    assert reading.read_bytes(repacked.getvalue(), "报告.docx").blocks[0].text == "正文"
    with pytest.raises(ReadError, match="Deflate64"):
        reading.read_bytes(strange, "报告.docx")
