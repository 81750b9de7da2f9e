"""Snippets: where a passage answers a query. Text and marks only; HTML is made at the door.

What was typed is marked where it stands literally (white space, case and width aside), else its words are. The
surprise: what a query excludes is never marked, and a quoted phrase is marked only as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search_app.language import FAINT, cut_terms, squeeze, squeeze_with_offsets
from search_app.language.analysis.han_numbers import ALL_DIGITS, NUMERALS
from search_app.model import Fragment, Passage, Piece, Snippet
from search_app.query import Node, Phrase, Words
from search_app.query.trees import walk

#: How long a fragment is meant to be, and where it may be cut.
WIDTH = 80
_STOPS = frozenset("。；，、！？：;,!?\n")
#: What joins digits to one number, and the numerals that a mark (``2、`` ``三、``) follows.
_WITHIN_NUMBER = frozenset(".,，:：%％‰、")
_NUMERALS = frozenset(ALL_DIGITS + NUMERALS)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A matching range and which of the query's terms it answers."""

    start: int
    end: int
    term: str


def find_marks(text: str, query: Node | None, *, heading: bool = False) -> tuple[tuple[int, int], ...]:
    """Return the matching ranges of a text, ordered and disjoint, adjacent ones joined.

    ``heading`` says that the text is a heading or title, so that terms asked for there (``标题:``) count as well.
    """
    return _joined(text, _found(text, query, heading=heading))


def cut_pieces(text: str, query: Node | None, *, heading: bool = False) -> Fragment:
    """Return the whole text as pieces that are or are not a match."""
    return _pieces(text, 0, len(text), find_marks(text, query, heading=heading))


def cut(passage: Passage, query: Node | None) -> Snippet:
    """Return up to two fragments of about 80 characters around the best matches, in reading order."""
    text = passage.text
    found = _found(text, query, heading=False)
    joined = _joined(text, found)
    if not joined:
        chosen = [_window(text, 0, 0, ())]
    else:
        chosen = _best([_window(text, start, end, joined) for start, end in joined], found)
    fragments = (_pieces(text, start, end, joined) for start, end in chosen)
    return Snippet(fragments=tuple(fragment for fragment in fragments if fragment))


def _found(text: str, query: Node | None, *, heading: bool) -> list[_Mark]:
    squeezed_text = squeeze(text)
    offsets: Sequence[int] = ()
    found: list[_Mark] = []
    for node in _positive(query):
        if node.field == "heading" and not heading:
            continue
        needle, wanted = _sought(node)
        places = list(_places(squeezed_text, needle))
        if isinstance(node, Words):
            places = [at for at in places if not _cuts_figure(squeezed_text, at, len(needle))]
        if places:
            offsets = offsets or squeeze_with_offsets(text)[1]
            found += (_Mark(offsets[at], offsets[at + len(needle) - 1] + 1, needle) for at in places)
        for word in () if places else wanted:
            for at in _places(squeezed_text, word):
                if not (word.isascii() and _within_run(squeezed_text, at, len(word))):
                    offsets = offsets or squeeze_with_offsets(text)[1]
                    found.append(_Mark(offsets[at], offsets[at + len(word) - 1] + 1, word))
    return sorted(found, key=lambda mark: (mark.start, mark.end))


@lru_cache(maxsize=512)
def _sought(node: Words | Phrase) -> tuple[str, tuple[str, ...]]:
    """Return the characters of a node, and the words to mark where those do not stand; a phrase has none.

    Faint words, and lone characters, are marked only where they are all there is.
    """
    if isinstance(node, Phrase) or node.whole:
        return squeeze(node.text), ()
    words = set(cut_terms(node.text))
    telling = words - FAINT or words
    longer = {word for word in telling if len(word) > 1}
    return squeeze(node.text), tuple(sorted(longer or telling))


def _positive(query: Node | None) -> Iterator[Words | Phrase]:
    """Yield what was asked for, leaving out everything below an exclusion."""
    yield from (node for node in walk(query) if isinstance(node, Words | Phrase))


def _within_run(squeezed: str, at: int, length: int) -> bool:
    """Tell whether letters or digits go on before or behind a place: 28 in 2028."""
    around = squeezed[at - 1 : at] + squeezed[at + length : at + length + 1]
    return any(char.isascii() and char.isalnum() for char in around)


