"""Parallel headings: numbered paragraphs that open with slogans of one length and no mark behind them.

In: paragraphs with their numbers, and the headings found among them. Out: further headings, by their places
(（一）锻造执法队伍组织培训… （二）强化科技支撑在厂里装上…). One such opening is a sentence like any other
(组织执法队伍开展培训); that the paragraphs beside it are parted at the same place is what tells.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from search_app.language.analysis.tokenizer import tokenize
from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.markers import Marker, MarkerKind
from search_app.parsing.outline.heading_tests import FIGURES, STATEMENT, find_run_in
from search_app.parsing.outline.unbroken_headings import SLOGAN, STOP

_SHORTEST_FAMILY = 3
_SHORTEST, _LONGEST = 4, 12
_SHORTEST_SENTENCE = 15  # characters that follow upon a heading up to the first stop


def find_parallel(
    markers: Sequence[Marker | None], lines: Sequence[Line], known: Mapping[int, str]
) -> Mapping[int, str]:
    """Return the headings of equal length that text follows upon without a mark; ``known`` are those found already."""
    found: dict[int, str] = {}
    for family in _families(markers):
        bare = [at for at in family if at not in known and not _is_broken(lines[at].text, markers[at])]
        if len(family) < _SHORTEST_FAMILY or len(bare) < 2:
            continue
        found |= _parted(bare, markers, lines)
    return found


def _families(markers: Sequence[Marker | None]) -> Iterator[list[int]]:
    """Yield the places of the paragraphs numbered （一）（二）… in one series."""
    family: list[int] = []
    for at, marker in enumerate(markers):
        if marker is None:
            continue
        if marker.kind is MarkerKind.PAREN and marker.number > 1:
            family.append(at)
        elif marker.kind in (MarkerKind.PAREN, MarkerKind.COMMA, MarkerKind.PART):
            yield family
            family = [at] if marker.kind is MarkerKind.PAREN else []
    yield family


def _is_broken(text: str, marker: Marker | None) -> bool:
    return marker is None or len(text) < marker.end + 2 * _SHORTEST_SENTENCE or find_run_in(text, marker) is not None


def _parted(bare: Sequence[int], markers: Sequence[Marker | None], lines: Sequence[Line]) -> dict[int, str]:
    """Return the openings of the paragraphs, parted where a third show a slogan to end; none where one cannot be."""
    openings = {at: lines[at].text[marker.end :] for at in bare if (marker := markers[at]) is not None}
    lengths = Counter(len(seen.group()) for text in openings.values() if (seen := SLOGAN.match(text)) is not None)
    if not lengths:
        return {}
    length, agreeing = lengths.most_common(1)[0]
    if agreeing < 2 or 3 * agreeing < len(bare) or not _SHORTEST <= length <= _LONGEST:
        return {}
    if not all(_may_end(text, length) for text in openings.values()):
        return {}
    return {at: lines[at].text[: len(lines[at].text) - len(text) + length] for at, text in openings.items()}


def _may_end(text: str, length: int) -> bool:
    """Say whether a heading of this length may end here: words end too, and a sentence follows."""
    words = text[:length]
    stop = STOP.search(text)
    if STATEMENT.match(words) or FIGURES.search(words) or not words.isalnum():
        return False
    if stop is not None and stop.start() < length + _SHORTEST_SENTENCE:
        return False
    return not any(token.start < length < token.end for token in tokenize(text[: length + _SHORTEST_SENTENCE]))
