"""Judged reports: what a careful reader finds, and how far the program agrees."""

import tomllib
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from search_app.model import Passage, Report

REAL = Path(__file__).parents[1] / "parsing" / "real_reports.toml"


def judged() -> list[dict[str, Any]]:
    """Return the labels of the five real reports."""
    reports: list[dict[str, Any]] = tomllib.loads(REAL.read_text(encoding="utf-8"))["report"]
    return reports


def digest(text: str) -> str:
    """Name a passage by its first twelve characters without repeating them."""
    return sha256("".join(text.split())[:12].encode()).hexdigest()[:8]


def cover(report: Report) -> tuple[str | None, str | None, str | None, str | None, int | None, date | None]:
    """Return what the judged cover holds, in its order."""
    return report.town, report.county, report.city, report.province, report.year, report.issued


def f1(pairs: Iterable[tuple[set[str], set[str]]]) -> float:
    """Return the F1 of (found, judged) label sets, all passages together."""
    right = found = wanted = 0
    for got, truth in pairs:
        right += len(got & truth)
        found += len(got)
        wanted += len(truth)
    return 2 * right / (found + wanted)


def by_digest(passages: tuple[Passage, ...]) -> dict[str, Passage]:
    """Return the passages by digest."""
    return {digest(passage.text): passage for passage in passages}
