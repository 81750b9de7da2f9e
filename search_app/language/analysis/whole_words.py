"""Whole words: the longest words of a typed text, with their signs, and with lone characters that are pieces of them.

In: any text. Out: tokens that do not overlap. Longest words are those of the tokeniser and of signed_words; what the
dictionary lacks comes apart (网格员 as 网格 and 员), and is put together again here.
"""

from search_app.language.analysis.folding import fold
from search_app.language.analysis.han_numbers import ANY_NUMERAL
from search_app.language.analysis.signed_words import cut_signed
from search_app.language.analysis.tokenizer import Token

#: A word ends in these, and the dictionary often lacks it then (网格|员): kinds of people, places, papers and measures.
SUFFIXES = frozenset(
    "员者家手师长生民户队组团会社站所室厅局处科办院校庭馆园点岗栏箱柜屏网群屋亭堂坊角墙廊证书单表册簿卡码牌图法制率量数费款金案件权性化度力日"
)
#: A run of Chinese characters so short is one name, whatever it is made of.
_NAME = 4


def find_whole_words(text: str) -> tuple[Token, ...]:
    """Return the longest words of a text in order, a lone character as part of the word that it stands beside.

    A lone Chinese character that ends a word, or stands in a short name, is a piece of a word that the dictionary
    lacks (网格员 comes as 网格 and 员): by itself it stands nearly everywhere inside of others. It belongs to the word
    before it; a numeral (一公开), and what has no word before it, to the one behind. What is counted belongs to its
    figure (5步), and a letter to the word that it is written in front of (B站). Others, verbs mostly, stay words of
    their own.
    """
    tokens, folded = cut_signed(text), fold(text)
    found: list[Token] = []
    waiting = False  # the last word is a lone character that belongs to the one behind
    for token in tokens:
        if any(other != token and other.start <= token.start and token.end <= other.end for other in tokens):
            continue
        lone = _is_han(token) and len(token.text) == 1
        before = found[-1] if found and found[-1].end == token.start else None
        counted = lone and before is not None and before.text[-1].isdigit()
        before = before if counted or (before is not None and (waiting or _is_han(before))) else None
        numeral, short = lone and token.text in ANY_NUMERAL, _is_short(folded, token)
        ends = lone and not numeral and before in tokens and (short or token.text in SUFFIXES)
        if before is not None and _is_han(token) and (waiting or ends or counted):
            found[-1] = Token(folded[before.start : token.end], before.start, token.end)
            waiting = False
        else:
            found.append(token)
            letter = len(token.text) == 1 and token.text.isascii() and token.text.isalpha()
            waiting = letter or numeral or (lone and short and not folded[: token.start][-1:].isalnum())
    return tuple(found)


def _is_han(token: Token) -> bool:
    """Tell whether a token ends in a Chinese character, not in a sign or a measure (500㎡)."""
    last = token.text[-1]
    return last.isalpha() and not last.isascii()


def _is_short(folded: str, token: Token) -> bool:
    """Tell whether a token stands in a short run of Chinese characters."""
    start, end = token.start, token.end
    while start and folded[start - 1].isalnum() and not folded[start - 1].isascii() and end - start <= _NAME:
        start -= 1
    while end < len(folded) and folded[end].isalnum() and not folded[end].isascii() and end - start <= _NAME:
        end += 1
    return end - start <= _NAME
