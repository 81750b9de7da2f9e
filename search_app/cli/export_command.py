"""``search-app export``: the passages of a search, whole reports or a shared basket, as a file."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.export_file import collect_list, find_address, find_target, force_option, write_out
from search_app.cli.options import common, opened_engine, say_if_damaged, settings_from
from search_app.cli.search_command import request_from, search
from search_app.cli.shared_basket import collect_shared, read_token
from search_app.cli.wording import Command
from search_app.exporting.file_formats import FileFormat

if TYPE_CHECKING:
    from search_app.engines.base import Engine
    from search_app.exporting.collection import Collection

_REPORT = re.compile(r"[0-9a-f]{12}")
#: Options of ``search`` that say how a page of it is shown, and those that every command has.
_OF_A_PAGE = {"page", "size", "explain", "target", "force", "query", "as_json", "index", "corpus"}
#: What decides which passages are listed, all of it.
_NARROWING = [option for option in search.params if option.name not in _OF_A_PAGE]


@click.command(cls=Command, params=[*_NARROWING])
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
@click.option("--basket", metavar="分享网址", help="导出一个分享的素材夹：写它的网址，或网址的最后一段。")
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
    basket: str | None,
    force: bool,
    **narrowing: object,
) -> None:
    """把检索结果（最多 1000 段）、整份报告或分享的素材夹导出成 Word、Markdown、CSV 或 Excel 文件。

    写报告编号（可写几个）就导出整份报告，写 --basket 就导出素材夹，否则按检索词和筛选条件导出检索结果。
    """
    found = find_target(target, form, force=force)
    if as_json and found.path is None:
        raise click.UsageError("--json 和写到标准输出不能一起用。")
    chosen, token = settings_from(corpus=corpus, index=index), None
    reports = bool(asked) and all(map(_REPORT.fullmatch, asked))
    if basket is not None:
        _refuse_narrowing(ctx, "导出素材夹时", *(("检索词或报告编号",) if asked else ()))
        token = read_token(basket)
    elif reports:
        _refuse_narrowing(ctx, "按编号导出整份报告时")
    with opened_engine(chosen) as engine:
        if token is not None:
            collection = collect_shared(engine, token, chosen)
        elif reports:
            collection = _collect_reports(engine, asked)
        else:
            collection = collect_list(engine, request_from({"query": asked, **narrowing}), chosen)
        if not as_json and token is None:
            say_if_damaged(engine)
    write_out(collection, found, as_json=as_json)


def _collect_reports(engine: "Engine", asked: tuple[str, ...]) -> "Collection":
    """Return whole reports in the order in which they are asked for. Raises NoSuchReport."""
    from datetime import datetime

    from search_app.exporting.whole_report import collect_reports

    held = [engine.report(each) for each in dict.fromkeys(asked)]
    generation = engine.status().current.name
    return collect_reports(held, made=datetime.now().astimezone(), generation=generation, address=find_address)


def _refuse_narrowing(ctx: click.Context, when: str, *besides: str) -> None:
    """Raise UsageError where options are given that have no effect on what is exported whole."""
    given = [*besides] + [
        option.opts[0]
        for option in _NARROWING
        if option.name and ctx.get_parameter_source(option.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"{when}不能写 {'、'.join(given)}。")
