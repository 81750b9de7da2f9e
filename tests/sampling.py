"""How much of a long test is done: a sample in a build, all of it under ``--whole``."""

from hypothesis import settings

_WHOLE = 100


def sampled(whole: int) -> int:
    """Return of how many examples or rounds a test consists, ``whole`` of them under ``--whole``."""
    return max(whole * settings.default.max_examples // _WHOLE, 1)  # type: ignore[union-attr]
