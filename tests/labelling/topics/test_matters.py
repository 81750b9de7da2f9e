"""Passages that number several matters: each of them is heard."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.labelling.topics.classify import Situation, find_topics, split_matters
from search_app.model import SECTIONS, TOPICS

MATTERS = (
    "部分村的补贴名单没有按时张榜，群众问起来答不上来。",
    "司法所只有两个人，其中一人长期借调在外。",
    "老人不会在手机上点，系统又常常掉线。",
    "几处山塘年久失修，汛前没有来得及加固。",
    "会上议过的事有的没有记录，过后各说各的。",
)
MARKS = st.sampled_from((("一是", "二是", "三是"), ("（一）", "（二）", "（三）"), ("1.", "2.", "3.")))


@settings(max_examples=60, deadline=None)
@given(chosen=st.permutations(MATTERS), marks=MARKS, section=st.sampled_from(SECTIONS[3:5]))
def test_a_passage_has_the_topics_of_every_matter_that_it_numbers(
    chosen: list[str], marks: tuple[str, ...], section: str
) -> None:
    matters = [mark + matter for mark, matter in zip(marks, chosen, strict=False)]
    whole = Situation(text="".join(matters), section=section)

    (topics,) = find_topics([whole])

    alone = find_topics([replace(whole, text=matter) for matter in matters])
    assert {topic for each in alone for topic in each} <= set(topics)


@given(text=st.text(alphabet="一二是（）1.、一、调解。\n", max_size=30))
def test_matters_follow_each_other_to_the_end_of_the_text(text: str) -> None:
    matters = split_matters(text)

    assert len(matters) != 1
    assert text.endswith("".join(matters))


def test_nothing_asked_gives_nothing() -> None:
    assert find_topics([]) == ()


def test_topics_of_passages_do_not_depend_on_what_they_are_judged_with() -> None:
    seen = [Situation(text=text, section=SECTIONS[3], above=TOPICS[:1]) for text in MATTERS]

    assert find_topics(seen) == tuple(find_topics([each])[0] for each in seen)
