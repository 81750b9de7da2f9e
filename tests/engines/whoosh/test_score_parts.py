"""Explanations add up to the scores of the list, and are those of the oracle, for random corpora and questions."""

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
from search_app.engines.whoosh.search import evaluation
from search_app.query import About, Raised, Search, Weighted, Words
from search_app.score import ExplanationPart
from tests.engines.building import Filed, corpora, filed, searches
from tests.engines.contract import put
from tests.engines.explaining import faults, parts_of, shape, values
from tests.engines.scanning import ScanningEngine
from tests.sampling import sampled


@contextmanager
def both_engines(*batches: tuple[Filed, ...]) -> Iterator[tuple[Engine, Engine]]:
    """Give our engine and the oracle, each grown batch by batch, ours over several segments."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(writer_module, "FULL", 5)
        engines = WhooshEngine(Path(folder) / "index"), ScanningEngine()
        for engine in engines:
            for batch in batches:
                put(engine, *batch)
        yield engines
        engines[0].close()


@settings(max_examples=sampled(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=corpora(mixed=True), after=corpora(mixed=True), questions=st.lists(searches, min_size=1, max_size=4))
def test_explanations_add_up_to_the_listed_scores_and_are_those_of_the_oracle(
    before: tuple[Filed, ...], after: tuple[Filed, ...], questions: list[Search]
) -> None:
    with both_engines(before, after) as engines:
        for question in questions:
            for match in engines[0].search(replace(question, page=1, size=50)).matches:
                ours, oracles = (engine.explain(question, (match.passage.id,))[0] for engine in engines)

                assert (faults(ours), faults(oracles)) == ([], [])
                assert (ours.value, oracles.value) == pytest.approx((match.score, match.score), abs=1e-9)
                assert shape(ours) == shape(oracles)
                assert values(ours) == pytest.approx(values(oracles), abs=1e-9)


@pytest.mark.parametrize("nested", [False, True])
def test_what_a_meaning_raises_only_for_the_best_is_explained_only_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nested: bool
) -> None:
    monkeypatch.setattr(evaluation, "_NEAREST", 3)
    engine = WhooshEngine(tmp_path)
    put(engine, *(filed(f"{n}.txt", "调解矛盾纠纷。" + "调解" * n + "法律顾问" * (n % 3)) for n in range(9)))
    near = Weighted(node=About(text="调解矛盾", least=0.0), weight=5.0)
    raised = Raised(child=Words(text="调解"), by=(near, Weighted(node=Words(text="法律顾问"), weight=2.0), near))
    query = Raised(child=raised, by=(Weighted(node=raised), near)) if nested else raised

    listed = engine.search(Search(query=query, size=20)).matches
    explained = [engine.explain(Search(query=query), (match.passage.id,))[0] for match in listed]

    assert len(listed) == 9
    assert [one.value for one in explained] == pytest.approx([match.score for match in listed], abs=1e-9)
    assert [faults(one) for one in explained] == [[]] * 9
    assert {any(part.part == ExplanationPart.MEANING for part in parts_of(one)) for one in explained} == {True, False}
