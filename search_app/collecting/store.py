"""The store: the door to all baskets. Reading never creates anything; editing happens at a desk, in one transaction."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from search_app.collecting.basket import Basket, Heading, Item, Kept, Label, Mark, Marks, Removal
from search_app.collecting.database import Database
from search_app.collecting.desk import Desk
from search_app.collecting.limits import KEPT_AFTER_REMOVAL, MAX_BYTES
from search_app.collecting.rows import digest_key, find_current
from search_app.collecting.snapshot_json import unpack
from search_app.errors import NoSuchBasket

#: What a removal took, as far as it can still be brought back: its baskets deleted later come back first.
_REMOVALS = """
    SELECT r.id, a.name, a.removal IS NOT NULL, r.at, count(e.snapshot), count(*) - count(e.snapshot), (
        SELECT s.content FROM entries f JOIN snapshots s ON s.id = f.snapshot
        WHERE f.basket = a.id AND f.removal IS e.removal ORDER BY f.place, f.id LIMIT 1
    )
    FROM removals r JOIN browsers b ON b.id = r.browser JOIN baskets a ON a.id = r.basket
    JOIN entries e ON e.basket = a.id AND e.removal IS CASE WHEN a.removal = r.id THEN NULL ELSE r.id END
    WHERE b.key = ? AND r.at >= ? AND ifnull(a.removal, r.id) = r.id
    GROUP BY r.id ORDER BY r.id DESC
"""


class Store:
    """The baskets of all browsers, each known by a key that nobody can guess. Everything may raise BasketsUnusable."""

    def __init__(self, folder: Path, *, most_bytes: int = MAX_BYTES) -> None:
        self.folder = folder
        self._database = Database(folder, most_bytes=most_bytes)

    @contextmanager
    def editing(self, browser: str) -> Iterator[Desk]:
        """Give the desk of a browser; when the block has ended, what was done at it is on the disk."""
        with self._database.transaction(write=True) as connection:
            yield Desk(connection, browser, time.time())

    def marks(self, browser: str) -> Marks | None:
        """Return what every page needs of the basket in use; None where there is none yet."""
        if not self._database.exists():
            return None
        with self._database.transaction(write=False) as connection:
            number = find_current(connection.execute, digest_key(browser))
            if number is None:
                return None
            name = connection.execute("SELECT name FROM baskets WHERE id = ?", (number,)).fetchone()[0]
            rows = connection.execute(
                "SELECT id, passage, code FROM entries WHERE basket = ? AND removal IS NULL AND snapshot NOT NULL"
                " ORDER BY place, id",
                (number,),
            ).fetchall()
        held = tuple(Mark(entry=entry, passage=passage, code=code) for entry, passage, code in rows)
        return Marks(
            number=number,
            name=name,
            held=held,
            by_code={mark.code: mark for mark in held},
            by_passage={mark.passage: mark for mark in held},
        )

    def labels(self, browser: str) -> tuple[Label, ...]:
        """Return the baskets of a browser, the oldest first."""
        if not self._database.exists():
            return ()
        key = digest_key(browser)
        with self._database.transaction(write=False) as connection:
            current = find_current(connection.execute, key)
            rows = connection.execute(
                "SELECT a.id, a.name, a.share IS NOT NULL, a.changed_at, (SELECT count(*) FROM entries e"
                " WHERE e.basket = a.id AND e.removal IS NULL AND e.snapshot NOT NULL)"
                " FROM baskets a JOIN browsers b ON b.id = a.browser"
                " WHERE b.key = ? AND a.removal IS NULL ORDER BY a.id",
                (key,),
            ).fetchall()
        return tuple(
            Label(
                number=number,
                name=name,
                passages=passages,
                current=number == current,
                shared=bool(shared),
                changed_at=_moment(changed),
            )
            for number, name, shared, changed, passages in rows
        )

    def removals(self, browser: str) -> tuple[Removal, ...]:
        """Return what a browser took out and can bring back, the latest first."""
        if not self._database.exists():
            return ()
        since = time.time() - KEPT_AFTER_REMOVAL.total_seconds()
        with self._database.transaction(write=False) as connection:
            rows = connection.execute(_REMOVALS, (digest_key(browser), since)).fetchall()
        return tuple(
            Removal(
                number=number,
                basket=name,
                whole=bool(whole),
                passages=passages,
                headings=headings,
                first=unpack(content) if content is not None else None,
                at=_moment(at),
            )
            for number, name, whole, at, passages, headings, content in rows
        )

    def basket(self, browser: str, number: int | None = None) -> Basket | None:
        """Return a basket of a browser, or the one in use, None where there is none yet. Raises NoSuchBasket."""
        if self._database.exists():
            key = digest_key(browser)
            with self._database.transaction(write=False) as connection:
                wanted = find_current(connection.execute, key) if number is None else number
                found = connection.execute(
                    "SELECT a.id, a.name, a.share, a.changed_at FROM baskets a JOIN browsers b ON b.id = a.browser"
                    " WHERE a.id = ? AND b.key = ? AND a.removal IS NULL",
                    (wanted, key),
                ).fetchone()
                if found is not None:
                    return _basket(connection, *found)
        if number is None:
            return None
        raise NoSuchBasket("没有这个素材夹，或它不是这个浏览器的")

    def shared(self, token: str) -> Basket:
        """Return the basket that is shared under a token. Raises NoSuchBasket."""
        if self._database.exists():
            with self._database.transaction(write=False) as connection:
                found = connection.execute(
                    "SELECT id, name, share, changed_at FROM baskets WHERE share = ? AND removal IS NULL", (token,)
                ).fetchone()
                if found is not None:
                    return _basket(connection, *found)
        raise NoSuchBasket("这个分享的素材夹不存在，或已停止分享", hint="请向分享的人要新的网址。")

    def close(self) -> None:
        """Release the file; the next use opens it anew."""
        self._database.close()


def _basket(connection: sqlite3.Connection, number: int, name: str, share: str | None, changed: float) -> Basket:
    rows = connection.execute(
        "SELECT e.id, e.words, e.collected_at, s.content FROM entries e LEFT JOIN snapshots s ON s.id = e.snapshot"
        " WHERE e.basket = ? AND e.removal IS NULL ORDER BY e.place, e.id",
        (number,),
    ).fetchall()
    return Basket(
        number=number,
        name=name,
        items=tuple(_item(*row) for row in rows),
        share=share,
        changed_at=_moment(changed),
    )


def _item(entry: int, words: str, collected_at: float, content: str | None) -> Item:
    if content is None:
        return Heading(id=entry, text=words)
    return Kept(id=entry, snapshot=unpack(content), note=words, collected_at=_moment(collected_at))


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
