"""Backup and restore: what comes back is what was there, while the service runs; a wrong file changes nothing."""

import json
import os
import sqlite3
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search_app.collecting import Store
from search_app.collecting.database import FILE as BASKETS
from search_app.errors import BasketsUnusable, CannotWrite, SearchAppError
from search_app.keeping.archive import LIST, BadArchive, unpack_archive
from search_app.keeping.backup import back_up
from search_app.keeping.kept_files import KEPT, PLACES, SECRET
from search_app.keeping.restore import InTheWay, Restored, restore
from search_app.settings import SETTINGS_FILE, load
from search_app.web.secret import Secret
from tests.collecting.making import ME, snapshot, words

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
TOML = 'port = 9000\ngazetteer = "地名.csv"\n'
LIST_OF_PLACES = "云岭省,青禾市,禾川县,星子坳镇\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder as an administrator does, with nothing set from outside."""
    for name in [each for each in os.environ if each.startswith("SEARCH_APP_")]:
        monkeypatch.delenv(name)
    (tmp_path / "service").mkdir()
    monkeypatch.chdir(tmp_path / "service")
    return tmp_path


def collect(number: int, folder: Path = Path("index.baskets")) -> None:
    store = Store(folder.absolute())
    with store.editing(ME) as desk:
        desk.add(None, [snapshot(number)])
    store.close()


def collected(folder: Path = Path("index.baskets")) -> list[str]:
    return words(Store(folder.absolute()).basket(ME))


def fill() -> None:
    """Make everything that is kept."""
    Path(SETTINGS_FILE).write_text(TOML, encoding="utf-8")
    Path("地名.csv").write_text(LIST_OF_PLACES, encoding="utf-8")
    collect(1)
    Secret(Path("index.baskets")).keep()


def backed_up(path: Path) -> Path:
    back_up(load(), path, now=NOW)
    return path


def put_back(path: Path, *, force: bool = False, only_baskets: bool = False) -> Restored:
    return restore(path, given={}, now=NOW, force=force, only_baskets=only_baskets)


