""".html -> Document: the article of a government web page, without the page around it.

In go bytes in whatever encoding the page claims or has; out come headings, paragraphs (a ``<br>`` ends one) and tables;
what the page says about the article (索引号, 发布日期, <meta name="PubDate">, <title>) goes to ``properties``. The
surprise: pages of older sites lay everything out in tables, so a table is data only if its cells are short.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.message import Message
from html import escape

import lxml.etree
import lxml.html

from search_app.errors import DamagedFile, NoText, UnsupportedFile
from search_app.model import Document
from search_app.readers import clean_text
from search_app.readers.html_article import around, article_of, without_noise
from search_app.readers.html_doubts import decided, widened, without_repeats
from search_app.readers.html_facts import add_frame, facts_of, site_of
from search_app.readers.html_flow import flow
from search_app.readers.html_frames import fill_from_itself, filled, frames_of
from search_app.readers.limits import too_large
from search_app.readers.text_decoding import Decoded, decode

#: Pictures and pages in one archive; each costs as much as a small page.
_MOST_PARTS, _MOST_PAGES = 5_000, 50
#: With fewer characters than this, a page in frames is only their shell.
_FEW = 40
_FRAMED = "请在浏览器里打开那一页（框架里点右键另存），或把同名的 _files 文件夹里的网页放进资料文件夹。"
#: A header with what is folded below it; the time to take it apart grows with the square of its length.
_HEADER = re.compile(rb"^content-type:[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
_LONGEST_HEADER = 10_000
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_END_OF_PAGE = re.compile(r"</(?:html|body)\s*>", re.I)
#: The parser compares each attribute of an element with all others. Values are left out of the count.
_MOST_ATTRIBUTES = 2_000
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{2 * _MOST_ATTRIBUTES},}}")
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_ATTRIBUTE = re.compile(r"[^\s=/\"'>]+")


def read(data: bytes, path: str) -> Document:
    """Read a saved web page. Raises DamagedFile, NoText, UnsupportedFile (too large)."""
    decoded = _decoded(data, path)
    return _document(_parsed(decoded.text, path), decoded, path)


def read_archive(data: bytes, path: str) -> Document:
    """Read a web page saved as one file (.mht), which is a mail: its first HTML part, with what stands in frames."""
    if data.count(b"\n--") > _MOST_PARTS:
        raise too_large(path, f"网页存档里的内容超过 {_MOST_PARTS} 份")
    if any(len(line) > _LONGEST_HEADER for line in _HEADER.findall(data)):
        raise too_large(path, "网页存档里有一行说明长得出奇")
    pages = list(_pages(email.message_from_bytes(data, policy=email.policy.compat32), path))
    if not pages:
        raise DamagedFile(path, "网页存档里找不到网页。", hint="请重新保存网页（只保存 HTML），再放回资料文件夹。")
    first, decoded, names = pages[0]
    if len(pages) > 1:
        by_name = {name: root for root, _, said in reversed(pages) for name in said}
        base = next((name for name in names if not name.startswith("cid:")), "")
        first = filled(first, base, by_name)
    try:
        return _document(first, decoded, path)
    except NoText:
        for root, other, _ in pages[1:]:
            with suppress(NoText):
                return _document(root, other, path)
        raise


def _pages(message: Message, path: str) -> Iterator[tuple[lxml.html.HtmlElement, Decoded, tuple[str, ...]]]:
    """Yield the HTML parts of an archive, each with the names that frames may call it; plain text where there is none.

    The part that the archive says it starts with comes first.
    """
    parts = [part for part in message.walk() if isinstance(part, Message) and not part.is_multipart()]
    kinds = [("text/html", "application/xhtml+xml"), ("text/plain",)]
    found = next((some for kind in kinds if (some := [each for each in parts if each.get_content_type() in kind])), [])
    start = str(message.get_param("start") or "").strip("<> ")
    found.sort(key=lambda part: not start or str(part.get("Content-ID") or "").strip("<> ") != start)
    for part in found[:_MOST_PAGES]:
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            decoded = _decoded(payload, path, charset=part.get_content_charset())
            if part.get_content_type() == "text/plain":
                decoded = replace(decoded, text="<pre>" + "<br>".join(escape(decoded.text).splitlines()) + "</pre>")
            with suppress(NoText):  # an empty frame
                location = str(part.get("Content-Location") or "").strip()
                identity = str(part.get("Content-ID") or "").strip("<> ")
                named = (location, location.rpartition("/")[2], f"cid:{identity}" if identity else "")
                yield _parsed(decoded.text, path), decoded, tuple(filter(None, named))


def _decoded(data: bytes, path: str, *, charset: str | None = None) -> Decoded:
    found = _DECLARED.search(data[:4096])
    return decode(data, path, declared=found[1].decode("ascii", "ignore") if found else charset)


def _document(root: lxml.html.HtmlElement, decoded: Decoded, path: str) -> Document:
    properties = facts_of(root)
    if site := site_of(decoded.text):
        properties.setdefault("网址", site)
    fill_from_itself(root)
    frames = [tidy_name(frame.get("src") or "") for frame in frames_of(root)]
    around_article = without_noise(root)
    without_repeats(root)
    article, title = article_of(root, properties.get("ArticleTitle") or properties.get("title", ""))
    article = widened(article)
    warnings = (*decoded.warnings, *decided(root, article))
    add_frame(properties, [*around_article, *around(article)])
    found = flow(article, properties)
    if title is not None and not any(block.text == title for block in found[:5]):
        found.insert(0, clean_text.heading(title, 1))
    text = clean_text.worded(found)
    if sum(len(block.text) for block in text) < _FEW and frames:
        warnings = (*warnings, f"网页的正文可能在框架里，要另存那一页（{'、'.join(frames[:3])}），这里没有读到。")
        if not text:
            raise NoText(path, f"网页的正文在框架里（{'、'.join(frames[:3])}），不在这个文件里。", hint=_FRAMED)
    if not text:
        raise NoText(
            path, "网页里没有正文（可能正文是图片、附件，或要联网才显示）。", hint="请改为保存正文里的文字或附件。"
        )
    return Document(format="html", blocks=text, properties=properties, warnings=warnings)


def tidy_name(source: str) -> str:
    """Return the address of a frame, short enough to be said."""
    return clean_text.tidy(source)[:100]


def _parsed(text: str, path: str) -> lxml.html.HtmlElement:
    # lxml refuses a str that declares an encoding of its own: the text is decoded already.
    text = re.sub(r"<\?xml[^<>]{0,500}\?>", "", clean_text.visible(text), count=1)
    # A page pasted after a page: the parser would leave what follows the first end tag to a second tree.
    text = _END_OF_PAGE.sub("", text)
    if not text.strip():
        raise NoText(path, "网页是空的。")
    for tag in _LONG_TAG.finditer(text):
        if len(_ATTRIBUTE.findall(_VALUE.sub(" ", tag[0]))) > _MOST_ATTRIBUTES:
            raise too_large(path, f"网页里有一个标记带着 {_MOST_ATTRIBUTES} 个以上的属性")
    parser = lxml.html.HTMLParser(huge_tree=True)  # tags that nobody ended nest, paragraph in paragraph
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except lxml.etree.ParserError as error:  # nothing in it but comments
        raise NoText(path, "网页是空的。") from error
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise DamagedFile(path, "网页结构已损坏，读不出来。", hint="请重新保存网页后再放回资料文件夹。") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):  # what comes after it is lost
        hint = "请用浏览器打开，把正文复制到一个新文档，另存为 .docx 后再放回资料文件夹。"
        raise UnsupportedFile(path, "网页里层层嵌套太深，读不全，没有读取。", hint=hint)
    return root
