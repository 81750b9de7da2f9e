"""Generations: complete states of the index on disk, and the one atomic switch between them.

Layout of the index folder (private, 0700: Whoosh unpickles its table of contents)::

    CURRENT               {"generations": [{"name", "manifest"}, ...]} newest first: the one in use and two older ones
    gen-000012/           a finished generation; manifest.json holds size and SHA-256 of its every other file
    building-000013/      what a writer is making, or what a killed one left; the next writer removes it
    writer.lock, writer.pid

A writer builds aside, fsyncs every file and folder, then replaces CURRENT. Killed at any moment, the old CURRENT
answers. CURRENT carries each manifest's hash, a manifest its files' hashes: nothing is opened that was not written by
us.
"""

import contextlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from search_app.engines.base import Generation
from search_app.errors import IndexDamaged, IndexLocked, IndexMissing, IndexProblem

KEPT_BEHIND = 2
CURRENT, MANIFEST = "CURRENT", "manifest.json"
_NAME = re.compile(r"gen-\d{6,}")
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation holds: ``files`` maps each name to (bytes, SHA-256)."""

    generation: Generation
    files: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A generation as CURRENT names it: its folder and the hash its manifest must have."""

    folder: Path
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A generation being built: work in ``folder``, then set what :func:`building` is to write into the manifest."""

    folder: Path
    name: str
    inherited: Mapping[str, tuple[int, str]]


def read_current(root: Path) -> bytes:
    """Return the bytes of CURRENT; they change with every switch. Raises IndexMissing."""
    try:
        return (root / CURRENT).read_bytes()
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
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged("索引的入口文件 CURRENT 已损坏") from error
    if not found or not all(_NAME.fullmatch(entry.folder.name) for entry in found):
        raise IndexDamaged("索引的入口文件 CURRENT 已损坏")
    return found


def read_manifest(entry: Entry) -> Manifest:
    """Return a generation's manifest after holding it against the hash in CURRENT. Raises IndexDamaged."""
    try:
        raw = (entry.folder / MANIFEST).read_bytes()
    except OSError as error:
        raise IndexDamaged(f"索引代 {entry.folder.name} 缺少清单") from error
    if sha256(raw).hexdigest() != entry.manifest:
        raise IndexDamaged(f"索引代 {entry.folder.name} 的清单被改动过")
    fields = json.loads(raw)
    return Manifest(
        generation=Generation(
            name=entry.folder.name,
            built_at=datetime.fromisoformat(fields["built_at"]),
            reports=fields["reports"],
            passages=fields["passages"],
            versions=fields["versions"],
        ),
        files={name: (size, digest) for name, (size, digest) in fields["files"].items()},
    )


def problems(entry: Entry, manifest: Manifest, *, thorough: bool) -> Iterator[str]:
    """Yield what is wrong with a generation's files, in Chinese.

    Not thorough: every size, and the content of what is parsed whole on opening. Thorough: every byte, and strangers.
    """
    for name, (size, digest) in sorted(manifest.files.items()):
        path = entry.folder / name
        if not path.is_file():
            yield f"{entry.folder.name}/{name} 不见了"
        elif path.stat().st_size != size:
            yield f"{entry.folder.name}/{name} 的大小不对"
        elif (thorough or name.endswith((".toc", ".npz"))) and _digest(path) != digest:
            yield f"{entry.folder.name}/{name} 的内容被改动过"
    if thorough:
        for path in sorted(entry.folder.iterdir()):
            if path.name not in manifest.files and path.name != MANIFEST:
                yield f"{entry.folder.name}/{path.name} 不是索引写下的文件"


@contextlib.contextmanager
def lock(root: Path) -> Iterator[None]:
    """Be the one writer of this index. Raises IndexLocked with the holder's process id."""
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        root.chmod(0o700)
    except OSError as error:
        raise IndexProblem(f"索引文件夹 {root} 写不了：{error.strerror}", hint="请检查文件夹的写入权限。") from error
    pid_file = root / "writer.pid"
    held = FileLock(root / "writer.lock", timeout=0)
    try:
        held.acquire()
    except Timeout as error:
        holder = _read_pid(pid_file)
        raise IndexLocked(f"另一个进程（进程号 {holder or '未知'}）正在更新索引", holder=holder) from error
    try:
        pid_file.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        pid_file.unlink(missing_ok=True)
        held.release()


def start(root: Path, base: tuple[Entry, Manifest] | None) -> Draft:
    """Make the folder for the next generation, with the base's files in it (links, where the disk knows them)."""
    for stale in root.glob("building-*"):
        shutil.rmtree(stale)
    numbers = [int(path.name[4:]) for path in root.glob("gen-*") if _NAME.fullmatch(path.name)]
    number = max(numbers, default=0) + 1
    folder = root / f"building-{number:06d}"
    folder.mkdir(mode=0o700)
    inherited = base[1].files if base else {}
    if base:
        for name in inherited:
            if name.startswith(("_MAIN_", "MAIN_")):
                _link(base[0].folder / name, folder / name)
    return Draft(folder=folder, name=f"gen-{number:06d}", inherited=inherited)


def publish(
    root: Path, draft: Draft, older: tuple[Entry, ...], *, reports: int, passages: int, versions: Mapping[str, str]
) -> None:
    """Write the manifest, make everything durable, and switch CURRENT to the draft in one atomic replace."""
    for leftover in draft.folder.glob("*LOCK"):
        leftover.unlink()
    files = {path.name: _described(path, draft.inherited) for path in sorted(draft.folder.iterdir())}
    fields: dict[str, Any] = {
        "format": _FORMAT,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "reports": reports,
        "passages": passages,
        "versions": dict(versions),
        "files": files,
    }
    raw = json.dumps(fields, ensure_ascii=False, indent=1).encode()
    (draft.folder / MANIFEST).write_bytes(raw)
    for path in draft.folder.iterdir():
        _sync(path)
    _sync(draft.folder)
    final = draft.folder.replace(root / draft.name)
    kept = older[:KEPT_BEHIND]
    named = [{"name": draft.name, "manifest": sha256(raw).hexdigest()}]
    named += [{"name": entry.folder.name, "manifest": entry.manifest} for entry in kept]
    temporary = root / (CURRENT + ".new")
    temporary.write_text(json.dumps({"generations": named}), encoding="ascii")
    _sync(temporary)
    temporary.replace(root / CURRENT)
    _sync(root)
    _remove_old(root, {final, *(entry.folder for entry in kept)})


def discard(draft: Draft) -> None:
    """Remove a draft that will not be published."""
    shutil.rmtree(draft.folder, ignore_errors=True)


def _described(path: Path, inherited: Mapping[str, tuple[int, str]]) -> tuple[int, str]:
    known = inherited.get(path.name)
    if known and path.name.endswith(".seg") and path.stat().st_size == known[0]:
        return known  # a segment is never rewritten under its name; its recorded hash keeps later damage visible
    return path.stat().st_size, _digest(path)


def _remove_old(root: Path, kept: set[Path]) -> None:
    for path in root.glob("gen-*"):
        if path not in kept:
            # On Windows a reader may still hold the files: the next run tries again.
            shutil.rmtree(path, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


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


def _refuse_strangers(root: Path) -> None:
    if sys.platform != "win32" and root.stat().st_mode & 0o022:
        raise IndexProblem(
            f"索引文件夹 {root} 可以被其他用户改写，为安全起见不打开", hint=f"请运行：chmod 700 {root}，然后重建索引。"
        )
