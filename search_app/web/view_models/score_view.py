"""The score view: an explained score -> what a page shows of it, part by part, the parts that matter unfolded."""

from dataclasses import dataclass

from search_app.exporting.score_text import say_value
from search_app.model import Sort
from search_app.score import Explanation
from search_app.searching import Request

_SIGNS = {"sum": "＋", "product": "×", "max": "", "given": ""}
#: So deep the parts are open; what lies below opens with a click.
_OPEN = 2
_ORDERED_BY = {
    Sort.ADDED: "这次按收录的先后排列，新收录的在前，同一次收录的才看得分。",
    Sort.NEWEST: "这次按年度从新到旧排列，同一年度里才看得分。",
    Sort.OLDEST: "这次按年度从旧到新排列，同一年度里才看得分。",
    Sort.EXEMPLARY: "这次按典型程度排列，程度相同的才看得分。",
    Sort.TOWN: "这次按乡镇排列，同一个镇里按年度和原文的先后，不看得分。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One part of a score: ``sign`` joins it to those beside it, ``open`` shows its own parts at once."""

    sign: str
    value: str
    text: str
    parts: tuple["ScorePart", ...] = ()
    open: bool = False


def view_score(explanation: Explanation) -> ScorePart:
    """Return a score as a page shows it."""
    return _part(explanation, "", 0)


def tell_order(request: Request) -> str:
    """Return in one sentence what goes before the score where the list has another order; "" by relevance."""
    return _ORDERED_BY.get(request.sort, "")


def _part(explanation: Explanation, sign: str, depth: int) -> ScorePart:
    signs = ("", *(_SIGNS[explanation.how] for _ in explanation.parts[1:]))
    return ScorePart(
        sign=sign,
        value=say_value(explanation.value),
        text=explanation.message,
        parts=tuple(_part(each, own, depth + 1) for each, own in zip(explanation.parts, signs, strict=False)),
        open=depth < _OPEN,
    )
