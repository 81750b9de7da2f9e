"""What holds of every explanation, whichever engine gives it."""

from collections.abc import Callable, Iterable, Iterator
from math import prod

from search_app.score import Explanation, ExplanationPart

_COMBINED: dict[str, Callable[[Iterable[float]], float]] = {"sum": sum, "product": prod, "max": max}


def parts_of(explanation: Explanation) -> Iterator[Explanation]:
    """Yield a part and all below it, in order."""
    yield explanation
    for part in explanation.parts:
        yield from parts_of(part)


def the(part: ExplanationPart, explanation: Explanation) -> Explanation:
    """Return the only part of its kind."""
    (found,) = (one for one in parts_of(explanation) if one.part == part)
    return found


def faults(explanation: Explanation) -> list[Explanation]:
    """Return the parts whose values are not made up of those of their parts as they say."""
    return [one for one in parts_of(explanation) if not _is_sound(one)]


def _is_sound(one: Explanation) -> bool:
    if not one.message.endswith("。"):
        return False
    if one.how == "given" or not one.parts:
        return one.how == "given" and not one.parts
    return abs(_COMBINED[one.how](part.value for part in one.parts) - one.value) < 1e-9


def shape(explanation: Explanation) -> list[tuple[object, ...]]:
    """Return the structure of an explanation, and those of its sentences that tell of whole numbers only."""
    return [
        (one.part, one.how, len(one.parts), one.message if one.part in _COUNTED else "")
        for one in parts_of(explanation)
    ]


_COUNTED = (ExplanationPart.WORD, ExplanationPart.PHRASE, ExplanationPart.RARITY, ExplanationPart.FIELD_VALUE)


def values(explanation: Explanation) -> list[float]:
    """Return the values of a part and of all below it, in the order of :func:`shape`."""
    return [one.value for one in parts_of(explanation)]