def everything() -> dict[str, bytes]:
    """Return all files of the working folder, but for SQLite's own beside the database."""
    found = (path for path in Path().rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm")))
    return {str(path): path.read_bytes() for path in found}


def move_on(folder: Path) -> None:
    """Begin on a fresh machine."""
    (folder / "another").mkdir()
    os.chdir(folder / "another")


def test_what_was_backed_up_comes_back_on_a_fresh_machine(folder: Path) -> None:
    fill()
    secret = (Path("index.baskets") / SECRET).read_bytes()
    archive = backed_up(folder / "backup.zip")
    move_on(folder)

    done = put_back(archive)

    assert set(done.files) == {SETTINGS_FILE, PLACES, SECRET, BASKETS}
    assert Path(SETTINGS_FILE).read_text(encoding="utf-8") == TOML
    assert Path("地名.csv").read_text(encoding="utf-8") == LIST_OF_PLACES
    assert (Path("index.baskets") / SECRET).read_bytes() == secret
    assert collected() == ["走访农户1次。"]
    assert done.saved is None


def test_where_things_lie_is_told_by_the_settings_that_come_back(folder: Path) -> None:
    Path(SETTINGS_FILE).write_text('baskets = "elsewhere"\n', encoding="utf-8")
    collect(1, Path("elsewhere"))
    archive = backed_up(folder / "backup.zip")
    move_on(folder)

    put_back(archive)

    assert collected(Path("elsewhere")) == ["走访农户1次。"]
    assert not Path("index.baskets").exists()


def test_a_backup_is_of_one_moment_while_others_collect(folder: Path) -> None:
    collect(1)
    store, stop = Store(Path("index.baskets").absolute()), threading.Event()

    def go_on() -> None:
        number = 1
        while not stop.is_set():
            number += 1
            with store.editing(ME) as desk:
                desk.add(None, [snapshot(number)])

    editor = threading.Thread(target=go_on)
    editor.start()
    try:
        archives = [backed_up(folder / f"{number}.zip") for number in range(5)]
    finally:
        stop.set()
        editor.join()
    move_on(folder)

    for archive in archives:
        put_back(archive, force=True)
        held = collected()
        assert held == [f"走访农户{number}次。" for number in range(1, len(held) + 1)]


def test_what_comes_back_under_a_running_service_is_what_it_shows_next(folder: Path) -> None:
    fill()
    archive = backed_up(folder / "backup.zip")
    running = Store(Path("index.baskets").absolute())
    with running.editing(ME) as desk:
        desk.add(None, [snapshot(2)])

    done = put_back(archive, force=True)

    assert words(running.basket(ME)) == ["走访农户1次。"]
    with running.editing(ME) as desk:
        desk.add(None, [snapshot(3)])
    assert collected() == ["走访农户1次。", "走访农户3次。"]
    assert done.saved is not None


def test_what_is_there_is_not_replaced_unasked_and_each_of_it_is_named(folder: Path) -> None:
    fill()
    archive = backed_up(folder / "backup.zip")
    Path(SETTINGS_FILE).write_text("port = 1\n", encoding="utf-8")
    collect(2)
    before = everything()

    with pytest.raises(InTheWay) as refused:
        put_back(archive)

    assert everything() == before
    assert SETTINGS_FILE in refused.value.message
    assert BASKETS in refused.value.message
    assert PLACES not in refused.value.message  # it is the same
    assert "--force" in refused.value.hint


def test_what_was_replaced_was_backed_up_before_and_comes_back_too(folder: Path) -> None:
    fill()
    archive = backed_up(folder / "backup.zip")
    collect(2)
    saved = put_back(archive, force=True).saved
    assert saved is not None

    put_back(saved, force=True)

    assert collected() == ["走访农户1次。", "走访农户2次。"]


def test_settings_stay_as_they_are_where_only_baskets_are_asked_for(folder: Path) -> None:
    fill()
    archive = backed_up(folder / "backup.zip")
    move_on(folder)
    Path(SETTINGS_FILE).write_text("port = 1\n", encoding="utf-8")

    done = put_back(archive, only_baskets=True)

    assert set(done.files) == {SECRET, BASKETS}
    assert Path(SETTINGS_FILE).read_text(encoding="utf-8") == "port = 1\n"


def test_a_backup_of_nothing_holds_nothing_and_says_so(folder: Path) -> None:
    done = back_up(load(), folder / "backup.zip", now=NOW)

    assert (dict(done.archive.files), done.collected) == ({}, None)
    assert put_back(folder / "backup.zip").files == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_backup_and_what_comes_back_can_be_read_by_nobody_else(folder: Path) -> None:
    fill()
    archive = backed_up(folder / "backup.zip")
    move_on(folder)
    put_back(archive)

    private = (archive, *(path for path in Path("index.baskets").iterdir()), Path("index.baskets"))
    assert {path.stat().st_mode & 0o077 for path in private} == {0}


@pytest.mark.parametrize("failing", [SETTINGS_FILE, SECRET, BASKETS])
def test_a_step_that_fails_takes_every_step_before_it_back(
    failing: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    archive = backed_up(folder / "backup.zip")
    collect(2)
    Path(SETTINGS_FILE).write_text('gazetteer = "地名.csv"\n', encoding="utf-8")
    (Path("index.baskets") / SECRET).write_bytes(b"k" * 32)
    before = everything()
    usual = Path.replace
    failed: list[Path] = []

    def fail_once(path: Path, target: Path) -> Path:
        if Path(target).name == failing and not failed:
            failed.append(path)
            raise OSError(28, "No space left on device")
        return usual(path, target)

    def full(*_: object) -> None:
        failed.append(Path())
        raise BasketsUnusable("素材夹存不下了")

    monkeypatch.setattr(Path, "replace", fail_once)
    if failing == BASKETS:
        monkeypatch.setattr("search_app.keeping.restore.put_back", full)
    with pytest.raises((CannotWrite, BasketsUnusable)):
        put_back(archive, force=True)

    after = everything()
    saved = [name for name in after if name not in before]
    assert failed
    assert {name: after[name] for name in before} == before
    assert [name for name in saved if not name.startswith("search-app-before-restore-")] == []


def rewritten(archive: Path, changes: dict[str, bytes | None], folder: Path, **fields: object) -> Path:
    """Return a backup with some members replaced, added or (None) left out, and some fields of its list."""
    path = folder / "changed.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name == LIST:
                new.writestr(name, json.dumps({**json.loads(old.read(name)), **fields}))
            elif name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"../../outside.txt": b"x"},
        {"/tmp/outside.txt": b"x"},  # noqa: S108 - a name in an archive
        {"index/CURRENT": b"x"},
        {SETTINGS_FILE: b"port = 1\n"},
        {SETTINGS_FILE: TOML.encode() + b"\n"},
        {BASKETS: None},
        {BASKETS: b"no database"},
    ],
    ids=["path up", "whole path", "another name", "shorter", "longer", "missing", "other bytes"],
)
def test_a_backup_that_is_not_what_was_written_changes_nothing(changes: dict[str, bytes | None], folder: Path) -> None:
    fill()
    archive = rewritten(backed_up(folder / "backup.zip"), changes, folder)
    move_on(folder)

    with pytest.raises(BadArchive) as refused:
        put_back(archive)

    assert refused.value.hint
    assert everything() == {}
    assert sorted(path.name for path in folder.iterdir()) == ["another", "backup.zip", "changed.zip", "service"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"format": 2}, "更新版本"),
        ({"files": [{"name": "../a", "size": 1, "sha256": ""}]}, "不是本程序写的"),
        ({"files": [{"name": SETTINGS_FILE, "size": 10**12, "sha256": ""}]}, "不是本程序写的"),
        ({"files": 7}, "不是本程序写的"),
        ({"made_at": "yesterday"}, "不是本程序写的"),
    ],
)
def test_a_list_that_is_not_ours_is_refused(fields: dict[str, object], said: str, folder: Path) -> None:
    fill()
    archive = rewritten(backed_up(folder / "backup.zip"), {}, folder, **fields)

    with pytest.raises(BadArchive, match=said):
        put_back(archive, force=True)


