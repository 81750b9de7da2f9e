"""Bytes of a plain text file -> text, without being told the encoding.

The ladder: byte order mark, strict UTF-8, UTF-16 without a mark, then GB18030, Big5 and UTF-8 leniently, the most
plausible wins. Plausible means: the share of characters that a Chinese text is made of. The surprise: Big5 and cut-off
UTF-8 are *valid* GB18030 too (as rare characters), so validity alone proves nothing; the commonest Han characters do.
"""

from dataclasses import dataclass
from functools import cache
from unicodedata import category

from search_app.errors import DamagedFile
from search_app.readers.limits import check_text_size

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: What a page may say of itself, and the codec that is meant. No other is believed: Python's codecs are not all
#: encodings of writing (punycode takes a time that grows with the square of the length, zlib unpacks bombs).
_DECLARABLE = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii",
    "gb18030": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb2312": "gb18030", "gb-2312-80": "gb18030",
    "cp936": "gb18030", "ms936": "gb18030", "windows-936": "gb18030", "hz-gb-2312": "hz", "hz": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "big5hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "cp950": "cp950", "iso-8859-1": "latin-1", "latin1": "latin-1", "latin-1": "latin-1", "iso8859-1": "latin-1",
    "iso-8859-2": "iso-8859-2", "iso-8859-15": "iso-8859-15", "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "koi8-r": "koi8-r", "macintosh": "mac-roman",
    "shift-jis": "shift_jis", "shift_jis": "shift_jis", "euc-jp": "euc_jp", "euc-kr": "euc_kr",
}  # fmt: skip
_NAMES = {"gb18030": "GB18030（国标码）", "big5hkscs": "Big5（繁体）"}
#: Below this share of plausible characters a file is not text in any encoding known here; real text is above 0.97.
PLAUSIBLE = 0.75
_SAMPLE = 20_000
_HINT = "请用记事本或 WPS 打开确认文字正常，另存为 UTF-8 编码的 .txt 或 .docx 后再放回资料文件夹。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text, the codec it was read with, and what is not quite right about it (Chinese)."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


@cache
def _common(encoding: str) -> frozenset[str]:
    """Return the characters of the first, commoner plane of the national standards (GB 2312 level 1, Big5 level 1)."""
    leads = range(0xB0, 0xD8) if encoding == "gb2312" else range(0xA4, 0xC7)
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in trails)
    return frozenset(pair for pair in pairs if len(pair) == 1 and "\u4e00" <= pair <= "\u9fff")


def plausibility(text: str, *, traditional: bool = False) -> float:
    """Return the share of non-blank characters that Chinese text is made of, 0.0 to 1.0; blank text counts as 1.0."""
    han = _common("big5") if traditional else _common("gb2312")
    sample = [char for char in text[:_SAMPLE] if not char.isspace() and char != "\x00"]
    good = sum(1 for char in sample if char in han or " " < char < "\x7f" or _is_punctuation(char))
    return good / len(sample) if sample else 1.0


def decode(data: bytes, path: str, *, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text file. ``declared`` is what a page says about itself; it is believed if it works.

    Raises DamagedFile when no encoding gives plausible text, and UnsupportedFile when the file is beyond the limit.
    """
    check_text_size(path, data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _noted(data[len(mark) :].decode(encoding, "replace"), encoding, path)
    named = _DECLARABLE.get((declared or "").strip().lower().replace("_", "-"))
    for encoding in filter(None, (named, "utf-8")):
        text = _strict(data, encoding)
        if text is not None and _is_writing(text) and not _is_chance(data, text):
            return _noted(text, encoding, path)
    best = _best_guess(data)
    if best is None:
        raise DamagedFile(path, "文字编码无法识别，内容不是完好的文本。", hint=_HINT)
    return _noted(data.decode(best, "replace"), best, path)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    # NULs at every second byte are UTF-16 without a mark, which is valid UTF-8 where it holds ASCII only.
    return None if text.count("\x00") > len(text) // 5 else text


def _is_writing(text: str) -> bool:
    """Tell text in any script from bytes that happen to be valid: control characters are rare in writing."""
    sample = text[:_SAMPLE]
    odd = sum(category(char) in ("Cc", "Cn") and not char.isspace() and char != "\x00" for char in sample)
    return odd * 20 <= len(sample)


def _is_chance(data: bytes, text: str) -> bool:
    """Tell valid UTF-8 that is GB18030 by chance: 一一 is һһ, only letters of two bytes, as in no report."""
    if text.isascii() or any(char > "\u07ff" for char in text):
        return False
    chinese = _strict(data, "gb18030")
    return chinese is not None and plausibility(chinese) > max(PLAUSIBLE, plausibility(text))


def _best_guess(data: bytes) -> str | None:
    """Return the encoding that reads most plausibly, leniently; earlier ones win a tie."""
    best, best_score = None, PLAUSIBLE
    sample = data[: _SAMPLE * 4]
    for encoding in ("utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "utf-8"):
        if encoding.startswith("utf-16") and len(data) < 4:
            continue
        text = sample.decode(encoding, "replace")
        # An unmarked UTF-16 guess must be beyond doubt: nearly all characters common ones.
        score = plausibility(text, traditional=encoding == "big5hkscs")
        if encoding.startswith("utf-16") and score < 0.9:
            continue
        if score > best_score + 0.02:
            best, best_score = encoding, score
    return best


def _noted(text: str, encoding: str, path: str) -> Decoded:
    warnings = []
    if not _is_writing(text):
        raise DamagedFile(path, "内容不是文字（含大量控制字符）。", hint=_HINT)
    lost = text.count("\ufffd")
    if lost:
        warnings.append(f"有 {lost} 处文字已损坏，无法还原（按 {_NAMES.get(encoding, encoding.upper())} 读取）。")
    if encoding == "big5hkscs":
        warnings.append("文件是繁体 Big5 编码，已按繁体读取，请核对。")
    return Decoded(text=text, encoding=encoding, warnings=tuple(warnings))


def _is_punctuation(char: str) -> bool:
    return char in "“”‘’—…·–×÷㎡℃‰°±" or any(
        low <= char <= high
        for low, high in (("\u3001", "\u303f"), ("\uff01", "\uff5e"), ("\u2460", "\u24ff"), ("\u2160", "\u217f"))
    )
