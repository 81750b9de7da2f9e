"""A disk that fails at its n-th call: each call of a small update in turn, in every way; what is left is judged.

``python -m tests.engines.whoosh.faulty_disk`` tries all of them and prints what became of each; the suite tries some.
A fault is an error of the system, a write that is cut short in silence, or the death of the process, after which what
was not synced is lost. In each case the run ends in an error of ours or is complete, and afterwards the old generation
answers exactly as before, or the new one exactly as meant; ``verify`` finds nothing, and the next update completes.
"""

import builtins
import errno
import gc
import io
import mmap
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index import soundness
from search_app.errors import SearchAppError
from search_app.query import Phrase, Search, Words
from tests.engines.building import filed
from tests.engines.contract import put

KEPT, CHANGED, GONE = filed("留.txt", "调解28起。"), filed("改.txt", "旧的：聘请法律顾问。"), filed("去.txt", "普法。")
CHANGED_TO, NEW = filed("改.txt", "新的：行政执法公示。", "又一段。"), filed("新.txt", "信访36件。")
QUESTIONS = (
    Search(),
    Search(query=Words(text="调解")),
    Search(query=Phrase(text="法律顾问")),
    Search(query=Phrase(text="行政执法")),
    Search(query=Words(text="信访")),
)
#: What a call can fail with; ``cut`` = half of a write is lost in silence, ``die`` = the process ends there.
ERRORS = ("EIO", "ENOSPC", "EMFILE")
WAYS = (*ERRORS, "cut", "die")
#: The calls that are made to fail, where they live.
_CALLS: tuple[tuple[Any, str], ...] = (
    *((os, name) for name in ("open", "stat", "lstat", "fstat", "listdir", "scandir", "mkdir", "chmod", "fsync")),
    *((os, name) for name in ("link", "replace", "rename", "unlink", "rmdir", "pread", "sendfile", "dup")),
    (io, "open"),
    (mmap, "mmap"),
)


class Death(BaseException):
    """The process ends here: whatever would be tidied up is not."""


class Fault(NamedTuple):
    """The number of the call that fails, and how."""

    number: int
    way: str


