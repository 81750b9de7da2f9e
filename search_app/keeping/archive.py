"""The archive: the .zip that a backup is, and how much of one is believed.

In: kept files. Out: a .zip with ``backup.json``, which names each with its size and SHA-256. Of a .zip that is to be
put back only members of our own names are looked at, and they are written under our own names into a folder of our own,
so no path in it leads anywhere. A member that is larger than it says, or another than the list says, is damage.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from search_app import __version__
from search_app.errors import CannotWrite, SearchAppError
from search_app.keeping.kept_files import KEPT
from search_app.system_reasons import why_not_opened

LIST = "backup.json"
#: Raised where older programs would misread an archive.
_FORMAT = 1
_MOST_LIST = 1 << 20
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BLOCK = 1 << 20


class BadArchive(SearchAppError):
    """A file that is no backup of ours, or is not whole; nothing was put back."""

    code = "bad_archive"
    default_hint = "什么都没有改动。请换一份备份，或重新复制后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a backup says of itself: when it was made, and size and SHA-256 of each file in it."""

    made_at: datetime
    files: Mapping[str, tuple[int, str]]


def write_archive(into: BinaryIO, files: Mapping[str, Path], *, made_at: datetime) -> Archive:
    """Write files, by their names in the archive, into a .zip."""
    held: dict[str, tuple[int, str]] = {}
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files.items():
            digest, size = sha256(), 0
            with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as member:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
                    member.write(block)
            held[name] = size, digest.hexdigest()
        told = {
            "format": _FORMAT,
            "program": __version__,
            "made_at": made_at.isoformat(timespec="seconds"),
            "files": [{"name": name, "size": size, "sha256": digest} for name, (size, digest) in held.items()],
        }
        archive.writestr(LIST, json.dumps(told, ensure_ascii=False, indent=1))
    return Archive(made_at=made_at, files=held)


def unpack_archive(path: Path, folder: Path) -> Archive:
    """Write what a backup holds into a folder, every byte checked. Raises BadArchive, CannotWrite."""
    try:
        opened = zipfile.ZipFile(path)
    except OSError as error:
        raise BadArchive(f"备份文件 {path} 打不开：{why_not_opened(error)}", hint="请检查文件名和访问权限。") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadArchive(f"{path} 不是备份文件，或已损坏") from error
    with opened:
        try:
            told = _read_list(opened)
            _refuse_others(opened, told)
            for name, (size, digest) in told.files.items():
                _unpack(opened, name, folder / name, size, digest)
        except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, RuntimeError) as error:
            raise BadArchive(f"备份文件 {path} 已损坏，或不是本程序写的") from error
        except OSError as error:
            hint = "什么都没有改动。请检查磁盘和临时文件夹的空间。"
            raise CannotWrite(f"备份解不开：{why_not_opened(error)}", hint=hint) from error
    return told


def _read_list(archive: zipfile.ZipFile) -> Archive:
    """Return what an archive says of itself. Raises KeyError, TypeError, ValueError where that is not ours."""
    if archive.getinfo(LIST).file_size > _MOST_LIST:
        raise ValueError("a list that nobody of us wrote")
    with archive.open(LIST) as member:
        fields: dict[str, Any] = json.loads(member.read(_MOST_LIST))
    if fields["format"] != _FORMAT:
        raise BadArchive("备份是更新版本的程序写的", hint="请先升级本程序，再恢复。什么都没有改动。")
    most = {each.name: each.most for each in KEPT}
    files = {str(each["name"]): (int(each["size"]), str(each["sha256"])) for each in fields["files"]}
    if any(not 0 <= size <= most[name] for name, (size, _) in files.items()):  # KeyError: a name that is not ours
        raise ValueError("a size that nothing of ours has")
    ordered = {each.name: files[each.name] for each in KEPT if each.name in files}
    return Archive(made_at=datetime.fromisoformat(fields["made_at"]), files=ordered)


def _refuse_others(archive: zipfile.ZipFile, told: Archive) -> None:
    """Raise ValueError where an archive holds other members than those it names, or one of them twice."""
    if sorted(archive.namelist()) != sorted((*told.files, LIST)):
        raise ValueError("members that are not on the list")
    if any(info.compress_type not in _PACKED for info in archive.infolist()):
        raise ValueError("packed as nothing of ours is")


def _unpack(archive: zipfile.ZipFile, name: str, path: Path, size: int, digest: str) -> None:
    found, left = sha256(), size
    with archive.open(name) as member, path.open("xb") as file:
        while block := member.read(min(_BLOCK, left + 1)):
            left -= len(block)
            if left < 0:
                break
            found.update(block)
            file.write(block)
    if left or found.hexdigest() != digest:
        raise ValueError(f"{name} is not what was written")
