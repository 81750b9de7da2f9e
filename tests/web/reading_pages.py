"""Reads a page for tests: its elements by a small selector-free walk, so that no test depends on white space."""

from lxml import html
from werkzeug.test import TestResponse


def page(response: TestResponse) -> html.HtmlElement:
    """Return the page of a response as a tree."""
    return html.fromstring(response.get_data(as_text=True))


def text(tree: html.HtmlElement, path: str) -> str:
    """Return the text of the first element at an XPath, blanks collapsed."""
    found = tree.xpath(path)
    assert found, f"nothing at {path}"
    return " ".join(found[0].text_content().split())


def texts(tree: html.HtmlElement, path: str) -> list[str]:
    """Return the texts of all elements at an XPath, blanks collapsed."""
    return [" ".join(item.text_content().split()) for item in tree.xpath(path)]


def links(tree: html.HtmlElement, words: str) -> list[str]:
    """Return the addresses of the links that contain these words."""
    return [item.get("href") for item in tree.xpath("//a") if words in " ".join(item.text_content().split())]
