"""Folding: one normalisation for index and query, which keeps the length of the text so that offsets stay true.

Letter case, width, traditional or simplified writing, kinds of brackets and of middle dots make no difference; what
sign it is does, and stops stay as they are: a sentence in quotes is searched as it is punctuated. Character by
character, without regard to neighbours: what is folded alone and inside a longer text must be the same, or a quoted
part of the text would not be found in it. The surprise: 帐 becomes 账 even in 帐篷, on both sides alike.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from re import Pattern

from search_app.language.analysis.traditional import simple_forms

#: Signs that stand in many texts: to replace them one by one is ten times as fast as to translate the text.
_FREQUENT = (("（", "("), ("）", ")"))
_STOPS = frozenset("，；：！？")
_BRACKETS = {"〔": "[", "〕": "]", "【": "[", "】": "]", "〖": "[", "〗": "]", "〜": "~", "○": "〇"} | dict.fromkeys(
    "•・‧∙⋅･", "·"
)
#: Two ways to write one character, both of them in use (台帐 台账, 惟一 唯一), and traditional characters that the
#: table leaves alone because simplified writing knows them in another sense.
_VARIANTS = {"帐": "账", "惟": "唯", "後": "后", "於": "于", "徵": "征", "夥": "伙", "麽": "么", "摺": "折"}


def _table() -> dict[int, int]:
    """Return code point -> code point: lower case, half width, plain characters for radicals and their like."""
    table: dict[int, int] = {}
    cased = chain(range(0x41, 0x590), range(0x10A0, 0x2190), range(0x2C00, 0x2E00), range(0xA640, 0xA800))
    # PDFs write 立 as the radical ⽴ (U+2F74), which looks the same and is typed by nobody
    look_alike = chain(range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0xFF01, 0xFF5F))
    for code in cased:
        table[code] = _single(chr(code).lower(), code)
    for code in look_alike:
        if chr(code) not in _STOPS:
            table[code] = _single(unicodedata.normalize("NFKC", chr(code)).lower(), code)
    # Halves of characters from broken files cannot be written as UTF-8: they become the replacement character.
    table |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
    simple = simple_forms() | {ord(char): ord(other) for char, other in (_BRACKETS | _VARIANTS).items()}
    table |= {code: simple.get(folded, folded) for code, folded in table.items()}
    return {code: folded for code, folded in (simple | table).items() if code != folded}


def _single(folded: str, code: int) -> int:
    return ord(folded) if len(folded) == 1 else code


@cache
def _folding() -> tuple[Mapping[int, int], Pattern[str]]:
    """Return the table, and a pattern for what it holds.

    Most texts hold nothing to fold, which is seen ten times as fast as translating them.
    """
    table = _table()
    return table, re.compile(f"[{''.join(map(re.escape, map(chr, table)))}]")


#: What :meth:`str.split` leaves.
_RUNS = re.compile(r"\S+")


def fold(text: str) -> str:
    """Return the text in the one form that is indexed and searched; same length as the input."""
    for sign, narrow in _FREQUENT:
        text = text.replace(sign, narrow)
    table, pattern = _folding()
    return text.translate(table) if pattern.search(text) else text


def squeeze(text: str) -> str:
    """Return the folded text without white space."""
    return "".join(fold(text).split())


def squeeze_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return what :func:`squeeze` does, and for each character left its offset in the input."""
    folded = fold(text)
    if len(folded.split()) == 1 and not folded[0].isspace() and not folded[-1].isspace():
        return folded, range(len(folded))  # nothing to leave out, as in most texts
    offsets: list[int] = []
    for run in _RUNS.finditer(folded):
        offsets += range(*run.span())
    return "".join(folded.split()), offsets
