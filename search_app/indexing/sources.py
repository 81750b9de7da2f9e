"""The corpus folder: which files are sources, which are corrections of one, which are left alone and why.

Every file that is not hidden, a lock file of an office program or a correction (``NAME.meta.toml``) is a source,
whatever its type: a type that nothing reads is reported as such, not passed over. Paths are relative to the corpus, in
POSIX form.
"""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import file_digest, sha256
from importlib.resources import files
from pathlib import Path

from search_app import __version__
from search_app.errors import ConfigError

SIDECAR_SUFFIX = ".meta.toml"
_CORRECTABLE: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "year": (int,),
    "town": (str,),
    "county": (str,),
    "city": (str,),
    "province": (str,),
    "issued": (date, str),
    "kind": (str,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something to know about one path."""

    path: str
    warning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to be read, with the file that corrects what is understood of it."""

    path: str
    file: Path
    sidecar: Path | None = None

    @property
    def id(self) -> str:
        """Return the id of the report that this file holds."""
        return report_id(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a corpus folder holds, in order of path; ``closed`` are folders that could not be looked into."""

    found: tuple[Source, ...]
    ignored: tuple[Warned, ...] = ()
    warnings: tuple[Warned, ...] = ()
    closed: tuple[str, ...] = ()

    def may_hold(self, path: str) -> bool:
        """Tell whether a path lies in a folder that could not be looked into."""
        return any(path.startswith(f"{folder}/") for folder in self.closed)


def report_id(path: str) -> str:
    """Return the id of the report at this path: 12 hex digits of its SHA-256, so it survives edits."""
    return sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def survey(corpus: Path) -> Sources:
    """Walk the corpus folder. Raises ConfigError where there is none."""
    if not corpus.is_dir():
        raise ConfigError(
            f"找不到资料文件夹 {corpus}",
            hint="请用 --corpus 指明资料文件夹，或先建立它并把报告放进去。",
        )
    ignored: list[Warned] = []
    closed: list[str] = []
    others: dict[str, Path] = {}
    sidecars: dict[str, Path] = {}
    for path, file in _walk(corpus, ignored, closed):
        (sidecars if path.endswith(SIDECAR_SUFFIX) else others)[path] = file
    used: set[str] = set()
    found = []
    for path in sorted(others):
        name = next((name for name in _sidecar_names(path) if name in sidecars), None)
        if name:
            used.add(name)
        found.append(Source(path=path, file=others[path], sidecar=sidecars[name] if name else None))
    alone = [Warned(path=name, warning="没有与这个更正文件同名的报告。") for name in sorted(set(sidecars) - used)]
    shut = [Warned(path=name, warning="打不开这个文件夹，其中的报告仍保留上次读到的内容。") for name in sorted(closed)]
    return Sources(
        found=tuple(found),
        ignored=tuple(sorted(ignored, key=lambda item: item.path)),
        warnings=(*alone, *shut),
        closed=tuple(sorted(closed)),
    )


def fingerprint(source: Source) -> str:
    """Return a SHA-256 over the file, its sidecar, and the program and tables that understand it. Raises OSError."""
    total = sha256(understanding().encode())
    for file in (source.file, source.sidecar):
        if file is not None:
            with file.open("rb") as opened:
                total.update(file_digest(opened, "sha256").digest())
    return total.hexdigest()


@cache
def understanding() -> str:
    """Return a name for this version of the program and of the tables in ``data``: an edited table reads all anew."""
    total = sha256(__version__.encode())
    for table in sorted(files("search_app.data").iterdir(), key=lambda item: item.name):
        if table.name.endswith((".toml", ".gz")):
            total.update(table.read_bytes())
    return total.hexdigest()


def snapshot(corpus: Path) -> tuple[tuple[str, int, int], ...]:
    """Return path, time and size of every file of the corpus: cheap to take, different when something changed."""
    taken = []
    for source in survey(corpus).found:
        for file in (source.file, *((source.sidecar,) if source.sidecar else ())):
            try:
                seen = file.stat()
            except OSError:  # it vanished just now; the next look will tell
                continue
            taken.append((str(file), seen.st_mtime_ns, seen.st_size))
    return tuple(taken)


def source_at(file: Path, *, corpus: Path) -> Source:
    """Return one file as a source, named from the corpus folder where it lies inside, else as it was given."""
    whole = file.resolve()
    inside = whole.is_relative_to(corpus.resolve())
    path = whole.relative_to(corpus.resolve()).as_posix() if inside else file.as_posix()
    candidates = (file.with_name(name) for name in _sidecar_names(file.name))
    sidecar = next((candidate for candidate in candidates if candidate.is_file()), None)
    return Source(path=path, file=file, sidecar=sidecar)


def corrections(sidecar: Path) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return what a sidecar corrects and warnings on what in it cannot be used; a bad file corrects nothing."""
    try:
        held = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, (f"更正文件 {sidecar.name} 读不出来，未采用：{error}",)
    usable: dict[str, object] = {}
    warnings = []
    for key, value in held.items():
        kinds = _CORRECTABLE.get(key)
        if kinds is None:
            warnings.append(f"更正文件 {sidecar.name} 里有不认识的项 {key}，可用的是：{'、'.join(_CORRECTABLE)}。")
        elif isinstance(value, bool) or not isinstance(value, kinds) or (key == "issued" and not _is_date(value)):
            warnings.append(f"更正文件 {sidecar.name} 里 {key} 的值不对，未采用：{value}")
        else:
            usable[key] = value
    return usable, tuple(warnings)


def _is_date(value: object) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _sidecar_names(path: str) -> tuple[str, ...]:
    folder, _, name = path.rpartition("/")
    stem = name.rsplit(".", 1)[0] if "." in name else name
    prefix = f"{folder}/" if folder else ""
    return tuple(dict.fromkeys((f"{prefix}{name}{SIDECAR_SUFFIX}", f"{prefix}{stem}{SIDECAR_SUFFIX}")))


def _walk(corpus: Path, ignored: list[Warned], closed: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield path and file of everything to be looked at; say into ``ignored`` and ``closed`` what is not."""
    root = corpus.resolve()

    def shut(error: OSError) -> None:
        folder = Path(error.filename).relative_to(corpus).as_posix()
        if folder == ".":
            raise ConfigError(
                f"打不开资料文件夹 {corpus}：{error.strerror}", hint="请检查这个文件夹的读取权限。"
            ) from error
        closed.append(folder)

    for folder, folders, names in os.walk(corpus, onerror=shut):
        here = Path(folder)
        for name in list(folders):
            if reason := _why_ignored(here / name, root, is_folder=True):
                folders.remove(name)
                ignored.append(Warned(path=(here / name).relative_to(corpus).as_posix(), warning=reason))
        for name in names:
            path = (here / name).relative_to(corpus).as_posix()
            if reason := _why_ignored(here / name, root, is_folder=False):
                ignored.append(Warned(path=path, warning=reason))
            else:
                yield path, here / name


def _why_ignored(path: Path, root: Path, *, is_folder: bool) -> str | None:
    if path.name.startswith(("~$", ".~")):
        return "Word 或 WPS 打开文件时的临时文件"
    if path.name.startswith("."):
        return "隐藏文件"
    if path.is_symlink():
        if is_folder:
            return "指向别处的文件夹链接，没有跟随"
        if not path.resolve().is_relative_to(root):
            return "指向资料文件夹之外的链接，没有跟随"
    if not is_folder and not path.is_symlink() and path.exists() and not path.is_file():
        return "不是普通文件"
    return None
