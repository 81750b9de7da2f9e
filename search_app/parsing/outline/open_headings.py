"""Open headings: the headings above the place reached in a report, outermost first: those whose parts go on.

In: headings, one after the other, and what ends their parts. Out: the levels, and which heading stands above.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from search_app.parsing.lines.markers import BRACKETED, MarkerKind


class UnnumberedKind(Enum):
    """The kinds of headings that have no number and take none from their neighbours."""

    PLAIN = auto()  #: a line of its own
    ROLE = auto()  #: a line that names an outermost part: 存在的问题
    AMID = auto()  #: a line between numbered paragraphs that go on below it
    NAMED = auto()  #: the name of a part that a paragraph opens with: 主要不足：…
    BOXED = auto()  #: the same in brackets: 【主要不足】…
    MARKED = auto()  #: a line of a mark and a name: ◆守海
    QUESTION = auto()  #: a question that what stands below it answers: 问：…
    RUN_IN = auto()  #: a short sentence that a paragraph opens with, as those beside it do: 健全领导机制。…


HeadingKind: TypeAlias = MarkerKind | UnnumberedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHeading:
    """A heading whose part is not yet over; ``style`` is the level that the file itself gives it.

    ``inside`` is the kind of number that a heading without one stands inside.
    """

    kind: HeadingKind
    number: int
    style: int | None
    own_line: bool
    text: str
    index: int
    inside: MarkerKind | None = None


class OpenHeadings:
    """The headings above the place reached; whatever closes one closes those inside it."""

    def __init__(self, ranks: Mapping[MarkerKind, int]) -> None:
        self._ranks = ranks
        self._stack: list[OpenHeading] = []

    @property
    def innermost(self) -> OpenHeading | None:
        """Return the heading that text stands directly below."""
        return self._stack[-1] if self._stack else None

    @property
    def outermost(self) -> OpenHeading | None:
        """Return the heading of the first level."""
        return self._stack[0] if self._stack else None

    @property
    def parent(self) -> int:
        """Return the index of the innermost heading, -1 before the first."""
        return self._stack[-1].index if self._stack else -1

    @property
    def path(self) -> tuple[str, ...]:
        """Return the words of all open headings."""
        return tuple(heading.text for heading in self._stack)

    @property
    def are_styled(self) -> bool:
        """Say whether the file itself gives a level to any of them."""
        return any(heading.style is not None for heading in self._stack)

    def numbered(self) -> list[tuple[MarkerKind, OpenHeading]]:
        """Return the headings with a number, each with its kind."""
        return [(heading.kind, heading) for heading in self._stack if isinstance(heading.kind, MarkerKind)]

    def push(self, heading: OpenHeading) -> None:
        """Open a heading below all others that are open."""
        self._stack.append(heading)

    def keep(self, count: int) -> None:
        """Close all but the outermost ``count``."""
        del self._stack[count:]

    def close_like(self, kind: UnnumberedKind) -> None:
        """Close the heading of a kind, where one is open, so that the next one stands beside it."""
        depth = next((depth for depth, heading in enumerate(self._stack) if heading.kind is kind), len(self._stack))
        self.keep(depth)

    def close_styled(self, level: int) -> None:
        """Close what a heading of a level of the file's own ends, headings without such a level included."""
        while self._stack and ((style := self._stack[-1].style) is None or style >= level):
            self._stack.pop()

    def close_for_number(self, kind: MarkerKind, number: int) -> None:
        """Close what a paragraph with this number ends, so that the innermost heading is its parent."""
        goes_on = any(one.kind is kind and one.number == number - 1 for one in self._stack)
        for depth in range(len(self._stack) - 1, -1, -1):
            heading = self._stack[depth]
            mixed = {heading.kind, kind} == BRACKETED and heading.number == number - 1 and number > 1
            if heading.kind is kind or (mixed and not goes_on):
                self.keep(depth)
                return
        while self._stack and self._rank(self._stack[-1]) > self._ranks[kind]:
            self._stack.pop()

    def _rank(self, heading: OpenHeading) -> float:
        """Return how far inside a heading stands; one without a number is outside of all, or just inside one kind."""
        if isinstance(heading.kind, MarkerKind):
            return self._ranks[heading.kind]
        return -1 if heading.inside is None else self._ranks[heading.inside] + 0.5
