"""The tables a clerk may edit: complete, and a mistake in one is named."""

import pytest

from search_app.errors import ConfigError
from search_app.labelling import explain, label
from search_app.labelling.tables import exemplary_rule, section_rules, topic_lexicon
from search_app.labelling.words import Lexicon, compile_word
from search_app.model import SECTIONS
from search_app.parsing import parse
from tests.parsing.reading import lines


def test_the_tables_compile_and_every_section_but_the_opening_has_rules() -> None:
    topic_lexicon(), exemplary_rule()

    assert set(section_rules()) == set(SECTIONS) - {"导语"}


def test_a_mistake_in_a_word_is_named() -> None:
    with pytest.raises(ConfigError, match="调解"):
        compile_word("调解(", where="“矛盾化解”")


def test_characters_count_for_the_first_word_only() -> None:
    lexicon = Lexicon({"甲": ([], ["人民调解"], ["调解"], [])})

    assert lexicon.findings("人民调解员开展调解")["甲"] == [[], ["人民调解"], ["调解"], []]


def test_a_crossed_out_word_is_not_found() -> None:
    lexicon = Lexicon({"甲": (["决策部署"], [], ["决策"], [])})

    assert lexicon.findings("落实决策部署")["甲"][2] == []


def test_labels_can_be_explained_by_words_of_the_passage() -> None:
    _, passages = label(*parse(lines("一、主要举措\n全年调解矛盾纠纷12件，法律顾问审查合同3份。"), path="a.txt"))

    assert explain(passages)[0].topics["法律顾问"] == ("法律顾问",)
