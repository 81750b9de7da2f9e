"""CURRENT: which generations there are, named by the entry file of an index or, where it is lost, found again.

The surprise: without CURRENT nothing is lost. Each generation whose manifest and files agree to the last byte is found
again, newest first; it is used, kept until a new one is in use, and what happened is told.
"""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from search_app.engines.access import refuse_strangers
from search_app.engines.whoosh.index.manifest import FOLDER, MANIFEST, Manifest, is_whole, unpack_manifest
from search_app.engines.whoosh.index.soundness import problems
from search_app.errors import IndexDamaged, IndexMissing, IndexProblem
from search_app.system_reasons import why_not_opened

CURRENT = "CURRENT"
_AT_ONCE = 1 << 16
_LOST, _DAMAGED = "索引的入口文件 CURRENT 不见了", "索引的入口文件 CURRENT 已损坏"
#: Seconds between two tries: the first pause, and the longest. Each reader is in the way for a moment, but of many one
#: always is: a gap between them is found by many tries, not by long pauses.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.04
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A generation as CURRENT names it: its folder and the hash its manifest must have."""

    folder: Path
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The generations there are, newest first; ``trouble`` says why they had to be found without CURRENT."""

    entries: tuple[Entry, ...] = ()
    trouble: str | None = None


def read_current(root: Path) -> bytes:
    """Return the bytes of CURRENT, or where it is lost the folders that are left: they change with every switch.

    Raises IndexMissing, and IndexProblem where the folder is not ours alone or cannot be read.
    """
    try:
        refuse_strangers(root)
        return _read(root) or _what_is_left(root)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing("还没有建立索引") from error
    except OSError as error:
        raise IndexProblem(f"索引文件夹读不了：{why_not_opened(error)}", hint="请检查文件夹的访问权限。") from error


def _read(root: Path) -> bytes | None:
    try:
        return patiently(lambda: _read_small(root / CURRENT)) or b"{}"  # an empty one is there, and damaged
    except FileNotFoundError:
        return None


def _read_small(path: Path) -> bytes:
    """Return the bytes of a file; every answer reads CURRENT, at a quarter of what an opened file object costs."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return b"".join(iter(lambda: os.read(number, _AT_ONCE), b""))
    finally:
        os.close(number)


def _what_is_left(root: Path) -> bytes:
    """Return the folders with a manifest as JSON, or CURRENT, should a writer have put it there meanwhile."""
    left = _folders(root)
    found = _read(root)
    if found is None and not left:
        raise IndexMissing("还没有建立索引")
    return found or json.dumps({"left": left}).encode()


def _folders(root: Path) -> list[str]:
    """Return the names of the folders that hold a manifest, newest first."""
    names = [path.name for path in root.iterdir() if FOLDER.fullmatch(path.name)]
    return [name for name in sorted(names, key=lambda name: int(name[4:]), reverse=True) if _has_manifest(root / name)]


def _has_manifest(folder: Path) -> bool:
    try:
        (folder / MANIFEST).stat()
    except (FileNotFoundError, NotADirectoryError):  # and nothing else: what cannot be looked at is no proof
        return False
    return True


def find_named(root: Path, current: bytes) -> Named:
    """Return the generations that CURRENT names, or those that are found without it. Raises IndexDamaged."""
    try:
        fields = json.loads(current)
        if "left" in fields:
            return _recovered(root, _LOST)
        named = [(item["name"], item["manifest"]) for item in fields["generations"]]
        sound = bool(named) and all(FOLDER.fullmatch(name) for name, _ in named)
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        return _recovered(root, _DAMAGED)
    for name, _ in named:
        _refuse_strangers_if_there(root / name)
    return Named(entries=tuple(Entry(folder=root / name, manifest=manifest) for name, manifest in named))


def _recovered(root: Path, trouble: str) -> Named:
    """Return the generations that are sound to the last byte by their own manifests."""
    found, skipped = [], ""
    for name in _folders(root):
        refuse_strangers(root / name)
        try:
            raw = (root / name / MANIFEST).read_bytes()
            wrong = _why_unsound(root / name, raw)
        except IndexProblem as problem:
            wrong = problem.message
        if wrong:
            skipped = skipped or f"；{wrong}"
        else:
            found.append(Entry(folder=root / name, manifest=sha256(raw).hexdigest()))
    if not found:
        raise IndexDamaged(f"{trouble}，也没有一代完好的索引可以找回{skipped}")
    return Named(entries=tuple(found), trouble=f"{trouble}{skipped}")


def _why_unsound(folder: Path, raw: bytes) -> str | None:
    if not is_whole(raw):
        return f"索引代 {folder.name} 的清单已损坏"
    return next(problems(folder, unpack_manifest(folder.name, raw), every_byte=True), None)


def _refuse_strangers_if_there(folder: Path) -> None:
    with suppress(FileNotFoundError):  # whoever opens this generation will find it damaged
        refuse_strangers(folder)


def read_manifest(entry: Entry) -> Manifest:
    """Return a generation's manifest, whose hash CURRENT names. Raises IndexDamaged, IndexOutdated."""
    try:
        raw = (entry.folder / MANIFEST).read_bytes()
    except FileNotFoundError as error:
        raise IndexDamaged(f"索引代 {entry.folder.name} 缺少清单") from error
    if sha256(raw).hexdigest() != entry.manifest:
        raise IndexDamaged(f"索引代 {entry.folder.name} 的清单被改动过")
    return unpack_manifest(entry.folder.name, raw)


def patiently(act: Callable[[], _T], *, seconds: float = 0.4) -> _T:
    """Do something that another process may be in the way of for a moment, as Windows refuses to share open files.

    It is tried again after pauses, each twice as long as the one before, until so many seconds are over; then
    PermissionError is raised.
    """
    until, pause = time.monotonic() + seconds, _FIRST_PAUSE
    while True:
        try:
            return act()
        except PermissionError:
            left = until - time.monotonic()
            if left <= 0:
                raise
        time.sleep(min(pause, left))
        pause = min(2 * pause, _LONGEST_PAUSE)
