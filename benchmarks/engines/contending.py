"""Contending: what an engine must do to be measured, what it is asked, and what it answers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

from benchmarks.generating import Filed
from search_app.language import cut_terms, squeeze
from search_app.model import Facet, Passage, Value
from search_app.query import Selection

#: The names of the engines and the modules that know them, each with a function ``contender(folder)``.
CONTENDERS = {
    "ours": "benchmarks.engines.own_contender",
    "tantivy": "benchmarks.engines.tantivy_contender",
    "fts5": "benchmarks.engines.sqlite_contender",
    "whoosh": "benchmarks.engines.whoosh_contender",
}
SIZE, VALUES = 10, 20  # how many matches, and how many values of each facet, are fetched
#: Cuts a text into words, or looks up the words that it was cut into before.
Cut = Callable[[str], Sequence[str]]
Counts = dict[Value, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: ``words`` must all stand in a passage, or one of them, or their characters in this order."""

    kind: str
    words: tuple[str, ...] = ()
    means: Literal["all", "any", "phrase", "character", "prefix"] = "all"
    selection: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found; ``reports`` is None where the engine cannot tell; ``snippets`` as many as ``ids``."""

    total: int
    reports: int | None
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    snippets: tuple[str, ...]
    facets: Mapping[Facet, Counts]


class Contender(Protocol):
    """An engine over a folder. Writing: put, put, …, commit. Reading: open, answer, answer, …"""

    version: str

    def prepare(self, filed: Filed, cut: Cut) -> Any:
        """Return the report as the engine takes it; depends on nothing else, so other processes may do it."""

    def put(self, prepared: Any) -> None: ...

    def commit(self) -> None:
        """Make what was put visible, and finish everything that the engine would do later."""

    def open(self) -> None: ...

    def answer(self, question: Question) -> Answer: ...

    def add(self, filed: Filed) -> None:
        """Put one more report into the index, so that the next answer holds it."""


def contender(name: str, folder: Path) -> Contender:
    """Return the engine of that name over a folder."""
    made: Contender = import_module(CONTENDERS[name]).contender(folder)
    return made


def tokens(text: str) -> list[str]:
    """Return the distinct words of what was typed."""
    return sorted(set(cut_terms(text)))


#: Stands for a sign in :func:`pairs`: a letter that no report holds, as engines skip signs, and words beside them meet.
_SIGN = "ɀ"


def pairs(text: str) -> str:
    """Return each two neighbouring characters, joined by blanks: exact phrases are phrases of them."""
    plain = "".join(char if char.isalnum() else _SIGN for char in squeeze(text))
    return " ".join(map("".join, zip(plain, plain[1:] + _SIGN, strict=False)))


def phrase_pairs(text: str) -> list[str]:
    """Return the pairs of a phrase of two characters or more."""
    return pairs(text).split()[:-1]


def place(filed: Filed) -> tuple[str, str]:
    """Return county and town, each with what is above, so that equal names of two places stay apart."""
    report = filed[0]
    return f"{report.city}{report.county}", f"{report.county}{report.town}"


def heading(passage: Passage) -> str:
    """Return the headings above a passage as one text."""
    return "\n".join(passage.headings)


def marked(text: str, question: Question) -> str:
    """Return eighty characters around the first match, matches marked: the least that a page of results shows."""
    needles = sorted(
        {*question.words, *(each for word in question.words for each in tokens(word))}, key=len, reverse=True
    )
    if not needles:
        return text[:80]
    pattern = re.compile("|".join(map(re.escape, needles)))
    first = pattern.search(text)
    start = max(first.start() - 20, 0) if first else 0
    return pattern.sub(r"<mark>\g<0></mark>", text[start : start + 80])
