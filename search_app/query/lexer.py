"""The lexer: query text -> tokens (words, phrases, operators, parentheses), each with its field prefix.

A quoted phrase ends at the same kind of quote that began it, so ``"等“三室"`` is a phrase of ``等“三室``; nested
“…“…”…” is followed. A hyphen means 不含 only before a word, never inside one; what looks meant as one and is none gets
a note. The surprise: ``或`` is an operator only where it stands alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from search_app.facets import PREFIXES
from search_app.language.analysis.folding import fold
from search_app.query.notes import Note, NoteKind

_STRAIGHT = '"＂'
_OPEN, _CLOSE = "(（", ")）"
_BAR = "|｜"
#: Other search tools take them for “any characters”; here they part words.
WILD = "*＊"
_ENDS_WORD = frozenset(_STRAIGHT + "“”" + _OPEN + _CLOSE + _BAR + WILD)
#: Words that are operators when they stand alone; AND says what a space says.
OPERATOR_WORDS = frozenset({"或", "OR", "NOT", "AND"})
#: The field of headings and titles, which is no facet.
HEADING = "heading"
_FIELD_OF: Mapping[str, str] = {"标题": HEADING, "title": HEADING, **PREFIXES}
_PREFIX = re.compile(r"(" + "|".join(sorted(_FIELD_OF, key=len, reverse=True)) + r")\s*[:：]\s*", re.IGNORECASE)


class Kind(Enum):
    WORD = auto()
    PHRASE = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """``prefix`` is the field named before it: heading, or the name of a facet."""

    kind: Kind
    text: str = ""
    prefix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexed:
    tokens: tuple[Token, ...]
    notes: tuple[Note, ...]


def has_prefix(text: str) -> bool:
    """Tell whether the text begins with a known field name and a colon."""
    return _PREFIX.match(fold(text)) is not None


def split_tokens(text: str) -> Lexed:
    """Split a cleaned, short query text into tokens; every character is read a bounded number of times."""
    return _Lexer(text).run()


class _Lexer:
    """Walks once over the text; ``_at`` is the next character, ``_prefix`` the field waiting for its value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold(text)  # as long as the text: fields may be named in any form that values may have
        self._at = 0
        self._prefix: str | None = None
        self._attached = False  # straight after a hyphen or a field prefix: operator words are text here
        self._found: list[Token] = []
        self._notes: list[Note] = []
        self._wide_minus: list[int] = []
        self._joined_minus: list[int] = []

    def run(self) -> Lexed:
        while self._at < len(self._text):
            char = self._text[self._at]
            if char.isspace():
                self._at += 1
                self._attached = False
            elif char in _STRAIGHT + "“”":
                self._phrase(char)
            elif char in _OPEN:
                self._emit(Kind.OPEN, 1)
            elif char in _CLOSE:
                self._drop_prefix()
                self._emit(Kind.CLOSE, 1)
            elif char in _BAR:
                self._drop_prefix()
                self._emit(Kind.OR, len(self._text[self._at :]) - len(self._text[self._at :].lstrip(_BAR)))
            elif char in WILD:
                self._wild()
            else:
                self._word_or_sign(char)
        self._drop_prefix()
        self._explain_minus()
        if self._text and not self._found and not self._notes:
            self._note(NoteKind.IGNORED, f"“{self._text}”前后没有检索词，未用。")
        return Lexed(tokens=tuple(self._found), notes=tuple(self._notes))

    def _emit(self, kind: Kind, length: int, text: str = "") -> None:
        self._found.append(Token(kind=kind, text=text, prefix=self._prefix))
        self._at += length
        self._prefix = None
        self._attached = False

    def _drop_prefix(self) -> None:
        """Say so where a field prefix found no value."""
        if self._prefix is not None:
            self._prefix = None
            self._note(NoteKind.IGNORED, "冒号后面没有内容，这个限定未用。")

    def _word_or_sign(self, char: str) -> None:
        fresh = self._at == 0 or self._text[self._at - 1].isspace() or self._text[self._at - 1] in _OPEN + _BAR
        if self._prefix is None and (fresh or self._attached) and (named := _PREFIX.match(self._folded, self._at)):
            self._prefix = _FIELD_OF[named.group(1).lower()]
            self._at = named.end()
            self._attached = True
        elif self._prefix is None and fresh and char == "-" and self._begins_operand(self._at + 1):
            self._emit(Kind.NOT, 1)
            self._attached = True
        else:
            self._word(fresh=fresh)

    def _begins_operand(self, at: int) -> bool:
        """Tell whether something that can be excluded follows directly."""
        if at >= len(self._text):
            return False
        char = self._text[at]
        return not (char.isspace() or char == "-" or char in _CLOSE + _BAR)

    def _word(self, *, fresh: bool) -> None:
        text, start = self._text, self._at
        end = start
        while end < len(text) and text[end] not in _ENDS_WORD and not text[end].isspace():
            end += 1
        word = text[start:end]
        if self._prefix is None and not self._attached and word in OPERATOR_WORDS:
            self._operator(word)
        elif not any(char.isalnum() for char in word):
            self._ignore(word)
        else:
            if self._prefix is None and not self._attached:
                self._look_for_minus(start, end, fresh=fresh)
            # A hyphen straight after a quote or parenthesis joins; kept, it would mean 不含 when asked again.
            self._emit(Kind.WORD, len(word), word if fresh or self._attached else word.lstrip("-"))
        self._at = end

    def _operator(self, word: str) -> None:
        if word in {"或", "OR"}:
            self._emit(Kind.OR, 0)
        elif word == "NOT":
            self._emit(Kind.NOT, 0)

    def _ignore(self, word: str) -> None:
        self._prefix, self._attached = None, False
        if self._found and self._found[-1].kind is Kind.NOT and self._text[self._at - 1] == "-":
            self._found.pop()
        self._note(NoteKind.IGNORED, f"单独的符号“{word}”未用于检索；要原样查找请加引号。")

    def _phrase(self, char: str) -> None:
        start = self._at + 1
        end = self._own_end(char, start)
        if end is None:
            others = [at for at in range(start, len(self._text)) if self._text[at] in _closers(char)]
            if not others and (char == "”" or not self._text[start:].strip()):  # nothing opened it, or nothing follows
                self._note(NoteKind.UNBALANCED_QUOTE, "引号多了一个，多出的未用。")
                self._at = start
                return
            self._note(NoteKind.UNBALANCED_QUOTE, "引号没有配对，已按补全后的引号检索。")
            end = others[0] if others else len(self._text)
        phrase = self._text[start:end].strip()
        if phrase:
            self._emit(Kind.PHRASE, 0, phrase)
        else:
            self._prefix, self._attached = None, False
            self._note(NoteKind.IGNORED, "引号里没有内容，未用。")
        self._at = end + 1

    def _own_end(self, char: str, start: int) -> int | None:
        """Return where the quote of the same kind closes; curly ones may be nested."""
        depth = 1
        for at in range(start, len(self._text)):
            here = self._text[at]
            if char in _STRAIGHT and here in _STRAIGHT:
                return at
            if char == "“":
                depth += (here == "“") - (here == "”")
                if depth == 0:
                    return at
        return None

    def _wild(self) -> None:
        self._drop_prefix()
        self._attached = False
        self._note(NoteKind.WILDCARD, "“*”不代表任意的字，已当作空格。请写出完整的词。")
        self._at += 1

    def _look_for_minus(self, start: int, end: int, *, fresh: bool) -> None:
        """Remember the signs in a word that may have been meant to exclude what follows them."""
        if not fresh and self._text[start] == "-":
            self._joined_minus.append(start)
        for at in range(start, end - 1):
            before, after = self._text[at - 1 : at], self._text[at + 1]
            if self._text[at] == "－" and before != "－" and after.isalnum() and not (before + after).isdigit():
                self._wide_minus.append(at)

    def _explain_minus(self) -> None:
        """Offer a hyphen with a space before it for each sign that is text here and excludes nothing."""
        if self._wide_minus:
            message = "全角的“－”按普通文字检索；要排除一个词，请用半角减号。"
            self._offer(NoteKind.FULL_WIDTH_MINUS, message, self._wide_minus)
        if self._joined_minus:
            message = "减号紧跟在括号或引号后面，没有当作不含；要排除一个词，请在减号前加空格。"
            self._offer(NoteKind.JOINED_MINUS, message, self._joined_minus)

    def _offer(self, kind: NoteKind, message: str, signs: list[int]) -> None:
        mended = "".join(self._hyphen(at) if at in signs else char for at, char in enumerate(self._text))
        self._notes.append(Note(kind=kind, message=message, query=mended))

    def _hyphen(self, at: int) -> str:
        before = self._text[at - 1 : at]
        return "-" if not before or before.isspace() or before in _OPEN + _BAR else " -"

    def _note(self, kind: NoteKind, message: str) -> None:
        self._notes.append(Note(kind=kind, message=message))


def _closers(char: str) -> str:
    """Return what may close a quote whose own kind is missing: ``“三室"``, ``"三室”``, ``”三室”``."""
    return {"“": _STRAIGHT + "”", "”": "”“" + _STRAIGHT}.get(char, "”")
