"""``search-app serve``: the web page on a production server."""

from pathlib import Path

import click

from search_app.cli.options import common, log_file_option, settings_from
from search_app.cli.wording import Command


@click.command(cls=Command)
@common
@click.option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1，只有本机能访问。")
@click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="监听的端口，默认 8000。")
@click.option("--threads", type=click.IntRange(1, 64), metavar="数", help="每个进程同时应答几个请求，默认 4。")
@click.option("--workers", type=click.IntRange(1, 64), metavar="数", help="几个进程一起应答，默认 1；人多时设为核数。")
@log_file_option
@click.option("--log-queries", is_flag=True, default=None, help="日志里也记下检索词，默认不记。")
@click.option("--metrics", is_flag=True, default=None, help="打开 /metrics，供 Prometheus 读取运行状况，默认不打开。")
def serve(
    corpus: Path | None,
    index: Path | None,
    as_json: bool,  # noqa: ARG001 - a common option; serving has no answer to print
    host: str | None,
    port: int | None,
    threads: int | None,
    workers: int | None,
    log_file: Path | None,
    log_queries: bool | None,
    metrics: bool | None,
) -> None:
    """打开网页服务，用浏览器检索。按 Ctrl+C 停止。"""
    from search_app.web import serve as answer

    given = {"workers": workers, "log_file": log_file, "log_queries": log_queries, "metrics": metrics}
    answer(settings_from(corpus=corpus, index=index, host=host, port=port, threads=threads, **given))