def _cuts_figure(squeezed: str, at: int, length: int) -> bool:
    """Tell whether a figure at an end of a place goes on beyond it: 12个 in 912个."""
    ends = squeezed[at - 1 : at + 1] if at else "", squeezed[at + length - 1 : at + length + 1]
    return any(len(end) == 2 and end.isascii() and end.isdigit() for end in ends)


def _places(squeezed: str, needle: str) -> Iterator[int]:
    at = squeezed.find(needle) if needle else -1
    while at >= 0:
        yield at
        at = squeezed.find(needle, at + 1)


def _joined(text: str, found: list[_Mark]) -> tuple[tuple[int, int], ...]:
    """Return the marks with those that touch, overlap or are parted only by white space made one."""
    joined: list[tuple[int, int]] = []
    for mark in found:
        if joined and not text[joined[-1][1] : mark.start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], mark.end))
        else:
            joined.append((mark.start, mark.end))
    return tuple(joined)


def _window(text: str, start: int, end: int, joined: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Return the range to show for a match: whole clauses where they fit, and no match cut in two."""
    if len(text) <= WIDTH:
        return _trimmed(text, 0, len(text))
    left = _clause_start(text, start)
    if end - left > WIDTH:  # the clause is too long: a little of what leads up to the match
        left = max(left, min(start, max(start - WIDTH // 4, end - WIDTH)))
        while left and _splits_number(text, left):
            left -= 1
    right = _clause_end(text, end, left + WIDTH)
    while left and right - (earlier := _clause_start(text, left - 1)) <= WIDTH:
        left = earlier
    for from_, to in joined:
        if from_ < left < to:
            left = from_
        if from_ < right < to:
            right = to
    return _trimmed(text, left, right)


def _clause_start(text: str, at: int) -> int:
    while at and not (text[at - 1] in _STOPS and not _splits_number(text, at)):
        at -= 1
    return at


def _clause_end(text: str, at: int, limit: int) -> int:
    """Return the end of the last clause that ends between ``at`` and ``limit``, else the limit."""
    limit = min(max(limit, at), len(text))
    if limit == len(text):
        return limit
    ends = (end for end in range(limit, max(at, 1) - 1, -1) if text[end - 1] in _STOPS)
    found = next((end for end in ends if not _splits_number(text, end)), None)
    return found or next((end for end in range(limit, at, -1) if not _splits_number(text, end)), limit)


def _splits_number(text: str, at: int) -> bool:
    """Tell whether a cut would fall inside a number, or between a mark such as ``2、`` and its item."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isdigit():
        return after.isdigit() or after in _WITHIN_NUMBER
    if before in _WITHIN_NUMBER and after.isdigit() and text[at - 2 : at - 1].isdigit():
        return True
    first = at - 1
    while before == "、" and first and text[first - 1] in _NUMERALS:
        first -= 1
    return first < at - 1 and (first == 0 or text[first - 1] in _STOPS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _best(windows: list[tuple[int, int]], found: list[_Mark]) -> list[tuple[int, int]]:
    """Return the window with the most terms and marks, then the one that adds most to it; in reading order."""
    chosen: list[tuple[int, int]] = []
    seen: set[str] = set()
    for _ in range(2):
        free = [window for window in windows if all(window[1] <= start or end <= window[0] for start, end in chosen)]
        if not free:
            break
        inside = {window: [mark for mark in found if window[0] <= mark.start < window[1]] for window in free}
        best = max(free, key=lambda window: (len({m.term for m in inside[window]} - seen), len(inside[window])))
        chosen.append(best)
        seen |= {mark.term for mark in inside[best]}
    return sorted(chosen)


def _pieces(text: str, start: int, end: int, joined: tuple[tuple[int, int], ...]) -> Fragment:
    """Return a range of the text as pieces; joined they are ``text[start:end]``."""
    found: list[Piece] = []
    at = start
    for from_, to in joined:
        from_, to = max(from_, start), min(to, end)
        if from_ >= to:
            continue
        if at < from_:
            found.append(Piece(text=text[at:from_]))
        found.append(Piece(text=text[from_:to], match=True))
        at = to
    if at < end:
        found.append(Piece(text=text[at:end]))
    return tuple(found)
