"""Latent semantic analysis: which words and passages are about the same, told by the company that words keep.

S. Deerwester et al., "Indexing by Latent Semantic Analysis", 1990: each word has a place in a space of some dozens of
dimensions, learnt once by training/learn_meanings.py from passages and lines of words that go together, written for
this project, and from the tables of wordings; a text lies where its words point together, rare ones more than frequent
ones, and the cosine between two texts tells how near they are. In: words of the analyser. Out: vectors of DIMENSIONS
numbers. The surprise: characters of words have a place as well, so that a word that was never learnt (戏曲) lies near
those that share one with it (戏台, 唱戏). Only words of two characters or more count; a text without any that is known
has no meaning here (None).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING, TypeAlias

from search_app.language.question.faint_words import FAINT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector: TypeAlias = NDArray[np.float32]  # DIMENSIONS

DIMENSIONS = 96
FILE = "meanings.npz"
#: Stored vectors are whole numbers up to this.
UNIT = 127


def embed(words: Iterable[str]) -> "Vector | None":
    """Return the unit vector of a text, given its words; None where none of them is known."""
    import numpy as np

    places, vectors = _table()
    counted: Counter[int | None] = Counter(map(places.get, parts_of(words)))
    counted.pop(None, None)
    if not counted:
        return None
    often = np.array([_weigh(count) for count in counted.values()], dtype=np.float32)
    summed: Vector = often @ vectors[[place for place in counted if place is not None]]
    length = float(np.sqrt(summed.dot(summed)))
    return summed / np.float32(length) if length else None


@cache
def _weigh(count: int) -> float:
    """Return what a word counts that stands so often in a text."""
    return 1 + log(count)


def is_known(words: Iterable[str]) -> bool:
    """Tell whether any of the words was learnt as a word, not only by its characters."""
    places, _ = _table()
    return any(len(word) > 1 and word in places for word in words)


def parts_of(words: Iterable[str]) -> Iterator[str]:
    """Yield the words that tell something, each as often as it is said, and their characters: once for each word.

    Whether a part has a place is left to whoever looks it up.
    """
    said = [word for word in words if len(word) > 1 and not word.isascii() and word not in FAINT]
    yield from said
    for word in dict.fromkeys(said):
        yield from dict.fromkeys(word)


def pack_embedding(words: Iterable[str]) -> bytes:
    """Return the meaning of a text in one byte for each dimension, zeros where it has none."""
    import numpy as np

    vector = embed(words)
    return bytes(DIMENSIONS) if vector is None else np.rint(vector * UNIT).astype(np.int8).tobytes()


@cache
def meanings_version() -> str:
    """Return a name for the table; an index made with another one must be rebuilt."""
    return sha256(files("search_app.data").joinpath(FILE).read_bytes()).hexdigest()[:12]


@cache
def _table() -> "tuple[Mapping[str, int], NDArray[np.float32]]":
    """Return word or character -> row, and their vectors, each as long as it weighs."""
    import numpy as np

    with files("search_app.data").joinpath(FILE).open("rb") as file, np.load(file, allow_pickle=False) as held:
        words = bytes(held["words"]).decode("utf-8").split("\n")
        vectors, weights = held["vectors"].astype(np.float32), held["weights"].astype(np.float32)
    vectors *= (weights / np.maximum(np.linalg.norm(vectors, axis=1), 1e-9))[:, np.newaxis]
    return {word: row for row, word in enumerate(words)}, vectors
