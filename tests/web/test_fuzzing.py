"""Whatever is asked, one of the statuses that we know comes back, soon, and tells nothing of the machine."""

import random
from collections.abc import Iterator
from time import process_time
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from search_app.query import describe, parse, to_text
from tests.sampling import sampled
from tests.web.fuzzing import MOST, PAGES, TEXTS, Asked, World, draw, world, wrong


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("fuzzing")) as found:
        yield found


def test_every_page_of_the_app_is_asked(at: World) -> None:
    rules = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in at.client.application.url_map.iter_rules()
        if "path:" not in rule.rule and rule.rule != "/api/v1/"
    }

    assert rules == {*at.document["paths"], *PAGES} - {"/static/app.js"}


@effort(
    max_examples=sampled(300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_any_request_is_answered_as_described(at: World, seed: int) -> None:
    asked = draw(random.Random(seed), at)

    assert wrong(asked, at)[2] == [], asked


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("rule", ["/?size=100&q=", "/passages/{}/why?q=", "/api/v1/search?explain=1&q="])
def test_every_hostile_text_is_asked_of_explanations(at: World, rule: str, text: str) -> None:
    url = rule.replace("{}", at.passages[0]) + quote(text, errors="replace")

    assert wrong(Asked("GET", url, {}, b"", rule), at)[2] == []


@effort(max_examples=sampled(200), deadline=None)
@given(
    st.one_of(
        st.text(st.characters(codec=None), max_size=400),
        st.lists(
            st.sampled_from([*TEXTS, "(", ")", "“", "”", " 或 ", " -", "标题:", "年:", "..", "调解"]), max_size=60
        ).map("".join),
    )
)
def test_any_typed_text_is_parsed_soon_and_written_again(typed: str) -> None:
    started = process_time()
    query = parse(typed).query
    if query is not None:
        describe(query)
        parse(to_text(query))

    assert process_time() - started < MOST
