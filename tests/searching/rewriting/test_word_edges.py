"""Word edges: what of a typed text says what is looked for."""

import pytest

from search_app.query import Words
from search_app.searching.rewriting.word_edges import find_telling_runs


@pytest.mark.parametrize(("typed", "told"), [("案卷拿出来评查", ["案卷", "评查"]), ("把账本晒出来", ["账本"])])
def test_a_verb_of_one_character_that_only_leads_somewhere_is_not_looked_for(typed: str, told: list[str]) -> None:
    assert [run.text for run in find_telling_runs(Words(text=typed))] == told


def test_a_word_of_two_characters_before_it_is() -> None:
    assert [run.text for run in find_telling_runs(Words(text="矛盾化解出来"))] == ["矛盾化解"]
