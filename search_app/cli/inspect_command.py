"""``search-app inspect``: read and parse files without an index, and show what was understood."""

from pathlib import Path

import click

from search_app.cli.options import common, settings_from
from search_app.cli.output import emit, say
from search_app.cli.report_text import as_tree
from search_app.cli.wording import Command
from search_app.errors import ReadError


@click.command(cls=Command, short_help="看看文件读成了什么样（不用索引）。")
@common
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
def inspect(corpus: Path | None, index: Path | None, as_json: bool, files: tuple[Path, ...]) -> int:
    """读文件，显示看懂了什么：标题、地方、年度及其依据，提纲、章节、主题，以及没有当作段落的文字。"""
    from search_app import as_json as shapes
    from search_app.indexing import Understood, sources_at, understand

    folder = settings_from(corpus=corpus, index=index).corpus
    named = [sources_at(file, corpus=folder) for file in files]
    results = [understand(source) for sources in named for source in sources.found]
    results += [error for sources in named for error in sources.failed]
    read = [(result.report, result.passages) for result in results if isinstance(result, Understood)]
    failed = [result for result in results if isinstance(result, ReadError)]
    if as_json:
        emit(shapes.inspection(read, failed))
    else:
        for report, passages in read:
            for line in as_tree(report, passages):
                click.echo(line)
            click.echo()
        for error in failed:
            say(f"读不出来：{error.path}：{error.message}")
            if error.hint:
                say(f"    办法：{error.hint}")
    return 1 if failed else 0
