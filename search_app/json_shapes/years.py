"""Comparisons of two reports as JSON: what is copied, what stands opposite each other, and what could be compared."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from search_app.comparing.alignment import Kind, Row
from search_app.comparing.report_comparison import Comparison
from search_app.json_shapes.reports import passage, report
from search_app.language.similarity.shared_wording import Overlap
from search_app.searching.wording_diff import Part

Json: TypeAlias = dict[str, Any]


def comparison(item: Comparison, rows: Sequence[Row], *, total: int, leaf: int, leaves: int) -> Json:
    """Return a comparison with some of its rows: ``total`` are shown on so many leaves, this is one of them."""
    return {
        "report": report(item.report),
        "with": report(item.other) if item.other is not None else None,
        "standing": item.standing.value if item.standing is not None else None,
        "lack": item.lack.value if item.lack is not None else None,
        "missing_years": list(item.missing),
        "overlap": overlap(item.overlap.total) if item.overlap is not None else None,
        "mostly_the_same": item.overlap.mostly if item.overlap is not None else None,
        "aligned": item.alignment is not None,
        "counts": _counts(item.alignment.counts) if item.alignment is not None else None,
        "moved": sum(row.moved for row in item.alignment.rows) if item.alignment is not None else None,
        "split_or_merged": sum(row.split or row.merged for row in item.alignment.rows)
        if item.alignment is not None
        else None,
        "sections": [
            {"section": part.section, "overlap": overlap(part.overlap), "counts": _counts(part.counts)}
            for part in item.parts()
        ],
        "total": total,
        "leaf": leaf,
        "leaves": leaves,
        "rows": [_row(row, item) for row in rows],
        "years": [report(each) for each in item.others],
        "alike": [{"report": report(each.report), "passages": each.passages} for each in item.alike],
    }


def overlap(item: Overlap) -> Json:
    """Return how many letters there are, how many of them are shared, and that in percent, rounded down."""
    return {"letters": item.letters, "shared": item.shared, "percent": item.percent}


def _counts(counts: Mapping[Kind, int]) -> Json:
    return {kind.value: counts[kind] for kind in Kind}


def _row(row: Row, of: Comparison) -> Json:
    ours, theirs = row.sides()
    other = of.other or of.report
    return {
        "kind": row.kind.value,
        "section": row.section,
        "moved": row.moved,
        "likeness": row.likeness,
        "passages": [passage(each, of.report) for each in row.ours],
        "with": [passage(each, other) for each in row.theirs],
        "differs": _parts(ours),
        "differs_with": _parts(theirs),
        "figures": [{"old": old or None, "new": new or None} for old, new in row.figures()],
    }


def _parts(parts: Sequence[Part]) -> list[Json]:
    return [{"text": part.text, "instead": part.instead} for part in parts]
