"""A report for reading: as plain text, as Markdown, and as the tree of what was understood of it."""

from collections.abc import Iterator, Sequence

import click

from search_app.cli.output import SOURCES, source_line
from search_app.language import squeeze
from search_app.model import OutlineEntry, Passage, Report

#: How much of a passage the tree shows.
_SHOWN = 60


def as_text(report: Report, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the lines of a report, headings and passages in reading order."""
    yield from _cover(report)
    for entry, own in _in_order(report, passages):
        if entry is not None and not _runs_in(entry, own):
            yield f"\n{entry.heading}"
        for passage in own:
            yield passage.text
    yield f"\n来源：{source_line(report)}（{report.path}）"


def as_markdown(report: Report, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the lines of a report as Markdown."""
    yield f"# {report.title or report.path}\n"
    for entry, own in _in_order(report, passages):
        if entry is not None and not _runs_in(entry, own):
            yield f"{'#' * min(entry.level + 1, 6)} {entry.heading}\n"
        for passage in own:
            yield f"{passage.text}\n"
    yield f"> 来源：{source_line(report)}（{report.path}）"


def as_tree(report: Report, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield what was understood of a file: cover with sources, outline with labels, passages with reasons, asides."""
    yield click.style(report.path, bold=True)
    yield from _understood(report)
    for entry, own in _in_order(report, passages):
        indent = "  " * (entry.level if entry else 1)
        if entry is not None:
            labels = click.style(f"[{'、'.join((entry.section, *entry.topics))}]", fg="cyan")
            yield f"{indent}{click.style(entry.heading, fg='green')} {labels}"
        for passage in own:
            text = passage.text.replace("\n", " ")
            shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
            labels = click.style(f"[{'、'.join((passage.section, *passage.topics))}]", fg="cyan")
            yield f"{indent}  {passage.number}. {shown} {click.style(f'{len(text)} 字', dim=True)} {labels}"
            if passage.exemplary.reasons:
                reasons = f"典型程度 {passage.exemplary.score}：{'；'.join(passage.exemplary.reasons)}"
                yield f"{indent}     {click.style(reasons, fg='magenta')}"
    for aside in report.asides:
        yield click.style(f"  未作为段落（{aside.reason}）：{aside.text[:_SHOWN]}", dim=True)
    for warning in report.warnings:
        yield click.style(f"  注意：{warning}", fg="yellow")


def _cover(report: Report) -> Iterator[str]:
    yield report.title or "（没有标题）"
    yield source_line(report)


def _understood(report: Report) -> Iterator[str]:
    places = " ".join(place for place in (report.province, report.city, report.county, report.town) if place)
    year = f"{report.year} 年" if report.year else "未识别"
    yield f"  标题：{report.title or '未识别'}"
    yield f"  地方：{places or '未识别'}（依据：{SOURCES[report.place_source]}）"
    yield f"  年度：{year}（依据：{SOURCES[report.year_source]}）"
    yield f"  成文：{report.issued.isoformat() if report.issued else '未识别'}    编号：{report.id}"


def _in_order(report: Report, passages: Sequence[Passage]) -> Iterator[tuple[OutlineEntry | None, tuple[Passage, ...]]]:
    """Yield each heading with the passages directly below it; first, without heading, those before any."""
    by_id = {passage.id: passage for passage in passages}
    below = {passage_id for entry in report.outline for passage_id in entry.passages}
    first = tuple(passage for passage in passages if passage.id not in below)
    if first:
        yield None, first
    for entry in report.outline:
        yield entry, tuple(by_id[passage_id] for passage_id in entry.passages if passage_id in by_id)


def _runs_in(entry: OutlineEntry, own: tuple[Passage, ...]) -> bool:
    """Tell whether the heading's words also open its first passage, so that printing both would say it twice."""
    return bool(own) and squeeze(own[0].text)[0].startswith(squeeze(entry.heading)[0])
