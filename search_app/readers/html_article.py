"""Where on a government web page the article is.

First what is never article goes (scripts, menus, share buttons, footers); then the container that the usual site
systems give the article (TRS_Editor, zoom, UCAP-CONTENT …) is taken if it holds most of the page's sentences; else the
smallest element that does. The surprise: sentences are counted by their punctuation, since menus have none.
"""

import re
from collections.abc import Iterable, Mapping

import lxml.html

from search_app.readers.clean_text import tidy

_DEAD = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "form", "button",
    "select", "textarea", "input", "nav", "footer", "audio", "video", "map", "dialog", "title",
)  # fmt: skip
#: What a page puts prose into although it is meant for something else.
_WRAPPERS = ("form", "object", "textarea", "dialog", "button")
_FOOT = re.compile("主办|承办|版权所有|备案|网站标识码|技术支持|copyright|©", re.I)
_SENTENCE_END = re.compile("[。；！？]")
#: The mark of an element that is hidden or named like noise, but holds prose: where it stands decides (html_doubts).
DOUBTFUL = "data-doubtful"
_LISTS = frozenset(("ul", "ol", "li"))
_FEWEST_HAN, _FEWEST_WORDS = 12, 6
_NOISE = re.compile(
    r"(?<![a-z])(?:nav(?:igation|bar)?|menu|bread ?crumbs?|crumbs?|mianbao|location|position|dqwz|curr?ent[-_]?pos\w*|"
    r"share\w*|bd-?share\w*|jiathis\w*|foot(?:er)?|copyright|banner|side-?bar|aside|related?|xgwz|xgxx|recommend\w*|"
    r"pager|pagination|print\w*|font-?size|zitidaxiao|search\w*|login|qr-?code|ewm|erweima|tool-?bar|tools|friend-?links?|"
    r"links|accessibility|wza|skip|prev-?next|attitude|comments?|back-?top|gotop|pop-?up|modal)(?![a-z])",
    re.I,
)
_CONTAINER = re.compile(
    r"(?<![a-z])(?:trs_?(?:ue)?editor\w*|ucap-?content|zoom|articles?|article[-_]?(?:content|body|main|text|con|detail)|"
    r"(?:news|xxgk|page|pages|info|text|main|detail|con|view|wp|v|arti|doc|post|entry)[-_]?"
    r"(?:article|news)?[-_]?(?:content|contents|text|txt|body|con)|content|con|contents|zw|zhengwen|nr|wenzhang|"
    r"bt[-_]content|j-?content|vsb_content\w*|fontzoom|mainbody)(?![a-z])",
    re.I,
)
_TITLE = re.compile("报告|報告|总结|汇报|年报|情况|方案|要点|计划|解读|通知|意见|述法")
_LONGEST_FRAME, _MOST_PIECES, _MOST_BESIDE = 300, 200, 100
_SENTENCE = re.compile("[，。；！？、：]|,(?=[\u4e00-\u9fff])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def doubtful_of(root: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the elements of which is still to be decided whether they belong to the article, in order."""
    return [element for element in root.xpath(f".//*[@{DOUBTFUL}]") if element is not root]


def weights(root: lxml.html.HtmlElement) -> Mapping[lxml.html.HtmlElement, int]:
    """Return how much prose each element holds, the punctuation of its sentences; one pass, from the leaves up.

    What is doubtful counts nothing: it does not decide where the article is.
    """
    found: dict[lxml.html.HtmlElement, int] = {}
    doubtful = set(doubtful_of(root))
    for element in reversed(list(root.iter())):
        if element in doubtful:
            found[element] = 0
            continue
        inside = sum(found[child] + _sentences(child.tail) for child in element)
        found[element] = inside + (_sentences(element.text) if isinstance(element.tag, str) else 0)
    return found


def _sentences(text: str | None) -> int:
    return len(_SENTENCE.findall(text)) if text else 0


def without_noise(root: lxml.html.HtmlElement) -> list[str]:
    """Take out, in place, what is never part of an article; one that holds most of the prose is spared.

    Returned are the short texts of what went, in reading order: the page's frame may name the county.
    """
    frame: list[str] = []
    for comment in root.xpath(".//comment() | .//processing-instruction()"):
        comment.drop_tree()
    _without_shells(root)
    _without_revisions(root)
    for element in list(root.iter(*_DEAD)):
        # A form around the whole page is how ASP.NET sites are built.
        if element.tag in _WRAPPERS and _SENTENCE.search("".join(element.itertext())):
            element.drop_tag()
        elif element is not root:
            if element.tag in ("nav", "footer"):
                frame.extend(framing(element))
            element.drop_tree()
    weight = weights(root)
    for element in root.xpath(
        ".//*[@class or @id or @style or @hidden or @role or @title or self::header or self::aside]"
    ):
        if element.tag in ("body", "html") or element.getparent() is None or not _is_noise(element):
            continue
        if weight[element] * 2 > weight[root] or element.xpath(".//h1"):
            continue
        kind = "hidden" if _is_hidden(element) else "named"
        if is_prose(element) or (kind == "hidden" and not _NOISE.search(_names(element)) and is_text(element)):
            element.set(DOUBTFUL, kind)
            continue
        frame.extend(framing(element))
        element.drop_tree()
    return frame


def is_prose(element: lxml.html.HtmlElement) -> bool:
    """Tell sentences from a menu, a list of links or the foot of a page."""
    text = "".join(element.itertext())
    return _SENTENCE_END.search(text) is not None and is_text(element) and _han(text) >= _FEWEST_HAN


def _tells(element: lxml.html.HtmlElement) -> bool:
    """Tell a sentence, however short, from a menu, a list of links or the foot of a page."""
    return _SENTENCE_END.search("".join(element.itertext())) is not None and is_text(element)


def is_text(element: lxml.html.HtmlElement) -> bool:
    """Tell some words from a menu, a list of links or the foot of a page."""
    text = tidy("".join(element.itertext()))
    linked = sum(len(tidy("".join(link.itertext()))) for link in element.iter("a"))
    return _han(text) >= _FEWEST_WORDS and linked * 2 < len(text) and _FOOT.search(text) is None


def _han(text: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in text)


def _without_shells(root: lxml.html.HtmlElement) -> None:
    """Keep, in place, what is meant for browsers without scripts, or for scripts alone, where it is the article."""
    shells = [element for element in root.iter("noscript", "template") if is_prose(element)]
    weight = weights(root) if shells else {}
    for element in shells:
        if weight[element] * 2 >= weight[root]:
            element.drop_tag()


def _without_revisions(root: lxml.html.HtmlElement) -> None:
    """Take out, in place, what a revision deleted; what holds most of the page is a mark that nobody ended."""
    deleted = list(root.iter("del"))
    whole = len("".join(root.itertext())) if deleted else 0
    for element in deleted:
        if element is not root and 2 * len("".join(element.itertext())) < whole:
            element.drop_tree()


def around(article: lxml.html.HtmlElement) -> list[str]:
    """Return the short texts beside the article, from the page's top to its bottom."""
    before: list[str] = []
    after: list[str] = []
    here = article
    while (parent := here.getparent()) is not None and here.tag != "body":
        children = [child for child in parent if isinstance(child.tag, str)][:_MOST_BESIDE]
        at = children.index(here) if here in children else 0
        before[:0] = [text for child in children[:at] for text in framing(child)]
        after += [text for child in children[at + 1 :] for text in framing(child)]
        here = parent
    return before + after


def framing(element: lxml.html.HtmlElement) -> list[str]:
    """Return an element's text, or what its pictures are called, if it is short."""
    text = tidy(" ".join(piece for piece, _ in zip(element.itertext(), range(_MOST_PIECES), strict=False)))
    alternatives = [tidy(image.get("alt") or "") for image, _ in zip(element.iter("img"), range(5), strict=False)]
    return [piece for piece in (text, *alternatives) if 3 < len(piece) <= _LONGEST_FRAME]


def _is_noise(element: lxml.html.HtmlElement) -> bool:
    if element.tag in ("header", "aside") or element.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    if element.tag == "div" and element.get("title") in ("header", "footer"):
        return True  # how office suites save running heads and feet
    if _is_hidden(element):
        return True
    return bool(_NOISE.search(_names(element))) and not _CONTAINER.search(_names(element))


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _names(element: lxml.html.HtmlElement) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def article_of(root: lxml.html.HtmlElement, named: str = "") -> tuple[lxml.html.HtmlElement, str | None]:
    """Return the element that holds the article, and the page's heading where that stands outside of it.

    ``named`` is what the page calls itself: a heading that it begins with is its title at any level.
    """
    body = root.find("body")
    if body is None:
        body = root
    weight = weights(body)
    article = _known(body, weight)
    if article is None:
        article = _densest(body, weight)
    return article, _outer_title(body, article, named)


def _known(body: lxml.html.HtmlElement, weight: Mapping[lxml.html.HtmlElement, int]) -> lxml.html.HtmlElement | None:
    """Return the innermost element with a container's name that still holds most of the page's prose."""
    total = weight[body]
    best = None
    for element in body.iter("div", "td", "article", "main", "section", "p", "span", "ucapcontent"):
        named = element.tag in ("article", "main", "ucapcontent") or _CONTAINER.search(_names(element))
        if named and total and weight[element] * 10 >= total * 7:
            best = element  # in document order, so a later one that holds as much lies inside
    return best


def _densest(body: lxml.html.HtmlElement, weight: Mapping[lxml.html.HtmlElement, int]) -> lxml.html.HtmlElement:
    """Walk down from the body as long as one child holds nearly all of the prose.

    Where paragraphs lie one in the other, each step leaves one behind: then the article is where that began.
    """
    here = body
    left, began = 0, None
    while True:
        children = [child for child in here if isinstance(child.tag, str)]
        heaviest = max(children, key=weight.__getitem__, default=None)
        if heaviest is None or heaviest.tag in ("p", "span", "font", "b", "strong", "tr"):
            break
        if weight[heaviest] * 10 < weight[here] * 9 or not weight[here]:
            break
        behind = weight[here] - sum(weight[child] for child in children if child is heaviest or not _tells(child))
        began = here if began is None and behind else began
        left += behind
        if began is not None and left * 10 > weight[body]:
            return _outermost(began)
        here = heaviest
    if here.tag in ("tbody", "thead"):
        parent = here.getparent()
        return here if parent is None else parent
    return here


def _outermost(began: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Walk up through elements of one kind, one in the other, that hold no links: a title has no stop to be told by."""
    while (parent := began.getparent()) is not None and (parent.tag == began.tag or {parent.tag, began.tag} <= _LISTS):
        beside = (child for child in parent if child is not began and isinstance(child.tag, str))
        if any(next(child.iter("a"), None) is not None for child in beside):
            break
        began = parent
    return began


def _outer_title(body: lxml.html.HtmlElement, article: lxml.html.HtmlElement, named: str) -> str | None:
    """Return the text of the h1 (or element named title) that stands above the article, outside of it."""
    inside, above = set(article.iter()), set(article.iterancestors())
    candidates: Iterable[lxml.html.HtmlElement] = body.xpath(
        ".//h1 | .//*[@id='title' or @class='title' or contains(@class, 'article-title')"
        " or contains(@class, 'bt_title') or contains(@class, 'ArticleTitle') or contains(@class, 'xl-title')]"
    )
    for element in candidates:
        text = tidy("".join(element.itertext()))
        if element not in inside and element not in above and 5 <= len(text) <= 80 and _TITLE.search(text):
            return text
    for element in body.iter("h2", "h3", "h4"):
        text = tidy("".join(element.itertext()))
        if element not in inside and 8 <= len(text) <= 80 and named.startswith(text) and _TITLE.search(text):
            return text
    return None
