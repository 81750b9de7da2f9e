"""The Word document: a collection -> a .docx file, written into the file that is handed in."""

from datetime import UTC
from typing import BinaryIO, cast

from docx import Document
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml

from search_app.exporting.collection import Collection
from search_app.exporting.printable import make_line
from search_app.exporting.word.body import Body
from search_app.exporting.word.elements import page_number, paragraph, run
from search_app.exporting.word.styles import SECTION, SETTINGS, font_table, style_sheet

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
    document = Document()
    _dress(document)
    body, held = Body(), document.element.body
    section = held[-1]
    for each in body.write(collection):
        section.addprevious(each)
    if body.notes:
        body.notes.attach(document)
    _number_pages(document)
    _describe(document, collection)
    document.save(into)


def _dress(document: Opened) -> None:
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
    body.replace(body[-1], parse_xml(SECTION))


def _number_pages(document: Opened) -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    inside = footer._element
    for child in list(inside):
        inside.remove(child)
    inside.append(paragraph("Footer", run("— "), page_number(), run(" —")))


def _describe(document: Opened, collection: Collection) -> None:
    """Say what the document is; nobody is named as its author."""
    properties = document.core_properties
    properties.title = make_line(collection.title)[:_LONGEST_TITLE]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = collection.made.astimezone(UTC).replace(tzinfo=None)
    properties.revision = 1
