"""``search-app show``: one indexed report, for reading or as JSON."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.options import common, opened_engine, settings_from
from search_app.cli.output import emit, say
from search_app.cli.wording import Command
from search_app.errors import NoSuchReport, NoSuchText
from search_app.exporting.report_text import as_markdown, as_text
from search_app.exporting.wording import escape_unprintable
from search_app.model import Passage

if TYPE_CHECKING:
    from search_app.engines.base import Engine

_ID = re.compile(r"[0-9a-f]{12}(?:-[0-9]+)?")
#: So many other places of a text are named.
_LISTED = 5


@click.command(cls=Command)
@common
@click.argument("report_id", metavar="编号")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    metavar="格式",
    help="text 文本（默认）、markdown、json。",
)
def show(corpus: Path | None, index: Path | None, as_json: bool, report_id: str, form: str) -> None:
    """显示索引里的一份报告。

    编号见检索结果；写段落编号（如 0123456789ab-3）或引用码（如 7K3QF-9ZM2X-2XAB）时，那一段前面有 ▶。
    """
    from search_app import json_shapes as shapes
    from search_app.cli.print_hit import say_last_year
    from search_app.comparing.report_overlap import measure_last_year
    from search_app.exporting import citation

    with opened_engine(settings_from(corpus=corpus, index=index)) as engine:
        if not _ID.fullmatch(report_id) and citation.read_code(report_id) is not None:
            report_id = _cited(engine, report_id)
        report, passages = engine.report(report_id.partition("-")[0])
        last_year = measure_last_year(engine, report)
    meant = _passage_meant(report_id, passages)
    if as_json or form == "json":
        shape = shapes.inspection([(report, passages)], [])
        shape["reports"][0]["report"] = shapes.add_last_year(shape["reports"][0]["report"], last_year)
        emit(shape)
        return
    lines = as_markdown(report, passages, meant=meant) if form == "markdown" else as_text(report, passages, meant=meant)
    for line in lines:
        click.echo(line)
    if last_year is not None and form == "text":
        click.echo(f"{say_last_year(last_year)}：{escape_unprintable(last_year.other.path)}")


def _cited(engine: "Engine", typed: str) -> str:
    """Return the id of the passage that a citation code names. Raises NoSuchText where only other reports say it."""
    from search_app.exporting import citation
    from search_app.searching import find_cited

    code = citation.require_code(typed)
    found = find_cited(engine, code.digest, code.is_of)
    if not found.here:
        listed = "；".join(
            f"{citation.source(each.passage, each.report)}（{each.passage.id}）" for each in found.elsewhere[:_LISTED]
        )
        more = f" 等 {len(found.elsewhere)} 处" if len(found.elsewhere) > _LISTED else ""
        raise NoSuchText("引用码所指的那个镇、那一年度的报告里，现在没有这段文字", hint=f"别处还有：{listed}{more}。")
    if len(found.here) > 1:
        say(f"同镇同年度有 {len(found.here)} 处是这段文字：{'、'.join(each.passage.id for each in found.here)}")
    return found.here[0].passage.id


def _passage_meant(given: str, passages: tuple[Passage, ...]) -> str:
    """Return the id of the passage that was asked for, "" for the report as a whole. Raises NoSuchReport."""
    if "-" not in given:
        return ""
    if all(passage.id != given for passage in passages):
        raise NoSuchReport(
            f"这份报告里没有 {given} 这一段，共有 {len(passages)} 段。", hint="请用检索结果里的段落编号。"
        )
    return given
