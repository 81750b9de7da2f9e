"""The store: what is collected stays, whoever asks sees only what is theirs, and edits from two windows add up."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from search_app.collecting import Desk, Kept, Store, was
from search_app.collecting.limits import MAX_BASKETS, MAX_HEADINGS, MAX_NOTE, MAX_PASSAGES
from search_app.errors import BadBasket, BasketConflict, NoSuchBasket, SearchAppError
from tests.collecting.making import ME, OTHER, rich, snapshot, words


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "baskets")


def filled(store: Store, *numbers: int) -> tuple[int, list[int]]:
    """Collect some passages and return the basket and its entries."""
    with store.editing(ME) as desk:
        added = desk.add(None, [snapshot(number) for number in numbers])
    return added.basket, list(added.entries)


def now(store: Store, basket: int | None = None) -> list[str]:
    return words(store.basket(ME, basket))


def note(store: Store, entry: int) -> str:
    found = store.basket(ME)
    assert found is not None
    return next(each.note for each in found.kept if each.id == entry)


def test_reading_makes_no_file(store: Store) -> None:
    seen = store.marks(ME), store.labels(ME), store.basket(ME)

    assert seen == (None, (), None)
    assert not store.folder.exists()


def test_what_is_collected_is_there_after_a_restart_with_every_field(store: Store, tmp_path: Path) -> None:
    with store.editing(ME) as desk:
        desk.add(None, [rich()])
    store.close()

    found = Store(tmp_path / "baskets").basket(ME)
    assert found is not None
    kept = found.kept[0].snapshot
    assert (kept.passage, kept.source, kept.code) == (rich().passage, rich().source, rich().code)
    assert (kept.report.issued, kept.report.path, kept.report.outline) == (rich().report.issued, rich().report.path, ())


def test_the_same_passage_twice_is_told_and_not_doubled(store: Store) -> None:
    basket, entries = filled(store, 1, 2)

    with store.editing(ME) as desk:
        again = desk.add(basket, [snapshot(2), snapshot(3)])
    assert (again.already, len(again.entries)) == ((entries[1],), 1)
    assert now(store) == ["走访农户1次。", "走访农户2次。", "走访农户3次。"]


def test_entries_are_moved_before_one_another_and_one_step_at_a_time(store: Store) -> None:
    basket, (one, two, three) = filled(store, 1, 2, 3)
    with store.editing(ME) as desk:
        desk.move(basket, three, one)
        desk.step(basket, one, 1)
        desk.step(basket, three, -1)
        desk.add_heading(basket, "先做的", before=two)

    assert now(store) == ["走访农户3次。", "# 先做的", "走访农户2次。", "走访农户1次。"]


def test_an_entry_can_be_moved_to_and_fro_a_thousand_times(store: Store) -> None:
    basket, (one, two, three) = filled(store, 1, 2, 3)
    with store.editing(ME) as desk:
        for _ in range(500):
            desk.move(basket, three, two)
            desk.move(basket, two, three)

    assert now(store) == ["走访农户1次。", "走访农户2次。", "走访农户3次。"]
    assert one


def test_what_is_removed_comes_back_where_it_stood(store: Store) -> None:
    basket, (one, two, three) = filled(store, 1, 2, 3)
    with store.editing(ME) as desk:
        removal = desk.remove(basket, [two])
        desk.move(basket, three, one)
        desk.undo(removal)

    assert now(store) == ["走访农户3次。", "走访农户1次。", "走访农户2次。"]


def test_what_was_collected_anew_meanwhile_is_not_doubled_by_an_undo_and_keeps_both_notes(store: Store) -> None:
    basket, (one, _) = filled(store, 1, 2)
    with store.editing(ME) as desk:
        desk.write(basket, one, "旧的备注", was(""))
        removal = desk.remove(basket, [one])
        new = desk.add(basket, [snapshot(1)]).entries[0]
        desk.write(basket, new, "新的备注", was(""))
        desk.undo(removal)

    assert now(store) == ["走访农户1次。", "走访农户2次。"]
    assert note(store, one) == "旧的备注\n新的备注"


def test_an_emptied_basket_and_a_deleted_one_come_back_whole(store: Store) -> None:
    basket, _ = filled(store, 1, 2)
    with store.editing(ME) as desk:
        emptied = desk.empty(basket)
    assert now(store) == []
    with store.editing(ME) as desk:
        desk.undo(emptied)
        deleted = desk.delete(basket)
    assert store.labels(ME) == ()

    with store.editing(ME) as desk:
        desk.undo(deleted)
    assert now(store) == ["走访农户1次。", "走访农户2次。"]


def test_what_can_be_brought_back_is_listed_the_latest_first_until_it_is(store: Store) -> None:
    basket, (one, two, _) = filled(store, 1, 2, 3)
    with store.editing(ME) as desk:
        heading = desk.add_heading(basket, "矛盾化解", None)
        first, second = desk.remove(basket, [one]), desk.remove(basket, [two, heading])
    with store.editing(ME) as desk:
        deleted = desk.delete(basket)
    (whole,) = store.removals(ME)
    with store.editing(ME) as desk:
        desk.undo(deleted)
    listed = store.removals(ME)
    with store.editing(ME) as desk:
        desk.undo(second)

    assert (whole.number, whole.whole, whole.passages) == (deleted, True, 1)
    assert [(each.number, each.passages, each.headings) for each in listed] == [(second, 1, 1), (first, 1, 0)]
    assert listed[1].first is not None
    assert listed[1].first.passage.text == "走访农户1次。"
    assert [each.number for each in store.removals(ME)] == [first]
    assert store.removals(OTHER) == ()


def test_what_was_removed_is_forgotten_after_a_week_and_not_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    basket, (one, two, three) = filled(store, 1, 2, 3)
    day = 24 * 3600.0
    clock = iter([1e9, 1e9 + 6 * day, 1e9 + 8 * day, 1e9 + 8 * day])
    monkeypatch.setattr("search_app.collecting.store.time.time", lambda: next(clock))
    with store.editing(ME) as desk:
        first = desk.remove(basket, [one])
    with store.editing(ME) as desk:
        second = desk.remove(basket, [two])
    with store.editing(ME) as desk:
        desk.remove(basket, [three])

    with store.editing(ME) as desk:
        desk.undo(second)
        with pytest.raises(NoSuchBasket, match="不能撤销"):
            desk.undo(first)
    assert now(store) == ["走访农户2次。"]


def test_a_note_that_was_changed_elsewhere_is_not_overwritten_and_both_texts_are_told(store: Store) -> None:
    basket, (one,) = filled(store, 1)
    with store.editing(ME) as desk:
        desk.write(basket, one, "第一个窗口写的", was(""))

    with pytest.raises(BasketConflict) as conflict, store.editing(ME) as desk:
        desk.write(basket, one, "第二个窗口写的", was(""))
    assert conflict.value.current == note(store, one) == "第一个窗口写的"


def test_a_note_that_its_page_did_not_change_is_no_edit(store: Store) -> None:
    basket, (one,) = filled(store, 1)
    with store.editing(ME) as desk:
        desk.write(basket, one, "写好的", was(""))
        desk.write(basket, one, "", was(""))

    assert note(store, one) == "写好的"


def test_a_name_that_was_changed_elsewhere_is_not_overwritten(store: Store) -> None:
    basket, _ = filled(store, 1)
    with store.editing(ME) as desk:
        desk.rename(basket, "调解素材", was("未命名"))

    with pytest.raises(BasketConflict, match="名称在别处改过"), store.editing(ME) as desk:
        desk.rename(basket, "执法素材", was("未命名"))


def test_an_edit_that_fails_changes_nothing_of_what_came_before_it_in_the_same_turn(store: Store) -> None:
    basket, (one,) = filled(store, 1)

    def write_and_move() -> None:
        with store.editing(ME) as desk:
            desk.write(basket, one, "写了一半", was(""))
            desk.move(basket, 999, None)

    with pytest.raises(NoSuchBasket):
        write_and_move()
    assert note(store, one) == ""


def test_another_browser_can_do_and_see_nothing_with_the_numbers_of_mine(store: Store) -> None:
    basket, (one,) = filled(store, 1)
    with store.editing(ME) as desk:
        removal = desk.remove(basket, [one])
    edits: list[Callable[[Desk], object]] = [
        lambda desk: desk.undo(removal),
        lambda desk: desk.add(basket, [snapshot(2)]),
        lambda desk: desk.rename(basket, "x", was("未命名")),
        lambda desk: desk.share(basket),
        lambda desk: desk.delete(basket),
        lambda desk: desk.move(basket, one, None),
    ]

    for edit in edits:
        with pytest.raises(NoSuchBasket), store.editing(OTHER) as desk:
            edit(desk)
    with pytest.raises(NoSuchBasket):
        store.basket(OTHER, basket)
    assert store.labels(OTHER) == ()


def test_a_shared_basket_is_read_by_its_token_until_it_is_withdrawn(store: Store) -> None:
    basket, _ = filled(store, 1)
    with store.editing(ME) as desk:
        token = desk.share(basket)
        assert desk.share(basket) == token
    assert words(store.shared(token)) == ["走访农户1次。"]
    assert len(token) >= 32

    with store.editing(ME) as desk:
        desk.withdraw(basket)
    with pytest.raises(NoSuchBasket, match="停止分享"):
        store.shared(token)
    with store.editing(ME) as desk:
        assert desk.share(basket) != token


def test_a_shared_basket_can_be_made_ones_own_as_it_was_collected(store: Store) -> None:
    basket, (one, _) = filled(store, 1, 2)
    with store.editing(ME) as desk:
        desk.write(basket, one, "看这段", was(""))
        token = desk.share(basket)

    with store.editing(OTHER) as desk:
        desk.adopt(token, "学来的")
    found = store.basket(OTHER)
    assert found is not None
    assert (found.name, words(found), found.kept[0].note) == ("学来的", now(store), "看这段")


def test_passages_go_to_another_basket_with_their_notes(store: Store) -> None:
    basket, (one, two) = filled(store, 1, 2)
    with store.editing(ME) as desk:
        desk.write(basket, one, "看这段", was(""))
        other = desk.create("另一个")
        desk.transfer(basket, one, other, copy=True)
        desk.transfer(basket, two, other, copy=False)
        assert desk.transfer(basket, one, other, copy=False) is False

    found = store.basket(ME, other)
    assert found is not None
    assert now(store, basket) == ["走访农户1次。"]
    assert [each.note for each in found.items if isinstance(each, Kept)] == ["看这段", ""]


def test_a_full_basket_says_so_and_keeps_what_it_has(store: Store) -> None:
    basket, _ = filled(store, *range(1, MAX_PASSAGES + 1))
    with store.editing(ME) as desk:
        for number in range(MAX_HEADINGS):
            desk.add_heading(basket, f"标题{number}")

    edits: list[Callable[[Desk], object]] = [
        lambda desk: desk.add(basket, [snapshot(501)]),
        lambda desk: desk.add_heading(basket, "又一个"),
    ]
    for edit in edits:
        with pytest.raises(BadBasket, match="已经满了"), store.editing(ME) as desk:
            edit(desk)
    assert len(now(store)) == MAX_PASSAGES + MAX_HEADINGS


def test_an_undo_that_would_overfill_a_basket_is_refused_and_stays_possible(store: Store) -> None:
    basket, entries = filled(store, *range(1, MAX_PASSAGES + 1))
    with store.editing(ME) as desk:
        removal = desk.remove(basket, entries[:2])
        late = desk.add(basket, [snapshot(501)]).entries

    with pytest.raises(BadBasket, match="已经满了"), store.editing(ME) as desk:
        desk.undo(removal)
    with store.editing(ME) as desk:
        desk.remove(basket, late)
        desk.undo(removal)
    assert len(now(store)) == MAX_PASSAGES


def test_there_are_only_so_many_baskets(store: Store) -> None:
    with store.editing(ME) as desk:
        for number in range(MAX_BASKETS):
            desk.create(f"第{number}个")

    with pytest.raises(BadBasket, match=str(MAX_BASKETS)), store.editing(ME) as desk:
        desk.create("又一个")
    assert len(store.labels(ME)) == MAX_BASKETS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=cmd|'/c calc'!A0", "=cmd|'/c calc'!A0"),
        ("甲\u202e乙\u2066丙", "甲乙丙"),
        ("甲\ud800乙\x00丙\x1b[31m", "甲乙丙[31m"),
        ("  两行\r\n字  ", "两行 字"),
    ],
)
def test_hostile_names_are_kept_as_one_harmless_line(store: Store, typed: str, kept: str) -> None:
    with store.editing(ME) as desk:
        basket = desk.create(typed)
        desk.add_heading(basket, typed)

    assert [each.name for each in store.labels(ME)] == [kept]
    assert now(store) == [f"# {kept}"]


@pytest.mark.parametrize("typed", ["", "  \u202e ", "长" * 10_000])
def test_empty_and_endless_names_and_headings_are_refused(store: Store, typed: str) -> None:
    basket, _ = filled(store, 1)

    with pytest.raises(BadBasket), store.editing(ME) as desk:
        desk.create(typed)
    with pytest.raises(BadBasket), store.editing(ME) as desk:
        desk.add_heading(basket, typed)


def test_a_note_may_be_as_long_as_is_said_and_no_longer(store: Store) -> None:
    basket, (one,) = filled(store, 1)
    with store.editing(ME) as desk:
        desk.write(basket, one, "长" * MAX_NOTE, was(""))

    with pytest.raises(BadBasket, match="2,001 个字"), store.editing(ME) as desk:
        desk.write(basket, one, "长" * (MAX_NOTE + 1), was("长" * MAX_NOTE))
    assert note(store, one) == "长" * MAX_NOTE


def test_eight_windows_that_edit_at_once_lose_nothing(store: Store) -> None:
    basket, _ = filled(store, 1)
    trouble: list[Exception] = []

    def work(number: int) -> None:
        try:
            for step in range(10):
                with store.editing(ME) as desk:
                    entry = desk.add(basket, [snapshot(2 + number * 10 + step)]).entries[0]
                with store.editing(ME) as desk:
                    desk.write(basket, entry, f"窗口{number}", was(""))
                    desk.step(basket, entry, -1)
        except SearchAppError as error:
            trouble.append(error)

    threads = [Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = store.basket(ME)
    assert trouble == []
    assert found is not None
    assert sorted(now(store)) == sorted(f"走访农户{number}次。" for number in range(1, 82))
    assert sum(bool(each.note) for each in found.kept) == 80
