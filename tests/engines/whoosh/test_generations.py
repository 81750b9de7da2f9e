"""Generations: an index survives crashes, damage and other writers; readers never see half."""

import json
import os
import random
import struct
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from search_app.array_file import ArrayFile
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index import current, generations, opened_index, snapshot, soundness
from search_app.engines.whoosh.index import writer as writer_module
from search_app.engines.whoosh.index.current import Entry
from search_app.engines.whoosh.index.manifest import Manifest
from search_app.engines.whoosh.index.snapshot import Snapshot
from search_app.engines.whoosh.segments.segment import Segment, SegmentBuilder
from search_app.errors import IndexDamaged, IndexLocked, IndexOutdated, IndexProblem
from search_app.model import Passage
from search_app.query import Search, Words
from tests.engines.building import filed
from tests.engines.contract import Stop, put
from tests.sampling import sampled

OLD, NEW = filed("旧.txt", "旧的一代：调解28起。"), filed("新.txt", "新的一代：调解36起。")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def names(index: Path) -> list[str]:
    return [item["name"] for item in json.loads((index / "CURRENT").read_bytes())["generations"]]


def one_file(index: Path, ending: str) -> Path:
    newest = index / names(index)[0]
    return next(path for path in newest.iterdir() if path.name.endswith(ending))


