"""Pages in frames: what a frame points to is put in its place, so that one page is read and not an empty shell.

In go the parts of a saved archive (.mht) by the names that frames call them, out comes the page with its frames filled.
The surprise: the article of an archive often stands in its second page, the first being a menu and an empty frame.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin

import lxml.etree
import lxml.html

_MOST_FRAMES, _DEPTH = 50, 4
_ELSEWHERE = re.compile(r"\s*(?:about:|javascript:|data:|#|$)", re.I)


def frames_of(root: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the frames of a page that point to another one."""
    frames = [each for each in root.iter("frame", "iframe") if not _ELSEWHERE.match(each.get("src") or "")]
    return frames[:_MOST_FRAMES]


def fill_from_itself(root: lxml.html.HtmlElement) -> None:
    """Put in place, in the page given, the pages that frames carry along (``srcdoc``)."""
    for frame in [each for each in root.iter("iframe") if (each.get("srcdoc") or "").strip()][:_MOST_FRAMES]:
        try:
            holder = lxml.html.fragment_fromstring(frame.get("srcdoc"), create_parent="div")
        except (lxml.etree.LxmlError, ValueError):
            continue
        holder.tail = frame.tail
        if frame.getparent() is not None:
            frame.getparent().replace(frame, holder)


def filled(
    root: lxml.html.HtmlElement,
    base: str,
    pages: Mapping[str, lxml.html.HtmlElement],
    taken: frozenset[lxml.html.HtmlElement] = frozenset(),
) -> lxml.html.HtmlElement:
    """Return the page with the pages of its frames in place; no page comes into itself."""
    taken |= {root}
    for frame in frames_of(root) if len(taken) <= _DEPTH else ():
        page = next((pages[name] for name in _names(frame.get("src") or "", base) if name in pages), None)
        body = None if page is None else page.find("body")
        if page is None or page in taken or frame.getparent() is None:
            continue
        filled(page, base, pages, taken)
        holder = lxml.html.Element("div")
        source = page if body is None else body
        holder.text, source.text = source.text, None
        for child in list(source):
            holder.append(child)
        holder.tail = frame.tail
        frame.getparent().replace(frame, holder)
    _as_body(root)
    return root


def _names(source: str, base: str) -> Iterator[str]:
    """Yield the names that the part of a frame may have."""
    source = source.strip()
    if source.lower().startswith("cid:"):
        yield f"cid:{unquote(source[4:])}"
        return
    try:
        yield urljoin(base, source)
    except ValueError:
        return
    yield source
    yield unquote(source)
    yield unquote(source).replace("\\", "/").rpartition("/")[2]


def _as_body(root: lxml.html.HtmlElement) -> None:
    """Make a body of a frameset, whose frames have been filled."""
    for outer in list(root.iter("frameset")):
        if outer.getparent() is not None:
            outer.tag = "body" if outer.getparent().tag == "html" else "div"
            for name in list(outer.attrib):
                del outer.attrib[name]
    bodies = root.findall("body")
    for extra in bodies[1:]:
        extra.tag = "div"
        bodies[0].append(extra)
