"""One member of a ZIP -> its bytes: every method that the standard library has, and a name for the rest.

The surprise: a member may be sound although zipfile will not open it, as its name is written differently in the
directory and before the data (old Chinese packers), or as it is packed with xz; it is then taken out by hand, and
its checksum says whether it is whole.
"""

import bz2
import lzma
import struct
import zipfile
import zlib

#: Whatever the unpacking of broken or strange bytes throws.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, OverflowError,
    struct.error,
)  # fmt: skip
_METHODS = {
    1: "Shrink", 2: "Reduce", 3: "Reduce", 4: "Reduce", 5: "Reduce", 6: "Implode", 9: "Deflate64", 10: "PKWARE DCL",
    12: "BZip2", 14: "LZMA", 16: "IBM CMPSC", 18: "IBM TERSE", 19: "IBM LZ77", 20: "Zstandard", 93: "Zstandard",
    94: "MP3", 95: "XZ", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES 加密",
}  # fmt: skip
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 95)
_LOCAL_HEAD = struct.Struct("<4s5H3L2H")
#: What to do about a method that is not read.
REPACK = "请用压缩软件解压，或重新打包（压缩算法选 Deflate，即普通 ZIP）后再放回资料文件夹。"


class UnknownMethod(Exception):
    """The member is packed in a way that cannot be unpacked here; ``name`` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return a member's bytes, at most so many. Raises UnknownMethod, one of BROKEN, or RuntimeError (encrypted)."""
    if info.compress_type not in _READ:
        raise UnknownMethod(_METHODS.get(info.compress_type, f"编号 {info.compress_type}"))
    if info.compress_type != 95:
        try:
            with archive.open(info) as member:
                return member.read(most)
        except zipfile.BadZipFile as error:
            if "differ" not in str(error):
                raise
    return _by_hand(archive, info, most)


def _by_hand(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Unpack the bytes that stand where the directory says, whatever name stands before them."""
    file = archive.fp
    if file is None or info.flag_bits & 1:
        raise RuntimeError("encrypted" if info.flag_bits & 1 else "closed")
    file.seek(info.header_offset)
    head = _LOCAL_HEAD.unpack(file.read(_LOCAL_HEAD.size))
    if head[0] != b"PK\3\4":
        raise zipfile.BadZipFile("no member where the directory says")
    file.seek(head[9] + head[10], 1)
    data = _decompressed(file.read(info.compress_size), info.compress_type, most)
    if len(data) < most and zlib.crc32(data) != info.CRC:
        raise zipfile.BadZipFile("wrong checksum")
    return data


def _decompressed(stored: bytes, method: int, most: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return stored[:most]
    if method == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-15).decompress(stored, most)
    if method == zipfile.ZIP_BZIP2:
        return bz2.BZ2Decompressor().decompress(stored, most)
    if method == zipfile.ZIP_LZMA:
        size = struct.unpack_from("<H", stored, 2)[0]
        filters = [lzma._decode_filter_properties(lzma.FILTER_LZMA1, stored[4 : 4 + size])]  # type: ignore[attr-defined]
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters).decompress(stored[4 + size :], most)
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=256 * 2**20).decompress(stored, most)
