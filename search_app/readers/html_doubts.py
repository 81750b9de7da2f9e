"""Prose on a page that is hidden, or whose element is named like noise: taken where it belongs to the article.

Pages of an article that a script turns over, folded parts and tabs are hidden until somebody clicks; and a paragraph
may be named "comment" or "print" and yet be the town's own. The surprise: what is hidden may also be the visible text
once more, for printing or for telephones; that is left out.
"""

import re
from collections.abc import Iterator

import lxml.html

from search_app.readers.html_article import DOUBTFUL, doubtful_of, is_prose

_LETTER = re.compile(r"[^\W_]")
_SENTENCE = re.compile("[^。；！？\n]{4,}[。；！？]")
_DIGITS = re.compile(r"\d+")
_WORTH_SAYING = 12


def without_repeats(root: lxml.html.HtmlElement) -> None:
    """Take out, in place, hidden prose that is there twice."""
    hidden = [element for element in doubtful_of(root) if element.get(DOUBTFUL) == "hidden"]
    if not hidden:
        return
    inside = {part for element in hidden for part in element.iter()}
    shown = set(_SENTENCE.findall("".join(_texts(root, inside))))
    for element in hidden:
        sentences = _SENTENCE.findall("".join("".join(element.itertext()).split()))
        if sentences and sum(sentence in shown for sentence in sentences) * 5 >= len(sentences) * 4:
            element.drop_tree()


def _texts(root: lxml.html.HtmlElement, inside: set[lxml.html.HtmlElement]) -> Iterator[str]:
    """Yield the text outside of some elements, without white space."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element not in inside and element.text:
            yield "".join(element.text.split())
        parent = element.getparent()
        if element.tail and (parent is None or parent not in inside):
            yield "".join(element.tail.split())


def widened(article: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the element that holds the article with its further pages: hidden siblings that are built as it is."""
    for here in (article, article.getparent()):
        parent = None if here is None or here.tag in ("body", "html") else here.getparent()
        if parent is not None and any(
            sibling is not here and sibling.get(DOUBTFUL) == "hidden" and _is_alike(here, sibling)
            for sibling in parent.iterchildren(here.tag)
        ):
            return parent
    return article


def _is_alike(one: lxml.html.HtmlElement, other: lxml.html.HtmlElement) -> bool:
    """Tell two pages of one article: the same class, or ids that differ in a number."""
    shared = set((one.get("class") or "").split()) & set((other.get("class") or "").split())
    stems = [_DIGITS.sub("", each.get("id") or "") for each in (one, other)]
    return bool(shared) or (stems[0] == stems[1] and one.get("id") != other.get("id"))


def decided(root: lxml.html.HtmlElement, article: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield what to say of doubtful prose: how much of the article is hidden, how much beside it was left out."""
    doubtful = doubtful_of(root)
    within = set(article.iter()) if doubtful else set()
    read = left = 0
    for element in doubtful:
        kind = element.get(DOUBTFUL)
        if any(above.get(DOUBTFUL) for above in element.iterancestors()):
            continue
        size = len(_LETTER.findall("".join(element.itertext())))
        if element in within:
            read += size if kind == "hidden" else 0
        elif is_prose(element):
            left += size
    if read:
        yield f"网页正文里有 {read} 字是折叠或隐藏的（如分页、选项卡），已一并读取。"
    if left >= _WORTH_SAYING:
        yield f"网页里正文之外有 {left} 字是隐藏的或名为评论、相关等，没有读取。"
