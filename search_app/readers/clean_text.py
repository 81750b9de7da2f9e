"""Text cleaning for every reader: invisible characters out, look-alikes mapped, before text becomes a Block.

Text goes in as a format holds it and comes out as one line per block. The surprise: PDF fonts hand out Kangxi radicals
(⾏政 for 行政) that look right and are never found again; they are mapped here, for all formats: people paste.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from search_app.model import Block
from search_app.readers import symbol_fonts

#: A heading style on more than this many characters is a body paragraph with the wrong style.
MAX_HEADING = 120

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007"
_CJK = HAN + "\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’—…·"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BLANK_BESIDE_HAN = re.compile(f"(?<=[{_CJK}])\\s+(?=[{_CJK}0-9A-Za-z])|(?<=[0-9A-Za-z%％])\\s+(?=[{_CJK}])")
_BREAK_BESIDE_HAN = re.compile(f"(?<=[{_CJK}])[ \t]*[\r\n]\\s*(?=[{_CJK}])")

#: Radical forms that Unicode gives no compatibility mapping (those in U+2F00-2FD5 have one).
_RADICALS = dict(
    zip(
        "⺁⺄⺇⺈⺊⺌⺍⺕⺜⺝⺟⺠⺢⺤⺧⺩⺪⺫⺬⺮⺯⺰⺱⺲⺳⺶⺷⺸⺻⻁⻄⻅⻆⻈⻉⻋⻌⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰",
        "厂乙几刀卜小小彐日月母民水爪牛王疋目示竹糸纟罓罒网羊羊羊聿虎西见角讠贝车辶钅长镸长门青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿竜龙",
        strict=True,
    )
)
_LOOK_ALIKES = str.maketrans(
    _RADICALS
    | {chr(code): shown or "" for code, shown in symbol_fonts.IN_TEXT.items()}
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xF900, 0xFAFF)}
    | {"\xa0": " ", "\u202f": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}
)


def visible(text: str) -> str:
    """Return the text without invisible characters, look-alikes mapped; white space stays as it is."""
    return _INVISIBLE.sub("", text.translate(_LOOK_ALIKES))


def tidy(text: str) -> str:
    """Return the text as one line: visible, every run of white space one blank, none at the ends."""
    return " ".join(visible(text).split())


def unwrapped(text: str) -> str:
    """Return source text whose line breaks mean nothing (HTML, Markdown): none is left between Chinese characters."""
    return _BREAK_BESIDE_HAN.sub("", visible(text))


def close_up(text: str) -> str:
    """Return the text without the blanks that typesetting leaves around Chinese characters (2023 年 -> 2023年)."""
    return _BLANK_BESIDE_HAN.sub("", text)


def paragraph(text: str) -> Block:
    """Build a paragraph block from one paragraph's text."""
    return Block(text=tidy(text))


def heading(text: str, level: int) -> Block:
    """Build a heading block; what is too long for a heading is a paragraph whose style is wrong."""
    text = tidy(text)
    if len(text) > MAX_HEADING:
        return Block(text=text)
    return Block(kind="heading", text=text, level=max(1, min(9, level)))


def table(rows: Iterable[Sequence[str]]) -> Block | None:
    """Build a table block from rows of cell texts; rows without any text are left out, as is a table without rows."""
    cells = tuple(tuple(tidy(cell) for cell in row) for row in rows)
    kept = tuple(row for row in cells if any(row))
    if not kept:
        return None
    return Block(kind="table", text="\n".join(" | ".join(row) for row in kept), rows=kept)


def worded(found: Iterable[Block | None]) -> tuple[Block, ...]:
    """Return the blocks that hold text."""
    return tuple(block for block in found if block is not None and block.text.strip())
