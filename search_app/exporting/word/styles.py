"""Styles of a Word file: faces and sizes that clerks know from public documents, and the settings of the document.

Titles stand in 小标宋, first headings in 黑体, second ones in 楷体, text in 仿宋, lines at a fixed distance, on A4 with
the margins of the national standard (GB/T 9704). Each face names another that stands in where it is missing.
"""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr  # writes, reads nothing

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LATIN = "Times New Roman"
#: Face -> what stands in for it where it is not installed.
_FACES = {"方正小标宋简体": "华文中宋", "黑体": "SimHei", "楷体": "KaiTi", "仿宋": "FangSong", "宋体": "SimSun"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style; sizes in half points, distances in twentieths of a point, ``line`` 0 as high as the text is.

    ``more`` is what else its paragraphs have, as it is written, and ``looks`` what else its text has.
    """

    id: str
    name: str
    face: str = "仿宋"
    size: int = 32
    line: int = 560
    before: int = 0
    after: int = 0
    kind: str = "paragraph"
    keep: bool = False
    bold: bool = False
    colour: str = ""
    indent: str = ""
    align: str = ""
    borders: str = ""
    shade: str = ""
    level: int | None = None
    looks: str = ""


_INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="{}"/>'
_BAR = '<w:pBdr><w:left w:val="single" w:sz="{}" w:space="8" w:color="{}"/></w:pBdr>'

STYLES = (
    Style(id="Title", name="Title", face="方正小标宋简体", size=44, line=640, after=240, align="center", keep=True),
    Style(id="Heading1", name="heading 1", face="黑体", keep=True, before=240, after=60, level=0),
    Style(id="Heading2", name="heading 2", face="楷体", bold=True, keep=True, before=120, level=1),
    Style(id="Heading3", name="heading 3", bold=True, keep=True, before=60, level=2),
    *(Style(id=f"Heading{n}", name=f"heading {n}", keep=True, level=n - 1) for n in range(4, 10)),
    Style(id="BodyText", name="Body Text", indent=_INDENTED.format(640)),
    Style(id="About", name="导出说明", size=24, line=400, indent='<w:ind w:left="1260" w:hanging="1260"/>'),
    Style(
        id="LastAbout", name="导出说明末行", size=24, line=400, after=240,
        indent='<w:ind w:left="1260" w:hanging="1260"/>',
        borders='<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" w:color="A6A6A6"/></w:pBdr>',
    ),
    Style(id="Remark", name="附注", face="楷体", size=28, line=480),
    Style(id="Passage", name="段落信息", face="楷体", size=21, line=360, before=120, keep=True, colour="595959"),
    Style(
        id="Quote", name="Quote", size=28, line=500, indent=_INDENTED.format(560), borders=_BAR.format(12, "A6A6A6")
    ),
    Style(id="Source", name="来源", face="楷体", size=24, line=400, before=60, after=60, colour="404040"),
    Style(
        id="Note", name="备注", face="楷体", size=24, line=400, shade="FFF4D6", align="left",
        borders=_BAR.format(18, "C08A00"),
    ),
    Style(id="TableText", name="表格文字", size=24, line=0, align="left"),
    Style(id="Footer", name="footer", face="宋体", size=28, line=0, align="center"),
    Style(
        id="EndnoteText", name="endnote text", size=21, line=340, indent='<w:ind w:left="420" w:hanging="420"/>'
    ),
    Style(
        id="EndnoteReference", name="endnote reference", kind="character", size=0,
        looks='<w:vertAlign w:val="superscript"/>',
    ),
    Style(id="Label", name="说明项目", kind="character", face="黑体", size=0),
    Style(id="Number", name="段号", kind="character", face="宋体", size=21, colour="7F7F7F"),
    Style(id="Lead", name="段首小标题", kind="character", face="楷体", size=0, bold=True),
)  # fmt: skip

_TABLES = """<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>
<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr>
<w:tblBorders>{}</w:tblBorders></w:tblPr></w:style>""".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
)

SETTINGS = f"""<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""

#: A page of A4 with the margins of the national standard, notes numbered 1, 2, 3.
SECTION = f"""<w:sectPr {_W}><w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1361" w:gutter="0"/>
</w:sectPr>"""

#: The same page on its side, for wide tables.
LYING_SECTION = f"""<w:sectPr {_W}><w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>
<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>
<w:pgMar w:top="1588" w:right="1531" w:bottom="1474" w:left="1531" w:header="851" w:footer="1020" w:gutter="0"/>
</w:sectPr>"""


def font_table() -> bytes:
    """Return the faces, each with what stands in for it."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(face)}><w:altName w:val={quoteattr(other)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for face, other in _FACES.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_W}>{fonts}</w:fonts>'.encode()


def style_sheet() -> str:
    """Return all styles."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts("仿宋")}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    return f"<w:styles {_W}>{defaults}{normal}{''.join(map(_written, STYLES))}{_TABLES}</w:styles>"


def _written(style: Style) -> str:
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    based = "Normal" if style.kind == "paragraph" else "DefaultParagraphFont"
    following = f'<w:next w:val="{_next(style)}"/>' if style.kind == "paragraph" else ""
    return (
        f'<w:style w:type="{style.kind}" w:styleId="{style.id}"{custom}><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="{based}"/>{following}<w:qFormat/>'
        f"{_paragraph(style) if style.kind == 'paragraph' else ''}<w:rPr>{_looks(style)}</w:rPr></w:style>"
    )


def _next(style: Style) -> str:
    return "BodyText" if style.level is not None or style.id == "Title" else style.id


def _paragraph(style: Style) -> str:
    """Return what the paragraphs of a style have, in the order that the format prescribes."""
    high = f' w:line="{style.line}" w:lineRule="exact"' if style.line else ' w:line="240" w:lineRule="auto"'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.shade}"/>' if style.shade else ""
    align = f'<w:jc w:val="{style.align}"/>' if style.align else ""
    level = f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else ""
    keep = "<w:keepNext/>" if style.keep else ""
    spacing = f'<w:spacing w:before="{style.before}" w:after="{style.after}"{high}/>'
    return f"<w:pPr>{keep}{style.borders}{shade}{spacing}{style.indent}{align}{level}</w:pPr>"


def _looks(style: Style) -> str:
    fonts = "" if style.id == "EndnoteReference" else _fonts(style.face)
    bold = "<w:b/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else ""
    return f"{fonts}{bold}{colour}{size}{style.looks}"


def _fonts(face: str) -> str:
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{face}" w:cs="{_LATIN}"/>'
