"""Sources: one file to be read and its bytes, wherever they are; fingerprints; the original of a report.

Paths are relative to the corpus, in POSIX form. The surprise: a source may be a member of a bundle; its path goes on
inside (``包.zip/镇/报告.docx``), its file is the bundle.
"""

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import file_digest, sha256
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from search_app import __version__
from search_app.errors import PassingFault, ReadError
from search_app.indexing.zip_bundles import Bundle, is_bundle, kept_open, nested, opened
from search_app.readers.limits import check_regular
from search_app.system_reasons import why_not_opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something to know about one path."""

    path: str
    warning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to be read, with the file that corrects what is understood of it.

    Where ``file`` is a bundle, ``member`` and ``sidecar_member`` say which of its members are meant. ``checksum`` is
    the SHA-256 of its bytes once its fingerprint was taken.
    """

    path: str
    file: Path
    member: str | None = None
    sidecar: Path | None = None
    sidecar_member: str | None = None
    checksum: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Return the id of the report that this file holds."""
        return report_id(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a corpus folder holds, in order of path.

    ``failed`` are bundles that could not be opened, ``closed`` they and the folders that could not be looked into,
    ``bundles`` those that were opened, whatever they hold.
    """

    found: tuple[Source, ...]
    ignored: tuple[Warned, ...] = ()
    warnings: tuple[Warned, ...] = ()
    failed: tuple[ReadError, ...] = ()
    closed: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()

    def may_hold(self, path: str) -> bool:
        """Tell whether a path lies in a folder or bundle that could not be looked into."""
        return any(path.startswith(f"{folder}/") for folder in self.closed)


def report_id(path: str) -> str:
    """Return the id of the report at this path: 12 hex digits of its SHA-256, so it survives edits."""
    return sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def content(source: Source) -> bytes:
    """Return the bytes of a member of a bundle. Raises ReadError, OSError."""
    if source.member is None:
        return source.file.read_bytes()
    if is_bundle(source.member):
        raise nested(source.path)
    with kept_open(source.file, _outside(source)) as bundle:
        return bundle.read(source.member)


def sidecar_of(source: Source, *, most: int) -> bytes | None:
    """Return the bytes of the file that corrects a source, hardly more than ``most``. Raises ReadError, OSError."""
    if source.sidecar is None:
        return None
    if source.sidecar_member is None:
        with source.sidecar.open("rb") as data:
            return data.read(most + 1)
    with kept_open(source.sidecar, _outside(source)) as bundle:
        return bundle.read(source.sidecar_member)[: most + 1]


def fingerprints(found: Iterable[Source], own_places: str = "") -> Iterator[tuple[Source, str | ReadError]]:
    """Yield each source with its fingerprint, or with why it cannot be read; each bundle is opened once.

    The sources that are yielded know their checksums: the bytes are read for the fingerprint anyway.
    """
    reader = understanding(own_places).encode()
    for (file, _), group in groupby(found, key=lambda source: (source.file, source.member is None)):
        members = list(group)
        with ExitStack() as stack:
            bundle = None
            try:
                if members[0].member is not None:
                    bundle = stack.enter_context(opened(file, _outside(members[0])))
            except (ReadError, OSError) as error:
                yield from ((source, as_read_error(source, error)) for source in members)
                continue
            for source in members:
                try:
                    mark, checksum = _fingerprint(source, bundle, reader)
                    yield replace(source, checksum=checksum), mark
                except (ReadError, OSError) as error:
                    yield source, as_read_error(source, error)


def fingerprint(source: Source, own_places: str = "") -> str:
    """Return a SHA-256 over the file, its sidecar, and the program and tables that understand it. Raises ReadError."""
    ((_, mark),) = fingerprints((source,), own_places)
    if isinstance(mark, ReadError):
        raise mark
    return mark


def with_checksum(source: Source) -> Source:
    """Return a source that knows the SHA-256 of its bytes; the source as it is where they cannot be read."""
    ((stamped, _),) = fingerprints((source,))
    return stamped


def _fingerprint(source: Source, bundle: Bundle | None, reader: bytes) -> tuple[str, str]:
    """Return fingerprint and checksum of a source."""
    total = sha256(reader)
    digests = []
    for file, member in ((source.file, source.member), (source.sidecar, source.sidecar_member)):
        if file is None:
            continue
        if member is None or bundle is None:
            check_regular(file, source.path)
            with file.open("rb") as data:
                digests.append(file_digest(data, "sha256").digest())
        else:
            digests.append(sha256(bundle.read(member)).digest())
        total.update(digests[-1])
    return total.hexdigest(), digests[0].hex()


def as_read_error(source: Source, error: ReadError | OSError) -> ReadError:
    """Return an error as one of this source, named by its path in the corpus."""
    if isinstance(error, ReadError):
        return type(error)(source.path, error.reason, hint=error.hint)
    return not_opened(source.path, error)


def not_opened(path: str, error: OSError) -> ReadError:
    """Build the error for a file that the system does not hand out."""
    return PassingFault(
        path, f"文件打不开：{why_not_opened(error)}。", hint="请确认文件还在、没有被占用，并且有读取权限。"
    )


def _outside(source: Source) -> str:
    """Return the path of the bundle that a source is a member of."""
    return source.path.removesuffix(f"/{source.member}")


def understanding(own_places: str = "") -> str:
    """Return a name for this version of program, tables and own list of places: an edited table reads all anew."""
    return _program() + (sha256(own_places.encode("utf-8", "surrogatepass")).hexdigest() if own_places else "")


@cache
def _program() -> str:
    total = sha256(__version__.encode())
    for module in sorted(files("search_app.readers").iterdir(), key=lambda item: item.name):
        if module.name.endswith(".py"):  # a reader that reads more must read again what it read before
            total.update(module.read_bytes())
    for table in sorted(files("search_app.data").iterdir(), key=lambda item: item.name):
        if table.name.endswith((".toml", ".gz")) or table.name == "simplified.txt":
            total.update(table.read_bytes())
    return total.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The file that a report was read from, on the disk or in a bundle; ``name`` is what to save it as."""

    name: str
    file: Path
    member: str | None = None

    def content(self) -> Path | io.BytesIO:
        """Return the file itself, or the bytes of a member. Raises ReadError, OSError."""
        if self.member is None:
            return self.file
        with opened(self.file, self.file.name) as bundle:
            return io.BytesIO(bundle.read(self.member))


def find_original(corpus: Path, path: str) -> Original | None:
    """Return the file at a report's path if it is there and inside the corpus folder, links followed."""
    try:
        root = corpus.resolve(strict=True)
        whole = Path(os.path.normpath(root / path))
        outside = next((each for each in whole.parents if is_bundle(each.name) and each.is_file()), whole)
        file = outside.resolve(strict=True)
        if not file.is_relative_to(root) or not file.is_file():
            return None
        if outside == whole:
            return Original(name=file.name, file=file)
        member = whole.relative_to(outside).as_posix()
        with opened(file, outside.name) as bundle:
            return Original(name=whole.name, file=file, member=member) if member in bundle.members else None
    except (OSError, ValueError, RuntimeError, ReadError):
        return None  # it cannot be handed out, for whatever reason; what the index holds of it is shown all the same
