"""The wording diff: how the wording of one passage departs from another's, word by word.

In: two texts. Out: parts in reading order, which say what is the same, what is said instead, what is added and what is
left out; width and letter case are no difference. The surprise: of very long texts (tables of many rows) clauses are
held against each other instead of words, because the time grows with the square of their number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from search_app.language import fold, tokenize
from search_app.lazy_patterns import lazy_pattern

#: Both texts together; beyond, clauses are compared.
MAX_CHARACTERS = 4_000
_CLAUSE = lazy_pattern(r"[^，。；！？\n]*[，。；！？\n]+|[^，。；！？\n]+")
_FIGURE = lazy_pattern(r"[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of a text; ``instead`` is what the other text has in its place, None where both say the same.

    Text without a counterpart (``instead=""``) is added, a counterpart without text is left out.
    """

    text: str
    instead: str | None = None


def diff_wording(text: str, other: str) -> tuple[Part, ...]:
    """Return a text in parts, held against another; the texts of the parts joined are the text."""
    return diff_both(text, other)[0]


def diff_both(text: str, other: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return two texts in parts, each held against the other: both have the same parts, one opposite the other."""
    long = len(text) + len(other) > MAX_CHARACTERS
    cut = _clauses if long else _words
    ours, theirs = cut(text), cut(other)
    steps = _without_crumbs(_steps(ours, theirs, hasty=long), ours)
    pairs = [("".join(ours[step.ours]), "".join(theirs[step.theirs]), step.same) for step in steps]
    return (
        tuple(Part(text=mine, instead=None if same else its) for mine, its, same in pairs),
        tuple(Part(text=its, instead=None if same else mine) for mine, its, same in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """Which units of either text stand opposite each other."""

    same: bool
    ours: slice
    theirs: slice


def _steps(ours: Sequence[str], theirs: Sequence[str], *, hasty: bool) -> Iterator[_Step]:
    """Yield what is the same and what is not, by turns; in haste, units that stand everywhere are no anchors."""
    matcher = SequenceMatcher(None, [fold(unit) for unit in theirs], [fold(unit) for unit in ours], autojunk=hasty)
    for tag, their_start, their_end, our_start, our_end in matcher.get_opcodes():
        yield _Step(tag == "equal", slice(our_start, our_end), slice(their_start, their_end))


def _without_crumbs(steps: Iterator[_Step], ours: Sequence[str]) -> list[_Step]:
    """Return the steps with single characters that chance left the same between two changes made part of them.

    Beside figures they stay: 42件 became 38件 is read at a glance, a run of units and figures is not.
    """
    made: list[_Step] = []
    for step in steps:
        if len(made) > 1 and not step.same and made[-1].same and _is_crumb(ours, made[-2], made[-1], step):
            first = made[-2]
            made[-2:] = [
                _Step(False, slice(first.ours.start, step.ours.stop), slice(first.theirs.start, step.theirs.stop))
            ]
        else:
            made.append(step)
    return made


def _is_crumb(ours: Sequence[str], before: _Step, between: _Step, after: _Step) -> bool:
    around = "".join((*ours[before.ours], *ours[after.ours]))
    alone = "".join(ours[between.ours])
    return len(alone) == 1 and alone.isalnum() and not _FIGURE.search(alone + around)


def _words(text: str) -> list[str]:
    """Return the text as its longest words, everything between them character by character."""
    units: list[str] = []
    end = 0
    for token in sorted(tokenize(text), key=lambda token: (token.start, -token.end)):
        if token.start >= end:
            units += [*text[end : token.start], text[token.start : token.end]]
            end = token.end
    return [*units, *text[end:]]


def _clauses(text: str) -> list[str]:
    return _CLAUSE.findall(text)
