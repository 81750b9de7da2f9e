"""Heads: the reports of a segment without outline and asides, as a list that reads what it is asked for."""

from collections.abc import Sequence
from typing import Any, overload

from numpy.typing import NDArray

from search_app.array_file import ArrayFile, Parts
from search_app.engines.records import unpack_head
from search_app.model import Report


class Heads(Sequence[Report]):
    """The reports of a segment without outline and asides, each unpacked when it is asked for."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file  # not the segment: nothing may hold itself, or its file would stay open for a while

    def __len__(self) -> int:
        return len(self._file["years"])

    @overload
    def __getitem__(self, number: int) -> Report: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Report, ...]: ...
    def __getitem__(self, number: int | slice) -> Report | tuple[Report, ...]:
        if isinstance(number, slice):
            return tuple(self[each] for each in range(*number.indices(len(self))))
        return unpack_head(slice_record(self._file["heads"], self._file["heads_ends"], number))


def slice_record(laid: NDArray[Any] | Parts, ends: NDArray[Any], number: int) -> bytes:
    """Return one of the byte records that are laid end to end."""
    start = int(ends[number - 1]) if number else 0
    return laid[start : int(ends[number])].tobytes()
