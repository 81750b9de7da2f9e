"""Where output goes: answers to stdout, messages and progress to stderr, in UTF-8 whatever the system's locale is."""

import codecs
import io
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search_app.errors import SearchAppError
from search_app.exporting.wording import escape_unprintable

if TYPE_CHECKING:
    from types import TracebackType

    from search_app.model import Piece
    from search_app.searching import Part


def use_utf8() -> None:
    """Write UTF-8 on both streams; what UTF-8 cannot hold (bytes of a file's name) becomes replacement signs.

    A stream that the caller closed, as scheduled tasks do, holds nothing and keeps nothing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
    codecs.register_error("search-app-replace", _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="search-app-replace")


def lose_output() -> None:
    """Let what stdout still holds go nowhere: nobody takes it, and Python would try again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _replace(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\ufffd".encode() * (error.end - error.start), error.end  # bytes: of text only ASCII is taken


def emit(answer: dict[str, Any], *, indent: int | None = 2) -> None:
    """Print one JSON object on stdout."""
    import json

    click.echo(json.dumps(answer, ensure_ascii=False, indent=indent))


def emit_error(error: SearchAppError, *, as_json: bool) -> None:
    """Say on stderr what went wrong and what to do; with ``--json`` the error object goes to stdout as well."""
    wrong_use = error.code == "usage"
    say(f"{'用法不对' if wrong_use else '出错'}：{error.message}")
    if error.hint:
        say(error.hint if wrong_use else f"办法：{error.hint}")
    if as_json:
        emit({"error": {"code": error.code, "message": error.message, "hint": error.hint}})


def say(message: str) -> None:
    """Print a message on stderr, on one line: it may name files, and files may be named anything."""
    click.echo(escape_unprintable(message), err=True)


def marked(fragment: "tuple[Piece, ...]") -> str:
    """Return a fragment with its matches in bold on a terminal, in 【】 elsewhere."""
    if on_terminal():
        return "".join(
            click.style(piece.text, bold=True, fg="red") if piece.match else piece.text for piece in fragment
        )
    return "".join(f"【{piece.text}】" if piece.match else piece.text for piece in fragment)


def changed(parts: "tuple[Part, ...]") -> str:
    """Return a text with what it says otherwise as {+…+} and what is said there instead as [-…-], as diff tools do."""
    shown_parts = []
    for part in parts:
        if part.instead is None:
            shown_parts.append(part.text)
            continue
        for text, opening, closing, colour in ((part.instead, "[-", "-]", "red"), (part.text, "{+", "+}", "green")):
            said = f"{opening}{text}{closing}" if text else ""
            shown_parts.append(click.style(said, fg=colour) if said and on_terminal() else said)
    return "".join(shown_parts)


def dim(text: str) -> str:
    """Return the text set back on a terminal."""
    return click.style(text, dim=True) if on_terminal() else text


def strong(text: str) -> str:
    """Return the text set in bold on a terminal."""
    return click.style(text, bold=True) if on_terminal() else text


def on_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    return sys.stdout.isatty()


class ProgressBar:
    """A bar on stderr with rate and remaining time; it appears with the first file, and only on a terminal."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown = sys.stderr.isatty()
        self._bar: Any = None
        self._begun = 0.0

    def __enter__(self) -> "ProgressBar":
        return self

    def __call__(self, done: int, total: int, path: str) -> None:
        """Move the bar on by one file."""
        if not self._shown:
            return
        if self._bar is None:
            self._begun = time.monotonic()
            self._bar = click.progressbar(
                length=total, label=self._label, file=sys.stderr, show_pos=True, item_show_func=lambda item: item
            )
            self._bar.__enter__()
        rate = done / max(time.monotonic() - self._begun, 0.001)
        self._bar.update(1, f"每秒 {rate:.0f} 份  {escape_unprintable(path)}" if done > 1 else escape_unprintable(path))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)
