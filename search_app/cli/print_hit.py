"""One listed passage on the terminal: source, headings, fragments with their matches marked, labels."""

from typing import TYPE_CHECKING

import click

from search_app.cli.output import dim, marked, strong
from search_app.exporting.score_text import explain_in_lines
from search_app.exporting.wording import escape_unprintable, source_line
from search_app.query import Node

if TYPE_CHECKING:
    from search_app.searching import Hit


def print_hit(number: int, hit: "Hit", query: Node | None) -> None:
    """Print one listed passage, its headings marked where they answer the query."""
    from search_app.labelling.exemplary.policy import EXEMPLARY_FLOOR
    from search_app.searching.snippets import cut_pieces

    passage, report = hit.match.passage, hit.match.report
    click.echo(f"\n{number}. {strong(source_line(report))}")
    headings = (marked(cut_pieces(heading, query, heading=True)) for heading in passage.headings)
    click.echo("   " + " › ".join((*headings, f"第 {passage.number} 段")))
    before, after = ("…" if more else "" for more in (hit.snippet.before, hit.snippet.after))
    for fragment in hit.snippet.fragments:
        click.echo("   " + before + marked(fragment).replace("\n", " ") + after)
    if hit.other_wordings:
        click.echo(dim(f"   同义：{'、'.join(hit.other_wordings)}"))
    labels = [passage.section, *passage.topics]
    if hit.match.stands_for:
        labels.append(f"另有 {hit.match.stands_for} 段折叠在此")
    click.echo(dim(f"   [{'、'.join(labels)}]  {escape_unprintable(report.path)}  {passage.id}"))
    if hit.explanation is not None:
        for line in explain_in_lines(hit.explanation):
            click.echo(dim(f"   {line}"))
    if passage.exemplary.score >= EXEMPLARY_FLOOR:
        click.echo(dim(f"   典型做法 {passage.exemplary.score}：{'；'.join(passage.exemplary.reasons)}"))
