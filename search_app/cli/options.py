"""What the commands share: the common options, and the settings and engine they lead to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from search_app import settings
from search_app.cli.output import say
from search_app.settings import Settings

if TYPE_CHECKING:
    from search_app.engines.base import Engine

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_FOLDER = click.Path(path_type=Path, file_okay=False)


def common(command: Decorated) -> Decorated:
    """Add ``--corpus``, ``--index`` and ``--json``."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。"),
        click.option("--index", "index", type=_FOLDER, metavar="目录", help="索引文件夹，默认 index。"),
        click.option("--corpus", type=_FOLDER, metavar="目录", help="资料文件夹，默认 corpus。"),
    ):
        command = option(command)
    return command


def log_file_option(command: Decorated) -> Decorated:
    """Add ``--log-file``."""
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option("--log-file", type=kind, metavar="文件", help="把经过记进这个日志文件，默认不记。")(command)


def settings_from(**given: Any) -> Settings:
    """Return the settings with those overridden that were given as options."""
    return replace(settings.load(), **{name: value for name, value in given.items() if value is not None})


@contextmanager
def opened_engine(chosen: Settings) -> "Iterator[Engine]":
    """Open the engine over the chosen index, close it after."""
    from search_app.engines import open_engine

    engine = open_engine(chosen)
    try:
        yield engine
    finally:
        engine.close()


def say_if_damaged(engine: "Engine") -> None:
    """Say on stderr when what answers is not what should: an older generation, or an embedded index for a cluster."""
    status = engine.status()
    for each in filter(None, (status.problem, status.fallen_back)):
        say(f"注意：{each}")
