"""Term weights: how much each pair of characters of a passage speaks for practice that could be copied, or against it.

The file data/exemplary_weights.tsv.gz is made by training/fit_exemplary.py and read here. In goes a text, out come its
different terms, and the weights by name; names of rows that are no terms begin with #. The surprise: a figure is one
term, however long, and blanks stand in none, so that 3日内 and 15 日内 say the same.
"""

import gzip
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from search_app.errors import ConfigError

FILE = "exemplary_weights.tsv.gz"
BIAS = "#始"
FIND = "#"  # what stands before the name of a kind of find
_UNIT = 1000  # weights are written as whole thousandths
_PAIR = 2
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_BLANK = re.compile(r"\s+")


def terms(text: str) -> set[str]:
    """Return the different pairs of characters of a text."""
    folded = _FIGURE.sub("0", _BLANK.sub("", text))
    return {folded[at : at + _PAIR] for at in range(len(folded) - _PAIR + 1)}


def weigh(text: str, known: Mapping[str, float]) -> float:
    """Return what the terms of a text weigh together; a long text weighs no more than a short one of the same kind."""
    found = terms(text)
    return sum(map(known.get, found & known.keys())) / max(len(found), 1) ** 0.5  # type: ignore[arg-type]


@cache
def weights() -> Mapping[str, float]:
    """Return the weights that the program was shipped with."""
    return read(files("search_app.data").joinpath(FILE).read_bytes())


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
