"""Splitting paragraphs: numbered ones that lost their line breaks get lines of their own again, and so do answers.

Where a page was pasted as one line, numbers follow upon whatever stood before them. They are believed
only as a series that begins at one and goes on, with words between them (一、二、三产业 is none).
"""

import re
from collections.abc import Sequence

from search_app.language.analysis.asked_lines import part_answer
from search_app.language.analysis.han_numbers import NUMERALS, number_below_hundred
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.markers import MarkerKind, find_marker

_HAN = f"[{NUMERALS}]{{1,3}}"
_AFTER_SENTENCE = re.compile(rf"(?<=[。；！])\s*(?=[（(]{_HAN}[）)]|{_HAN}、)")
_TOKEN = re.compile(
    rf"(?P<comma>(?<![第{NUMERALS}]){_HAN}、)|(?P<paren>[（(]{_HAN}[）)])|(?P<dot>(?<![\d.．第])\d{{1,2}}[、.．](?!\d))"
)
_CLEAN_BEFORE = "。；！？;!?：:”）) \u3000"
_SHORT = 60
_WHOLE_REPORT = 200  # characters from which a line may hold several parts
_LEAST_WORDS = 4
_INSIDE = {
    MarkerKind.COMMA: (MarkerKind.PAREN, MarkerKind.DOT),
    MarkerKind.PAREN: (MarkerKind.DOT,),
    MarkerKind.DOT: (),
}
_LONGEST_HEADING = 40


def split_paragraphs(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with those cut up that hold several numbered paragraphs."""
    made: list[Line] = []
    for line in lines:
        parts = _cut(line.text) if line.kind != "table" else ()
        if len(parts) > 1:
            made.extend(
                Line(text=part, kind=line.kind, level=None, width=float(len(part)), at=line.at) for part in parts
            )
        else:
            made.append(line)
    return tuple(made)


def _cut(text: str) -> Sequence[str]:
    asked = part_answer(text)
    return asked if len(asked) > 1 or len(text) <= _SHORT else _parts(text)


def _parts(text: str) -> list[str]:
    if len(text) > _WHOLE_REPORT and "一、" in text and (cuts := _series(text)):
        pieces = [text[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return [piece for piece in pieces if piece]
    parts = _AFTER_SENTENCE.split(text) if "、" in text or "（" in text or "(" in text else [text]
    numbers = [number.number if (number := find_marker(part)) else 0 for part in parts[1:]]
    return parts if parts[1:] and numbers == list(range(numbers[0], numbers[0] + len(numbers))) else [text]


def _series(text: str) -> list[int]:
    """Return where the numbered paragraphs of a line begin that holds a whole report or several parts, or []."""
    found = list(_TOKEN.finditer(text))
    last = dict.fromkeys(_INSIDE, 0)
    cuts: list[int] = []
    parts, previous = 0, -_LEAST_WORDS
    for place, token in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        kind, at = MarkerKind(token.lastgroup or ""), token.start()
        number = _number(token.group())
        clean = at == 0 or text[at - 1] in _CLEAN_BEFORE
        near = bool(cuts) and at - cuts[-1] <= _LONGEST_HEADING  # right below a heading that has no stop
        goes_on = number == last[kind] + 1 or (number == 1 and kind is not MarkerKind.COMMA and clean)
        crowded = at - previous < _LEAST_WORDS or (following is not None and following.start() - token.end() < 2)
        if not goes_on or crowded or not (clean or near or kind is MarkerKind.COMMA):
            continue
        if kind is MarkerKind.DOT and not parts:
            continue
        parts += kind is MarkerKind.COMMA
        last[kind] = number
        last |= dict.fromkeys(_INSIDE[kind], 0)
        cuts.append(at)
        previous = token.end()
    return [at for at in cuts if at] if parts > 1 or (parts and len(cuts) > 2) else []


def _number(mark: str) -> int:
    bare = mark.strip("（()）、.．")
    return int(bare) if bare.isdecimal() else number_below_hundred(bare)
