"""One memo per generation: made once while nothing changes, anew for another generation, apart for each engine."""

from concurrent.futures import ThreadPoolExecutor

from search_app.engines.base import Engine
from search_app.searching.per_generation import PerEngine, PerGeneration
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine


def counting() -> tuple[PerGeneration[int], list[Engine]]:
    """Return a memo of how many reports are held, and the engines that it asked."""
    asked: list[Engine] = []

    def make(engine: Engine) -> int:
        asked.append(engine)
        return len(engine.reports())

    return PerGeneration(make), asked


def test_a_value_is_made_once_for_a_generation() -> None:
    engine, (memo, asked) = ScanningEngine(), counting()
    put(engine, filed("a.txt", "调解。"))

    assert [memo(engine), memo(engine)] == [1, 1]
    assert len(asked) == 1


def test_a_new_generation_makes_it_anew() -> None:
    engine, (memo, asked) = ScanningEngine(), counting()
    put(engine, filed("a.txt", "调解。"))
    before = memo(engine)

    put(engine, filed("b.txt", "信访。"))

    assert [before, memo(engine)] == [1, 2]
    assert len(asked) == 2


def test_engines_do_not_share_it() -> None:
    one, other, (memo, _) = ScanningEngine(), ScanningEngine(), counting()
    put(one, filed("a.txt", "调解。"))
    put(other, filed("a.txt", "调解。"), filed("b.txt", "信访。"))

    assert [memo(one), memo(other)] == [1, 2]


def test_threads_that_ask_together_wait_for_the_one_that_makes_it() -> None:
    engine, (memo, asked) = ScanningEngine(), counting()
    put(engine, filed("a.txt", "调解。"))

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: memo(engine), range(32)))

    assert set(found) == {1}
    assert len(asked) == 1


def test_what_an_engine_keeps_outlives_its_generations_and_is_its_own() -> None:
    one, other = ScanningEngine(), ScanningEngine()
    kept: PerEngine[list[int]] = PerEngine(list)
    put(one, filed("a.txt", "调解。"))
    kept(one).append(1)

    put(one, filed("b.txt", "信访。"))

    assert [kept(one), kept(other)] == [[1], []]
