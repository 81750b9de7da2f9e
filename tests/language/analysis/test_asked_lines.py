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
