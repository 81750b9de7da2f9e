"""Array files, the container below: named arrays in one file, each with a checksum, read through a memory map.

Layout: magic, the arrays (each on a 64-byte boundary), a JSON directory (name -> dtype, shape, offset, CRC-32, and
``meta``, any JSON value), then its offset, length and CRC-32. Nothing is pickled, and nothing is copied on reading;
arrays hold numbers only, never objects.
"""

import json
import mmap
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_app.errors import IndexDamaged

_MAGIC = b"SAARRAY1"
_END = struct.Struct("<QQI8s")
_ALIGNED = 64
_NUMBERS = re.compile(r"[<|][biuf][1248]")


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], meta: Any = None) -> None:
    """Write the arrays, little-endian, and the JSON value that goes with them."""
    directory: dict[str, list[Any]] = {}
    with path.open("wb") as file:
        at = file.write(_MAGIC)
        for name, array in arrays.items():
            plain = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
            at += file.write(bytes(-at % _ALIGNED))
            data = _bytes(plain)
            directory[name] = [plain.dtype.str, list(plain.shape), at, zlib.crc32(data)]
            at += file.write(data)
        raw = json.dumps({"arrays": directory, "meta": meta}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        file.write(raw)
        file.write(_END.pack(at, len(raw), zlib.crc32(raw), _MAGIC))


class ArrayFile:
    """An array file opened for reading. Raises IndexDamaged where its directory is not what was written."""

    def __init__(self, path: Path) -> None:
        self._name = f"{path.parent.name}/{path.name}"
        with path.open("rb") as file:
            size = path.stat().st_size
            if size < len(_MAGIC) + _END.size:
                raise IndexDamaged(f"{self._name} 不完整")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        at, length, checksum, magic = _END.unpack_from(self._map, size - _END.size)
        raw = self._map[at : at + length]
        if magic != _MAGIC or zlib.crc32(raw) != checksum:
            raise IndexDamaged(f"{self._name} 的目录已损坏")
        held = json.loads(raw.decode("utf-8", "surrogatepass"))
        self._directory: dict[str, list[Any]] = held["arrays"]
        self.meta: Any = held["meta"]
        self._views: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return an array as a read-only view of the file."""
        if name not in self._views:
            dtype, shape, at, _ = self._directory[name]
            if not _NUMBERS.fullmatch(dtype):
                raise IndexDamaged(f"{self._name} 的目录已损坏")
            count = int(np.prod(shape, dtype=np.int64))
            flat = np.frombuffer(self._map, dtype=dtype, count=count, offset=at) if count else np.zeros(0, dtype=dtype)
            self._views[name] = flat.reshape(shape)
        return self._views[name]

    def let_go(self) -> None:
        """Give the pages read so far back to the system's cache of files, from where they come when they are read."""
        if hasattr(mmap, "MADV_DONTNEED"):  # elsewhere the system takes back what it needs
            self._map.madvise(mmap.MADV_DONTNEED)

    def check(self, names: Iterable[str]) -> None:
        """Raise IndexDamaged where the bytes of one of these arrays are not those written."""
        if any(self._is_damaged(name) for name in names):
            raise IndexDamaged(f"{self._name} 的内容已损坏")

    def damaged(self) -> Iterator[str]:
        """Yield the names of the arrays whose bytes are not those written."""
        return filter(self._is_damaged, self._directory)

    def _is_damaged(self, name: str) -> bool:
        return bool(zlib.crc32(_bytes(self[name])) != self._directory[name][3])


def mapped() -> int:
    """Return how many bytes of files this process has in its memory; 0 where the system does not tell cheaply."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[2]) * mmap.PAGESIZE
    except (OSError, IndexError, ValueError):
        return 0


def _bytes(array: NDArray[Any]) -> bytes | memoryview:
    """Return the bytes of an array, not copied."""
    return array.reshape(-1).view(np.uint8).data if array.size else b""
