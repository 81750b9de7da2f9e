"""Soundness: whether the files of a generation are those that its manifest lists, and what is wrong with them.

A file that is not there is a finding; one that the system does not hand out is an error, never "nothing there".
"""

import stat
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from search_app.engines.whoosh.index.manifest import MANIFEST, Manifest

SEGMENT = ".seg"
#: Segments up to this size are hashed whenever a generation is opened; that takes some milliseconds. Of larger ones
#: each block is checked before it is first answered from, and all of them in the background.
SMALL = 1 << 24


def is_large(name: str, size: int) -> bool:
    """Tell whether a file is a segment that is not hashed when a generation is opened."""
    return name.endswith(SEGMENT) and size > SMALL


def problems(folder: Path, manifest: Manifest, *, every_byte: bool) -> Iterator[str]:
    """Yield what is wrong with a generation's files, in Chinese; large segments are hashed only for ``every_byte``."""
    for name, (size, digest) in sorted(manifest.files.items()):
        path = folder / name
        try:
            seen = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            yield f"{folder.name}/{name} 不见了"
            continue
        if not stat.S_ISREG(seen.st_mode):
            yield f"{folder.name}/{name} 不是普通文件"
        elif seen.st_size != size:
            yield f"{folder.name}/{name} 的大小不对"
        elif (every_byte or not is_large(name, size)) and digest_of(path) != digest:
            yield f"{folder.name}/{name} 的内容被改动过"


def strangers(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Yield the files of a generation's folder that nobody wrote down."""
    for name in sorted(path.name for path in folder.iterdir()):
        if name not in manifest.files and name != MANIFEST:
            yield f"{folder.name}/{name} 不是索引写下的文件"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
