"""Generations: complete states of the index on disk, and the one atomic switch between them.

Layout of the index folder (private, 0700)::

    CURRENT               {"generations": [{"name", "manifest"}, ...]} newest first: the one in use and two older ones
    gen-000012/           a generation; manifest.json lists its segments, and size and SHA-256 of its every other file
                          MAIN_*.seg segments, clusters.arr near-duplicates
    writer.lock, writer.pid

A writer builds in a new folder that CURRENT does not name yet, fsyncs every file and folder, then replaces CURRENT.
Killed at any moment, the old CURRENT answers, and the next writer removes what was left. CURRENT carries each
manifest's hash, a manifest its files' hashes. Before a generation is opened or built upon, every file's size is
checked, and the hash of all but large segments, whose blocks have checksums of their own (array_file.py).
Before one is put into use, what is on the disk is held against what was meant (written.py). ``verify`` reads every
byte. The hashes tell damage, not malice: against that, nothing that is read here is executed, it is all JSON and flat
arrays, and a folder that others could write into is refused (access.py).
Segments never change, so generations share the large ones (hard links): an update writes what is new, and little more.
Small ones are copied, so that damage to one generation leaves the others sound.
"""

import contextlib
import json
import os
import secrets
import shutil
import stat
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from search_app.engines.access import refuse_strangers
from search_app.engines.base import Ancestor, Generation
from search_app.engines.whoosh.index.current import CURRENT, Entry, Named, patiently
from search_app.engines.whoosh.index.manifest import FOLDER, MANIFEST, Manifest, pack_manifest
from search_app.engines.whoosh.index.snapshot import CLUSTERS
from search_app.engines.whoosh.index.soundness import SEGMENT, digest_of, is_large, problems
from search_app.engines.whoosh.segments.segment_entry import SegmentEntry
from search_app.errors import IndexDamaged, IndexLocked, IndexProblem
from search_app.system_reasons import why_not_written

