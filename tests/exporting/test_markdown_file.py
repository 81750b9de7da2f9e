"""Markdown files: whatever stands in a passage reads literally, in more than one reader of Markdown."""

import re

import pytest
from hypothesis import given
from lxml import html as pages
from markdown import Markdown
from markdown_it import MarkdownIt

from search_app.exporting.collection import Collection, Fact, Heading, Read, Remark
from search_app.exporting.markdown_file import write_markdown
from search_app.exporting.printable import make_printable
from tests.exporting.collections import REPORT, SPITEFUL, collection, quoted, spiteful, texts

TABLE = "项目 | 件数\n调解 | 42\n信访 | 3"


def written(made: Collection) -> str:
    return "".join(write_markdown(made))


def rendered(text: str) -> list[pages.HtmlElement]:
    """Return the page that each reader makes of a text."""
    by_python = Markdown(extensions=["tables", "footnotes", "def_list", "attr_list", "abbr"]).convert(text)
    by_standard = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    return [pages.fromstring(f"<div>{each}</div>") for each in (by_python, by_standard)]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_passage_is_quoted_below_its_title_with_its_source_in_a_footnote() -> None:
    text = written(
        collection(Heading(text="怎么调"), quoted("甲。", title="1. 湖口镇", note="可学", state="原文已改动"))
    )

    page = rendered(text)[0]
    assert [each.text_content() for each in page.xpath("//h1|//h2|//h3")] == ["素材", "怎么调", "1. 湖口镇", "来源"]
    assert page.xpath("//blockquote/p[1]")[0].text_content() == "甲。"
    assert "第1段 引用码" in page.xpath("//blockquote/p[2]")[0].text_content()
    assert page.xpath("//blockquote//sup/a/@href") == ["#fn:1"]
    assert "文件：芷川县/湖口镇2023.txt" in page.xpath("//li[@id='fn:1']")[0].text_content()
    assert "备注：可学" in page.text_content()
    assert "注意：原文已改动" in page.text_content()


def test_the_opening_block_is_a_list() -> None:
    page = rendered(written(collection(about=(Fact(label="检索词", text="调解"), Fact(label="索引代", text="gen-1")))))[
        0
    ]

    assert [each.text_content() for each in page.xpath("//ul/li")] == ["检索词：调解", "索引代：gen-1"]


def test_a_table_of_a_passage_is_a_table() -> None:
    for page in rendered(written(collection(quoted(TABLE)))):
        cells = [[cell.text_content() for cell in row.xpath("./th|./td")] for row in page.xpath("//blockquote//tr")]

        assert cells == [["项目", "件数"], ["调解", "42"], ["信访", "3"]]


def test_a_report_is_read_with_its_numbers_and_its_run_in_headings_in_bold() -> None:
    passage = quoted("（一）调解。设点3处。", number=4).passage
    made = collection(Heading(text="一、举措"), Read(passage=passage, report=REPORT, lead=6), Remark(text="落款：某镇"))

    page = rendered(written(made))[1]
    assert [each.text_content() for each in page.xpath("//p")] == ["[4] （一）调解。设点3处。", "落款：某镇"]
    assert [each.text_content() for each in page.xpath("//p/strong")] == ["（一）调解"]


def test_a_line_with_bars_is_no_table() -> None:
    for page in rendered(written(collection(quoted("镇 | 村 | 组，三级都有\n另一行")))):
        assert [each.text_content() for each in page.xpath("//blockquote/p")][:2] == [
            "镇 | 村 | 组，三级都有",
            "另一行",
        ]
        assert not page.xpath("//table")


@pytest.mark.parametrize("text", SPITEFUL)
def test_a_spiteful_text_reads_literally(text: str) -> None:
    for page in rendered(written(collection(quoted(text)))):
        assert literal(page) == expected(text)
        assert not page.xpath("//script|//img|//em|//code|//del|//blockquote//h1|//blockquote//ul|//blockquote//ol")


@given(text=texts)
def test_any_text_reads_literally(text: str) -> None:
    for page in rendered(written(collection(quoted(text)))):
        assert literal(page) == expected(text)


@given(text=texts)
def test_a_spiteful_text_anywhere_adds_no_element_of_its_own(text: str) -> None:
    source = written(spiteful(text))

    source.encode()
    for page in rendered(source):
        assert len(page.xpath("//h1")) == 1
        assert not page.xpath("//script|//img|//em|//code|//del")
        assert not [link for link in page.xpath("//a/@href") if "javascript" in link]


def literal(page: pages.HtmlElement) -> str:
    """Return the text of the quotation, its source left out, without the bars that may stand between cells."""
    parts = page.xpath("//blockquote/*")[:-1]
    return squeezed("".join(part.text_content() for part in parts)).replace("|", "")


def expected(text: str) -> str:
    """Return the text that a clerk reads, in the same way."""
    return squeezed(make_printable(text)).replace("|", "")
