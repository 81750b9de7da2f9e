"""The query language: every rule of its grammar, its limits, and the promises that hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.model import Facet
from search_app.query import (
    MAX_NESTING,
    MAX_OPERATORS,
    MAX_QUERY,
    MAX_TERMS,
    AllOf,
    AnyOf,
    In,
    Node,
    Not,
    Parsed,
    Phrase,
    Words,
    Years,
    describe,
    parse,
    to_text,
)

A, B, C = Words(text="甲"), Words(text="乙"), Words(text="丙")


def all_of(*children: Node) -> Node:
    return AllOf(children=children)


def any_of(*children: Node) -> Node:
    return AnyOf(children=children)


def no(child: Node) -> Node:
    return Not(child=child)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("  　\t ", None),
        ("甲", A),
        ("甲 乙", all_of(A, B)),
        ("甲　乙", all_of(A, B)),
        ("甲 AND 乙", all_of(A, B)),
        ("甲 或 乙", any_of(A, B)),
        ("甲 OR 乙", any_of(A, B)),
        ("甲|乙", any_of(A, B)),
        ("甲｜乙 || 丙", any_of(A, B, C)),
        ("甲 乙 或 丙", any_of(all_of(A, B), C)),
        ("甲 (乙 或 丙)", all_of(A, any_of(B, C))),
        ("甲（乙 或 丙）", all_of(A, any_of(B, C))),
        ("或者 或许", all_of(Words(text="或者"), Words(text="或许"))),
        ("甲或乙", Words(text="甲或乙")),
        ("or not", all_of(Words(text="or"), Words(text="not"))),
        ("（甲）或（乙）", any_of(A, B)),
        ("甲 -乙", all_of(A, no(B))),
        ("甲 NOT 乙", all_of(A, no(B))),
        ("-乙", no(B)),
        ("-(甲 或 乙)", no(any_of(A, B))),
        ("NOT NOT 甲", A),
        ("-(-甲)", A),
        ("甲-乙", Words(text="甲-乙")),
        ("--乙", Words(text="--乙")),
        ("—乙", Words(text="—乙")),
        ("-或", no(Words(text="或"))),
        ("甲（（（乙）））", all_of(A, B)),
    ],
)
def test_words_and_operators_become_the_tree_they_mean(text: str, tree: Node | None) -> None:
    parsed = parse(text)

    assert parsed.query == tree
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('"三室 联动"', "三室 联动"),
        ("“三室联动”", "三室联动"),
        ("＂三室联动＂", "三室联动"),
        ('"等“三室"', "等“三室"),
        ('"“三室”联动"', "“三室”联动"),
        ('“说"三室"的”', '说"三室"的'),
        ("“推进“三室”建设”", "推进“三室”建设"),
        ('"（一）加强 或 -"', "（一）加强 或 -"),
        ('"镇:石桥镇"', "镇:石桥镇"),
    ],
)
def test_quotes_of_the_same_kind_hold_exact_text(text: str, phrase: str) -> None:
    parsed = parse(text)

    assert parsed.query == Phrase(text=phrase)
    assert parsed.notes == ()


@pytest.mark.parametrize("text", ['"三室', "“三室", '“三室"', '"三室”', "”三室”", "”三室“"])
def test_an_unbalanced_quote_is_mended_with_a_note(text: str) -> None:
    parsed = parse(text)

    assert parsed.query == Phrase(text="三室")
    assert [(note.kind, note.query) for note in parsed.notes] == [("unbalanced_quote", '"三室"')]


@pytest.mark.parametrize("text", ['三室"', "三室”", "三室 “", "”三室"])
def test_a_quote_that_holds_nothing_is_said_to_be_one_too_many(text: str) -> None:
    parsed = parse(text)

    assert parsed.query == Words(text="三室")
    assert [note.message for note in parsed.notes] == ["引号多了一个，多出的未用。"]


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("標題：三室", "标题:三室"),
        ("鎮:石桥镇", "镇:石桥镇"),
        ("-縣：甲县", "-县:甲县"),
        ("章節:不足和原因", "章节:不足和原因"),
        ("主題:信訪", "主题:信访"),
        ("ｔｏｗｎ：石桥镇", "town:石桥镇"),
    ],
)
def test_fields_may_be_named_in_traditional_characters_and_wide_letters(traditional: str, simplified: str) -> None:
    assert (parse(traditional).query, parse(traditional).notes) == (parse(simplified).query, ())


def test_a_phrase_inside_running_text_is_taken_out() -> None:
    assert parse("推进“三室”建设").query == all_of(Words(text="推进"), Phrase(text="三室"), Words(text="建设"))


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("镇:溪口镇", In(facet=Facet.TOWN, value="溪口镇")),
        ("乡：云岭乡", In(facet=Facet.TOWN, value="云岭乡")),
        ("街道: 东湖街道", In(facet=Facet.TOWN, value="东湖街道")),
        ("TOWN:溪口镇", In(facet=Facet.TOWN, value="溪口镇")),
        ('镇:"甲 乙镇"', In(facet=Facet.TOWN, value="甲 乙镇")),
        ("镇:未识别", In(facet=Facet.TOWN, value=None)),
        ("县:甲县", In(facet=Facet.COUNTY, value="甲县")),
        ("区:乙区", In(facet=Facet.COUNTY, value="乙区")),
        ("市：丙市", In(facet=Facet.COUNTY, value="丙市")),
        ("county:甲县", In(facet=Facet.COUNTY, value="甲县")),
        ("年:2021", In(facet=Facet.YEAR, value=2021)),
        ("年:2021年", In(facet=Facet.YEAR, value=2021)),
        ("year：２０２１", In(facet=Facet.YEAR, value=2021)),
        ("年:二〇二三年", In(facet=Facet.YEAR, value=2023)),
        ("年:未识别", In(facet=Facet.YEAR, value=None)),
        ("年:2021..2023", Years(first=2021, last=2023)),
        ("年:2021-2023", Years(first=2021, last=2023)),
        ("年:2021年至2023年", Years(first=2021, last=2023)),
        ("年:2021..", Years(first=2021, last=None)),
        ("年:..2023", Years(first=None, last=2023)),
        ("章节:不足和原因", In(facet=Facet.SECTION, value="不足和原因")),
        ("章节:不足", In(facet=Facet.SECTION, value="不足和原因")),
        ("section:下年度安排", In(facet=Facet.SECTION, value="下年度安排")),
        ("主题:信访", In(facet=Facet.TOPIC, value="信访")),
        ("topic:矛盾", In(facet=Facet.TOPIC, value="矛盾化解")),
        ("标题:公示", Words(text="公示", field="heading")),
        ("title:“公 示”", Phrase(text="公 示", field="heading")),
        ("-镇:溪口镇", no(In(facet=Facet.TOWN, value="溪口镇"))),
        (
            "镇:(溪口镇 或 云岭乡)",
            any_of(In(facet=Facet.TOWN, value="溪口镇"), In(facet=Facet.TOWN, value="云岭乡")),
        ),
    ],
)
def test_a_known_prefix_names_a_field(text: str, leaf: Node) -> None:
    parsed = parse(text)

    assert parsed.query == leaf
    assert parsed.notes == ()


@pytest.mark.parametrize("text", ["12:30", "关于：通知", "http://example.org", "乡镇:甲", "甲镇:乙"])
def test_any_other_colon_is_text(text: str) -> None:
    assert parse(text).query == Words(text=text)


@pytest.mark.parametrize(
    ("text", "kind", "tree", "repaired"),
    [
        ("(甲 乙", "unbalanced_parenthesis", all_of(A, B), "甲 乙"),
        ("甲）乙", "unbalanced_parenthesis", all_of(A, B), "甲 乙"),
        ("甲 或", "dangling_operator", A, "甲"),
        ("或 甲", "dangling_operator", A, "甲"),
        ("甲 NOT", "dangling_operator", A, "甲"),
        ("甲 或 或 乙", "dangling_operator", any_of(A, B), "甲 或 乙"),
        ("或", "dangling_operator", None, None),
        ("甲 ()", "ignored", A, "甲"),
        ('甲 ""', "ignored", A, "甲"),
        ("甲 镇:", "ignored", A, "甲"),
        ("甲 - 乙", "ignored", all_of(A, B), "甲 乙"),
        ("。", "ignored", None, None),
        ("甲 -。", "ignored", A, "甲"),
        ("章节:甲", "unknown_value", A, "甲"),
        ("主题:法治", "unknown_value", Words(text="法治"), "法治"),
        ("章节:章节:甲", "unknown_value", Words(text="章节:甲"), '"章节:甲"'),
        ("年:去年", "bad_year", Words(text="去年"), "去年"),
        ("年:20233", "bad_year", Words(text="20233"), "20233"),
        ("年:0001", "bad_year", Words(text="0001"), "0001"),
        ("年:..", "ignored", None, None),
        ("年:2023..2021", "bad_year", Years(first=2021, last=2023), "年:2021..2023"),
        ("－乙", "full_width_minus", Words(text="－乙"), "-乙"),
    ],
)
def test_what_cannot_be_used_becomes_a_note_with_a_repaired_query(
    text: str, kind: str, tree: Node | None, repaired: str | None
) -> None:
    parsed = parse(text)

    assert parsed.query == tree
    assert [(note.kind, note.query) for note in parsed.notes] == [(kind, repaired)]


def test_a_query_beyond_the_limit_is_cut_with_one_note() -> None:
    parsed = parse("“" + "甲" * 100_000)

    assert parsed.query == Phrase(text="甲" * (MAX_QUERY - 1))
    assert [note.kind for note in parsed.notes] == ["too_long"]


def test_parentheses_beyond_the_limit_are_ignored_with_one_note() -> None:
    parsed = parse("(" * 40 + "甲" + ")" * 40)

    assert parsed.query == A
    assert [note.kind for note in parsed.notes] == ["too_deep"]
    assert str(MAX_NESTING) in parsed.notes[0].message


def test_operators_beyond_the_limit_are_left_out_with_one_note() -> None:
    parsed = parse("-甲 " * 60)

    assert parsed.query == AllOf(children=(no(A),) * MAX_OPERATORS)
    assert [note.kind for note in parsed.notes] == ["too_many_operators"]


def test_terms_beyond_the_limit_are_left_out_with_one_note() -> None:
    parsed = parse("甲 " * 60)

    assert parsed.query == AllOf(children=(A,) * MAX_TERMS)
    assert [note.kind for note in parsed.notes] == ["too_many_terms"]


def test_invisible_characters_are_stripped() -> None:
    assert parse("\x00法\u202e治\ud800\ufeff\u200b").query == Words(text="法治")


@pytest.mark.parametrize("text", ["(" * 100_000, "“" * 100_000, "NOT " * 25_000, "甲 或 " * 25_000, "年:" * 50_000])
def test_a_hostile_text_is_answered_and_not_recursed_into(text: str) -> None:
    assert parse(text).notes


_PARTS = [
    "甲",
    "乙丙",
    "或",
    "OR",
    "NOT",
    "AND",
    "-",
    "－",
    "—",
    "*",
    '"',
    "“",
    "”",
    "＂",
    "(",
    "（",
    ")",
    "）",
    "|",
    " ",
]
_PARTS += [
    "　",
    "镇:",
    "年:",
    "年：2021..2023",
    "2023",
    "章节:",
    "主题:",
    "标题:",
    "不足",
    ":",
    "。",
    "，",
    "\x00",
    "\u202e",
]
GRAMMATICAL = st.lists(st.sampled_from(_PARTS), max_size=90).map("".join)
ANY_TEXT = st.one_of(st.text(), GRAMMATICAL)


@given(ANY_TEXT)
def test_any_text_parses(text: str) -> None:
    parsed = parse(text)

    assert all(note.message for note in parsed.notes)


@given(ANY_TEXT)
def test_a_repaired_query_brings_no_note_of_the_same_kind(text: str) -> None:
    for note in parse(text).notes:
        if note.query is not None:
            assert note.kind not in {again.kind for again in parse(note.query).notes}


@given(ANY_TEXT)
def test_rendering_a_tree_and_parsing_it_again_changes_nothing(text: str) -> None:
    query = parse(text).query
    if query is None or len(to_text(query)) > MAX_QUERY:
        return

    again = parse(to_text(query))

    assert again.query is not None
    assert to_text(again.query) == to_text(query)
    assert {note.kind for note in again.notes} <= {"full_width_minus"}


@given(ANY_TEXT)
def test_a_tree_stays_within_the_limits(text: str) -> None:
    query = parse(text).query
    level: list[Node] = [query] if query is not None else []
    depth = 0
    while level:
        depth += 1
        level = [
            child
            for node in level
            for child in (
                node.children if isinstance(node, AllOf | AnyOf) else (node.child,) if isinstance(node, Not) else ()
            )
        ]

    assert depth <= 3 * (MAX_NESTING + 1) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("行政执法 公示", "行政执法 并且 公示"),
        ("甲 或 乙 丙", "甲 或者 （乙 并且 丙）"),
        ("甲 -乙", "甲 并且 不含 乙"),
        ("甲 -“乙”", "甲 并且 不含“乙”"),
        ("甲 -(乙 或 丙)", "甲 并且 不含 （乙 或者 丙）"),
        ("甲 -镇:溪口镇", "甲 并且 镇不为 溪口镇"),
        ("“三室” 年:2021..", "原样含“三室” 并且 2021 年及以后"),
        ("镇:溪口镇 标题:公示", "镇为 溪口镇 并且 标题含 公示"),
    ],
)
def test_a_question_is_said_in_plain_words(text: str, said: str) -> None:
    query = parse(text).query

    assert query is not None
    assert describe(query) == said


@pytest.mark.parametrize(
    ("text", "kind", "mended"),
    [
        ("甲 －乙", "full_width_minus", "甲 -乙"),
        ("（甲 或 乙）－丙", "full_width_minus", "（甲 或 乙） -丙"),
        ("“甲”－乙", "full_width_minus", "“甲” -乙"),
        ("甲－乙", "full_width_minus", "甲 -乙"),
        ("“甲”-乙", "joined_minus", "“甲” -乙"),
        ("（甲 或 乙）-丙", "joined_minus", "（甲 或 乙） -丙"),
    ],
)
def test_a_sign_that_was_meant_to_exclude_is_offered_as_one_that_does(text: str, kind: str, mended: str) -> None:
    parsed = parse(text)

    assert [(note.kind, note.query) for note in parsed.notes] == [(kind, mended)]
    again = parse(mended)
    assert again.notes == ()
    assert isinstance(again.query, AllOf)
    assert any(isinstance(child, Not) for child in again.query.children)


@pytest.mark.parametrize("text", ["2021－2023", "年:2021－2023", "“甲－乙”", "甲-乙", "甲－"])
def test_a_dash_that_excludes_nothing_brings_no_note(text: str) -> None:
    assert parse(text).notes == ()


@pytest.mark.parametrize(("text", "repaired"), [("调*", "调"), ("*甲＊ 乙", "甲 乙"), ("镇:* 甲", "甲"), ("*", None)])
def test_a_wildcard_is_left_out_with_a_note(text: str, repaired: str | None) -> None:
    note = next(note for note in parse(text).notes if note.kind == "wildcard")

    assert note.query == repaired


def test_a_star_in_quotes_is_looked_for_as_it_stands() -> None:
    assert parse("“甲*”") == Parsed(query=Phrase(text="甲*"))


@pytest.mark.parametrize("text", ["AND", "AND AND"])
def test_a_lone_and_is_said_to_be_left_out(text: str) -> None:
    parsed = parse(text)

    assert (parsed.query, [note.kind for note in parsed.notes]) == (None, ["ignored"])


@pytest.mark.parametrize("text", ['镇:"-”', "镇:“*”", '县:"…"', "标题:“*甲”", "镇:“甲 乙”", "-镇:“-”"])
def test_a_value_of_signs_alone_is_rendered_so_that_it_is_read_again(text: str) -> None:
    query = parse(text).query

    assert query is not None
    assert parse(to_text(query)) == Parsed(query=query)
