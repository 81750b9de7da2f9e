"""Snippets: marks lie inside the text, ordered and disjoint, and a fragment is a run of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.language import fold
from search_app.model import Passage
from search_app.query import Node, Not, Phrase, Words, parse
from search_app.searching.snippets import LEEWAY, WIDTH, cut, cut_pieces, find_marks

LONG = (
    "镇党委每季度听取一次汇报。全镇设立调解室十二个，配备专职调解员三十名，"
    + "其间各村轮流值班并逐户走访，" * 12
    + "年末聘请法律顾问两名，审查合同十五份，提出意见四十条。"
    + "下一步继续推进。" * 6
)


def passage(text: str) -> Passage:
    return Passage(id="0-1", report="0", number=1, text=text)


def marked(text: str, query: str, *, heading: bool = False) -> list[str]:
    return [text[start:end] for start, end in find_marks(text, parse(query).query, heading=heading)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("开展人民调解工作", "人民调解", ["人民调解"]),
        ("开展人民 调解工作", "人民调解", ["人民 调解"]),
        ("人民的调解", "人民调解", ["人民", "调解"]),
        ("调解，再调解", "调解", ["调解", "调解"]),
        ("法律顾问", "法律 顾问", ["法律顾问"]),
        ("落实ＡＢ岗", "ab岗", ["ＡＢ岗"]),
        ("镇政府召开会议", "镇", ["镇"]),
        ("“三室”联动，三室共建", "“三室”", ["三室", "三室"]),
        ("三个室", "“三室”", []),
        ("信访和调解", "信访 -调解", ["信访"]),
        ("信访和调解", "-(信访 或 调解)", []),
        ("信访和调解", "信访 或 调解", ["信访", "调解"]),
        ("信访", "标题:信访", []),
        ("信访", "镇:信访", []),
        ("信访", "", []),
    ],
)
def test_what_was_asked_for_is_marked(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


def test_a_term_asked_for_in_headings_is_marked_in_headings() -> None:
    assert marked("（二）信访工作", "标题:信访", heading=True) == ["信访"]


def test_particles_are_not_marked_beside_real_words() -> None:
    assert "的" not in marked("普法的宣传，村的广场", "村的普法活动宣传")


def test_pieces_of_a_heading_join_to_the_heading() -> None:
    found = cut_pieces("（二）信访工作", parse("信访").query, heading=True)

    assert [(piece.text, piece.match) for piece in found] == [("（二）", False), ("信访", True), ("工作", False)]


def test_a_short_passage_is_shown_whole() -> None:
    fragments = cut(passage("聘请法律顾问两名。"), parse("法律顾问").query).fragments

    assert ["".join(piece.text for piece in fragment) for fragment in fragments] == ["聘请法律顾问两名。"]


def shown(text: str, query: str) -> str:
    return "".join(piece.text for fragment in cut(passage(text), parse(query).query).fragments for piece in fragment)


def test_without_a_match_the_first_sentences_are_shown() -> None:
    text = "镇党委每季度听取一次汇报。" * 20

    assert shown(text, "标题:公示") == "镇党委每季度听取一次汇报。" * 12
    assert cut(passage(text), None).after
    assert not cut(passage(text), None).before


def test_the_sentences_that_answer_most_words_are_shown() -> None:
    text = "调解室。" + "无关的话语。" * 30 + "调解室建成，调解员到岗。" + "别的内容。" * 40 + "调解员。"

    assert "调解室建成，调解员到岗。" in shown(text, "调解室 调解员")


def test_of_a_sentence_that_is_too_long_whole_clauses_are_shown() -> None:
    found = shown(LONG, "法律顾问")
    at = LONG.index(found)

    assert "年末聘请法律顾问两名，审查合同十五份，提出意见四十条。" in found
    assert at == 0 or LONG[at - 1] in "。；，、"
    assert found[-1] in "。；，、"


def test_words_on_both_sides_of_a_clause_are_shown_together() -> None:
    text = "逐户走访，" * 28 + "设立调解室，聘请法律顾问，" + "逐户走访，" * 28

    assert "设立调解室，聘请法律顾问，" in shown(text, "调解室 法律顾问")


def test_a_passage_that_is_little_longer_is_shown_whole() -> None:
    text = "甲" * (WIDTH + LEEWAY)

    found = cut(passage(text), None)

    assert (found.before, found.after) == (False, False)
    assert shown(text, "") == text


def test_a_match_longer_than_a_fragment_is_shown() -> None:
    sentence = "甲乙丙丁戊己庚辛壬癸" * 12

    fragments = cut(passage("前文。" + sentence + "后文。"), Phrase(text=sentence)).fragments

    assert any(piece.match and piece.text == sentence for piece in fragments[0])


def test_line_breaks_of_a_table_are_kept_inside_a_fragment() -> None:
    (fragment,) = cut(passage("事项 | 件数\n调解 | 42"), parse("调解").query).fragments

    assert "".join(piece.text for piece in fragment) == "事项 | 件数\n调解 | 42"


CHARACTERS = st.sampled_from([*"甲乙调解法律顾问镇的，。；、 　\nａA1İß“”"])
TEXTS = st.text(CHARACTERS, max_size=300)
QUERIES = st.lists(st.text(CHARACTERS, max_size=8), max_size=4).map(" ".join)


@given(TEXTS, QUERIES)
def test_marks_are_inside_ordered_and_disjoint(text: str, query: str) -> None:
    found = find_marks(text, parse(query).query)

    at = -1
    for start, end in found:
        assert at < start < end <= len(text)
        at = end


@given(TEXTS, QUERIES)
def test_fragments_are_disjoint_runs_of_the_text_with_all_their_matches_marked(text: str, query: str) -> None:
    tree = parse(query).query
    whole = find_marks(text, tree)

    at = 0
    for fragment in cut(passage(text), tree).fragments:
        joined = "".join(piece.text for piece in fragment)
        assert joined in text
        assert all(piece.text for piece in fragment)
        assert not whole or any(piece.match for piece in fragment)
        at += len(joined)
    assert at <= len(text)


SENTENCES = st.lists(st.text(CHARACTERS, max_size=120), max_size=8).map("。".join)


@given(SENTENCES, QUERIES)
def test_a_fragment_tells_what_of_the_text_it_leaves_out(text: str, query: str) -> None:
    found = cut(passage(text), parse(query).query)

    joined = "".join(piece.text for fragment in found.fragments for piece in fragment)
    trimmed = text.strip()
    assert joined in trimmed
    assert found.before or trimmed.startswith(joined)
    assert found.after or trimmed.endswith(joined)
    assert (joined == trimmed) == (not found.before and not found.after)


@given(SENTENCES, QUERIES)
def test_a_fragment_is_as_long_as_a_card_shows_but_for_a_match_at_its_border(text: str, query: str) -> None:
    tree = parse(query).query
    longest = max((end - start for start, end in find_marks(text, tree)), default=0)

    for fragment in cut(passage(text), tree).fragments:
        assert sum(len(piece.text) for piece in fragment) <= WIDTH + LEEWAY + 2 * longest


@given(SENTENCES, QUERIES)
def test_a_fragment_cuts_no_match(text: str, query: str) -> None:
    tree = parse(query).query
    whole = {text[start:end] for start, end in find_marks(text, tree)}

    for fragment in cut(passage(text), tree).fragments:
        assert {piece.text.strip() for piece in fragment if piece.match} <= {match.strip() for match in whole}


@given(TEXTS, st.text(CHARACTERS, min_size=1, max_size=6))
def test_a_phrase_is_marked_exactly_where_its_characters_stand(text: str, phrase: str) -> None:
    needle = "".join(fold(phrase).split())
    squeezed = "".join(fold(text).split())

    found = find_marks(text, Phrase(text=phrase))

    assert bool(found) == (bool(needle) and needle in squeezed)


@given(TEXTS, st.text(CHARACTERS, min_size=1, max_size=6))
def test_an_exclusion_is_never_marked(text: str, excluded: str) -> None:
    queries: list[Node] = [Not(child=Words(text=excluded)), Not(child=Phrase(text=excluded))]

    assert all(find_marks(text, query) == () for query in queries)


@pytest.mark.parametrize("number", ["12,345", "3.75", "98.6%", "08:30", "2024"])
@pytest.mark.parametrize("before", range(0, 90, 7))
def test_a_fragment_begins_and_ends_with_whole_numbers(number: str, before: int) -> None:
    text = "逐户走访" * 30 + number + "甲" * before + "调解" + "乙" * (90 - before) + number + "逐户走访" * 30

    (fragment,) = cut(passage(text), parse("调解").query).fragments

    whole = "".join(piece.text for piece in fragment)
    start = text.index(whole)
    around = text[max(start - 1, 0) : start + 1], text[start + len(whole) - 1 : start + len(whole) + 1]
    assert not any(edge[0].isdigit() and edge[1] in number for edge in around)


@pytest.mark.parametrize("mark", ["2、", "十二、", "三、"])
def test_a_fragment_does_not_part_a_mark_from_its_item(mark: str) -> None:
    text = "逐户走访，" * 30 + "完成整改。" + mark + "抓调解" + "并逐户走访" * 20

    (fragment,) = cut(passage(text), parse("调解").query).fragments

    assert mark + "抓调解" in "".join(piece.text for piece in fragment)
