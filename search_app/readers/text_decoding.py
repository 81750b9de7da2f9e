"""Bytes of a plain text file -> text, without being told the encoding.

The ladder: byte order mark, strict UTF-8, what the page declares, UTF-8 with some damage, then whichever of GB18030,
Big5 and UTF-16 without a mark is the most plausible. Plausible means: the share of characters, among those beyond
ASCII, that a Chinese text is made of (``text_scoring``). The surprise: Big5 and cut-off UTF-8 are *valid* GB18030 too
(as rare characters), so validity alone proves nothing; the commonest Han characters do.
"""

import re
from dataclasses import dataclass

from search_app.errors import DamagedFile
from search_app.readers.limits import check_text_size
from search_app.readers.text_repair import PIECE, is_utf8, repaired
from search_app.readers.text_scoring import is_writing, judged, plausibility

__all__ = ["PLAUSIBLE", "Decoded", "decode", "plausibility"]

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
#: From this share on nothing else is tried.
_SURE = 0.97
#: Four characters in UTF-8, as they hardly ever come by chance: a line of another encoding in the file.
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){4}")
#: What a page declares wins over what looks better by less than this.
_TRUST = 0.05
#: Encodings of one byte per character can read anything, so that they are believed last.
_ONE_BYTE = ("ascii", "latin-1", "iso-8859-2", "iso-8859-15", "cp1252", "cp1250", "cp1251", "koi8-r", "mac-roman")
_MOST_SCORED = 500_000
_MOST_WIDE = 100_000
_SHORT = 2_000
_HINT = "请用记事本或 WPS 打开确认文字正常，另存为 UTF-8 编码的 .txt 或 .docx 后再放回资料文件夹。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text, the codec it was read with, and what is not quite right about it (Chinese)."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, path: str, *, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text file. ``declared`` is what a page says about itself; it is believed if it works.

    Raises DamagedFile when no encoding gives plausible text, and UnsupportedFile when the file is beyond the limit.
    """
    check_text_size(path, data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _noted(repaired(data[len(mark) :], encoding), encoding, path)
    valid = _strict(data, "utf-8")
    if valid is not None and is_writing(valid) and not _is_chance(data, valid):
        return _noted(valid, "utf-8", path)
    named = _DECLARABLE.get((declared or "").strip().lower().replace("_", "-"))
    usual = named if named in _NAMES else "gb18030"
    text = None if _UTF8_RUN.search(data) else _strict(data, usual)
    if text is not None and plausibility(text) >= _SURE and is_writing(text):
        return _noted(text, usual, path)
    best = "utf-8" if valid is None and _is_damaged_utf8(data) else _best_guess(data, named)
    if best is None:
        raise DamagedFile(path, "文字编码无法识别，内容不是完好的文本。", hint=_HINT)
    return _noted(repaired(data, best), best, path)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    # NULs at every second byte are UTF-16 without a mark, which is valid UTF-8 where it holds ASCII only.
    return None if text.count("\x00") > len(text) // 5 else text


def _is_chance(data: bytes, text: str) -> bool:
    """Tell valid UTF-8 that is GB18030 by chance: 一一 is һһ, only letters of two bytes, as in no report."""
    if text.isascii() or any(char > "\u07ff" for char in text):
        return False
    chinese = _strict(data, "gb18030")
    return chinese is not None and plausibility(chinese) > max(PLAUSIBLE, plausibility(text))


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with some bytes that are not: whole characters of three bytes hardly ever come by chance."""
    found = judged(data.decode("utf-8", "replace"))
    whole = sum(char > "\u07ff" and char != "\ufffd" for char in found)
    return whole > 0 and 4 * whole >= found.count("\ufffd")


def _best_guess(data: bytes, named: str | None) -> str | None:
    """Return the encoding that reads most plausibly, leniently; earlier ones win a tie."""
    best, best_score = None, PLAUSIBLE
    sample = _sample(data)
    for encoding in ("utf-16-le", "utf-16-be", "gb18030", "big5hkscs"):
        wide = encoding.startswith("utf-16")
        text = data[: _whole_units(data)].decode(encoding, "replace") if wide else _read_as(sample, encoding)
        # An unmarked UTF-16 guess must be beyond doubt: nearly all characters common ones.
        score = _wide_score(text) if wide else plausibility(text) + (_TRUST if encoding == named else 0)
        if score > best_score + 0.02:
            best, best_score = encoding, score
    if named is not None and named not in ("utf-8", "gb18030", "big5hkscs"):
        said = _strict(data, named)
        sure = best is not None and (named in _ONE_BYTE or best_score > plausibility(said or "") + _TRUST)
        if said is not None and is_writing(said) and not sure:
            return named
    return best


def _wide_score(text: str) -> float:
    """Return how plausible a reading as UTF-16 is; 0.0 where it is not beyond doubt."""
    controls = sum(char < " " and char not in "\r\n\t" for char in text)
    score = plausibility(text) if len(text) > 1 else 0.0
    return score if score >= 0.9 and controls * 20 <= len(text) else 0.0


def _whole_units(data: bytes) -> int:
    return min(len(data), _MOST_WIDE) // 2 * 2


def _read_as(sample: bytes, encoding: str) -> str:
    """Decode a sample; a short one, where each wrong character counts for much, with its damage repaired."""
    return repaired(sample, encoding) if len(sample) < _SHORT else sample.decode(encoding, "replace")


def _sample(data: bytes) -> bytes:
    """Return the pieces that tell one encoding from another, as many as need be looked at."""
    kept: list[bytes] = []
    size = 0
    for found in PIECE.finditer(data):
        piece = found[0]
        if not piece.isascii() and not is_utf8(piece):
            kept.append(piece)
            size += len(piece)
            if size > _MOST_SCORED:
                break
    return b"".join(kept)


def _noted(text: str, encoding: str, path: str) -> Decoded:
    warnings = []
    if not is_writing(text):
        raise DamagedFile(path, "内容不是文字（含大量控制字符）。", hint=_HINT)
    lost = text.count("\ufffd")
    if lost:
        warnings.append(f"有 {lost} 处文字已损坏，无法还原（按 {_NAMES.get(encoding, encoding.upper())} 读取）。")
    if encoding == "big5hkscs":
        warnings.append("文件是繁体 Big5 编码，已按繁体读取，请核对。")
    return Decoded(text=text, encoding=encoding, warnings=tuple(warnings))
