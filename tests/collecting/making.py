"""What the tests of baskets collect: passages of places that do not exist."""

from datetime import date

from search_app.collecting import Basket, Heading, Snapshot
from search_app.exporting import citation
from search_app.model import Aside, OutlineEntry, Passage, Report
from tests.conftest import make_passages, make_report

ME, OTHER = "browser-of-mine", "browser-of-somebody-else"


def snapshot(number: int, *, text: str | None = None, town: str = "湖口镇") -> Snapshot:
    """Return a snapshot; each number says something else."""
    report = make_report(f"甲/{town}.txt", town=town)
    return of(report, make_passages(report, *[""] * (number - 1), text or f"走访农户{number}次。")[-1])


def of(report: Report, passage: Passage) -> Snapshot:
    """Return a passage as it is collected."""
    return Snapshot(
        passage=passage,
        report=report,
        source=citation.source(passage, report),
        code=citation.code(passage, report),
    )


def rich() -> Snapshot:
    """Return a snapshot in which everything is filled, in part with what cannot be encoded."""
    report = make_report("甲/\udcb8\udcc9.txt", town="湖口镇")
    passage = make_passages(report, "调解一百件，\udcff成功率九成。", headings=("一、举措", "（一）调解"), score=90)[0]
    full = {"issued": date(2024, 1, 15), "warnings": ("年度推定",), "province": "云岭省"}
    fields = {name: getattr(report, name) for name in report.__dataclass_fields__} | full
    return of(
        Report(
            **fields | {"outline": (OutlineEntry(heading="一", level=1),), "asides": (Aside(text="页", reason="页码"),)}
        ),
        passage,
    )


def words(basket: Basket | None) -> list[str]:
    """Return what a basket holds in its order: the text of passages, and headings marked as such."""
    if basket is None:
        return []
    return [f"# {each.text}" if isinstance(each, Heading) else each.snapshot.passage.text for each in basket.items]
