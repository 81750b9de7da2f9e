"""Makes small .xlsx, .pptx and .ofd files for the tests, from raw XML: so every oddity is exactly as meant."""

from collections.abc import Mapping, Sequence

from tests.readers.docx_files import zipped

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_X = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_R}"'
_P = (
    f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{_R}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def _package(kind: str, main: str, parts: Mapping[str, str], relations: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return a package; ``relations`` are, per part, targets by kind (``slide 2`` and ``slide`` are one kind)."""
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/{main}" ContentType="{kind}"/></Types>'
    files = {"[Content_Types].xml": types}
    for part, targets in {"": {"officeDocument": main}, **relations}.items():
        inner = "".join(
            f'<Relationship Id="r{number}" Type="{_R}/{name.split()[0]}" Target="/{target}"/>'
            for number, (name, target) in enumerate(targets.items(), 1)
        )
        folder, _, file = part.rpartition("/")
        place = f"{folder}/_rels/{file}.rels" if part else "_rels/.rels"
        files[place] = f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
    return zipped({**files, **{name: f"{_HEAD}{text}" for name, text in parts.items()}})


def xlsx(
    sheets: Mapping[str, str],
    *,
    texts: Sequence[str] = (),
    formats: Sequence[str] = (),
    hidden: Sequence[str] = (),
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return an .xlsx; a sheet is its ``<row>`` elements, or all of its content where it begins otherwise."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}" state="{"hidden" if name in hidden else "visible"}"/>'
        for at, name in enumerate(sheets, 1)
    )
    own = "".join(f'<numFmt numFmtId="{200 + at}" formatCode="{code}"/>' for at, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(formats)))
    parts = {
        "xl/workbook.xml": f"<workbook {_X}><sheets>{listed}</sheets></workbook>",
        "xl/sharedStrings.xml": f"<sst {_X}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>",
        "xl/styles.xml": f"<styleSheet {_X}><numFmts>{own}</numFmts>"
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
    }
    for at, content in enumerate(sheets.values(), 1):
        inner = f"<sheetData>{content}</sheetData>" if content.startswith("<row") else content
        parts[f"xl/worksheets/sheet{at}.xml"] = f"<worksheet {_X}>{inner}</worksheet>"
    targets = {f"worksheet {at}": f"xl/worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)}
    targets |= {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    return _package("xlsx", "xl/workbook.xml", {**parts, **(more or {})}, {"xl/workbook.xml": targets})


def line(*cells: str | float, more: str = "") -> str:
    """Return a row of texts and numbers; "" is an empty cell."""
    inner = "".join(
        f'<c r="{chr(65 + at)}1" t="inlineStr"><is><t>{cell}</t></is></c>'
        if isinstance(cell, str)
        else f'<c r="{chr(65 + at)}1"><v>{cell}</v></c>'
        for at, cell in enumerate(cells)
        if cell != ""
    )
    return f"<row{more}>{inner}</row>"


def pptx(
    slides: Sequence[str], *, notes: Mapping[int, str] | None = None, hidden: Sequence[int] = (), layout: str = ""
) -> bytes:
    """Return a .pptx of slides, each its shapes; ``notes`` and ``hidden`` go by number from 1."""
    listed = "".join(f'<p:sldId id="{255 + at}" r:id="r{at}"/>' for at in range(1, len(slides) + 1))
    parts = {"ppt/presentation.xml": f"<p:presentation {_P}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"}
    relations = {"ppt/presentation.xml": {f"slide {at}": f"ppt/slides/{at}.xml" for at in range(1, len(slides) + 1)}}
    if layout:
        parts["ppt/layout.xml"] = f"<p:sldLayout {_P}>{_tree(layout)}</p:sldLayout>"
    for at, shapes in enumerate(slides, 1):
        shown = ' show="0"' if at in hidden else ""
        parts[f"ppt/slides/{at}.xml"] = f"<p:sld {_P}{shown}>{_tree(shapes)}</p:sld>"
        relations[f"ppt/slides/{at}.xml"] = {"slideLayout": "ppt/layout.xml"} if layout else {}
        if notes and at in notes:
            relations[f"ppt/slides/{at}.xml"]["notesSlide"] = f"ppt/notes/{at}.xml"
            body = shape(notes[at], kind="body") + shape("1", kind="sldNum")
            parts[f"ppt/notes/{at}.xml"] = f"<p:notes {_P}>{_tree(body)}</p:notes>"
    return _package("pptx", "ppt/presentation.xml", parts, relations)


def _tree(shapes: str) -> str:
    return f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"


def shape(*texts: str, kind: str = "", number: int = 0, at: tuple[int, int] | None = None) -> str:
    """Return a shape with paragraphs (text, or XML beginning with a tag); ``at`` is left and top in EMU."""
    holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}" idx="{number}"/></p:nvPr></p:nvSpPr>' if kind else "<p:nvSpPr/>"
    place = f'<p:spPr><a:xfrm><a:off x="{at[0]}" y="{at[1]}"/></a:xfrm></p:spPr>' if at else "<p:spPr/>"
    inner = "".join(text if text.startswith("<") else f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
    return f"<p:sp>{holder}{place}<p:txBody>{inner}</p:txBody></p:sp>"


def ofd(
    pages: Sequence[str], *, templates: Sequence[str] = (), outline: str = "", more: Mapping[str, str] | None = None,
    document: str = "", facts: str = "",
    common: str = "",
) -> bytes:  # fmt: skip
    """Return an .ofd; a page is its objects (``words``), or all of its content where it begins with a Template."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/{at}.xml"/>' for at in range(len(pages)))
    below = "".join(f'<ofd:TemplatePage ID="{900 + at}" BaseLoc="Tpls/{at}.xml"/>' for at in range(len(templates)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    outlines = f"<ofd:Outlines>{outline}</ofd:Outlines>" if outline else ""
    parts = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocInfo>{facts}</ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData>{area}{below}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{outlines}{document}</ofd:Document>",
    }
    for at, content in enumerate(pages):
        parts[f"Doc_0/Pages/{at}.xml"] = f"<ofd:Page {_OFD}>{_content(content)}</ofd:Page>"
    for at, content in enumerate(templates):
        parts[f"Doc_0/Tpls/{at}.xml"] = f"<ofd:Page {_OFD}>{_content(content)}</ofd:Page>"
    return zipped({name: f"{_HEAD}{text}" for name, text in {**parts, **(more or {})}.items()})


def _content(objects: str) -> str:
    head, _, rest = objects.rpartition("</ofd:Template>")
    head = f"{head}</ofd:Template>" if head else ""
    return f"{head}<ofd:Content><ofd:Layer ID='1'>{rest}</ofd:Layer></ofd:Content>"


def words(text: str, x: float, y: float, *, size: float = 5.6, more: str = "", deltas: str = "") -> str:
    """Return a text object whose baseline begins at a place on the page, in millimetres."""
    across = deltas or f'DeltaX="g {max(len(text) - 1, 1)} {size}"'
    return (
        f'<ofd:TextObject ID="7" Boundary="{x} {y - size} {size * len(text)} {size * 1.3}" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" {across}>{text}</ofd:TextCode></ofd:TextObject>'
    )
