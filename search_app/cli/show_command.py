"""``search-app show``: one indexed report, for reading or as JSON."""

from pathlib import Path

import click

from search_app.cli.options import common, opened_engine, settings_from
from search_app.cli.output import emit
from search_app.cli.wording import Command
from search_app.errors import NoSuchReport
from search_app.exporting.report_text import as_markdown, as_text
from search_app.model import Passage


@click.command(cls=Command, short_help="显示索引里的一份报告。")
@common
@click.argument("report_id", metavar="报告编号")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    metavar="格式",
    help="text 文本（默认）、markdown、json。",
)
def show(corpus: Path | None, index: Path | None, as_json: bool, report_id: str, form: str) -> None:
    """显示索引里的一份报告。编号见检索结果；写段落编号（如 0123456789ab-3）时，那一段前面有 ▶。"""
    from search_app import json_shapes as shapes

    with opened_engine(settings_from(corpus=corpus, index=index)) as engine:
        report, passages = engine.report(report_id.partition("-")[0])
    meant = _passage_meant(report_id, passages)
    if as_json or form == "json":
        emit(shapes.inspection([(report, passages)], []))
        return
    lines = as_markdown(report, passages, meant=meant) if form == "markdown" else as_text(report, passages, meant=meant)
    for line in lines:
        click.echo(line)


def _passage_meant(given: str, passages: tuple[Passage, ...]) -> str:
    """Return the id of the passage that was asked for, "" for the report as a whole. Raises NoSuchReport."""
    if "-" not in given:
        return ""
    if all(passage.id != given for passage in passages):
        raise NoSuchReport(
            f"这份报告里没有 {given} 这一段，共有 {len(passages)} 段。", hint="请用检索结果里的段落编号。"
        )
    return given
