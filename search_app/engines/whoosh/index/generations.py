"""Generations: complete states of the index on disk, and the one atomic switch between them.

Layout of the index folder (private, 0700)::

    CURRENT               {"generations": [{"name", "manifest"}, ...]} newest first: the one in use and two older ones
    gen-000012/           a generation; manifest.json lists its segments, and size and SHA-256 of its every other file
                          MAIN_*.seg segments, clusters.arr near-duplicates
    writer.lock, writer.pid

A writer builds in a new folder that CURRENT does not name yet, fsyncs every file and folder, then replaces CURRENT.
Killed at any moment, the old CURRENT answers, and the next writer removes what was left. CURRENT carries each
manifest's hash, a manifest its files' hashes. Before a generation is opened or built upon, every file's size is
checked, and the hash of all but large segments, whose own directory has a checksum. ``verify`` reads every byte. The
hashes tell damage, not malice: against that, nothing that is read here is executed, it is all JSON and flat arrays.
Segments never change, so generations share the large ones (hard links): an update writes what is new, and little more.
Small ones are copied, so that damage to one generation leaves the others sound.
"""

import contextlib
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from search_app.engines.base import Generation
from search_app.engines.whoosh.index.manifest import MANIFEST, Manifest, pack_manifest, unpack_manifest
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry
from search_app.errors import IndexDamaged, IndexLocked, IndexMissing, IndexProblem

KEPT_BEHIND = 2
CURRENT = "CURRENT"
_NAME = re.compile(r"gen-\d{6,}")
_SEGMENT = ".seg"
#: Segments up to this size are hashed whenever a generation is opened; that takes some milliseconds.
_SMALL = 1 << 24
#: What an index folder may hold before its first generation: nothing of anybody else.
_OWN = frozenset({".gitkeep", "writer.lock", "writer.pid", CURRENT + ".new"})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A generation as CURRENT names it: its folder and the hash its manifest must have."""

    folder: Path
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A generation being built in ``folder``; once :func:`seal` has made it durable, it carries its manifest's hash.

    ``shared`` are the size and hash of the segments that it shares with the generation before.
    """

    folder: Path
    manifest: str = ""
    shared: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def read_current(root: Path) -> bytes:
    """Return the bytes of CURRENT; they change with every switch. Raises IndexMissing."""
    try:
        return _patiently((root / CURRENT).read_bytes)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing("还没有建立索引") from error
    except OSError as error:
        raise IndexProblem(f"索引文件夹读不了：{error.strerror}", hint="请检查文件夹的访问权限。") from error


def entries(root: Path, current: bytes) -> tuple[Entry, ...]:
    """Return the generations that CURRENT names, newest first. Raises IndexDamaged."""
    _refuse_strangers(root)
    try:
        named = json.loads(current)["generations"]
        found = tuple(Entry(folder=root / item["name"], manifest=item["manifest"]) for item in named)
        sound = all(_NAME.fullmatch(item["name"]) for item in named)
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged("索引的入口文件 CURRENT 已损坏") from error
    if not found or not sound:
        raise IndexDamaged("索引的入口文件 CURRENT 已损坏")
    return found


def read_manifest(entry: Entry) -> Manifest:
    """Return a generation's manifest, whose hash CURRENT names. Raises IndexDamaged, IndexOutdated."""
    try:
        raw = (entry.folder / MANIFEST).read_bytes()
    except FileNotFoundError as error:
        raise IndexDamaged(f"索引代 {entry.folder.name} 缺少清单") from error
    if sha256(raw).hexdigest() != entry.manifest:
        raise IndexDamaged(f"索引代 {entry.folder.name} 的清单被改动过")
    return unpack_manifest(entry.folder.name, raw)


def problems(entry: Entry, manifest: Manifest, *, every_byte: bool) -> Iterator[str]:
    """Yield what is wrong with a generation's files, in Chinese; large segments are read only for ``every_byte``."""
    for name, (size, digest) in sorted(manifest.files.items()):
        path = entry.folder / name
        if not path.is_file():
            yield f"{entry.folder.name}/{name} 不见了"
        elif path.stat().st_size != size:
            yield f"{entry.folder.name}/{name} 的大小不对"
        elif (every_byte or size <= _SMALL or path.suffix != _SEGMENT) and _digest(path) != digest:
            yield f"{entry.folder.name}/{name} 的内容被改动过"


def strangers(entry: Entry, manifest: Manifest) -> Iterator[str]:
    """Yield the files of a generation's folder that nobody wrote down."""
    for path in sorted(entry.folder.iterdir()):
        if path.name not in manifest.files and path.name != MANIFEST:
            yield f"{entry.folder.name}/{path.name} 不是索引写下的文件"


