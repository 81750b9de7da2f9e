"""Makes small .docx files for the tests, from raw XML: so numbering, revisions and text boxes are exactly as meant."""

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SPACES = (
    f"{W} "
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(body: str, *, numbering: str = "", styles: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """Return a .docx; ``parts`` are further XML parts of word/ by kind, e.g. ``{"header": "<w:p>…</w:p>"}``."""
    xml = {"document": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"}
    if numbering:
        xml["numbering"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        xml["styles"] = f"<w:styles {W}>{styles}</w:styles>"
    roots = {
        "header": "w:hdr",
        "footer": "w:ftr",
        **{kind: f"w:{kind}" for kind in ("footnotes", "endnotes", "comments")},
    }
    for kind, content in (parts or {}).items():
        xml[kind] = f"<{roots[kind]} {_SPACES}>{content}</{roots[kind]}>"
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in xml
        if kind != "document"
    )
    kinds = {"document": "document.main"}
    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{kinds.get(kind, kind)}+xml"/>' for kind in xml
    )
    return zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
            ),
            "_rels/.rels": _relations(
                f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/_rels/document.xml.rels": _relations(relations),
            **{f"word/{kind}.xml": f'<?xml version="1.0" encoding="UTF-8"?>{text}' for kind, text in xml.items()},
        }
    )


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of the files; always the same bytes for the same input."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def p(text: str = "", *, number: int | None = None, depth: int = 0, style: str = "", properties: str = "") -> str:
    """Return a paragraph; ``number`` and ``depth`` put it into a list."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        inner += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{inner}{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def level(depth: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """Return one level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str, more: str = "") -> str:
    """Return an abstract list."""
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{key}">{kind}{more}{"".join(levels)}</w:abstractNum>'


def num(key: int, abstract_key: int, *, starts: Mapping[int, int] | None = None) -> str:
    """Return a list that uses an abstract list; ``starts`` overrides where its levels begin."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for depth, start in (starts or {}).items()
    )
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract_key}"/>{overrides}</w:num>'


def row(*cells: str) -> str:
    """Return a table row; a cell is text, or XML when it begins with a tag."""
    inner = "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{inner}</w:tr>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def text_box(content: str) -> str:
    """Return a run with a text box as Word writes it: once for new versions, once more for old ones."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
