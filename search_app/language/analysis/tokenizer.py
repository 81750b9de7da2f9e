"""The tokeniser: the one analyser, used for index and query alike. The only module that imports jieba.

In: any text. Out: tokens with offsets into it, in order of their start. Han runs go to jieba's search mode (so
人民调解员 also gives 人民 and 调解); a run of letters or of digits is one token each, and so is a Han character that
jieba's dictionary does not know of; everything else separates.

There are two jiebas: rjieba, compiled, thirty times as fast, where there is a wheel for the machine, and jieba itself
elsewhere. On runs of the characters given to them both cut alike, but for ties (a test holds it); an index remembers
which one made it all the same. The surprise: jieba takes a second to start and trusts a cache file in the system's
temp folder, so it is loaded at first use with a private folder; and where the dictionary lies prepared beside an index,
the first few texts of a process are cut from there (mapped_jieba), and neither jieba is loaded for them.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from search_app import prepared_tables
from search_app.language.analysis.folding import fold
from search_app.old_libraries import import_quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search_app.language.analysis.mapped_jieba import MappedJieba

#: The first run is what both jiebas take for Han; rarer characters stand for themselves.
_RUN = re.compile(r"([一-鿕]+)|[鿖-鿿㐀-䶿]|[a-z]+|[0-9]+(?:\.[0-9]+)*")
_HAN = re.compile("[一-鿕]+")
_USER_WORDS = "userdict.txt"
#: So many characters are cut from the prepared dictionary; for more, a jieba is quicker with all that loading it takes.
_FEW = 5_000
#: The name of the prepared dictionary among the tables of the language.
DICTIONARY = "dictionary"

#: How many words the general texts have that jieba's dictionary was made from.
SAID = 60_000_000

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
    cut = _jiebas(len(text)).tokenize
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
    cut = _jiebas(len(text)).cut
    for run in _RUN.finditer(fold(text)):
        han = run.group(1)
        if han:
            found += cut(han)
        else:
            found.append(run.group())
    return found


def cut_runs(text: str) -> Iterator[list[str]]:
    """Yield the words between two signs, each once and none inside another: they make up the text, signs aside."""
    words: list[str] = []
    end = 0
    plain = _jiebas(len(text)).plain
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
    listed = _jiebas(len(text)).listed
    return tuple(
        Token(word, run.start() + start, run.start() + end)
        for run in _RUN.finditer(fold(text))
        if run.group(1)
        for word, start, end in listed(run.group())
        if end - start > 1
    )


def is_listed(word: str) -> bool:
    """Tell whether the dictionary holds a word, or it is none of Chinese characters; else jieba guessed it."""
    listed = _jiebas(len(word)).listed
    return all(any(end - start == len(run) for _, start, end in listed(run)) for run in _HAN.findall(word))


def how_often_said(word: str) -> int:
    """Return how often a word stands in the general texts that jieba's dictionary was made from (SAID in all).

    0 where the dictionary does not hold it, and for our own words, which are those of the field.
    """
    if word in own_words() or not _HAN.fullmatch(word):
        return 0
    mapped = _mapped()
    return _said().get(word, 0) if mapped is None else mapped.how_often(word)


@cache
def _said() -> dict[str, int]:
    from search_app.language.analysis.mapped_jieba import read_dictionary

    return read_dictionary()


def _by_place(token: Token) -> tuple[int, int]:
    return token.start, token.end


def dictionary_version() -> str:
    """Return a name for the words that jieba knows here; an index made with another one must be rebuilt."""
    file = prepared_tables.language_file()
    name: str = file.meta[DICTIONARY]["version"] if file else f"{_engine()}+{sha256(_user_words()).hexdigest()[:12]}"
    return name


@cache
def _engine() -> str:
    """Return the name and version of the jieba that is used here; rjieba may be there and yet not load."""
    from importlib.metadata import version

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


class _Sparing:
    """Gives the prepared dictionary for the first texts of a process, then the jieba that is loaded."""

    def __init__(self, few: int) -> None:
        self._left = few

    def __call__(self, characters: int) -> _Jieba:
        if self._left > 0 and (mapped := _mapped()) is not None:
            self._left -= characters
            return _Jieba(tokenize=mapped.tokenize, cut=mapped.cut, listed=mapped.listed, plain=mapped.plain)
        return _loaded()


_jiebas = _Sparing(_FEW)


def _mapped() -> "MappedJieba | None":
    """Return what cuts from the prepared dictionary; None where there is none."""
    file = prepared_tables.language_file()
    return None if file is None else _mapped_from(file)


@cache
def _mapped_from(file: Any) -> "MappedJieba":
    from search_app.language.analysis.mapped_jieba import MappedJieba

    return MappedJieba(file, file.meta[DICTIONARY])


@cache
def _loaded() -> _Jieba:
    """Return the fastest jieba here."""
    return (_rjieba() if _engine().startswith("r") else _jieba())[0]


def lay_out() -> "tuple[dict[str, Any], dict[str, NDArray[np.generic]]]":
    """Return the dictionary as it is prepared: its table, and its arrays."""
    from search_app.language.analysis import mapped_jieba

    own = (_rjieba() if _engine().startswith("r") else _jieba())[1]
    told, arrays = mapped_jieba.lay_out(own)
    return {"version": dictionary_version(), **told}, arrays


@cache
def _rjieba() -> tuple[_Jieba, dict[str, int]]:
    """Return rjieba with our own words, and how often each of these is taken to stand."""
    import rjieba

    own: dict[str, int] = {}
    for word in _own_words():
        own[word] = rjieba.suggest_freq(word)
        rjieba.add_word(word, own[word], None)
    jieba = _Jieba(
        tokenize=lambda run: rjieba.tokenize(run, "search", True),
        cut=partial(rjieba.cut_for_search, hmm=True),
        listed=lambda run: rjieba.tokenize(run, "search", False),
        plain=lambda run: rjieba.cut(run, True),
    )
    return jieba, own


@cache
def _jieba() -> tuple[_Jieba, dict[str, int]]:
    """Return jieba itself with our own words, and how often each of these is taken to stand."""
    from search_app.language.analysis.jieba_cache import private_folder

    import_quietly("jieba")
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = private_folder()
    tokenizer.initialize()
    own: dict[str, int] = {}
    for word in _own_words():
        own[word] = tokenizer.suggest_freq(word)
        tokenizer.add_word(word, own[word])
    made = _Jieba(
        tokenize=lambda run: tokenizer.tokenize(run, mode="search"),
        cut=tokenizer.cut_for_search,
        listed=lambda run: tokenizer.tokenize(run, mode="search", HMM=False),
        plain=tokenizer.cut,
    )
    return made, own


@cache
def own_words() -> frozenset[str]:
    """Return the words of userdict.txt, folded."""
    return frozenset(_own_words())


def _own_words() -> list[str]:
    lines = (line.split("#", 1)[0].strip() for line in _user_words().decode("utf-8").splitlines())
    return [fold(word) for word in lines if word]
