"""The Word document: a collection -> a .docx file, written into the file that is handed in."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import BinaryIO, cast

from docx import Document
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml

from search_app.exporting.collection import Collection
from search_app.exporting.file_names import Titled
from search_app.exporting.printable import make_line
from search_app.exporting.table import Table
from search_app.exporting.word.body import Body
from search_app.exporting.word.column_widths import share_width
from search_app.exporting.word.elements import LYING_WIDTH, Element, line, page_number, paragraph, run, table
from search_app.exporting.word.styles import LYING_SECTION, SECTION, SETTINGS, font_table, style_sheet

#: Parts of the library's template that say nothing of our document: a picture of it, another maker's settings.
_LEFT_OUT = {
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
#: More characters of a title are of no use in a list of files.
_LONGEST_TITLE = 200


def write_word(collection: Collection, into: BinaryIO) -> None:
    """Write a collection as .docx."""
    document, body = Document(), Body()
    _fill(document, body.write(collection), SECTION)
    if body.notes:
        body.notes.attach(document)
    _finish(document, collection, into)


def write_word_table(held: Table, into: BinaryIO) -> None:
    """Write a table as .docx, on pages that lie on their side."""
    document = Document()
    _fill(document, _table(document, held), LYING_SECTION)
    _finish(document, held, into)


def _table(document: Opened, held: Table) -> Iterator[Element]:
    yield line("Title", held.title)
    for place, note in enumerate(held.notes, start=1):
        yield line("LastAbout" if place == len(held.notes) else "About", note)
    relations = {
        place: document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        for place, address in held.links.items()
    }
    rows = [list(held.columns), *map(list, held.printed())]
    links = {(row + 1, column): each for (row, column), each in relations.items()}
    yield table(rows, width=LYING_WIDTH, widths=share_width(rows, LYING_WIDTH), links=links)


def _fill(document: Opened, elements: Iterable[Element], section: str) -> None:
    _dress(document, section)
    last = document.element.body[-1]
    for each in elements:
        last.addprevious(each)


def _finish(document: Opened, held: Titled, into: BinaryIO) -> None:
    _number_pages(document)
    _describe(document, held)
    document.save(into)


def _dress(document: Opened, section: str) -> None:
    """Give the document our own styles, settings, faces and page."""
    part = document.part
    for held in (part.rels, part.package.rels):
        for name in [name for name, each in held.items() if each.reltype in _LEFT_OUT]:
            del held[name]
    for each in part.rels.values():
        match each.reltype:
            case RELATIONSHIP_TYPE.STYLES:
                cast(XmlPart, each.target_part)._element = parse_xml(style_sheet())
            case RELATIONSHIP_TYPE.SETTINGS:
                cast(XmlPart, each.target_part)._element = parse_xml(SETTINGS)
            case RELATIONSHIP_TYPE.FONT_TABLE:
                each.target_part._blob = font_table()
    body = document.element.body
    body.replace(body[-1], parse_xml(section))


def _number_pages(document: Opened) -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    inside = footer._element
    for child in list(inside):
        inside.remove(child)
    inside.append(paragraph("Footer", run("— "), page_number(), run(" —")))


def _describe(document: Opened, held: Titled) -> None:
    """Say what the document is; nobody is named as its author."""
    properties = document.core_properties
    properties.title = make_line(held.title)[:_LONGEST_TITLE]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = held.made.astimezone(UTC).replace(tzinfo=None)
    properties.revision = 1
