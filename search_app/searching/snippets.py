"""Snippets: where a passage answers a query. Text and marks only; HTML is made at the door.

What was typed is marked where it stands literally (white space, case and width aside), else its words are. The
surprise: what a query excludes is never marked, and a quoted phrase is marked only as a whole. A fragment is whole
sentences where they fit, else whole clauses.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search_app.by_identity import ByIdentity
from search_app.language import FAINT, cut_signed, squeeze, squeeze_with_offsets
from search_app.language.analysis.han_numbers import ALL_DIGITS, NUMERALS
from search_app.lazy_patterns import lazy_pattern
from search_app.model import Fragment, Passage, Piece, Snippet
from search_app.query import Node, Phrase, Words
from search_app.query.trees import walk

#: How long a fragment may be, and how little more of a passage is shown for it to be whole.
WIDTH, LEEWAY = 160, 24
#: Where sentences end, with what closes them, and where they may be cut if they are too long.
_SENTENCE = lazy_pattern(r"[^。！？!?\n]*(?:[。！？!?\n]+[”’」』）)]*|$)")
_STOPS = frozenset("。；，、！？：;,!?\n")
#: What joins digits to one number, and the numerals that a mark (``2、`` ``三、``) follows.
_WITHIN_NUMBER = frozenset(".,，:：%％‰、")
_NUMERALS = frozenset(ALL_DIGITS + NUMERALS)


class _Mark(NamedTuple):
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
    """Return the sentences around the best matches as a fragment of about 160 characters; the first without any."""
    text = passage.text
    found = _found(text, query, heading=False)
    joined = _joined(text, found)
    start, end = _trimmed(text, *_best_run(text, found, joined))
    fragment = _pieces(text, start, end, joined)
    whole_start, whole_end = _trimmed(text, 0, len(text))
    return Snippet(fragments=(fragment,) if fragment else (), before=start > whole_start, after=end < whole_end)


def holds(squeezed: str, node: Words) -> bool:
    """Tell whether a squeezed text holds plain words: their characters as typed, or each of the words."""
    needle, wanted = _sought(node)
    return bool(needle) and (needle in squeezed or (bool(wanted) and all(word in squeezed for word in wanted)))


def _found(text: str, query: Node | None, *, heading: bool) -> list[_Mark]:
    squeezed, offsets = squeezed_once(text)
    found: list[_Mark] = []
    for of_heading, figure, needle, wanted in _all_sought(query):
        if of_heading and not heading:
            continue
        places = _places(squeezed, needle)
        if figure:
            places = [at for at in places if not _cuts_figure(squeezed, at, len(needle))]
        found += [_Mark(offsets[at], offsets[at + len(needle) - 1] + 1, needle) for at in places]
        for word in () if places else wanted:
            within = word.isascii()
            for at in _places(squeezed, word):
                if not (within and _within_run(squeezed, at, len(word))):
                    found.append(_Mark(offsets[at], offsets[at + len(word) - 1] + 1, word))
    found.sort()
    return found


@lru_cache(maxsize=1024)
def squeezed_once(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without white space, and where its characters stand; kept of the texts that were shown lately."""
    return squeeze_with_offsets(text)


def _list_sought(query: Node | None) -> tuple[tuple[bool, bool, str, tuple[str, ...]], ...]:
    """Return, of what a query asks for: whether only headings count, a figure at an end; its characters and words."""
    made = []
    for node in _positive(query):
        needle, wanted = _sought(node)
        figure = isinstance(node, Words) and any(end.isascii() and end.isdigit() for end in (needle[:1], needle[-1:]))
        made.append((node.field == "heading", figure, needle, wanted))
    return tuple(made)


_all_sought = ByIdentity(_list_sought)


@lru_cache(maxsize=512)
def _sought(node: Words | Phrase) -> tuple[str, tuple[str, ...]]:
    """Return the characters of a node, and the words to mark where those do not stand; a phrase has none.

    Faint words, and lone characters, are marked only where they are all there is.
    """
    if isinstance(node, Phrase) or node.whole:
        return squeeze(node.text), ()
    words = {token.text for token in cut_signed(node.text)}
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


def _places(squeezed: str, needle: str) -> list[int]:
    places: list[int] = []
    at = squeezed.find(needle) if needle else -1
    while at >= 0:
        places.append(at)
        at = squeezed.find(needle, at + 1)
    return places


def _joined(text: str, found: list[_Mark]) -> tuple[tuple[int, int], ...]:
    """Return the marks with those that touch, overlap or are parted only by white space made one."""
    joined: list[tuple[int, int]] = []
    for mark in found:
        if joined and not text[joined[-1][1] : mark.start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], mark.end))
        else:
            joined.append((mark.start, mark.end))
    return tuple(joined)


def _best_run(text: str, found: list[_Mark], joined: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Return the run of sentences that shows most terms, then most marks, then whole sentences, the first of equals."""
    if len(text) <= WIDTH + LEEWAY:
        return 0, len(text)
    best, most = (0, len(text)), (-1, -1, -1)
    for start, end, whole in _runs(text):
        inside = [mark.term for mark in found if start <= mark.start < end]
        worth = len(set(inside)), len(inside), whole
        if worth > most:
            best, most = (start, end), worth
    return _around(best, joined)


def _units(text: str) -> list[tuple[int, int, bool]]:
    """Return the sentences of a text, the long ones in clauses; each with whether it opens a sentence."""
    units: list[tuple[int, int, bool]] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        opens = True
        for cut_at in _cuts(text, start, end) if end - start > WIDTH else (end,):
            if start < cut_at:
                units.append((start, cut_at, opens))
            start, opens = cut_at, False
    return units


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a long sentence may be cut: after clauses, or within one that is too long, never in a number."""
    for at in range(start + 1, end + 1):
        stands = at == end or (text[at - 1] in _STOPS and not _splits_number(text, at))
        if stands or (at - start >= WIDTH // 2 and not _splits_number(text, at)):
            yield at
            start = at


@lru_cache(maxsize=1024)
def _runs(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the longest run of units from each that fits, with how many of its ends are those of sentences.

    Kept of the texts that were shown lately: who narrows and goes back is shown them again.
    """
    return tuple(_longest_runs(_units(text)))


def _longest_runs(units: list[tuple[int, int, bool]]) -> Iterator[tuple[int, int, int]]:
    count, last = len(units), 0
    for first, (start, _, opens) in enumerate(units):
        last = max(last, first)  # what fitted behind the unit before fits behind this one
        while last + 1 < count and units[last + 1][1] - start <= WIDTH:
            last += 1
        closes = last + 1 == count or units[last + 1][2]
        yield start, units[last][1], opens + closes


def _around(run: tuple[int, int], joined: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Return a run that cuts no match in two."""
    start, end = run
    for from_, to in joined:
        if from_ < start < to:
            start = from_
        if from_ < end < to:
            end = to
    return start, end


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
