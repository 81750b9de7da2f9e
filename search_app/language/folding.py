"""Folding: one normalisation for index and query, which keeps the length of the text so that offsets stay true."""

_FOLDED = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
#: Halves of characters from broken files: they cannot be written as UTF-8, so they become the replacement character.
_FOLDED |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


def fold(text: str) -> str:
    """Return the text with letters and digits in half width and lower case; same length as the input.

    Punctuation keeps its width: in quotes it is part of what was asked for.
    """
    text = text.translate(_FOLDED)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def squeeze(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the folded text without white space, and for each character left its offset in the input."""
    kept = [(char, offset) for offset, char in enumerate(fold(text)) if not char.isspace()]
    return "".join(char for char, _ in kept), tuple(offset for _, offset in kept)
