"""``search-app compare``: two to four passages, or reports, side by side, for reading, as JSON or as a file."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.export_file import find_address, find_export, force_option, format_option, write_out
from search_app.cli.options import common, opened_engine, say_if_damaged, settings_from
from search_app.cli.output import dim, emit, say, strong
from search_app.cli.print_hit import name_place, name_source
from search_app.cli.wording import Command
from search_app.exporting import citation
from search_app.exporting.wording import escape_unprintable

if TYPE_CHECKING:
    from search_app.comparing.passages_beside import Column
    from search_app.comparing.reports_beside import Beside
    from search_app.engines.base import Engine
    from search_app.exporting.collection import Collection

_REPORT, _PASSAGE = re.compile(r"[0-9a-f]{12}"), re.compile(r"[0-9a-f]{12}-[0-9]+")
_FEWEST, _MOST = 2, 4


@click.command(cls=Command)
@common
@click.argument("names", metavar="编号 编号 [编号 编号]", nargs=-1, required=True)
@click.option("--base", metavar="编号", help="以其中哪一个为准，默认第一个。")
@click.option("--export", "target", metavar="文件", help="写成文件（.docx .md .csv .xlsx）；- 为标准输出。")
@format_option
@force_option
def compare(
    corpus: Path | None,
    index: Path | None,
    as_json: bool,
    names: tuple[str, ...],
    base: str | None,
    target: str | None,
    form: str | None,
    force: bool,
) -> None:
    """并排对照 2 至 4 段，或 2 至 4 份报告。

    段落写段落编号（如 0123456789ab-3）或引用码（如 7K3QF-9ZM2X-2XAB），报告写报告编号（如 0123456789ab）；
    段落和报告不能放在一起。报告按章节、再按主题对齐。
    """
    found = find_export(target, form, force=force, as_json=as_json)
    of_reports = _are_reports(names)
    with opened_engine(settings_from(corpus=corpus, index=index)) as engine:
        say_if_damaged(engine)
        ids = [name if of_reports else _find_id(engine, name) for name in names]
        meant = (base if of_reports else _find_id(engine, base)) if base is not None else ids[0]
        once = tuple(dict.fromkeys(ids))
        _check(once, meant, repeated=len(once) < len(ids))
        collection = _compare(engine, once, meant, of_reports=of_reports, as_json=as_json, export=found is not None)
    if found is not None and collection is not None:
        write_out(collection, found, as_json=as_json)


def _are_reports(names: tuple[str, ...]) -> bool:
    """Tell whether reports are named. Raises UsageError where both kinds are."""
    reports = [_REPORT.fullmatch(name) is not None for name in names]
    if any(reports) and not all(reports):
        raise click.UsageError("段落和报告不能放在一起对照，请只写段落编号，或只写报告编号。")
    return all(reports)


def _find_id(engine: "Engine", name: str) -> str:
    """Return the id of a passage that is named by it or by its citation code. Raises NoSuchText."""
    from search_app.searching import find_cited

    code = citation.read_code(name) if not _PASSAGE.fullmatch(name) else None
    if code is None:
        return name
    found = find_cited(engine, code.digest, code.is_of)
    return (*found.here, *found.elsewhere)[0].passage.id


def _check(ids: tuple[str, ...], base: str, *, repeated: bool) -> None:
    if repeated:
        say("注意：同一个写了不止一次，只算一次。")
    if not _FEWEST <= len(ids) <= _MOST:
        raise click.UsageError(f"一次对照 {_FEWEST} 至 {_MOST} 个，现在是 {len(ids)} 个。")
    if base not in ids:
        raise click.UsageError("--base 应是要对照的其中一个。")


def _compare(
    engine: "Engine", ids: tuple[str, ...], base: str, *, of_reports: bool, as_json: bool, export: bool
) -> "Collection | None":
    """Compare, and print unless a file is wanted: then return what it holds."""
    from datetime import datetime

    from search_app import json_shapes as shapes
    from search_app.comparing.passages_beside import find_columns
    from search_app.comparing.reports_beside import find_beside
    from search_app.exporting.compared import collect_beside, collect_columns

    made, generation = datetime.now().astimezone(), engine.status().current.name
    if of_reports:
        beside = find_beside(engine, ids, base)
        if export:
            return collect_beside(beside, made=made, generation=generation, address=find_address)
        emit(shapes.compared_reports(beside, repeated=False)) if as_json else _print_beside(beside)
        return None
    columns = find_columns(engine, ids, base)
    if export:
        return collect_columns(columns, made=made, generation=generation, address=find_address)
    emit(shapes.compared_passages(columns, repeated=False)) if as_json else _print_columns(columns)
    return None


def _print_columns(columns: "tuple[Column, ...]") -> None:
    from search_app.exporting.compared import tell_column

    base = next(each for each in columns if each.is_base)
    for number, column in enumerate(columns, start=1):
        passage, report = column.subject.passage, column.subject.report
        click.echo(f"\n{number}. {strong(name_source(passage, report))}")
        click.echo("   " + _marked(passage.text, column.shared).replace("\n", " "))
        for line in tell_column(column, base):
            click.echo(dim(f"   {escape_unprintable(line)}"))
        click.echo(dim(f"   {name_place(passage, report)}"))


def _marked(text: str, shared: tuple[tuple[int, int], ...]) -> str:
    """Return a text with what it shares in 【】."""
    parts, at = [], 0
    for start, end in shared:
        parts += [text[at:start], f"【{text[start:end]}】"]
        at = end
    return "".join((*parts, text[at:]))


def _print_beside(found: "Beside") -> None:
    from search_app.exporting.compared import name_row, tell_empty, tell_reports

    for line in tell_reports(found):
        click.echo(escape_unprintable(line))
    names = [citation.where(each.report) for each in found.reports]
    for part in found.parts:
        click.echo(f"\n{strong(part.section)}")
        absent = [name for name, there in zip(names, part.present, strict=True) if not there]
        if absent:
            click.echo(f"没有写这一部分：{'、'.join(absent)}")
        for row in part.rows:
            click.echo(f"\n  {strong(escape_unprintable(name_row(row)))}")
            for cell, name in zip(row.cells, names, strict=True):
                for passage in cell.passages:
                    click.echo(f"    {name} 第 {passage.number} 段：" + passage.text.replace("\n", " "))
                if not cell.passages:
                    click.echo(dim(f"    {name}：{tell_empty(cell, row)}"))
