"""Folding: one normalisation for index and query, which keeps the length of the text so that offsets stay true.

Letter case, width, traditional or simplified writing, kinds of brackets and of middle dots make no difference; what
sign it is does, and stops stay as they are: a sentence in quotes is searched as it is punctuated. Character by
character, without regard to neighbours: what is folded alone and inside a longer text must be the same, or a quoted
part of the text would not be found in it. The surprise: 帐 becomes 账 even in 帐篷, on both sides alike. The other one:
what a character folds to is reckoned when it is first met, and the whole table made only where so much is folded that
this pays, as a single question starts sooner so.
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


_CASED = (range(0x41, 0x590), range(0x10A0, 0x2190), range(0x2C00, 0x2E00), range(0xA640, 0xA800))
#: PDFs write 立 as the radical ⽴ (U+2F74), which looks the same and is typed by nobody.
_LOOK_ALIKE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0xFF01, 0xFF5F))
#: Halves of characters from broken files cannot be written as UTF-8: they become the replacement character.
_HALVES = range(0xD800, 0xE000)
_REPLACEMENT = 0xFFFD
#: So many characters are folded one by one before the table is made.
_FEW = 100_000


def _fold_code(code: int) -> int:
    """Return the code point that one is folded to: lower case, half width, plain characters for radicals."""
    if code in _HALVES:
        return _REPLACEMENT
    char = chr(code)
    if any(code in each for each in _LOOK_ALIKE) and char not in _STOPS:
        char = unicodedata.normalize("NFKC", char).lower()
    elif any(code in each for each in _CASED):
        char = char.lower()
    folded = ord(char) if len(char) == 1 else code
    return _simple().get(folded, folded)


@cache
def _simple() -> Mapping[int, int]:
    return simple_forms() | {ord(char): ord(other) for char, other in (_BRACKETS | _VARIANTS).items()}


@cache
def _folding() -> tuple[Mapping[int, int], Pattern[str]]:
    """Return the table, and a pattern for what it holds.

    Most texts hold nothing to fold, which is seen ten times as fast as translating them.
    """
    table = {
        code: folded
        for code in chain(*_CASED, *_LOOK_ALIKE, _HALVES, _simple())
        if (folded := _fold_code(code)) != code
    }
    return table, re.compile(f"[{''.join(map(re.escape, map(chr, table)))}]")


class _Met(dict[int, int]):
    """Code point -> what it is folded to, of the characters that were met."""

    def __missing__(self, code: int) -> int:
        self[code] = folded = _fold_code(code)
        return folded


class _Folder:
    """Folds the first characters of a process one by one, and all others by the table."""

    def __init__(self, few: int) -> None:
        self._left = few
        self._met = _Met()

    def __call__(self, text: str) -> str:
        if self._left > 0:
            self._left -= len(text)
            return text.translate(self._met)
        table, pattern = _folding()
        return text.translate(table) if pattern.search(text) else text


_translated = _Folder(_FEW)


#: What :meth:`str.split` leaves.
_RUNS = re.compile(r"\S+")


def fold(text: str) -> str:
    """Return the text in the one form that is indexed and searched; same length as the input."""
    for sign, narrow in _FREQUENT:
        text = text.replace(sign, narrow)
    return _translated(text)


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
