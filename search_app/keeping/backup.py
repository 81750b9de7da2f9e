"""The backup: everything that cannot be made again, in one file; the service may go on meanwhile."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from search_app.collecting.copies import Counted, take_copy
from search_app.collecting.database import FILE as BASKETS
from search_app.errors import ConfigError
from search_app.keeping.archive import Archive, write_archive
from search_app.keeping.kept_files import KEPT, locate
from search_app.keeping.whole_file import replacing
from search_app.settings import Settings
from search_app.system_reasons import why_not_opened


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup holds; ``collected`` is None where nothing was ever collected."""

    archive: Archive
    collected: Counted | None


def back_up(settings: Settings, path: Path, *, now: datetime) -> BackedUp:
    """Write a backup, which nobody else can read. Raises BasketsUnusable, CannotWrite, ConfigError."""
    with tempfile.TemporaryDirectory(prefix="search-app-") as folder, replacing(path, private=True) as into:
        copy = Path(folder) / BASKETS
        collected = take_copy(settings.basket_folder(), copy)
        files = {BASKETS: copy} if collected is not None else {}
        for kept in KEPT:
            lies = locate(kept.name, settings)
            if kept.name != BASKETS and lies is not None and _is_there(lies, kept.label):
                files[kept.name] = lies
        return BackedUp(archive=write_archive(into, files, made_at=now), collected=collected)


def _is_there(path: Path, label: str) -> bool:
    """Tell whether a file is there and can be read; one that cannot be read must not be missing in silence."""
    try:
        with path.open("rb"):
            return True
    except FileNotFoundError:
        return False
    except OSError as error:
        hint = "没有备份。请检查访问权限，再备份一次。"
        raise ConfigError(f"{label} {path} 读不了：{why_not_opened(error)}", hint=hint) from error
