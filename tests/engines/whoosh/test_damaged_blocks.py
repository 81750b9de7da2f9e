"""Damage in large segments, which are not hashed when they are opened: no question is ever answered from it."""

import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from search_app import array_file
from search_app.array_file import ArrayFile
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index import background_check, soundness
from search_app.engines.whoosh.index.opened_index import OpenedIndex
from search_app.errors import IndexDamaged
from search_app.indexing import update
from search_app.model import Facet, Found
from search_app.query import About, Phrase, Search, Selection, Words
from tests.engines.building import Filed, filed
from tests.engines.contract import put

HELD = tuple(
    filed(
        f"甲县/{town}{year}.txt",
        f"人民调解{number}起，聘请法律顾问{number}名。",
        "行政执法公示，普法宣传到村。",
        title=f"{town}{year}年报告",
        year=year,
        county="甲县",
        town=town,
        headings=("一、主要举措", "（一）人民调解"),
    )
    for number, (town, year) in enumerate((town, year) for town in ("石桥镇", "云溪乡") for year in (2021, 2022, 2023))
)
LATER: Filed = filed("乙.txt", "又一份。")
QUESTIONS = (
    Search(),
    Search(query=Words(text="调解")),
    Search(query=Words(text="石桥镇")),
    Search(query=Phrase(text="法律顾问")),
    Search(query=Phrase(text="人民调解", field="heading")),
    Search(query=Phrase(text="县")),
    Search(query=Phrase(text="起")),
    Search(query=About(text="普法宣传", least=0.1)),
    Search(selection=Selection(year=(2022,), town=("石桥镇",))),
)


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the segments of a few reports be treated as large ones are, in blocks as small as fits."""
    monkeypatch.setattr(soundness, "SMALL", 0)
    monkeypatch.setattr(array_file, "BLOCK", 64)
    monkeypatch.setattr(background_check, "LATER", 60.0)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    put(WhooshEngine(folder), *HELD)
    return folder


def answers(engine: WhooshEngine) -> list[object]:
    """Return all that an engine can be asked."""
    found: list[object] = [_of(engine.search(question)) for question in QUESTIONS]
    found += [engine.count(question) for question in QUESTIONS]
    found += [engine.report(report.id) for report, _ in HELD]
    words = sorted(engine.frequent_words(50).items())
    return [*found, engine.reports(), words, engine.numerals(), engine.fingerprints()]


def _of(found: Found) -> object:
    facets = {facet: tuple(found.facets.get(facet, ())) for facet in Facet}
    return found.total, found.reports, found.listed, found.matches, facets


def segment_of(index: Path, generation: str = "gen-000001") -> Path:
    return next((index / generation).glob("*.seg"))


def flip_a_bit(path: Path, at: int) -> None:
    """Flip it where it is, in every generation that the file is linked into."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))


def names_of_arrays(path: Path) -> dict[str, tuple[int, int]]:
    """Return for each array where its bytes begin and end."""
    file = ArrayFile(path)
    return {name: (at, at + file[name].nbytes) for name, (_, _, at) in file._directory.items() if file[name].nbytes}


