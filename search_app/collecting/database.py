"""The database: one SQLite file in a folder of its own beside the index, which no indexing ever touches.

Every edit is one transaction, on the disk before it is acknowledged (WAL, synchronous=FULL). The surprise: a connection
whose file was replaced meanwhile (a backup put back) is not used again, or edits would be acknowledged into nowhere.
"""

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock

from search_app.collecting.limits import MAX_BYTES
from search_app.errors import BasketsUnusable

FILE = "baskets.sqlite"
#: Seconds that an edit waits for the edits of others.
PATIENCE = 10.0
#: Marks the file as ours.
APPLICATION = 0x53434A31
#: What leads from each version of the schema to the next; the first makes it.
MIGRATIONS = (
    """
    CREATE TABLE browsers (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, current INTEGER);
    CREATE TABLE baskets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        browser INTEGER NOT NULL REFERENCES browsers,
        name TEXT NOT NULL,
        share TEXT UNIQUE,
        changed_at REAL NOT NULL,
        removal INTEGER
    );
    CREATE INDEX baskets_of ON baskets (browser);
    CREATE TABLE snapshots (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, content TEXT NOT NULL);
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        basket INTEGER NOT NULL REFERENCES baskets ON DELETE CASCADE,
        place REAL NOT NULL,
        passage TEXT,
        code TEXT,
        snapshot INTEGER REFERENCES snapshots,
        words TEXT NOT NULL,
        collected_at REAL NOT NULL,
        removal INTEGER
    );
    CREATE INDEX entries_of ON entries (basket, place);
    CREATE INDEX entries_kept ON entries (snapshot);
    CREATE UNIQUE INDEX entries_once ON entries (basket, code) WHERE removal IS NULL AND code IS NOT NULL;
    CREATE TABLE removals (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        browser INTEGER NOT NULL REFERENCES browsers,
        basket INTEGER NOT NULL REFERENCES baskets ON DELETE CASCADE,
        at REAL NOT NULL
    );
    """,
)
VERSION = len(MIGRATIONS)

_READ_ONLY = ("素材夹存不下来：磁盘是只读的，或没有写入权限", "检索不受影响。请管理员检查素材夹所在文件夹的写入权限。")
_DAMAGED = (
    "素材夹的文件已损坏，暂时打不开",
    "检索不受影响，文件没有被改动。请管理员保留它，再从备份恢复，或把它移到别处、重新开始。",
)
_PROBLEMS = {
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_FULL: (
        "素材夹存不下了：磁盘已满，或全部素材夹已到上限",
        "已收的都还在，检索不受影响。请管理员腾出磁盘空间。",
    ),
    sqlite3.SQLITE_BUSY: ("素材夹正忙，这一次没有存上", "请过几秒再试。"),
    sqlite3.SQLITE_LOCKED: ("素材夹正忙，这一次没有存上", "请过几秒再试。"),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
_OTHER = ("素材夹暂时用不了：读写文件时出了错", "检索不受影响。请过一会儿再试；若反复出现，请告诉管理员。")


class Database:
    """Hands out connections to one file; each is used by one thread at a time."""

    def __init__(self, folder: Path, *, most_bytes: int = MAX_BYTES) -> None:
        self.path = folder / FILE
        self._most_bytes = most_bytes
        self._idle: list[tuple[object, sqlite3.Connection]] = []
        self._lock = Lock()
        weakref.finalize(self, _close, self._idle)

    def exists(self) -> bool:
        """Tell whether anything was ever collected. Raises BasketsUnusable where that cannot be told."""
        try:
            return self.path.exists()
        except OSError as error:
            raise BasketsUnusable(_OTHER[0], hint=_OTHER[1]) from error

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction, which is committed where the block ends well. Raises BasketsUnusable."""
        try:
            token, connection = self._take()
            try:
                connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                _check_version(connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise
            finally:
                self._give_back(token, connection)
        except sqlite3.Error as error:
            raise describe_error(error) from error
        except OSError as error:
            raise BasketsUnusable(_READ_ONLY[0], hint=_READ_ONLY[1]) from error

    def close(self) -> None:
        """Close what is open; the next use opens it anew."""
        with self._lock:
            _close(self._idle)

    def _take(self) -> tuple[object, sqlite3.Connection]:
        token = _token(self.path)
        with self._lock:
            while self._idle:
                known, connection = self._idle.pop()
                if known == token:
                    return known, connection
                connection.close()
        connection = self._open()
        return _token(self.path), connection

    def _give_back(self, token: object, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not connection.in_transaction:
                self._idle.append((token, connection))
                return
        connection.close()

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # read by nobody else, nor what SQLite lays beside it
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            with suppress(sqlite3.OperationalError):  # another process switches just now; elsewhere WAL cannot be had
                connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA trusted_schema=OFF")
            size = connection.execute("PRAGMA page_size").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={max(1, self._most_bytes // size)}")
            _migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to ours, step by step, or change nothing."""
    if _version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = _version(connection)  # another process may have been faster
        if found == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise BasketsUnusable("素材夹的文件不是本程序写的", hint="请管理员把它移到别处，或换一个素材夹的位置。")
        for number in range(found, VERSION):
            for statement in MIGRATIONS[number].split(";"):
                connection.execute(statement)
        if found < VERSION:
            connection.execute(f"PRAGMA application_id={APPLICATION}")
            connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_version(connection: sqlite3.Connection) -> None:
    if _version(connection) > VERSION:
        raise BasketsUnusable(
            "素材夹是由更新版本的程序写的，这个版本不敢动它", hint="请管理员升级本程序；检索不受影响。"
        )


def describe_error(error: sqlite3.Error) -> BasketsUnusable:
    """Return what SQLite says as we say it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    message, hint = _PROBLEMS.get(code, _OTHER)
    return BasketsUnusable(message, hint=hint)


def _token(path: Path) -> object:
    """Return what is another where the file at this path is another; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _close(idle: list[tuple[object, sqlite3.Connection]]) -> None:
    while idle:
        with closing(idle.pop()[1]):
            pass
