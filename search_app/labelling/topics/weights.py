"""Topic weights: how much each term of a text speaks for and against each topic, learnt from labelled passages.

The file data/topic_weights.tsv.gz is made by training/learn_topics.py and read here; the words of topics.toml
are laid over it when the program starts, so that an edited table works at once, with the weight that words of their
kind were found to have. A term is a run of two characters, or a word of the table. The surprise: the sum of a
text's terms is taken for a whole report at once.
"""

import gzip
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from search_app.errors import ConfigError
from search_app.labelling.rule_tables import NAMING, WORD_WEIGHTS, topic_words
from search_app.labelling.topics.vocabulary import PAIR, Found, Vocabulary
from search_app.lazy_patterns import lazy_pattern
from search_app.model import SECTIONS, TOPICS

FILE = "topic_weights.tsv.gz"
#: Names of the rows that are no terms; a term has no sign in it.
BIAS, TABLE, SECTION = "#始", "#词表 ", "#部分 "
#: A topic of the headings above, where the text names it too, where it names others only, where it names none.
ABOVE_SAME, ABOVE_OTHER, ABOVE_ALONE = "#标题同 ", "#标题异 ", "#标题独 "
AROUND = (
    BIAS,
    *(SECTION + section for section in SECTIONS),
    *(kind + topic for kind in (ABOVE_SAME, ABOVE_OTHER, ABOVE_ALONE) for topic in TOPICS),
)
_UNIT = 100  # weights are written as whole hundredths
_SIGN = lazy_pattern(r"[^\u4e00-\u9fffA-Za-z0-9]")

Scores = npt.NDArray[np.float32]


class Weights:
    """The weights of terms and of the few other features, ready to be summed."""

    def __init__(self, learnt: Mapping[str, Scores]) -> None:
        table = topic_words()
        nothing = np.zeros(len(TOPICS), dtype=np.float32)
        terms = {name: row for name, row in learnt.items() if not name.startswith("#")}
        kinds = [learnt.get(TABLE + topic, nothing) for topic in TOPICS]
        for word, meanings in table.items():
            extra = sum((WORD_WEIGHTS[kind] * kinds[TOPICS.index(topic)] for topic, kind in meanings), nothing)
            terms[word] = terms.get(word, nothing) + extra
        rows = {term: at for at, term in enumerate(terms, start=1)}  # row 0 is no term
        self.vocabulary = Vocabulary(rows)
        terms |= {name: learnt.get(name, nothing) for name in AROUND}
        self._rows = {term: at for at, term in enumerate(terms, start=1)}
        self._matrix = np.stack([nothing, *terms.values()])
        self._naming = np.zeros(len(terms) + 1, dtype=np.int64)  # the topics that a term names, one bit each
        for word, meanings in table.items():
            bits = {1 << TOPICS.index(topic) for topic, kind in meanings if kind in NAMING}
            self._naming[rows[word]] = sum(bits)

    def named(self, found: Found) -> list[frozenset[str]]:
        """Return for each text the topics that some of its terms name."""
        return [_topics(bits) for bits in np.bitwise_or.reduceat(self._naming[found.rows], found.starts).tolist()]

    def sums(self, found: Found) -> Scores:
        """Return for each text the sum of the weights of its terms."""
        summed: Scores = np.add.reduceat(self._matrix.take(found.rows, axis=0), found.starts, axis=0)
        return summed

    def around(self, names: Sequence[Sequence[str]]) -> Scores:
        """Return for each collection of names in AROUND, none empty, the sum of their weights."""
        rows = [self._rows[name] for each in names for name in each]
        starts = [0, *accumulate(map(len, names[:-1]))]
        summed: Scores = np.add.reduceat(self._matrix[rows], starts, axis=0)
        return summed

    def of(self, term: str) -> Scores:
        """Return the weights of one known term."""
        row: Scores = self._matrix[self._rows[term]]
        return row


@lru_cache(maxsize=4096)
def _topics(bits: int) -> frozenset[str]:
    return frozenset(topic for at, topic in enumerate(TOPICS) if bits >> at & 1)


def all_runs(text: str) -> set[str]:
    """Return every run of characters that may become a term."""
    pairs = {text[at : at + PAIR] for at in range(len(text) - PAIR + 1)}
    return {pair for pair in pairs if not _SIGN.search(pair)}


def stance(topic: str, named: Collection[str]) -> str:
    """Return the name of the row for a topic of the headings above, given what the text itself names."""
    if topic in named:
        return ABOVE_SAME + topic
    return (ABOVE_OTHER if named else ABOVE_ALONE) + topic


@cache
def weights() -> Weights:
    """Return the weights that the program was shipped with, under the present table."""
    return Weights(read(files("search_app.data").joinpath(FILE).read_bytes()))


def read(raw: bytes) -> dict[str, Scores]:
    """Return the rows of a file by name. Raises ConfigError for a file that is none."""
    try:
        lines = gzip.decompress(raw).decode("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("# ")]
        numbers = np.array([row[1:] for row in rows], dtype=np.float32).reshape(len(rows), len(TOPICS)) / _UNIT
    except (OSError, EOFError, ValueError) as error:
        raise ConfigError(f"权重表 {FILE} 读不出来：{error}", hint="请重新安装，或换回原来的文件。") from error
    return {row[0]: numbers[at] for at, row in enumerate(rows)}


def written(learnt: Mapping[str, Scores], head: str) -> bytes:
    """Return the file that holds these rows; the same rows give the same bytes."""
    lines = [f"# {line}" for line in head.splitlines()]
    for name in sorted(learnt):
        numbers = (f"{round(float(value) * _UNIT)}" for value in learnt[name])
        lines.append("\t".join((name, *numbers)))
    return gzip.compress("\n".join(lines).encode("utf-8"), mtime=0)