def test_a_bit_flipped_in_any_array_is_never_answered_from(index: Path) -> None:
    path = segment_of(index)
    sound = answers(WhooshEngine(index))

    for name, (start, stop) in names_of_arrays(path).items():
        for at in {start, (start + stop) // 2, stop - 1}:
            flip_a_bit(path, at)
            engine = WhooshEngine(index)
            for number, asked in enumerate(_each(engine)):
                with suppress(IndexDamaged):
                    assert asked() == sound[number], (name, at)
            engine.close()
            flip_a_bit(path, at)


def _each(engine: WhooshEngine) -> list[Callable[[], object]]:
    """Return the questions of :func:`answers`, each to be asked by itself."""

    def searching(question: Search) -> Callable[[], object]:
        return lambda: _of(engine.search(question))

    def counting(question: Search) -> Callable[[], object]:
        return lambda: engine.count(question)

    def reading(key: str) -> Callable[[], object]:
        return lambda: engine.report(key)

    return [
        *map(searching, QUESTIONS),
        *map(counting, QUESTIONS),
        *(reading(report.id) for report, _ in HELD),
        engine.reports,
        lambda: sorted(engine.frequent_words(50).items()),
        engine.numerals,
        engine.fingerprints,
    ]


def test_damage_found_by_a_question_makes_the_older_sound_generation_answer_it_and_says_so(index: Path) -> None:
    sound = _of(WhooshEngine(index).search(QUESTIONS[3]))
    with WhooshEngine(index).writing(rebuild=True) as writer:
        for one in (*HELD, LATER):
            writer.put(*one)
    engine = WhooshEngine(index)
    opened = engine.status()
    start, _ = names_of_arrays(segment_of(index, "gen-000002"))["text.places"]
    for at in range(start, start + 512, 64):
        flip_a_bit(segment_of(index, "gen-000002"), at)

    found = engine.search(QUESTIONS[3])

    assert (_of(found), found.generation) == (sound, "gen-000001")
    assert (opened.current.name, opened.problem) == ("gen-000002", None)
    assert "gen-000002" in (engine.status().problem or "")
    assert engine.search(Search()).generation == "gen-000001"


def test_an_older_generation_that_shares_the_damaged_segment_does_not_answer(index: Path) -> None:
    put(WhooshEngine(index), LATER)
    engine = WhooshEngine(index)
    start, stop = names_of_arrays(segment_of(index))["text.places"]
    for at in range(start, stop, 64):
        flip_a_bit(segment_of(index), at)

    for _ in range(2):
        with pytest.raises(IndexDamaged) as damaged:
            engine.search(QUESTIONS[3])
        assert "search-app index --rebuild" in damaged.value.hint


def test_damage_in_a_segment_is_not_linked_on_into_a_new_generation(index: Path) -> None:
    path = segment_of(index)
    for start, stop in names_of_arrays(path).values():
        flip_a_bit(path, (start + stop) // 2)

        with pytest.raises(IndexDamaged):
            put(WhooshEngine(index), LATER)

        flip_a_bit(path, (start + stop) // 2)
    assert [folder.name for folder in index.glob("gen-*")] == ["gen-000001"]


def test_damage_between_two_arrays_is_not_linked_on_either(index: Path) -> None:
    path = segment_of(index)
    used = {at for start, stop in names_of_arrays(path).values() for at in range(start, stop)}
    between = next(at for at in range(ArrayFile(path)._end) if at not in used and at > 8)
    flip_a_bit(path, between)

    with pytest.raises(IndexDamaged):
        put(WhooshEngine(index), LATER)


def test_a_run_over_a_damaged_segment_builds_the_index_anew_and_says_so(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for town in ("石桥镇", "云溪乡"):
        (corpus / f"{town}2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")
    update(WhooshEngine(index), corpus)
    start, _ = names_of_arrays(segment_of(index))["signatures"]
    flip_a_bit(segment_of(index), start)
    (corpus / "青蒲街道2023年法治政府建设年度报告.txt").write_text("聘请法律顾问。", encoding="utf-8")

    tally = update(WhooshEngine(index), corpus)

    assert any("已从头重建" in warned.warning for warned in tally.warnings)
    assert (tally.reports, WhooshEngine(index).verify()) == (3, ())


def test_a_held_generation_that_is_damaged_gives_way_to_another(index: Path) -> None:
    with WhooshEngine(index).writing(rebuild=True) as writer:
        for one in (*HELD, LATER):
            writer.put(*one)
    engine = WhooshEngine(index)
    held = engine.hold()
    start, _ = names_of_arrays(segment_of(index, "gen-000002"))["passages"]
    flip_a_bit(segment_of(index, "gen-000002"), start)

    found = held.search(Search())

    assert (found.generation, found.total) == ("gen-000001", 12)
    assert held.status().current == engine.status().current
    assert "gen-000002" in (held.status().problem or "")


def test_the_background_check_finds_what_no_question_touched_and_another_generation_answers(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WhooshEngine(index).writing(rebuild=True) as writer:
        for one in (*HELD, LATER):
            writer.put(*one)
    start, _ = names_of_arrays(segment_of(index, "gen-000002"))["signatures"]
    flip_a_bit(segment_of(index, "gen-000002"), start)
    monkeypatch.setattr(background_check, "LATER", 0.0)
    engine = WhooshEngine(index)

    engine.status()
    until = time.monotonic() + 10
    while engine.status().problem is None and time.monotonic() < until:
        time.sleep(0.01)

    assert engine.status().current.name == "gen-000001"
    assert "gen-000002" in (engine.status().problem or "")


def test_the_background_check_ends_with_the_engine(index: Path) -> None:
    engine = WhooshEngine(index)
    engine.status()
    opened = engine._index
    assert isinstance(opened, OpenedIndex)
    check = opened._check
    assert check is not None

    engine.close()
    check.wait()

    assert opened._check is None


def test_a_block_is_checked_once(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(index)
    first = answers(engine)

    def refused(*_: object) -> bytes:
        raise AssertionError("a block is read again")

    monkeypatch.setattr(ArrayFile, "_read", refused)

    assert answers(engine) == first


def test_a_block_that_the_disk_does_not_give_is_an_error_and_no_answer(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    engine = WhooshEngine(index)
    sound = engine.search(QUESTIONS[3])
    engine.close()
    engine = WhooshEngine(index)
    engine.status()
    with monkeypatch.context() as broken:
        broken.setattr(ArrayFile, "_read", failing)
        with pytest.raises(Exception, match="磁盘或网络错误") as told:
            engine.search(QUESTIONS[3])

    assert told.value.__class__.__name__ == "IndexProblem"
    assert engine.search(QUESTIONS[3]) == sound


def test_a_program_fault_over_a_sound_index_sets_no_generation_aside(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(index)
    with monkeypatch.context() as broken:
        broken.setattr("search_app.engines.whoosh.segments.postings.Postings.span_of", lambda *_: 1 / 0)
        with pytest.raises(IndexDamaged):
            engine.search(QUESTIONS[1])

    assert engine.search(QUESTIONS[1]).total == 12
    assert engine.status().problem is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows shortens no file that is mapped")
def test_a_segment_that_became_shorter_under_a_running_engine_is_damage(index: Path) -> None:
    engine = WhooshEngine(index)
    engine.status()
    copy = index / "copy"
    shutil.copyfile(segment_of(index), copy)
    file = ArrayFile(copy)

    with copy.open("r+b") as cut:
        cut.truncate(64)

    with pytest.raises(IndexDamaged):
        file["signatures"]