def test_a_backup_with_any_byte_flipped_or_cut_off_anywhere_never_comes_back_otherwise(folder: Path) -> None:
    fill()
    whole = backed_up(folder / "backup.zip").read_bytes()
    expected = {name: (Path(name)).read_bytes() for name in (SETTINGS_FILE, "地名.csv")}
    broken = [whole[:length] for length in range(0, len(whole), 97)]
    broken += [whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :] for at in range(0, len(whole), 23)]

    for number, content in enumerate(broken):
        path = folder / f"{number}.zip"
        path.write_bytes(content)
        into = folder / f"into-{number}"
        into.mkdir()
        try:
            unpack_archive(path, into)
        except SearchAppError:
            continue
        assert (into / SETTINGS_FILE).read_bytes() == expected[SETTINGS_FILE]
        assert (into / PLACES).read_bytes() == expected["地名.csv"]


def test_baskets_with_a_trigger_of_somebody_else_are_refused(folder: Path) -> None:
    collect(1)
    connection = sqlite3.connect(Path("index.baskets") / BASKETS)
    connection.execute("CREATE TRIGGER theirs AFTER INSERT ON entries BEGIN DELETE FROM baskets; END")
    connection.close()

    with pytest.raises(BasketsUnusable, match="不是本程序写的"):
        back_up(load(), folder / "backup.zip", now=NOW)
    assert not (folder / "backup.zip").exists()


def test_baskets_that_are_damaged_are_not_replaced_and_the_way_on_is_told(folder: Path) -> None:
    fill()
    archive = backed_up(folder / "backup.zip")
    (Path("index.baskets") / BASKETS).write_bytes(b"damaged" * 1000)
    before = everything()

    with pytest.raises(BasketsUnusable) as refused:
        put_back(archive, force=True)

    assert everything() == before
    assert "移到别处" in refused.value.hint


def test_settings_that_cannot_be_used_are_not_put_back(folder: Path) -> None:
    Path(SETTINGS_FILE).write_text("port = 9000\n", encoding="utf-8")
    good = backed_up(folder / "backup.zip")
    Path(SETTINGS_FILE).write_text("port = 0\n", encoding="utf-8")
    bad = folder / "bad.zip"
    back_up(load(folder=folder), bad, now=NOW)
    Path(SETTINGS_FILE).unlink()

    with pytest.raises(BadArchive, match="port"):
        put_back(bad)

    assert everything() == {}
    assert good.exists()


def test_every_kept_file_has_another_name_and_a_label() -> None:
    assert len({each.name for each in KEPT}) == len({each.label for each in KEPT}) == len(KEPT)
    assert KEPT[-1].name == BASKETS
