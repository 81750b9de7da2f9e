"""Printable text: what may stand in a file of any format, whatever a report or a name of a file holds.

What XML forbids, a terminal obeys or an editor hides becomes a � that is seen: control characters, lone surrogates,
non-characters and marks that turn the reading direction. Nothing is left out without a trace.
"""

from search_app.lazy_patterns import lazy_pattern

_BREAKS = lazy_pattern("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNFIT = lazy_pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_SPACES = lazy_pattern(r"\s+")


def make_printable(text: str) -> str:
    """Return a text whose lines end in one way, with a � for each character that no file should hold."""
    return _UNFIT.sub("\ufffd", _BREAKS.sub("\n", text))


def make_line(text: str) -> str:
    """Return a printable text on one line."""
    return _SPACES.sub(" ", make_printable(text)).strip()
