"""Numerals: figures are found however they are written, and names with figures in them stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import fold
from search_app.language.analysis.han_numbers import in_characters
from search_app.language.question.number_variants import MOST, vary_numbers

COUNTS = st.integers(10, 9999)
TEXTS = st.text(alphabet="0123456789一二三四五六七八九十百千万零〇年月日号件个%·.,〔〕普法八五", max_size=12) | st.text(
    max_size=12
)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("十二个村", "12个村"),
        ("28个村", "二十八个村"),
        ("纠纷三百二十件", "纠纷320件"),
        ("三十余场", "30余场"),
        ("两次", "2次"),
        ("第十二条", "第12条"),
        ("二〇二三年普法", "2023年普法"),
        ("2023年", "二〇二三年"),
        ("23年普法", "2023年普法"),
        ("95%", "百分之九十五"),
        ("99.07%", "百分之九十九点零七"),
        ("百分之百", "100%"),
        ("24h值守", "24小时值守"),
        ("24小时值守", "24h值守"),
        ("巡查8公里", "巡查8km"),
        ("60㎡", "60平方米"),
        ("12·4", "12月4日"),
        ("12·4", "12.4"),
        ("12•4", "十二月四日"),
        ("12月4日", "12·4"),
        ("12月4号宣传", "12·4宣传"),
        ("3月宣传月", "三月宣传月"),
        ("1.2万", "12000"),
        ("12000份", "1.2万份"),
        ("6,000份", "6000份"),
        ("政发〔2023〕5号", "政发（2023）5号"),
        ("政发（2023）5号", "政发〔2023〕5号"),
        ("八五普法", "“八五”普法"),
        ("“十四五”规划", "十四五规划"),
    ],
)
def test_figures_are_written_in_other_ways_too(typed: str, other: str) -> None:
    assert fold(other) in map(fold, vary_numbers(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "一是", "二是", "三重一大", "三项制度", "十四五", "一站式", "三治融合", "四议两公开", "双随机", "五老",
        "一村一法律顾问", "三调联动", "两委", "四个意识", "两个维护", "三个代表", "法律七进", "十九大", "二十大",
        "二十届三中全会", "一把手", "第一责任人", "千佛镇", "万无一失", "八一建军节", "一网通办", "三官一律",
        "三会一课", "四个亲自", "一件事", "12345", "12345热线", "三家镇", "十八里镇", "千家万户", "四门四访",
        "一门式", "六所一庭", "三室一库", "一米线", "三件套", "5月调度",
    ],
)  # fmt: skip
def test_names_with_figures_stay_as_they_are(typed: str) -> None:
    assert vary_numbers(typed) == ()


@pytest.mark.parametrize("typed", ["13·4", "12·40", "12.4万元", "满意度9.8分", "1.12.4"])
def test_what_is_no_day_becomes_none(typed: str) -> None:
    assert not any("月" in other for other in vary_numbers(typed))


@given(COUNTS)
def test_a_count_is_found_from_either_side(value: int) -> None:
    written = f"{in_characters(value)}件"

    assert f"{value}件" in vary_numbers(written)
    assert written in vary_numbers(f"{value}件")


@given(TEXTS)
def test_variants_are_few_and_each_once_and_other_than_what_was_typed(typed: str) -> None:
    found = vary_numbers(typed)

    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert fold(typed) not in map(fold, found)


def test_a_pasted_text_full_of_figures_has_few_variants_too() -> None:
    assert len(vary_numbers("走访12户，化解95%，" * 20)) == MOST  # all of them together would be 2 to the power of 40


@given(
    st.text(
        alphabet=st.characters(
            min_codepoint=0x4E00, max_codepoint=0x9FA5, exclude_characters="一二两三四五六七八九十百千万"
        )
    )
)
def test_a_text_without_figures_has_no_variants(typed: str) -> None:
    assert vary_numbers(typed) == ()
