"""Endnotes: the numbered sources at the end of a Word file, each tied to the place that it is the source of.

The library has no call for them, so the part, its relation and its settings are written here. The surprise: two notes
that nobody sees, the separators, belong to every such part; without them Word calls the file damaged.
"""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from search_app.exporting.word.elements import Element, make, run

_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))


class Endnotes:
    """Collects the notes of a document, numbered from 1 in the order in which they are referred to."""

    def __init__(self) -> None:
        self._notes: list[Element] = []

    def __len__(self) -> int:
        return len(self._notes)

    def refer(self, text: str) -> Element:
        """Take in a note and return the run that refers to it."""
        number = str(len(self._notes) + 1)
        mark = make("r", make("rPr", make("rStyle", val="EndnoteReference")), make("endnoteRef"))
        body = make("p", make("pPr", make("pStyle", val="EndnoteText")), mark, run(f" {text}"))
        self._notes.append(make("endnote", body, id=number))
        reference = make("endnoteReference", id=number)
        return make("r", make("rPr", make("rStyle", val="EndnoteReference")), reference)

    def attach(self, document: Document) -> None:
        """Put the notes into the document as a part of their own."""
        separators = (_separator(kind, number) for kind, number in _SEPARATORS)
        notes = make("endnotes", *separators, *self._notes)
        package = document.part.package
        part = XmlPart(PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, notes, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)


def _separator(kind: str, number: str) -> Element:
    return make("endnote", make("p", make("r", make(kind))), type=kind, id=number)
