"""The OpenSearch engine keeps the contract, and agrees with the oracle on random corpora and questions."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.engines.base import Engine
from search_app.engines.opensearch import Cluster, OpenSearchEngine, clusters
from search_app.model import Found
from search_app.query import Search
from tests.engines.building import Filed, corpora, searches
from tests.engines.contract import EngineContract, put
from tests.engines.explaining import shape, values
from tests.engines.scanning import ScanningEngine
from tests.sampling import sampled


class TestOpenSearchEngine(EngineContract):
    @pytest.fixture
    def engine(self, cluster: Cluster, tmp_path: Path) -> Iterator[Engine]:
        engine = OpenSearchEngine(cluster, tmp_path)
        yield engine
        engine.close()


@contextmanager
def fresh_engine(cluster: Cluster) -> Iterator[OpenSearchEngine]:
    """Give an engine over a corner of the cluster that nothing was written to, closed in the end."""
    corner = replace(cluster, prefix=f"{cluster.prefix}-{secrets.token_hex(4)}")
    engine = OpenSearchEngine(corner, Path())
    try:
        yield engine
    finally:
        engine.close()  # what was written goes with the rest of the test's corner


def answer(found: Found) -> object:
    """Return what two engines must agree on; scores to nine decimals."""
    matches = [(match.report, match.passage, round(match.score, 9), match.stands_for) for match in found.matches]
    return found.total, found.reports, found.listed, matches, found.facets


_SHARED = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], print_blob=True
)


@settings(_SHARED, max_examples=sampled(40))
@given(
    before=corpora(mixed=True),
    after=corpora(mixed=True),
    removed=st.integers(0, 5),
    questions=st.lists(searches, min_size=10, max_size=20),
    few=st.sampled_from((0, 1_000)),
)
def test_it_agrees_with_the_scanning_engine_after_additions_changes_and_removals(
    cluster: Cluster,
    before: tuple[Filed, ...],
    after: tuple[Filed, ...],
    removed: int,
    questions: list[Search],
    few: int,
) -> None:
    with fresh_engine(cluster) as ours, pytest.MonkeyPatch.context() as patched:
        patched.setattr(clusters, "FEW", few)
        engines: tuple[Engine, Engine] = ours, ScanningEngine()
        for engine in engines:
            put(engine, *before)
            with engine.writing() as writer:
                for report, _ in before[removed : removed + 1]:
                    writer.remove(report.id)
                for filed_report in after:
                    writer.put(*filed_report)

        for question in questions:
            own, oracles = (answer(engine.search(question)) for engine in engines)
            assert own == oracles
        assert ours.verify() == ()


@settings(_SHARED, max_examples=sampled(16))
@given(held=corpora(mixed=True), questions=st.lists(searches, min_size=3, max_size=3))
def test_it_agrees_with_the_scanning_engine_on_what_is_like_a_passage_and_what_is_not(
    cluster: Cluster, held: tuple[Filed, ...], questions: list[Search]
) -> None:
    with fresh_engine(cluster) as ours:
        engines: tuple[Engine, Engine] = ours, ScanningEngine()
        for engine in engines:
            put(engine, *held)

        for passage in (passage for _, passages in held for passage in passages[:2]):
            for question in questions:
                for asked in (replace(question, like=passage.id), replace(question, unlike=passage.id)):
                    own, oracles = (answer(engine.search(asked)) for engine in engines)
                    assert own == oracles
        for report, _ in held:
            near = [engine.near_duplicates(report.id) for engine in engines]
            assert list(near[0].items()) == list(near[1].items())


@settings(_SHARED, max_examples=sampled(20))
@given(held=corpora(mixed=True), questions=st.lists(searches, min_size=6, max_size=10))
def test_scores_are_explained_as_the_scanning_engine_explains_them(
    cluster: Cluster, held: tuple[Filed, ...], questions: list[Search]
) -> None:
    with fresh_engine(cluster) as ours:
        engines: tuple[Engine, Engine] = ours, ScanningEngine()
        for engine in engines:
            put(engine, *held)

        for question in questions:
            question = replace(question, since=None)
            listed = tuple(match.passage.id for match in ours.search(question).matches)
            own, oracles = (engine.explain(question, listed) for engine in engines)
            assert [shape(one) for one in own] == [shape(one) for one in oracles]
            assert [values(one) for one in own] == [pytest.approx(values(one), abs=1e-9) for one in oracles]
