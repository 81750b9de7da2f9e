"""The command line: ``search-app index | search | export | show | review | compare | figures | draft | …``.

Answers go to stdout, as text or with ``--json`` as one object; messages and progress go to stderr. Exit codes: 0 good;
1 some files could not be read or a check failed; 2 wrong use; 3 the index is not usable; 130 interrupted. Importing
this room loads no command, and a command loads what it needs when it runs.
"""

import logging
import os
import sys
from collections.abc import Sequence
from itertools import takewhile

import click

from search_app import __version__
from search_app.cli.output import emit_error, say, use_utf8
from search_app.cli.wording import Group, WrongUse, show_version, wrong_use
from search_app.errors import SearchAppError

PROGRAM = "search-app"
INTERRUPTED = 130

# A clerk's terminal shows our own sentences; whoever wants tracebacks gives the logger "search_app" a handler.
logging.getLogger("search_app").addHandler(logging.NullHandler())

#: The commands in the order they are needed, and the module of each: only the one that is run is imported.
COMMANDS = {
    "index": "index_command",
    "search": "search_command",
    "export": "export_command",
    "show": "show_command",
    "similar": "similar_commands",
    "related": "similar_commands",
    "review": "review_command",
    "compare": "compare_command",
    "figures": "figures_command",
    "inspect": "inspect_command",
    "draft": "draft_command",
    "serve": "serve_command",
    "status": "check_commands",
    "verify": "check_commands",
    "backup": "keeping_commands",
    "restore": "keeping_commands",
}

cli = Group(
    name=PROGRAM,
    help="检索乡镇法治政府建设年度报告。\n\n先把报告放进资料文件夹，运行 index 建立索引，再运行 serve 打开网页。",
    rooms={name: f"search_app.cli.{room}" for name, room in COMMANDS.items()},
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
    """Run one command and return its exit code; nothing is raised."""
    use_utf8()
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
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0
