"""Corpus: generated reports in one file, each with its texts cut into words once, read back one at a time.

While it is written down, what questions are drawn from is gathered: how many passages hold each word and each
character, and some passages in full.
"""

import pickle
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generating import Filed, reports
from search_app.language import cut_terms
from search_app.model import Passage, Report

_SAMPLE = 4000


@dataclass(kw_only=True)
class Survey:
    """What a corpus holds: sizes, document frequencies, and some passages with their reports."""

    passages: int = 0
    text_bytes: int = 0
    words: int = 0
    holding: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    sample: list[tuple[Report, Passage]] = field(default_factory=list)


def write(path: Path, passages: int) -> Survey:
    """Generate so many passages into a file; its survey is kept beside it."""
    survey, draw = Survey(), random.Random(7)
    with path.open("wb") as file:
        for filed in reports(passages):
            cut = {text: cut_terms(text) for text in _texts(filed)}
            pickle.dump((filed, {text: " ".join(held) for text, held in cut.items()}), file, pickle.HIGHEST_PROTOCOL)
            for passage in filed[1]:
                _note(survey, draw, filed[0], passage, cut)
    path.with_suffix(".survey").write_bytes(pickle.dumps(survey))
    return survey


def survey_of(path: Path) -> Survey:
    """Return the survey that was kept beside a corpus."""
    survey: Survey = pickle.loads(path.with_suffix(".survey").read_bytes())  # noqa: S301  # our own file
    return survey


def read(path: Path) -> Iterator[tuple[Filed, Callable[[str], Sequence[str]]]]:
    """Yield the reports, and with each what looks up the words of its texts."""
    with path.open("rb") as file:
        while True:
            try:
                filed, joined = pickle.load(file)  # noqa: S301  # our own file
            except EOFError:
                return
            yield filed, {text: words.split() for text, words in joined.items()}.__getitem__


def _texts(filed: Filed) -> set[str]:
    report, passages = filed
    return {report.title or "", *(p.text for p in passages), *(one for p in passages for one in p.headings)}


def _note(survey: Survey, draw: random.Random, report: Report, passage: Passage, cut: dict[str, list[str]]) -> None:
    survey.passages += 1
    survey.text_bytes += len(passage.text.encode())
    survey.words += len(cut[passage.text])
    survey.holding.update(set(cut[passage.text]))
    survey.characters.update(set(passage.text))
    if len(survey.sample) < _SAMPLE:
        survey.sample.append((report, passage))
    elif (at := draw.randrange(survey.passages)) < _SAMPLE:
        survey.sample[at] = (report, passage)
