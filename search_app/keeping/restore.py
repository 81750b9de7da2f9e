"""The restore: what a backup holds is put back, all of it or nothing.

Everything is unpacked and checked first. Then small files are replaced, each in one step, and last the baskets, in one
transaction of SQLite: whatever fails before its end takes the small files back. What was there before is backed up
first, so that nothing is lost by putting the wrong file back. The surprise: where things lie is told by the settings
that are put back, not by those before them.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from search_app import settings as stated
from search_app.collecting.copies import Counted, check_copy, put_back
from search_app.collecting.database import FILE as BASKETS
from search_app.errors import BasketsUnusable, CannotWrite, ConfigError, SearchAppError
from search_app.keeping.archive import BadArchive, unpack_archive
from search_app.keeping.backup import back_up
from search_app.keeping.kept_files import LABELS, PLACES, SECRET, SECRET_BYTES, locate
from search_app.keeping.whole_file import replacing
from search_app.settings import SETTINGS_FILE, Settings
from search_app.system_reasons import why_not_opened

_LEFT_OUT = frozenset({SETTINGS_FILE, PLACES})


class InTheWay(SearchAppError):
    """Something is there already that a restore would replace."""

    exit_code = 2
    code = "in_the_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back: names of kept files -> where they lie now.

    ``saved`` is the backup of what was there before, None where nothing was; ``homeless`` are names that the settings
    name no place for.
    """

    made_at: datetime
    files: Mapping[str, Path]
    collected: Counted | None
    saved: Path | None
    homeless: tuple[str, ...]


def restore(
    path: Path, *, given: Mapping[str, Any], now: datetime, force: bool = False, only_baskets: bool = False
) -> Restored:
    """Put back what a backup holds; ``given`` are settings that go before those of the backup.

    What is there already is replaced only with ``force``. With ``only_baskets`` settings and places stay as they are.
    Raises BadArchive, InTheWay, BasketsUnusable, CannotWrite, ConfigError; after any of them all is as it was.
    """
    with tempfile.TemporaryDirectory(prefix="search-app-") as name:
        folder = Path(name)
        archive = unpack_archive(path, folder)
        names = [each for each in archive.files if not (only_baskets and each in _LEFT_OUT)]
        chosen = replace(_settings(folder, names), **given)
        collected = _check(folder, names)
        targets = {each: lies for each in names if (lies := locate(each, chosen)) is not None}
        in_the_way = [each for each, lies in targets.items() if _differs(each, folder / each, lies)]
        if in_the_way and not force:
            raise _refusal([targets[each] for each in in_the_way], in_the_way)
        saved = _save(chosen, now) if in_the_way else None
        _put_all_back(folder, targets, saved)
    return Restored(
        made_at=archive.made_at,
        files=targets,
        collected=collected,
        saved=saved,
        homeless=tuple(each for each in names if each not in targets),
    )


def _settings(folder: Path, names: list[str]) -> Settings:
    """Return the settings as they will be."""
    if SETTINGS_FILE not in names:
        return stated.load()
    try:
        return stated.load(folder=folder)
    except ConfigError as error:
        hint = f"{error.hint}什么都没有改动。只要素材夹的，加 --only-baskets。"
        raise BadArchive(f"备份里的设置用不了：{error.message}", hint=hint) from error


def _check(folder: Path, names: list[str]) -> Counted | None:
    """Return what the baskets of an unpacked backup hold. Raises BadArchive, BasketsUnusable."""
    if SECRET in names and (folder / SECRET).stat().st_size != SECRET_BYTES:
        raise BadArchive("备份里素材夹的密钥不是本程序写的")
    return check_copy(folder / BASKETS) if BASKETS in names else None


def _differs(name: str, held: Path, lies: Path) -> bool:
    """Tell whether something else lies where a file is to be put; baskets that are there always count as something."""
    try:
        return (name == BASKETS and lies.exists()) or lies.read_bytes() != held.read_bytes()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CannotWrite(f"{lies} 读不了：{why_not_opened(error)}", hint="什么都没有改动。请检查访问权限。") from error


def _refusal(paths: list[Path], names: list[str]) -> InTheWay:
    listed = "、".join(f"{LABELS[name]} {path}" for name, path in zip(names, paths, strict=True))
    hint = "要用备份换掉，请加 --force（原来的会先存成一份备份）。"
    only = "只恢复素材夹、不动设置，请加 --only-baskets。" if SETTINGS_FILE in names else ""
    return InTheWay(f"已经有了，没有改动：{listed}", hint=hint + only)


def _save(chosen: Settings, now: datetime) -> Path:
    """Back up what is there. Raises BasketsUnusable, CannotWrite."""
    path = Path(f"search-app-before-restore-{now.astimezone():%Y%m%d-%H%M%S}.zip")
    try:
        back_up(chosen, path, now=now)
    except BasketsUnusable as error:
        away = f"请停下服务，把文件夹 {chosen.basket_folder()} 移到别处（不要删除），再恢复一次。"
        raise BasketsUnusable(f"现有的素材夹读不了，没有换掉它：{error.message}", hint=away) from error
    return path


def _put_all_back(folder: Path, targets: Mapping[str, Path], saved: Path | None) -> None:
    """Put every file into its place, or leave all as they were."""
    before: dict[Path, bytes | None] = {}
    try:
        for name, lies in targets.items():
            if name == BASKETS:  # the last of all
                put_back(folder / name, lies.parent)
            else:
                lies.parent.mkdir(mode=0o700 if name == SECRET else 0o777, parents=True, exist_ok=True)
                before[lies] = lies.read_bytes() if lies.exists() else None
                _replace(lies, (folder / name).read_bytes(), private=name == SECRET)
    except BaseException as error:
        _take_back(before, saved)
        if isinstance(error, OSError):
            hint = "什么都没有改动。请检查磁盘空间和写入权限。"
            raise CannotWrite(f"恢复没有成功：{why_not_opened(error)}", hint=hint) from error
        raise


def _replace(path: Path, content: bytes, *, private: bool) -> None:
    with replacing(path, private=private) as into:
        into.write(content)


def _take_back(before: Mapping[Path, bytes | None], saved: Path | None) -> None:
    """Let files be what they were."""
    for path, content in before.items():
        try:
            if content is None:
                path.unlink(missing_ok=True)
            else:
                _replace(path, content, private=path.name == SECRET)
        except (OSError, CannotWrite) as error:
            hint = f"原来的内容在 {saved} 里。" if saved else "请删去它，再恢复一次。"
            raise CannotWrite(f"恢复没有成功，{path} 也没能改回原样", hint=hint) from error
