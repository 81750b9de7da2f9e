"""Prose on a page that is hidden, or named like noise: read where it belongs to the article, said where it does not."""

import pytest

from search_app.readers.html_reader import read

PROSE = "<p>（一）健全调解组织。全年调处矛盾纠纷八十六件，办结八十五件。</p><p>（二）加强普法，开展活动三十场。</p>"
MORE = "<p>（三）规范行政执法。全年办理案件十七件，无一件被纠错。</p><p>（四）公开信息，发布三十条。</p>"
RULES = "<p>网友须遵守法律法规，文明发言，不得传播谣言。请理性评论，谢谢合作，欢迎常来。</p>"
FOUR = ["（一）", "（二）", "（三）", "（四）"]


def openings(body: str) -> tuple[list[str], tuple[str, ...]]:
    head = "<html><head><meta charset=utf-8><title>报告</title></head><body><div class=nav><a>首页</a></div>"
    found = read(f"{head}{body}</body></html>".encode(), "报告.html")
    return [block.text[:3] for block in found.blocks], found.warnings


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=content>{PROSE}<div style='display:none'>{MORE}</div></div>",
        f"<div class=content>{PROSE}<div style='visibility: hidden'>{MORE}</div></div>",
        f"<article>{PROSE}<section hidden>{MORE}</section></article>",
        f"<div><div id=page1>{PROSE}</div><div id=page2 style='display: none;'>{MORE}</div></div>",
        f"<div><div class='tab on'>{PROSE}</div><div class=tab style='display:none'>{MORE}</div></div>",
    ],
)
def test_a_hidden_page_of_the_article_is_read_and_said(body: str) -> None:
    found, warnings = openings(body)

    assert found == FOUR
    assert "32 字是折叠或隐藏的" in warnings[0]


@pytest.mark.parametrize(
    "name", ["comment", "comments-text", "print", "location", "related", "share-text", "tools", "aside", "skip"]
)
@pytest.mark.parametrize("tag", ["div", "section"])
def test_prose_in_the_article_is_read_whatever_its_element_is_named(name: str, tag: str) -> None:
    body = f"<div class=article>{PROSE}<{tag} class='{name}'>{MORE}</{tag}></div>"

    assert openings(body) == (FOUR, ())


@pytest.mark.parametrize("tag", ["textarea", "dialog", "button", "form", "aside", "header"])
def test_prose_in_the_article_is_read_whatever_its_element_is(tag: str) -> None:
    found, _ = openings(
        f"<div class=article>{PROSE}<{tag}>（三）规范行政执法。全年办理案件十七件，无复议。</{tag}></div>"
    )

    assert found == FOUR[:3]


def test_what_is_hidden_because_it_is_there_twice_is_read_once() -> None:
    body = f"<div class=content>{PROSE}{MORE}</div><div class=mobile style='display:none'>{PROSE}{MORE}</div>"

    assert openings(body) == (FOUR, ())


@pytest.mark.parametrize("more", ["id=tip style='display:none'", "class=comments"])
def test_prose_beside_the_article_is_left_out_and_its_size_said(more: str) -> None:
    found, warnings = openings(f"<div class=content>{PROSE}{MORE}</div><div {more}>{RULES}</div>")

    assert found == FOUR
    assert "正文之外有 32 字" in warnings[0]


def test_menus_and_feet_are_left_out_without_a_word() -> None:
    foot = "<div class=footer>主办：云岭镇人民政府。地址：云岭镇一号，电话待公布。</div>"
    links = "<div class=related>相关：<a>某镇开展普法活动，成效明显。</a><a>某镇召开会议，部署工作。</a></div>"

    assert openings(f"<div class=con>{PROSE}{MORE}{links}{foot}</div>") == (FOUR, ())


@pytest.mark.parametrize("inner", ["<h2>（三）规范执法</h2><p>全年办案十七件</p>", "（三）办理行政处罚案件十七件"])
def test_hidden_text_without_a_full_stop_is_read_too(inner: str) -> None:
    found, warnings = openings(f"<div class=content>{PROSE}<div style='display:none'>{inner}</div></div>")

    assert found[:3] == FOUR[:3]
    assert "折叠或隐藏" in warnings[0]


def test_a_hidden_menu_is_left_out_without_a_word() -> None:
    menu = "<div style='display:none'><a>政务公开</a><a>办事服务</a><a>互动交流</a><a>走进云岭</a></div>"

    assert openings(f"<div class=content>{PROSE}{MORE}{menu}</div>") == (FOUR, ())


@pytest.mark.parametrize(
    "shell", ["<noscript>{}</noscript>", "<template>{}</template>", "<iframe srcdoc='{}'></iframe>"]
)
def test_an_article_in_a_shell_that_a_browser_fills_is_read(shell: str) -> None:
    assert openings(shell.format(PROSE)) == (FOUR[:2], ())


def test_words_for_browsers_without_scripts_are_no_part_of_an_article() -> None:
    note = "<noscript>您的浏览器没有启用脚本，请启用后再访问。</noscript>"

    assert openings(f"{note}<div class=content>{PROSE}{MORE}</div>") == (FOUR, ())
