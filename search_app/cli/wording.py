"""Click in Chinese: headings of the help pages, and what is said about wrong use."""

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any
from unicodedata import east_asian_width

import click

from search_app.errors import SearchAppError

#: What click appends to a help text in English, such as a range.
_EXTRA = re.compile(r"\s+\[[^\[\]]*\]$")


class WrongUse(SearchAppError):
    """A command that was not called as it should be."""

    exit_code = 2
    code = "usage"


class Command(click.Command):
    """A command whose help page is in Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))


class Group(click.Group):
    """A group whose help page is in Chinese, and whose commands are imported when they are asked for.

    ``rooms`` maps the name of each command, in the order of the help page, to the module that holds it and its line.
    """

    def __init__(self, *args: Any, rooms: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("subcommand_metavar", "命令 [参数]…")
        super().__init__(*args, **kwargs)
        self._rooms = rooms

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command, imported from its room; None where there is no such command."""
        if cmd_name not in self._rooms:
            return None
        command: click.Command = getattr(import_module(self._rooms[cmd_name][0]), cmd_name)
        return command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_options(self, ctx, formatter)
        _write_rows(formatter, "命令", [(name, said) for name, (_, said) in self._rooms.items()])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order they are needed, not of the alphabet."""
        return list(self._rooms)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"没有“{args[0]}”这个命令。命令有：{'、'.join(self._rooms)}。", ctx)
        return super().resolve_command(ctx, args)


def _format_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="用法：")


def _format_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = (param for param in command.get_params(ctx) if isinstance(param, click.Option))
    rows = [row for option in options if (row := option.get_help_record(ctx)) is not None]
    _write_rows(formatter, "选项", [(name, _EXTRA.sub("", text)) for name, text in rows])


def _write_rows(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Write two columns, aligned by the width that Chinese takes on a screen; click counts characters."""
    first = max(_cells(name) for name, _ in rows)
    formatter.write(f"\n{heading}：\n")
    for name, text in rows:
        formatter.write(f"  {name}{' ' * (first - _cells(name))}  {text}\n")


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这段说明。"
    return option


def show_version(text: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    """Return the callback of ``--version``."""

    def callback(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(text)
            ctx.exit()

    return callback


def wrong_use(error: click.UsageError) -> WrongUse:
    """Say in Chinese what was wrong with the way a command was called."""
    hint = f"请看说明：{error.ctx.command_path} --help" if error.ctx is not None else ""
    return WrongUse(_reason(error), hint=hint)


def _reason(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            minus = "" if error.option_name.isascii() else "检索词里有减号时，请给整个检索词加引号。"
            return f"没有选项 {error.option_name}。{near}{minus}"
        case click.MissingParameter():
            return f"缺少 {_name(error.param)}。"
        case click.BadOptionUsage() if "does not take" in error.message:
            return f"选项 {error.option_name} 后面不能写值。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面要写一个值。"
        case click.BadParameter():
            return f"{_name(error.param)} 的值不对。{_expected(error)}"
        case _ if error.message.startswith("Got unexpected extra argument"):
            return "多写了参数。"
        case _:
            return error.message if _is_ours(error.message) else "命令写得不完整或不对。"


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "参数"
    return param.opts[0] if isinstance(param, click.Option) else str(param.human_readable_name)


def _expected(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    match kind:
        case click.Choice(choices=choices):
            return f"可用的值：{'、'.join(str(choice) for choice in choices)}。"
        case click.IntRange(min=low, max=high):
            return f"应为{f' {low} 以上' if high is None else f' {low} 至 {high} '}的整数。"
        case click.types.IntParamType():
            return "应为整数。"
        case click.Path(file_okay=False):
            return "应为文件夹，现在写的不是文件夹。"
        case _:
            return error.message if _is_ours(error.message) else "请换一个值。"


def _is_ours(message: str) -> bool:
    """Tell whether a message is in Chinese; what click says of itself is in English."""
    return any("一" <= char <= "鿿" for char in message)
