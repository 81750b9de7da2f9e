"""Rows: what every edit is made of, within one transaction: whose a basket is, where an entry stands, what is too much.

Entries that were removed keep their places until they are forgotten: an edit may still name one as its neighbour, and
what is brought back stands where it stood.
"""

import sqlite3
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from search_app.collecting import limits
from search_app.collecting.basket import UNNAMED, Snapshot
from search_app.collecting.snapshot_json import pack
from search_app.errors import BadBasket, NoSuchBasket

_GONE = "这一条已不在素材夹里"


def digest_key(browser: str) -> bytes:
    """Return what is kept of a browser's key: whoever reads the file cannot pass for the browser."""
    return sha256(browser.encode()).digest()


class Rows:
    """The rows of one browser's baskets; ``now`` is in seconds."""

    def __init__(self, connection: sqlite3.Connection, browser: str, now: float) -> None:
        self.ask = connection.execute
        self.now = now
        self.key = digest_key(browser)

    def one(self, query: str, *values: object) -> Any:
        """Return the first value of the first row that a query finds, None where it finds none."""
        found = self.ask(query, values).fetchone()
        return None if found is None else found[0]

    def own(self, basket: int) -> str:
        """Return the name of a basket of this browser. Raises NoSuchBasket."""
        name = self.one(
            "SELECT a.name FROM baskets a JOIN browsers b ON b.id = a.browser"
            " WHERE a.id = ? AND b.key = ? AND a.removal IS NULL",
            basket,
            self.key,
        )
        if name is None:
            raise NoSuchBasket("没有这个素材夹，或它不是这个浏览器的")
        return str(name)

    def own_or_current(self, basket: int | None) -> int:
        """Return the number of a basket of this browser: this one, else the one in use, else a new one."""
        if basket is not None:
            self.own(basket)
            return basket
        current = find_current(self.ask, self.key)
        return self.create(UNNAMED) if current is None else current

    def create(self, name: str) -> int:
        """Make an empty basket, use it from now on, and return its number."""
        self.refuse_more_baskets()
        self.ask("INSERT OR IGNORE INTO browsers (key) VALUES (?)", (self.key,))
        self.ask(
            "INSERT INTO baskets (browser, name, changed_at) SELECT id, ?, ? FROM browsers WHERE key = ?",
            (name, self.now, self.key),
        )
        made = self.one("SELECT last_insert_rowid()")
        self.ask("UPDATE browsers SET current = ? WHERE key = ?", (made, self.key))
        return int(made)

    def refuse_more_baskets(self) -> None:
        """Raise BadBasket where the browser has as many baskets as it may."""
        count = self.one(
            "SELECT count(*) FROM baskets a JOIN browsers b ON b.id = a.browser WHERE b.key = ? AND a.removal IS NULL",
            self.key,
        )
        if int(count) >= limits.MAX_BASKETS:
            raise BadBasket(f"最多可以有 {limits.MAX_BASKETS} 个素材夹", hint="请先删去不用的。")

    def refuse_more(self, basket: int, condition: str, most: int, what: str, *, room: int = 1) -> None:
        """Raise BadBasket where a basket has no room for more entries of a kind."""
        count = self.one(
            f"SELECT count(*) FROM entries WHERE basket = ? AND removal IS NULL AND {condition}",  # noqa: S608 - ours
            basket,
        )
        if int(count) + room > most:
            raise BadBasket(
                f"一个素材夹最多收 {most} {what}，已经满了", hint="请先移出一些，或另建一个素材夹；已收的都还在。"
            )

    def live(self, basket: int, entry: int) -> tuple[str, bool]:
        """Return the words of an entry, and whether they are a note. Raises NoSuchBasket where it is not in."""
        found = self.ask(
            "SELECT words, snapshot IS NOT NULL FROM entries WHERE id = ? AND basket = ? AND removal IS NULL",
            (entry, basket),
        ).fetchone()
        if found is None:
            raise NoSuchBasket(_GONE)
        return str(found[0]), bool(found[1])

    def find(self, basket: int, code: str) -> int | None:
        """Return the entry of a basket that holds the passage of a citation code."""
        held = self.one("SELECT id FROM entries WHERE basket = ? AND code = ? AND removal IS NULL", basket, code)
        return None if held is None else int(held)

    def keep(self, snapshot: Snapshot) -> int:
        """Write a snapshot down, once, and return its number."""
        content = pack(snapshot)
        digest = sha256(content.encode()).digest()
        self.ask("INSERT OR IGNORE INTO snapshots (digest, content) VALUES (?, ?)", (digest, content))
        return int(self.one("SELECT id FROM snapshots WHERE digest = ?", digest))

    def put(self, basket: int, passage: str | None, code: str | None, snapshot: int | None, words: str) -> int:
        """Put a new entry at the end of a basket and return its number."""
        self.ask(
            "INSERT INTO entries (basket, place, passage, code, snapshot, words, collected_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (basket, self.end(basket), passage, code, snapshot, words, self.now),
        )
        return int(self.one("SELECT last_insert_rowid()"))

    def end(self, basket: int) -> float:
        """Return a place behind all entries of a basket."""
        return float(self.one("SELECT ifnull(max(place), 0) + 1 FROM entries WHERE basket = ?", basket))

    def sequence(self, basket: int) -> list[tuple[int, float, int | None]]:
        """Return number, place and removal of the entries in their order, removed ones included."""
        return self.ask(
            "SELECT id, place, removal FROM entries WHERE basket = ? ORDER BY place, id", (basket,)
        ).fetchall()

    def set_before(self, basket: int, entry: int, before: int | None) -> None:
        """Put an entry directly before another, which may have been taken out meanwhile, or at the end."""
        if before is None:
            self.ask("UPDATE entries SET place = ? WHERE id = ?", (self.end(basket), entry))
            return
        others = [(each, place) for each, place, _ in self.sequence(basket) if each != entry]
        at = next((at for at, (each, _) in enumerate(others) if each == before), None)
        if at is None:
            raise NoSuchBasket("要移到的位置已不在素材夹里")
        high = others[at][1]
        low = others[at - 1][1] if at else high - 2
        middle = (low + high) / 2
        if low < middle < high:
            self.ask("UPDATE entries SET place = ? WHERE id = ?", (middle, entry))
            return
        order = [each for each, _ in others]  # halved too often: whole numbers again
        order.insert(at, entry)
        for place, each in enumerate(order):
            self.ask("UPDATE entries SET place = ? WHERE id = ?", (float(place), each))

    def touch(self, basket: int) -> None:
        """Note that a basket was changed now."""
        self.ask("UPDATE baskets SET changed_at = ? WHERE id = ?", (self.now, basket))

    def begin_removal(self, basket: int) -> int:
        """Return a number under which what is removed next can be brought back."""
        self.forget_old()
        self.ask(
            "INSERT INTO removals (browser, basket, at) SELECT id, ?, ? FROM browsers WHERE key = ?",
            (basket, self.now, self.key),
        )
        return int(self.one("SELECT last_insert_rowid()"))

    def settle_doubles(self, basket: int, removal: int) -> None:
        """Where what comes back was collected anew meanwhile, keep one of the two, with the notes of both."""
        doubles = self.ask(
            "SELECT old.id, old.words, new.id, new.words FROM entries old JOIN entries new"
            " ON new.basket = old.basket AND new.code = old.code AND new.removal IS NULL"
            " WHERE old.basket = ? AND old.removal = ?",
            (basket, removal),
        ).fetchall()
        for old, words, new, newer in doubles:
            both = "\n".join(dict.fromkeys(filter(None, (words, newer))))
            self.ask("DELETE FROM entries WHERE id = ?", (new,))
            self.ask("UPDATE entries SET words = ? WHERE id = ?", (both, old))

    def forget_old(self) -> None:
        """Forget what was removed longer ago than it can be brought back."""
        old = self.ask(
            "SELECT id FROM removals WHERE at < ?", (self.now - limits.KEPT_AFTER_REMOVAL.total_seconds(),)
        ).fetchall()
        for removal in old:
            self.ask("DELETE FROM entries WHERE removal = ?", removal)
            self.ask("DELETE FROM baskets WHERE removal = ?", removal)
            self.ask("DELETE FROM removals WHERE id = ?", removal)
        if old:
            self.ask("DELETE FROM snapshots WHERE id NOT IN (SELECT snapshot FROM entries WHERE snapshot NOT NULL)")


def find_current(ask: Callable[..., sqlite3.Cursor], key: bytes) -> int | None:
    """Return the basket that a browser collects into: the one it chose, else the one it changed last."""
    found = ask(
        "SELECT a.id FROM baskets a JOIN browsers b ON b.id = a.browser WHERE b.key = ? AND a.removal IS NULL"
        " ORDER BY a.id = ifnull(b.current, 0) DESC, a.changed_at DESC, a.id DESC LIMIT 1",
        (key,),
    ).fetchone()
    return None if found is None else int(found[0])
