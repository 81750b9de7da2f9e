"""Source search: which passages of an index share wording with a text, found by asking for its words and then measured.

In: an engine, a text, and whose passages do not count. Out: passages that share runs of thirteen letters with it, with
where. First the text is cut into windows of seven letters, of which every such run holds a whole one: what no passage
holds ends there, at a fifth of a millisecond each. Then the passages that hold most of the rarest windows are measured;
what is left is asked for run by run. The surprise: a run may have figures and marks in it, which differ from report to
report; so it is asked for by its pieces, all of them, and measured only then.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.language.analysis.folding import fold
from search_app.language.similarity.shared_wording import RUN, Wording, find_shared
from search_app.model import Facet, Found, Match
from search_app.query import AllOf, AnyOf, Deadline, Node, Phrase, Ranking, Search

#: Every run of RUN letters without a mark in it holds a whole window of so many.
WINDOW = (RUN + 1) // 2
#: So many passages are measured for one question; where more hold the words, those of the rarest come first.
LISTED = 20
#: So many runs are asked for at once.
_AT_ONCE = 24
#: Of runs that hold a figure, which may have been changed, so many.
_FEW = 4
#: Single letters stand nearly everywhere: a piece of a run is asked for from so many on.
_PIECE = 2
#: What a passage is worth whatever is asked does not count: only how much of the words it holds, and how rare they are.
_RANKING = Ranking(exemplary=0.0, sections=(), elsewhere=1.0, common=0.0, same_town=1.0)
_LETTER = re.compile(r"[^\W\d_]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A passage that shares wording with a text, and where in the text."""

    match: Match
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """In how many reports of how many towns a wording stands."""

    reports: int
    towns: int


class OutOfTime(Exception):
    """Time was up before a text was looked through."""


class Letters:
    """The letters of a text: which there are, where each stands, and which stand side by side."""

    def __init__(self, text: str) -> None:
        runs = [match.span() for match in _LETTER.finditer(fold(text))]
        self.text = text
        self.places = [at for run in runs for at in range(*run)]
        self.chunks: list[Span] = []
        for start, end in runs:
            first = self.chunks[-1][1] if self.chunks else 0
            self.chunks.append((first, first + end - start))

    def windows(self) -> Iterator[Span]:
        """Yield windows over the letters, the last of a chunk anchored at its end; short chunks are one."""
        for start, end in self.chunks:
            if end - start <= WINDOW:
                if end - start >= _PIECE:
                    yield start, end
                continue
            yield from ((at, at + WINDOW) for at in range(start, end - WINDOW + 1, WINDOW))
            if (end - start) % WINDOW:
                yield end - WINDOW, end

    def phrase(self, start: int, end: int, *, written: bool = False) -> Node:
        """Return what finds these letters, by their pieces where marks or figures stand between them, or as written."""
        if written:
            return Phrase(text=self.text[self.places[start] : self.places[end - 1] + 1])
        inside = ((max(start, first), min(end, last)) for first, last in self.chunks)
        pieces = [self.text[self.places[a] : self.places[b - 1] + 1] for a, b in inside if b - a >= _PIECE]
        nodes = tuple(Phrase(text=piece) for piece in dict.fromkeys(pieces))
        return nodes[0] if len(nodes) == 1 else AllOf(children=nodes)

    def has_figure(self, start: int, end: int) -> bool:
        """Tell whether a figure stands between the first and the last of these letters."""
        return any(char.isdigit() for char in self.text[self.places[start] : self.places[end - 1]])

    def within(self, start: int, end: int) -> Span:
        """Return which letters stand from one place of the text to another."""
        from bisect import bisect_left

        return bisect_left(self.places, start), bisect_left(self.places, end)

    def __len__(self) -> int:
        return len(self.places)


