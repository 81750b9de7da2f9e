"""Phrases: what texts write again and again as one is found, fragments, chance and junk are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import find_phrases

VERBS = ("推行", "规范", "抽查", "公示", "讲解", "落实")
THINGS = ("茶摊", "鱼塘", "果园", "船闸", "砖窑", "磨坊")
TOWNS = ("云栈镇", "白砾乡", "青蒲街道")
#: What else is written, so that nothing is frequent by itself.
FILLING = [(TOWNS[at % 3], f"{VERBS[at % 6]}，{THINGS[at % 5]}，{THINGS[at % 6]}。") for at in range(60)]


def repeated(*phrases: str, times: int = 6) -> list[tuple[str, str]]:
    """Return texts of three towns that hold phrases among words that change."""
    return [
        (TOWNS[at % 3], f"{VERBS[at % 6]}{phrase}，{THINGS[at % 6]}{phrase}{THINGS[(at + 1) % 6]}。")
        for at in range(times)
        for phrase in phrases
    ]


def phrases_of(texts: list[tuple[str, str]], *, names: frozenset[str] = frozenset()) -> dict[str, int]:
    return find_phrases([*texts, *FILLING], fewest=2, most=1000, names=names)


@pytest.mark.parametrize("phrase", ["首违不罚", "板凳说事会", "秸秆禁烧", "调解成功率", "12345热线", "执法全过程记录"])
def test_what_texts_write_again_and_again_as_one_is_a_phrase(phrase: str) -> None:
    assert phrases_of(repeated(phrase, "码头评理", "进村普法"))[phrase] == 6


def test_what_is_always_followed_by_the_same_word_is_a_fragment() -> None:
    found = phrases_of(repeated("执法全过程记录", "码头评理"))

    assert not [phrase for phrase in found if phrase.endswith("全过程")]
    assert not [phrase for phrase in found if phrase.startswith("全过程")]


@pytest.mark.parametrize(
    "text",
    ["调解纠纷38件", "2023年度", "进行了普法", "的调解", "三个码头", "走访和", "全年普法", "4名网格员"],
)
def test_counts_years_and_joining_words_make_no_phrase(text: str) -> None:
    found = phrases_of(repeated(text))

    assert not [each for each in found if any(char.isdigit() for char in each)]
    assert not [each for each in found if each[0] in "的了和三" or each[-1] in "的了和" or each.startswith("全年")]


def test_a_person_of_one_town_is_no_phrase_and_a_practice_of_one_town_is() -> None:
    person = [("云栈镇", text) for _, text in repeated("组长彭云岫")]
    practice = [("云栈镇", text) for _, text in repeated("板凳说事会")]
    found = phrases_of([*person, *practice])

    assert "板凳说事会" in found
    assert not [phrase for phrase in found if "彭" in phrase]


def test_a_phrase_does_not_begin_inside_a_word() -> None:
    assert not [phrase for phrase in phrases_of(repeated("民宿主法律明白人")) if phrase.startswith("宿主")]


def test_names_of_places_are_in_no_phrase() -> None:
    texts = repeated("石桥巡回法庭", "码头评理")

    assert "石桥巡回法庭" in phrases_of(texts)
    assert not [phrase for phrase in phrases_of(texts, names=frozenset({"石桥"})) if "石桥" in phrase]


def test_a_phrase_counts_once_for_each_text_and_those_that_most_hold_come_first() -> None:
    found = find_phrases([*repeated("首违不罚", times=9), *repeated("板凳说事会", times=4), *FILLING], fewest=2, most=1)

    assert found == {"首违不罚": 9}


@pytest.mark.parametrize("texts", [[], [("a", "")], [("a", "。。")], [("a", "调解")]])
def test_texts_without_phrases_have_none(texts: list[tuple[str, str]]) -> None:
    assert phrases_of(texts) == {}


@given(st.lists(st.lists(st.sampled_from([*VERBS, *THINGS, "38", "的", "，"]), max_size=12).map("".join), max_size=12))
def test_every_phrase_stands_in_as_many_texts_as_it_says(texts: list[str]) -> None:
    found = find_phrases([(str(at % 3), text) for at, text in enumerate(texts)], fewest=2, most=50)

    assert all(2 <= count <= sum(phrase in text for text in texts) for phrase, count in found.items())
