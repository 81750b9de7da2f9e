"""``search-app figures``: what the reports count, a row per figure with its clause and source; text, JSON or a file."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.export_file import find_export, force_option, format_option, write_table_out
from search_app.cli.options import common, opened_engine, settings_from
from search_app.cli.output import dim, emit, strong
from search_app.cli.wording import Command
from search_app.errors import BadSearch
from search_app.exporting.wording import escape_unprintable
from search_app.model import TOPICS

if TYPE_CHECKING:
    from search_app.comparing.counted_figures import Figures, Told
    from search_app.comparing.figure_levels import Levels
    from search_app.comparing.figures_table import Narrowing, Rows
    from search_app.settings import Settings

_SIZE = 50


@click.command(cls=Command)
@common
@click.option("--topic", type=click.Choice(TOPICS), metavar="主题", help="只看这个主题的。")
@click.option("--what", metavar="数据", help="只看这一种，如 化解矛盾纠纷；不写就先列有哪些。")
@click.option("--year", type=click.IntRange(1000, 9999), metavar="年", help="只看这一年度的。")
@click.option("--county", metavar="县", help="只看这个县（区、市）的。")
@click.option("--town", metavar="乡镇", help="只看这个镇（乡、街道）的。")
@click.option("--page", type=click.IntRange(min=1), default=1, metavar="页", help=f"第几页，每页 {_SIZE} 个数。")
@click.option("--export", "export_to", metavar="文件", help="全部写成文件（.docx .md .csv .xlsx）；- 为标准输出。")
@format_option
@force_option
def figures(
    corpus: Path | None,
    index: Path | None,
    as_json: bool,
    topic: str | None,
    what: str | None,
    year: int | None,
    county: str | None,
    town: str | None,
    page: int,
    export_to: str | None,
    form: str | None,
    force: bool,
) -> None:
    """列出各乡镇报告里数的是什么、有多少，每个数附原句和出处。读不准的不收，从不相加。"""
    from search_app.comparing.figures_table import Narrowing
    from search_app.labelling.figures.things import thing_named

    if what is not None and thing_named(what) is None:
        raise click.UsageError(f"没有“{what}”这种数据。运行 search-app figures 看有哪些。")
    target = find_export(export_to, form, force=force, as_json=as_json)
    wanted = Narrowing(topic=topic, what=what, year=year, county=county, town=town)
    found, told, levels = _read(settings_from(corpus=corpus, index=index), wanted, None if target else page)
    if target is not None:
        from search_app.exporting.figures_sheet import tabulate

        table = tabulate(told, wanted, side=lambda one: _side(one, levels), made=datetime.now().astimezone())
        write_table_out(table, target, as_json=as_json)
    elif as_json:
        _emit(found, told, levels, page)
    elif what is None and topic is None:
        _print_things(found)
    else:
        _print_figures(found, told, levels, page)


def _read(
    settings: "Settings", wanted: "Narrowing", page: int | None
) -> "tuple[Figures, tuple[Told, ...], dict[str, Levels]]":
    """Return what is counted, a page of it or all with its passages, and what each thing amounts to."""
    from search_app.comparing.counted_figures import find_figures, tell

    with opened_engine(settings) as engine:
        found = find_figures(engine, wanted)
        rows = found.rows if page is None else _page(found, page)
        return found, tell(engine, found.table.entries(rows.tolist())), _levels(found)


def _emit(found: "Figures", told: "tuple[Told, ...]", levels: "dict[str, Levels]", page: int) -> None:
    from search_app import json_shapes as shapes

    pages = max(-(-len(found.rows) // _SIZE), 1)
    emit(shapes.figures(found, told, levels, page=page, pages=pages, size=_SIZE))


def _levels(found: "Figures") -> "dict[str, Levels]":
    from search_app.comparing.counted_figures import find_all_levels

    return {one.thing.name: find_all_levels(found, one.thing.name) for one in found.things}


def _page(found: "Figures", page: int) -> "Rows":
    """Return the rows of a page. Raises BadSearch where there is no such page."""
    last = max(-(-len(found.rows) // _SIZE), 1)
    if page > last:
        raise BadSearch(f"没有第 {page} 页，最后一页是第 {last} 页。", hint="请改正 --page。")
    return found.rows[(page - 1) * _SIZE : page * _SIZE]


def _side(told: "Told", levels: "dict[str, Levels]") -> str | None:
    return levels[told.entry.thing.name].side(told.entry)


def _print_things(found: "Figures") -> None:
    from search_app.exporting.figure_wording import explain, title

    click.echo(strong(escape_unprintable(title(found.wanted))))
    click.echo(f"{len(found.rows):,} 个数，{len(found.things)} 种。用 --what 看其中一种。")
    for topic in TOPICS:
        held = [one for one in found.things if one.thing.topic == topic]
        if held:
            click.echo(f"\n{strong(topic)}")
        for one in held:
            years = "—".join(map(str, dict.fromkeys((one.years[0], one.years[-1])))) if one.years else "年度未识别"
            said = f"{one.figures:,} 个，{one.towns:,} 个乡镇，{years}"
            click.echo(f"  {one.thing.name}（{one.thing.units[0]}）{dim('  ' + said)}")
    click.echo()
    for sentence in explain():
        click.echo(dim(sentence))


def _print_figures(found: "Figures", told: "tuple[Told, ...]", levels: "dict[str, Levels]", page: int) -> None:
    from search_app.exporting import citation
    from search_app.exporting.figure_wording import say_marks, say_side, say_spread, say_value, title

    wanted = found.wanted
    click.echo(strong(escape_unprintable(title(wanted))))
    click.echo(f"{len(found.rows):,} 个数。" if len(found.rows) else "选定的范围里没有读出数据。")
    for one in found.things if wanted.what else ():
        for _, spread in sorted(levels[one.thing.name].spreads.items()):
            click.echo(dim(f"  {say_spread(spread, one.thing.units[0])}"))
    for one_told in told:
        entry = one_told.entry
        marks = "".join(f"〔{mark}〕" for mark in (*say_marks(entry), say_side(_side(one_told, levels))) if mark)
        where = f"{citation.place(entry.report)} {entry.report.year or '年度未识别'}"
        click.echo(f"\n{escape_unprintable(where)}  {entry.thing.name} {strong(say_value(entry))}{marks}")
        click.echo("   " + escape_unprintable(one_told.clause.replace("\n", " ")))
        click.echo(dim(f"   {escape_unprintable(citation.source(one_told.passage, entry.report))}"))
    last = -(-len(found.rows) // _SIZE)
    if last > 1:
        click.echo(dim(f"\n第 {page} / {last} 页。"))
