"""ZIP bundles: a .zip of reports is a folder in one file, whose members are sources of their own.

In go the file and a member's name, out come names and bytes; nothing is ever unpacked to the disk, so a member's name
can lead nowhere. The surprise: Windows writes Chinese names in GBK and says nothing about it, so a name without the
UTF-8 mark is decoded again; and a size stands before the data, so a bomb is refused without lighting it.
"""

import re
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from search_app.errors import DamagedFile, NoText, ReadError, UnsupportedFile
from search_app.readers.limits import check_regular
from search_app.readers.zip_members import BROKEN, REPACK, UnknownMethod, unpack

BUNDLE_SUFFIX = ".zip"
MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 100 * 2**20  #: as much as a file of its own may hold
MAX_BUNDLE_BYTES = 2**30  #: all members together, unpacked
#: Text packs to a tenth; what packs to less than this, beyond a size that does no harm, is a bomb.
MAX_RATIO, HARMLESS_BYTES = 30, 64 * 2**20
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNPACK = "请解压后把里面的报告直接放进资料文件夹。"
_PASSWORD = "请用密码解压后，把里面的报告直接放进资料文件夹。"  # noqa: S105  no password, but advice about one


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """An open bundle; ``members`` are its files by cleaned name, ``shadowed`` names that stand in it more than once."""

    path: str
    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    shadowed: tuple[str, ...] = ()

    def read(self, name: str) -> bytes:
        """Unpack one member in memory. Raises DamagedFile (also: password) or UnsupportedFile (too large)."""
        path = f"{self.path}/{name}"
        info = self.members.get(name)
        if info is None:
            raise DamagedFile(path, "压缩包里已没有这个文件。", hint="请重新更新索引。")
        if info.flag_bits & _ENCRYPTED:
            raise DamagedFile(path, "压缩包里的这个文件有密码，读不了。", hint=_PASSWORD)
        if info.file_size > MAX_MEMBER_BYTES:
            raise UnsupportedFile(
                path, f"文件太大：解压后超过 {MAX_MEMBER_BYTES // 2**20} MB，没有读取。", hint=_UNPACK
            )
        try:
            return unpack(self.archive, info, MAX_MEMBER_BYTES + 1)  # never more than the size it states
        except UnknownMethod as error:
            what = f"压缩包里的这个文件用了少见的压缩方法（{error.name}），解不开，文件本身没有坏。"
            raise UnsupportedFile(path, what, hint=REPACK) from error
        except (*BROKEN, RuntimeError) as error:
            raise DamagedFile(
                path, "压缩包里的这个文件已损坏，解不开。", hint="请重新打包，或解压后放进来。"
            ) from error


#: Documents that are ZIP files, by a part at their root that no bundle of reports has.
_DOCUMENTS = (("[content_types].xml", "Office", ".docx、.xlsx 或 .pptx"), ("ofd.xml", "OFD", ".ofd"))


def is_bundle(path: str) -> bool:
    """Tell by its suffix whether a file is a bundle; a .docx is a ZIP too, but none."""
    return path.lower().endswith(BUNDLE_SUFFIX)


@contextmanager
def opened(file: Path, path: str) -> Iterator[Bundle]:
    """Open a bundle; ``path`` names it in errors. Raises OSError, and ReadError where it should not be opened."""
    check_regular(file, path)
    with file.open("rb") as data:
        if not file.stat().st_size:
            raise NoText(path, "空文件（0 字节）。", hint="可能没有复制完整，请重新复制原文件。")
        try:
            archive = zipfile.ZipFile(data)
        except BROKEN as error:
            raise DamagedFile(path, "压缩包不完整或已损坏，打不开。", hint="请重新下载或重新打包。") from error
        with archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _refuse(infos, path, file.stat().st_size)
            members: dict[str, zipfile.ZipInfo] = {}
            shadowed: dict[str, None] = {}
            for info in infos:
                name = member_name(info)
                if name in members:
                    shadowed[name] = None
                if name:
                    members[name] = info  # as when unpacking, the last of one name wins
            yield Bundle(path=path, archive=archive, members=members, shadowed=tuple(shadowed))


class _Kept:
    """The bundle of this process that was opened last, and the state of its file then."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.stack = ExitStack()
        self.bundle: Bundle | None = None
        self.seen: tuple[object, ...] = ()


_kept = _Kept()


@contextmanager
def kept_open(file: Path, path: str) -> Iterator[Bundle]:
    """Open a bundle unless it still is: one member after the other would else list all of them anew each time.

    Raises as ``opened`` does. It stays open until another is, or until ``close_kept``.
    """
    with _kept.lock:
        state = file.stat()
        seen = (file, path, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
        if _kept.bundle is None or seen != _kept.seen:
            close_kept()
            _kept.bundle = _kept.stack.enter_context(opened(file, path))
            _kept.seen = seen
        yield _kept.bundle


def close_kept() -> None:
    """Close the bundle that is kept open, so that its file may be moved or deleted on any system."""
    with _kept.lock:
        _kept.bundle = None
        _kept.stack.close()


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name in POSIX form, decoded as it was meant, without anything that leads out of the bundle."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeEncodeError):  # it fails where zipfile found a Unicode name elsewhere
            name = _decoded(name.encode("cp437"))  # what zipfile decodes a name without mark with
    parts = re.sub(r"[\x00-\x1f\x7f]", "", name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _refuse(infos: list[zipfile.ZipInfo], path: str, size: int) -> None:
    """Raise ReadError for a bundle that is none, that nobody can open, or that would fill memory or disk."""
    if len(infos) > MAX_MEMBERS:
        raise UnsupportedFile(path, f"压缩包里有 {len(infos)} 个文件，超过 {MAX_MEMBERS} 个，没有读取。", hint=_UNPACK)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_BUNDLE_BYTES or (unpacked > HARMLESS_BYTES and unpacked > size * MAX_RATIO):
        raise UnsupportedFile(
            path,
            f"压缩包解开后有 {unpacked / 2**20:.0f} MB，是原来的 {unpacked // max(size, 1)} 倍，不像报告，没有读取。",
            hint="请确认压缩包的来源；确有报告的，请解压后把报告放进资料文件夹。",
        )
    if infos and all(info.flag_bits & _ENCRYPTED for info in infos):
        raise DamagedFile(path, "压缩包有密码，打不开。", hint=_PASSWORD)
    parts = {info.filename.replace("\\", "/").lstrip("/").lower() for info in infos}
    for part, what, suffix in _DOCUMENTS:
        if part in parts:
            raise UnsupportedFile(
                path,
                f"这不是压缩包，是扩展名写成 .zip 的 {what} 文档。",
                hint=f"请把扩展名改回原来的（{suffix}）后再放回资料文件夹。",
            )


def nested(path: str) -> ReadError:
    """Build the error for a bundle inside a bundle."""
    return UnsupportedFile(path, "压缩包里的压缩包不读。", hint=_UNPACK)
