"""A report for reading: as plain text, as Markdown, and as the tree of what was understood of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from search_app.cli.output import CONFIDENCES, SOURCES, place_and_year, shown, source_line
from search_app.language import squeeze
from search_app.model import REPORT_KIND, SECTIONS, OutlineEntry, Passage, Report

if TYPE_CHECKING:
    from search_app.indexing import Inspected
    from search_app.labelling.reasons import Reason
    from search_app.parsing import Evidence

#: The parts that the national rule prescribes.
_REQUIRED = SECTIONS[1:5]
#: How many of the places that a town may lie in are named.
_CANDIDATES = 20
_FIELDS = {"year": "年度", "town": "乡镇", "county": "县", "city": "市", "province": "省"}
#: What stands before the passage that was asked for.
POINTER = "▶ "
#: How much of a passage the tree shows.
_SHOWN = 60


def as_text(report: Report, passages: Sequence[Passage], *, meant: str = "") -> Iterator[str]:
    """Yield the lines of a report, headings and passages in reading order; ``meant`` is the id of one to point at."""
    yield from _cover(report)
    for step in _in_order(report, passages):
        if step.entry is not None and not step.runs_in:
            yield f"\n{step.entry.heading}"
        if step.passage is not None:
            yield _pointed_at(step.passage, meant)
    yield f"\n来源：{shown(report.path)}"
    for copy in report.copies:
        yield f"同样内容的文件：{shown(copy.path)}"


def as_markdown(report: Report, passages: Sequence[Passage], *, meant: str = "") -> Iterator[str]:
    """Yield the lines of a report as Markdown; ``meant`` is the id of a passage to point at."""
    yield f"# {report.title or shown(report.path)}\n"
    for step in _in_order(report, passages):
        if step.entry is not None and not step.runs_in:
            yield f"{'#' * min(step.entry.level + 1, 6)} {step.entry.heading}\n"
        if step.passage is not None:
            yield f"{_pointed_at(step.passage, meant)}\n"
    yield f"> 来源：{source_line(report)}（{shown(report.path)}）"


def _pointed_at(passage: Passage, meant: str) -> str:
    return f"{POINTER}{passage.text}" if passage.id == meant else passage.text


def as_tree(item: "Inspected") -> Iterator[str]:
    """Yield what was understood of a file: cover, outline with labels, passages, asides; and why, where explained."""
    report, why = item.report, item.reasons
    of_heading = dict(zip(map(id, report.outline), why.headings, strict=True)) if why else {}
    of_passage = dict(zip((each.id for each in item.passages), why.passages, strict=True)) if why else {}
    yield click.style(shown(report.path), bold=True)
    yield from _understood(report, item.passages)
    for each in item.evidence:
        yield _because(f"{_FIELDS.get(each.field, each.field)}：{_evidence(each)}", "  ")
    for step in _in_order(report, item.passages):
        indent = "  " * step.level
        if step.entry is not None:
            yield f"{indent}{click.style(step.entry.heading, fg='green')} {_labels(step.entry)}"
            yield from _reason(of_heading.get(id(step.entry)), indent + "  ")
        if step.passage is not None:
            yield from _passage(step.passage, indent)
            yield from _reason(of_passage.get(step.passage.id), indent + "     ")
    for aside in report.asides:
        yield click.style(f"  未作为段落（{aside.reason}）：{aside.text[:_SHOWN]}", dim=True)
    for warning in report.warnings:
        yield click.style(f"  注意：{shown(warning)}", fg="yellow")


def _passage(passage: Passage, indent: str) -> Iterator[str]:
    text = passage.text.replace("\n", " ")
    opening = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    yield f"{indent}  {passage.number}. {opening} {click.style(f'{len(text)} 字', dim=True)} {_labels(passage)}"
    if passage.exemplary.reasons:
        reasons = f"典型程度 {passage.exemplary.score}：{'；'.join(passage.exemplary.reasons)}"
        yield f"{indent}     {click.style(reasons, fg='magenta')}"


def _labels(labelled: OutlineEntry | Passage) -> str:
    topics = f"｜{'、'.join(labelled.topics)}" if labelled.topics else ""
    return click.style(f"[{labelled.section}{topics}]", fg="cyan")


def _evidence(evidence: "Evidence") -> str:
    """Return what a year or a part of the place rests on."""
    if evidence.value is None:
        count = len(evidence.candidates)
        rest = f"等 {count} 处" if count > _CANDIDATES else ""
        named = "、".join(evidence.candidates[:_CANDIDATES])
        return f"未识别，可能是：{named}{rest}" if count else "未识别"
    source = SOURCES.get(evidence.source, evidence.source)
    said = evidence.text.removeprefix("标题：").strip()
    return f"{evidence.value}，依据{source}" + (f"“{said}”" if said not in ("", source) else "")


def _reason(reason: "Reason | None", indent: str) -> Iterator[str]:
    if reason is None:
        return
    yield _because(f"章节：{reason.section}", indent)
    for topic, words in reason.topics.items():
        above = reason.headings.get(topic, ())
        said = (("、".join(words),) if words else ()) + ((f"标题里的{'、'.join(above)}",) if above else ())
        yield _because(f"{topic}：{'；'.join(said)}" if said else topic, indent)
    if reason.weak:
        weak = "；".join(f"{topic}（{'、'.join(words)}）" for topic, words in reason.weak.items())
        yield _because(f"提到但不够：{weak}", indent)


def _because(text: str, indent: str) -> str:
    return click.style(f"{indent}因为 {text}", fg="blue")


def _cover(report: Report) -> Iterator[str]:
    yield report.title or "（没有标题）"
    yield place_and_year(report)


def _understood(report: Report, passages: Sequence[Passage]) -> Iterator[str]:
    places = " ".join(place for place in (report.province, report.city, report.county, report.town) if place)
    year = f"{report.year} 年" if report.year else "未识别"
    yield f"  标题：{report.title or '未识别'}"
    yield f"  地方：{places or '未识别'}{_rests_on(report.place_source, report.place_confidence)}"
    yield f"  年度：{year}{_rests_on(report.year_source, report.year_confidence)}"
    issued = report.issued.isoformat() if report.issued else "未识别"
    yield f"  成文：{issued}    文种：{report.kind}    编号：{report.id}"
    present = {entry.section for entry in report.outline} | {passage.section for passage in passages}
    missing = [section for section in _REQUIRED if section not in present] if report.kind == REPORT_KIND else []
    lacks = f"；没有：{'、'.join(missing)}" if missing else ""
    yield f"  结构：{len(report.outline)} 个标题、{len(passages)} 个段落{lacks}"


def _rests_on(source: str, confidence: str) -> str:
    """Return in brackets what a year or place rests on, and how far it can be relied on; nothing where not known."""
    if source == "none":
        return ""
    told = (SOURCES[source], CONFIDENCES.get(confidence, ""))
    return f"（依据：{'，'.join(part for part in told if part)}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """The next thing to read: a heading, a passage, or a heading with the first passage below it.

    ``level`` is that of the heading it stands under. ``runs_in``: the heading's words also open the passage, so that
    printing both would say them twice.
    """

    level: int
    entry: OutlineEntry | None = None
    passage: Passage | None = None
    runs_in: bool = False


def _in_order(report: Report, passages: Sequence[Passage]) -> Iterator[_Step]:
    """Yield headings and passages as they stand in the report: a heading may go on after its sub-headings."""
    owners = {each: at for at, entry in enumerate(report.outline) for each in entry.passages}
    said = 0
    for passage in sorted(passages, key=lambda each: each.number):
        owner = owners.get(passage.id)
        if owner is None or owner < said:
            yield _Step(level=report.outline[owner].level if owner is not None else 1, passage=passage)
            continue
        for entry in report.outline[said:owner]:
            yield _Step(level=entry.level, entry=entry)
        said, entry = owner + 1, report.outline[owner]
        opens = squeeze(passage.text)[0].startswith(squeeze(entry.heading)[0])
        yield _Step(level=entry.level, entry=entry, passage=passage, runs_in=opens)
    for entry in report.outline[said:]:
        yield _Step(level=entry.level, entry=entry)