KEPT_BEHIND = 2
#: Seconds that replacing CURRENT is tried on Windows, where each reader is in the way for the moment that it reads.
PATIENCE = 8.0
#: What an index folder may hold before its first generation: nothing of anybody else.
_OWN = frozenset({".gitkeep", "writer.lock", "writer.pid", CURRENT + ".new"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A generation being built in ``folder``; once :func:`seal` has made it durable, it carries its manifest's hash.

    ``taken`` are size and hash of the files that it took over from the generation before, ``linked`` the names of those
    that it shares with it.
    """

    folder: Path
    manifest: str = ""
    taken: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()


@contextlib.contextmanager
def lock(root: Path) -> Iterator[None]:
    """Be the one writer of this index. Raises IndexLocked with the holder's process id, IndexProblem."""
    from filelock import FileLock, Timeout  # only who writes needs it

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
        raise IndexProblem(
            f"索引文件夹 {root} 写不了：{why_not_written(error)}", hint="请检查磁盘空间和写入权限。"
        ) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # it only tells who holds the lock
            pid_file.unlink()
        held.release()


def start(root: Path, base: tuple[Entry, Manifest] | None, named: Named) -> Draft:
    """Make the folder for the next generation, with what the base holds in it."""
    if named.trouble is None:
        _remove_all_but(root, {entry.folder for entry in named.entries})
    # else CURRENT was lost: nothing is removed before a new one is in use
    numbers = [int(path.name[4:]) for path in root.iterdir() if FOLDER.fullmatch(path.name)]
    folder = root / f"gen-{max(numbers, default=0) + 1:06d}"
    folder.mkdir(mode=0o700)
    if base is None:
        return Draft(folder=folder)
    entry, manifest = base
    try:
        linked = {name for name in manifest.files if _share(entry.folder / name, folder / name)}
    except BaseException:
        discard(Draft(folder=folder))  # a full disk: what was copied must not keep it full
        raise
    return Draft(folder=folder, taken=manifest.files, linked=frozenset(linked))


def _share(old: Path, new: Path) -> bool:
    """Give a large segment a second name, and tell so; copy it where the file system knows none; copy all the rest."""
    if is_large(old.name, old.stat().st_size):
        try:
            os.link(old, new)
        except OSError:
            pass  # whatever the reason, a copy is as good; should that fail, it raises
        else:
            return True
    shutil.copyfile(old, new)
    return False


def seal(
    draft: Draft,
    segments: tuple[SegmentEntry, ...],
    *,
    reports: int,
    passages: int,
    versions: Mapping[str, str],
    ancestors: tuple[Ancestor, ...] = (),
) -> Draft:
    """Write the manifest and make everything durable: after this the generation is complete, though not yet in use."""
    names = sorted(path.name for path in draft.folder.iterdir())
    lost = {CLUSTERS, *(entry.name for entry in segments)}.difference(names)
    if lost:
        raise _lost_on_disk(sorted(lost))
    generation = Generation(
        name=draft.folder.name,
        id=secrets.token_hex(16),
        built_at=datetime.now(UTC),
        reports=reports,
        passages=passages,
        versions=versions,
    )
    files = {name: _measured(draft, name) for name in names}
    manifest = Manifest(generation=generation, segments=segments, files=files, ancestors=ancestors)
    raw = pack_manifest(manifest)
    _write(draft.folder / MANIFEST, raw)
    for name in names:
        if name not in draft.linked:
            _sync(draft.folder / name)
    _sync(draft.folder)
    _sync(draft.folder.parent)
    wrong = next(problems(draft.folder, manifest, every_byte=False), None)
    if wrong:
        raise _lost_on_disk([wrong])
    return replace(draft, manifest=sha256(raw).hexdigest())


def _measured(draft: Draft, name: str) -> tuple[int, str]:
    """Return size and hash of a file of the draft; a segment that was taken over must still be what it was."""
    path, before = draft.folder / name, draft.taken.get(name)
    size = path.stat().st_size
    if before and name in draft.linked and size == before[0]:
        return before  # its blocks were checked
    measured = size, digest_of(path)
    if before and name.endswith(SEGMENT) and measured != before:
        raise IndexDamaged(f"{draft.folder.name}/{name} 与上一代的不同")
    return measured


def _write(path: Path, raw: bytes) -> None:
    """Write a small file, make it durable, and make sure that it is what was meant."""
    path.write_bytes(raw)
    _sync(path)
    if path.read_bytes() != raw:
        raise _lost_on_disk([path.name])


def _lost_on_disk(what: list[str]) -> IndexProblem:
    return IndexProblem(
        f"写下的索引文件不完整（{'、'.join(what[:3])}），索引没有改动", hint="请检查磁盘后再运行：search-app index"
    )


def switch(root: Path, draft: Draft, older: tuple[Entry, ...]) -> None:
    """Put a sealed generation into use in one atomic replace; whatever fails after it changes nothing any more."""
    kept = older[:KEPT_BEHIND]
    named = [{"name": entry.folder.name, "manifest": entry.manifest} for entry in kept]
    named.insert(0, {"name": draft.folder.name, "manifest": draft.manifest})
    temporary = root / (CURRENT + ".new")
    _write(temporary, json.dumps({"generations": named}).encode("ascii"))
    patiently(lambda: temporary.replace(root / CURRENT), seconds=PATIENCE)
    with contextlib.suppress(OSError):  # after a power failure the old CURRENT may be back: what it names is kept
        _sync(root)
    with contextlib.suppress(OSError):  # it is in use: what is not tidied up now the next run removes
        _remove_all_but(root, {draft.folder, *(entry.folder for entry in kept)})


def discard(draft: Draft) -> None:
    """Remove a draft that will not be put into use."""
    shutil.rmtree(draft.folder, ignore_errors=True)  # nothing names it; the next writer tries again


def abandon(draft: Draft, error: BaseException) -> None:
    """Discard a draft for an error, whose frames let go of what they hold: Windows removes no file that is open."""
    cause: BaseException | None = error
    while cause is not None:
        traceback.clear_frames(cause.__traceback__)
        cause = cause.__context__
    discard(draft)


def _remove_all_but(root: Path, kept: set[Path]) -> None:
    """Remove the generations that are not to be kept; on Windows a reader may still hold files: the next run tries."""
    for path in root.iterdir():
        if FOLDER.fullmatch(path.name) and path not in kept:
            shutil.rmtree(path, ignore_errors=True)  # what stays only takes up room until then


def _sync(path: Path) -> None:
    """Flush a file, or a folder's list of names, to the disk; Windows keeps folders in order by itself."""
    if stat.S_ISDIR(path.stat().st_mode):
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
    except (OSError, ValueError):  # the message then says 未知
        return None


def _make_private(root: Path) -> None:
    """Make the index folder and close it to others; one that holds other things is only refused if others can write."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _OWN.issuperset(path.name for path in root.iterdir()):
        root.chmod(0o700)
    refuse_strangers(root)
