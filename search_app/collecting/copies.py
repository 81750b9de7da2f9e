"""Copies of the database: taken while it is in use, checked before they are believed, and put back in one transaction.

SQLite's own backup does both, so nobody who edits meanwhile is in the way, and whoever is killed in the middle leaves
either what was there or what was put back. The surprise: the file is never replaced by another one where there is one;
a server that has it open would tidy up the journal of the new one when it closes the old.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from search_app.collecting.database import APPLICATION, FILE, MIGRATIONS, VERSION, describe_error
from search_app.errors import BasketsUnusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a database holds, without what was removed."""

    baskets: int
    passages: int


def take_copy(folder: Path, copy: Path) -> Counted | None:
    """Write what is collected in a folder into a file of its own, as of one moment; None where nothing ever was.

    Raises BasketsUnusable.
    """
    path = folder / FILE
    try:
        if not path.exists():
            return None
        with closing(_opened(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # the copy is this one file, with nothing beside it
    except sqlite3.Error as error:
        raise describe_error(error) from error
    return check_copy(copy)


def check_copy(copy: Path) -> Counted:
    """Return what a copy holds. Raises BasketsUnusable unless it is a whole database of ours that we can read."""
    try:
        with closing(_opened(copy)) as connection:
            _refuse_strange(connection)
            baskets = "SELECT count(*) FROM baskets WHERE removal IS NULL"
            passages = (
                "SELECT count(*) FROM entries e JOIN baskets b ON b.id = e.basket"
                " WHERE e.removal IS NULL AND b.removal IS NULL AND e.snapshot NOT NULL"
            )
            return Counted(
                baskets=connection.execute(baskets).fetchone()[0], passages=connection.execute(passages).fetchone()[0]
            )
    except sqlite3.Error as error:
        raise describe_error(error) from error


def _refuse_strange(connection: sqlite3.Connection) -> None:
    """Raise BasketsUnusable for what is not whole, or has tables, views or triggers that we never made."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise BasketsUnusable("备份里的素材夹是更新版本的程序写的", hint="请先升级本程序，再恢复。")
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    if not ours or _schema(connection) != _schema_of(version):
        raise BasketsUnusable("备份里的素材夹不是本程序写的", hint="请换一份备份。")
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise BasketsUnusable("备份里的素材夹已损坏", hint="请换一份备份。")


def _schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    return set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


def _schema_of(version: int) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:")) as made:
        for migration in MIGRATIONS[:version]:
            made.executescript(migration)
        return _schema(made)


def put_back(copy: Path, folder: Path) -> None:
    """Let a folder hold what a checked copy holds, instead of what it held. Raises BasketsUnusable, OSError."""
    path = folder / FILE
    try:
        if path.exists():
            with closing(_opened(copy)) as source, closing(_opened(path)) as target:
                target.execute("PRAGMA synchronous=FULL")
                source.backup(target)
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = path.with_name(f".{FILE}.{os.getpid()}")
        try:
            shutil.copyfile(copy, made)
            made.chmod(0o600)
            with made.open("r+b") as file:
                os.fsync(file.fileno())
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
    except sqlite3.Error as error:
        raise describe_error(error) from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file that is there; none is made."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection
