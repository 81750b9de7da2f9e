"""``search-app review``: which town left out, thinned or copied which part of its report."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.export_file import find_export, force_option, format_option, write_table_out
from search_app.cli.options import common, opened_engine, settings_from
from search_app.cli.output import ProgressBar, dim, emit, strong
from search_app.cli.wording import Command
from search_app.exporting.wording import escape_unprintable

if TYPE_CHECKING:
    from search_app.reviewing.report_check import PartCheck
    from search_app.reviewing.review import Review
    from search_app.reviewing.wall import Row


@click.command(cls=Command)
@common
@click.option("--county", metavar="县", help="只看这个县（区、市）；不写就列各县的合计，只有一个县时就是它。")
@click.option("--year", type=click.IntRange(1000, 9999), metavar="年", help="看哪一年度，默认最近有报告的一年。")
@click.option("--town", metavar="乡镇", help="只看这个镇（乡、街道），列它的各个年度。")
@click.option("--export", "export_to", metavar="文件", help="写成文件（.docx .md .csv .xlsx）；- 为标准输出。")
@format_option
@force_option
def review(
    corpus: Path | None,
    index: Path | None,
    as_json: bool,
    county: str | None,
    year: int | None,
    town: str | None,
    export_to: str | None,
    form: str | None,
    force: bool,
) -> None:
    """看各乡镇的年度报告四个部分有没有、单薄不单薄、与往年或他镇相同多少，是否按时。最要看的排在前面。"""
    from search_app import json_shapes as shapes
    from search_app.reviewing.review import Wanted
    from search_app.reviewing.review import review as find

    target = find_export(export_to, form, force=force, as_json=as_json)
    with opened_engine(settings_from(corpus=corpus, index=index)) as engine, ProgressBar("核对") as progress:
        found = find(engine, Wanted(year=year, county=county, town=town), progress=progress)
    if target is not None:
        from search_app.exporting.review_table import tabulate

        table = tabulate(found, target.form, made=datetime.now().astimezone(), ways=None)
        write_table_out(table, target, as_json=as_json)
    elif as_json:
        emit(shapes.review(found))
    else:
        _print(found)


def _print(found: "Review") -> None:
    from search_app.exporting.review_wording import (
        MARKS,
        SIGNS,
        STANDING_SIGNS,
        STANDINGS,
        explain,
        say_apart,
        say_nothing,
        say_totals,
        title,
    )

    click.echo(strong(title(found)))
    click.echo(f"{say_totals(found.totals, what='个年度' if found.town else '个乡镇（街道）')}。")
    if found.rows:
        signs = [f"{SIGNS[mark]} {text}" for mark, text in MARKS.items()]
        click.echo(dim("　".join([*signs, *(f"{STANDING_SIGNS[each]} {text}" for each, text in STANDINGS.items())])))
        _print_rows(found)
    elif found.counties:
        _print_counties(found)
    else:
        click.echo(say_nothing(found))
    if found.apart:
        click.echo(f"\n没有列进表里的报告（{len(found.apart)} 份）：")
    for each in found.apart:
        click.echo(f"  {escape_unprintable(each.report.path)}：{say_apart(each)}")
    click.echo()
    for sentence in explain(of_town=found.town is not None):
        click.echo(dim(sentence))


def _print_rows(found: "Review") -> None:
    from search_app.reviewing.part_floors import PARTS

    names = [str(row.year) if found.town else row.town for row in found.rows]
    widths = [max(map(_width, names)) + 2, *(max(_width(part), 12) + 2 for part in PARTS)]
    click.echo("\n" + dim(_line(["", *PARTS, "时限"], widths)))
    for name, row in zip(names, found.rows, strict=True):
        _print_row(name, row, widths, found)


def _print_row(name: str, row: "Row", widths: list[int], found: "Review") -> None:
    from search_app.exporting.review_wording import (
        STANDING_SIGNS,
        say_dates,
        say_mention,
        say_others,
        say_others_of_year,
        say_own,
        say_unentered,
        sum_up_row,
    )
    from search_app.reviewing.report_check import Mark

    if row.check is None or row.report is None:
        click.echo(f"{_pad(escape_unprintable(name), widths[0])}{STANDING_SIGNS[row.standing]} {sum_up_row(row)}")
        if unentered := say_unentered(row, found.apart):
            click.echo(dim(f"    {unentered}"))
        return
    cells = [escape_unprintable(name), *map(_cell, row.check.parts), say_dates(row.dates)]
    click.echo(_line(cells, widths))
    for part in row.check.parts:
        said = [] if part.mentioned is None else [say_mention(part.mentioned)]
        if Mark.FROM_OTHERS in part.marks and part.others is not None:
            said.append(say_others(part.others, row.report))
        if Mark.FROM_OWN in part.marks and part.own is not None:
            said.append(say_own(part.own, row.report))
        if said:
            click.echo(dim(f"    {part.part}：{escape_unprintable('；'.join(said))}"))
    if row.older:
        click.echo(dim(f"    {say_others_of_year(row)}"))


def _cell(part: "PartCheck") -> str:
    """Return a part as its signs and its letters: √553≡＝."""
    from search_app.exporting.review_wording import SIGNS, say_size
    from search_app.reviewing.report_check import Mark

    size = next((mark for mark in (Mark.MISSING, Mark.THIN) if mark in part.marks), Mark.PRESENT)
    shared = "".join(SIGNS[mark] for mark in (Mark.FROM_OTHERS, Mark.FROM_OWN) if mark in part.marks)
    return SIGNS[size] + (f"{part.letters} 字" if part.letters else say_size(part)) + shared


def _print_counties(found: "Review") -> None:
    from search_app.exporting.review_wording import say_totals
    from search_app.model import UNKNOWN

    for each in found.counties:
        click.echo(f"{strong(escape_unprintable(each.county or UNKNOWN))}：{say_totals(each.totals)}")


def _line(cells: list[str], widths: list[int]) -> str:
    return "".join(_pad(cell, width) for cell, width in zip(cells, widths, strict=False)) + "".join(
        cells[len(widths) :]
    )


def _pad(text: str, width: int) -> str:
    return text + " " * max(width - _width(text), 1)


def _width(text: str) -> int:
    """Return how many columns a terminal gives a text."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
