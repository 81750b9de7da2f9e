"""Unnumbered headings: the level of a heading that has no number, told by its neighbours, its style or its words.

In: the paragraphs and the headings that are open. Out: the kind and number that it counts as, with everything closed
that it ends. The surprise: most of them lost their number, and stand in the gap that it left.
"""

from search_app.parsing.lines.heading_names import is_annex, is_name
from search_app.parsing.lines.markers import MarkerKind
from search_app.parsing.outline.heading_tests import ROLE, TEMPLATE_KINDS
from search_app.parsing.outline.open_headings import HeadingKind, OpenHeadings, UnnumberedKind
from search_app.parsing.outline.paragraphs import Paragraphs

_LONGEST_ROLE = 16


class UnnumberedLevels:
    """Finds the levels of headings without a number, and makes room for them among those that are open."""

    def __init__(self, paragraphs: Paragraphs, opened: OpenHeadings) -> None:
        self._paragraphs = paragraphs
        self._open = opened

    def make_room(self, at: int, words: str, *, after_text: bool) -> tuple[HeadingKind, int]:
        """Close what the heading ends; return the kind and number it counts as. ``after_text``: it is not the first."""
        gap = None if is_annex(words) else self._gap(at, words, after_text=after_text)
        if gap is not None:
            self._open.close_for_number(*gap)
            return gap
        style = self._paragraphs.lines[at].level
        if style is not None and self._open.are_styled:
            self._open.close_styled(style)
            return UnnumberedKind.PLAIN, 1
        if self._is_amid_numbers(at):
            self._open.close_like(UnnumberedKind.AMID)
            return UnnumberedKind.AMID, 1
        return self._room_by_words(words), 1

    def _gap(self, at: int, words: str, *, after_text: bool) -> tuple[MarkerKind, int] | None:
        """Return the number that the heading lost, judged by its numbered neighbours."""
        following = self._next_numbers(at)
        numbered = self._open.numbered()
        for kind, heading in numbered:
            if following.get(kind) == heading.number + 2:
                return kind, heading.number + 1
        kinds = {kind for kind, _ in numbered}
        for kind, number in following.items():
            if number == 2 and kind not in kinds and kind in TEMPLATE_KINDS:
                return kind, 1
        return self._gap_at_the_end(following, words, after_text=after_text)

    def _next_numbers(self, at: int) -> dict[MarkerKind, int]:
        """Return the next number of each kind below, up to the next 一、."""
        following: dict[MarkerKind, int] = {}
        for marker in self._paragraphs.markers_below(at):
            following.setdefault(marker.kind, marker.number)
            if marker.kind is MarkerKind.COMMA:
                break
        return following

    def _gap_at_the_end(
        self, following: dict[MarkerKind, int], words: str, *, after_text: bool
    ) -> tuple[MarkerKind, int] | None:
        """Return the number of the last of a series: a last part (下一步打算), or the last section of an inner one."""
        numbered = self._open.numbered()
        if not numbered:
            return None
        (first_kind, first), (last_kind, last) = numbered[0], numbered[-1]
        ends = first_kind is MarkerKind.COMMA and MarkerKind.COMMA not in following
        if ends and ROLE.search(words) and len(words) <= _LONGEST_ROLE:
            return MarkerKind.COMMA, first.number + 1
        ends = len(numbered) > 1 and following.get(last_kind) != last.number + 1
        if ends and last.own_line and after_text:
            return last_kind, last.number + 1
        return None

    def _is_amid_numbers(self, at: int) -> bool:
        """Say whether the inner numbers above a line go on below it, so that it stands inside of one of them."""
        numbered = self._open.numbered()
        if len(numbered) < 2:
            return False
        ranks = self._paragraphs.ranks
        kind, innermost = numbered[-1]
        for marker in self._paragraphs.markers_below(at):
            if marker.kind is kind:
                return marker.number == innermost.number + 1
            if ranks[marker.kind] < ranks[kind]:
                return False
        return False

    def _room_by_words(self, words: str) -> UnnumberedKind:
        """Close what a heading without other evidence ends; return the kind it counts as."""
        outermost = self._open.outermost
        if is_annex(words):
            self._open.keep(0)
            return UnnumberedKind.ROLE
        if outermost is not None and isinstance(outermost.kind, MarkerKind):
            beside = outermost.kind not in (MarkerKind.PART, MarkerKind.COMMA) and is_name(words)
            self._open.keep(0 if beside else 1)
            return UnnumberedKind.ROLE if beside else UnnumberedKind.PLAIN
        role = bool(ROLE.search(words)) or is_name(words)
        if role or outermost is None:
            self._open.keep(0)
            return UnnumberedKind.ROLE if role else UnnumberedKind.PLAIN
        self._open.keep(1 if outermost.kind is UnnumberedKind.ROLE else 0)
        return UnnumberedKind.PLAIN