@dataclass
class Disk:
    """Counts the calls that concern a folder and lets one of them fail; knows what was written and not synced."""

    root: Path
    fault: Fault | None = None
    calls: list[str] = field(default_factory=list)
    dead: bool = False
    loose: set[str] = field(default_factory=set)
    replaced: dict[str, bytes] = field(default_factory=dict)

    def meets(self, name: str, *args: object) -> str | None:
        """Count a call; raise where it is to fail; return ``cut`` where it is to be cut short."""
        if self.dead:
            raise Death
        if not any(self._is_inside(each) for each in args):
            return None
        self.calls.append(name)
        if self.fault is None or len(self.calls) - 1 != self.fault.number:
            return None
        if self.fault.way == "die":
            self.dead = True
            raise Death
        if self.fault.way == "cut":
            return "cut" if name == "write" else None
        number = getattr(errno, self.fault.way)
        raise OSError(number, os.strerror(number), str(args[0]))

    def _is_inside(self, what: object) -> bool:
        return self.path_of(what).startswith(str(self.root))

    def path_of(self, what: object) -> str:
        """Return the path that an argument of a call means: a path, or a number of an open file."""
        if isinstance(what, int) and not isinstance(what, bool):
            try:
                return _readlink(f"/proc/self/fd/{what}")
            except OSError:
                return ""
        return os.fspath(what) if isinstance(what, str | os.PathLike) else ""

    def lose_what_is_loose(self) -> None:
        """Lose what a power failure would: half of a file not synced, a replacement whose folder was not synced."""
        for path, content in self.replaced.items():
            Path(path).write_bytes(content)
        for path in self.loose:
            if Path(path).is_file():
                os.truncate(path, Path(path).stat().st_size // 2)


_readlink = os.readlink


class _Written:
    """A file opened for writing whose writes are calls of the disk."""

    def __init__(self, file: Any, disk: Disk, path: str) -> None:
        self._file, self._disk, self._path = file, disk, path

    def write(self, data: Any) -> int:
        cut = self._disk.meets("write", self._path) if len(data) else None
        self._disk.loose.add(self._path)
        self._file.write(data[: len(data) // 2] if cut else data)
        return len(data)

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def failing(disk: Disk) -> Iterator[None]:
    """Let the calls that concern the disk's folder be counted, and fail as it says."""
    with pytest.MonkeyPatch.context() as patched:
        for module, name in _CALLS:
            patched.setattr(module, name, _watched(disk, name, getattr(module, name)))
        patched.setattr(builtins, "open", io.open)
        yield


def _watched(disk: Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **how: Any) -> Any:
        disk.meets(name, *args[:2], *how.values())
        if name == "replace" and Path(args[1]).is_relative_to(disk.root) and not disk.dead:
            disk.replaced[str(args[1])] = _read(args[1])
        made = None if name == "fsync" else real(*args, **how)  # what was synced is known, and waiting proves nothing
        path = disk.path_of(args[0]) if args else ""
        if name == "fsync":
            disk.loose.discard(path)
            disk.replaced = {target: held for target, held in disk.replaced.items() if str(Path(target).parent) != path}
        if name == "sendfile":
            disk.loose.add(path)
        if name in ("replace", "rename") and path in disk.loose:
            disk.loose.discard(path)
            disk.loose.add(disk.path_of(args[1]))
        if name == "open" and real is _open and disk.path_of(args[0]).startswith(str(disk.root)):
            mode = args[1] if len(args) > 1 else how.get("mode", "r")
            return _Written(made, disk, path) if set(mode) & set("wax") else made
        return made

    return call


_open = io.open


def _read(path: str | Path) -> bytes:
    """Return the bytes of a file, past all that watches the disk."""
    with _open(path, "rb") as file:
        return bytes(file.read())


def answers(engine: WhooshEngine) -> object:
    """Return all that the small index can be asked, but for names of generations."""
    found = [(each.total, each.reports, each.matches) for each in map(engine.search, QUESTIONS)]
    return found, engine.reports(), sorted(engine.fingerprints().items())


def build(index: Path) -> None:
    """Build the index of three reports that is to be updated."""
    put(WhooshEngine(index), KEPT, CHANGED, GONE)


def change(index: Path) -> None:
    """Update it: one report changed, one new, one removed."""
    engine = WhooshEngine(index)
    with engine.writing() as writer:
        writer.put(*CHANGED_TO)
        writer.put(*NEW)
        writer.remove(GONE[0].id)
    engine.close()


@dataclass(frozen=True)
class Trial:
    """The index before, and what it answers before and after the update."""

    template: Path
    before: object
    after: object
    calls: tuple[str, ...]


def prepare(folder: Path) -> Trial:
    """Build the index, and count the calls of an update that nothing happens to."""
    template, done = folder / "template", folder / "done"
    build(template)
    shutil.copytree(template, done)
    disk = Disk(done)
    before = answers(WhooshEngine(template))
    with failing(disk):
        change(done)
    return Trial(template, before, answers(WhooshEngine(done)), tuple(disk.calls))


def try_one(trial: Trial, folder: Path, fault: Fault) -> str:
    """Let an update meet a fault and judge what is left; return what became of it. Raises AssertionError."""
    index = folder / "index"
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(trial.template, index)
    disk, ended = Disk(index, fault), "completed"
    with failing(disk):
        try:
            change(index)
        except SearchAppError:
            ended = "refused"
        except Death:
            ended = "died"
    if disk.dead:
        ended = "died"
        gc.collect()  # the lock of a process that died is free
        disk.lose_what_is_loose()
    what = f"{trial.calls[fault.number] if fault.number < len(trial.calls) else '?'} {fault}"
    engine = WhooshEngine(index)
    found = answers(engine)
    state = "new" if found == trial.after else "old" if found == trial.before else "neither"
    assert state != "neither", f"{what}: {ended}, and neither answers"
    told = {"completed": "new", "refused": "old"}.get(ended, state)
    assert state == told, f"{what}: {ended}, and the {state} one answers"
    assert (engine.verify(), engine.status().problem) == ((), None), f"{what}: {ended}, {engine.verify()}"
    engine.close()
    with failing(Disk(index)):  # only to wait for no disk
        change(index)
    engine = WhooshEngine(index)
    assert answers(engine) == trial.after, f"{what}: the next run does not complete"
    assert engine.verify() == (), f"{what}: the next run leaves {engine.verify()}"
    engine.close()
    return f"{ended}, {state} answers"


def faults(trial: Trial) -> list[Fault]:
    """Return every fault that an update can meet."""
    return [
        Fault(number, way) for number, name in enumerate(trial.calls) for way in WAYS if way != "cut" or name == "write"
    ]


def main() -> int:
    """Try every fault, with segments copied and with segments linked; print the figures."""
    failed = 0
    for kind, small in (("copied", soundness.SMALL), ("linked", 0)):
        soundness.SMALL = small
        with tempfile.TemporaryDirectory() as folder:
            trial = prepare(Path(folder))
            outcomes: Counter[tuple[str, str]] = Counter()
            for fault in faults(trial):
                try:
                    outcome = try_one(trial, Path(folder), fault)
                except (AssertionError, SearchAppError) as error:
                    outcome = "WRONG"
                    failed += 1
                    print("WRONG", fault, trial.calls[fault.number], error)
                outcomes[fault.way, outcome] += 1
            called = ", ".join(f"{name} {count}" for name, count in Counter(trial.calls).most_common())
            print(f"segments {kind}: {len(trial.calls)} calls ({called}), {sum(outcomes.values())} faults")
            for (way, outcome), count in sorted(outcomes.items()):
                print(f"  {way:7} {outcome:28} {count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
