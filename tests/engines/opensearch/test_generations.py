"""Generations in a cluster: built aside, switched to at once, taken back where a run fails, by one writer at a time."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search_app.engines.opensearch import Cluster, OpenSearchEngine, generations, lock, manifest, schema
from search_app.engines.opensearch.asking import Asking, Question
from search_app.engines.opensearch.draft import Draft
from search_app.engines.opensearch.lock import Lock
from search_app.errors import IndexLocked, IndexOutdated, IndexProblem
from search_app.model import Sort
from search_app.query import Search, Words
from tests.engines.building import filed
from tests.engines.contract import RIDGE, SPRING, put


@pytest.fixture
def engine(cluster: Cluster, tmp_path: Path) -> Iterator[OpenSearchEngine]:
    made = OpenSearchEngine(cluster, tmp_path)
    yield made
    made.close()


@pytest.fixture
def client(engine: OpenSearchEngine) -> Any:
    return engine._asking.client


def rows(engine: OpenSearchEngine, **ranges: object) -> int:
    """Return how many rows of passages and reports lie in the indices, whatever generation they belong to."""
    client, prefix = engine._asking.client, engine._asking.cluster.prefix
    client.indices.refresh(index=f"{prefix}-0*")
    query = {"bool": {"filter": [{"range": {name: held}} for name, held in ranges.items()]}}
    query["bool"]["must_not"] = [{"term": {"role": "generation"}}]
    count: int = client.count(index=f"{prefix}-0*", body={"query": query})["count"]
    return count


def indices(engine: OpenSearchEngine) -> list[str]:
    prefix = engine._asking.cluster.prefix
    held = engine._asking.client.indices.get_alias(index=f"{prefix}-0*")
    return sorted(name.removeprefix(f"{prefix}-") for name in held)


def test_a_search_under_way_while_the_index_changes_finishes_on_one_generation(
    engine: OpenSearchEngine, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(engine, SPRING)
    writer, asked, asks = OpenSearchEngine(cluster, tmp_path), [], Asking.ask

    def ask(self: Asking, questions: Sequence[Question]) -> list[dict[str, Any]]:
        answers = asks(self, questions)
        if self is engine._asking:
            asked.append(len(questions))
            if len(asked) == 3:  # the generation, the counts: what comes now lists what was counted
                put(writer, RIDGE, (SPRING[0], SPRING[1][:1]))
        return answers

    monkeypatch.setattr(Asking, "ask", ask)
    before = engine.search(Search(size=50))
    after = engine.search(Search(size=50))

    assert (before.generation, before.total, len(before.matches)) == ("gen-000001", 2, 2)
    assert (after.generation, after.total, len(after.matches)) == ("gen-000002", 3, 3)


def test_a_generation_that_comes_between_the_first_questions_is_noticed(
    engine: OpenSearchEngine, cluster: Cluster, tmp_path: Path
) -> None:
    put(engine, SPRING)
    engine.search(Search())
    writer = OpenSearchEngine(cluster, tmp_path)

    put(writer, RIDGE)

    assert engine.status().current.name == "gen-000002"
    assert engine.count(Search()) == 4
    assert len(engine.reports()) == 2


@pytest.mark.parametrize("rebuild", [False, True])
def test_what_is_held_answers_whole_while_the_next_generation_comes(engine: OpenSearchEngine, rebuild: bool) -> None:
    put(engine, SPRING, RIDGE)
    held = engine.hold()
    with engine.writing(rebuild=rebuild) as writer:
        writer.remove(SPRING[0].id)
        writer.put(*filed("hill.txt", "后来的调解。"))

    told = {report.path for report in held.reports()}, held.search(Search()).reports, held.report(SPRING[0].id)[0].path

    assert told == ({SPRING[0].path, RIDGE[0].path}, 2, SPRING[0].path)
    assert engine.hold() is not held


def test_a_generation_that_is_opened_once_more_is_held_by_the_same_engine(engine: OpenSearchEngine) -> None:
    put(engine, SPRING)
    held = engine.hold()
    engine._snapshot = None

    assert engine.hold() is held


def test_what_is_held_gives_way_to_the_newest_before_its_rows_are_cleared_away(engine: OpenSearchEngine) -> None:
    put(engine, SPRING)
    held = engine.hold()
    put(engine, RIDGE)
    put(engine, filed("hill.txt", "后来的调解。"))

    assert held.status() == engine.status()
    assert held.search(Search()).reports == 3


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_run_that_fails_before_it_switches_leaves_nothing_behind(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch, rebuild: bool
) -> None:
    put(engine, SPRING, RIDGE)
    held, own = rows(engine), generations._Build._write

    def fail(build: generations._Build, draft: Draft) -> None:
        own(build, draft)
        raise OSError(28, "no space left")

    monkeypatch.setattr(generations._Build, "_write", fail)
    with pytest.raises(IndexProblem), engine.writing(rebuild=rebuild) as writer:  # noqa: PT012 - the block ends in it
        writer.put(*filed("3.txt", "又一段话。"))
        writer.put(SPRING[0], SPRING[1][:1])

    assert (rows(engine), rows(engine, gone={"lt": schema.STILL})) == (held, 0)
    assert indices(engine) == ["000001"]
    assert engine.search(Search()).total == 4


@pytest.mark.parametrize("rebuild", [False, True])
def test_what_a_run_that_died_left_behind_is_taken_back_by_the_next(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch, rebuild: bool
) -> None:
    put(engine, SPRING, RIDGE)

    def die(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(generations._Build, "_switch", die)
        patched.setattr(generations._Build, "_take_back", lambda _: None)
        with suppress(KeyboardInterrupt), engine.writing(rebuild=rebuild) as writer:
            writer.put(*filed("3.txt", "又一段话。"))
            writer.remove(RIDGE[0].id)
    during = engine.search(Search()).total
    put(engine, filed("4.txt", "第四段话。"))

    assert during == 4
    assert (engine.search(Search()).total, engine.verify()) == (5, ())
    assert indices(engine) == ["000001"]


def test_two_writers_at_once_are_refused(engine: OpenSearchEngine, cluster: Cluster, tmp_path: Path) -> None:
    other = OpenSearchEngine(cluster, tmp_path)
    put(engine, SPRING)

    with engine.writing() as writer:
        with pytest.raises(IndexLocked) as refused, other.writing():
            pass
        writer.put(*RIDGE)

    assert "正在更新索引" in refused.value.message
    put(other, filed("3.txt", "又一段话。"))
    assert other.search(Search()).total == 5


def test_the_lock_of_a_writer_that_died_ends_by_itself_and_it_switches_to_nothing_any_more(
    engine: OpenSearchEngine, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engine, SPRING)
    other = OpenSearchEngine(cluster, tmp_path)
    monkeypatch.setattr(Lock, "_keep", lambda _: None)
    monkeypatch.setattr(lock, "LEASE", 0.1)

    with pytest.raises(IndexProblem, match="中断"), engine.writing() as writer:  # noqa: PT012 - the block ends in it
        monkeypatch.setattr(lock, "LEASE", 60.0)
        writer.put(*RIDGE)
        while other.search(Search()).total < 3:
            with suppress(IndexLocked):
                put(other, filed("3.txt", "又一段话。"))

    assert sorted(match.report.path for match in other.search(Search()).matches) == ["3.txt", *[SPRING[0].path] * 2]


def test_a_writer_that_lives_keeps_the_lock(
    engine: OpenSearchEngine, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = OpenSearchEngine(cluster, tmp_path)
    monkeypatch.setattr(lock, "LEASE", 0.6)
    moved, move_on = [], Lock._move_on

    def count(self: Lock) -> bool:
        moved.append(move_on(self))
        return moved[-1]

    monkeypatch.setattr(Lock, "_move_on", count)
    with engine.writing() as writer:
        writer.put(*SPRING)
        while len(moved) < 4:
            with pytest.raises(IndexLocked), other.writing():
                pass

    assert all(moved)
    assert engine.search(Search()).total == 2


def test_two_older_generations_are_kept_and_rows_of_none_are_dropped(engine: OpenSearchEngine) -> None:
    for number in range(5):
        put(engine, (SPRING[0], (replace(SPRING[1][0], text=f"调解矛盾纠纷{number}起。"),)))

    assert engine.status().older == ("gen-000004", "gen-000003")
    assert rows(engine) == 6  # a report and its passage, three times


def test_an_index_built_anew_is_another_one_and_the_old_one_goes_when_no_kept_generation_is_in_it(
    engine: OpenSearchEngine,
) -> None:
    put(engine, SPRING)
    with engine.writing(rebuild=True) as writer:
        writer.put(*SPRING)
    rebuilt = indices(engine)
    for number in range(2):
        put(engine, filed(f"{number}.txt", "一段话。"))

    assert rebuilt == ["000001", "000002"]
    assert indices(engine) == ["000002"]


def test_a_run_writes_only_what_changed(engine: OpenSearchEngine) -> None:
    put(engine, *(filed(f"{number}.txt", f"第{number}段话，讲的是{'甲乙丙丁'[number]}。") for number in range(4)))

    put(engine, filed("4.txt", "镇里聘请法律顾问，全年审查合同9份。"))
    put(engine, filed("5.txt", "镇里聘请法律顾问，全年审查合同8份。"))

    # the report and its passage; at last the passage, too, that another one says nearly the same as now
    assert [rows(engine, born={"gte": number, "lte": number}) for number in (1, 2, 3)] == [8, 2, 3]


def test_a_row_that_is_gone_from_the_cluster_is_told(engine: OpenSearchEngine, client: Any) -> None:
    put(engine, SPRING, RIDGE)
    index = f"{engine._asking.cluster.prefix}-000001"

    client.delete(index=index, id=f"{SPRING[1][0].id}@1", routing=SPRING[0].id, refresh=True)

    assert engine.verify() == ("集群里的 gen-000001 有 3 段，应为 4 段",)


def test_an_index_of_another_schema_is_refused_until_it_is_built_anew(
    engine: OpenSearchEngine, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engine, SPRING)
    put(engine, RIDGE)
    ours = schema.SCHEMA_VERSION
    monkeypatch.setattr(schema, "SCHEMA_VERSION", f"{ours}1")
    later = OpenSearchEngine(cluster, tmp_path)

    with pytest.raises(IndexOutdated):
        later.search(Search())
    with pytest.raises(IndexOutdated), later.writing():
        pass
    with later.writing(rebuild=True) as writer:
        writer.put(*SPRING)

    assert later.search(Search()).generation == "gen-000003"
    monkeypatch.setattr(schema, "SCHEMA_VERSION", ours)
    with pytest.raises(IndexOutdated):
        OpenSearchEngine(cluster, tmp_path).search(Search())


def test_newest_passages_of_many_generations_stand_in_order(engine: OpenSearchEngine) -> None:
    for number in range(3):
        put(engine, filed(f"{number}.txt", "调解纠纷。", town=f"{'甲乙丙'[number]}镇"))

    found = engine.search(Search(query=Words(text="调解"), sort=Sort.ADDED))

    assert [match.added for match in found.matches] == ["gen-000003", "gen-000002", "gen-000001"]


def test_a_manifest_comes_back_as_it_was_packed(engine: OpenSearchEngine) -> None:
    put(engine, SPRING, RIDGE)
    engine.search(Search())
    assert engine._snapshot is not None

    held = engine._snapshot.manifest

    assert manifest.Manifest.unpack(held.pack()) == held
