"""Rule patterns: what an entry of a table stands for, and how a pattern is written so that it is found quickly.

In goes an entry as it is written (``执法(人员|队)``), out come the plain words that it stands for. The surprise: an
entry with a gap (``宣传.{0,4}法``) is refused for topics, because passages are looked up word by word there.
"""

import re
from collections.abc import Iterator
from itertools import product

from search_app.errors import ConfigError
from search_app.language.analysis.han_numbers import ALL_DIGITS
from search_app.lazy_patterns import lazy_pattern

_PIECE = lazy_pattern(
    r"\((?P<group>[^()?\\.*+{}\[\]^$][^()\\.*+{}\[\]^$]*)\)(?P<maybe_group>\??)|\[(?P<set>[^\]\\^-]+)\](?P<maybe_set>\??)"
    r"|(?P<char>[^\\.^$*+?{}\[\]()|])(?P<maybe_char>\??)"
)
#: A bracket or bar that stands for itself nowhere: behind a backslash or in [] it is passed over.
_BRACKET_OR_BAR = lazy_pattern(r"(?:\\.|\[\^?\]?[^\]]*\]|[^()|\\\[])*([()|])")
_DEEPER = {"(": 1, ")": -1, "|": 0}
_CHOICE = lazy_pattern(r"\[([^\]\\^-]+)\](?![?*+{])")
_DIGITS = lazy_pattern(r"\\d(?:\+|\{1,(\d+)\})(?![?+])")
_MOST_WRITTEN_OUT = 400


def write_out(entry: str, *, where: str) -> tuple[str, ...]:
    """Return the plain words that an entry stands for. Raises ConfigError where that cannot be told."""
    choices: list[list[str]] = []
    at, total = 0, 1
    for found in _PIECE.finditer(entry):
        if found.start() != at:
            break
        at = found.end()
        choices.append(list(_options(found)))
        total *= len(choices[-1])
    if at != len(entry) or total > _MOST_WRITTEN_OUT:
        raise ConfigError(
            f"词表{where}里，“{entry}”写法有误。",
            hint="这张表里只能写文字，以及 (甲|乙)、[一二]、字后面的问号；请检查括号，或换回原来的文件。",
        )
    return tuple(dict.fromkeys(word for parts in product(*choices) if len(word := "".join(parts)) > 1))


def _options(found: re.Match[str]) -> Iterator[str]:
    """Yield what one piece of an entry may be."""
    if found["group"] is not None:
        yield from found["group"].split("|")
    elif found["set"] is not None:
        yield from found["set"]
    else:
        yield found["char"]
    if found["maybe_group"] or found["maybe_set"] or found["maybe_char"]:
        yield ""


def split_by_first_character(entry: str) -> tuple[str, ...]:
    """Return patterns that together find what an entry finds, each beginning with a plain character where that is easy.

    A pattern whose alternatives all begin so is looked for many times faster: ``(甲|乙)丙`` becomes 甲丙 and 乙丙.
    """
    return tuple(word for branch in split_branches(entry) for word in _parted(branch))


def _parted(entry: str) -> Iterator[str]:
    """Yield a branch for each character that an entry without top-level bars can begin with."""
    if entry.startswith("(") and not entry.startswith("(?"):
        closing = _closing(entry)
        inside, rest = entry[1:closing], entry[closing + 1 :]
        if rest[:1] in ("?", "*", "+", "{"):
            yield entry
            return
        for branch in split_branches(inside):
            yield from _parted(branch + rest)
    elif found := _CHOICE.match(entry):
        yield from (re.escape(char) + entry[found.end() :] for char in found[1])
    elif found := _DIGITS.match(entry):
        rest = entry[found.end() :]
        more = f"{{0,{int(found[1]) - 1}}}" if found[1] else "*"
        yield from (f"{digit}\\d{more}{rest}" for digit in ALL_DIGITS)
    else:
        yield entry


def split_branches(entry: str) -> Iterator[str]:
    """Yield the parts of an entry between the bars that are outside of brackets."""
    depth = start = 0
    for found in _BRACKET_OR_BAR.finditer(entry):
        if found[1] == "|" and depth == 0:
            yield entry[start : found.start(1)]
            start = found.end()
        depth += _DEEPER[found[1]]
    yield entry[start:]


def _closing(entry: str) -> int:
    """Return where the bracket closes that opens an entry."""
    depth = 0
    for found in _BRACKET_OR_BAR.finditer(entry):
        depth += _DEEPER[found[1]]
        if depth == 0:
            return found.start(1)
    return len(entry)
