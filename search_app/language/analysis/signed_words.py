"""Signed words: the words of a typed text with the signs that belong to letters and figures: 100%, 500㎡, 3+N, C#, 5G.

In: any text. Out: tokens as the tokeniser gives them, but what is written together with such a sign, or of letters and
figures, is one token, sign and all. The index holds words without signs, letters and figures apart; that they stand
together is asked of the characters. The surprise: a sign that joins (/ ·) counts only between letters or figures, one
between Chinese words parts them like any other.
"""

import re

from search_app.language.analysis.folding import fold
from search_app.language.analysis.tokenizer import Token, tokenize

_BEHIND = "%‰℃°㎡²³#+"
_JOINING = "/·"
#: Letters and figures with the signs among them, before them and behind them.
_SIGNED = re.compile(rf"[{_BEHIND}]*[a-z0-9]+(?:[.{_BEHIND}{_JOINING}]+[a-z0-9]+)*[{_BEHIND}]*")


def cut_signed(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order of start, each with its signs."""
    tokens = tokenize(text)
    signed = [Token(run.group(), *run.span()) for run in _SIGNED.finditer(fold(text)) if not _is_plain(run.group())]
    if not signed:
        return tokens
    apart = (token for token in tokens if not any(run.start <= token.start < run.end for run in signed))
    return tuple(sorted((*apart, *signed), key=lambda token: (token.start, token.end)))


def find_longest(text: str) -> tuple[Token, ...]:
    """Return the words of a text, with their signs, that are no part of longer ones."""
    found = cut_signed(text)
    return tuple(
        token
        for token in found
        if not any(other != token and other.start <= token.start and token.end <= other.end for other in found)
    )


def _is_plain(run: str) -> bool:
    return run.isalpha() or run.replace(".", "").isdecimal()
