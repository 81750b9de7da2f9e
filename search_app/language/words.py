"""Words: the one analyser, used for index and query alike. The only module that imports jieba.

In: any text. Out: tokens with offsets into it, in order of their start. Han runs go to jieba's search mode (so
人民调解员 also gives 人民 and 调解); a run of letters or of digits is one token each; everything else separates. The
surprise: jieba takes a second to start and trusts a cache file in the system's temp folder, so it is loaded at first
use with a private folder.
"""

import atexit
import logging
import os
import re
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from search_app.language.folding import fold

_RUN = re.compile(r"[一-鿿㐀-䶿]+|[a-z]+|[0-9]+(?:\.[0-9]+)*")
_USER_WORDS = "userdict.txt"

#: Raised whenever the same text would give other tokens than before; part of what an index remembers.
ANALYSER_VERSION = "2"


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
    return f"jieba-{version('jieba')}+{sha256(_user_words()).hexdigest()[:12]}"


def _user_words() -> bytes:
    return files("search_app.data").joinpath(_USER_WORDS).read_bytes()


@cache
def _jieba() -> Any:
    """Return jieba's tokenizer with our words added, its cache in a private folder of this user."""
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
    """Return a folder that only this user can write, made if need be: jieba unmarshals whatever it finds there."""
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        folder = Path(base) if base else Path.home() / ".cache"
        folder = folder / "search-app" / f"jieba-{version('jieba')}-py{sys.version_info.major}{sys.version_info.minor}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK) and _is_private(folder):
            return str(folder)
    except (OSError, RuntimeError):
        pass  # no home, or one that cannot be written (a service account): a fresh folder each time is slower, but safe
    fresh = tempfile.mkdtemp(prefix="search-app-")
    atexit.register(shutil.rmtree, fresh, ignore_errors=True)
    return fresh


def _is_private(folder: Path) -> bool:
    if sys.platform == "win32":
        return True  # LOCALAPPDATA belongs to the user; the mode bits say nothing there
    state = folder.lstat()
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o022