def flip_a_bit(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.unlink()  # the file may be linked into an older generation, which stays sound
    path.write_bytes(content)


def _maps() -> list[str]:
    """Return what is mapped into this process."""
    return Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()


def test_two_older_generations_stay_and_the_rest_goes(index: Path) -> None:
    engine = WhooshEngine(index)

    for number in range(5):
        put(engine, filed(f"{number}.txt", "一段话。"))

    assert names(index) == ["gen-000005", "gen-000004", "gen-000003"]
    assert sorted(path.name for path in index.glob("gen-*")) == sorted(names(index))


def test_a_second_writer_is_refused_with_the_holders_pid(index: Path) -> None:
    first, second = WhooshEngine(index), WhooshEngine(index)

    with first.writing(), pytest.raises(IndexLocked) as refused, second.writing():
        pass

    assert refused.value.holder == os.getpid()
    assert str(os.getpid()) in refused.value.message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders private by other means")
def test_the_index_folder_is_private_and_one_that_others_can_write_is_refused(index: Path) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    mode = index.stat().st_mode & 0o777

    index.chmod(0o777)

    assert mode == 0o700
    with pytest.raises(IndexProblem):
        WhooshEngine(index).search(Search())


def test_an_index_of_another_schema_dictionary_or_analyser_is_outdated(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(WhooshEngine(index), OLD)

    for module in ("engine", "index.opened_index"):
        monkeypatch.setattr(f"search_app.engines.whoosh.{module}.versions", lambda: {"schema": "other"})

    engine = WhooshEngine(index)
    with pytest.raises(IndexOutdated):
        engine.search(Search())
    with pytest.raises(IndexOutdated), engine.writing():
        pass
    with engine.writing(rebuild=True) as writer:
        writer.put(*NEW)
    assert engine.search(Search()).total == 1


@pytest.mark.parametrize("ending", [".seg", "clusters.arr", "manifest.json"])
def test_verify_finds_any_flipped_bit(index: Path, ending: str) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    path = one_file(index, ending)

    for at in random.Random(7).sample(range(path.stat().st_size), 8):
        flip_a_bit(path, at)
        assert engine.verify()
        flip_a_bit(path, at)

    assert engine.verify() == ()


def test_verify_finds_files_that_are_missing_or_that_nobody_wrote(index: Path) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    one_file(index, "clusters.arr").unlink()
    (index / names(index)[0] / "多余.txt").write_text("x", encoding="utf-8")

    found = engine.verify()

    assert any("clusters.arr 不见了" in problem for problem in found)
    assert any("多余.txt" in problem for problem in found)


@pytest.mark.parametrize(
    "damage",
    [
        *("flip .seg", "flip clusters.arr", "flip manifest.json", "cut .seg", "cut manifest.json"),
        *("drop .seg", "drop clusters.arr", "drop manifest.json"),
    ],
)
def test_a_damaged_newest_generation_is_told_and_the_one_before_answers(index: Path, damage: str) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    put(engine, NEW)
    engine.close()
    action, ending = damage.split()
    path = one_file(index, ending)
    if action == "flip":
        flip_a_bit(path, path.stat().st_size // 2)
    else:
        content = path.read_bytes()
        path.unlink()
        if action == "cut":
            path.write_bytes(content[: len(content) // 2])

    engine = WhooshEngine(index)

    assert engine.search(Search()).total == 1
    assert engine.status().problem
    with pytest.raises(IndexDamaged), engine.writing():
        pass


def test_a_held_generation_answers_whatever_comes_after_it_and_when_its_folder_is_gone(index: Path) -> None:
    engine = WhooshEngine(index)
    put(engine, filed("first.txt", "人民调解。"))
    held = engine.hold()
    before = held.search(Search(query=Words(text="调解"))), held.status()
    for number in range(4):
        put(engine, filed(f"later{number}.txt", "后来的调解。"))
    if sys.platform != "win32":  # Windows deletes no file that is open
        assert not (index / before[1].current.name).exists()

    after = held.search(Search(query=Words(text="调解"))), held.status()

    assert after == before
    assert engine.hold() is not held


def test_readers_of_a_swap_see_either_generation_whole_and_leak_no_files(index: Path) -> None:
    engine = WhooshEngine(index)
    put(engine, *(filed(f"{n}.txt", "第0代。") for n in range(3)))
    seen: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                found = engine.search(Search(query=Words(text="代")))
                seen.append({match.passage.text for match in found.matches})
            except Exception as error:  # noqa: BLE001  # whatever a reader meets is the finding
                seen.append(error)

    last = sampled(100)
    with ThreadPoolExecutor() as readers:
        try:
            for _ in range(3):
                readers.submit(read)
            for generation in range(1, last + 1):
                put(WhooshEngine(index), *(filed(f"{n}.txt", f"第{generation}代。") for n in range(3)))
        finally:
            stop.set()

    whole = [{f"第{generation}代。"} for generation in range(last + 1)]
    assert all(each in whole for each in seen)
    if sys.platform == "linux":
        held = [path.readlink() for path in Path("/proc/self/fd").iterdir() if path.exists()]
        assert sum(index in path.parents for path in held) < 20


def test_a_disk_that_fills_up_while_writing_leaves_the_old_generation_and_the_next_write_works(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("search_app.engines.whoosh.index.generations._sync", full)
        with pytest.raises(IndexProblem, match="磁盘空间不够"):
            put(engine, NEW)

    assert engine.search(Search()).total == 1
    put(engine, NEW)
    assert engine.search(Search()).total == 2


def test_everything_is_on_the_disk_before_it_is_named(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, replace = generations._sync, Path.replace

    def synced(path: Path) -> None:
        steps.append(f"sync {path.name}")
        sync(path)

    def replaced(path: Path, target: Path) -> Path:
        steps.append(f"replace {target.name}")
        return replace(path, target)

    monkeypatch.setattr(generations, "_sync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    put(WhooshEngine(index), OLD)

    files = {f"sync {path.name}" for path in (index / "gen-000001").iterdir()}
    assert set(steps[:-5]) == files
    assert steps[-5:] == ["sync gen-000001", "sync index", "sync CURRENT.new", "replace CURRENT", "sync index"]


def test_generations_share_no_small_files(index: Path) -> None:
    engine = WhooshEngine(index)

    for number in range(3):
        put(engine, filed(f"{number}.txt", "一段话。"))

    assert {path.stat().st_nlink for folder in index.glob("gen-*") for path in folder.iterdir()} == {1}


def test_generations_share_large_segments_and_only_what_is_new_is_written(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "SMALL", 0)
    engine = WhooshEngine(index)
    for number in range(3):
        put(engine, filed(f"{number}.txt", "一段话。"))

    shared = {path.name: path.stat().st_nlink for path in (index / names(index)[0]).iterdir()}

    assert sorted(count for name, count in shared.items() if name.endswith(".seg")) == [1, 2, 3]
    assert {count for name, count in shared.items() if not name.endswith(".seg")} == {1}
    assert engine.verify() == ()


def test_a_bit_flipped_in_a_large_segment_is_found_by_verify(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "SMALL", 0)
    engine = WhooshEngine(index)
    put(engine, OLD)
    path = one_file(index, ".seg")

    for at in random.Random(5).sample(range(path.stat().st_size), 30):
        flip_a_bit(path, at)
        assert engine.verify()
        flip_a_bit(path, at)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no file that is mapped")
def test_a_damaged_passage_of_a_large_segment_is_told_and_never_shown(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "SMALL", 0)
    engine = WhooshEngine(index)
    put(engine, OLD)
    path = one_file(index, ".seg")
    passages = Segment(path).passage_data(0)
    start = path.read_bytes().index(passages)

    shown: set[Passage | None] = set()
    for at in range(len(passages)):
        flip_a_bit(path, start + at)
        try:
            shown |= {match.passage for match in WhooshEngine(index).search(Search()).matches}
        except IndexDamaged:
            shown.add(None)
        flip_a_bit(path, start + at)

    assert shown - set(OLD[1]) == {None}


@pytest.mark.parametrize("array", ["heads", "ids", "files", "years", "places"])
def test_damage_to_what_a_large_segment_says_of_its_reports_is_told_and_never_shown(
    index: Path, monkeypatch: pytest.MonkeyPatch, array: str
) -> None:
    monkeypatch.setattr(soundness, "SMALL", 0)
    engine = WhooshEngine(index)
    put(engine, filed("甲县/石桥镇.txt", "调解28起。", year=2023, county="甲县", town="石桥镇"))
    path = one_file(index, ".seg")
    start = ArrayFile(path)._directory[array][2]

    flip_a_bit(path, start)

    with pytest.raises(IndexDamaged):
        WhooshEngine(index).search(Search())


def test_damage_in_a_large_segment_is_not_merged_into_a_sound_one(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "SMALL", 0)
    monkeypatch.setattr(writer_module, "_TIER", 2)
    engine = WhooshEngine(index)
    put(engine, OLD)
    path = one_file(index, ".seg")
    flip_a_bit(path, 80)

    with pytest.raises(IndexDamaged):
        put(engine, NEW)

    assert names(index) == ["gen-000001"]


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed in /proc")
def test_segments_are_closed_before_their_files_are_removed(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "_TIER", 2)
    engine = WhooshEngine(index)
    unlink, opened, removed = Path.unlink, list[str](), list[str]()

    def watched(path: Path) -> None:
        if path.suffix == ".seg":
            removed.append(path.name)
            opened.extend(line for line in _maps() if str(path) in line)
        unlink(path)

    monkeypatch.setattr(Path, "unlink", watched)
    for number in range(3):
        put(engine, filed(f"{number}.txt", "一段话。"))

    assert removed
    assert opened == []


def test_a_segment_that_a_reader_still_has_open_goes_with_the_next_commit(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "_TIER", 2)
    engine = WhooshEngine(index)
    put(engine, OLD)

    def refused(path: Path) -> None:
        raise PermissionError(13, "another process has it open", str(path))

    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", refused)
        put(engine, NEW)
    left = len(list((index / names(index)[0]).glob("*.seg")))
    sound = engine.verify()
    put(engine)

    assert (left, sound) == (3, ())
    assert len(list((index / names(index)[0]).glob("*.seg"))) == 1
    assert engine.search(Search()).total == 2


def test_a_disk_that_fills_up_while_the_old_generation_is_copied_is_left_as_it_was(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)

    def full(_: Path, new: Path) -> None:
        new.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("search_app.engines.whoosh.index.generations.shutil.copyfile", full)
    with pytest.raises(IndexProblem, match="磁盘空间不够"):
        put(engine, NEW)

    assert [path.name for path in index.glob("gen-*")] == ["gen-000001"]


def test_a_rebuild_that_fails_leaves_the_index_as_it_was_however_damaged(index: Path) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    flip_a_bit(one_file(index, ".seg"), 40)
    before = sorted(path.name for path in index.rglob("*"))

    with suppress(Stop), engine.writing(rebuild=True):
        raise Stop

    assert sorted(path.name for path in index.rglob("*")) == before


def test_folders_that_are_not_ours_are_left_alone(index: Path) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    for name in ("gen-notes", "gen-000001.bak", "building-site"):
        (index / name).mkdir()

    put(engine, NEW)

    assert {"gen-notes", "gen-000001.bak", "building-site"} <= {path.name for path in index.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders private by other means")
def test_a_folder_that_holds_other_things_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "重要文件.txt").write_text("x", encoding="utf-8")
    tmp_path.chmod(0o755)

    put(WhooshEngine(tmp_path), OLD)

    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_rebuild_keeps_no_damaged_generation_behind_it(index: Path) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    flip_a_bit(one_file(index, ".seg"), 40)

    with engine.writing(rebuild=True) as writer:
        writer.put(*NEW)

    assert engine.verify() == ()


def test_a_fault_that_may_pass_is_not_taken_for_damage(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    put(engine, NEW)
    engine.close()

    def exhausted(*_: object) -> None:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as broken:
        broken.setattr("search_app.engines.whoosh.index.opened_index.Snapshot", exhausted)
        with pytest.raises(IndexProblem, match="打开的文件太多"):
            engine.search(Search())

    assert (engine.search(Search()).total, engine.status().problem) == (2, None)


def test_what_fails_after_the_switch_changes_nothing_any_more(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)
    sync = generations._sync

    def failing(path: Path) -> None:
        if path == index and "gen-000002" in names(index):
            raise OSError(5, "Input/output error")
        sync(path)

    monkeypatch.setattr(generations, "_sync", failing)
    put(engine, NEW)

    assert engine.search(Search()).total == 2


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed in /proc")
def test_the_draft_holds_no_open_files_when_it_is_sealed(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(index)
    held: list[str] = []
    switch = generations.switch

    def watched(root: Path, draft: generations.Draft, older: tuple[Entry, ...]) -> None:
        held.extend(line for line in _maps() if str(draft.folder) in line)
        switch(root, draft, older)

    monkeypatch.setattr(generations, "switch", watched)
    for number in range(3):
        put(engine, filed(f"{number}.txt", "一段话。"))

    assert held == []


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed in /proc")
@pytest.mark.parametrize("rebuild", [False, True])
def test_the_draft_of_a_write_that_is_stopped_holds_no_open_files_when_it_is_removed(
    rebuild: bool, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(WhooshEngine(index), OLD)
    held: list[str] = []
    removed: list[Path] = []
    discard = generations.discard

    def watched(draft: generations.Draft) -> None:
        held.extend(line for line in _maps() if str(draft.folder) in line)
        removed.append(draft.folder)
        discard(draft)

    monkeypatch.setattr(generations, "discard", watched)
    with suppress(Stop), WhooshEngine(index).writing(rebuild=rebuild) as writer:
        writer.put(*NEW)
        writer.remove(OLD[0].id)
        raise Stop

    assert [folder.name for folder in removed] == ["gen-000002"]
    assert held == []


def test_what_the_frames_of_an_error_hold_is_let_go_before_the_draft_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segments: list[weakref.ref[set[str]]] = []
    held: list[set[str] | None] = []
    monkeypatch.setattr(generations, "discard", lambda _: held.extend(segment() for segment in segments))

    def read_damage() -> None:
        segment = set("a segment")
        segments.append(weakref.ref(segment))
        raise ValueError

    def report_damage() -> None:
        try:
            read_damage()
        except ValueError as error:
            raise Stop from error

    try:
        report_damage()
    except Stop as error:
        assert segments[0]() is not None
        generations.abandon(generations.Draft(folder=tmp_path), error)

    assert held == [None]


def test_a_block_that_raises_leaves_no_folder_behind(index: Path) -> None:
    engine = WhooshEngine(index)

    with suppress(Stop), engine.writing() as writer:
        writer.put(*OLD)
        raise Stop

    assert list(index.glob("gen-*")) == []


def test_a_block_that_raises_while_a_segment_is_written_leaves_no_folder_behind(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "FULL", 1)
    write = SegmentBuilder.write

    def slowly(builder: SegmentBuilder, path: Path) -> None:
        time.sleep(0.05)
        write(builder, path)

    monkeypatch.setattr(SegmentBuilder, "write", slowly)

    with suppress(Stop), WhooshEngine(index).writing() as writer:
        writer.put(*OLD)
        raise Stop

    assert list(index.glob("gen-*")) == []


def test_a_disk_that_fills_up_while_a_segment_is_written_aside_fails_the_block(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer_module, "FULL", 1)
    monkeypatch.setattr(SegmentBuilder, "write", full)

    with pytest.raises(IndexProblem, match="磁盘空间不够"):
        put(engine, NEW)

    assert (names(index), engine.search(Search()).total) == (["gen-000001"], 1)


def test_answers_stay_when_the_pages_of_files_are_let_go_of(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MOST_MAPPED", -1)
    monkeypatch.setattr(snapshot, "_OFTEN", 1)
    engine = WhooshEngine(index)
    put(engine, OLD, NEW)

    answers = [engine.search(Search(query=Words(text="代"))) for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0].total == 2


def test_a_fault_of_the_library_comes_out_as_damage_with_its_cause(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(index)
    put(engine, OLD)

    def broken(*_: object) -> None:
        raise struct.error("unpack requires a buffer of 8 bytes")

    monkeypatch.setattr("search_app.engines.whoosh.segments.postings.Postings.span_of", broken)

    with pytest.raises(IndexDamaged) as damaged:
        engine.search(Search(query=Words(text="调解")))
    assert isinstance(damaged.value.__cause__, struct.error)


def test_a_generation_tidied_away_between_two_looks_is_no_damage(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = WhooshEngine(index), WhooshEngine(index)
    put(writer, OLD)
    read = current.read_current
    late = [read(index)]
    for number in range(4):
        put(writer, filed(f"{number}.txt", "又一代。"))

    monkeypatch.setattr(opened_index, "read_current", lambda root: late.pop() if late else read(root))

    assert reader.search(Search()).total == 5


def test_a_generation_tidied_away_while_it_is_opened_is_no_damage(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = WhooshEngine(index), WhooshEngine(index)
    put(writer, OLD)
    late = [3]

    def open_late(folder: Path, manifest: Manifest) -> Snapshot:
        if late:
            for number in range(late.pop()):
                put(writer, filed(f"{number}.txt", "又一代。"))
        return Snapshot(folder, manifest)

    monkeypatch.setattr("search_app.engines.whoosh.index.opened_index.Snapshot", open_late)

    assert reader.search(Search()).total == 4
