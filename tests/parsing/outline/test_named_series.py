"""Named series: questions, names in brackets, names behind a mark and numbers alone head what stands below them."""

import pytest

from search_app.model import Passage, Report
from search_app.parsing import parse
from tests.parsing.reading import lines

LONG = "镇里把各村的台账收上来逐页核对，对不上的当场问清楚，年底再由司法所抽查一遍，结果贴在院墙上。"


def parsed(text: str) -> tuple[Report, tuple[Passage, ...]]:
    return parse(lines(text), path="a.txt")


def shape(text: str) -> list[tuple[str, int]]:
    return [(entry.heading, entry.level) for entry in parsed(text)[0].outline]


def headed(text: str) -> list[tuple[str, str]]:
    return [(passage.headings[-1] if passage.headings else "", passage.text) for passage in parsed(text)[1]]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [("问：", "答："), ("问：", "答（河长办）："), ("【问】", "【答】"), ("Q：", "A：")],
)
def test_a_question_heads_its_answers_and_is_no_passage(ask: str, answer: str) -> None:
    one, two = f"{ask}塘坝的水归谁管？", f"{ask}吵起来了怎么办？"

    found = headed(f"{one}\n{answer}{LONG}\n{answer}{LONG}村里另有约定。\n{two}\n{answer}{LONG}")

    assert found == [(one, f"{answer}{LONG}"), (one, f"{answer}{LONG}村里另有约定。"), (two, f"{answer}{LONG}")]


def test_numbers_of_questions_and_of_answers_move_no_level() -> None:
    text = f"1.问：谁来管？\n答：分两头。\n1.镇里管大塘。{LONG}\n2.村里管小塘。{LONG}\n2.问：谁出钱？\n答：{LONG}"

    assert [heading for heading, level in shape(text) if level == 1] == ["1.问：谁来管？", "2.问：谁出钱？"]


def test_questions_stand_inside_the_part_that_they_are_asked_in() -> None:
    text = f"一、水\n问：谁来管？\n答：{LONG}\n问：谁出钱？\n答：{LONG}\n二、路\n问：谁来修？\n答：{LONG}"

    assert [level for _, level in shape(text)] == [1, 2, 2, 1, 2]


def test_an_answer_on_the_line_of_its_question_stands_below_it() -> None:
    found = headed(f"问：谁来管？答：{LONG}\n问：谁出钱？答：{LONG}")

    assert found == [("问：谁来管？", f"答：{LONG}"), ("问：谁出钱？", f"答：{LONG}")]


def test_a_single_question_without_others_is_text() -> None:
    assert shape(f"有人当面来问。\n问：谁来管？\n答：{LONG}") == []


def test_a_question_and_its_answer_are_never_joined_to_the_line_above() -> None:
    full = "村里的塘坝年久失修每到旱季都要为放水先后吵上几回"
    text = "\n".join([full, full, full, "问：" + full[:-2], "答：" + full[:-2], "问：谁出钱", "答：镇里出。"])

    assert [heading for heading, _ in shape(text)] == ["问：" + full[:-2], "问：谁出钱"]


def test_of_three_paragraphs_that_open_with_a_name_in_brackets_each_is_headed_by_its_own() -> None:
    text = f"【学法】{LONG}\n【调解】{LONG}\n【摊贩与夜市】{LONG}\n【不足】{LONG}"

    assert shape(text) == [("【学法】", 1), ("【调解】", 1), ("【摊贩与夜市】", 1), ("【不足】", 1)]
    assert [heading for heading, _ in headed(text)] == ["【学法】", "【调解】", "【摊贩与夜市】", "【不足】"]


def test_two_paragraphs_that_open_with_a_short_word_in_brackets_are_text() -> None:
    assert shape(f"【注】{LONG}\n【又】{LONG}") == []


