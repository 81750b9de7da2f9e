"""Elements of WordprocessingML: runs, paragraphs and tables, with nothing in them but what XML allows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, cast

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from search_app.exporting.printable import make_line, make_printable
from search_app.exporting.text_blocks import Rows

Element: TypeAlias = BaseOxmlElement

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Twentieths of a point between the margins of the page.
WIDTH = 8844
#: The same on a page that lies on its side.
LYING_WIDTH = 13776


def make(tag: str, *children: Element, **attributes: str) -> Element:
    """Return an element of the main namespace with these children and attributes."""
    made = cast(Element, OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    for child in children:
        made.append(child)
    return made


def run(text: str, *, style: str = "") -> Element:
    """Return a run of text, its tabs as tabs and its line breaks as line breaks."""
    made = make("r")
    if style:
        made.append(make("rPr", make("rStyle", val=style)))
    for row, line in enumerate(make_printable(text).split("\n")):
        if row:
            made.append(make("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                made.append(make("tab"))
            if part:
                made.append(_text(part))
    return made


def paragraph(style: str, *runs: Element) -> Element:
    """Return a paragraph in a style."""
    return make("p", make("pPr", make("pStyle", val=style)), *runs)


def line(style: str, text: str) -> Element:
    """Return a paragraph that holds one line of text."""
    return paragraph(style, run(make_line(text)))


def table(
    rows: Rows,
    *,
    width: int = WIDTH,
    widths: Sequence[int] = (),
    links: Mapping[tuple[int, int], str] | None = None,
) -> Element:
    """Return a table over the whole width of the page, its first row repeated on each page that it reaches.

    ``widths`` are those of the columns, else all are as wide. ``links`` names the relation that a cell leads along, by
    its row and column.
    """
    columns = len(rows[0])
    each = [str(one) for one in widths or [width // columns] * columns]
    made = make(
        "tbl",
        make("tblPr", make("tblStyle", val="TableGrid"), make("tblW", w=str(width), type="dxa")),
        make("tblGrid", *(make("gridCol", w=one) for one in each)),
    )
    for number, cells in enumerate(rows):
        head = (make("trPr", make("cantSplit"), make("tblHeader")) if number == 0 else make("trPr", make("cantSplit")),)
        led = ((links or {}).get((number, column), "") for column in range(columns))
        made.append(make("tr", *head, *_cells(zip(cells, led, strict=True), each)))
    return made


def page_number() -> Element:
    """Return a run of fields that shows the number of the page."""
    return make("fldSimple", run("1"), instr=" PAGE ")


def _cells(cells: Iterable[tuple[str, str]], widths: Iterable[str]) -> Iterable[Element]:
    return (
        make("tc", make("tcPr", make("tcW", w=width, type="dxa")), paragraph("TableText", _linked(cell, relation)))
        for (cell, relation), width in zip(cells, widths, strict=True)
    )


def _linked(text: str, relation: str) -> Element:
    """Return a run of one line, within a link where it leads along a relation."""
    held = run(make_line(text))
    if not relation:
        return held
    link = make("hyperlink", held)
    link.set(qn("r:id"), relation)
    return link


def _text(text: str) -> Element:
    made = make("t")
    made.text = text
    made.set(_SPACE, "preserve")
    return made