class SourceSearch:
    """Finds sources in one index for one draft; what was asked of a wording is remembered.

    ``elsewhere`` is what a passage has to fulfil to count as a source; None = any does.
    """

    def __init__(self, engine: Engine, elsewhere: Node | None, deadline: Deadline | None = None) -> None:
        self._engine, self._elsewhere, self.deadline = engine, elsewhere, deadline
        self._counts: dict[str, int] = {}

    def look(self, text: str) -> "Looking":
        """Return what shares most of its wording with a text. Raises OutOfTime, IndexProblem."""
        letters = Letters(text)
        looking = Looking(letters)
        while windows := [each for each in letters.windows() if looking.is_open_around(each)]:
            before = looking.left()
            self._measure(looking, AnyOf(children=tuple(dict.fromkeys(letters.phrase(*each) for each in windows))))
            if looking.left() == before:
                break
        return looking

    def look_closer(self, looking: "Looking") -> None:
        """Find what shares any run with a text that nothing known so far does. Raises OutOfTime, IndexProblem."""
        letters = looking.letters
        for start, end in letters.windows():
            if looking.is_open_around((start, end)) and not self._count(letters, (start, end)):
                looking.close(range(max(0, end - RUN), min(start + 1, looking.runs)))
        while runs := looking.open_runs()[:_AT_ONCE]:
            self._look_into(looking, runs)

    def spread(self, text: str, span: Span) -> Spread:
        """Return how many reports and towns word a span of a text so."""
        letters = Letters(text)
        found = self._search(letters.phrase(*letters.within(*span)), size=1)
        towns = sum(1 for value in found.facets[Facet.TOWN] if value.count)
        return Spread(reports=found.reports, towns=towns)

    def _count(self, letters: Letters, window: Span) -> int:
        key = letters.text[letters.places[window[0]] : letters.places[window[1] - 1] + 1]
        if key not in self._counts:
            self._check_time()
            self._counts[key] = self._engine.count(Search(query=Phrase(text=key)))
        return self._counts[key]

    def _look_into(self, looking: "Looking", runs: Sequence[int]) -> None:
        """Find sources of these runs: by their pieces, and where too many passages hold those, as they are written.

        Where a figure stands in one, that may be another in its source: such runs are asked for few at a time.
        """
        self._ask_for(looking, runs, written=False)
        runs = [at for at in runs if looking.is_open(at)]
        self._ask_for(looking, runs, written=True)
        figured = [at for at in runs if looking.is_open(at) and looking.letters.has_figure(at, at + RUN)]
        for at in range(0, len(figured), _FEW):
            self._ask_for(looking, figured[at : at + _FEW], written=False)
        looking.close(runs)

    def _ask_for(self, looking: "Looking", runs: Sequence[int], *, written: bool) -> None:
        """Measure what holds these runs as long as that brings something new."""
        while runs := [at for at in runs if looking.is_open(at)]:
            before = looking.left()
            nodes = dict.fromkeys(looking.letters.phrase(at, at + RUN, written=written) for at in runs)
            if self._measure(looking, AnyOf(children=tuple(nodes))) <= LISTED and not written:
                looking.close(runs)
            if looking.left() == before:
                return

    def _measure(self, looking: "Looking", query: Node) -> int:
        """Measure the passages that a query lists; return how many match."""
        answer = self._search(query, size=LISTED)
        for match in answer.matches:
            looking.take(match)
        return answer.total

    def _search(self, query: Node, *, size: int) -> Found:
        self._check_time()
        whole = query if self._elsewhere is None else AllOf(children=(query, self._elsewhere))
        return self._engine.search(Search(query=whole, ranking=_RANKING, size=size))

    def _check_time(self) -> None:
        if self.deadline is not None and self.deadline.is_over():
            raise OutOfTime


class Looking:
    """How far the search for one text has come: which sources are known, and which runs may still have others."""

    def __init__(self, letters: Letters) -> None:
        self.letters = letters
        self.runs = max(0, len(letters) - RUN + 1)
        self.found: dict[str, Source] = {}
        self._seen: set[str] = set()
        self._possible = [
            any(min(at + RUN, last) - max(at, first) >= _PIECE for first, last in letters.chunks)
            for at in range(self.runs)
        ]
        self._covered = bytearray(len(letters))

    def take(self, match: Match) -> None:
        """Measure a passage, and keep it where it is a source."""
        if match.passage.id in self._seen:
            return
        self._seen.add(match.passage.id)
        spans = find_shared(self.letters.text, Wording((match.passage.text,)))
        if spans:
            self.found[match.passage.id] = Source(match=match, spans=spans)
        for span in spans:
            start, end = self.letters.within(*span)
            self._covered[start:end] = b"\1" * (end - start)

    def is_open(self, at: int) -> bool:
        """Tell whether the run that begins here may have a source, and would add a letter to what is known."""
        return self._possible[at] and 0 in self._covered[at : at + RUN]

    def is_open_around(self, window: Span) -> bool:
        """Tell whether a window lies in a run that is open."""
        last = min(window[0] + 1, len(self._possible))
        return any(self.is_open(at) for at in range(max(0, window[1] - RUN), last))

    def open_runs(self) -> list[int]:
        """Return the first letters of all open runs."""
        return [at for at in range(len(self._possible)) if self.is_open(at)]

    def left(self) -> int:
        """Return how many letters have no source."""
        return self._covered.count(0)

    def close(self, runs: Iterable[int]) -> None:
        """Note that all sources of these runs are known."""
        for at in runs:
            self._possible[at] = False


def count_letters(text: str, spans: Iterable[Span]) -> int:
    """Return how many letters of a text stand in spans, each counted once."""
    letters = Letters(text)
    covered = {at for span in spans for at in range(*letters.within(*span))}
    return len(covered)
