"""Headings of their own line, passages and asides together hold every non-blank character of the document, in order."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.model import Block, Document, Passage, Report
from search_app.parsing import parse
from search_app.parsing.lines.clean_lines import is_blank
from tests.labelling.judging import judged
from tests.parsing.reading import lines, real

_PIECES = st.sampled_from(
    [
        "一、主要举措和成效",
        "（一）加强组织领导。",
        "(二)规范行政执法。一是持证上岗。二是公示结果，全年办案3件。",
        "1.开展培训",
        "（1） 说明",
        "三是走访入户。",
        "2022年，我镇推进依法行政",
        "，工作取得成效。",
        "石岭镇人民政府",
        "2023年1月16日",
        "— 3 —",
        "[bookmark: _GoBack]",
        "发布日期：2023-01-20",
        "关于2022年法治政府建设情况的报告",
        "县委、县政府：",
        "　　",
        "\u200b",
        "“未闭合的引号",
        "存在的不足",
        "下一步，我镇将继续努力。",
        "附件：清单",
        "附件1",
        "目录",
        "【提纲】",
        "- [ 索引号 ] 12345/2024-00004",
        "索引号ab/2024-00001",
        "2016年乡依法行政工作总结报告 2016年以来，我乡依法行政工作有序推进，成效明显，群众满意。",
        "*.抓好学习。",
        "亮点一：板凳调解。",
        "健全领导机制。镇党委每月研究法治工作，成效明显，群众满意。",
        "石岭镇人民政府 2024年1月10日",
        "二、存在的不足 1.人手少",
        "问：谁来管渡口？",
        "答（村建办）：镇里管。",
        "问：谁出钱？答：村里出。",
        "（一）法律顾问：全年请律师2名，审合同31份。",
        "问：渡口归镇里管，船归村里管，谁家的船坏了先报村里再报镇里，修船的钱两家各出一半。",
        "【图一】渡口",
        "【调解】",
        "◆管水",
        "一",
        "二",
    ]
)
_LINES = st.lists(st.one_of(_PIECES, st.text(max_size=30)), max_size=4).map("".join)
_TABLE = st.lists(st.lists(_PIECES, min_size=1, max_size=3), min_size=1, max_size=3).map(
    lambda rows: Block(
        kind="table", text="\n".join(" | ".join(row) for row in rows), rows=tuple(tuple(row) for row in rows)
    )
)
_BLOCK = st.one_of(
    _LINES.map(lambda text: Block(text=text)),
    _LINES.map(lambda text: Block(kind="heading", level=1, text=text)),
    _TABLE,
)
_DOCUMENTS = st.builds(
    Document,
    format=st.just("txt"),
    blocks=st.lists(_BLOCK, max_size=12).map(tuple),
    hard_wrapped=st.booleans(),
)


def visible(text: str) -> str:
    return "".join(char for char in text if not is_blank(char))


def own_line_headings(report: Report, passages: tuple[Passage, ...]) -> Iterator[str]:
    """Yield what the headings on lines of their own may be; a run-in heading is in its passage and is left out.

    A heading that its first passage repeats may be either.
    """
    by_id = {passage.id: passage.text for passage in passages}
    choices = [
        (entry.heading, "")
        if entry.passages and by_id[entry.passages[0]].startswith(entry.heading)
        else (entry.heading,)
        for entry in report.outline
    ]
    run_in = [choice[-1] for choice in choices]
    yield visible("".join(run_in))
    for chosen in product(*choices) if len(choices) <= 8 else ():
        yield visible("".join(chosen))


def is_made_of(whole: str, streams: tuple[str, ...]) -> bool:
    """Say whether ``whole`` is an interleaving of the streams, each in its order."""
    reached = {(0,) * len(streams)}
    for char in whole:
        reached = {
            (*taken[:turn], taken[turn] + 1, *taken[turn + 1 :])
            for taken in reached
            for turn, stream in enumerate(streams)
            if taken[turn] < len(stream) and stream[taken[turn]] == char
        }
    return tuple(map(len, streams)) in reached


def holds_everything(document: Document) -> bool:
    report, passages = parse(document, path="a.txt")
    whole = visible("".join(block.text for block in document.blocks))
    texts = visible("".join(passage.text for passage in passages))
    asides = visible("".join(aside.text for aside in report.asides))
    return any(is_made_of(whole, (texts, headings, asides)) for headings in own_line_headings(report, passages))


@settings(max_examples=150, deadline=None)
@given(document=_DOCUMENTS)
def test_any_document_is_held_completely(document: Document) -> None:
    assert holds_everything(document)


def test_the_real_reports_are_held_completely() -> None:
    assert all(holds_everything(real(judgement["file"])) for judgement in judged())


@settings(max_examples=100, deadline=None)
@given(document=_DOCUMENTS)
def test_passages_are_numbered_and_below_their_headings(document: Document) -> None:
    report, passages = parse(document, path="a.txt")

    assert [passage.id for passage in passages] == [f"{report.id}-{number + 1}" for number in range(len(passages))]


def test_a_zero_width_space_leaves_no_trace() -> None:
    _, passages = parse(lines("依法\u200b行政，工作有序开展。"), path="a.txt")

    assert passages[0].text == "依法行政，工作有序开展。"
