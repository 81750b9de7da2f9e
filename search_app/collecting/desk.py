"""The desk: every edit of one browser's baskets, each on what is in the database now, not on what a page once showed.

An edit names what it means (this entry before that one; this note instead of the one that was read), so edits from two
windows add up and none overwrites another.
"""

import secrets
import sqlite3
from collections.abc import Iterable

from search_app.collecting import limits
from search_app.collecting.basket import Added, Snapshot
from search_app.collecting.rows import Rows
from search_app.errors import BadBasket, BasketConflict, NoSuchBasket


class Desk:
    """Edits within one transaction: all that is done at it is kept, or nothing. ``now`` is in seconds."""

    def __init__(self, connection: sqlite3.Connection, browser: str, now: float) -> None:
        self._rows = Rows(connection, browser, now)
        self._ask = connection.execute
        self._key = self._rows.key

    # ---- baskets ----

    def create(self, name: str) -> int:
        """Make an empty basket, use it from now on, and return its number."""
        return self._rows.create(limits.check_name(name))

    def use(self, basket: int) -> None:
        """Collect into this basket from now on."""
        self._rows.own(basket)
        self._ask("UPDATE browsers SET current = ? WHERE key = ?", (basket, self._key))

    def rename(self, basket: int, name: str, was: str) -> None:
        """Give a basket another name. Raises BasketConflict where it was renamed since it was read."""
        name, current = limits.check_name(name), self._rows.own(basket)
        if _decide(name, current, was, "素材夹的名称"):
            self._ask("UPDATE baskets SET name = ? WHERE id = ?", (name, basket))
            self._rows.touch(basket)

    def share(self, basket: int) -> str:
        """Return the token under which anybody may read the basket, a new one where it has none."""
        self._rows.own(basket)
        self._ask("UPDATE baskets SET share = ? WHERE id = ? AND share IS NULL", (secrets.token_urlsafe(24), basket))
        return str(self._rows.one("SELECT share FROM baskets WHERE id = ?", basket))

    def withdraw(self, basket: int) -> None:
        """Let the token of a basket lead nowhere from now on."""
        self._rows.own(basket)
        self._ask("UPDATE baskets SET share = NULL WHERE id = ?", (basket,))

    def delete(self, basket: int) -> int:
        """Take a basket away as a whole and return the number under which that can be undone."""
        self._rows.own(basket)
        removal = self._rows.begin_removal(basket)
        self._ask("UPDATE baskets SET removal = ?, share = NULL WHERE id = ?", (removal, basket))
        self._ask("UPDATE browsers SET current = NULL WHERE key = ? AND current = ?", (self._key, basket))
        return removal

    def adopt(self, token: str, name: str) -> int:
        """Make a basket of one's own of a shared one, as it was collected, and return its number."""
        found = self._ask("SELECT id FROM baskets WHERE share = ? AND removal IS NULL", (token,)).fetchone()
        if found is None:
            raise NoSuchBasket("这个分享的素材夹不存在，或已停止分享", hint="请向分享的人要新的网址。")
        made = self.create(name)
        self._ask(
            "INSERT INTO entries (basket, place, passage, code, snapshot, words, collected_at)"
            " SELECT ?, place, passage, code, snapshot, words, collected_at FROM entries"
            " WHERE basket = ? AND removal IS NULL",
            (made, found[0]),
        )
        return made

    # ---- entries ----

    def add(self, basket: int | None, snapshots: Iterable[Snapshot]) -> Added:
        """Collect passages at the end of a basket, or of the one in use; what it holds already is told, not doubled."""
        into = self._rows.own_or_current(basket)
        new: list[int] = []
        already: list[int] = []
        for snapshot in snapshots:
            held = self._rows.find(into, snapshot.code)
            if held is not None:
                already.append(held)
                continue
            self._rows.refuse_more(into, "snapshot IS NOT NULL", limits.MAX_PASSAGES, "段")
            new.append(self._rows.put(into, snapshot.passage.id, snapshot.code, self._rows.keep(snapshot), ""))
        if new:
            self._rows.touch(into)
        return Added(basket=into, entries=tuple(new), already=tuple(already))

    def add_heading(self, basket: int | None, text: str, before: int | None = None) -> int:
        """Put a heading before an entry, or at the end, and return its number."""
        text, into = limits.check_heading(text), self._rows.own_or_current(basket)
        self._rows.refuse_more(into, "snapshot IS NULL", limits.MAX_HEADINGS, "个小标题")
        entry = self._rows.put(into, None, None, None, text)
        if before is not None:
            self._rows.set_before(into, entry, before)
        self._rows.touch(into)
        return entry

    def write(self, basket: int, entry: int, text: str, was: str) -> str:
        """Write a note, or a heading anew, and return the mark of what is kept now.

        Raises BasketConflict where it was changed since it was read.
        """
        self._rows.own(basket)
        words, is_note = self._rows.live(basket, entry)
        text = limits.check_note(text) if is_note else limits.check_heading(text)
        if _decide(text, words, was, "这条备注" if is_note else "这个小标题"):
            self._ask("UPDATE entries SET words = ? WHERE id = ?", (text, entry))
            self._rows.touch(basket)
            words = text
        return limits.was(words)

    def move(self, basket: int, entry: int, before: int | None) -> None:
        """Put an entry directly before another one, or at the end."""
        self._rows.own(basket)
        self._rows.live(basket, entry)
        if before != entry:
            self._rows.set_before(basket, entry, before)
            self._rows.touch(basket)

    def step(self, basket: int, entry: int, by: int) -> None:
        """Let an entry change places with the one before it (-1) or after it (+1), where there is one."""
        self._rows.own(basket)
        self._rows.live(basket, entry)
        live = [each for each, _, removal in self._rows.sequence(basket) if removal is None]
        at = live.index(entry)
        if by < 0 and at:
            self.move(basket, entry, live[at - 1])
        elif by > 0 and at + 1 < len(live):
            self.move(basket, entry, live[at + 2] if at + 2 < len(live) else None)

    def find_near(self, basket: int, entry: int) -> int | None:
        """Return the entry after this one, or before it where it is the last; None where it stands alone."""
        live = [each for each, _, removal in self._rows.sequence(basket) if removal is None]
        if entry not in live or len(live) == 1:
            return None
        at = live.index(entry)
        return live[at + 1] if at + 1 < len(live) else live[at - 1]

    def transfer(self, basket: int, entry: int, to: int, *, copy: bool) -> bool:
        """Put a passage at the end of another basket too, or instead; False where that one holds it already."""
        self._rows.own(basket)
        self._rows.own(to)
        self._rows.live(basket, entry)
        passage, code, snapshot, words = self._ask(
            "SELECT passage, code, snapshot, words FROM entries WHERE id = ?", (entry,)
        ).fetchone()
        if snapshot is None:
            raise BadBasket("小标题不能放到别的素材夹", hint="请在那边另写一个小标题。")
        if self._rows.find(to, code) is not None:
            return False
        self._rows.refuse_more(to, "snapshot IS NOT NULL", limits.MAX_PASSAGES, "段")
        if copy:
            self._rows.put(to, passage, code, snapshot, words)
        else:
            self._ask("UPDATE entries SET basket = ?, place = ? WHERE id = ?", (to, self._rows.end(to), entry))
            self._rows.touch(basket)
        self._rows.touch(to)
        return True

    def remove(self, basket: int, entries: Iterable[int]) -> int:
        """Take entries out and return the number under which that can be undone; what is out already is no error."""
        self._rows.own(basket)
        removal = self._rows.begin_removal(basket)
        for entry in entries:
            if self._rows.one("SELECT id FROM entries WHERE id = ? AND basket = ?", entry, basket) is None:
                raise NoSuchBasket("这一条不在这个素材夹里")
            self._ask(
                "UPDATE entries SET removal = ? WHERE id = ? AND basket = ? AND removal IS NULL",
                (removal, entry, basket),
            )
        self._rows.touch(basket)
        return removal

    def empty(self, basket: int) -> int:
        """Take everything out and return the number under which that can be undone."""
        self._rows.own(basket)
        removal = self._rows.begin_removal(basket)
        self._ask("UPDATE entries SET removal = ? WHERE basket = ? AND removal IS NULL", (removal, basket))
        self._rows.touch(basket)
        return removal

    def undo(self, removal: int) -> int:
        """Bring back what a removal took, where it stood, and return the number of its basket."""
        basket = self._rows.one(
            "SELECT r.basket FROM removals r JOIN browsers b ON b.id = r.browser WHERE r.id = ? AND b.key = ?",
            removal,
            self._key,
        )
        if basket is None:
            raise NoSuchBasket("这一次移出已不能撤销", hint="移出的内容保留七天；也可能已经撤销过了。")
        if self._rows.one("SELECT removal FROM baskets WHERE id = ?", basket) == removal:
            self._rows.refuse_more_baskets()
            self._ask("UPDATE baskets SET removal = NULL WHERE id = ?", (basket,))
        else:
            self._rows.own(int(basket))
        self._rows.settle_doubles(int(basket), removal)
        self._ask("UPDATE entries SET removal = NULL WHERE removal = ?", (removal,))
        for condition, most, what in (
            ("snapshot IS NOT NULL", limits.MAX_PASSAGES, "段"),
            ("snapshot IS NULL", limits.MAX_HEADINGS, "个小标题"),
        ):
            self._rows.refuse_more(int(basket), condition, most, what, room=0)
        self._ask("DELETE FROM removals WHERE id = ?", (removal,))
        self._rows.touch(int(basket))
        return int(basket)


def _decide(text: str, current: str, was: str, what: str) -> bool:
    """Tell whether a text is to be written; what the page has not changed is not. Raises BasketConflict."""
    if text == current or limits.was(text) == was:
        return False
    if limits.was(current) != was:
        raise BasketConflict(f"{what}在别处改过了，没有覆盖", current=current)
    return True
