"""``search-app serve``: the web page on a production server."""

from pathlib import Path

import click

from search_app.cli.options import common, settings_from
from search_app.cli.wording import Command


@click.command(cls=Command)
@common
@click.option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1，只有本机能访问。")
@click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="监听的端口，默认 8000。")
@click.option("--threads", type=click.IntRange(1, 64), metavar="数", help="同时应答几个请求，默认 8。")
def serve(
    corpus: Path | None,
    index: Path | None,
    as_json: bool,  # noqa: ARG001 - a common option; serving has no answer to print
    host: str | None,
    port: int | None,
    threads: int | None,
) -> None:
    """打开网页服务，用浏览器检索。按 Ctrl+C 停止。"""
    from search_app.web import serve as answer

    answer(settings_from(corpus=corpus, index=index, host=host, port=port, threads=threads))
