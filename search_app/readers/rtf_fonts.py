"""Fonts of an RTF file: bytes -> text, in the code page of the font that they are set in.

The surprise: a font may say "ANSI" (charset 0) and still hold Chinese, as old programs wrote it; a run of bytes that
is nothing but the commonest Chinese characters is taken for that, since no Western text looks so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from search_app.readers.symbol_fonts import sign

SYMBOL = "symbol"
#: Windows code pages, by the number that ``\\ansicpg`` or a font's ``\\cpg`` gives; all others are Chinese by default.
_CODE_PAGES = {
    936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 1361: "johab", 874: "cp874", 65001: "utf-8",
    437: "cp437", 850: "cp850", 852: "cp852", 866: "cp866", 10000: "mac_roman",
    **{page: f"cp{page}" for page in range(1250, 1259)},
}  # fmt: skip
#: What a font's ``\\fcharset`` means; 1 is the default of the document.
_CHARSETS = {
    0: "cp1252", 2: SYMBOL, 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030",
    136: "big5hkscs", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_HEADS = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_FONT = re.compile(rb"\{\s*\\f(\d{1,5})(?![\d])([^{}]{0,300})(?:\{[^{}]{0,300}\}[^{}]{0,300}){0,6}\}")
_CHARSET = re.compile(rb"\\fcharset(\d{1,3})")
_OWN_PAGE = re.compile(rb"\\cpg(\d{1,5})")
_NAME = re.compile(rb"(?:\\[a-z]+-?\d* ?)*\s*([^\\;{}]*)")
_LOOKED_AT = 200_000
_COMMON = re.compile("[\u4e00-\u9fff\u3001-\u3011“”‘’—…·\uff01-\uff5e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """How the text of a font is written."""

    encoding: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """The fonts of a file by number, and how text is written that is in none of them."""

    default: Font
    by_number: Mapping[int, Font] = field(default_factory=dict)

    def get(self, number: int) -> Font:
        """Return a font; one that the file does not describe is the default."""
        return self.by_number.get(number, self.default)


def read_fonts(data: bytes) -> Fonts:
    """Read the head of an RTF file: code page, table of fonts, default font."""
    head = data[:2_000]
    page = re.search(rb"\\ansicpg(\d{1,5})", head)
    named = re.search(rb"\\(mac|pca?)(?![a-z])", head)
    encoding = _CODE_PAGES.get(int(page[1]), "gb18030") if page else _HEADS[named[1]] if named else "gb18030"
    fonts: dict[int, Font] = {}
    for found in _FONT.finditer(data[:_LOOKED_AT]):
        said, own = _CHARSET.search(found[2]), _OWN_PAGE.search(found[2])
        of_font = _CODE_PAGES.get(int(own[1])) if own else _CHARSETS.get(int(said[1])) if said else None
        if said is None and own is None and not found[2].startswith((b"\\fnil", b"\\f", b" ", b";")):
            continue  # \\f12 in the text
        name = _NAME.match(found[2])
        fonts.setdefault(
            int(found[1]),
            Font(encoding=of_font or encoding, name=name[1].decode("latin-1").strip() if name else ""),
        )
    first = re.search(rb"\\deff(\d{1,5})", head)
    page_font = Font(encoding=encoding)
    default = fonts.get(int(first[1]), page_font) if first else page_font
    return Fonts(default=page_font if default.encoding == SYMBOL else default, by_number=fonts)


def decoded(raw: bytes, font: Font) -> str:
    """Return the text of some bytes in a font; signs of symbol fonts that only decorate are "" (``symbol_fonts``)."""
    if font.encoding == SYMBOL:
        return "".join(chr(code) if code == 0x20 else sign(code, font.name) for code in raw)
    if font.encoding == "cp1252" and not raw.isascii():
        return "".join(_western(part) for part in re.findall(rb"[\x80-\xff]+|[\x00-\x7f]+", raw))
    return raw.decode(font.encoding, "replace")


def _western(raw: bytes) -> str:
    """Return text of cp1252, or of GB 2312 where nothing else makes sense: an even run of common characters."""
    if len(raw) >= 4 and len(raw) % 2 == 0:
        try:
            chinese = raw.decode("gb2312")
        except UnicodeDecodeError:
            chinese = ""
        if _COMMON.fullmatch(chinese):
            return chinese
    return raw.decode("cp1252", "replace")
