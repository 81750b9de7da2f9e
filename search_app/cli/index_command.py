"""``search-app index``: bring the index up to date with the corpus folder."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search_app.cli.options import common, log_file_option, opened_engine, settings_from
from search_app.cli.output import ProgressBar, emit, say
from search_app.cli.said_lists import say_failures, say_warnings
from search_app.cli.watching import watch as keep_watch
from search_app.cli.wording import Command
from search_app.exporting.wording import escape_unprintable
from search_app.settings import Settings

if TYPE_CHECKING:
    from search_app.engines.base import Engine
    from search_app.indexing import Tally
    from search_app.indexing.corpus_folder import Snapshot
    from search_app.keeping.run_records import RunRecords


#: So many lines of each list a run says; a log should tell what a usual folder has.
_MOST_SAID = 200


@click.command(cls=Command)
@common
@click.option("--rebuild", is_flag=True, help="全部重读，从头重建。")
@click.option("--accept-removals", is_flag=True, help="整个文件夹不见了，或大部分报告不见了，也照样从索引里去掉。")
@click.option("--retry-failed", is_flag=True, help="上次读不出来、内容没有变的文件，也再读一次。")
@click.option("--ocr", is_flag=True, help="扫描件和图片用本机的识别程序（OCR）认字后收入。")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="数", help="同时用几个进程读文件，默认自动。")
@click.option("--watch", is_flag=True, help="一直看着文件夹，有变动就更新，按 Ctrl+C 停止。")
@log_file_option
@click.option("--dry-run", is_flag=True, help="只说会做什么，不改索引。")
def index(
    corpus: Path | None,
    index: Path | None,
    as_json: bool,
    rebuild: bool,
    accept_removals: bool,
    retry_failed: bool,
    ocr: bool,
    jobs: int | None,
    watch: bool,
    log_file: Path | None,
    dry_run: bool,
) -> int:
    """更新索引：只读新增和改过的报告，移走的报告从索引里去掉。

    更新期间照常可以检索。读不出来的文件会列出原因，其余不受影响。

    整个文件夹一下子不见了（多半是网络盘没有连接），其中的报告会留着，要用 --accept-removals 才去掉。
    """
    if watch and dry_run:
        raise click.UsageError("--watch 和 --dry-run 不能同时用。", click.get_current_context())
    from search_app.keeping.log_file import logging_to
    from search_app.keeping.run_records import RunRecords

    chosen = settings_from(corpus=corpus, index=index, log_file=log_file, fallback=False)  # a writer never falls back
    command = _ocr_command(chosen) if ocr else ()
    with logging_to(chosen.log_file, with_queries=chosen.log_queries), opened_engine(chosen) as engine:
        seen = _look(chosen) if watch else ()  # before anything is read: what changes meanwhile is seen as well
        again = partial(_run, engine, chosen, RunRecords(), as_json=as_json, jobs=jobs, watched=watch, ocr=command)
        # With --watch removals are accepted for the first look only: what goes later is a new question.
        tally = again(rebuild=rebuild, retry_failed=retry_failed, accept_removals=accept_removals, dry_run=dry_run)
        if watch:
            say(f"正在看着 {chosen.corpus}，按 Ctrl+C 停止。")
            keep_watch(partial(_look, chosen), again, seen, tally)
    return 1 if tally.failed or tally.kept else 0


def _run(
    engine: "Engine",
    chosen: Settings,
    records: "RunRecords",
    *,
    as_json: bool,
    jobs: int | None,
    watched: bool,
    before: "Tally | None" = None,
    **asked: Any,
) -> "Tally":
    """Update once and print what was done; of a run ``before``, only where something is new since.

    ``asked`` is handed on to the update as it is.
    """
    from search_app.indexing import read_own_places, update

    with ProgressBar("读取报告") as bar:
        asked_for = partial(
            update,
            engine,
            chosen.corpus,
            index=chosen.index,
            vanished_limit=chosen.vanished_limit,
            jobs=jobs or 0,
            progress=bar,
            own_places=read_own_places(chosen.gazetteer),  # anew each time: with --watch it may have been edited
            **asked,
        )
        tally = records.run(asked_for)
    _prepare(engine, chosen, tally)
    if before is None or _is_new(tally, before):
        _tell(tally, chosen, as_json=as_json, watched=watched)
    return tally


def _tell(tally: "Tally", chosen: Settings, *, as_json: bool, watched: bool) -> None:
    """Print what a run did."""
    from search_app import json_shapes as shapes

    if as_json:
        emit(shapes.tally(tally), indent=None if watched else 2)
    else:
        _print(tally)
    if not (tally.reports or tally.failed or tally.added):
        say(f"资料文件夹 {chosen.corpus} 里还没有报告。请把报告放进去，再运行一次：search-app index")


def _prepare(engine: "Engine", chosen: Settings, tally: "Tally") -> None:
    """Prepare what a search would have to make first."""
    from search_app.searching.prepared_start import keep_prepared

    if tally.reports and not tally.dry_run:
        keep_prepared(engine, chosen.index)


def _ocr_command(chosen: Settings) -> tuple[str, ...]:
    """Return the command that recognises scans. Raises ConfigError where its program is not installed."""
    from search_app.readers.ocr_command import find_command

    return find_command(chosen.ocr_command)


def _is_new(tally: "Tally", before: "Tally") -> bool:
    failed, was = ({error.path for error in each.failed} for each in (tally, before))
    return bool(tally.added or tally.changed or tally.removed) or failed != was or tally.kept != before.kept


def _look(chosen: Settings) -> "Snapshot":
    """Look at times and sizes of all that an update reads."""
    from search_app.indexing import snapshot

    also = () if chosen.gazetteer is None else (chosen.gazetteer,)
    return snapshot(chosen.corpus, index=chosen.index, also=also)


def _print(tally: "Tally") -> None:
    counts = (
        ("新增", tally.added),
        ("改动", tally.changed),
        ("未变", tally.unchanged),
        ("移除", tally.removed),
        ("失败", tally.failed),
    )
    said = "，".join(f"{name} {len(items)}" for name, items in counts)
    if tally.duplicates:
        said += f"，内容相同 {len(tally.duplicates)}"
    click.echo(f"{'会做的事（没有真做）：' if tally.dry_run else '完成：'}{said}。用时 {tally.seconds:.1f} 秒。")
    if tally.dry_run:
        for name, paths in (("新增", tally.added), ("改动", tally.changed), ("移除", tally.removed)):
            for path in paths:
                click.echo(f"  {name} {escape_unprintable(path)}")
    generation = f"（{tally.generation}）" if tally.generation else ""
    click.echo(f"索引里有 {tally.reports} 份报告、{tally.passages} 个段落{generation}。")
    say_failures([(each.path, each.message, each.hint) for each in tally.failed], most=_MOST_SAID)
    kept = {each.folder for each in tally.kept}
    say_warnings(sorted(tally.warnings, key=lambda each: each.path not in kept), most=_MOST_SAID)
    if tally.ignored:
        say(f"有 {len(tally.ignored)} 个文件没有读：")
        for warned in tally.ignored[:_MOST_SAID]:
            say(f"    {warned.path}：{warned.warning}")
        if len(tally.ignored) > _MOST_SAID:
            say("    等。全部列出请加 --json。")
