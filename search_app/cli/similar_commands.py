"""``search-app similar`` and ``search-app related``: from a passage to others that say the same, or to other towns."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.facet_options import facet_options, selection_from
from search_app.cli.options import common, opened_engine, settings_from
from search_app.cli.output import changed, dim, emit, strong
from search_app.cli.print_hit import name_place, name_source, print_hit
from search_app.cli.wording import Command
from search_app.errors import BadSearch
from search_app.query import MAX_SIZE, MAX_WINDOW, Search

if TYPE_CHECKING:
    from search_app.searching import Subject, Variant

_PAGE = click.option("--page", type=int, default=1, metavar="页", help="第几页，从 1 开始。")
_SIZE = click.option("--size", type=int, default=10, metavar="条", help="每页几条，默认 10，最多 100。")


@click.command(cls=Command)
@common
@click.argument("passage_id", metavar="段落编号")
@_PAGE
@_SIZE
def similar(corpus: Path | None, index: Path | None, as_json: bool, passage_id: str, page: int, size: int) -> None:
    """列出各镇各年与这一段表述相近的段落，标出不同的字。段落编号见检索结果，如 0123456789ab-3。

    {+这样+} 是列出的那段的写法，[-这样-] 是这一段的写法。
    """
    from search_app import json_shapes as shapes
    from search_app.searching import find_similar as find

    with opened_engine(settings_from(corpus=corpus, index=index)) as engine:
        found = find(engine, passage_id, _asked(page, size))
    if as_json:
        emit(shapes.similar(found))
        return
    _print_subject(found.subject)
    count = found.found.total
    click.echo(strong(f"另有 {count:,} 处相近表述。" if count else "没有别处与这一段表述相近。"))
    for number, variant in enumerate(found.variants, start=(page - 1) * size + 1):
        _print_variant(number, variant)
    _print_page(page, found.pages)


@click.command(cls=Command)
@common
@click.argument("passage_id", metavar="段落编号")
@facet_options
@_PAGE
@_SIZE
def related(
    corpus: Path | None, index: Path | None, as_json: bool, passage_id: str, page: int, size: int, **narrowed: object
) -> None:
    """列出其他乡镇与这一段讲同一件事、写法不同的段落。段落编号见检索结果，如 0123456789ab-3。"""
    from search_app import json_shapes as shapes
    from search_app.comparing.report_overlap import measure_last_years
    from search_app.searching import find_related as find

    with opened_engine(settings_from(corpus=corpus, index=index)) as engine:
        found = find(engine, passage_id, replace(_asked(page, size), selection=selection_from(narrowed)))
        last_years = measure_last_years(engine, (hit.match.report for hit in found.hits))
    if as_json:
        emit(shapes.related(found, last_years))
        return
    _print_subject(found.subject)
    count = found.found.total
    click.echo(strong(f"其他乡镇有 {count:,} 段。" if count else "没有找到其他乡镇讲同一件事的段落。"))
    for number, hit in enumerate(found.hits, start=(page - 1) * size + 1):
        print_hit(number, hit, None, last_years.get(hit.match.report.id))
    _print_page(page, found.pages)


def _asked(page: int, size: int) -> Search:
    """Return the page asked for. Raises BadSearch."""
    if not (page >= 1 and 1 <= size <= MAX_SIZE and page * size <= MAX_WINDOW):
        message = f"页码从 1 开始，每页 1 至 {MAX_SIZE} 条，现在是第 {page} 页、每页 {size} 条。"
        raise BadSearch(message, hint="请改正 --page 或 --size。")
    return Search(page=page, size=size)


def _print_subject(subject: "Subject") -> None:
    click.echo(f"{strong(name_source(subject.passage, subject.report))}\n   {subject.passage.text}\n")


def _print_variant(number: int, variant: "Variant") -> None:
    passage, report = variant.match.passage, variant.match.report
    click.echo(f"\n{number}. {strong(name_source(passage, report))}")
    click.echo("   " + changed(variant.parts).replace("\n", " "))
    click.echo(dim(f"   {name_place(passage, report)}"))


def _print_page(page: int, pages: int) -> None:
    if pages > 1:
        click.echo(dim(f"\n第 {page} / {pages} 页。"))
