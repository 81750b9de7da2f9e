""".html: the article of a government page, without the page around it."""

import time
from contextlib import suppress

import pytest

from search_app.errors import NoText, ReadError, UnsupportedFile
from search_app.model import Block, Document
from search_app.readers.html_reader import read, read_archive
from tests.readers import endurance

PROSE = "云岭镇坚持依法行政，全年调处纠纷112件，成功率98%；开展普法宣传33场，受众2700人次。"
CHROME = (
    '<div class="nav"><a>首页</a><a>政务公开</a></div><div class="location">您的位置：首页 &gt; 政务公开</div>'
    "<script>var a='脚本，脚本。';</script><style>p{}</style>"
)
END = (
    '<div class="share bdsharebuttonbox">分享到：微信</div>'
    '<div class="footer">版权所有：云岭镇人民政府，网站标识码0000。</div>'
)


def page(article: str, *, head: str = "", title: str = "云岭镇2023年报告_青溪县人民政府") -> Document:
    text = f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{CHROME}{article}{END}</body></html>"
    return read(text.encode(), "报告.html")


def texts(article: str) -> list[str]:
    return [block.text for block in page(article).blocks]


@pytest.mark.parametrize(
    "container",
    [
        '<div class="TRS_Editor">{}</div>',
        '<div id="zoom">{}</div>',
        "<UCAPCONTENT>{}</UCAPCONTENT>",
        '<div id="vsb_content"><div class="v_news_content">{}</div></div>',
        '<div class="xxgk-article-content">{}</div>',
        "<article>{}</article>",
        '<table width="90%"><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>',
        "<div><div><div>{}</div></div></div>",
    ],
)
def test_the_article_is_found_whatever_the_site_calls_it(container: str) -> None:
    assert texts(container.format(f"<p>一、做法</p><p>{PROSE}</p><p>云岭镇人民政府</p>")) == [
        "一、做法",
        PROSE,
        "云岭镇人民政府",
    ]


def test_every_br_ends_a_block() -> None:
    assert texts(f"<div id='zoom'>一、做法<br>{PROSE}<br/>&nbsp;&nbsp;二、不足<br>{PROSE}</div>") == [
        "一、做法", PROSE, "二、不足", PROSE,
    ]  # fmt: skip


def test_headings_have_their_level() -> None:
    found = page(f"<article><h1>云岭镇报告</h1><h3>一、做<br>法</h3><p>{PROSE}</p></article>")

    assert found.blocks[:2] == (
        Block(kind="heading", text="云岭镇报告", level=1),
        Block(kind="heading", text="一、做法", level=3),
    )


def test_the_heading_above_the_article_is_kept() -> None:
    found = page(
        f'<h1>云岭镇2023年法治政府建设报告</h1><p>发布日期：2024-01-18</p><div class="TRS_Editor"><p>{PROSE}</p></div>'
    )

    assert found.blocks[0] == Block(kind="heading", text="云岭镇2023年法治政府建设报告", level=1)


def test_line_breaks_of_the_source_leave_no_blank_between_chinese() -> None:
    source = PROSE.replace("依法", "依\n      法")

    assert texts(f"<article><p>\n  {source}\n</p></article>") == [PROSE]


def test_inline_marks_do_not_cut_the_text() -> None:
    assert texts(f"<article><p><b>一是</b><span>抓<i>好</i>学</span>习。{PROSE}</p></article>") == [
        f"一是抓好学习。{PROSE}"
    ]


def test_a_table_of_figures_becomes_rows() -> None:
    table = "<table><tr><th>项目</th><th>件数</th></tr><tr><td><p>调<b>解</b></p></td><td>12</td></tr></table>"

    found = page(f"<article><p>{PROSE}</p>{table}<p>后文。</p></article>")

    assert found.blocks[1].rows == (("项目", "件数"), ("调解", "12"))
    assert found.blocks[2].text == "后文。"


def test_ordered_lists_show_their_numbers() -> None:
    listed = "<ol><li>甲</li><li><p>乙</p></li></ol><ol start=5 type=a><li>丙</li></ol><ol><li>（一）丁</li></ol>"

    assert texts(f"<article>{listed}<p>{PROSE}</p></article>")[:4] == ["1.甲", "2.乙", "e.丙", "（一）丁"]


