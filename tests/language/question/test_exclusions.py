"""Exclusions in words: what asks to leave something out is heard, and no word of reports is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import synonym_words
from search_app.language.analysis.tokenizer import own_words
from search_app.language.question.exclusions import find_exclusions
from tests.language.question.spelling_scoring import words_of_the_corpus

SAYINGS = (
    "普法 不要{}",
    "普法，不要{}",
    "普法 不要{}的",
    "普法 不要讲{}的内容",
    "普法 不想看{}",
    "普法 不看{}",
    "普法 不含{}",
    "普法 不包括{}",
    "普法 不包含{}",
    "普法 不涉及{}",
    "普法 排除{}",
    "普法 剔除{}",
    "普法 去掉{}",
    "普法 除了{}",
    "普法 不要{}里的",
    "普法 不要{}之类的",
    "普法 不要{}那种",
    "普法 不看{}什么的",
    "普法 除了{}这些",
    "普法 除{}外",
    "普法 除{}以外",
    "普法 除了{}之外",
    "普法 {}除外",
    "普法 不是{}的",
    "普法 {}以外",
    "普法 {}的不要",
    "普法不要{}",
    "不要{}的普法",
    "不包括{}的普法",
    "除了{}以外的普法",
    "除{}之外的普法",
    "除了{}还有别的普法",
    "除了{}，别的普法",
)
TERMS = ("学校", "讲座", "婚姻家庭", "征地拆迁", "法律顾问")


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("saying", SAYINGS)
def test_a_term_that_is_not_wanted_is_left_out_however_it_is_said(saying: str, term: str) -> None:
    found = find_exclusions(saying.format(term))

    assert found.terms == (term,)
    assert found.text.removeprefix("别的") == "普法"


@pytest.mark.parametrize("saying", ["普法 非{}", "普法 非{}类", "非{}类普法"])
@pytest.mark.parametrize("term", ["学校", "讲座", "征地拆迁"])
def test_a_term_that_a_prefix_negates_is_left_out_where_no_word_begins_so(saying: str, term: str) -> None:
    assert find_exclusions(saying.format(term)).terms == (term,)


@pytest.mark.parametrize("text", ["彩礼要不要退", "文件发出去要不要报给县里", "要不要签合同"])
def test_a_question_whether_to_do_something_leaves_nothing_out(text: str) -> None:
    assert find_exclusions(text).terms == ()


@pytest.mark.parametrize("still", ["还有", "还搞了", "还做了", "还开展了", "也管"])
def test_what_else_was_done_leaves_out_what_is_named(still: str) -> None:
    found = find_exclusions(f"除了宪法日{still}什么普法")

    assert found.terms == ("宪法日",)
    assert found.text == "什么普法"


@pytest.mark.parametrize(
    ("text", "left"),
    [("公开 不是政府网站的，要村里的", "公开 村里"), ("培训 不要村民的，只看干部的", "培训 干部")],
)
def test_beside_an_exclusion_the_words_that_say_only_are_left_out(text: str, left: str) -> None:
    assert find_exclusions(text).text == left


def test_several_terms_are_left_out_each() -> None:
    assert find_exclusions("调解 不要邻里和婚姻").terms == ("邻里", "婚姻")
    assert find_exclusions("执法 除了环保、城管").terms == ("环保", "城管")


@pytest.mark.parametrize(
    "typed",
    [
        "不作为 乱作为", "不动产登记", "未成年人保护", "非法集资", "非遗 普法", "非诉执行 协助",
        "非警务警情 分流", "非现场 执法",
        "除险加固", "除雪 保障", "除四害 宣传", "无讼村 创建", "不要式行为", "户外广告 整治", "对外 宣传",
        "除草 户外活动",
        "群众不要补偿款怎么办", "村民不愿意调解怎么办", "有没有学校的普法", "没有执法证 执法", "不具备执法资格",
        "执法 不作为",
        "安全隐患 排除", "不要学校", "学校以外", "不含糊 执法", "普法 别的学校",
    ],
)  # fmt: skip
def test_words_that_only_look_so_are_searched(typed: str) -> None:
    assert find_exclusions(typed).terms == ()
    assert find_exclusions(typed).text == typed


def test_no_word_of_the_reports_nor_of_the_tables_is_taken_for_an_exclusion() -> None:
    words = {*words_of_the_corpus(), *synonym_words(), *own_words()}
    taken = [word for word in words for text in (f"{word} 普法", f"普法 {word}") if find_exclusions(text).terms]

    assert taken == []


def test_what_stands_in_the_reports_is_searched() -> None:
    assert find_exclusions("执法 排除隐患", lambda text: text == "排除隐患").terms == ()
    assert find_exclusions("执法 排除隐患").terms == ("隐患",)


@given(st.lists(st.sampled_from([*"不要除了外非的，", " ", "学校", "普法", "以外", "排除"]), max_size=12).map("".join))
def test_something_is_always_left_to_search_and_terms_stand_in_what_was_typed(typed: str) -> None:
    found = find_exclusions(typed)

    assert bool(found.text) == bool(typed.strip()) or not found.terms
    assert all(term in typed for term in found.terms)
