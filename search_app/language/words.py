"""Words: the one analyser, used for index and query alike. The only module that imports jieba.

In: any text. Out: tokens with offsets into it, in order of their start. Han runs go to jieba's search mode (so 人民调解员 also
gives 人民 and 调解); a run of letters or of digits is one token each; everything else separates. The surprise: jieba takes a
second to start and trusts a cache file in the system's temp folder, so it is loaded at first use with a private folder.
"""

import re
import tempfile
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from search_app.language.folding import fold

_RUN = re.compile(r"[一-鿿㐀-䶿]+|[a-z]+|[0-9]+(?:\.[0-9]+)*")
_USER_WORDS = "userdict.txt"


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and where it stands: ``text[start:end]`` of the input folds to it."""

    text: str
    start: int
    end: int


def words(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order of start, then of length."""
    folded = fold(text)
    found: list[Token] = []
    for run in _RUN.finditer(folded):
        piece, at = run.group(), run.start()
        if piece[0] < "㐀":
            found.append(Token(piece, at, run.end()))
        else:
            parts = [(at + start, at + end, word) for word, start, end in _jieba().tokenize(piece, mode="search")]
            found.extend(Token(word, start, end) for start, end, word in sorted(parts))
    return tuple(found)


def dictionary_version() -> str:
    """Return a name for the words that jieba knows here; an index made with another one must be rebuilt."""
    import jieba

    return f"jieba-{jieba.__version__}+{sha256(_user_words()).hexdigest()[:12]}"


def _user_words() -> bytes:
    return files("search_app.data").joinpath(_USER_WORDS).read_bytes()


@cache
def _jieba() -> Any:
    """Return jieba's tokenizer with our words added, its cache in a private folder of this user."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = _cache_folder()
    tokenizer.initialize()
    for line in _user_words().decode("utf-8").splitlines():
        word = line.split("#", 1)[0].strip()
        if word:
            tokenizer.add_word(fold(word))
    return tokenizer


def _cache_folder() -> str:
    raise NotImplementedError(tempfile)
