"""One memo per generation: made once while nothing changes, anew for another generation, apart for each engine."""

from concurrent.futures import ThreadPoolExecutor

from search_app.engines.base import Engine
from search_app.searching.per_generation import PerEngine, PerGeneration, RecentAnswers
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


# ---- recent answers ----


def test_a_question_that_was_asked_lately_is_answered_without_asking_again() -> None:
    engine, answers = ScanningEngine(), RecentAnswers[int](2)
    put(engine, filed("a.txt", "调解。"))

    assert [answers(engine, "a", lambda: 1), answers(engine, "a", lambda: 2)] == [1, 1]


def test_no_more_answers_are_kept_than_wanted_and_the_longest_unasked_goes_first() -> None:
    engine, answers = ScanningEngine(), RecentAnswers[int](2)
    put(engine, filed("a.txt", "调解。"))
    for question in ("a", "b", "a", "c"):
        answers(engine, question, lambda: 1)

    assert [answers(engine, question, lambda: 2) for question in ("a", "c", "b")] == [1, 1, 2]


def test_answers_of_an_older_generation_are_not_given() -> None:
    engine, answers = ScanningEngine(), RecentAnswers[int](2)
    put(engine, filed("a.txt", "调解。"))
    answers(engine, "a", lambda: 1)

    put(engine, filed("b.txt", "信访。"))

    assert answers(engine, "a", lambda: 2) == 2


def test_an_answer_that_was_given_while_the_generation_changed_is_not_kept() -> None:
    engine, answers = ScanningEngine(), RecentAnswers[int](2)
    put(engine, filed("a.txt", "调解。"))

    def meanwhile() -> int:
        put(engine, filed("b.txt", "信访。"))
        return 1

    assert [answers(engine, "a", meanwhile), answers(engine, "a", lambda: 2)] == [1, 2]


def test_an_answer_that_is_not_worth_it_is_not_kept() -> None:
    engine, answers = ScanningEngine(), RecentAnswers[int](2, worth=lambda given: given > 1)
    put(engine, filed("a.txt", "调解。"))

    assert [answers(engine, "a", lambda: 1), answers(engine, "a", lambda: 2), answers(engine, "a", lambda: 3)] == [
        1,
        2,
        2,
    ]
