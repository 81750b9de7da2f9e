"""What is new since a generation: the oracle's answer over any history, and what a new or foreign index knows of it."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.engines.base import Engine
from search_app.engines.lineage import mark
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index import appearances
from search_app.engines.whoosh.index import writer as writer_module
from search_app.engines.whoosh.index.versions import SCHEMA_VERSION, versions
from search_app.errors import IndexDamaged, NoSuchGeneration
from search_app.language.analysis.text_digest import digest_text
from search_app.model import Sort
from search_app.query import Search
from tests.engines.building import Filed, corpora, filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine
from tests.engines.whoosh.test_foreign_index import forge
from tests.engines.whoosh.test_generations import flip_a_bit, one_file
from tests.sampling import sampled

OLD, NEW = filed("旧.txt", "旧的一代：调解28起。"), filed("新.txt", "新的一代：调解36起。")
BATCHES = st.lists(st.tuples(corpora(mixed=True), st.integers(0, 3), st.booleans()), min_size=2, max_size=6)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def write(engine: Engine, batch: tuple[Filed, ...], removed: list[Filed], *, rebuild: bool) -> None:
    with engine.writing(rebuild=rebuild) as writer:
        for one in batch:
            writer.put(*one)
        for report, _ in removed:
            writer.remove(report.id)


@settings(max_examples=sampled(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batches=BATCHES, since=st.integers(1, 6))
def test_what_is_new_agrees_with_the_scanning_engine_over_puts_removals_merges_and_rebuilds(
    batches: list[tuple[tuple[Filed, ...], int, bool]], since: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(writer_module, "FULL", 5)
        patched.setattr(writer_module, "_TIER", 2)
        engines: tuple[Engine, Engine] = WhooshEngine(Path(folder) / "index"), ScanningEngine()
        asked = Search(since=f"gen-{min(since, len(batches)):06d}", sort=Sort.ADDED, size=100)
        texts = {passage.text for batch, _, _ in batches for _, passages in batch for passage in passages}

        for batch, removed, rebuild in batches:
            for engine in engines:
                write(engine, batch, list(batches[0][0][:removed]), rebuild=rebuild)

        everything = [
            [(match.passage.id, match.added) for match in engine.search(Search(sort=Sort.ADDED, size=100)).matches]
            for engine in engines
        ]
        found = [[match.passage.id for match in engine.search(asked).matches] for engine in engines]
        said = [[engine.find_text(digest_text(text)) for text in sorted(texts)] for engine in engines]
        assert everything[0] == everything[1]
        assert found[0] == found[1]
        assert said[0] == said[1]
        assert engines[0].verify() == ()
        engines[0].close()


def test_a_name_of_an_index_that_was_deleted_is_refused_by_its_mark(index: Path) -> None:
    put(WhooshEngine(index), OLD)
    of_another = mark(WhooshEngine(index).status().current)
    shutil.rmtree(index)

    put(WhooshEngine(index), OLD)
    put(WhooshEngine(index), NEW)

    with pytest.raises(NoSuchGeneration):
        WhooshEngine(index).search(Search(since=of_another))


def test_an_index_built_anew_with_another_dictionary_still_knows_what_is_new(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        for module in ("engine", "index.opened_index"):
            other.setattr(f"search_app.engines.whoosh.{module}.versions", lambda: versions() | {"dictionary": "other"})
        put(WhooshEngine(index), OLD)

    with WhooshEngine(index).writing(rebuild=True) as writer:
        writer.put(*OLD)
        writer.put(*NEW)

    found = WhooshEngine(index).search(Search(since="gen-000001"))
    assert [match.passage.text for match in found.matches] == [NEW[1][0].text]


def test_an_index_built_anew_from_another_schema_is_all_new_and_grew_out_of_nothing(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        for module in ("engine", "index.opened_index"):
            other.setattr(f"search_app.engines.whoosh.{module}.versions", lambda: versions() | {"schema": "other"})
        put(WhooshEngine(index), OLD)

    with WhooshEngine(index).writing(rebuild=True) as writer:
        writer.put(*OLD)

    engine = WhooshEngine(index)
    assert (engine.status().ancestors, SCHEMA_VERSION != "other") == ((), True)
    assert [match.added for match in engine.search(Search()).matches] == [engine.status().current.name]


def test_a_rebuild_after_damage_knows_what_the_sound_generation_before_held(index: Path) -> None:
    put(WhooshEngine(index), OLD)
    put(WhooshEngine(index), NEW)
    flip_a_bit(one_file(index, ".seg"), 500)

    with WhooshEngine(index).writing(rebuild=True) as writer:
        writer.put(*OLD)
        writer.put(*NEW)

    engine = WhooshEngine(index)
    assert {match.passage.text: match.added for match in engine.search(Search()).matches} == {
        OLD[1][0].text: "gen-000001",
        NEW[1][0].text: "gen-000003",
    }
    assert [each.name for each in engine.status().ancestors] == ["gen-000001"]


def test_a_rebuild_does_without_what_it_cannot_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(WhooshEngine(index), OLD)

    with monkeypatch.context() as broken:
        broken.setattr(appearances, "know", lambda _: 1 / 0)
        with WhooshEngine(index).writing(rebuild=True) as writer:
            writer.put(*OLD)

    assert [match.added for match in WhooshEngine(index).search(Search()).matches] == ["gen-000002"]


def test_generations_in_which_nothing_appeared_that_is_held_are_forgotten_after_a_while(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appearances, "REMEMBERED", 2)
    engine = WhooshEngine(index)
    put(engine, OLD)
    for number in range(5):
        put(engine, filed("换.txt", f"第{number}段话。"))

    assert [each.name for each in engine.status().ancestors] == ["gen-000005", "gen-000004", "gen-000001"]
    with pytest.raises(NoSuchGeneration):
        engine.search(Search(since="gen-000002"))


@pytest.mark.parametrize("forged", [5, "gen", [[1]], [["gen-000001"]], [["../x", "a", "2026-01-01T00:00:00+00:00"]]])
def test_ancestors_that_are_none_are_damage(index: Path, forged: object) -> None:
    put(WhooshEngine(index), OLD)

    forge(index, lambda fields: fields.update(ancestors=forged))

    with pytest.raises(IndexDamaged):
        WhooshEngine(index).status()
