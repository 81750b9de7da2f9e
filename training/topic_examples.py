"""Examples for the topic weights: labelled passages as the classifier sees them.

They come from the passages written for this and from the documents of labelled sets, cut as the program cuts them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from search_app.labelling import situations
from search_app.labelling.topics.classify import Situation
from search_app.model import TOPICS, OutlineEntry, Passage, Report
from search_app.parsing import parse
from search_app.readers import read
from training.labelled_sets import LabelledSet, Labels, names, normalised, tables
from training.written_passages import WrittenPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage with the topics that hold and those one may argue about."""

    seen: Situation
    topics: frozenset[str]
    free: frozenset[str]


def of_written(passages: Iterable[WrittenPassage]) -> list[Example]:
    """Return an example of each passage, seen as a report of its own."""
    made = []
    for one in passages:
        (seen,) = situations(*_alone(one.headings, one.text))
        made.append(Example(seen=seen, topics=one.topics, free=one.free))
    return made


def _alone(headings: tuple[str, ...], text: str) -> tuple[Report, tuple[Passage]]:
    """Return a report of one passage."""
    last = len(headings) - 1
    outline = tuple(
        OutlineEntry(heading=heading, level=at + 1, passages=("1",) if at == last else ())
        for at, heading in enumerate(headings)
    )
    passage = Passage(id="1", report="", number=1, headings=headings, text=text)
    return Report(id="", path="", outline=outline), (passage,)


def of_set(labelled: LabelledSet) -> list[Example]:
    """Return the labelled passages of a set."""
    return [each for labels in labelled.labels() for each in of_document(labelled.document(labels), labels)]


def of_document(file: Path, labels: Labels) -> list[Example]:
    """Return the labelled passages of one document; several quotes in one passage are labels of one."""
    report, passages = parse(read(file), path=str(labels["path"]))
    texts = [normalised(passage.text) for passage in passages]
    held: dict[int, list[Labels]] = {}
    for part in tables(labels, "parts"):
        quote = normalised(str(part["quote"]))
        at = next((at for at, text in enumerate(texts) if quote in text), -1)
        if at >= 0 and "topics" in part:
            held.setdefault(at, []).append(part)
    seen = situations(report, passages)
    return [
        Example(
            seen=seen[at],
            topics=frozenset(topic for part in parts for topic in names(part, "topics")),
            free=frozenset(topic for part in parts for topic in names(part, "either") if topic in TOPICS),
        )
        for at, parts in sorted(held.items())
    ]
