"""``search-app migrate``: copy the index of this machine into a cluster, and check that it arrived."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search_app.cli.options import common, opened_engine, settings_from
from search_app.cli.output import ProgressBar, emit
from search_app.cli.wording import Command
from search_app.cluster_settings import EMBEDDED, OPENSEARCH
from search_app.cluster_settings import urls as read_urls
from search_app.exporting.wording import escape_unprintable
from search_app.settings import Settings

if TYPE_CHECKING:
    from search_app.indexing.migration import Migrated

#: So many differing answers are named.
_NAMED = 5


@click.command(cls=Command)
@common
@click.option("--to", "to", metavar="地址", help="集群的地址，几个用逗号隔开；默认是设置里的 opensearch_url。")
@click.option("--force", is_flag=True, help="集群里已有索引时，用本机的换掉它。")
def migrate(corpus: Path | None, index: Path | None, as_json: bool, to: str | None, force: bool) -> int:
    """把本机的索引搬进 OpenSearch 集群，再核对份数、段数和五十次检索的结果。

    搬好以前，集群里看不到任何变化；本机的索引不动。用户名、密码、证书、分片数照设置里的 opensearch_ 各项。
    有不一致时退出码为 1。
    """
    from search_app.indexing.migration import migrate as copy

    chosen = settings_from(corpus=corpus, index=index)
    with (
        opened_engine(replace(chosen, engine=EMBEDDED)) as source,
        opened_engine(_cluster(chosen, to)) as target,
        ProgressBar("搬运") as copying,
        ProgressBar("核对") as comparing,
    ):
        done = copy(source, target, force=force, copying=copying, comparing=comparing)
    if as_json:
        emit(_shape(done))
    else:
        _tell(done)
    return 0 if done.ok else 1


def _cluster(chosen: Settings, to: str | None) -> Settings:
    """Return the settings of the engine that is copied into. Raises ConfigError."""
    urls = chosen.opensearch_url if to is None else read_urls(to)
    if not urls:
        raise click.UsageError("没有写集群的地址：请加 --to https://…:9200。", click.get_current_context())
    return replace(chosen, engine=OPENSEARCH, opensearch_url=urls, fallback=False)


def _tell(done: "Migrated") -> None:
    """Print what was copied, and what differs."""
    click.echo(
        f"已把 {done.source} 搬进集群，成为 {done.generation}：{done.reports} 份报告、{done.passages} 个段落，"
        f"用时 {done.seconds:.1f} 秒。"
    )
    for problem in done.problems:
        click.echo(f"不一致：{problem}。")
    click.echo(f"核对了 {done.asked} 次检索，{len(done.different)} 次不一致。")
    for each in done.different[:_NAMED]:
        click.echo(f"  {escape_unprintable(each.question)}：{each.what}")
    if done.ok:
        click.echo('要改用集群，请在 search-app.toml 里写上 engine = "opensearch" 和 opensearch_url，再重新启动服务。')
    else:
        click.echo("请先不要改用集群；再搬一次请加 --force，仍不一致的，请把上面几行告诉维护的人。")


def _shape(done: "Migrated") -> dict[str, Any]:
    return {
        "ok": done.ok,
        "source": done.source,
        "generation": done.generation,
        "reports": done.reports,
        "passages": done.passages,
        "seconds": round(done.seconds, 3),
        "asked": done.asked,
        "problems": list(done.problems),
        "different": [{"question": each.question, "what": each.what} for each in done.different],
    }
