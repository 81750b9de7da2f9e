"""Named series: headings without a number that only several of one shape make believable.

In: the paragraphs. Out: by its place, the heading that each of a series is or opens with. Questions have their answers
below them; three paragraphs that open with a name in brackets (【信访】…), or three lines of a mark and a name (◆守海),
are all headed so. One alone may be anything; what captions and web pages have in brackets names nothing.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from search_app.language.analysis.asked_lines import answers, asks
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.heading_names import names_nothing
from search_app.parsing.lines.markers import Marker, MarkerKind
from search_app.parsing.outline.open_headings import UnnumberedKind

_SHORTEST_SERIES = 3
_LEAST_ANSWERED = 2  # questions whose answers say that they are some
_BOXED = re.compile(r"[【［][^】］，。；：]{1,20}[】］]")
#: Numbers that headings have, the innermost first.
_ENCLOSING = (MarkerKind.DOT, MarkerKind.PAREN, MarkerKind.COMMA, MarkerKind.PART)
_MARKED = re.compile(r"(?P<mark>[◆◇■□●★▶➢▲])\s?[\u4e00-\u9fff“”、]{2,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A heading of a series; ``own_line`` is false where the text follows upon it.

    ``inside`` is the kind of number whose headings go on across the series, which hangs below them.
    """

    text: str
    kind: UnnumberedKind
    own_line: bool
    inside: MarkerKind | None = None


def find_named(lines: Sequence[Line]) -> Mapping[int, Named]:
    """Return the headings of all series by their places."""
    found: dict[int, Named] = {}
    series: defaultdict[str, dict[int, Named]] = defaultdict(dict)
    for at, line in enumerate(lines):
        if line.kind == "table":
            continue
        boxed = _BOXED.match(line.text)
        if boxed and not names_nothing(line.text) and not asks(line.text) and not answers(line.text):
            own_line = boxed.end() == len(line.text)
            series["【"][at] = Named(text=boxed.group(), kind=UnnumberedKind.BOXED, own_line=own_line)
        elif marked := _MARKED.fullmatch(line.text):
            series[marked["mark"]][at] = Named(text=line.text, kind=UnnumberedKind.MARKED, own_line=True)
    for one in series.values():
        headed = {at: named for at, named in one.items() if not named.own_line or _has_text(lines, one, at)}
        if len(headed) >= _SHORTEST_SERIES:
            found |= headed
    return found | {at: _question(lines[at].text) for at in _find_questions(lines)}


def find_unnamed(lines: Sequence[Line]) -> Set[int]:
    """Return the places of short lines that head nothing: captions, and words behind a mark that stand in a list."""
    marked = {at: found["mark"] for at, line in enumerate(lines) if (found := _MARKED.fullmatch(line.text))}
    listed = {at for at, mark in marked.items() if mark in (marked.get(at - 1), marked.get(at + 1))}
    return listed | {at for at, line in enumerate(lines) if names_nothing(line.text)}


def _has_text(lines: Sequence[Line], series: Mapping[int, Named], at: int) -> bool:
    """Say whether something stands below a line, and it is none of a list of its series."""
    listed = at + 1 in series or ((above := series.get(at - 1)) is not None and above.own_line)
    return at + 1 < len(lines) and not listed


def hang_inside(named: Mapping[int, Named], markers: Sequence[Marker | None]) -> Mapping[int, Named]:
    """Return the headings of all series, those that numbered headings go on across marked as inside them."""
    series: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in named.items():
        if one.kind is not UnnumberedKind.QUESTION:
            series[one.text[0]].append(at)
    found = dict(named)
    for places in series.values():
        inside = _enclosing(sorted(places), named, markers)
        found |= {at: replace(named[at], inside=inside) for at in places}
    return found


def _enclosing(
    places: Sequence[int], named: Mapping[int, Named], markers: Sequence[Marker | None]
) -> MarkerKind | None:
    """Return the innermost kind of number that goes on, and never begins anew, across a series."""
    for kind in _ENCLOSING:
        numbers = [(at, one.number) for at, one in enumerate(markers) if one is not None and one.kind is kind]
        if numbers and _goes_on(places, numbers) and (numbers[0][0] < places[0] or _is_beside(places, named, numbers)):
            return kind
    return None


def _goes_on(places: Sequence[int], numbers: Iterable[tuple[int, int]]) -> bool:
    across = [
        two - one
        for (last, one), (following, two) in pairwise(numbers)
        if bisect_left(places, last) < bisect_left(places, following)
    ]
    return bool(across) and set(across) == {1}


def _is_beside(places: Sequence[int], named: Mapping[int, Named], numbers: Iterable[tuple[int, int]]) -> bool:
    """Say whether a series that begins above the first number has texts of its own, and no list of numbers below."""
    parts = [bisect_left(places, at) for at, _ in numbers]
    return len(parts) == len(set(parts)) and not any(named[at].own_line for at in places)


def _find_questions(lines: Sequence[Line]) -> list[int]:
    """Return where questions stand: all that text follows upon, where some of it says that it answers."""
    asked = [at for at, line in enumerate(lines[:-1]) if asks(line.text) and not asks(lines[at + 1].text)]
    answered = sum(answers(lines[at + 1].text) for at in asked)
    return asked if answered >= _LEAST_ANSWERED or len(asked) >= _SHORTEST_SERIES else []


def _question(text: str) -> Named:
    return Named(text=text, kind=UnnumberedKind.QUESTION, own_line=True)
