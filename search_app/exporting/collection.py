"""A collection: what is exported, in the order in which it is read, whatever it comes from and whatever it becomes.

In: a result list, a report or a basket. Out: headings, passages and remarks below a block that says what they are. All
formats are written from this alone, so a new source needs no new writer, and a new format no new source.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from search_app.model import Passage, Report

#: Passages of a result list that one file holds at most.
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the opening block, such as 检索词: 矛盾纠纷调解."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading above what follows; level 1 is the outermost below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A passage taken out of its report, with its source.

    ``title`` stands above it where it is one of a list; ``address`` is where it can be read in its report.
    ``relevance`` is its score in a search, ``stands_for`` how many that say nearly the same are folded behind it.
    ``note`` is what whoever collected it wrote beside it, ``state`` what became of it since (原文已改动).
    """

    passage: Passage
    report: Report
    title: str = ""
    address: str = ""
    relevance: float | None = None
    stands_for: int = 0
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A passage in its place in its report; the first ``lead`` characters are a heading that runs into the text."""

    passage: Passage
    report: Report
    address: str = ""
    lead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A sentence that is no passage: what is missing, or text that stands outside the body."""

    text: str


Item: TypeAlias = Heading | Quoted | Read | Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All that one file holds: its title, what it is (``about``), when it was made, and the items in order."""

    title: str
    about: tuple[Fact, ...]
    made: datetime
    items: tuple[Item, ...]

    @property
    def passages(self) -> int:
        """Return how many passages are held."""
        return sum(isinstance(item, Quoted | Read) for item in self.items)