@contextlib.contextmanager
def lock(root: Path) -> Iterator[None]:
    """Be the one writer of this index. Raises IndexLocked with the holder's process id, IndexProblem."""
    pid_file = root / "writer.pid"
    try:
        _make_private(root)
        held = FileLock(root / "writer.lock", timeout=0)
        held.acquire()
        pid_file.write_text(str(os.getpid()), encoding="ascii")
    except Timeout as error:
        holder = _read_pid(pid_file)
        raise IndexLocked(f"另一个进程（进程号 {holder or '未知'}）正在更新索引", holder=holder) from error
    except OSError as error:
        raise IndexProblem(f"索引文件夹 {root} 写不了：{error.strerror}", hint="请检查磁盘空间和写入权限。") from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            pid_file.unlink()
        held.release()


def start(root: Path, base: tuple[Entry, Manifest] | None, named: Iterable[Entry]) -> Draft:
    """Make the folder for the next generation, with what the base holds in it."""
    _remove_all_but(root, {entry.folder for entry in named})
    numbers = [int(path.name[4:]) for path in root.iterdir() if _NAME.fullmatch(path.name)]
    folder = root / f"gen-{max(numbers, default=0) + 1:06d}"
    folder.mkdir(mode=0o700)
    if base is None:
        return Draft(folder=folder)
    entry, manifest = base
    try:
        for name in manifest.files:
            _share(entry.folder / name, folder / name)
    except BaseException:
        discard(Draft(folder=folder))  # a full disk: what was copied must not keep it full
        raise
    shared = {name: held for name, held in manifest.files.items() if (folder / name).stat().st_nlink > 1}
    return Draft(folder=folder, shared=shared)


def _share(old: Path, new: Path) -> None:
    """Give a large segment a second name, or copy it where the file system knows none; copy all the rest."""
    if old.suffix == _SEGMENT and old.stat().st_size > _SMALL:
        with contextlib.suppress(OSError):
            os.link(old, new)
            return
    shutil.copyfile(old, new)


def seal(
    draft: Draft, segments: tuple[SegmentEntry, ...], *, reports: int, passages: int, versions: Mapping[str, str]
) -> Draft:
    """Write the manifest and make everything durable: after this the generation is complete, though not yet in use."""
    raw = pack_manifest(
        Manifest(
            generation=Generation(
                name=draft.folder.name,
                built_at=datetime.now(UTC),
                reports=reports,
                passages=passages,
                versions=versions,
            ),
            segments=segments,
            files={
                path.name: draft.shared.get(path.name) or (path.stat().st_size, _digest(path))
                for path in sorted(draft.folder.iterdir())
            },
        )
    )
    (draft.folder / MANIFEST).write_bytes(raw)
    for path in draft.folder.iterdir():
        if path.name not in draft.shared:
            _sync(path)
    _sync(draft.folder)
    _sync(draft.folder.parent)
    return replace(draft, manifest=sha256(raw).hexdigest())


def switch(root: Path, draft: Draft, older: tuple[Entry, ...]) -> None:
    """Put a sealed generation into use in one atomic replace; whatever fails after it changes nothing any more."""
    kept = older[:KEPT_BEHIND]
    named = [{"name": entry.folder.name, "manifest": entry.manifest} for entry in kept]
    named.insert(0, {"name": draft.folder.name, "manifest": draft.manifest})
    temporary = root / (CURRENT + ".new")
    temporary.write_text(json.dumps({"generations": named}), encoding="ascii")
    _sync(temporary)
    _patiently(lambda: temporary.replace(root / CURRENT))
    with contextlib.suppress(OSError):
        _sync(root)
    _remove_all_but(root, {draft.folder, *(entry.folder for entry in kept)})


def discard(draft: Draft) -> None:
    """Remove a draft that will not be put into use."""
    shutil.rmtree(draft.folder, ignore_errors=True)


def _remove_all_but(root: Path, kept: set[Path]) -> None:
    """Remove the generations that are not to be kept; on Windows a reader may still hold files: the next run tries."""
    for path in root.iterdir():
        if _NAME.fullmatch(path.name) and path not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _patiently(act: Callable[[], _T]) -> _T:
    """Do something that another process may be in the way of for a moment, as Windows refuses to share open files."""
    for pause in (0.02, 0.05, 0.1, 0.2):
        try:
            return act()
        except PermissionError:
            time.sleep(pause)
    return act()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Flush a file, or a folder's list of names, to the disk; Windows keeps folders in order by itself."""
    if path.is_dir():
        if sys.platform == "win32":
            return
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
    else:
        with path.open("r+b") as file:
            os.fsync(file.fileno())


def _read_pid(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _make_private(root: Path) -> None:
    """Make the index folder and close it to others; one that holds other things is only refused if others can write."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (root / CURRENT).exists() or any(path.name not in _OWN for path in root.iterdir()):
        _refuse_strangers(root)
    else:
        root.chmod(0o700)


def _refuse_strangers(root: Path) -> None:
    if sys.platform != "win32" and root.stat().st_mode & 0o022:
        raise IndexProblem(
            f"索引文件夹 {root} 可以被其他用户改写，为安全起见不用它",
            hint=f"请运行：chmod 700 {root}，确认里面的内容没有被人动过，或换一个文件夹。",
        )