def test_the_box_of_facts_becomes_properties_and_no_text() -> None:
    box = (
        "<table><tr><td>索引号：</td><td>0123-2024-0001</td><td>发布机构：</td><td>云岭镇</td></tr>"
        "<tr><td>成文日期：</td><td>2024-01-18</td><td>有效性：</td><td></td></tr></table>"
    )

    found = page(f'{box}<div id="zoom"><p>{PROSE}</p></div>')

    assert found.properties["成文日期"] == "2024-01-18"
    assert found.properties["索引号"] == "0123-2024-0001"
    assert [block.text for block in found.blocks] == [PROSE]


def test_a_line_of_facts_becomes_properties_and_no_text() -> None:
    line = "发布日期：2024-01-18 10:20 来源：云岭镇司法所 浏览次数：123 字体：[大 中 小]"

    found = page(f"<article><p>{line}</p><p>{PROSE}</p></article>")

    assert (found.properties["发布日期"], found.properties["来源"]) == ("2024-01-18 10:20", "云岭镇司法所")
    assert [block.text for block in found.blocks] == [PROSE]


def test_meta_tags_and_the_title_become_properties() -> None:
    found = page(f"<article><p>{PROSE}</p></article>", head='<meta name="PubDate" content="2024-01-18 09:00">')

    assert found.properties["title"] == "云岭镇2023年报告_青溪县人民政府"
    assert found.properties["PubDate"] == "2024-01-18 09:00"


def test_what_stands_around_the_article_tells_where_the_page_is_from() -> None:
    frame = '<div class="logo"><img alt="青溪县人民政府门户网站"></div><div class="pos">当前位置：首页 > 云岭镇</div>'
    foot = '<div class="foot">主办：青溪县人民政府办公室</div><div class="menu">首页 新闻</div>'

    found = page(f"{frame}<article><p>{PROSE}</p></article>{foot}")

    assert found.properties["站点"] == "青溪县人民政府门户网站"
    assert "当前位置：首页 > 云岭镇" in found.properties["面包屑"]
    assert "主办：青溪县人民政府办公室" in found.properties["页脚"]


def test_a_line_of_facts_above_the_article_becomes_properties() -> None:
    found = page(f"<div>时间：2023-06-15　来源：青溪县司法局</div><article><p>{PROSE}</p></article>")

    assert (found.properties["时间"], found.properties["来源"]) == ("2023-06-15", "青溪县司法局")


def test_a_sentence_that_mentions_a_source_is_no_fact() -> None:
    sentence = f"信息来源：为掌握来源，{PROSE}"

    assert texts(f"<article><p>{sentence}</p><p>{PROSE}</p></article>")[0] == sentence


def test_hidden_elements_are_no_text() -> None:
    assert texts(f'<article><p style="display:none">看不见。</p><p>{PROSE}</p></article>') == [PROSE]


def test_a_page_inside_a_form_is_read() -> None:
    assert texts(f'<form id="form1"><div><p>{PROSE}</p><input value="搜索"></div></form>') == [PROSE]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8"), ("utf-8", "gb18030")]
)
def test_the_encoding_is_what_works_not_what_is_claimed(declared: str, encoding: str) -> None:
    text = f'<html><head><meta charset="{declared}"></head><body><p>{PROSE}新建500㎡。</p></body></html>'

    assert read(text.encode(encoding), "报告.html").blocks[0].text == f"{PROSE}新建500㎡。"


def test_an_xhtml_declaration_does_no_harm() -> None:
    text = f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><body><p>{PROSE}</p></body></html>'

    assert read(text.encode(), "报告.html").blocks[0].text == PROSE


def test_deep_nesting_ends_in_a_document() -> None:
    assert PROSE in texts("<div>" * 200 + f"<p>{PROSE}</p>" + "</div>" * 200)


@pytest.mark.parametrize("text", ["<html></html>", "<html><body><img src='a.jpg'></body></html>", "<!-- 空 -->"])
def test_a_page_without_words_has_no_text(text: str) -> None:
    with pytest.raises(NoText):
        read(text.encode(), "报告.html")


