""".rtf (often under the name .doc) -> Document, in pure Python.

Groups are walked with a stack, text is decoded from the code page of the font or from ``\\u`` escapes, fields give
their results, deleted and hidden text goes. The surprise: Word writes automatic numbers into ``\\listtext`` as plain
text for readers that do not count, so nothing has to be counted here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.limits import MAX_DEPTH

_TOKEN = re.compile(rb"([{}])|\\'([0-9a-fA-F]{2})|\\([a-zA-Z]+)(-?\d{1,10})? ?|\\([^a-zA-Z])|([^\\{}\r\n]+)|[\r\n]+")
_SKIPPED = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf",
        "footer", "footerl", "footerr", "footerf", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator",
        "fldinst",
        "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "pnseclvl", "annotation", "atnid",
        "bkmkstart", "bkmkend", "nonshppict", "sp", "filetbl", "background", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc",
    )
)  # fmt: skip
_READ_THOUGH_OPTIONAL = frozenset(("listtext", "pntext", "shptxt", "shpinst", "shppict", "fldrslt"))
_SIGNS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "", "emspace": " ", "enspace": " ", "~": " ", "_": "-", "-": "",
}  # fmt: skip
_CODE_PAGES = {0: "cp1252", 134: "gb18030", 136: "big5hkscs", 128: "cp932"}
_FONT = re.compile(rb"\{[^{}]*?\\f(\d+)[^{}]*?\\fcharset(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What holds inside a group and is forgotten at its end."""

    skip: bool = False
    deleted: bool = False
    hidden: bool = False
    encoding: str = "gb18030"
    unicode_skip: int = 1
    in_table: bool = False
    level: int | None = None


@dataclass(slots=True)
class _Walk:
    """One walk over the tokens; the gathered text lives here."""

    encoding: str
    fonts: dict[int, str]
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    text: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    to_skip: int = 0
    optional: bool = False

    def add(self, text: str) -> None:
        """Gather visible text."""
        self.flush()
        if not (self.state.skip or self.state.deleted or self.state.hidden):
            self.text.append(text)

    def flush(self) -> None:
        """Decode the bytes gathered so far: a Chinese character comes as two escapes."""
        if self.raw:
            decoded, self.raw = self.raw.decode(self.state.encoding, "replace"), bytearray()
            if not (self.state.skip or self.state.deleted or self.state.hidden):
                self.text.append(decoded)

    def taken(self) -> str:
        """Return the text gathered since the last paragraph."""
        self.flush()
        text, self.text = "".join(self.text), []
        # Characters beyond the basic plane come as two \\u escapes.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read(data: bytes, path: str) -> Document:
    """Read an RTF file; what is malformed in it is passed over."""
    del path  # nothing here is refused: an RTF without text is found out by the caller
    page = re.search(rb"\\ansicpg(\d+)", data[:2_000])
    encoding = {b"936": "gb18030", b"950": "big5hkscs"}.get(page[1] if page else b"", "gb18030")
    fonts = {int(font): _CODE_PAGES.get(int(charset), encoding) for font, charset in _FONT.findall(data[:200_000])}
    walk = _Walk(encoding=encoding, fonts=fonts, state=_State(encoding=encoding))
    return Document(format="rtf", blocks=clean_text.worded(_blocks(data, walk)))


def _blocks(data: bytes, walk: _Walk) -> Iterator[Block | None]:
    for token in _TOKEN.finditer(data):
        brace, escaped, word, number, sign, plain = token.groups()
        if brace:
            walk.flush()
            _brace(walk, brace)
        elif escaped or plain:
            _bytes(walk, bytes.fromhex(escaped.decode()) if escaped else plain)
        elif sign == b"*":
            walk.optional = True
        elif sign:
            walk.add(_SIGNS.get(sign.decode("latin-1"), sign.decode("latin-1") if sign in b"{}\\" else ""))
        elif word:
            yield from _word(walk, word.decode().lower(), int(number) if number else None)
    yield from _paragraph(walk)
    yield from _table(walk)


def _brace(walk: _Walk, brace: bytes) -> None:
    if brace == b"{":
        if len(walk.stack) > MAX_DEPTH * 10:
            raise RecursionError("groups nested too deeply")
        walk.stack.append(walk.state)
    elif walk.stack:
        walk.state = walk.stack.pop()
    walk.optional, walk.to_skip = False, 0


def _bytes(walk: _Walk, stored: bytes) -> None:
    dropped = min(walk.to_skip, len(stored))
    walk.to_skip -= dropped
    walk.raw += stored[dropped:]


def _word(walk: _Walk, word: str, number: int | None) -> Iterator[Block | None]:
    """Obey one control word."""
    walk.flush()
    state = walk.state
    if word in _SKIPPED or (walk.optional and word not in _READ_THOUGH_OPTIONAL):
        walk.state = replace(state, skip=True)
    walk.optional = False
    if word in ("par", "sect", "page") and not walk.state.skip:
        yield from _paragraph(walk)
    elif word in ("cell", "nestcell"):
        walk.cells.append(walk.taken())
    elif word in ("row", "nestrow"):
        walk.rows.append(walk.cells)
        walk.cells = []
    elif word in _SIGNS:
        walk.add(_SIGNS[word])
    elif word == "u" and number is not None:
        walk.add(chr(number % 65_536))
        walk.to_skip = state.unicode_skip
    else:
        _format(walk, word, number)


def _format(walk: _Walk, word: str, number: int | None) -> None:
    on = number != 0
    match word:
        case "uc":
            walk.state = replace(walk.state, unicode_skip=max(0, min(number or 0, 10)))
        case "f" if number is not None:
            walk.state = replace(walk.state, encoding=walk.fonts.get(number, walk.encoding))
        case "deleted":
            walk.state = replace(walk.state, deleted=on)
        case "v":
            walk.state = replace(walk.state, hidden=on)
        case "plain":
            walk.state = replace(walk.state, hidden=False, deleted=False, encoding=walk.encoding)
        case "pard":
            walk.state = replace(walk.state, in_table=False, level=None)
        case "intbl":
            walk.state = replace(walk.state, in_table=True)
        case "outlinelevel" if number is not None and 0 <= number < 9:
            walk.state = replace(walk.state, level=number + 1)


def _paragraph(walk: _Walk) -> Iterator[Block | None]:
    """Yield what was gathered, as part of a cell inside tables, else as blocks."""
    if walk.state.in_table:
        walk.add(" ")
        return
    yield from _table(walk)
    text = walk.taken()
    if walk.state.level is not None:
        yield clean_text.heading(text.replace("\n", ""), walk.state.level)
    else:
        yield from (clean_text.paragraph(line) for line in text.split("\n"))


def _table(walk: _Walk) -> Iterator[Block | None]:
    rows, walk.rows = walk.rows, []
    if rows and max(map(len, rows)) < 2:
        yield from (clean_text.paragraph(cell) for row in rows for cell in row)
    elif rows:
        yield clean_text.table(rows)
