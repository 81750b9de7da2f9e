"""Array files, the container below: named arrays in one file, checked block by block, read through a memory map.

Layout: magic, the arrays (each on a 64-byte boundary), a JSON directory (name -> dtype, shape, offset; the CRC-32 of
every block of 64 KB before it; and ``meta``, any JSON value), then its offset, length and CRC-32. Nothing is pickled,
and nothing is copied on reading; arrays hold numbers only, never objects.

No byte is answered from before its block was found to be what was written. An array is checked as a whole when it is
first asked for; of one that only parts are read of (:meth:`ArrayFile.parts`), the blocks of each part are. CRC-32 runs
at 3 GB/s here, three times as fast as SHA-256, and misses no flipped bit and no torn sector of a block. A block is read
with ``pread`` for that: what the disk does not give is then an error of this process, where a map would end it.
"""

import json
import mmap
import os
import re
import struct
import weakref
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from search_app.errors import IndexDamaged

_MAGIC = b"SAARRAY2"
_END = struct.Struct("<QQI8s")
_ALIGNED = 64
_NUMBERS = re.compile(r"[<|][biuf][1248]")
#: What is checked at a time: small, as an answer shows a few records out of many megabytes.
BLOCK = 1 << 16
#: So many blocks are read at once where many are to be checked.
_AT_ONCE = 16


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], meta: Any = None) -> None:
    """Write the arrays, little-endian, and the JSON value that goes with them."""
    directory: dict[str, list[Any]] = {}
    with path.open("wb") as file:
        summed = _Summed(file)
        summed.write(_MAGIC)
        for name, array in arrays.items():
            plain = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
            summed.write(bytes(-summed.at % _ALIGNED))
            directory[name] = [plain.dtype.str, list(plain.shape), summed.at]
            summed.write(_bytes(plain))
        held = {"arrays": directory, "sums": summed.sums(), "meta": meta}
        raw = json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass")
        file.write(raw)
        file.write(_END.pack(summed.at, len(raw), zlib.crc32(raw), _MAGIC))


class _Summed:
    """Writes to a file and reckons the checksum of each block."""

    def __init__(self, file: BinaryIO) -> None:
        self.at = 0
        self._file = file
        self._sums: list[int] = []
        self._sum = 0

    def write(self, data: bytes | memoryview) -> None:
        """Write what comes next."""
        self._file.write(data)
        while len(data):
            part = data[: BLOCK - self.at % BLOCK]
            self._sum = zlib.crc32(part, self._sum)
            self.at += len(part)
            data = data[len(part) :]
            if self.at % BLOCK == 0:
                self._sums.append(self._sum)
                self._sum = 0

    def sums(self) -> str:
        """Return the checksums of all blocks, the last one shorter, in hexadecimal digits."""
        return np.array([*self._sums, *([self._sum] if self.at % BLOCK else [])], dtype="<u4").tobytes().hex()


class ArrayFile:
    """An array file opened for reading. Raises IndexDamaged where what is asked for is not what was written."""

    def __init__(self, path: Path) -> None:
        self._name = f"{path.parent.name}/{path.name}"
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(_MAGIC) + _END.size:
                raise IndexDamaged(f"{self._name} 不完整")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._number = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._number)
        self._end, length, checksum, magic = _END.unpack_from(self._map, size - _END.size)
        raw = self._map[self._end : self._end + length]
        if (self._end + length + _END.size, magic) != (size, _MAGIC) or zlib.crc32(raw) != checksum:
            raise IndexDamaged(f"{self._name} 的目录已损坏")
        held = json.loads(raw.decode("utf-8", "surrogatepass"))
        self._directory: dict[str, list[Any]] = held["arrays"]
        self.meta: Any = held["meta"]
        self._sums: list[int] = np.frombuffer(bytes.fromhex(held["sums"]), dtype="<u4").tolist()
        if len(self._sums) != -(-self._end // BLOCK):
            raise IndexDamaged(f"{self._name} 的目录已损坏")
        self._sound = bytearray(len(self._sums))  # 1 = the block was found to be what was written
        self._views: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return an array as a read-only view of the file, all of it checked."""
        found = self._views.get(name)
        if found is None:
            found, start = self._view(name)
            self.check(start, start + found.nbytes)
            self._views[name] = found
        return found

    def parts(self, name: str) -> "Parts":
        """Return an array of one dimension of which only parts are read, each checked when it is."""
        return Parts(self, *self._view(name))

    def check(self, start: int, stop: int) -> None:
        """Raise IndexDamaged where the blocks of these bytes are not those written; each is looked at once."""
        beyond = -(-stop // BLOCK)
        at = self._sound.find(0, start // BLOCK, beyond)
        while at >= 0:
            upto = min(beyond, at + _AT_ONCE)
            data = memoryview(self._read(at * BLOCK, min(upto * BLOCK, self._end)))
            for number in range(at, upto):
                if zlib.crc32(data[:BLOCK]) != self._sums[number]:
                    raise IndexDamaged(f"{self._name} 的内容已损坏")
                self._sound[number] = 1
                data = data[BLOCK:]
            at = self._sound.find(0, upto, beyond)

    def checking(self) -> Iterator[int]:
        """Check what was not yet looked at, a megabyte at a time, and yield how many bytes were. Raises as check."""
        for start in range(0, self._end, BLOCK * _AT_ONCE):
            stop = min(start + BLOCK * _AT_ONCE, self._end)
            self.check(start, stop)
            yield stop - start

    def let_go(self) -> None:
        """Give the pages read so far back to the system's cache of files, from where they come when they are read."""
        if hasattr(mmap, "MADV_DONTNEED"):  # elsewhere the system takes back what it needs
            self._map.madvise(mmap.MADV_DONTNEED)

    def _view(self, name: str) -> tuple[NDArray[Any], int]:
        """Return an array, not checked, and where its bytes begin."""
        dtype, shape, at = self._directory[name]
        if not _NUMBERS.fullmatch(dtype):
            raise IndexDamaged(f"{self._name} 的目录已损坏")
        count = int(np.prod(shape, dtype=np.int64))
        flat = np.frombuffer(self._map, dtype=dtype, count=count, offset=at) if count else np.zeros(0, dtype=dtype)
        return flat.reshape(shape), at

    def _read(self, start: int, stop: int) -> bytes:
        """Return bytes of the file, fewer where it has become shorter."""
        if hasattr(os, "pread"):
            return os.pread(self._number, stop - start, start)
        return self._map[start:stop]


class Parts:
    """An array in a file of which only parts are read; a slice without a step is checked and given as a view."""

    def __init__(self, file: ArrayFile, held: NDArray[Any], start: int) -> None:
        self._file, self._held, self._start = file, held, start

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, span: slice) -> NDArray[Any]:
        start, stop, _ = span.indices(len(self._held))
        if stop > start:
            size = self._held.itemsize
            self._file.check(self._start + start * size, self._start + stop * size)
        return self._held[start:stop]


def mapped() -> int:
    """Return how many bytes of files this process has in its memory; 0 where the system does not tell cheaply."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[2]) * mmap.PAGESIZE
    except (OSError, IndexError, ValueError):
        return 0  # there is no such file but on Linux: nothing depends on it but when pages are let go of


def _bytes(array: NDArray[Any]) -> bytes | memoryview:
    """Return the bytes of an array, not copied."""
    return array.reshape(-1).view(np.uint8).data if array.size else b""
