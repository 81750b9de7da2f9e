"""The opened index: which generation answers, and what happens when it turns out to be damaged.

The newest sound generation answers. One that is damaged when it is opened, when an answer touches it or when the
background check comes by is set aside, the next older one that is sound to the last byte answers, and the status says
so; where none is left, IndexDamaged is raised. Damage is remembered by the manifest's hash, so no new one is blamed.
One that another version of the program built is passed over in the same way: a server that still runs while its
successor builds the index anew goes on answering until it is started again.
"""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from search_app import prepared_tables
from search_app.engines.base import IndexNewer, Status
from search_app.engines.whoosh.index.background_check import BackgroundCheck
from search_app.engines.whoosh.index.current import Entry, Named, find_named, read_current, read_manifest
from search_app.engines.whoosh.index.manifest import Manifest
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.index.soundness import is_large, problems
from search_app.engines.whoosh.index.versions import versions
from search_app.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexProblem, SearchAppError

#: A reader that lost the race against this many switches in a row gives up.
_TRIES = 5
_OLDER = "索引是用旧版程序或旧词典建的，与现在的不一致"
_NEWER = "索引是用更新版本的程序建的，这个版本读不了，请重新启动升级后的程序"


class Use(NamedTuple):
    """A generation in use."""

    snapshot: Snapshot
    status: Status
    entry: Entry
    manifest: Manifest


class OpenedIndex:
    """The generation of an index folder that answers; shared by all threads."""

    def __init__(self, root: Path) -> None:
        self.opened: Use | None = None
        self._root = root
        self._lock = threading.Lock()
        self._key = b""
        self._aside: dict[str, str] = {}
        self._check: BackgroundCheck | None = None

    def use(self) -> Use:
        """Return the newest usable generation, opened; searches that hold an older one finish on it."""
        for attempt in range(_TRIES):
            key = read_current(self._root)
            with self._lock:
                if self.opened is None or self._key != key:
                    try:
                        opened = self._open(key)
                    except IndexDamaged:
                        # A writer may have switched and tidied up meanwhile: look again before believing it.
                        if attempt + 1 < _TRIES and read_current(self._root) != key:
                            continue
                        raise
                    self._stop_check()
                    self.opened, self._key = opened, key
                    self._start_check(opened)
                return self.opened
        raise IndexDamaged("索引切换过于频繁，暂时读不到")

    def set_aside(self, asked: Use | None) -> bool:
        """Look whether the generation that failed a question is damaged; True = ask again, another one answers now.

        ``asked`` is what was opened before the question, None where the question opened it.
        """
        found = self.opened
        if asked is not None and found is not asked:
            return True  # somebody else was faster
        if found is None:
            return False
        try:
            found.snapshot.check()
        except IndexDamaged as problem:
            self.put_aside(found, problem.message)
            return True
        return False

    def put_aside(self, use: Use, message: str) -> None:
        """Have a generation answer no more, because it is damaged as the message says."""
        with self._lock:
            self._aside[use.entry.manifest] = message
            if self.opened is use:
                self.opened = None

    def named(self, *, rebuild: bool) -> Named:
        """Return the generations that a writer builds upon; a rebuild does without, should none be sound."""
        try:
            return find_named(self._root, read_current(self._root))
        except IndexMissing:
            return Named()
        except IndexDamaged as problem:
            if rebuild:
                return Named(trouble=problem.message)
            raise

    def checked(self, entry: Entry) -> tuple[Entry, Manifest]:
        """Return a generation's manifest, its files checked but for the blocks of large segments."""
        if entry.manifest in self._aside:
            raise IndexDamaged(self._aside[entry.manifest])
        manifest = read_manifest(entry)
        wrong = next(problems(entry.folder, manifest, every_byte=False), None)
        if wrong:
            raise IndexDamaged(wrong)
        refuse_outdated(manifest)
        return entry, manifest

    def close(self) -> None:
        """Release the files."""
        self._stop_check()
        self.opened = None

    def _open(self, key: bytes) -> Use:
        named = find_named(self._root, key)
        prepared_tables.use(self._root)  # no sooner: now the folder is known to be ours
        trouble: IndexDamaged | IndexOutdated | None = None
        for position, entry in enumerate(named.entries):
            try:
                manifest, snapshot = self._usable(entry)
                if isinstance(trouble, IndexDamaged):
                    snapshot.check()  # an older generation may share the damaged segment
            except (IndexDamaged, IndexOutdated) as problem:
                trouble = trouble or problem
                continue
            older = tuple(each.folder.name for each in named.entries[position + 1 :])
            told = _problem(named.trouble, trouble, entry.folder.name)
            status = Status(current=manifest.generation, older=older, ancestors=manifest.ancestors, problem=told)
            return Use(snapshot, status, entry, manifest)
        raise trouble or IndexDamaged("索引的入口文件 CURRENT 已损坏")

    def _usable(self, entry: Entry) -> tuple[Manifest, Snapshot]:
        try:
            manifest = self.checked(entry)[1]
            return manifest, Snapshot(entry.folder, manifest)
        except FileNotFoundError as error:
            raise IndexDamaged(f"索引代 {entry.folder.name} 不完整") from error
        except (SearchAppError, OSError, MemoryError):
            raise  # too many open files, no memory: it may pass, and says nothing about the index
        except Exception as error:
            raise IndexDamaged(f"索引代 {entry.folder.name} 打不开") from error

    def _start_check(self, use: Use) -> None:
        if any(is_large(name, size) for name, (size, _) in use.manifest.files.items()):
            self._check = BackgroundCheck(use.snapshot.segments, lambda: self.set_aside(use))

    def _stop_check(self) -> None:
        if self._check is not None:
            self._check.stop()
            self._check = None


def _problem(lost: str | None, trouble: IndexDamaged | IndexOutdated | None, name: str) -> str | None:
    """Say what is wrong with an index that answers all the same."""
    if trouble:
        return f"{trouble.message}，已使用上一代索引 {name}"
    if lost:
        return f"{lost}，已按清单找回并使用 {name}，请运行：search-app index"
    return None


def refuse_outdated(manifest: Manifest) -> None:
    """Raise IndexOutdated for a generation that was built by another program or with another dictionary."""
    held, ours = manifest.generation.versions, versions()
    if held != ours:
        newer = _number(held) > _number(ours)
        raise IndexNewer(_NEWER) if newer else IndexOutdated(_OLDER)


def _number(stated: Mapping[str, str]) -> int:
    """Return the version of a schema as a number, 0 where it is none."""
    schema = stated.get("schema", "")
    return int(schema) if schema.isdecimal() else 0


def is_sound(entry: Entry) -> bool:
    """Tell whether every byte of a generation is what was written."""
    try:
        return not any(problems(entry.folder, read_manifest(entry), every_byte=True))
    except IndexProblem:
        return False