@pytest.mark.parametrize("mark", ["◆", "■", "● "])
def test_short_lines_behind_a_mark_head_what_stands_below_them(mark: str) -> None:
    text = f"{LONG}\n{mark}管山\n1）{LONG}\n2）{LONG}\n{mark}管水\n1）{LONG}\n{mark}管路\n{LONG}"

    assert shape(text) == [(f"{mark}管山", 1), (f"{mark}管水", 1), (f"{mark}管路", 1)]
    assert not any(mark.strip() in passage for _, passage in headed(text))


def test_a_list_of_marked_words_heads_nothing() -> None:
    text = f"一、收到的器材\n◆喇叭\n◆横幅\n◆展板\n二、宣传\n{LONG}"

    assert [heading for heading, _ in shape(text)] == ["一、收到的器材", "二、宣传"]


def test_a_line_that_is_only_a_number_heads_what_it_counts() -> None:
    text = f"今年的事分三段讲。\n一\n{LONG}\n二\n{LONG}\n三\n{LONG}"

    assert shape(text) == [("一", 1), ("二", 1), ("三", 1)]
    assert [passage for _, passage in headed(text)] == ["今年的事分三段讲。", LONG, LONG, LONG]


def test_a_number_without_words_is_in_no_path_for_it_names_nothing() -> None:
    text = f"今年的事分三段讲。\n一\n{LONG}\n二\n{LONG}"

    assert {heading for heading, _ in headed(text)} == {""}


def test_a_number_in_brackets_alone_stands_inside_its_part() -> None:
    text = f"一、调解\n（一）\n{LONG}\n（二）\n{LONG}\n二、执法\n{LONG}"

    assert shape(text) == [("一、调解", 1), ("（一）", 2), ("（二）", 2), ("二、执法", 1)]


def test_numbers_one_below_the_other_are_cells_of_a_table() -> None:
    assert shape(f"{LONG}\n一\n二\n三\n四\n{LONG}") == []


def test_the_first_of_a_list_is_not_joined_to_the_opening_above_it() -> None:
    found = headed(f"全街道八个社区。\n1. 学法六次。\n2. 审合同九份。\n存在的问题\n{LONG}")

    assert [text for heading, text in found if not heading] == ["全街道八个社区。", "1. 学法六次。\n2. 审合同九份。"]


@pytest.mark.parametrize("turn", ["不足：人手少。", "毛病：做得粗。", "难：路太远。", "明：再买一辆车。"])
def test_a_short_paragraph_with_the_label_of_another_part_is_a_passage_of_its_own(turn: str) -> None:
    assert headed(f"全乡六个村。\n调：吵架十回，劝好九回。\n{turn}")[-1] == ("", turn)


def test_names_in_brackets_on_lines_of_their_own_head_what_stands_below_and_lengthen_no_title() -> None:
    text = f"柳坝镇2023年法治政府建设情况\n【学法】\n{LONG}\n【调解】\n{LONG}\n【不足】\n人少。"

    assert parsed(text)[0].title == "柳坝镇2023年法治政府建设情况"
    assert shape(text) == [("【学法】", 1), ("【调解】", 1), ("【不足】", 1)]


def test_the_name_on_the_line_below_a_number_alone_is_its_heading() -> None:
    text = f"今年的事分两段讲。\n一\n主要工作\n{LONG}\n二\n明年的打算\n{LONG}"

    assert shape(text) == [("一 主要工作", 1), ("二 明年的打算", 1)]


@pytest.mark.parametrize(
    "turn", ["来年的打算：修桥。", "2024年，我乡将修桥。", "2024年下半年，将修桥。", "毛病也有。桥没修。"]
)
def test_a_short_paragraph_that_turns_to_another_part_in_words_is_a_passage_of_its_own(turn: str) -> None:
    assert headed(f"全乡六个村。\n劝好架九回。\n{turn}")[-1] == ("", turn)


