"""Ordinals: the numbers by which each segment knows sections and topics -> one numbering for a generation."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Ordinals(dict[Any, int]):
    """Numbers what it is asked for, in the order in which it is asked."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number


def unite(names: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], list[NDArray[np.int64]]]:
    """Return all names in order, and for each segment its ordinals' new ordinals."""
    union = sorted(set(chain.from_iterable(names)))
    position = {name: number for number, name in enumerate(union)}
    return tuple(union), [np.array([position[name] for name in own], dtype=np.int64) for own in names]


def move_bits(bits: NDArray[np.uint64], table: NDArray[Any]) -> NDArray[np.uint64]:
    """Return bits with every bit where the table says."""
    made = np.zeros(len(bits), dtype=np.uint64)
    for old, new in enumerate(table.tolist()):
        made |= (bits >> np.uint64(old) & np.uint64(1)) << np.uint64(new)
    return made


def unite_kinds(
    sections: Sequence[NDArray[Any]], topics: Sequence[NDArray[np.uint64]]
) -> tuple[tuple[NDArray[np.uint8], NDArray[np.uint64]], list[NDArray[np.int64]]]:
    """Return the kinds of several segments, each once, as sections and topics; and for each segment its new numbers."""
    number: dict[tuple[int, int], int] = {}
    tables = [
        np.array(
            [number.setdefault(kind, len(number)) for kind in zip(own.tolist(), bits.tolist(), strict=True)],
            dtype=np.int64,
        )
        for own, bits in zip(sections, topics, strict=True)
    ]
    made = np.array([section for section, _ in number], np.uint8), np.array([bits for _, bits in number], np.uint64)
    return made, tables
