"""An explained score as lines of text: the value, how it joins the others, and the sentence, indented by depth."""

from collections.abc import Iterator

from search_app.score import Explanation

#: How the values of parts make up the value above them, as a sign before each.
_SIGNS = {"sum": "+", "product": "×", "max": "≤", "given": " "}


#: How deep the lines go: to single words. What makes up a word is in the JSON.
_DEEPEST = 6


def explain_in_lines(explanation: Explanation) -> Iterator[str]:
    """Yield the parts of a score as lines, outermost first; what lies deeper is summed up in its parent's value."""
    yield from _lines(explanation, " ", 0)


def _lines(explanation: Explanation, sign: str, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{sign} {say_value(explanation.value)}  {explanation.message}"
    if depth < _DEEPEST:
        for part in explanation.parts:
            yield from _lines(part, _SIGNS[explanation.how], depth + 1)


def say_value(value: float) -> str:
    """Return a value to two places, or more where it would read as nothing."""
    return f"{value:.2f}" if value == 0 or abs(value) >= 0.01 else f"{value:.1g}"
