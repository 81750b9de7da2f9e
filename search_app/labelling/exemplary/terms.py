"""Term weights: how much each pair of characters of a passage speaks for practice that could be copied, or against it.

The file data/exemplary_weights.tsv.gz is made by training/fit_exemplary.py and read here. In goes a text, out comes
what its terms weigh; rows that are no terms have names beginning with #. The surprise: terms are looked up all at once,
by a hash of their two characters; of those that were never learnt from, one in a hundred has the weight of another.
"""

import gzip
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from operator import add

import numpy as np
import numpy.typing as npt

from search_app.errors import ConfigError

FILE = "exemplary_weights.tsv.gz"
BIAS = "#始"
FIND = "#"  # what stands before the name of a kind of find
_UNIT = 1000  # weights are written as whole thousandths
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_BITS = 20
_MULTIPLIER, _SHIFT = np.uint32(2_654_435_761), np.uint32(32 - _BITS)  # Knuth's multiplicative hash
_SECOND = np.uint32(16)

Places = npt.NDArray[np.uint32]
Table = npt.NDArray[np.float32]


def fold(text: str) -> str:
    """Return a text without blanks, each figure as one 0: 3日内 and 15 日内 say the same."""
    return _FIGURE.sub("0", "".join(text.split()))


def terms(text: str) -> set[str]:
    """Return the different pairs of characters of a text."""
    folded = fold(text)
    return set(map(add, folded, folded[1:]))


def weigh(text: str, table: Table) -> float:
    """Return what the terms of a text weigh together; a long text weighs no more than a short one of the same kind."""
    places = _places(fold(text))
    places.sort()
    different = places[np.append(True, places[1:] != places[:-1])] if len(places) else places
    return float(table[different].sum()) / math.sqrt(max(len(different), 1))


def _places(folded: str) -> Places:
    """Return where in the table the pairs of a text stand."""
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    places: Places = (((codes[:-1] << _SECOND) ^ codes[1:]) * _MULTIPLIER) >> _SHIFT
    return places


def tabulate(known: Mapping[str, float]) -> Table:
    """Return the weights of terms as a table to look them up in."""
    table = np.zeros(1 << _BITS, dtype=np.float32)
    pairs = {term: weight for term, weight in known.items() if len(term) == len("甲乙") and not term.startswith(FIND)}
    places = _places("".join(pairs))[::2]
    np.add.at(table, places, np.array(list(pairs.values()), dtype=np.float32))
    return table


@cache
def weights() -> tuple[Mapping[str, float], Table]:
    """Return the weights that the program was shipped with, by name, and those of terms as a table."""
    known = read(files("search_app.data").joinpath(FILE).read_bytes())
    return known, tabulate(known)


def read(raw: bytes) -> dict[str, float]:
    """Return the weights of a file by name. Raises ConfigError for a file that is none."""
    try:
        lines = gzip.decompress(raw).decode("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("# ")]
        return {name: int(weight) / _UNIT for name, weight in rows}
    except (OSError, EOFError, ValueError) as error:
        raise ConfigError(f"权重表 {FILE} 读不出来：{error}", hint="请重新安装，或换回原来的文件。") from error


def written(made: Mapping[str, float], head: str) -> bytes:
    """Return the file that holds these weights; the same weights give the same bytes."""
    rows = [f"{name}\t{round(weight * _UNIT)}" for name, weight in sorted(made.items()) if round(weight * _UNIT)]
    return gzip.compress("\n".join((f"# {head}", *rows)).encode("utf-8"), mtime=0)
