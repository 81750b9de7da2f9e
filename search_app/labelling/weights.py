"""Weights: how much each term of a text speaks for and against each topic, learnt from labelled passages.

The file search_app/data/topic_weights.tsv.gz is made by scripts/learn_topics.py and read here; the words of topics.toml
are laid over it when the program starts, so that an edited table works at once, with the weight that words of their
kind were found to have. A term is a run of two characters, or a word of the table. The surprise: the sum of a
text's terms is taken for a whole report at once.
"""

import gzip
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from search_app.errors import ConfigError
from search_app.labelling.tables import NAMING, WORD_WEIGHTS, topic_words
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
RUN = 2  # characters of a term that is not in the table
_UNIT = 100  # weights are written as whole hundredths
_SIGN = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")

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
        self._longer: dict[str, tuple[str, ...]] = {}
        for word in (word for word in table if len(word) > RUN):
            start = word[:RUN]
            terms.setdefault(start, nothing)
            self._longer[start] = (*self._longer.get(start, ()), word)
        self._known = frozenset(term for term in terms if len(term) <= RUN)
        terms |= {name: learnt.get(name, nothing) for name in AROUND}
        self._rows = {term: at for at, term in enumerate(terms, start=1)}
        self._matrix = np.stack([nothing, *terms.values()])
        self._starts = frozenset(self._longer)
        self._naming = {
            word: topics
            for word, meanings in table.items()
            if (topics := {topic for topic, kind in meanings if kind in NAMING})
        }

    def terms(self, text: str) -> set[str]:
        """Return the different known terms of a text."""
        found = set(self._known.intersection(map(text.__getitem__, _pairs(len(text)))))
        for start in self._starts.intersection(found):
            found.update(word for word in self._longer[start] if word in text)
        return found

    def named(self, terms: set[str]) -> set[str]:
        """Return the topics that some of these terms name."""
        return set().union(*map(self._naming.__getitem__, self._naming.keys() & terms))

    def sums(self, texts: Sequence[Iterable[str]]) -> Scores:
        """Return for each collection of known terms the sum of their weights; names in AROUND are known too."""
        rows: list[int] = []
        starts: list[int] = []
        for terms in texts:
            starts.append(len(rows))
            rows.append(0)  # a row of nothing: no text is without one
            rows.extend(map(self._rows.__getitem__, terms))
        summed: Scores = np.add.reduceat(self._matrix[rows], starts, axis=0)
        return summed

    def of(self, term: str) -> Scores:
        """Return the weights of one known term."""
        row: Scores = self._matrix[self._rows[term]]
        return row


@lru_cache(maxsize=2048)
def _pairs(length: int) -> tuple[slice, ...]:
    """Return the slices that cut a text of this length into its runs of two characters."""
    return tuple(slice(at, at + RUN) for at in range(length - RUN + 1))


def all_runs(text: str) -> set[str]:
    """Return every run of characters that may become a term."""
    return {text[piece] for piece in _pairs(len(text)) if not _SIGN.search(text[piece])}


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
