"""One listed passage on the terminal: citation, headings, fragments with their matches marked, labels."""

from typing import TYPE_CHECKING

import click

from search_app.cli.output import dim, marked, strong
from search_app.exporting import citation
from search_app.exporting.score_text import explain_in_lines
from search_app.exporting.wording import escape_unprintable, say_recognised
from search_app.model import Passage, Report
from search_app.query import Node

if TYPE_CHECKING:
    from search_app.comparing.report_overlap import ReportOverlap
    from search_app.searching import Hit


def name_place(passage: Passage, report: Report) -> str:
    """Return where a passage stands: the file, its id, and its citation code."""
    return f"{escape_unprintable(report.path)}  {passage.id}  引用码 {citation.code(passage, report)}"


def name_source(passage: Passage, report: Report) -> str:
    """Return how a passage is cited, as it may be printed."""
    return escape_unprintable(citation.source(passage, report))


def say_last_year(overlap: "ReportOverlap") -> str:
    """Return how much of a report stands in last year's, nearly all of it with a mark."""
    from search_app.exporting.overlap_wording import MOSTLY_SAID

    mark = f"（{MOSTLY_SAID}）" if overlap.mostly else ""
    return f"与上年相同 {overlap.total.percent}%{mark}"


def print_hit(number: int, hit: "Hit", query: Node | None, last_year: "ReportOverlap | None" = None) -> None:
    """Print one listed passage, its headings marked where they answer the query."""
    from search_app.searching.snippets import cut_pieces

    passage, report = hit.match.passage, hit.match.report
    click.echo(f"\n{number}. {strong(name_source(passage, report))}")
    headings = (marked(cut_pieces(heading, query, heading=True)) for heading in passage.headings)
    click.echo("   " + " › ".join((*headings, f"第 {passage.number} 段")))
    before, after = ("…" if more else "" for more in (hit.snippet.before, hit.snippet.after))
    for fragment in hit.snippet.fragments:
        click.echo("   " + before + marked(fragment).replace("\n", " ") + after)
    if hit.other_wordings:
        click.echo(dim(f"   同义：{''.join(f'“{other}”' for other in hit.other_wordings)}"))
    if hit.why:
        click.echo(dim(f"   {hit.why}"))
    labels = [passage.section, *passage.topics]
    if said := say_recognised(report):
        labels.append(said)
    if hit.match.stands_for:
        labels.append(f"另有 {hit.match.stands_for} 段折叠在此")
    if last_year is not None:
        labels.append(f"整份{say_last_year(last_year)}")
    click.echo(dim(f"   [{'、'.join(labels)}]  {name_place(passage, report)}"))
    if hit.explanation is not None:
        for line in explain_in_lines(hit.explanation):
            click.echo(dim(f"   {line}"))
    if passage.exemplary.stamped:
        click.echo(dim(f"   典型做法 {passage.exemplary.score}：{'；'.join(passage.exemplary.reasons)}"))
