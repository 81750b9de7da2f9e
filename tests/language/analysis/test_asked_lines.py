"""Asked lines: which lines ask, which answer, and what is left of a question without its mark."""

import pytest

from search_app.language.analysis.asked_lines import answers, asks, part_answer, question_of


@pytest.mark.parametrize(
    "mark",
    [
        "问：",
        "问:",
        "问1：",
        "1.问：",
        "（一）问：",
        "村民问：",
        "提问：",
        "【问】",
        "【问】：",
        "Q：",
        "Q2:",
        "问（店主）：",
    ],
)
def test_a_question_is_known_by_its_mark(mark: str) -> None:
    line = f"{mark}摆夜摊要办什么手续？"

    assert (asks(line), question_of(line)) == (True, "摆夜摊要办什么手续？")


@pytest.mark.parametrize("mark", ["答：", "答（司法所）：", "【答】", "A：", "镇长答：", "答复：", "回应：", "1.答："])
def test_an_answer_is_known_by_its_mark(mark: str) -> None:
    assert answers(f"{mark}先到窗口登记。")


@pytest.mark.parametrize(
    "line",
    [
        "问题：人手不够。",
        "问计于民：开了三次会。",
        "答应群众的事：件件落实。",
        "QQ群：建了五个。",
        "答复率达到百分之百。",
        "问：",
    ],
)
def test_words_that_begin_like_a_mark_neither_ask_nor_answer(line: str) -> None:
    assert not asks(line)
    assert not answers(line)


def test_what_is_no_question_stays_as_it_is() -> None:
    assert question_of("二、下一步打算") == "二、下一步打算"


def test_an_answer_on_the_line_of_its_question_is_parted_from_it() -> None:
    assert part_answer("问：桥什么时候修？答（村建办）：六月开工。") == (
        "问：桥什么时候修？",
        "答（村建办）：六月开工。",
    )
    assert part_answer("桥什么时候修？答：六月开工。") == ("桥什么时候修？答：六月开工。",)


@pytest.mark.parametrize(
    "line",
    [
        "法律顾问：聘了两名。",
        "（三）走访慰问：走了六户。",
        "专题询问：开了三次。",
        "（一）访问：去了四村。",
        "疑问、难处当场说",
    ],
)
def test_a_word_that_ends_like_the_mark_of_a_question_asks_nothing(line: str) -> None:
    assert not asks(line)


@pytest.mark.parametrize(
    "who", ["记者问：", "群众问：", "网友问：", "榧坑村村民问：", "企业代表问：", "赶集的大爷问："]
)
def test_whoever_asks_is_known(who: str) -> None:
    assert asks(f"{who}夜市几点收摊？")


def test_a_long_text_behind_the_mark_of_a_question_is_none_unless_it_asks() -> None:
    told = "镇里把夜市的摊位一家一家登记，收摊的钟点写在路口的牌子上"

    assert not asks(f"问：{told}，谁家晚了先提醒再登记，三回不改的收回摊位。")
    assert not asks(f"问：{told}。晚了怎么办。")
    assert asks(f"问：{told}，谁家晚了先提醒再登记，这样管了一年，街坊还有没有意见？")


@pytest.mark.parametrize(
    "line", ["2.人大建议答复：六件。", "4.信访答复：九件。", "限期答复：四件。", "疑难解答：办了三场。"]
)
def test_what_was_answered_in_writing_is_no_answer_to_a_question(line: str) -> None:
    assert not answers(line)
