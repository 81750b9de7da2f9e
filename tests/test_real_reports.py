"""The whole chain on five real reports, which lie beside the project where it is developed, not in a user's clone."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import Tally, update
from search_app.language import squeeze
from search_app.model import Collapse, Facet, Passage
from search_app.query import Words
from search_app.searching import Request, Results, search

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the five real reports are not beside this clone")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Tally]]:
    engine = open_engine(tmp_path_factory.mktemp("real") / "index")
    yield engine, update(engine, REPORTS)
    engine.close()


def every_passage(engine: Engine) -> list[Passage]:
    return [passage for report in engine.reports() for passage in engine.report(report.id)[1]]


def asked(engine: Engine, text: str) -> Results:
    return search(engine, Request(text=text, size=100, collapse=Collapse.NONE))


def test_all_five_are_read_and_a_second_run_changes_nothing(built: tuple[Engine, Tally]) -> None:
    engine, first = built

    second = update(engine, REPORTS)

    assert (len(first.added), first.failed) == (5, ())
    assert (len(second.unchanged), second.added, second.changed, second.removed) == (5, (), (), ())
    assert second.generation == first.generation


def test_legal_advisers_are_found_in_at_least_four_reports_with_true_facets(built: tuple[Engine, Tally]) -> None:
    engine, _ = built

    answer = asked(engine, "法律顾问")

    hits = [hit.match for hit in answer.hits if not hit.near]
    assert answer.found.reports >= 4
    assert len(hits) == answer.found.total
    for facet, values in {
        Facet.YEAR: Counter(hit.report.year for hit in hits),
        Facet.TOWN: Counter(hit.report.town for hit in hits),
        Facet.COUNTY: Counter(hit.report.county for hit in hits),
        Facet.SECTION: Counter(hit.passage.section for hit in hits),
        Facet.TOPIC: Counter(topic for hit in hits for topic in hit.passage.topics or (None,)),
    }.items():
        assert {value.value: value.count for value in answer.found.facets[facet]} == values


def test_a_name_in_quotes_finds_its_one_passage(built: tuple[Engine, Tally]) -> None:
    engine, _ = built

    assert asked(engine, '"老娘舅茶室"').found.total == 1


def test_a_hundred_random_substrings_in_quotes_find_exactly_the_passages_that_hold_them_in_text_or_headings(
    built: tuple[Engine, Tally],
) -> None:
    engine, _ = built
    passages = every_passage(engine)
    choose = random.Random(2026)

    for _ in range(100):
        text = choose.choice(passages).text
        start = choose.randrange(len(text))
        wanted = text[start : start + choose.randint(2, 12)]
        if '"' in wanted or not wanted.strip():
            continue

        found = {hit.match.passage.id for hit in asked(engine, f'"{wanted}"').hits if not hit.near}

        bare = squeeze(wanted)
        held = {each.id for each in passages if any(bare in squeeze(text) for text in (each.text, *each.headings))}
        assert found == held, wanted


def test_plain_words_miss_no_passage_that_contains_the_typed_characters(built: tuple[Engine, Tally]) -> None:
    engine, _ = built
    passages = every_passage(engine)
    choose = random.Random(2027)

    for _ in range(60):
        text = choose.choice(passages).text
        start = choose.randrange(len(text))
        wanted = "".join(char for char in text[start : start + choose.randint(1, 4)] if "一" <= char <= "鿿")
        if not wanted or wanted == "或":
            continue

        found = {hit.match.passage.id for hit in asked(engine, wanted).hits}

        assert {each.id for each in passages if wanted in each.text} <= found, Words(text=wanted)
