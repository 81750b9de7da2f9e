"""Paragraphs: those of one report, with what each is by itself, before its place among the others is known.

In: joined lines. Out: the same lines, cut up where several numbered paragraphs share one, with their numbers and with
the headings that they are or open with.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from search_app.parsing.lines.clean_lines import Line
from search_app.parsing.lines.markers import Marker, MarkerKind, find_markers
from search_app.parsing.outline.heading_tests import find_run_ins, is_unnumbered_heading
from search_app.parsing.outline.marker_ranks import rank_kinds
from search_app.parsing.outline.named_series import Named, find_named, find_unnamed, hang_inside
from search_app.parsing.outline.parallel_headings import find_parallel
from search_app.parsing.outline.split_paragraphs import split_paragraphs
from search_app.parsing.outline.unbroken_headings import find_run_ons, find_unbroken

_FORESIGHT = 200  # paragraphs looked at for the next number of a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs:
    """The paragraphs of a report and their numbers; ``ranks`` tells which kind of number stands inside which."""

    lines: tuple[Line, ...]
    markers: tuple[Marker | None, ...]
    ranks: Mapping[MarkerKind, int]
    #: Headings of series without numbers (questions, 【信访】…, ◆守海), by their places.
    named: Mapping[int, Named]
    #: Places of the other unnumbered lines that are headings.
    unnumbered_headings: Container[int]
    #: Headings that unnumbered paragraphs open with, by their places.
    run_ins: Mapping[int, str]
    #: Headings that the text of a numbered paragraph follows upon without a mark, by their places.
    unbroken: Mapping[int, str]
    #: Pairs of slogans that a sentence follows upon without a mark, likewise.
    run_ons: Mapping[int, str]

    def markers_below(self, at: int) -> tuple[Marker, ...]:
        """Return the numbers of the paragraphs below a place, as far as one looks ahead."""
        return tuple(number for number in self.markers[at + 1 : at + _FORESIGHT] if number is not None)


def examine_paragraphs(lines: tuple[Line, ...], town: str | None) -> Paragraphs:
    """Return the paragraphs with what each is by itself; ``town`` is whose report it seems to be."""
    lines = split_paragraphs(lines)
    named = find_named(lines)
    numbers = find_markers(
        tuple(None if line.kind == "table" or at in named else line.text for at, line in enumerate(lines))
    )
    unnamed = find_unnamed(lines)
    headings = frozenset(
        at
        for at, line in enumerate(lines)
        if at not in named
        and at not in unnamed
        and numbers[at] is None
        and line.kind != "table"
        and is_unnumbered_heading(lines, numbers, at)
    )
    run_ons = find_run_ons(numbers, lines)
    unbroken = dict(find_unbroken(numbers, lines, town))
    unbroken |= find_parallel(numbers, lines, {**unbroken, **run_ons})
    return Paragraphs(
        lines=lines,
        markers=numbers,
        ranks=rank_kinds(numbers),
        named=hang_inside(named, numbers),
        unnumbered_headings=headings,
        run_ins=find_run_ins(lines, numbers, headings | named.keys()),
        unbroken=unbroken,
        run_ons=run_ons,
    )
