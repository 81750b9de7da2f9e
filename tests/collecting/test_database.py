"""The database: what cannot be kept is said, what was kept is never lost, and several processes may share a file."""

import multiprocessing
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from search_app.collecting import Store
from search_app.collecting.database import FILE, VERSION
from search_app.errors import BasketsUnusable
from tests.collecting.making import ME, snapshot, words


def collect(store: Store, number: int) -> None:
    with store.editing(ME) as desk:
        desk.add(None, [snapshot(number)])


def change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_every_edit_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    collect(store, 1)

    with store._database.transaction(write=False) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_folder_is_nobody_elses(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.baskets")
    collect(store, 1)

    assert stat.S_IMODE((tmp_path / "a.baskets").stat().st_mode) == 0o700


def test_a_file_by_a_newer_program_is_neither_read_nor_changed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    collect(store, 1)
    change(tmp_path, f"PRAGMA user_version={VERSION + 1}")

    for _ in range(2):  # with a connection that was open before, and with a fresh one
        with pytest.raises(BasketsUnusable, match="更新版本"):
            collect(store, 2)
        with pytest.raises(BasketsUnusable, match="更新版本"):
            store.basket(ME)
        store.close()
    change(tmp_path, f"PRAGMA user_version={VERSION}")
    assert words(store.basket(ME)) == ["走访农户1次。"]


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, but somebody's text" * 100)
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(BasketsUnusable, match="已损坏"):
        collect(Store(tmp_path), 1)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_database_of_another_program_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    change(tmp_path, "CREATE TABLE theirs (id)")

    with pytest.raises(BasketsUnusable, match="不是本程序写的"):
        collect(Store(tmp_path), 1)
    with pytest.raises(BasketsUnusable, match="不是本程序写的"):
        Store(tmp_path).marks(ME)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(1, 40):
        collect(store, number)
    store.close()
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40_000)

    with pytest.raises(BasketsUnusable, match="已损坏"):
        store.basket(ME)


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(BasketsUnusable, match="存不下来"):
        collect(Store(tmp_path / "file" / "baskets"), 1)


def test_a_full_store_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    store = Store(tmp_path, most_bytes=150_000)

    def collect_and_collect() -> None:
        for number in range(1, 500):
            collect(store, number)

    with pytest.raises(BasketsUnusable, match="存不下了"):
        collect_and_collect()
    held = words(store.basket(ME))
    assert len(held) > 10
    assert held == [f"走访农户{number}次。" for number in range(1, len(held) + 1)]


def test_a_file_that_is_locked_for_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_app.collecting.database.PATIENCE", 0.05)
    store = Store(tmp_path)
    collect(store, 1)
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(BasketsUnusable, match="正忙"):
        collect(store, 2)
    holder.execute("ROLLBACK")
    holder.close()
    collect(store, 2)
    assert len(words(store.basket(ME))) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no open file")
def test_an_edit_goes_into_the_file_that_is_there_after_a_backup_was_put_back(tmp_path: Path) -> None:
    store = Store(tmp_path)
    collect(store, 1)
    store.close()
    backup = (tmp_path / FILE).read_bytes()
    collect(store, 2)
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / FILE).write_bytes(backup)
    collect(store, 3)
    store.close()

    assert words(Store(tmp_path).basket(ME)) == ["走访农户1次。", "走访农户3次。"]


def _collect_some(folder: Path, first: int) -> None:
    store = Store(folder)
    for number in range(first, first + 10):
        collect(store, number)
    store.close()


def test_several_processes_that_start_at_once_share_one_file(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_collect_some, args=(tmp_path, first)) for first in (1, 11, 21, 31)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)

    store = Store(tmp_path)
    held = [each for label in store.labels(ME) for each in words(store.basket(ME, label.number))]
    assert [run.exitcode for run in runs] == [0] * 4
    assert sorted(held) == sorted(f"走访农户{number}次。" for number in range(1, 41))


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_nobody_else_on_the_machine_reads_what_was_collected(tmp_path: Path) -> None:
    (tmp_path / "baskets").mkdir(mode=0o755)
    store = Store(tmp_path / "baskets")
    with store.editing(ME) as desk:
        desk.create("我的")

    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "baskets").iterdir()} == {0}
