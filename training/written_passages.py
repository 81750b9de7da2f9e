"""The passages written to be learnt from: ``passages/*.txt``, and for topics alone ``topics/*.txt``.

The first lines of ``passages/1.txt`` tell the format.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search_app.model import SECTIONS, TOPICS

FOLDER = Path(__file__).parent / "passages"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPassage:
    """A passage with the headings above it, the topics that hold, and those one may argue about."""

    headings: tuple[str, ...]
    text: str
    topics: frozenset[str]
    free: frozenset[str]


def passage_files() -> tuple[Path, ...]:
    """Return the files in the order in which they are learnt."""
    return tuple(sorted(FOLDER.glob("*.txt")))


def topic_passage_files() -> tuple[Path, ...]:
    """Return the files that topics are learnt from, in their order."""
    return (*passage_files(), *sorted(FOLDER.parent.joinpath("topics").glob("*.txt")))


def passages_of(path: Path) -> Iterator[WrittenPassage]:
    """Yield the passages of a file. Raises ValueError where a label does not exist."""
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    for block in filter(str.strip, text.split("\n\n")):
        place, passage, labels = block.strip().splitlines()
        section, _, above = place.partition("|")
        holds, _, free = labels.partition("~")
        if section.strip() not in SECTIONS or not {*holds.split(), *free.split()} <= {*TOPICS, "-"}:
            raise ValueError(f"{path}: no such label: {place} / {labels}")
        yield WrittenPassage(
            headings=tuple(each for each in map(str.strip, above.split(" > ")) if each not in ("", "-")),
            text=passage.strip(),
            topics=frozenset(holds.split()) - {"-"},
            free=frozenset(free.split()),
        )
