"""Decoding what is damaged, piece by piece, so that one odd byte costs one character and not the rest of the file.

In go bytes and the encoding of most of them, out comes text. A piece is what stands between line breaks and tags, which
no Chinese encoding uses as part of a character. The surprises: a piece may be in the other encoding altogether (a page
in UTF-8 with a footer in GBK), and in GBK a byte that is lost makes pairs of the wrong halves to the end of the line.
"""

import re
from collections.abc import Iterator

from search_app.readers.text_scoring import common_characters, count_common, plausibility

PIECE = re.compile(rb"[^\n<]*[\n<]?")
_PAIRED = ("gb18030", "big5hkscs", "cp950")
_DAMAGED, _SOUND = 0.97, 0.9
_FEWEST = 4
#: What a pair of bytes counts on the way through a damaged piece: a common character, another one, a byte left over.
_COMMON, _RARE, _LEFT_OVER = 1.0, -0.1, -0.8
#: Finding the way takes a microsecond for each byte and more.
_LONGEST = 100_000


def repaired(data: bytes, encoding: str) -> str:
    """Decode bytes that are not all valid in their encoding, or not all in one."""
    if encoding.startswith(("utf-16", "utf-32")):
        return data.decode(encoding, "replace")
    if data.isascii():
        return data.decode("ascii")
    return "".join(_piece(piece, encoding) for piece in PIECE.findall(data))


def is_utf8(piece: bytes) -> bool:
    """Tell UTF-8 beyond doubt: no text in GBK is by chance so many characters of three bytes."""
    text = None if piece.isascii() else _strict(piece, "utf-8")
    return text is not None and sum(char > "\u07ff" for char in text) >= _FEWEST


def _piece(piece: bytes, encoding: str) -> str:
    if piece.isascii():
        return piece.decode("ascii")
    if encoding == "utf-8":
        found = _strict(piece, "utf-8")
        return (_chinese(piece) or piece.decode("utf-8", "replace")) if found is None else found
    if is_utf8(piece):
        return piece.decode("utf-8")
    text = piece.decode(encoding, "replace")
    if encoding in _PAIRED and len(piece) <= _LONGEST and plausibility(text) < _DAMAGED:
        realigned = _realigned(piece, encoding).decode(encoding, "replace")
        return realigned if count_common(realigned) > count_common(text) + 1 else text
    return text


def _chinese(piece: bytes) -> str | None:
    """Return a piece of a UTF-8 file that is GBK beyond doubt."""
    text = _strict(piece, "gb18030")
    sure = text is not None and sum(char > "\x7f" for char in text) >= _FEWEST and plausibility(text) >= _SOUND
    return text if sure else None


def _realigned(piece: bytes, encoding: str) -> bytes:
    """Return a piece with a sign of damage for each byte that is the half of no pair, on the most plausible way."""
    common = common_characters(encoding)
    size = len(piece)
    best = [0.0] * (size + 2)
    pairs = bytearray(size + 1)
    for at in range(size - 1, -1, -1):
        lead = piece[at]
        if lead < 0x80:
            best[at] = best[at + 1]
            continue
        left_over = best[at + 1] + _LEFT_OVER
        best[at] = left_over
        if at + 1 < size and 0x80 < lead < 0xFF and 0x40 <= piece[at + 1] < 0xFF:
            paired = best[at + 2] + (_COMMON if piece[at : at + 2] in common else _RARE)
            if paired >= left_over:
                best[at], pairs[at] = paired, 1
    return b"".join(_steps(piece, bytes(pairs)))


def _steps(piece: bytes, pairs: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(piece):
        if pairs[at]:
            yield piece[at : at + 2]
            at += 2
        else:
            yield piece[at : at + 1] if piece[at] < 0x80 else b"\xff"
            at += 1


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
