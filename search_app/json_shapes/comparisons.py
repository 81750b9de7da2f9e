"""Comparisons and matrices, as JSON."""

from typing import Any, TypeAlias

from search_app.comparing.matrix import Cell, Matrix
from search_app.comparing.passages_beside import Column
from search_app.comparing.reports_beside import Beside
from search_app.comparing.side_by_side import Part
from search_app.json_shapes.answers import note
from search_app.json_shapes.reports import passage, report
from search_app.language.similarity.shared_wording import Overlap
from search_app.model import Match

Json: TypeAlias = dict[str, Any]


def compared_passages(columns: tuple[Column, ...], *, repeated: bool) -> Json:
    """Return passages beside each other; ``shared`` are runs of the text, as offsets in characters."""
    base = next(each.subject.passage.id for each in columns if each.is_base)
    return _compared("passages", base, repeated) | {"passages": [_column(each) for each in columns]}


def compared_reports(found: Beside, *, repeated: bool) -> Json:
    """Return reports beside each other: the cells of every row are in the order of the reports."""
    base = next(each.report.id for each in found.reports if each.is_base)
    reports = [{"report": report(each.report), "overlap": _overlap(each.overlap)} for each in found.reports]
    parts = [_part(part, found) for part in found.parts]
    return _compared("reports", base, repeated) | {"reports": reports, "parts": parts}


def matrix(item: Matrix) -> Json:
    """Return a matrix: the cells of every row are in the order of the columns."""
    return {
        "rows": item.rows.value,
        "columns": item.across.value,
        "query": item.results.request.text,
        "passages": item.results.found.total,
        "reports": item.results.found.reports,
        "held": item.held,
        "leaf": item.leaf,
        "leaves": item.leaves,
        "across": [{"value": each.value, "passages": each.count, "reports": each.reports} for each in item.columns],
        "lines": [
            {
                "value": line.value,
                "passages": line.passages,
                "reports": line.reports,
                "cells": [_cell(cell) for cell in line.cells],
            }
            for line in item.lines
        ],
        "notes": [note(each) for each in item.results.notes],
        "partial": item.partial,
        "generation": item.results.found.generation,
    }


def _compared(kind: str, base: str, repeated: bool) -> Json:
    return {"kind": kind, "base": base, "repeated": repeated, "passages": [], "reports": [], "parts": []}


def _column(item: Column) -> Json:
    return {
        "passage": passage(item.subject.passage, item.subject.report),
        "report": report(item.subject.report),
        "overlap": _overlap(item.overlap),
        "shared": [{"start": start, "end": end} for start, end in item.shared],
        "figures": list(item.figures),
        "only": {
            "topics": list(item.only_topics),
            "reasons": list(item.only_reasons),
            "figures": list(item.only_figures),
        },
    }


def _part(part: Part, found: Beside) -> Json:
    return {
        "section": part.section,
        "present": list(part.present),
        "rows": [
            {
                "topic": row.topic or None,
                "heading": row.heading or None,
                "cells": [
                    {
                        "passages": [passage(each, of.report) for each in cell.passages],
                        "elsewhere": [each.id for each in cell.elsewhere],
                    }
                    for cell, of in zip(row.cells, found.reports, strict=True)
                ],
            }
            for row in part.rows
        ],
    }


def _overlap(item: Overlap) -> Json:
    return {"letters": item.letters, "shared": item.shared, "share": round(item.share, 4)}


def _cell(item: Cell) -> Json:
    return {
        "passages": item.passages,
        "reports": item.reports,
        "best": _best(item.best) if item.best is not None else None,
    }


def _best(item: Match) -> Json:
    return {
        "passage": item.passage.id,
        "report": item.report.id,
        "headings": list(item.passage.headings),
        "score": item.passage.exemplary.score,
        "reasons": list(item.passage.exemplary.reasons),
    }