def test_a_page_saved_as_one_file_is_read() -> None:
    archive = (
        "From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"<html><body><p>{PROSE}</p></body></html>\r\n--B--\r\n"
    )

    assert read_archive(archive.encode(), "报告.mht").blocks[0].text == PROSE


def test_an_archive_of_too_many_parts_is_refused() -> None:
    parts = b"--B\nContent-Type: text/html\n\n<p>x\n" * 6_000

    with pytest.raises(UnsupportedFile, match="超过 5000 份"):
        read_archive(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n" + parts, "报告.mht")


@pytest.mark.parametrize("between", ["", "\n<!DOCTYPE html>", "<!-- next -->"])
def test_a_page_pasted_after_a_page_is_not_lost(between: str) -> None:
    body = "<body><div class='TRS_Editor'><p>{0}写在这里，也不短。</p></div></body>"
    page = f"<html><head><title>{{0}}</title></head>{body}</html>"
    one, two = page.format("其一"), page.format("其二")

    found = [block.text for block in read(f"{one}{between}{two}".encode(), "报告.html").blocks]

    assert found == ["其一写在这里，也不短。", "其二写在这里，也不短。"]


def test_a_table_that_lays_out_the_page_is_not_taken_for_the_box_of_facts_inside_it() -> None:
    document = read(
        "<table><tr><td><table><tr><td>索引号</td><td>0001</td><td>发布机构</td><td>某镇</td></tr>"
        "<tr><td>文号</td><td>无</td><td>发布日期</td><td>2024-02-05</td></tr></table></td></tr>"
        "<tr><td>一、举措<br>调解纠纷三件。回访三次。<br>二、不足<br>人手少。</td></tr></table>".encode(),
        "页.html",
    )

    assert [block.text for block in document.blocks] == ["一、举措", "调解纠纷三件。回访三次。", "二、不足", "人手少。"]
    assert document.properties["发布日期"] == "2024-02-05"


def test_day_and_hour_without_a_label_above_the_article_are_the_day_of_publication() -> None:
    stamp = "<div><span>2024-02-05 10:30</span> <span>某镇</span></div>"
    page = f"<div><h1>某镇报告</h1>{stamp}<div class='nr'><p>{PROSE}</p></div></div>"

    document = read(page.encode(), "页.html")

    assert document.properties["发布时间"] == "2024-02-05"


@pytest.mark.parametrize(
    ("inner", "line"),
    [
        ("<b>（一）抓好组织领导</b>镇党委带头学法。", "（一）抓好组织领导 镇党委带头学法。"),
        ("<b>1.</b><strong>抓好组织领导</strong>镇党委带头学法。", "1.抓好组织领导 镇党委带头学法。"),
        ("<b>（一）抓好组织领导。</b>镇党委带头学法。", "（一）抓好组织领导。镇党委带头学法。"),
        ("<b>（一）抓好组织领导</b>，镇党委带头学法。", "（一）抓好组织领导，镇党委带头学法。"),
        ("<b>一、抓好组织领导</b>", "一、抓好组织领导"),
        ("<b>镇党委</b>带头学法，<b>镇政府</b>依法行政。", "镇党委带头学法，镇政府依法行政。"),
    ],
)
def test_a_bold_heading_that_text_follows_on_the_same_line_stays_apart_from_it(inner: str, line: str) -> None:
    assert read(f"<p>{inner}</p><p>{PROSE}</p>".encode(), "页.html").blocks[0].text == line


@pytest.mark.parametrize(
    "head",
    [
        "<!-- saved from url=(0045)http://www.heqing.gov.cn/a.html -->",
        "<link rel='canonical' href='http://www.heqing.gov.cn/a.html'>",
        "<a href='http://www.heqing.gov.cn/'>首页</a><a href='http://www.heqing.gov.cn/b'>公开</a>"
        "<a href='http://www.other.gov.cn/'>友情链接</a>",
    ],
)
def test_the_site_that_a_page_came_from_is_a_fact_of_it(head: str) -> None:
    document = read(f"<html>{head}<body><p>{PROSE}</p></body></html>".encode(), "页.html")

    assert document.properties["网址"] == "http://www.heqing.gov.cn"


def test_labels_in_traditional_characters_are_read() -> None:
    found = page(
        f'<div class="meta">來源：本網　發布日期：2023-01-12 09:05:44</div><div class="zoom"><p>{PROSE}</p></div>'
    )

    assert found.properties["发布日期"] == "2023-01-12 09:05:44"


def test_a_lower_heading_above_the_article_is_its_title_where_the_page_is_called_so() -> None:
    title = "云岭镇2023年法治政府建设报告"

    found = page(
        f'<div class="article"><h3>{title}</h3><div id="zoom"><p>{PROSE}</p></div></div>', title=f"{title}_街镇动态"
    )

    assert found.blocks[0] == Block(kind="heading", text=title, level=1)


@pytest.mark.parametrize("line", ["2024-01-08 云岭镇", "发表于 2024-01-08 作者：办公室 阅读：12"])
def test_a_day_above_the_article_is_that_of_publication(line: str) -> None:
    found = page(f'<div class="meta">{line}</div><div class="zoom"><p>{PROSE}</p></div>')

    assert found.properties["发布时间"] == "2024-01-08"


@pytest.mark.parametrize("number", [25_000, 200_000])
def test_an_element_of_countless_attributes_is_refused_at_once(number: int) -> None:
    began = time.process_time()
    with pytest.raises(UnsupportedFile, match="属性"):
        read(endurance.attributes(number), "报告.html")

    assert time.process_time() - began < 2


def test_a_picture_inside_a_page_is_not_taken_for_attributes() -> None:
    picture = "data:image/png;base64," + "iVBO/Rw0 KGgo=" * 5_000

    blocks = read(f"<p>{PROSE}<img src='{picture}' alt=x></p>".encode(), "报告.html").blocks

    assert [block.text for block in blocks] == [PROSE]


@pytest.mark.parametrize("codec", ["punycode", "idna", "utf-7", "zlib", "hex", "unicode_escape", "raw_unicode_escape"])
def test_a_codec_that_is_no_encoding_of_pages_is_not_believed(codec: str) -> None:
    page = f"<meta charset={codec}><p>{PROSE}\\u4e00-</p>"

    assert PROSE in read(page.encode(), "报告.html").blocks[0].text


def test_a_megabyte_in_a_codec_of_square_time_is_read_at_once() -> None:
    began = time.process_time()
    read(endurance.charset("punycode"), "报告.html")

    assert time.process_time() - began < 2


@pytest.mark.parametrize("piece", ["<?xml ", "<!--", "<p ", "<a href='", "<table><td>"])
def test_marks_that_never_end_take_no_square_time(piece: str) -> None:
    began = time.process_time()
    with suppress(ReadError):
        read(b"<html>" + piece.encode() * 100_000, "报告.html")

    assert time.process_time() - began < 4


def test_a_header_of_an_archive_without_end_is_refused_at_once() -> None:
    began = time.process_time()
    with pytest.raises(UnsupportedFile, match="长得出奇"):
        read_archive(b"MIME-Version: 1.0\nContent-Type: text/html" + b"; a=b" * 50_000 + b"\n\n<p>x", "报告.mht")

    assert time.process_time() - began < 1


def test_what_a_revision_deleted_is_no_text() -> None:
    assert texts("<p>新增<del>三</del><ins>五</ins>处公示栏。</p>") == ["新增五处公示栏。"]


def test_a_mark_of_deletion_that_was_never_ended_takes_no_article_away() -> None:
    assert PROSE in texts(f"<p>甲。<del></p><p>{PROSE}</p><p>{PROSE}</p>")


@pytest.mark.parametrize("opening", ["<div><p>", "<font><b>", "<ul><li>", "<blockquote>", "<table><tr><td>"])
def test_tags_that_were_never_ended_cost_no_text(opening: str) -> None:
    items = "".join(f"{opening}第{number}项，{PROSE}<br>" for number in range(500))

    found = "\n".join(texts(f"{opening}云岭镇报告<br>{items}"))

    assert found.startswith("云岭镇报告")
    assert [number for number in range(500) if f"第{number}项" not in found] == []


def test_a_page_that_nests_beyond_what_can_be_read_is_refused_and_not_cut_off() -> None:
    with pytest.raises(UnsupportedFile, match="嵌套太深"):
        texts(f"<p>{PROSE}</p>" + "<div>" * 5_000 + f"<p>{PROSE}</p>")
