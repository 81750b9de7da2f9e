"""The tokeniser: the one analyser, used for index and query alike. The only module that imports jieba.

In: any text. Out: tokens with offsets into it, in order of their start. Han runs go to jieba's search mode (so
人民调解员 also gives 人民 and 调解); a run of letters or of digits is one token each, and so is a Han character that
jieba's dictionary does not know of; everything else separates.

There are two jiebas: rjieba, compiled, thirty times as fast, where there is a wheel for the machine, and jieba itself
elsewhere. On runs of the characters given to them both cut alike, but for ties (a test holds it); an index remembers
which one made it all the same. The surprise: jieba takes a second to start and trusts a cache file in the system's
temp folder, so it is loaded at first use with a private folder.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import NamedTuple

from search_app.language.analysis.folding import fold
from search_app.language.analysis.han_numbers import ANY_NUMERAL
from search_app.language.analysis.jieba_cache import private_folder

#: The first run is what both jiebas take for Han; rarer characters stand for themselves.
_RUN = re.compile(r"([一-鿕]+)|[鿖-鿿㐀-䶿]|[a-z]+|[0-9]+(?:\.[0-9]+)*")
_HAN = re.compile("[一-鿕]+")
_USER_WORDS = "userdict.txt"

#: Raised whenever the same text would give other tokens than before; part of what an index remembers.
ANALYSER_VERSION = "4"


class Token(NamedTuple):
    """A folded word and where it stands: ``text[start:end]`` of the input folds to it."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order of start, then of length."""
    found: list[Token] = []
    cut = _jiebas().tokenize
    for run in _RUN.finditer(fold(text)):
        at = run.start()
        if run.group(1):
            parts = [Token(word, at + start, at + end) for word, start, end in cut(run.group())]
            found += sorted(parts, key=_by_place)
        else:
            found.append(Token(run.group(), at, run.end()))
    return tuple(found)


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
    figure (5步). Others, verbs mostly, stay words of their own.
    """
    tokens, folded = tokenize(text), fold(text)
    found: list[Token] = []
    waiting = False  # the last word is a lone character that belongs to the one behind
    for token in tokens:
        if any(other != token and other.start <= token.start and token.end <= other.end for other in tokens):
            continue
        lone = _is_han(token) and len(token.text) == 1
        before = found[-1] if found and found[-1].end == token.start else None
        counted = lone and before is not None and before.text[-1].isdigit()
        before = before if counted or (before is not None and _is_han(before)) else None
        numeral, short = lone and token.text in ANY_NUMERAL, _is_short(folded, token)
        ends = lone and not numeral and before in tokens and (short or token.text in SUFFIXES)
        if before is not None and _is_han(token) and (waiting or ends or counted):
            found[-1] = Token(folded[before.start : token.end], before.start, token.end)
            waiting = False
        else:
            found.append(token)
            waiting = numeral or (lone and short and not folded[: token.start][-1:].isalnum())
    return tuple(found)


def _is_han(token: Token) -> bool:
    return not token.text.isascii()


def _is_short(folded: str, token: Token) -> bool:
    """Tell whether a token stands in a short run of Chinese characters."""
    start, end = token.start, token.end
    while start and _RUN.match(folded[start - 1]) and not folded[start - 1].isascii() and end - start <= _NAME:
        start -= 1
    while end < len(folded) and _RUN.match(folded[end]) and not folded[end].isascii() and end - start <= _NAME:
        end += 1
    return end - start <= _NAME


def cut_terms(text: str) -> list[str]:
    """Return the words of a text in no particular order, each as often as it stands there: what is indexed."""
    found: list[str] = []
    cut = _jiebas().cut
    for run in _RUN.finditer(fold(text)):
        found += cut(run.group()) if run.group(1) else (run.group(),)
    return found


def cut_runs(text: str) -> Iterator[list[str]]:
    """Yield the words between two signs, each once and none inside another: they make up the text, signs aside."""
    words: list[str] = []
    end = 0
    plain = _jiebas().plain
    for run in _RUN.finditer(fold(text)):
        if words and run.start() != end:
            yield words
            words = []
        words += plain(run.group()) if run.group(1) else (run.group(),)
        end = run.end()
    if words:
        yield words


def find_listed_words(text: str) -> tuple[Token, ...]:
    """Return the words of two and more Chinese characters that the dictionary holds, none that jieba only guesses."""
    return tuple(
        Token(word, run.start() + start, run.start() + end)
        for run in _RUN.finditer(fold(text))
        if run.group(1)
        for word, start, end in _jiebas().listed(run.group())
        if end - start > 1
    )


def is_listed(word: str) -> bool:
    """Tell whether the dictionary holds a word, or it is none of Chinese characters; else jieba guessed it."""
    return all(any(end - start == len(run) for _, start, end in _jiebas().listed(run)) for run in _HAN.findall(word))


def _by_place(token: Token) -> tuple[int, int]:
    return token.start, token.end


def dictionary_version() -> str:
    """Return a name for the words that jieba knows here; an index made with another one must be rebuilt."""
    return f"{_engine()}+{sha256(_user_words()).hexdigest()[:12]}"


@cache
def _engine() -> str:
    """Return the name and version of the jieba that is used here; rjieba may be there and yet not load."""
    try:
        import rjieba  # noqa: F401  # only a trial
    except (ImportError, OSError):
        return f"jieba-{version('jieba')}"
    return f"rjieba-{version('rjieba')}"


def _user_words() -> bytes:
    return files("search_app.data").joinpath(_USER_WORDS).read_bytes()


class _Jieba(NamedTuple):
    """Functions of a jieba on a run of Han: words with their places, words alone, listed words, all in search mode.

    ``plain`` gives each character in one word alone.
    """

    tokenize: Callable[[str], Iterable[tuple[str, int, int]]]
    cut: Callable[[str], Iterable[str]]
    listed: Callable[[str], Iterable[tuple[str, int, int]]]
    plain: Callable[[str], Iterable[str]]


@cache
def _jiebas() -> _Jieba:
    """Return the fastest jieba here."""
    return _rjieba() if _engine().startswith("r") else _jieba()


def _rjieba() -> _Jieba:
    import rjieba

    tokenizer = rjieba.Jieba()
    for word in _own_words():
        tokenizer.add_word(word, tokenizer.suggest_freq(word), None)
    return _Jieba(
        tokenize=lambda run: tokenizer.tokenize(run, "search", True),
        cut=lambda run: tokenizer.cut_for_search(run, True),
        listed=lambda run: tokenizer.tokenize(run, "search", False),
        plain=lambda run: tokenizer.cut(run, True),
    )


def _jieba() -> _Jieba:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = private_folder()
    tokenizer.initialize()
    for word in _own_words():
        tokenizer.add_word(word, tokenizer.suggest_freq(word))
    return _Jieba(
        tokenize=lambda run: tokenizer.tokenize(run, mode="search"),
        cut=tokenizer.cut_for_search,
        listed=lambda run: tokenizer.tokenize(run, mode="search", HMM=False),
        plain=tokenizer.cut,
    )


@cache
def own_words() -> frozenset[str]:
    """Return the words of userdict.txt, folded."""
    return frozenset(_own_words())


def _own_words() -> list[str]:
    lines = (line.split("#", 1)[0].strip() for line in _user_words().decode("utf-8").splitlines())
    return [fold(word) for word in lines if word]
