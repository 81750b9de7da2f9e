""".rtf (often under the name .doc) -> Document, in pure Python.

Groups are walked with a stack, text is decoded from the code page of the font or from ``\\u`` escapes, fields give
their results, deleted and hidden text goes, notes follow the text. The surprise: Word writes automatic numbers into
``\\listtext`` as plain text for readers that do not count, so nothing has to be counted here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from search_app.model import Block, Document
from search_app.readers import clean_text
from search_app.readers.limits import MAX_DEPTH
from search_app.readers.rtf_fonts import SYMBOL, read_fonts
from search_app.readers.rtf_walk import SIGNS, Walk, whole
from search_app.readers.symbol_fonts import sign
from search_app.readers.word_fields import is_dropped_field, text_of_field

_TOKEN = re.compile(rb"([{}])|\\'([0-9a-fA-F]{2})|\\([a-zA-Z]+)(-?\d{1,10})? ?|\\([^a-zA-Z])|([^\\{}\r\n]+)|[\r\n]+")
#: Characters given in Unicode one after the other, each with as many stand-ins as \\uc says: most of a Chinese file.
_UNICODE = {skip: re.compile(rb"(?:\\u-?\d{1,10} ?(?:\\'[0-9a-fA-F]{2}|\?){%d})+" % skip) for skip in (0, 1, 2)}
_CODE = re.compile(rb"\\u(-?\d+)")
#: Groups that hold no text of the page.
_SKIPPED = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "listtable", "listoverridetable", "revtbl", "rsidtbl",
        "generator", "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "pnseclvl", "atnid",
        "bkmkstart", "bkmkend", "nonshppict", "sp", "filetbl", "background", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc",
        "ftncn", "aftncn", "objdata", "objclass", "objname", "objalias", "objsect", "nonesttables", "passwordhash",
        "upr", "falt", "panose", "fname", "wgrffmtfilter", "pgptbl", "pgdsctbl", "pgdsc", "protusertbl",
        "formfield", "datafield", "template", "userprops", "docvar", "keycode",
    )
)  # fmt: skip
#: Groups marked as optional that hold text all the same, or nothing that could be taken for text.
_READ_THOUGH_OPTIONAL = frozenset(
    (
        "listtext", "pntext", "shptxt", "shpinst", "shppict", "fldrslt", "do", "dptxbxtext", "footnote", "cs", "ud",
        "momath", "momathpara", "mmath", "txe", "nesttableprops",
    )
)  # fmt: skip
#: Groups that hold text apart from the page's, and what it is.
_ASIDES = {
    "header": "页眉", "headerl": "页眉", "headerr": "页眉", "headerf": "页眉",
    "footer": "页脚", "footerl": "页脚", "footerr": "页脚", "footerf": "页脚",
    "footnote": "脚注", "annotation": "批注", "fldinst": "域", "atnauthor": "无", "atndate": "无",
}  # fmt: skip
#: Words that change what is read, and how.
_OBEYED = frozenset(
    (
        *_SKIPPED, *_ASIDES, *SIGNS, "u", "ud", "ftnalt", "fldrslt", "par", "sect", "page", "cell", "row", "nestcell",
        "nestrow", "uc", "f", "deleted", "v", "plain", "pard", "intbl", "outlinelevel", "nesttableprops", "trowd",
        "cellx",
    )
)  # fmt: skip
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_PAGE_NUMBER = re.compile(r"[\s\d—–\-－·/|第共页]*")
_LETTER = re.compile(r"[^\W_]")


def read(data: bytes, path: str) -> Document:
    """Read an RTF file; what is malformed in it is passed over."""
    del path  # nothing here is refused: an RTF without text is found out by the caller
    data = _without_binaries(data)
    walk = Walk(read_fonts(data))
    found = list(_blocks(data, walk))
    for kind in ("脚注", "尾注"):
        notes = [text for text in map(clean_text.tidy, walk.asides.get(kind, ())) if text]
        found += [clean_text.paragraph(f"注{number}：{text}") for number, text in enumerate(notes, 1)]
    return Document(
        format="rtf", blocks=clean_text.worded(found), properties=_running_texts(walk), warnings=tuple(_warnings(walk))
    )


def _without_binaries(data: bytes) -> bytes:
    """Cut out what is stored as bytes (``\\bin``), among which braces mean nothing."""
    kept: list[bytes] = []
    end = 0
    while found := _BINARY.search(data, end):
        kept.append(data[end : found.start()])
        end = found.end() + int(found[1])
    return b"".join((*kept, data[end:])) if kept else data


def _running_texts(walk: Walk) -> dict[str, str]:
    """Return the distinct texts of headers and footers, page numbers left out."""
    found = {}
    for kind in ("页眉", "页脚"):
        texts = dict.fromkeys(map(clean_text.tidy, walk.asides.get(kind, ())))
        if kept := [text for text in texts if not _PAGE_NUMBER.fullmatch(text)]:
            found[kind] = " / ".join(kept)
    return found


def _warnings(walk: Walk) -> Iterator[str]:
    """Say how much text was left out, where it was."""
    comments = [text for text in walk.asides.get("批注", ()) if text.strip()]
    if comments:
        yield f"有批注 {len(comments)} 处（{sum(map(_size, comments))} 字），不是正文，没有读取。"
    if hidden := _size("".join(walk.asides.get("隐藏", ()))):
        yield f"有隐藏文字 {hidden} 字，没有读取。"
    unknown = Counter[str]()
    for name, text in walk.unknown:
        unknown[name] += sum("\u4e00" <= char <= "\u9fff" for char in text)
    if total := unknown.total():
        names = "、".join(name for name, count in unknown.most_common(3) if count)
        yield f"有 {total} 字在不认识的标记（{names}）里，没有读取。"
    if lost := walk.lost:
        yield f"有 {lost} 处文字已损坏，无法还原。"


def _size(text: str) -> int:
    return len(_LETTER.findall(text))


def _blocks(data: bytes, walk: Walk) -> Iterator[Block | None]:
    at = 0
    while token := _TOKEN.search(data, at):
        at = token.end()
        brace, escaped, word, number, other, plain = token.groups()
        if brace:
            _brace(walk, brace)
        elif escaped or plain:
            walk.bytes(bytes.fromhex(escaped.decode()) if escaped else plain)
        elif other == b"*":
            walk.optional = walk.fresh
            continue
        elif other:
            walk.add(SIGNS.get(other.decode("latin-1"), other.decode("latin-1") if other in b"{}\\" else ""))
        elif word:
            name = word.decode().lower()
            if name == "u" and number and not walk.optional and (run := _run(walk, data, token.start())):
                walk.add("".join(chr(int(code) % 65_536) for code in _CODE.findall(run[0])))
                at, walk.to_skip = run.end(), 0
            elif name in _OBEYED or walk.optional:
                yield from _word(walk, name, int(number) if number else None)
            else:
                walk.flush()  # most words say how letters look, and end nothing but a run of bytes
        else:
            continue
        walk.fresh = brace == b"{"
    while walk.stack:  # groups that were never closed
        _brace(walk, b"}")
    walk.state = replace(walk.state, in_table=False)
    yield from walk.table(at_end=True)
    yield from _paragraph(walk)


def _run(walk: Walk, data: bytes, at: int) -> re.Match[bytes] | None:
    """Return the characters in Unicode that begin here, where nothing else is to be minded."""
    pattern = _UNICODE.get(walk.state.unicode_skip)
    return pattern.match(data, at) if pattern and walk.state.font.encoding != SYMBOL else None


def _brace(walk: Walk, brace: bytes) -> None:
    walk.flush()
    if brace == b"{":
        if len(walk.stack) > MAX_DEPTH * 10:
            raise RecursionError("groups nested too deeply")
        walk.stack.append(walk.state)
    elif walk.stack:
        ended, walk.state = walk.state, walk.stack.pop()
        if ended.aside is not None and walk.state.aside is not ended.aside:
            kind, pieces = ended.aside
            _aside_ended(walk, kind, whole("".join(pieces)))
    walk.optional, walk.to_skip = False, 0


def _aside_ended(walk: Walk, kind: str, text: str) -> None:
    """Keep what a group apart from the page's text held; a field's instruction may say something by itself."""
    if kind == "域":
        shown = text_of_field(text)
        walk.result_dropped = bool(shown) or is_dropped_field(text)
        walk.add(shown)
    elif kind.startswith("?"):
        walk.unknown.append((kind[1:], text))
    else:
        walk.asides.setdefault(kind, []).append(text)


def _word(walk: Walk, word: str, number: int | None) -> Iterator[Block | None]:
    """Obey one control word."""
    walk.flush()
    _destination(walk, word)
    walk.optional = False
    if word in ("par", "sect", "page") and not walk.state.skip:
        yield from _paragraph(walk)
    elif word == "cell" and not walk.state.skip:
        walk.end_cell()
    elif word == "row" and not walk.state.skip:
        walk.end_row()
    elif word in ("nestcell", "nestrow"):
        walk.add(" ")
    elif word in SIGNS:
        walk.add(SIGNS[word])
    elif word == "u" and number is not None:
        walk.add(_character(walk, number % 65_536))
        walk.to_skip = walk.state.unicode_skip
    else:
        _format(walk, word, number)


def _character(walk: Walk, code: int) -> str:
    """Return a character given in Unicode; those of symbol fonts have codes that mean nothing without the font."""
    font = walk.state.font
    return sign(code, font.name) if 0xF020 <= code <= 0xF0FF and font.encoding == SYMBOL else chr(code)


def _destination(walk: Walk, word: str) -> None:
    """Open a group that is not read, or read apart, where the word says so."""
    state = walk.state
    if word in _ASIDES and (walk.fresh or walk.optional):
        if state.aside is None or _ASIDES[word] in ("域", "无"):
            walk.state = replace(state, aside=(_ASIDES[word], []), in_table=False)
    elif word == "ftnalt" and state.aside is not None and state.aside[0] == "脚注":
        walk.state = replace(state, aside=("尾注", state.aside[1]))
    elif word in _SKIPPED:
        walk.state = replace(state, skip=True)
    elif word == "ud":
        walk.state = replace(state, skip=False)
    elif word == "fldrslt":
        walk.state = replace(state, skip=state.skip or walk.result_dropped)
        walk.result_dropped = False
    elif walk.optional and word not in _READ_THOUGH_OPTIONAL:
        walk.state = replace(state, aside=(f"?{word}", []))


def _format(walk: Walk, word: str, number: int | None) -> None:
    on = number != 0
    match word:
        case "uc":
            _change(walk, unicode_skip=max(0, min(number or 0, 10)))
        case "f" if number is not None:
            _change(walk, font=walk.fonts.get(number))
        case "deleted":
            _change(walk, deleted=on)
        case "v":
            _change(walk, hidden=on)
        case "plain":
            _change(walk, hidden=False, deleted=False, font=walk.fonts.default)
        case "pard":
            walk.begin_paragraph()
            _change(walk, in_table=False, level=None)
        case "intbl":
            walk.stay_inside()
            _change(walk, in_table=walk.state.aside is None)
        case "outlinelevel" if number is not None and 0 <= number < 9:
            _change(walk, level=number + 1)
        case "nesttableprops":
            walk.state = replace(walk.state, nested=True)
        case "trowd" if not walk.state.nested:
            walk.width = 0
        case "cellx" if not walk.state.nested:
            walk.width += 1


def _change(walk: Walk, **changes: Any) -> None:
    """Change what holds from here on, where it does not hold already, as it mostly does."""
    if any(getattr(walk.state, name) != value for name, value in changes.items()):
        walk.state = replace(walk.state, **changes)


def _paragraph(walk: Walk) -> Iterator[Block | None]:
    """Yield what was gathered, as part of a cell inside tables, else as blocks."""
    if walk.state.in_table or walk.state.aside is not None:
        walk.add(" ")
        return
    yield from walk.table()
    text = walk.taken()
    if walk.state.level is not None:
        yield clean_text.heading(text.replace("\n", ""), walk.state.level)
    else:
        yield from (clean_text.paragraph(line) for line in text.split("\n"))
