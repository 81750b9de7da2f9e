"""Whatever is done to a basket, in whatever order, it holds what a list in memory holds."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from search_app.collecting import Heading, Kept, Store, was
from tests.collecting.making import ME, snapshot


@dataclass(eq=False)
class Row:
    """An entry, which passage it is, its words, and the removal that took it."""

    entry: int
    number: int | None
    words: str
    removal: int | None = None


class Editing(RuleBasedStateMachine):
    """Edits a basket and a list side by side; what is removed waits in the list as a shadow, to come back."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._store = Store(Path(self._folder.name))
        with self._store.editing(ME) as desk:
            self._basket = desk.create("试")
        self._model: list[Row] = []

    def teardown(self) -> None:
        self._store.close()
        self._folder.cleanup()

    def _live(self) -> list[Row]:
        return [row for row in self._model if row.removal is None]

    def _pick(self, data: st.DataObject) -> Row:
        found: Row = data.draw(st.sampled_from(self._live()))
        return found

    @rule(number=st.integers(1, 6))
    def add(self, number: int) -> None:
        with self._store.editing(ME) as desk:
            added = desk.add(self._basket, [snapshot(number)])
        if any(row.number == number for row in self._live()):
            assert added.entries == ()
        else:
            self._model.append(Row(added.entries[0], number, ""))

    @rule(data=st.data(), text=st.sampled_from(["甲", "乙"]))
    def add_heading(self, data: st.DataObject, text: str) -> None:
        inside: bool = bool(self._live()) and data.draw(st.booleans())
        before = self._pick(data).entry if inside else None
        with self._store.editing(ME) as desk:
            entry = desk.add_heading(self._basket, text, before)
        at = len(self._model) if before is None else [row.entry for row in self._model].index(before)
        self._model.insert(at, Row(entry, None, text))

    @precondition(lambda self: self._live())
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        row = self._pick(data)
        before = data.draw(st.sampled_from([None, *self._live()]))
        with self._store.editing(ME) as desk:
            desk.move(self._basket, row.entry, None if before is None else before.entry)
        if before is not row:
            self._model.remove(row)
            self._model.insert(len(self._model) if before is None else self._model.index(before), row)

    @precondition(lambda self: self._live())
    @rule(data=st.data(), by=st.sampled_from([-1, 1]))
    def step(self, data: st.DataObject, by: int) -> None:
        row, live = self._pick(data), self._live()
        with self._store.editing(ME) as desk:
            desk.step(self._basket, row.entry, by)
        to = live.index(row) + by
        if 0 <= to < len(live):
            next_one = live[to] if by < 0 else (live[to + 1] if to + 1 < len(live) else None)
            self._model.remove(row)
            self._model.insert(len(self._model) if next_one is None else self._model.index(next_one), row)

    @precondition(lambda self: self._live())
    @rule(data=st.data(), text=st.sampled_from(["看", "学"]))
    def write(self, data: st.DataObject, text: str) -> None:
        row = self._pick(data)
        with self._store.editing(ME) as desk:
            desk.write(self._basket, row.entry, text, was(row.words))
        row.words = text

    @precondition(lambda self: self._live())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        row = self._pick(data)
        with self._store.editing(ME) as desk:
            row.removal = desk.remove(self._basket, [row.entry])

    @rule()
    def empty(self) -> None:
        with self._store.editing(ME) as desk:
            removal = desk.empty(self._basket)
        for row in self._live():
            row.removal = removal

    @precondition(lambda self: any(row.removal is not None for row in self._model))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        removal = data.draw(st.sampled_from([row.removal for row in self._model if row.removal is not None]))
        with self._store.editing(ME) as desk:
            desk.undo(removal)
        for row in [row for row in self._model if row.removal == removal]:
            newer = next((each for each in self._live() if each.number == row.number is not None), None)
            if newer is not None:
                row.words = "\n".join(dict.fromkeys(words for words in (row.words, newer.words) if words))
                self._model.remove(newer)
            row.removal = None

    @invariant()
    def the_basket_is_what_the_list_is(self) -> None:
        found = self._store.basket(ME, self._basket)
        assert found is not None
        held = [
            (each.id, each.snapshot.passage.number, each.note) if isinstance(each, Kept) else (each.id, None, each.text)
            for each in found.items
            if isinstance(each, Kept | Heading)
        ]
        assert held == [(row.entry, row.number, row.words) for row in self._live()]


def test_whatever_is_done_to_a_basket_it_holds_what_a_list_holds() -> None:
    run_state_machine_as_test(Editing, settings=settings(max_examples=25, stateful_step_count=30, deadline=None))
