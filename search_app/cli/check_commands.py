"""``search-app status`` and ``search-app verify``: what the index holds, and whether it is whole and current."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search_app.cli.options import common, opened_engine, settings_from
from search_app.cli.output import emit, say, strong
from search_app.cli.said_lists import MOST_LINES, say_failures, say_warnings
from search_app.cli.wording import Command
from search_app.exporting.wording import escape_unprintable
from search_app.facets import FACETS
from search_app.model import UNKNOWN, Facet
from search_app.settings import Settings

if TYPE_CHECKING:
    from search_app.checking import IndexStatus
    from search_app.engines.base import Ancestor
    from search_app.indexing import LastRun

#: The facets that are counted; towns and topics would fill the screen.
_COUNTED = (Facet.GENRE, Facet.YEAR, Facet.COUNTY, Facet.SECTION)

#: So many generations are named.
_GENERATIONS = 8


@click.command(cls=Command)
@common
@click.option("--all", "whole", is_flag=True, help="读不出来的文件和提醒全部列出，不只列前几条。")
def status(corpus: Path | None, index: Path | None, as_json: bool, whole: bool) -> int:
    """说明索引里有什么、各年度各县各有多少、要不要更新。"""
    from datetime import UTC, datetime

    from search_app import json_shapes as shapes
    from search_app.checking import status as describe
    from search_app.web.sanitiser import MISSING, find_sanitiser

    chosen = settings_from(corpus=corpus, index=index)
    with opened_engine(chosen) as engine:
        found = describe(engine, chosen.corpus, **_how(chosen))
    if as_json:
        emit({**shapes.status(found, now=datetime.now(UTC)), "sanitiser": find_sanitiser() is not None})
    if found.unusable is not None:
        say(f"索引不能用：{found.unusable.message}")
        say(f"办法：{found.unusable.hint}")
        return found.unusable.exit_code
    if as_json:
        return 0
    _tell(found)
    if find_sanitiser() is None:
        click.echo(MISSING)
    most = None if whole else MOST_LINES
    say_failures([(each.path, each.error, each.hint) for each in found.failed], most=most)
    say_warnings(found.warnings, most=most)
    return 0


def _tell(found: "IndexStatus") -> None:
    """Print what an index holds, and whether it is behind its corpus."""
    from search_app.exporting.review_wording import say_copied

    built = found.built_at.astimezone().strftime("%Y-%m-%d %H:%M") if found.built_at else "未知"
    click.echo(strong(f"索引 {found.generation}：{found.reports} 份报告、{found.passages} 个段落，建于 {built}。"))
    if found.last_run is not None:
        _tell_last_run(found.last_run)
    if found.older:
        click.echo(f"保留的旧索引：{'、'.join(found.older)}")
    _tell_generations(found.generations)
    for facet in _COUNTED:
        values = found.counts.get(facet, ())
        if not FACETS[facet].is_worth_showing(values):
            continue
        listed = "，".join(f"{UNKNOWN if each.value is None else each.value} {each.reports}" for each in values)
        click.echo(f"{FACETS[facet].name}（报告数）：{listed or '无'}")
    if found.copied is not None:
        click.echo(escape_unprintable(say_copied(found.copied)))
    if found.fallen_back is not None:
        click.echo(f"注意：{found.fallen_back}")
    for reason in found.reasons:
        click.echo(f"需要更新：{escape_unprintable(reason)}")
    if len(found.reasons) > len(found.kept):  # whose own reason says what lets them go; a run alone does not
        click.echo("请运行：search-app index")
    elif not found.needs_reindex:
        click.echo("索引是最新的。")


def _how(chosen: Settings) -> dict[str, Any]:
    """Return how an index is held against its corpus."""
    from search_app.indexing import read_own_places

    own_places = read_own_places(chosen.gazetteer)
    return {"index": chosen.index, "own_places": own_places, "vanished_limit": chosen.vanished_limit}


def _tell_last_run(run: "LastRun") -> None:
    """Print what the last run of the indexer did."""
    from search_app.engines.lineage import say_moment

    ended = say_moment(run.ended_at)
    if run.error is not None:
        click.echo(f"最近一次更新：{ended}，没有成功：{escape_unprintable(run.error)}")
        return
    read = f"读入 {run.added + run.changed}，未变 {run.unchanged}，移除 {run.removed}，失败 {run.failed}"
    click.echo(f"最近一次更新：{ended}，用时 {run.seconds:.1f} 秒：{read}。")


def _tell_generations(generations: "Sequence[Ancestor]") -> None:
    """Print the generations since which what is new can be asked for."""
    from search_app.engines.lineage import say_moment

    if generations[1:]:
        listed = "，".join(f"{each.name}（{say_moment(each.built_at)}）" for each in generations[:_GENERATIONS])
        more = f" 等 {len(generations)} 代" if len(generations) > _GENERATIONS else ""
        click.echo(f"能用 --since 查此后新增的：{listed}{more}")


@click.command(cls=Command)
@common
def verify(corpus: Path | None, index: Path | None, as_json: bool) -> int:
    """逐字节核对索引，并与资料文件夹比对。有问题时退出码为 1。"""
    from search_app import json_shapes as shapes
    from search_app.checking import verify as check

    chosen = settings_from(corpus=corpus, index=index)
    with opened_engine(chosen) as engine:
        problems = check(engine, chosen.corpus, **_how(chosen))
    if as_json:
        emit(shapes.verification(problems))
    elif not problems:
        click.echo("索引完好，与资料文件夹一致。")
    else:
        for problem in problems:
            click.echo(f"问题：{escape_unprintable(problem)}")
    return 1 if problems else 0
