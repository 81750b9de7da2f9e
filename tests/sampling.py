"""How much of a long test is done: a sample in a build, all of it under ``--whole``."""

import os
import secrets
from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import settings

_WHOLE = 100
#: What is drawn changes from run to run; the processes of one run must agree on which tests there are.
_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(8)

T = TypeVar("T")


def sampled(whole: int) -> int:
    """Return of how many examples or rounds a test consists, ``whole`` of them under ``--whole``."""
    return max(whole * settings.default.max_examples // _WHOLE, 1)  # type: ignore[union-attr]


def drawn(whole: Sequence[T]) -> list[T]:
    """Return some of what a test is tried with, in order, others in each run; all of it under ``--whole``.

    A test whose parameters are drawn names them in its id, and one that draws for itself in what it fails with: to
    repeat a failure, run it under ``--whole``.
    """
    places = Random(_RUN).sample(range(len(whole)), sampled(len(whole)))
    return [whole[place] for place in sorted(places)]
