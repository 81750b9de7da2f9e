"""The Whoosh engine keeps the contract, and agrees with the oracle on random corpora and questions."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.engines.base import Engine
from search_app.engines.whoosh import WhooshEngine, writing
from search_app.model import Found
from search_app.query import Phrase, Search
from tests.engines.building import Filed, corpora, filed, searches
from tests.engines.contract import EngineContract, put
from tests.engines.scanning import ScanningEngine


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    before=corpora(), after=corpora(), removed=st.integers(0, 5), questions=st.lists(searches, min_size=1, max_size=8)
)
def test_it_agrees_with_the_scanning_engine_after_additions_changes_and_removals(
    before: tuple[Filed, ...], after: tuple[Filed, ...], removed: int, questions: list[Search]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    batches=st.lists(st.tuples(corpora(), st.integers(0, 3)), min_size=2, max_size=6),
    questions=st.lists(searches, min_size=1, max_size=6),
)
def test_it_agrees_with_the_scanning_engine_over_many_segments_that_fill_up_and_merge(
    batches: list[tuple[tuple[Filed, ...], int]], questions: list[Search]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(writing, "FULL", 5)
        patched.setattr(writing, "_TIER", 2)
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


@settings(max_examples=30, deadline=None)
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
    assert replace(grown.status().current, name="", built_at=whole.status().current.built_at) == replace(
        whole.status().current, name=""
    )