def test_a_number_alone_that_heads_nothing_goes_with_what_it_counts() -> None:
    text = f"今年的事不多。\n三\n劝好九对。\n{LONG * 2}\n五\n{LONG * 2}"

    assert [passage for _, passage in headed(text)] == [
        "今年的事不多。", "三\n劝好九对。", LONG * 2, f"五\n{LONG * 2}",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["法律顾问", "走访慰问", "专题询问"])
def test_a_numbered_paragraph_whose_name_ends_like_a_question_is_lost_nowhere(name: str) -> None:
    text = f"一、做法\n（一）{name}：{LONG}\n（二）政务公开：{LONG}\n（三）信访答复：{LONG}\n二、不足\n{LONG}"

    assert [found for _, found in headed(text)] == [
        f"（一）{name}：{LONG}", f"（二）政务公开：{LONG}", f"（三）信访答复：{LONG}", LONG,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["法律顾问、老支书", "顾问：请了两名", "慰问、帮扶", "限期答复、", "A、B类的店", "答复：两件"]
)
def test_a_wrapped_line_that_begins_with_half_a_word_goes_on(line: str) -> None:
    full = "村里的塘坝年久失修每到旱季都要为放水先后吵上几回"
    text = "\n".join([full, full, full[: -len(line)] + "请来的法律"[: len(line)], line + full[len(line) :], "都说好。"])

    assert len(headed(text)) == 1
    assert line in headed(text)[0][1].replace("\n", "|")
    assert "\n" not in headed(text)[0][1]


def test_the_second_half_of_a_word_on_the_next_line_asks_and_answers_nothing() -> None:
    full = "村里的塘坝年久失修每到旱季都要为放水先后吵上几回"
    text = "\n".join([full, full, full[:-1] + "顾", "问：" + full[2:], full[:-1] + "解", "答：" + full[2:], "都说好。"])

    assert [heading for heading, _ in headed(text)] == [""]
    assert "\n" not in headed(text)[0][1]


def test_captions_and_the_words_of_a_page_in_brackets_head_nothing() -> None:
    text = f"{LONG}\n【图一】院坝\n{LONG}\n【图2】集市\n{LONG}\n【温馨提示】{LONG}\n【上一篇】旧\n【相关】旧\n【纠错】"

    assert shape(text) == []


def test_names_in_brackets_inside_a_numbered_part_move_no_later_number() -> None:
    text = (
        f"一、做法\n【亮点】{LONG}\n（一）学法\n{LONG}\n【数据】{LONG}\n（二）执法\n{LONG}\n【实例】{LONG}\n1.路\n{LONG}"
        f"\n2.水\n{LONG}\n（三）调解\n{LONG}"
    )

    assert shape(text) == [
        ("一、做法", 1), ("【亮点】", 2), ("（一）学法", 2), ("【数据】", 3), ("（二）执法", 2), ("【实例】", 3),
        ("1.路", 4), ("2.水", 4), ("（三）调解", 2),
    ]  # fmt: skip


def test_names_in_brackets_above_numbers_that_begin_anew_are_the_outer_ones() -> None:
    text = "\n".join(f"【{name}】\n（一）头一桩\n{LONG}\n（二）后一桩\n{LONG}" for name in ("学法", "执法", "调解"))

    assert [level for _, level in shape(text)] == [1, 2, 2] * 3


def test_the_last_word_of_a_list_behind_marks_heads_nothing() -> None:
    text = "".join(
        f"{name}\n主要抓了：\n●学法\n●守法\n●用法\n{LONG}\n" for name in ("一、镇里", "二、村里", "三、集上")
    )

    assert [heading for heading, _ in shape(text)] == ["一、镇里", "二、村里", "三、集上"]


def test_an_answer_that_tells_how_long_a_report_is_belongs_to_its_question() -> None:
    told = "答：报告有三块，做了什么、差在哪、往后怎么办，全文2600字。"

    assert headed(f"问：报告里写了什么？\n{told}\n问：贴在哪里？\n答：{LONG}")[0] == ("问：报告里写了什么？", told)
