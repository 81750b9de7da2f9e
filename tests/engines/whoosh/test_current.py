"""CURRENT lost or damaged: the generations are found again by their manifests, used, kept, and it is told."""

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from search_app import checking
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index import current
from search_app.engines.whoosh.index.generations import PATIENCE
from search_app.errors import IndexDamaged, IndexMissing, IndexProblem
from search_app.indexing import update
from search_app.query import Search
from tests.engines.building import filed
from tests.engines.contract import Stop, put

OLD, NEW, THIRD = filed("旧.txt", "调解28起。"), filed("新.txt", "调解36起。"), filed("三.txt", "聘请法律顾问。")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    put(WhooshEngine(folder), OLD)
    put(WhooshEngine(folder), NEW)
    return folder


def lose(index: Path) -> None:
    (index / "CURRENT").unlink()


def garble(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"\x00\x01")


def empty(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"")


def name_nothing(index: Path) -> None:
    (index / "CURRENT").write_bytes(b'{"generations": []}')


DAMAGES = pytest.mark.parametrize("damage", [lose, garble, empty, name_nothing])


def folders(index: Path) -> list[str]:
    return sorted(path.name for path in index.glob("gen-*"))


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@DAMAGES
def test_the_newest_sound_generation_answers_and_the_status_says_what_happened(
    index: Path, damage: Callable[[Path], None]
) -> None:
    damage(index)

    engine = WhooshEngine(index)

    assert engine.search(Search()).total == 2
    status = engine.status()
    assert (status.current.name, status.older) == ("gen-000002", ("gen-000001",))
    assert status.problem is not None
    assert "CURRENT" in status.problem
    assert "search-app index" in status.problem
    assert any("CURRENT" in problem for problem in engine.verify())


@DAMAGES
def test_a_write_that_is_stopped_removes_no_generation(index: Path, damage: Callable[[Path], None]) -> None:
    damage(index)

    for rebuild in (False, True):
        with suppress(Stop), WhooshEngine(index).writing(rebuild=rebuild) as writer:
            writer.put(*THIRD)
            raise Stop

    assert folders(index) == ["gen-000001", "gen-000002"]
    assert WhooshEngine(index).search(Search()).total == 2


@DAMAGES
def test_the_next_write_builds_upon_it_and_writes_the_entry_file_anew(
    index: Path, damage: Callable[[Path], None]
) -> None:
    damage(index)

    engine = WhooshEngine(index)
    put(engine, THIRD)

    assert engine.search(Search()).total == 3
    assert (engine.status().problem, engine.verify()) == (None, ())
    assert folders(index) == ["gen-000001", "gen-000002", "gen-000003"]


def test_a_run_with_nothing_to_do_writes_the_entry_file_anew(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "石桥镇2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")
    update(WhooshEngine(index), corpus)
    lose(index)
    before = checking.status(WhooshEngine(index), corpus)

    update(WhooshEngine(index), corpus)

    after = checking.status(WhooshEngine(index), corpus)
    assert (before.needs_reindex, after.needs_reindex, after.reports) == (True, False, 1)


@pytest.mark.parametrize("ending", ["*.seg", "clusters.arr", "manifest.json"])
def test_a_generation_that_is_not_sound_is_passed_over(index: Path, ending: str) -> None:
    lose(index)
    flip_a_bit(next((index / "gen-000002").glob(ending)))

    engine = WhooshEngine(index)

    assert engine.search(Search()).total == 1
    assert "gen-000002" in (engine.status().problem or "")


def test_where_no_generation_is_sound_that_is_damage_and_a_rebuild_cures_it(index: Path) -> None:
    lose(index)
    for path in index.glob("gen-*/clusters.arr"):
        path.unlink()
    engine = WhooshEngine(index)

    with pytest.raises(IndexDamaged):
        engine.search(Search())
    with pytest.raises(IndexDamaged):
        put(engine, THIRD)
    with engine.writing(rebuild=True) as writer:
        writer.put(*NEW)

    assert (engine.search(Search()).total, engine.verify()) == (1, ())


class Clock:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(current, "time", made)
    return made


def keep_in_use(monkeypatch: pytest.MonkeyPatch, is_in_use: Callable[[], bool]) -> None:
    """Refuse to replace the entry file as Windows does, as long as somebody has it open."""
    replace = Path.replace

    def replace_once_free(path: Path, target: Path) -> Path:
        if target.name == "CURRENT" and is_in_use():
            raise PermissionError(13, "in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace_once_free)


def test_a_new_generation_waits_for_seconds_until_readers_let_go_of_the_entry_file(
    index: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_in_use(monkeypatch, lambda: clock.now < 6)
    engine = WhooshEngine(index)
    before = engine.status().current.name
    with engine.writing() as writer:
        writer.remove("nothing of the kind")

    assert engine.status().current.name > before
    assert 6 <= clock.now < 7


@pytest.mark.usefixtures("clock")
def test_a_new_generation_finds_the_rare_gap_between_many_readers_of_the_entry_file(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = iter(range(100))
    keep_in_use(monkeypatch, lambda: next(refused, None) is not None)
    engine = WhooshEngine(index)
    before = engine.status().current.name
    with engine.writing() as writer:
        writer.remove("nothing of the kind")

    assert engine.status().current.name > before


def test_an_entry_file_that_is_never_let_go_of_is_an_error_after_bounded_waiting(
    index: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(IndexProblem), WhooshEngine(index).writing() as writer:
        writer.remove("nothing of the kind")

    assert clock.now == pytest.approx(PATIENCE)


def test_a_folder_without_entry_file_and_generations_holds_no_index(index: Path) -> None:
    lose(index)
    for path in index.glob("gen-*"):
        shutil.rmtree(path)

    with pytest.raises(IndexMissing):
        WhooshEngine(index).search(Search())


def test_a_running_engine_goes_on_answering_when_the_entry_file_is_lost(index: Path) -> None:
    engine = WhooshEngine(index)
    before = engine.search(Search())

    lose(index)

    assert engine.search(Search()) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder with open files")
def test_an_index_deleted_and_built_anew_is_told_from_the_one_before(index: Path) -> None:
    engine = WhooshEngine(index)
    before = engine.status().current

    shutil.rmtree(index)
    put(WhooshEngine(index), THIRD)
    put(WhooshEngine(index), NEW)

    after = engine.status().current
    assert (after.name, after.reports, after.passages) == (before.name, before.reports, before.passages)
    assert after.id != before.id
