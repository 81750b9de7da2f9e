"""Fields of Word that say something without a result: EQ (带圈字符, 拼音指南, 分数), SYMBOL, MACROBUTTON.

In goes a field's instruction, as .docx, .doc and .rtf alike hold it, out comes the text that the page shows. The
surprise: 带圈字符 and 拼音指南 of the menu are equations (``eq \\o\\ac(○,1)``), and an equation has no result.
"""

import re

from search_app.readers.limits import MAX_DEPTH
from search_app.readers.symbol_fonts import sign
from search_app.readers.word_numbering import numeral

#: Fields whose result is no text of the author: page numbers change with the paper, a contents list repeats headings.
DROPPED_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "INDEX", "FILENAME")
_LONGEST = 2_000
_FRAMES = "○◯〇□◇△▽☆⊙●■◆▲ ‾￣―—–-_/╱╲"
_SYMBOL_CODE = re.compile(r"SYMBOL\s+(0x[0-9a-fA-F]{1,4}|\d{1,5})", re.I)
_SYMBOL_FONT = re.compile(r"\\f\s*\"?([^\"\\]+)", re.I)
_SWITCH = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)")
_COMMAND = re.compile(r"\\([abdfilorsx])(?![a-z])\s*", re.I)
_OPTION = re.compile(r"\\(?:bc\\(.)|[lrfv]c\\.|[a-z]{2})\s*-?\d*\s*", re.I | re.S)
_PARTNERS = {"(": ")", "[": "]", "{": "}", "<": ">", "〔": "〕", "【": "】", "《": "》"}
_HAN = re.compile("[\u3400-\u9fff]")
_SOUND = re.compile(r"(?:(?![\u3400-\u9fff])[^\W\d_]|[\s'’·ˊˇˋ˙\u0300-\u030c])+")


def kind_of_field(instruction: str) -> str:
    """Return the first word of a field's instruction, in capitals; "" where there is none."""
    words = instruction.split(maxsplit=1)
    return re.split(r"[\\(]", words[0], maxsplit=1)[0].upper() if words else ""


def is_dropped_field(instruction: str) -> bool:
    """Tell whether a field's result is left out, by the first word of its instruction."""
    return kind_of_field(instruction) in DROPPED_FIELDS


def text_of_field(instruction: str) -> str:
    """Return what a field shows that has no result; "" for the many kinds that show nothing then."""
    instruction = instruction.strip()[:_LONGEST]
    match kind_of_field(instruction):
        case "EQ":
            return _Equation(_SWITCH.sub("", instruction[2:])).read()
        case "MACROBUTTON" | "GOTOBUTTON":
            return instruction.split(maxsplit=2)[2] if len(instruction.split()) > 2 else ""
        case "SYMBOL":
            return _symbol(instruction)
        case "QUOTE":
            return instruction[5:].strip().strip('"“”')
    return ""


def _symbol(instruction: str) -> str:
    code, font = _SYMBOL_CODE.match(instruction), _SYMBOL_FONT.search(instruction)
    if code is None:
        return ""
    number = int(code[1], 0) if code[1].lower().startswith("0x") else int(code[1])
    name = font[1].strip() if font else "Symbol"
    if name.lower().startswith(("symbol", "wingdings", "webdings")):
        return sign(number, name)
    return chr(number) if 0x20 <= number < 0xD800 and "\\u" in instruction.lower() else ""


class _Equation:
    """One equation being read from left to right; what is malformed in it is taken as text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._depth = 0

    def read(self) -> str:
        """Return the text of the whole equation."""
        return self._until("").strip()

    def _until(self, stops: str) -> str:
        """Return the text up to one of the stops, which is not taken."""
        shown = ""
        while self._at < len(self._source) and (here := self._source[self._at]) not in stops:
            command = _COMMAND.match(self._source, self._at)
            if here == "\\" and not self._source[self._at + 1 : self._at + 2].isalpha():  # an escaped sign: \( \, \\
                shown += self._source[self._at + 1 : self._at + 2]
                self._at += 2
            elif command is not None:
                self._at = command.end()
                shown += self._shown(command[1].lower())
            elif option := _OPTION.match(self._source, self._at):
                self._at = option.end()
            elif here == "(" and stops and self._depth <= MAX_DEPTH:
                shown += f"({','.join(self._arguments())})"
            else:
                shown += here
                self._at += 1
        return shown

    def _arguments(self) -> list[str]:
        """Return the arguments in brackets that begin here; none where there are no brackets."""
        if self._source[self._at : self._at + 1] != "(" or self._depth > MAX_DEPTH:
            return []
        self._depth += 1
        found = []
        while self._at < len(self._source) and self._source[self._at] != ")":
            self._at += 1
            found.append(self._until(",;，)").strip())
        self._at += 1
        self._depth -= 1
        return found

    def _shown(self, command: str) -> str:
        """Return what a command shows, once its options (\\o\\ac, \\s\\up 9, \\b\\bc\\[) are passed over."""
        brackets = "()"
        while option := _OPTION.match(self._source, self._at):
            self._at = option.end()
            if option[1] is not None:
                brackets = option[1] + _PARTNERS.get(option[1], option[1])
        arguments = self._arguments()
        match command:
            case "f" if len(arguments) > 1:
                return f"{arguments[0]}/{arguments[1]}"
            case "r" if arguments:
                return f"{arguments[0] if len(arguments) > 1 else ''}√{arguments[-1]}"
            case "b" if arguments:
                return f"{brackets[0]}{''.join(arguments)}{brackets[1]}"
            case "d":
                return ""
            case "a":
                return " ".join(arguments)
            case "l":
                return ",".join(arguments)
        return _overprinted(arguments)


def _overprinted(arguments: list[str]) -> str:
    """Return what characters printed over each other say.

    1 in a circle is ①, a frame around a word says nothing, nor do the letters above a character that tell its sound.
    """
    pieces = [piece for piece in arguments if piece.strip(_FRAMES)]
    if any(_HAN.search(piece) for piece in pieces):
        pieces = [piece for piece in pieces if not _SOUND.fullmatch(piece)]
    inner = "".join(pieces)
    circled = any(piece and piece in "○◯〇" for piece in arguments)
    if circled and inner.isascii() and inner.isdigit() and int(inner) <= 50:
        return numeral(int(inner), "decimalEnclosedCircle")
    return inner
