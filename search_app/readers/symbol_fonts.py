"""Symbol fonts: a code of Symbol or Wingdings -> the character that a reader of the page sees, "" for a bullet.

In go the name of the font, if known, and a code of one byte, often stored as U+F000 plus that code. The surprise: most
of these signs only decorate a list and say nothing; those that carry meaning (ticks, numbers in circles, ≥, ±) stay.
"""

from collections.abc import Mapping

_CIRCLED = {0x80 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")}
#: Also where the font is not known: among bullets and ticks nearly all are of Wingdings.
_WINGDINGS: Mapping[int, str] = {
    **_CIRCLED,
    0x51: "☒", 0x52: "☑", 0x6F: "□", 0x71: "□", 0x72: "□", 0xA3: "□", 0xA8: "□",
    0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□", 0x30: "□",
    **{0x69 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_LETTERS = dict(
    zip(
        [*range(0x41, 0x5B), *range(0x61, 0x7B)],
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL: Mapping[int, str] = {
    **{code: chr(code) for code in range(0x20, 0x40)},
    **_LETTERS,
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5B: "[", 0x5D: "]", 0x7B: "{", 0x7C: "|",
    0x7D: "}", 0x7E: "∼", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
    0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCC: "⊂", 0xCE: "∈", 0xD0: "∠", 0xD5: "∏", 0xD6: "√",
    0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip


#: Where the font is not known, what Wingdings has for decoration alone and Symbol for figures.
_UNNAMED = {code: _SYMBOL[code] for code in (0xAE, 0xB0, 0xB1, 0xB3, 0xB4, 0xB8, 0xB9, 0xBB)}


def sign(code: int, font: str = "") -> str:
    """Return what a code of a symbol font shows; a bullet, and what says nothing, is ""."""
    code &= 0xFF
    name = font.lower()
    if name.startswith("symbol"):
        return _SYMBOL.get(code, "")
    if name.startswith("wingdings 2"):
        return _WINGDINGS_2.get(code, "")
    if name.startswith(("wingdings 3", "webdings", "marlett")):
        return ""
    return _WINGDINGS.get(code) or ("" if name else _UNNAMED.get(code, ""))


#: Codes of symbol fonts that stand in text without their font.
IN_TEXT: Mapping[int, str | None] = {0xF000 + code: sign(code) or None for code in range(0x20, 0x100)}
