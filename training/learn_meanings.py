"""Learn where words lie by the company they keep: ``python -m training.learn_meanings`` (or ``make meanings``).

In go the passages of training/passages/*.txt with the heading above each, each line of the tables of wordings, whose
words mean the same or nearly, and each line of training/associations/*.txt, whose words are of one matter; out comes
search_app/data/meanings.npz. Latent semantic analysis (S. Deerwester et
al., 1990): words, and the characters of words, weigh 1 + log(frequency) times log(texts / texts with the word), texts
have unit length; the vectors of words are the right singular vectors, scaled by the singular values. They are found
from the eigenvectors of the texts' Gram matrix. In the sum that is the meaning of a text each word weighs the root of
its rarity, and each character a share of that.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search_app.language import FAINT, cut_terms, dictionary_version
from search_app.language.similarity.lsa import DIMENSIONS, FILE, UNIT, parts_of
from training.written_passages import passage_files, passages_of

ROOT = Path(__file__).parents[1]
OUT = ROOT / "search_app" / "data" / FILE
TABLES = ("everyday.txt", "synonyms.txt")
ASSOCIATIONS = Path(__file__).parent / "associations"
#: A word must stand in so many texts to be learnt, and in no more than this share of them to tell anything.
FEWEST, COMMONEST = 3, 0.5
#: A character of a word says so much beside the word.
CHARACTER = 0.2
_SIGNS = re.compile("[=~>+/、]+")


def main() -> None:
    """Learn, and write the table."""
    texts = (*passages(), *wordings(), *associations())
    words, vectors, weights = learnt(texts)
    scaled = np.rint(vectors * UNIT / np.abs(vectors).max(axis=1, keepdims=True)).astype(np.int8)
    raw = np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)
    made_from = np.frombuffer(stamp().encode("ascii"), dtype=np.uint8)
    np.savez_compressed(OUT, words=raw, vectors=scaled, weights=weights.astype(np.float16), made_from=made_from)
    sys.stdout.write(f"{len(texts)} texts, {len(words)} words, {OUT.stat().st_size / 1000:.0f} kB\n")


def passages() -> Iterator[str]:
    """Yield each passage with the heading right above it."""
    for path in passage_files():
        for one in passages_of(path):
            yield "\n".join((one.text, *one.headings[-1:]))


def wordings() -> Iterator[str]:
    """Yield the words of each line of the tables of wordings."""
    for name in TABLES:
        for line in files("search_app.data").joinpath(name).read_text("utf-8-sig").splitlines():
            if said := line.partition("#")[0].strip():
                yield _SIGNS.sub(" ", said)


def associations() -> Iterator[str]:
    """Yield the words of each line of the associations."""
    for path in sorted(ASSOCIATIONS.glob("*.txt")):
        yield from (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))


def learnt(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the words and characters that can be learnt, in order, their vectors, and what each weighs in a text."""
    counted = [Counter(part for part in parts_of(cut_terms(text)) if part not in FAINT) for text in texts]
    holding = Counter(part for each in counted for part in each)
    parts = sorted(part for part, count in holding.items() if FEWEST <= count <= COMMONEST * len(texts))
    place = {part: at for at, part in enumerate(parts)}
    rarity = np.array([log(len(texts) / holding[part]) for part in parts])
    share = np.array([CHARACTER if len(part) == 1 else 1.0 for part in parts])
    matrix = np.zeros((len(texts), len(parts)), dtype=np.float32)
    for row, each in enumerate(counted):
        for part, count in each.items():
            if part in place:
                matrix[row, place[part]] = 1 + log(count)
    matrix *= (rarity * share).astype(np.float32)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    _, vectors = np.linalg.eigh((matrix @ matrix.T).astype(np.float64))
    return parts, matrix.T @ vectors[:, -DIMENSIONS:], np.sqrt(rarity / rarity.mean()) * share


def stamp() -> str:
    """Return a digest of all that the table is made from."""
    parts = [path.read_bytes() for path in passage_files()]
    parts += ["\n".join((*wordings(), *associations())).encode()]
    return sha256(
        b"\0".join([*parts, dictionary_version().partition("+")[2].encode(), str(DIMENSIONS).encode()])
    ).hexdigest()


if __name__ == "__main__":
    main()
