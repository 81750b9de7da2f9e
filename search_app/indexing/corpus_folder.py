"""The corpus folder: which files are sources, which are corrections of one, which are left alone and why.

Every file that is not hidden, a lock file of an office program or a correction (``NAME.meta.toml``) is a source,
whatever its type: a type that nothing reads is reported as such, not passed over. The surprise: a .zip counts as a
folder, its members are sources.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeAlias

from search_app.errors import ConfigError, DamagedFile, ReadError
from search_app.indexing.sources import Source, Sources, Warned, not_opened
from search_app.indexing.zip_bundles import Bundle, is_bundle, opened
from search_app.settings import Settings
from search_app.system_reasons import why_not_opened

#: The second is what Notepad makes of the first, and Windows hides.
SIDECAR_SUFFIXES = (".meta.toml", ".meta.toml.txt")


#: Of every file its path, its two times and its size.
Snapshot: TypeAlias = tuple[tuple[str, int, int, int], ...]


def survey(corpus: Path, *, index: Path | None = None) -> Sources:
    """Walk the corpus folder and look into its bundles; ``index`` is a folder whose files are no sources.

    Raises ConfigError where there is no corpus folder, or where it is the index folder itself.
    """
    _refuse_unusable(corpus, index)
    looked = _Looked()
    looked.take(_walk(corpus, looked.ignored, looked.shut, index=index))
    return looked.sources()


def snapshot(corpus: Path, *, index: Path | None = None, also: Iterable[Path] = ()) -> Snapshot:
    """Return path, times and size of every file of the corpus: cheap to take, different when something changed.

    The second time is when the file was last written in any way, which no copying tool can set back (on Windows when it
    was made). ``also`` are files elsewhere that count.
    """
    _refuse_unusable(corpus, index)
    taken = []
    for file in (*also, *(file for _, file in _walk(corpus, [], [], index=index))):
        try:
            seen = file.stat()
        except (OSError, ValueError):  # it vanished just now, or cannot be reached: the run that follows will say so
            continue
        taken.append((str(file), seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size))
    return tuple(sorted(taken))


def source_at(file: Path, *, corpus: Path) -> Source:
    """Return one file as a source, named from the corpus folder where it lies inside, else as it was given."""
    candidates = (file.with_name(name) for name in _sidecar_names(file.name))
    sidecar = next((candidate for candidate in candidates if _may_be_there(candidate)), None)
    return Source(path=_named(file, corpus), file=file, sidecar=sidecar)


def _may_be_there(file: Path) -> bool:
    """Tell whether there is a file, or might be: what cannot be looked at is told of when it is read, not left out."""
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG  # the name of the report itself may be nearly too long


def sources_at(file: Path, *, corpus: Path) -> Sources:
    """Return one file as a source, or all in a folder or bundle; a path may also lead to one member of a bundle."""
    if os.path.isdir(file):  # noqa: PTH112 - Path.is_dir may raise; what cannot be looked at fails when it is read
        looked = _Looked()
        looked.take((_named(inner, corpus), inner) for _, inner in _walk(file, looked.ignored, looked.shut, index=None))
        return looked.sources()
    outside = next((each for each in (file, *file.parents) if is_bundle(each.name) and _may_be_there(each)), None)
    if outside is None:
        return Sources(found=(source_at(file, corpus=corpus),))
    looked = _Looked()
    looked.take([(_named(outside, corpus), outside)])
    held = looked.sources()
    if outside == file:
        return held
    inner = file.relative_to(outside).as_posix()
    found = tuple(source for source in held.found if source.member == inner)
    missing = () if found or held.failed else (DamagedFile(file.as_posix(), "压缩包里没有这个文件。", hint=""),)
    return Sources(found=found, failed=(*held.failed, *missing))


def _named(file: Path, corpus: Path) -> str:
    whole, root = _resolved(file), corpus.resolve()
    return whole.relative_to(root).as_posix() if whole and whole.is_relative_to(root) else file.as_posix()


def _resolved(path: Path) -> Path | None:
    """Return where a path leads; None where links lead round in a circle."""
    try:
        return path.resolve(strict=True)
    except FileNotFoundError:  # it leads nowhere, but not in a circle
        return path.resolve()
    except (OSError, RuntimeError):  # RuntimeError up to Python 3.12
        return None


def _refuse_unusable(corpus: Path, index: Path | None) -> None:
    try:
        there = stat.S_ISDIR(corpus.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        there = False
    except OSError as error:  # a share that does not answer is no folder that is missing
        raise _cannot_open(corpus, error) from error
    if not there:
        raise ConfigError(
            f"找不到资料文件夹 {corpus}",
            hint="请用 --corpus 指明资料文件夹，或先建立它并把报告放进去。",
        )
    if index is not None and _resolved(index) == corpus.resolve():
        raise ConfigError(f"资料文件夹和索引文件夹是同一个：{corpus}", hint="请用 --index 另外指定一个文件夹放索引。")


def _cannot_open(corpus: Path, error: OSError) -> ConfigError:
    return ConfigError(f"打不开资料文件夹 {corpus}：{why_not_opened(error)}", hint="请检查这个文件夹的读取权限。")


class _At(NamedTuple):
    """Where the bytes of a file are: on the disk, or in a member of a bundle on the disk."""

    file: Path
    member: str | None = None


class _Looked:
    """Gathers what a walk finds."""

    def __init__(self) -> None:
        self.ignored: list[Warned] = []
        self.shut: list[str] = []
        self._failed: list[ReadError] = []
        self._warnings: list[Warned] = []
        self._bundles: list[str] = []
        self._others: dict[str, _At] = {}
        self._sidecars: dict[str, _At] = {}

    def take(self, walked: Iterable[tuple[str, Path]]) -> None:
        """Sort files into sources, corrections and bundles, and look into the latter."""
        for path, file in walked:
            if not is_bundle(path):
                self._add(path, _At(file))
                continue
            try:
                with opened(file, path) as bundle:
                    self._look_into(bundle, file)
            except ReadError as error:
                self._failed.append(error)
            except OSError as error:
                self._failed.append(not_opened(path, error))

    def _look_into(self, bundle: Bundle, file: Path) -> None:
        self._bundles.append(bundle.path)
        for name in bundle.members:
            reason = next((said for part in name.split("/") if (said := _why_name_ignored(part))), None)
            if reason:
                self.ignored.append(Warned(path=f"{bundle.path}/{name}", warning=reason))
            else:
                self._add(f"{bundle.path}/{name}", _At(file, name))
        for name in bundle.shadowed:
            self._warnings.append(
                Warned(path=f"{bundle.path}/{name}", warning="压缩包里有几个同名文件，只读最后一个。")
            )
        if not bundle.members:
            self._warnings.append(Warned(path=bundle.path, warning="压缩包里没有文件。"))

    def _add(self, path: str, at: _At) -> None:
        (self._sidecars if path.lower().endswith(SIDECAR_SUFFIXES) else self._others)[path] = at

    def sources(self) -> Sources:
        """Return what was found, each file with its corrections."""
        found = []
        unused = dict(self._sidecars)
        for path, at in sorted(self._others.items()):
            name = next((name for name in _sidecar_names(path) if name in self._sidecars), "")
            beside = self._sidecars.get(name, _At(at.file))
            unused.pop(name, None)
            found.append(
                Source(
                    path=path,
                    file=at.file,
                    member=at.member,
                    sidecar=beside.file if name else None,
                    sidecar_member=beside.member,
                )
            )
        shut = sorted(self.shut)
        return Sources(
            found=tuple(found),
            ignored=tuple(sorted(self.ignored, key=attrgetter("path"))),
            warnings=(
                *(Warned(path=name, warning="没有与这个更正文件同名的报告。") for name in sorted(unused)),
                *(Warned(path=name, warning="打不开这个文件夹，没有读其中的文件。") for name in shut),
                *self._warnings,
            ),
            failed=tuple(self._failed),
            closed=(*shut, *(error.path for error in self._failed)),
            bundles=tuple(self._bundles),
        )


def _sidecar_names(path: str) -> tuple[str, ...]:
    folder, _, name = path.rpartition("/")
    stem = name.rsplit(".", 1)[0] if "." in name else name
    prefix = f"{folder}/" if folder else ""
    return tuple(dict.fromkeys(f"{prefix}{base}{suffix}" for suffix in SIDECAR_SUFFIXES for base in (name, stem)))


def _walk(corpus: Path, ignored: list[Warned], closed: list[str], *, index: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield path and file of everything to be looked at; say into ``ignored`` and ``closed`` what is not."""
    root = corpus.resolve()
    apart = _apart(index)

    def shut(error: OSError) -> None:
        folder = Path(error.filename).relative_to(corpus).as_posix()
        if folder == ".":
            raise _cannot_open(corpus, error) from error
        closed.append(folder)

    for folder, folders, names in os.walk(corpus, onerror=shut):
        here = Path(folder)
        for name in list(folders):
            reason = _why_ignored(here / name, root, _mode(here / name), is_folder=True)
            if reason is None and name in apart and _resolved(here / name) == _resolved(apart[name][0]):
                reason = apart[name][1]
            if reason:
                folders.remove(name)
                ignored.append(Warned(path=(here / name).relative_to(corpus).as_posix(), warning=reason))
        for name in names:
            path = (here / name).relative_to(corpus).as_posix()
            mode = _mode(here / name)
            if mode is None or stat.S_ISDIR(mode):
                closed.append(path)  # it may be a folder that could not be looked at: reports below it are not gone
            if reason := _why_ignored(here / name, root, mode, is_folder=False):
                ignored.append(Warned(path=path, warning=reason))
            else:
                yield path, here / name


