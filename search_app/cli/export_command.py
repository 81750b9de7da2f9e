"""``search-app export``: the passages of a search, or whole reports, as a file."""

import re
from pathlib import Path

import click

from search_app.cli.export_file import collect_list, find_address, find_target, force_option, write_out
from search_app.cli.options import common, opened_engine, say_if_damaged, settings_from
from search_app.cli.search_command import request_from, search
from search_app.cli.wording import Command
from search_app.exporting.file_formats import FileFormat

_REPORT = re.compile(r"[0-9a-f]{12}")
#: Options of ``search`` that say how a page of it is shown, and those that every command has.
_OF_A_PAGE = {"page", "size", "explain", "target", "force", "query", "as_json", "index", "corpus"}
#: What decides which passages are listed, all of it.
_NARROWING = [option for option in search.params if option.name not in _OF_A_PAGE]


@click.command(cls=Command, params=[*_NARROWING], short_help="把检索结果或报告导出成文件。")
@common
@click.argument("asked", metavar="检索词或报告编号", nargs=-1)
@click.option(
    "--to", "target", required=True, metavar="文件", help="写到这个文件（.docx .md .csv .xlsx）；- 为标准输出。"
)
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in FileFormat]),
    metavar="格式",
    help="docx、md、csv、xlsx；默认看文件名的结尾。",
)
@force_option
@click.pass_context
def export(
    ctx: click.Context,
    /,
    corpus: Path | None,
    index: Path | None,
    as_json: bool,
    asked: tuple[str, ...],
    target: str,
    form: str | None,
    force: bool,
    **narrowing: object,
) -> None:
    """把检索结果（最多 1000 段）或整份报告导出成 Word、Markdown、CSV 或 Excel 文件。

    写报告编号（可写几个）就导出整份报告，否则按检索词和筛选条件导出检索结果。
    """
    from datetime import datetime

    from search_app.exporting.whole_report import collect_reports

    found = find_target(target, form, force=force)
    if as_json and found.path is None:
        raise click.UsageError("--json 和写到标准输出不能一起用。")
    chosen = settings_from(corpus=corpus, index=index)
    with opened_engine(chosen) as engine:
        if not as_json:
            say_if_damaged(engine)
        if asked and all(_REPORT.fullmatch(each) for each in asked):
            _refuse_narrowing(ctx)
            held = [engine.report(each) for each in dict.fromkeys(asked)]
            generation = engine.status().current.name
            made = datetime.now().astimezone()
            collection = collect_reports(held, made=made, generation=generation, address=find_address)
        else:
            collection = collect_list(engine, request_from({"query": asked, **narrowing}), chosen)
    write_out(collection, found, as_json=as_json)


def _refuse_narrowing(ctx: click.Context) -> None:
    """Raise UsageError where options are given that have no effect on a whole report."""
    given = [
        option.opts[0]
        for option in _NARROWING
        if option.name and ctx.get_parameter_source(option.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"按编号导出整份报告时不能写 {'、'.join(given)}。")
