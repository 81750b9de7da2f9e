"""Facet rows: whatever a value is called, its row says exactly that, and its box sends exactly that."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from search_app.web.view_models.facet_panels import Row
from search_app.web.view_models.facet_rows import choices

#: What a value may be called: quotes and signs of HTML among it, nothing that a parser reads as something else.
NAMES = st.text(st.characters(min_codepoint=0x20, exclude_categories=("C", "Z")), min_size=1, max_size=12)


def row(
    value: str = "石桥镇",
    *,
    count: int = 1234,
    selected: bool = False,
    excluded: bool = False,
    address: Callable[[], str] = lambda: "/?a=1&b=2",
) -> Row:
    return Row(
        id="town-00c0ffee",
        value=value,
        text=value,
        passages=count,
        reports=2,
        selected=selected,
        share=40,
        excluded=excluded,
        keys=value,
        address=address,
    )


def read(*rows: Row, name: str = "town", keys: bool = True) -> html.HtmlElement:
    return html.fragment_fromstring(f"<ul>{choices(rows, name, 'search', keys=keys)}</ul>")


@given(NAMES)
def test_a_row_says_and_sends_its_value_whatever_signs_it_has(value: str) -> None:
    tree = read(row(value))

    assert tree.xpath("string(//span[@class='name'])") == value
    assert tree.xpath("//input/@value | //button/@value | //li/@data-keys") == [value] * 3
    assert tree.xpath("//button/@title") == [f"不要 {value}"]
    assert {each.tag for each in tree.iter()} == {"ul", "li", "label", "input", "span", "button"}


@given(NAMES)
def test_an_excluded_row_names_its_value_and_leads_back(value: str) -> None:
    tree = read(row(value, excluded=True))

    assert tree.xpath("string(//s)") == value
    assert tree.xpath("//a/@href") == ["/?a=1&b=2"]
    assert not tree.xpath("//input")


def test_a_value_that_nothing_holds_cannot_be_ticked_unless_it_is() -> None:
    empty, ticked = read(row(count=0)), read(row(count=0, selected=True))

    assert (empty.xpath("//input/@disabled"), empty.xpath("//button")) == (["disabled"], [])
    assert (ticked.xpath("//input/@checked"), len(ticked.xpath("//button"))) == (["checked"], 1)


def test_years_have_a_bar_and_are_called_years() -> None:
    tree = read(row("2023"), row("未识别"), name="year", keys=False)

    assert tree.xpath("//span[@class='name']/text()") == ["2023 年", "未识别"]
    assert tree.xpath("//rect[@class='fill']/@width") == ["40", "40"]
    assert not tree.xpath("//li/@data-keys")


def test_counts_are_written_with_separators() -> None:
    assert "1,234" in read(row()).text_content()
