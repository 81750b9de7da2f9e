"""The subject of a question: what is near in meaning gains the more, the more words say what is meant."""

from dataclasses import replace

import pytest

from search_app.query import RANKING, About, Raised, Ranking, Words
from search_app.searching.rewriting.intent import QueryIntent
from search_app.searching.rewriting.subject import raise_tree, tell_meaning

PASTED = replace(RANKING, meaning=RANKING.pasted)


def weight(about: str, ranking: Ranking = RANKING) -> float:
    """Return what a passage gains whose meaning is just that."""
    tree = raise_tree(QueryIntent(query=Words(text=about), about=about), Words(text=about), ranking, about)
    assert isinstance(tree, Raised)
    (gained,) = [each.weight for each in tree.by if isinstance(each.node, About)]
    return gained


def test_four_words_gain_twice_as_much_as_one() -> None:
    assert weight("调解 普法 合同 律师") == pytest.approx(2 * weight("调解"))


@pytest.mark.parametrize("about", ["无此词语", "调解", "qwerty"])
def test_no_question_gains_less_than_one_word(about: str) -> None:
    assert weight(about) == RANKING.meaning


def test_beside_a_figure_with_a_bound_the_words_gain_no_more_than_one() -> None:
    assert weight("调解 成功率98%以上") == RANKING.meaning


def test_who_pastes_a_line_is_not_answered_by_its_meaning_however_long_it_is() -> None:
    assert weight("调解 普法 合同 律师", PASTED) == RANKING.pasted


def test_a_word_among_others_is_told_by_what_means_the_same_too() -> None:
    """合同 律师 says more of what is meant with 法律顾问; a word alone says it by itself."""
    assert tell_meaning("法律顾问") == "法律顾问"
    assert len(tell_meaning("法律顾问 村规民约").split()) > 2
