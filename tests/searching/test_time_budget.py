"""The time of a search: when it is used up, what was found is shown, and what is left out is said."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count

import pytest

from search_app.model import TOPICS, Collapse, Exemplary, Facet, Found
from search_app.query import Deadline, NoteKind, Search, Selection
from search_app.searching import Request, Results, find_practices, give_time, search
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine

NEVER = Deadline(1.0, lambda: 0.0)
OVER = Deadline(0.0, lambda: 1.0)


class Counting(ScanningEngine):
    """Notes what it is asked, and may let the time pass with each question."""

    def __init__(self) -> None:
        super().__init__()
        self.searches = self.counts = 0

    def search(self, search: Search) -> Found:
        self.searches += 1
        return super().search(search)

    def count(self, search: Search) -> int:
        self.counts += 1
        return ScanningEngine.search(self, search).total


@pytest.fixture
def engine() -> Counting:
    found = Counting()
    with found.writing() as writer:
        for number in range(6):
            writer.put(*filed(f"{number}.txt", f"调解矛盾纠纷{number}件。", "聘请法律顾问。", year=2020 + number))
    return found


def after(questions: int, engine: Counting) -> Deadline:
    """Return a deadline that comes once the engine was asked so many questions, counts included."""
    return Deadline(questions, lambda: engine.searches + engine.counts)


def told(results: Results) -> list[str]:
    return [note.message for note in results.notes if note.kind is NoteKind.PARTIAL]


def test_a_search_in_good_time_is_answered_as_without_a_bound(engine: Counting) -> None:
    for text in ("调解", "调解 法律顾问", "矛盾纠纷调节", "量子计算机", "“人民调解”"):
        whole, bounded = search(engine, Request(text=text)), search(engine, Request(text=text), deadline=NEVER)

        assert replace(bounded, took_ms=0, asked=whole.asked) == replace(whole, took_ms=0)
        assert not bounded.partial


def test_a_search_whose_time_is_up_tells_of_how_many_passages_it_answers(engine: Counting) -> None:
    found = search(engine, Request(text="调解"), deadline=OVER)

    assert found.partial
    assert (found.found.looked_at, found.found.held, found.found.total) == (1, 12, 1)
    assert "只查了 12 段中的 1 段" in told(found)[0]


def test_the_counts_of_the_filters_tell_of_what_was_looked_at(engine: Counting) -> None:
    found = search(engine, Request(text="调解"), deadline=OVER).found

    assert sum(value.count for value in found.facets[Facet.YEAR]) == found.total == 1


@pytest.mark.parametrize("text", ["调解 量子", "没有这些字 调解", "量子计算机 矛盾纠纷", "“调解员”"])
@pytest.mark.parametrize("selection", [Selection(), Selection(year=(2023,)), Selection(year=(1999,))])
def test_nothing_further_is_counted_once_time_is_up(engine: Counting, text: str, selection: Selection) -> None:
    search(engine, Request(text="热身"))  # what is kept for a generation is made
    engine.searches = engine.counts = 0

    found = search(engine, Request(text=text, selection=selection), deadline=OVER)

    assert engine.counts == 0
    assert engine.searches <= 2
    assert found.partial
    assert told(found)


@pytest.mark.parametrize("text", ["调解 量子", "没有这些字 调解", "矛盾纠纷调节", "“调解员”", "调解", "2019年 调解"])
@pytest.mark.parametrize("selection", [Selection(), Selection(year=(2023,)), Selection(year=(1999,))])
def test_whenever_time_is_up_there_is_an_answer_that_says_so_or_is_whole(
    engine: Counting, text: str, selection: Selection
) -> None:
    request = Request(text=text, selection=selection)
    whole = search(engine, request)
    for questions in range(1, 40):
        engine.searches = engine.counts = 0
        found = search(engine, request, deadline=after(questions, engine))

        assert engine.searches + engine.counts <= questions + 1
        assert bool(told(found)) == found.partial
        if not found.partial:
            assert replace(found, took_ms=0, asked=whole.asked) == replace(whole, took_ms=0)
            break
    else:
        pytest.fail("no bound is wide enough")


def test_what_was_found_whole_is_not_given_up_for_a_part_of_what_is_near(engine: Counting) -> None:
    request = Request(text="调解 法律")
    typed = search(engine, replace(request, also=False, literal=True)).found.total
    search(engine, request)
    for questions in range(1, 30):
        engine.searches = engine.counts = 0
        found = search(engine, request, deadline=after(questions, engine)).found

        assert found.partial or found.total >= typed


def test_a_page_that_the_whole_may_have_is_no_error_of_a_part(engine: Counting) -> None:
    found = search(engine, Request(text="调解", size=2, page=3, also=False), deadline=OVER)

    assert (found.hits, found.partial) == ((), True)


def test_scores_are_explained_while_there_is_time_and_it_is_said_where_not(engine: Counting) -> None:
    request = Request(text="调解", explain=True, collapse=Collapse.NONE, also=False, literal=True)
    seen: set[bool] = set()

    for moment in range(20):
        ticking: Iterator[int] = count()
        found = search(engine, request, deadline=Deadline(moment, partial(next, ticking)))

        explained = {hit.explanation is not None for hit in found.hits}
        assert len(explained) == 1, "all of a page or nothing of it"
        assert (explained == {True}) != any("得分" in message for message in told(found))
        seen |= explained

    assert seen == {True, False}


def test_topics_are_left_out_once_time_is_up_but_for_the_first() -> None:
    held = ScanningEngine()
    with held.writing() as writer:
        for topic in TOPICS[:3]:
            writer.put(*filed(f"{topic}.txt", f"{topic}有办法。", topics=(topic,), exemplary=Exemplary(score=80)))
    whole, part = find_practices(held, Selection()), find_practices(held, Selection(), deadline=OVER)

    assert (len(whole.shelves), whole.partial) == (3, False)
    assert (len(part.shelves), part.partial) == (1, True)


@pytest.mark.parametrize(("seconds", "moment"), [(0.5, 100.5), (2.0, 102.0)])
def test_the_time_counts_from_now(seconds: float, moment: float) -> None:
    deadline = give_time(seconds, clock=lambda: 100.0)

    assert deadline is not None
    assert (deadline.at, deadline.is_over()) == (moment, False)


def test_no_seconds_are_any_time() -> None:
    assert give_time(0) is None
