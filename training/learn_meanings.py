"""Learn where words lie by the company they keep: ``python -m training.learn_meanings`` (or ``make meanings``).

In go the passages of training/passages/*.txt with the heading above each, out comes search_app/data/meanings.npz.
Latent semantic analysis: words weigh 1 + log(frequency) times log(passages / passages with the word), passages have
unit length; the vectors of words are the right singular vectors, scaled by the root of the singular values (S.
Deerwester et al., 1990; the root as in O. Levy, Y. Goldberg, I. Dagan, "Improving Distributional Similarity", 2015,
3.3). They are found as the eigenvectors of the words' Gram matrix.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search_app.language import FAINT, cut_terms, dictionary_version
from search_app.language.similarity.lsa import DIMENSIONS, FILE, UNIT
from training.written_passages import passage_files, passages_of

ROOT = Path(__file__).parents[1]
OUT = ROOT / "search_app" / "data" / FILE
#: A word must stand in so many passages to be learnt, and in no more than this share of them to tell anything.
FEWEST, COMMONEST = 3, 0.5


def main() -> None:
    """Learn, and write the table."""
    texts = tuple(passages())
    words, vectors = learnt(texts)
    scaled = np.rint(vectors * UNIT / np.abs(vectors).max(axis=1, keepdims=True)).astype(np.int8)
    raw = np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)
    made_from = np.frombuffer(stamp().encode("ascii"), dtype=np.uint8)
    np.savez_compressed(OUT, words=raw, vectors=scaled, made_from=made_from)
    sys.stdout.write(f"{len(texts)} passages, {len(words)} words, {OUT.stat().st_size / 1000:.0f} kB\n")


def passages() -> Iterator[str]:
    """Yield each passage with the heading right above it."""
    for path in passage_files():
        for one in passages_of(path):
            yield "\n".join((one.text, *one.headings[-1:]))


def learnt(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Return the words that can be learnt, in order, and their vectors."""
    counted = [Counter(word for word in cut_terms(text) if is_telling(word)) for text in texts]
    holding = Counter(word for each in counted for word in each)
    words = sorted(word for word, count in holding.items() if FEWEST <= count <= COMMONEST * len(texts))
    place = {word: at for at, word in enumerate(words)}
    matrix = np.zeros((len(texts), len(words)), dtype=np.float64)
    for row, each in enumerate(counted):
        for word, count in each.items():
            if word in place:
                matrix[row, place[word]] = (1 + log(count)) * log(len(texts) / holding[word])
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    values, vectors = np.linalg.eigh(matrix.T @ matrix)
    return words, vectors[:, -DIMENSIONS:] * np.sqrt(np.maximum(values[-DIMENSIONS:], 0))


def is_telling(word: str) -> bool:
    """Tell whether a word can have a meaning of its own."""
    return len(word) > 1 and not word.isascii() and word not in FAINT


def stamp() -> str:
    """Return a digest of all that the table is made from."""
    parts = [path.read_bytes() for path in passage_files()]
    return sha256(
        b"\0".join([*parts, dictionary_version().partition("+")[2].encode(), str(DIMENSIONS).encode()])
    ).hexdigest()


if __name__ == "__main__":
    main()
