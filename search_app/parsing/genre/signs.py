"""A sign of a genre: which kind it speaks for, how much, and in which words."""

from typing import NamedTuple


class Sign(NamedTuple):
    """Points for a kind (below zero: against it), with the reason as a clerk reads it."""

    kind: str
    points: float
    said: str
