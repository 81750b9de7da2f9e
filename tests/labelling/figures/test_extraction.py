"""Whatever a text is made of: nothing is raised, and what is said of each figure stands in the text."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.labelling.figures.extraction import find_counts
from search_app.labelling.figures.numbers import find_numbers
from search_app.labelling.figures.things import thing_named, things, words
from search_app.language import simplify
from search_app.model import SECTIONS, TOPICS, Figure

_PIECES = [
    *sorted(words().full)[::7],
    *sorted(words().short),
    *words().units,
    *sorted({verb for thing in things() for verb in thing.verbs})[::3],
    *("，", "。", "、", "（", "）", "：", "\n", " | ", "全年", "其中", "截至目前", "2023年", "力争", "共"),
    *("达", "余", "万", "近", "每"),
    *("28", "3.5", "1,200", "三十二", "十", "97.4%", "二〇二三", "第14条", "2至3", "０", "“", "”"),
    *("《", "》", "调解", "无", "各"),
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=24).map("".join),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
)
years = st.none() | st.integers(2015, 2025)


@given(texts, st.sampled_from(SECTIONS), years)
def test_what_is_said_of_a_figure_stands_in_the_text(text: str, section: str, year: int | None) -> None:
    for one in find_counts(text, section, year):
        assert 0 <= one.clause_start <= one.start < one.end <= len(text)
        assert one.end <= one.clause_end <= len(text)
        thing = thing_named(one.what)
        assert thing is not None
        assert one.unit in thing.units
        assert one.unit in text[one.start : one.end].replace("％", "%") or one.number == 0 or " | " in text


@given(texts, st.sampled_from(SECTIONS), years)
def test_the_digits_of_a_number_are_those_of_the_text(text: str, section: str, year: int | None) -> None:
    for one in find_counts(text, section, year):
        written = re.match(r"([\d.,，]+)\s*[余多来几]?([百千万亿]?)", text[one.start : one.end])
        if written:
            digits = Decimal(re.sub("[,，]", "", written[1]).rstrip("."))
            scale = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}[written[2]]
            assert Decimal(str(one.number)) == digits * scale


@given(texts, st.sampled_from(SECTIONS), years)
def test_figures_come_in_reading_order(text: str, section: str, year: int | None) -> None:
    found = find_counts(text, section, year)

    assert [one.start for one in found] == sorted(one.start for one in found)


@given(st.integers(0, 99_999_999), st.sampled_from(["件", "起", "宗"]))
def test_any_count_of_the_plainest_sentence_is_read(number: int, unit: str) -> None:
    (found,) = find_counts(f"全年调解矛盾纠纷{number}{unit}。", "主要举措和成效", 2023)

    assert found == Figure(
        what="化解矛盾纠纷",
        number=number,
        unit=unit,
        start=8,
        end=8 + len(str(number)) + 1,
        clause_start=0,
        clause_end=8 + len(str(number)) + 1,
    )


@given(texts)
def test_traditional_characters_keep_their_places(text: str) -> None:
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    "text", ["9" * 50_000, "调解矛盾纠纷" * 5_000, "一百" * 20_000, "、3件" * 5_000, "（" * 20_000]
)
def test_a_long_text_of_one_thing_is_read_to_its_end_with_no_more_figures_than_numbers(text: str) -> None:
    assert len(find_counts(text, "主要举措和成效", 2023)) <= len(list(find_numbers(text)))


def test_every_topic_has_something_that_is_counted() -> None:
    assert {thing.topic for thing in things()} == set(TOPICS)


def test_no_thing_is_called_like_another() -> None:
    assert len({thing.name for thing in things()}) == len(things())
