"""The file that an export becomes: its format, written whole or not at all, and what is said of it.

A file that is there is replaced only where ``--force`` says so, and in one step, so nobody ever finds half of one.
"""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from search_app.cli.output import emit, say
from search_app.exporting.file_formats import FileFormat, read_format, write
from search_app.keeping.whole_file import replacing

if TYPE_CHECKING:
    from search_app.engines.base import Engine
    from search_app.exporting.collection import Collection
    from search_app.exporting.table import Table
    from search_app.model import Passage
    from search_app.searching import Request
    from search_app.settings import Settings

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

#: A file may take so many times as long as one page of a search.
PATIENCE = 10
STDOUT = "-"
_ENDINGS = "、".join(f".{each.value}" for each in FileFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where an export goes: a file, or stdout where there is no path."""

    path: Path | None
    form: FileFormat


def force_option(command: Decorated) -> Decorated:
    """Add ``--force``."""
    return click.option("--force", is_flag=True, help="文件已存在时覆盖它。")(command)


def format_option(command: Decorated) -> Decorated:
    """Add ``--format``."""
    forms = [each.value for each in FileFormat]
    said = f"{'、'.join(forms)}；写到标准输出时要用。"
    return click.option("--format", "form", type=click.Choice(forms), metavar="格式", help=said)(command)


def find_export(name: str | None, form: str | None, *, force: bool, as_json: bool) -> Target | None:
    """Return where an answer is written to, None where it is to be read. Raises UsageError."""
    if name is None:
        if form is not None or force:
            raise click.UsageError("--format 和 --force 要和 --export 一起用。")
        return None
    target = find_target(name, form, force=force)
    if as_json and target.path is None:
        raise click.UsageError("--json 和写到标准输出不能一起用。")
    return target


def find_target(name: str, form: str | None, *, force: bool) -> Target:
    """Return where to write and in which format. Raises UsageError where that is not clear, or a file is in the way."""
    chosen = FileFormat(form) if form else None
    if name == STDOUT:
        if chosen is None:
            raise click.UsageError(f"写到标准输出时要用 --format 写明格式：{'、'.join(FileFormat)}。")
        if not chosen.is_text and sys.stdout.isatty():
            raise click.UsageError(f"{chosen.label} 文件不能显示在终端里，请改写文件名，或用 > 转存。")
        return Target(path=None, form=chosen)
    path = Path(name).resolve()  # a link keeps leading to its file, which is the one that is replaced
    if path.is_dir():
        raise click.UsageError(f"“{name}”是文件夹，请在后面写上文件名。")
    ending = read_format(name) if "." in Path(name).name else None
    if ending is None and chosen is None:
        raise click.UsageError(f"看不出要写成哪种文件：文件名请以 {_ENDINGS} 之一结尾。")
    if ending is not None and chosen is not None and ending is not chosen:
        raise click.UsageError(f"文件名以 .{ending} 结尾，--format 却是 {chosen}，请只留一种。")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"“{name}”不是普通文件，不能写成导出文件。")
    if path.exists() and not force:
        raise click.UsageError(f"文件“{name}”已经存在，没有改动它。要覆盖请加 --force，或换一个文件名。")
    return Target(path=path, form=ending or chosen or FileFormat.DOCX)


def collect_list(engine: "Engine", request: "Request", chosen: "Settings") -> "Collection":
    """Return what a search lists as a collection, up to the most that one file holds."""
    from datetime import datetime

    from search_app.exporting.collection import MOST
    from search_app.exporting.result_list import collect_results
    from search_app.searching import get_ready, give_time, list_hits

    get_ready(engine)
    listing = list_hits(engine, request, most=MOST, deadline=give_time(PATIENCE * chosen.time_budget))
    if listing.capped:
        say(f"注意：一个文件最多 {MOST:,} 段，共列出 {listing.found.listed:,} 段，只写入前 {MOST:,} 段。")
    if listing.found.partial:
        say(f"注意：时间用完了，只查了 {listing.found.held:,} 段中的 {listing.found.looked_at:,} 段。")
    return collect_results(listing, made=datetime.now().astimezone(), address=find_address)


def find_address(passage: "Passage") -> str:
    """Return the path of a passage on the page, whatever server shows it."""
    from search_app.web.view_models.links import passage_url

    return passage_url(passage)


def write_out(collection: "Collection", target: Target, *, as_json: bool) -> None:
    """Write the file and say what was written. Raises CannotWrite."""
    if target.path is None:
        _write(collection, target.form, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with replacing(target.path) as into:
        _write(collection, target.form, into)
    if as_json:
        about = [{"label": fact.label, "text": fact.text} for fact in collection.about]
        file, form = str(target.path), target.form.value
        emit({"file": file, "format": form, "title": collection.title, "about": about, "passages": collection.passages})
    else:
        say(f"已写入 {target.path}：{collection.passages:,} 段。")


def write_table_out(table: "Table", target: Target, *, as_json: bool) -> None:
    """Write a table as a file and say what was written. Raises CannotWrite."""
    from search_app.exporting.table import write_table

    held = io.BytesIO()
    write_table(table, target.form, held)
    if target.path is None:
        sys.stdout.buffer.write(held.getvalue())
        sys.stdout.buffer.flush()
        return
    with replacing(target.path) as into:
        into.write(held.getvalue())
    if as_json:
        emit({"file": str(target.path), "format": target.form.value, "title": table.title, "rows": len(table.rows)})
    else:
        say(f"已写入 {target.path}：{len(table.rows):,} 行。")


def _write(collection: "Collection", form: FileFormat, into: BinaryIO) -> None:
    """Write to a file or pipe; an archive is made whole first: no pipe can go back, and a disk may be full."""
    if form.is_text:
        write(collection, form, into)
        return
    held = io.BytesIO()
    write(collection, form, held)
    into.write(held.getvalue())
