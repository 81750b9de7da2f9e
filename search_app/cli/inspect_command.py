"""``search-app inspect``: read and parse files without an index, and show what was understood."""

from pathlib import Path

import click

from search_app.cli.options import common, settings_from
from search_app.cli.output import emit, say
from search_app.cli.understood_tree import as_tree
from search_app.cli.wording import Command
from search_app.errors import ReadError


@click.command(cls=Command)
@common
@click.option("--explain", "why", is_flag=True, help="说明年度、地方、章节、主题各凭什么判定。")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
def inspect(corpus: Path | None, index: Path | None, as_json: bool, why: bool, files: tuple[Path, ...]) -> int:
    """读文件（或文件夹、压缩包里的全部文件），显示看懂了什么。

    有标题、地方、年度及其依据，提纲、章节、主题，以及没有当作段落的文字。方括号里先是章节，竖线后面是主题。
    """
    from search_app import indexing
    from search_app import json_shapes as shapes

    chosen = settings_from(corpus=corpus, index=index)
    folder, own_places = chosen.corpus, indexing.read_own_places(chosen.gazetteer)
    named = [indexing.sources_at(file, corpus=folder) for file in files]
    sources_found = [source for sources in named for source in sources.found]
    results = [indexing.inspect(source, explain=why, own_places=own_places) for source in sources_found]
    read = [result for result in results if not isinstance(result, ReadError)]
    failed = [result for result in results if isinstance(result, ReadError)]
    failed += [error for sources in named for error in sources.failed]
    remarks = [warned for sources in named for warned in sources.warnings]
    remarks += indexing.remarks_among(each.report for each in read)
    if as_json:
        emit(shapes.explained_inspection(read, failed, remarks))
    else:
        for item in read:
            for line in as_tree(item):
                click.echo(line)
            click.echo()
        for error in failed:
            say(f"读不出来：{error.path}：{error.message}")
            if error.hint:
                say(f"    办法：{error.hint}")
        for warned in remarks:
            say(f"注意：{warned.path}：{warned.warning}")
        if not read and not failed:
            say("这里没有可以读的文件。")
    return 1 if failed else 0
