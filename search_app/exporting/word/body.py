"""The body of a Word file: what each item of a collection becomes, paragraph by paragraph."""

from collections.abc import Iterator

from search_app.exporting.collection import Collection, Fact, Heading, Item, Quoted, Read, Remark
from search_app.exporting.passage_lines import ALTERED, describe_passage, describe_source
from search_app.exporting.printable import make_line, make_printable
from search_app.exporting.text_blocks import Rows, split_blocks
from search_app.exporting.word.elements import Element, line, paragraph, run, table
from search_app.exporting.word.endnotes import Endnotes

#: The deepest heading that Word knows.
_DEEPEST = 9


class Body:
    """Makes paragraphs of items, and keeps the sources that they refer to."""

    def __init__(self) -> None:
        self.notes = Endnotes()
        self._level = 0

    def write(self, collection: Collection) -> Iterator[Element]:
        """Yield the paragraphs and tables of a whole collection."""
        yield line("Title", collection.title)
        for place, fact in enumerate(collection.about, start=1):
            yield _fact(fact, last=place == len(collection.about))
        for item in collection.items:
            yield from self._item(item)
        if self.notes:
            yield line("Heading1", "来源")
            yield line("Remark", f"各段的出处按序号列在文末的尾注里，共 {len(self.notes):,} 条。")

    def _item(self, item: Item) -> Iterator[Element]:
        match item:
            case Heading():
                self._level = min(max(item.level, 1), _DEEPEST)
                yield line(f"Heading{self._level}", item.text)
            case Quoted():
                yield from self._quoted(item)
            case Read():
                yield from _read(item)
            case Remark():
                yield from (line("Remark", text) for text in make_printable(item.text).split("\n"))

    def _quoted(self, item: Quoted) -> Iterator[Element]:
        if item.title:
            yield line(f"Heading{min(self._level + 1, _DEEPEST)}", item.title)
        yield line("Passage", describe_passage(item))
        reference = self.notes.refer(describe_source(item))
        blocks = list(split_blocks(make_printable(item.passage.text))) or [""]
        for block in blocks[:-1]:
            yield _block("Quote", block)
        last = _block("Quote", blocks[-1])
        source = line("Source", f"来源：{describe_source(item, short=True)}")
        # Behind the quotation the reference goes along where the quotation is copied to; a table has no such place.
        (source if isinstance(blocks[-1], list) else last).append(reference)
        yield last
        yield source
        if item.state:
            yield line("Note", f"{ALTERED}{item.state}")
        if item.note.strip():
            yield from (line("Note", text) for text in f"备注：{make_printable(item.note).strip()}".split("\n"))


def _fact(fact: Fact, *, last: bool) -> Element:
    style = "LastAbout" if last else "About"
    return paragraph(style, run(f"{make_line(fact.label)}：", style="Label"), run(make_line(fact.text)))


def _read(item: Read) -> Iterator[Element]:
    text = make_printable(item.passage.text[item.lead :])
    blocks = list(split_blocks(text))
    runs = [run(f"{item.passage.number}　", style="Number")]
    if item.lead:
        runs.append(run(make_line(item.passage.text[: item.lead]), style="Lead"))
    if blocks and isinstance(blocks[0], str) and not (item.lead and text.startswith("\n")):
        runs.append(run(str(blocks.pop(0))))
    yield paragraph("BodyText", *runs)
    yield from (_block("BodyText", block) for block in blocks)


def _block(style: str, block: str | Rows) -> Element:
    return table(block) if isinstance(block, list) else paragraph(style, run(block))
