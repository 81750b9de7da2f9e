"""The Whoosh engine keeps the contract, and agrees with the oracle on random corpora and questions."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.engines.base import Engine
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index import writer as writer_module
from search_app.engines.whoosh.search import character_runs, segment_lookup, tallies
from search_app.engines.whoosh.segments import bigrams, doc_sets
from search_app.engines.whoosh.segments.segment import Segment
from search_app.engines.whoosh.segments.segment_entry import new_entry
from search_app.errors import IndexProblem, TooLarge
from search_app.model import Found
from search_app.query import Deadline, Phrase, Search, Words
from tests.engines.building import Filed, corpora, filed, searches
from tests.engines.contract import EngineContract, put
from tests.engines.scanning import ScanningEngine
from tests.sampling import sampled


class TestWhooshEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = WhooshEngine(tmp_path / "index")
        yield engine
        engine.close()


def answer(found: Found) -> object:
    """Return what two engines must agree on; scores to nine decimals."""
    matches = [(match.report, match.passage, round(match.score, 9), match.stands_for) for match in found.matches]
    return found.total, found.reports, found.listed, matches, found.facets


@contextmanager
def many_are_few(factor: int | None) -> Iterator[None]:
    """Have documents be looked at one by one always (0), or never, or as shipped."""
    with pytest.MonkeyPatch.context() as patched:
        if factor is not None:
            patched.setattr(doc_sets, "FEW", factor)
            patched.setattr(bigrams, "_SKIPPED", factor)
            patched.setattr(character_runs, "LOOKED_UP", factor)
            patched.setattr(segment_lookup, "LOOKED_UP", factor)
            patched.setattr(tallies, "_FEW", 0 if factor else 10**9)
        yield


@settings(max_examples=sampled(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    before=corpora(mixed=True),
    after=corpora(mixed=True),
    removed=st.integers(0, 5),
    questions=st.lists(searches, min_size=1, max_size=8),
    few=st.sampled_from((0, None, 10**9)),
)
def test_it_agrees_with_the_scanning_engine_after_additions_changes_and_removals_however_few_are_few(
    before: tuple[Filed, ...], after: tuple[Filed, ...], removed: int, questions: list[Search], few: int | None
) -> None:
    with tempfile.TemporaryDirectory() as folder, many_are_few(few):
        engines: tuple[Engine, Engine] = WhooshEngine(Path(folder) / "index"), ScanningEngine()
        for engine in engines:
            put(engine, *before)
            with engine.writing() as writer:
                for report, _ in before[removed : removed + 1]:
                    writer.remove(report.id)
                for filed_report in after:
                    writer.put(*filed_report)

        for question in questions:
            ours, oracles = (answer(engine.search(question)) for engine in engines)
            assert ours == oracles
        engines[0].close()


@settings(max_examples=sampled(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(held=corpora(mixed=True), question=searches)
def test_it_agrees_with_the_scanning_engine_on_what_is_like_a_passage_and_what_is_not(
    held: tuple[Filed, ...], question: Search
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engines: tuple[Engine, Engine] = WhooshEngine(Path(folder) / "index"), ScanningEngine()
        for engine in engines:
            put(engine, *held)

        for passage in (passage for _, passages in held for passage in passages):
            for asked in (replace(question, like=passage.id), replace(question, unlike=passage.id)):
                ours, oracles = (answer(engine.search(asked)) for engine in engines)
                assert ours == oracles
        for report, _ in held:
            near = [engine.near_duplicates(report.id) for engine in engines]
            assert list(near[0].items()) == list(near[1].items())
        engines[0].close()


@settings(max_examples=sampled(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    batches=st.lists(st.tuples(corpora(mixed=True), st.integers(0, 3)), min_size=2, max_size=6),
    questions=st.lists(searches, min_size=1, max_size=6),
)
def test_it_agrees_with_the_scanning_engine_over_many_segments_that_fill_up_and_merge(
    batches: list[tuple[tuple[Filed, ...], int]], questions: list[Search]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(writer_module, "FULL", 5)
        patched.setattr(writer_module, "_TIER", 2)
        engines: tuple[Engine, Engine] = WhooshEngine(Path(folder) / "index"), ScanningEngine()
        for engine in engines:
            for batch, removed in batches:
                with engine.writing() as writer:
                    for filed_report in batch:
                        writer.put(*filed_report)
                    for report, _ in batches[0][0][:removed]:
                        writer.remove(report.id)

        for question in questions:
            ours, oracles = (answer(engine.search(question)) for engine in engines)
            assert ours == oracles
        assert engines[0].verify() == ()
        engines[0].close()


@settings(max_examples=sampled(60), deadline=None)
@given(texts=st.lists(st.text(alphabet="法治政府建设的，28 A", min_size=1, max_size=30), min_size=1), data=st.data())
def test_a_quoted_substring_finds_exactly_the_passages_that_contain_it(texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = text[start : data.draw(st.integers(start + 1, len(text)))]
    bare = "".join(wanted.split()).lower()
    holding = {at for at, each in enumerate(texts, 1) if bare and bare in "".join(each.split()).lower()}
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index")
        put(engine, filed("甲.txt", *texts))

        found = engine.search(Search(query=Phrase(text=wanted), size=100))

        assert {match.passage.number for match in found.matches} == holding
        engine.close()


def test_many_small_updates_answer_like_one_build(tmp_path: Path) -> None:
    several = [filed(f"{n:02}.txt", f"第{n}次调解。", "聘请法律顾问。", year=2020 + n % 3) for n in range(12)]
    grown, whole = WhooshEngine(tmp_path / "grown"), WhooshEngine(tmp_path / "whole")
    for each in several:
        put(grown, each)
    put(whole, *several)

    question = Search(query=Phrase(text="次调解"), size=20)

    assert answer(grown.search(question)) == answer(whole.search(question))
    ours, theirs = grown.status().current, whole.status().current
    assert (ours.reports, ours.passages, ours.versions) == (theirs.reports, theirs.passages, theirs.versions)


@pytest.mark.parametrize("fields", [{"title": "头" * 70_000}, {"headings": ("头" * 40_000, "尾" * 30_000)}])
def test_headings_and_titles_beyond_what_places_can_number_are_refused(
    tmp_path: Path, fields: dict[str, object]
) -> None:
    engine = WhooshEngine(tmp_path)
    sound = filed("1.txt", "一段话。", title="年度报告")

    with engine.writing() as writer:
        writer.put(*sound)
        with pytest.raises(TooLarge):
            writer.put(*filed("2.txt", "又一段。", **fields))

    found = engine.search(Search(query=Phrase(text="年度报告", field="heading")))
    assert [match.report.path for match in found.matches] == ["1.txt"]
    assert engine.status().current.reports == 1


def test_reports_without_passages_count_against_the_size_of_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("FULL", 4), ("MOST", 8), ("_TIER", 2)):
        monkeypatch.setattr(writer_module, name, value)
    engine = WhooshEngine(tmp_path)

    put(engine, *(filed(f"{n:02}.txt") for n in range(30)))
    for n in range(30, 40):
        put(engine, filed(f"{n:02}.txt"))

    newest = max(tmp_path.glob("gen-*"))
    held = [len(Segment(path).heads) for path in newest.glob("*.seg")]
    assert max(held) <= 8
    assert sum(held) == 40


def test_a_report_of_more_passages_than_are_left_in_a_segment_begins_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "FULL", 6)
    monkeypatch.setattr(writer_module, "MOST", 8)
    engine = WhooshEngine(tmp_path)

    put(engine, filed("1.txt", *["一段话。"] * 5), filed("2.txt", *["又一段。"] * 8))

    assert sorted(len(Segment(path)) for path in tmp_path.glob("gen-*/*.seg")) == [5, 8]
    assert engine.search(Search(query=Phrase(text="又一段"))).total == 8


def test_reports_put_twice_in_a_block_make_no_further_segments(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)

    with engine.writing() as writer:
        for n in range(20):
            writer.put(*filed(f"{n:02}.txt", "先写的。"))
            writer.put(*filed(f"{n:02}.txt", "后写的。"))
        writer.put(*filed("00.txt", "最后写的。"))
        writer.remove(filed("01.txt")[0].id)
        during = list(tmp_path.glob("gen-*/*.seg"))

    texts = sorted(match.passage.text for match in engine.search(Search(size=100)).matches)
    assert texts == ["后写的。"] * 18 + ["最后写的。"]
    assert during == []


def test_small_segments_are_merged_whatever_larger_ones_stand_before_them() -> None:
    sizes = [30_000, 30_000, *range(5000, 5008)]

    chosen = writer_module._to_merge([(size, new_entry(size)) for size in sizes])

    assert [one.docs for one in chosen] == list(range(5000, 5008))


def test_a_fault_while_passages_are_prepared_comes_out_as_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr("search_app.engines.whoosh.engine.prepare", broken)

    with pytest.raises(IndexProblem):
        WhooshEngine(tmp_path).preparing()(())


@pytest.mark.parametrize("moments", range(1, 4))
def test_it_looks_at_one_segment_after_the_other_until_its_deadline(
    moments: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "_to_merge", lambda _: [])
    engine = WhooshEngine(tmp_path / "index")
    for number in range(4):
        put(engine, filed(f"{number}.txt", "聘请法律顾问3名。"))
    ticks = iter(range(10))
    asked = Search(query=Words(text="法律顾问"), deadline=Deadline(moments, lambda: next(ticks)))

    found, total = engine.search(asked), engine.count(replace(asked, deadline=Deadline(0, lambda: 0)))

    # the first segment is looked at without asking the clock
    assert (found.looked_at, found.held, found.total, total) == (moments + 1, 4, moments + 1, 1)
    assert [match.report.path for match in found.matches] == [f"{number}.txt" for number in range(moments + 1)]
    engine.close()