def _apart(index: Path | None) -> dict[str, tuple[Path, str]]:
    """Return the folders of ours that may lie in the corpus, by name, each with the reason why it holds no sources."""
    resolved = _resolved(index) if index is not None else None
    if index is None or resolved is None:
        return {}
    baskets = Settings(index=index).basket_folder()
    return {
        resolved.name: (resolved, "索引文件夹，里面不是报告"),
        baskets.name: (baskets, "收着素材夹的文件夹，里面不是报告"),
    }


def _mode(path: Path) -> int | None:
    """Return what kind of file this is: 0 where it is gone, None where the system does not say."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, ValueError):
        return 0
    except OSError:
        return None


def _why_ignored(path: Path, root: Path, mode: int | None, *, is_folder: bool) -> str | None:
    """Return why a walk passes something over; what is gone or cannot be looked at is told by whoever reads it."""
    if reason := _why_name_ignored(path.name):
        return reason
    if mode and stat.S_ISLNK(mode):
        if is_folder:
            return "指向别处的文件夹链接，没有跟随"
        target = _resolved(path)
        if target is None:
            return "指向自己的链接，没有跟随"
        if not target.is_relative_to(root):
            return "指向资料文件夹之外的链接，没有跟随"
    elif mode and not is_folder and not stat.S_ISREG(mode):
        return "不是普通文件"
    return None


def _why_name_ignored(name: str) -> str | None:
    if name.startswith(("~$", ".~")):
        return "Word 或 WPS 打开文件时的临时文件"
    if name.startswith("."):
        return "隐藏文件"
    if name == "__MACOSX" or name.lower() in ("thumbs.db", "desktop.ini"):
        return "系统自己放的文件"
    return None
