"""Finding in a report: where what was typed stands literally, counted through a leaf in reading order.

Letters are compared as the index squeezes them, so that width, case, traditional writing and blanks make no
difference. The surprise: a :class:`Finder` counts as it goes, so that its places must be asked for in reading order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search_app.errors import BadSearch
from search_app.language import squeeze, squeeze_with_offsets

Range = tuple[int, int]

#: What is looked for in a report is a word or a line, no page.
MAX_FIND = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where it stands in one text: the places, and the number of the first of them, counting from 1."""

    ranges: tuple[Range, ...] = ()
    first: int = 1

    @property
    def last(self) -> int:
        """Return the number of the last place."""
        return self.first + len(self.ranges) - 1


class Finder:
    """Looks for one thing in text after text; ``count`` is how many places there were until now."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted.strip()
        if len(self.wanted) > MAX_FIND:
            raise BadSearch(
                f"要在报告里查找的字太多（{len(self.wanted)} 个）", hint=f"最多 {MAX_FIND} 个字，请只留要紧的几个字。"
            )
        self.count = 0
        squeezed = squeeze(self.wanted)
        self._squeezed = "" if set(squeezed) == {"|"} else squeezed  # the borders of a table's cells are no text

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self._squeezed)

    def find(self, text: str) -> Places:
        """Return where it stands in the next text."""
        if not self._squeezed:
            return Places()
        squeezed, offsets = squeeze_with_offsets(text)
        ranges = tuple((offsets[at], offsets[at + len(self._squeezed) - 1] + 1) for at in self._starts(squeezed))
        first, self.count = self.count + 1, self.count + len(ranges)
        return Places(ranges=ranges, first=first)

    def count_by_leaf(self, texts: Iterable[tuple[int, str]]) -> Mapping[int, int]:
        """Return how often it stands on each leaf, of texts given with their leaves."""
        counts: dict[int, int] = {}
        for leaf, text in texts if self._squeezed else ():
            times = squeeze(text).count(self._squeezed)
            if times:
                counts[leaf] = counts.get(leaf, 0) + times
        return counts

    def _starts(self, squeezed: str) -> Iterator[int]:
        at = squeezed.find(self._squeezed)
        while at >= 0:
            yield at
            at = squeezed.find(self._squeezed, at + len(self._squeezed))
