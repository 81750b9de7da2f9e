"""Makes small OLE containers for the tests: the outside of .doc files, locked .docx files and spreadsheets."""

import struct
from collections.abc import Mapping

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return a container with the streams; each is padded to 4,096 bytes, so that no small-stream area is needed."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    chains: list[int] = [_FAT, _FREE]  # sector 0 holds the table itself, sector 1 the directory (set below)
    starts: dict[str, int] = {}
    body = b""
    for name, data in padded.items():
        starts[name] = len(chains)
        count = -(-len(data) // 512)
        chains += [*range(len(chains) + 1, len(chains) + count), _END]
        body += data.ljust(count * 512, b"\0")
    chains[1] = _END
    assert len(chains) <= 128, "one sector of table is all this maker writes"
    table = struct.pack("<128I", *chains, *[_FREE] * (128 - len(chains)))
    entries = [_entry("Root Entry", 5, 1, _END, 0)]
    names = list(padded)
    for at, name in enumerate(names):
        entries.append(_entry(name, 2, at + 2 if at + 1 < len(names) else _FREE, starts[name], len(padded[name])))
    directory = b"".join(entries).ljust(512, b"\0")
    assert len(directory) == 512, "at most three streams"
    header = struct.pack("<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)  # fmt: skip
    return header + struct.pack("<108I", *[_FREE] * 108) + table + directory + body


def _entry(name: str, kind: int, following: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    child = following if kind == 5 else _FREE
    right = _FREE if kind == 5 else following
    return struct.pack("<64sHBBIII16sI16sIQ", raw, len(raw), kind, 1, _FREE, right, child, b"", 0, b"", start, size)
