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
