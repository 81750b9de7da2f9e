"""Prepared tables: what is made of dictionaries before the first question is answered, kept beside an index.

A search from the command line would spend most of its time on making it again. The run that updates an index keeps it
(:func:`keep`), one array file for each kind; whoever opens that index has it read from there (:func:`use`,
:func:`find`). Readers never write, so a folder that can only be read serves as well.

A file is named by a key of all that its content was made from, so a stale one is never found: what it was made for is
made anew in memory, which takes a second and gives the same. For the tables of the language the key is
:func:`sources_key`: name, size and time of change of each source, as Python does it for its own compiled files. Nothing
is unpickled or executed, every block is checked, and only a folder is read that the engine found to be this user's own.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from search_app import __version__

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search_app.array_file import ArrayFile

T = TypeVar("T")

#: What is made of the program's own tables and of jieba's.
LANGUAGE = "language"
#: What is made of the words of one generation.
SPELLING = "spelling"

_ENDING = ".prepared"
_KEY_LENGTH = 24
_OURS = Path(__file__).parent
#: Where the sources lie, and the libraries among them.
_FOLDERS = (".", "data", "searching", "language", "language/analysis", "language/question", "labelling")
_LIBRARIES = ("jieba", "rjieba")
_folders: dict[Path, None] = {}
#: The tables of the language in each of them, looked for once.
_languages: "dict[Path, ArrayFile | None]" = {}


def use(index: Path) -> None:
    """Look for prepared tables in this index folder from now on, the latest first; nothing is read yet."""
    _folders.pop(index, None)
    _folders[index] = None


class Decoded(Mapping[str, T]):
    """A table that was kept, each of its values made of what was kept for it when it is asked for."""

    def __init__(self, kept: Mapping[str, Any], decode: Callable[[Any], T]) -> None:
        self._kept, self._decode = kept, decode

    def __getitem__(self, key: str) -> T:
        return self._decode(self._kept[key])

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def pack_text(text: str) -> "NDArray[np.uint8]":
    """Return a text as an array to be kept, which is read much faster than out of JSON."""
    import numpy as np

    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def read_text(file: "ArrayFile", name: str) -> str:
    """Return a text that was packed."""
    return file[name].tobytes().decode("utf-8")


def pack_table(table: Mapping[str, Any]) -> "NDArray[np.uint8]":
    """Return a table as an array to be kept: all keys, then what JSON makes of each value, line by line."""
    values = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in table.values())
    return pack_text("\n".join(table) + "\0" + "\n".join(values))


def language_table(name: str) -> Mapping[str, Any] | None:
    """Return a table of the language as it was kept; None where it has to be made."""
    file = language_file()
    return None if file is None else _table(file, name)


@cache
def _table(file: "ArrayFile", name: str) -> Mapping[str, Any]:
    keys, _, values = read_text(file, name).partition("\0")
    return Decoded(dict(zip(keys.split("\n"), values.split("\n"), strict=True)), json.loads)


def language_file() -> "ArrayFile | None":
    """Return the tables of the language as they were kept, which serve the whole process; None where none are."""
    for folder in reversed(tuple(_folders)):
        if folder not in _languages:
            _languages[folder] = _open(folder, LANGUAGE, sources_key())
        if (found := _languages[folder]) is not None:
            return found
    return None


def find(kind: str, key: str) -> "ArrayFile | None":
    """Return the tables of a kind with this key; None where there are none, or they are damaged."""
    opened = (_open(folder, kind, key) for folder in reversed(tuple(_folders)))
    return next((file for file in opened if file is not None), None)


def _open(folder: Path, kind: str, key: str) -> "ArrayFile | None":
    from search_app.array_file import ArrayFile
    from search_app.errors import IndexDamaged

    with suppress(OSError, ValueError, KeyError, IndexDamaged):
        file = ArrayFile(folder / _name(kind, key))
        for _ in file.checking():  # nearly all of it is read anyway
            pass
        if file.meta["key"] == key:
            return file
    return None


def keep(
    index: Path, kind: str, key: str, told: Mapping[str, Any], arrays: "Mapping[str, NDArray[np.generic]]"
) -> None:
    """Keep a little JSON and arrays for later processes, and remove what was kept of the same kind before.

    It is a convenience: where it cannot be written, nothing is kept and nothing fails.
    """
    from search_app.array_file import write_arrays

    name = _name(kind, key)
    draft = index / f"{name}.{os.getpid()}.new"
    try:
        index.mkdir(parents=True, exist_ok=True)  # where a cluster holds the index, nobody else made it
        write_arrays(draft, arrays, {"key": key, **told})
        draft.replace(index / name)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        return
    for old in index.glob(f"{kind}-*{_ENDING}"):
        if old.name != name:
            with suppress(OSError):  # Windows keeps what another process reads; a later run removes it
                old.unlink()


def is_kept(index: Path, kind: str, key: str) -> bool:
    """Tell whether tables of a kind with this key are there."""
    return (index / _name(kind, key)).is_file()


def _name(kind: str, key: str) -> str:
    return f"{kind}-{key}{_ENDING}"


@cache
def sources_key() -> str:
    """Return what tells the tables of the language from any others: the program, Python, and every source."""
    told = sha256(f"{__version__} {sys.version}".encode())
    for path in sorted(_sources()):
        state = path.stat()
        told.update(f"\n{path.name} {state.st_size} {state.st_mtime_ns}".encode())
    return told.hexdigest()[:_KEY_LENGTH]


def _sources() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from (path for path in (_OURS / folder).iterdir() if path.is_file())
    for library in _LIBRARIES:
        spec = find_spec(library)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            yield from (path for path in Path(place).iterdir() if path.is_file())


def derived_key(*parts: str) -> str:
    """Return the key of what is made from the tables of the language and from what these parts name."""
    return sha256("\n".join((sources_key(), *parts)).encode()).hexdigest()[:_KEY_LENGTH]
