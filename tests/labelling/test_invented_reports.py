"""Reports of invented places with the quirks of real ones, against what a careful reader finds."""

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from search_app.labelling import label
from search_app.model import REPORT_KIND, Passage, Report
from search_app.parsing import parse
from tests.labelling.judging import f1
from tests.parsing.reading import lines

SOURCE = Path(__file__).parents[1] / "parsing" / "invented_reports.toml"
LABELS = "e38d218dd57fd6f5"
HEADINGS, SECTIONS_RIGHT, TOPICS_F1 = 0.98, 0.97, 0.90
REPORTS: list[dict[str, Any]] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["report"]


def understood(judgement: dict[str, Any]) -> tuple[Report, tuple[Passage, ...]]:
    return label(*parse(lines(judgement["text"]), path=judgement.get("path", "a.txt")))


def starting(passages: tuple[Passage, ...], start: str) -> Passage | None:
    return next((passage for passage in passages if passage.text.startswith(start)), None)


def test_the_labels_are_those_the_floors_were_set_for() -> None:
    assert sha256(SOURCE.read_bytes()).hexdigest()[:16] == LABELS


@pytest.mark.parametrize("judgement", REPORTS, ids=lambda judgement: str(judgement["name"]))
def test_the_cover_is_understood(judgement: dict[str, Any]) -> None:
    report, _ = understood(judgement)

    assert (report.title, report.town, report.county, report.year, report.issued, report.kind) == (
        judgement.get("title"),
        judgement.get("town"),
        judgement.get("county", report.county if judgement.get("town") is None else judgement.get("county")),
        judgement.get("year"),
        judgement.get("issued"),
        judgement.get("kind", REPORT_KIND),
    )


@pytest.mark.parametrize("judgement", REPORTS, ids=lambda judgement: str(judgement["name"]))
def test_the_outline_is_understood(judgement: dict[str, Any]) -> None:
    report, _ = understood(judgement)

    found = [(entry.heading, entry.level) for entry in report.outline]
    assert [
        [start, level]
        for (heading, level), (start, _) in zip(found, judgement["headings"], strict=True)
        if heading.startswith(start)
    ] == judgement["headings"]


def test_sections_of_passages_are_right() -> None:
    verdicts = []
    for judgement in REPORTS:
        _, passages = understood(judgement)
        for start, section, _ in judgement["passages"]:
            passage = starting(passages, start)
            verdicts.append(passage is not None and passage.section == section)

    assert sum(verdicts) / len(verdicts) >= SECTIONS_RIGHT


def test_topics_of_passages_are_right() -> None:
    pairs = []
    for judgement in REPORTS:
        _, passages = understood(judgement)
        for start, _, topics in judgement["passages"]:
            passage = starting(passages, start)
            pairs.append((set(passage.topics if passage else ()), set(topics)))

    assert f1(pairs) >= TOPICS_F1
