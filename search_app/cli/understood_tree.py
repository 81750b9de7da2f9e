"""The tree of what was understood of a file: cover, outline with labels, passages, asides, and why."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from search_app.exporting.reading_order import put_in_order
from search_app.exporting.wording import CONFIDENCES, SOURCES, escape_unprintable
from search_app.model import REPORT_KIND, SECTIONS, OutlineEntry, Passage, Report

if TYPE_CHECKING:
    from search_app.indexing import Inspected
    from search_app.labelling.reasons import Reason
    from search_app.parsing import Evidence

#: The parts that the national rule prescribes.
_REQUIRED = SECTIONS[1:5]
#: How many of the places that a town may lie in are named.
_CANDIDATES = 20
_FIELDS = {"kind": "文种", "year": "年度", "town": "乡镇", "county": "县", "city": "市", "province": "省"}
#: How much of a passage the tree shows.
_SHOWN = 60


def as_tree(item: "Inspected") -> Iterator[str]:
    """Yield what was understood of a file: cover, outline with labels, passages, asides; and why, where explained."""
    report, why = item.report, item.reasons
    of_heading = dict(zip(map(id, report.outline), why.headings, strict=True)) if why else {}
    of_passage = dict(zip((each.id for each in item.passages), why.passages, strict=True)) if why else {}
    yield click.style(escape_unprintable(report.path), bold=True)
    yield from _understood(report, item.passages)
    for each in item.evidence:
        yield _because(f"{_FIELDS.get(each.field, each.field)}：{_evidence(each)}", "  ")
    for step in put_in_order(report, item.passages):
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
        yield click.style(f"  注意：{escape_unprintable(warning)}", fg="yellow")


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
    if evidence.confidence is not None and evidence.source != "sidecar":
        return f"{evidence.value}（{CONFIDENCES[evidence.confidence]}）：{evidence.text}"
    if evidence.confidence is not None and evidence.source != "sidecar":
        return f"{evidence.value}（{CONFIDENCES[evidence.confidence]}）：{evidence.text}"
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


def _understood(report: Report, passages: Sequence[Passage]) -> Iterator[str]:
    places = " ".join(place for place in (report.province, report.city, report.county, report.town) if place)
    year = f"{report.year} 年" if report.year else "未识别"
    yield f"  标题：{report.title or '未识别'}"
    yield f"  地方：{places or '未识别'}{_rests_on(report.place_source, report.place_confidence)}"
    yield f"  年度：{year}{_rests_on(report.year_source, report.year_confidence)}"
    issued = report.issued.isoformat() if report.issued else "未识别"
    yield f"  成文：{issued}    文种：{report.kind}    编号：{report.id}"
    published = report.published.isoformat() if report.published else "未写明"
    yield f"  机构：{report.issuer or '未写明'}    文号：{report.document_number or '未写明'}    发布：{published}"
    present = {entry.section for entry in report.outline} | {passage.section for passage in passages}
    missing = [section for section in _REQUIRED if section not in present] if report.kind == REPORT_KIND else []
    lacks = f"；没有：{'、'.join(missing)}" if missing else ""
    yield f"  结构：{len(report.outline)} 个标题、{len(passages)} 个段落{lacks}"


def _rests_on(source: str, confidence: str) -> str:
    """Return in brackets what a year or place rests on, and how far it can be relied on; nothing where not known."""
    if source == "none":
        return ""
    said = CONFIDENCES.get(confidence, "")
    told = ("" if said.startswith(SOURCES[source]) else SOURCES[source], said)
    return f"（依据：{'，'.join(part for part in told if part)}）"
