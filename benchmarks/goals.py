"""Goals: what is wanted of the speed, printed beside what was measured, so that a miss is seen where it is measured.

In: figures by goal. Out: lines of a Markdown table. Why a missed one is missed, and what sets the floor, is written in
``benchmarks/results/*-speed-*.md``.
"""

from collections.abc import Iterator, Mapping
from enum import Enum


class Goal(Enum):
    """What is wanted: its words, its bound, and whether the figure may be at most or has to be at least so much."""

    QUICK_KINDS = ("kinds of question at or below tantivy's p50", 11, "least")
    QUICK_TAILS = ("kinds of question at or below tantivy's p95", 11, "least")
    INDEXING = ("text in: rate beside tantivy's", 1.5, "least")
    MIX = ("the mix: ms of processor time an answer, mean", 10, "most")
    SEARCH = ("a search nobody made before: ms, p50", 25, "most")
    SEARCH_TAIL = ("a search nobody made before: ms, p95", 80, "most")
    REPORT = ("a report: ms, p95", 50, "most")
    START = ("the start page: ms, median", 50, "most")
    EXEMPLARY = ("典型做法: ms, median", 50, "most")
    FIFTY = ("50 visitors: ms, p95", 200, "most")
    TWO_HUNDRED = ("200 visitors, those answered: ms, p95", 1000, "most")
    FAILED = ("answers that failed", 0, "most")
    WITHOUT_HINT = ("refused without Retry-After", 0, "most")
    TOLD = ("--version, --help: ms, median", 100, "most")
    SEARCH_SAMPLE = ("search, the sample corpus: ms, median", 350, "most")
    SEARCH_LARGE = ("search, 100,000 passages: ms, median", 500, "most")
    ASKING = ("everything on beside the typed words alone: times, p95", 2, "most")
    PASTED = ("a pasted paragraph: ms, the most", 150, "most")
    UNDERSTANDING = ("dense text to labelled passages, two processes: MB/s", 2, "least")

    def __init__(self, words: str, bound: float, way: str) -> None:
        self.words, self.bound, self.at_most = words, bound, way == "most"

    def is_met(self, measured: float) -> bool:
        """Tell whether a figure is as wanted."""
        return measured <= self.bound if self.at_most else measured >= self.bound


def beside_goals(measured: Mapping[Goal, float]) -> Iterator[str]:
    """Yield the lines of a table: each goal, what is wanted, what was measured, whether it is met; none for none."""
    if measured:
        yield "| goal | wanted | measured | |"
        yield "|---|---|---|---|"
    for goal, figure in measured.items():
        sign = "at most" if goal.at_most else "at least"
        met = "met" if goal.is_met(figure) else "missed"
        yield f"| {goal.words} | {sign} {goal.bound:,g} | {_said(figure)} | {met} |"


def _said(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 or figure == int(figure) else f"{figure:.2g}"
