"""The command line: ``search-app index | search | export | show | review | compare | figures | draft | …``.

Answers go to stdout, as text or with ``--json`` as one object; messages and progress go to stderr. Exit codes: 0 good;
1 some files could not be read or a check failed; 2 wrong use; 3 the index is not usable; 130 interrupted. Importing
this room loads no command, and a command loads what it needs when it runs.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import takewhile

import click

from search_app import __version__
from search_app.cli.output import emit_error, lose_output, say, use_utf8
from search_app.cli.wording import Group, WrongUse, show_version, wrong_use
from search_app.errors import CannotWrite, SearchAppError
from search_app.system_reasons import why_not_written

PROGRAM = "search-app"
INTERRUPTED = 130
_WHERE_TO = "请腾出空间，或把结果转存到别处。"

#: The commands in the order they are needed: the module of each, as only the one that is run is imported, and its line
#: on the page of them all, which imports none.
COMMANDS = {
    "index": ("index_command", "更新索引：读入新增和改过的报告。"),
    "search": ("search_command", "检索一次。"),
    "export": ("export_command", "把检索结果、报告或素材夹导出成文件。"),
    "show": ("show_command", "显示索引里的一份报告。"),
    "similar": ("similar_commands", "列出与一段表述相近的段落。"),
    "related": ("similar_commands", "列出其他乡镇讲同一件事的段落。"),
    "review": ("review_command", "报告体检：哪些部分缺、单薄、雷同。"),
    "compare": ("compare_command", "把几段或几份报告并排对照。"),
    "figures": ("figures_command", "报告里的数据：数了什么、各是多少。"),
    "inspect": ("inspect_command", "看看文件读成了什么样（不用索引）。"),
    "draft": ("draft_command", "检查一份还没交的草稿。"),
    "serve": ("serve_command", "打开网页服务。"),
    "status": ("check_commands", "索引里有什么、要不要更新。"),
    "verify": ("check_commands", "逐字节核对索引。"),
    "migrate": ("migrate_command", "把索引搬进 OpenSearch 集群。"),
    "backup": ("keeping_commands", "备份素材夹和设置。"),
    "restore": ("keeping_commands", "从备份恢复素材夹和设置。"),
}


def _keep_log_quiet() -> None:
    """Keep log records off the terminal of a clerk, who is shown our own sentences.

    Whoever wants tracebacks gives the logger "search_app" a handler.
    """
    import logging

    logging.getLogger("search_app").addHandler(logging.NullHandler())


cli = Group(
    name=PROGRAM,
    callback=_keep_log_quiet,
    help="检索乡镇法治政府建设年度报告。\n\n先把报告放进资料文件夹，运行 index 建立索引，再运行 serve 打开网页。",
    rooms={name: (f"search_app.cli.{room}", said) for name, (room, said) in COMMANDS.items()},
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help="显示版本。",
            callback=show_version(f"{PROGRAM} {__version__}"),
        )
    ],
)


def main() -> None:
    """Run the command line of this process and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever the user or the system did wrong is told, not raised."""
    use_utf8()
    try:
        code = _run(arguments)
        sys.stdout.flush()  # here, where a full disk can still be told
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        lose_output()
        return 0
    except OSError as error:
        if error.filename is not None:  # a fault of ours: what is wrong with a file is told where it is opened
            raise
        lose_output()
        with suppress(OSError):
            emit_error(CannotWrite(f"结果没有写完：{why_not_written(error)}", hint=_WHERE_TO), as_json=False)
        return CannotWrite.exit_code
    return code


def _run(arguments: Sequence[str]) -> int:
    as_json = "--json" in takewhile(lambda argument: argument != "--", arguments)
    try:
        code = cli.main(args=list(arguments) or ["--help"], prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        emit_error(wrong_use(error), as_json=as_json)
        return WrongUse.exit_code
    except SearchAppError as error:
        emit_error(error, as_json=as_json)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("已中断。")
        return INTERRUPTED
    return code if isinstance(code, int) else 0
