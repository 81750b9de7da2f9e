"""An explained score as text: one line per part, indented, joined by the sign that makes it up."""

from search_app.exporting.score_text import explain_in_lines, say_value
from search_app.score import Explanation, ExplanationPart

SCORE = Explanation(
    part=ExplanationPart.SCORE,
    value=6.0,
    how="product",
    message="总分。",
    parts=(
        Explanation(
            part=ExplanationPart.RELEVANCE,
            value=3.0,
            how="sum",
            message="相关。",
            parts=(Explanation(part=ExplanationPart.FOUND, value=3.0, how="given", message="找到。"),),
        ),
        Explanation(part=ExplanationPart.PRACTICE, value=2.0, how="given", message="做法。"),
    ),
)


def test_parts_stand_below_what_they_make_up_with_their_sign() -> None:
    assert list(explain_in_lines(SCORE)) == [
        "  6.00  总分。",
        "  × 3.00  相关。",
        "    + 3.00  找到。",
        "  × 2.00  做法。",
    ]


def test_a_small_value_does_not_read_as_nothing() -> None:
    assert (say_value(0.0), say_value(0.004), say_value(12.345)) == ("0.00", "0.004", "12.35")
