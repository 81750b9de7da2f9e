"""Markdown files: a collection as headings, quotations and footnotes that every reader of Markdown shows literally.

What would be a sign of Markdown or HTML in a report's text is escaped so that it reads as it was written: with a
backslash where every dialect takes one, else as a character reference.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from search_app.exporting.collection import Collection, Heading, Item, Quoted, Read, Remark
from search_app.exporting.passage_lines import ALTERED, describe_passage, describe_source
from search_app.exporting.printable import make_line, make_printable
from search_app.exporting.table import Table
from search_app.exporting.text_blocks import Rows, split_blocks

_SIGNS = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "\\`*_{}[]"},
        **{sign: f"&#{ord(sign)};" for sign in "<>&|~$^"},
        "\t": " ",
    }
)
#: Signs that mean something at the start of a line only: of lists, rules, headings and definitions.
_OPENING = re.compile(r"([+#-])|([=:])|(\d{1,9})([.)])")
#: A heading's own signs may also stand at its end.
_IN_HEADING = _SIGNS | {ord("#"): "\\#"}
#: What stays as it is in an address within a link.
_IN_ADDRESS = ":/?#&=%+,;@!'()*~$-._"
_STOPS = re.compile(r"[\W_]+$")
_DEEPEST = 6


def write_markdown(collection: Collection) -> Iterator[str]:
    """Yield a collection as Markdown, piece by piece."""
    yield f"{_heading(collection.title, 1)}\n"
    yield from (f"- **{escape(make_line(fact.label))}**：{escape(make_line(fact.text))}\n" for fact in collection.about)
    sources: list[str] = []
    level = 1
    for item in collection.items:
        if isinstance(item, Heading):
            level = min(max(item.level, 1) + 1, _DEEPEST)
        yield from _item(item, level, sources)
    if sources:
        yield "\n## 来源\n\n"
    yield from (f"[^{number}]: {source}\n" for number, source in enumerate(sources, start=1))


def write_markdown_table(table: Table) -> Iterator[str]:
    """Yield a table as Markdown: its title, its notes as a list, its rows; a cell that leads somewhere is a link."""
    yield f"{_heading(table.title, 1)}\n"
    yield from (f"- {escape(make_line(note))}\n" for note in table.notes)
    yield f"\n{_line(escape(make_line(name)) for name in table.columns)}|{' --- |' * len(table.columns)}\n"
    for at, row in enumerate(table.printed()):
        yield _line(_linked(text, table.links.get((at, column), "")) for column, text in enumerate(row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell or ' ' for cell in cells)} |\n"


def _linked(text: str, address: str) -> str:
    """Return a cell on one line; an address is written so that no sign in it ends the link or the cell."""
    written = escape(make_line(text))
    return f"[{written}](<{quote(address, safe=_IN_ADDRESS)}>)" if address and written else written


def _item(item: Item, level: int, sources: list[str]) -> Iterator[str]:
    match item:
        case Heading():
            yield f"\n{_heading(item.text, level)}"
        case Quoted():
            sources.append(escape(describe_source(item)))
            yield from _quoted(item, min(level + 1, _DEEPEST), len(sources))
        case Read():
            yield from _read(item)
        case Remark():
            yield "".join(f"\n{block}\n" for block in _blocks(item.text))


def _quoted(item: Quoted, level: int, number: int) -> Iterator[str]:
    if item.title:
        yield f"\n{_heading(item.title, level)}"
    yield f"\n{escape(describe_passage(item))}\n\n"
    blocks = [block.replace("\n", "\n> ") for block in _blocks(item.passage.text)]
    yield "".join(f"> {block}\n>\n" for block in blocks)
    yield f"> —— {escape(describe_source(item, short=True))}[^{number}]\n"
    if item.state:
        yield f"\n**{ALTERED}{escape(make_line(item.state))}**\n"
    if item.note.strip():
        yield "\n**备注**：" + "\n\n".join(_blocks(item.note)) + "\n"


def _read(item: Read) -> Iterator[str]:
    lead, text = item.passage.text[: item.lead], item.passage.text[item.lead :]
    number = f"\\[{item.passage.number}\\] "
    blocks = list(_blocks(text))
    first = blocks.pop(0) if blocks and not blocks[0].startswith("| ") else ""
    yield f"\n{number}{_bold(make_line(lead))}{first}\n"
    yield from (f"\n{block}\n" for block in blocks)


def _bold(lead: str) -> str:
    """Return a run-in heading in bold; the signs that end it stand outside, or readers would not see where it ends."""
    words = _STOPS.sub("", lead)
    return f"**{escape(words)}**{lead[len(words) :].translate(_SIGNS)}" if words else lead.translate(_SIGNS)


def _blocks(text: str) -> Iterator[str]:
    """Yield the lines and tables of a text, each as one block of Markdown."""
    for block in split_blocks(make_printable(text)):
        yield _table(block) if isinstance(block, list) else escape(block)


def _table(rows: Rows) -> str:
    written = [f"| {' | '.join(escape(cell) or ' ' for cell in row)} |" for row in rows]
    return "\n".join((written[0], "|" + " --- |" * len(rows[0]), *written[1:]))


def _heading(text: str, level: int) -> str:
    """Return a heading; behind its signs a number begins no list, but signs at its end would be taken for its own."""
    return f"{'#' * level} {make_line(text).translate(_IN_HEADING)}\n"


def escape(line: str) -> str:
    """Return one line that reads literally as Markdown."""
    line = line.strip()
    opening = _OPENING.match(line)
    if opening is None:
        return line.translate(_SIGNS)
    sign, other, digits, stop = opening.groups()
    opened = f"\\{sign}" if sign else f"&#{ord(other)};" if other else f"{digits}\\{stop}"
    return opened + line[opening.end() :].translate(_SIGNS)
