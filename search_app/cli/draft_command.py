"""``search-app draft``: check a draft that is not in the index, and show what its writer should look at."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.options import common, opened_engine, say_if_damaged, settings_from
from search_app.cli.output import dim, emit, say, strong
from search_app.cli.wording import Command
from search_app.errors import ReadError
from search_app.exporting.wording import escape_unprintable
from search_app.language.analysis.years import REPORTED_YEARS
from search_app.system_reasons import why_not_opened

if TYPE_CHECKING:
    from search_app.reviewing.draft import Draft, Stated
    from search_app.reviewing.draft_check import DraftCheck
    from search_app.reviewing.draft_findings import Finding

STDIN = "-"
#: So much of the words in question is quoted.
_QUOTED = 40


@click.command(cls=Command)
@common
@click.option("--town", metavar="乡镇", help="草稿是哪个乡镇的；不写就按文中所写。")
@click.option("--county", metavar="县", help="草稿是哪个县的；不写就按文中所写。")
@click.option(
    "--year",
    metavar="年度",
    type=click.IntRange(REPORTED_YEARS.start, REPORTED_YEARS.stop - 1),
    help="草稿是哪一年度的；不写就按文中所写。",
)
@click.argument("file", metavar="文件")
def draft(
    corpus: Path | None,
    index: Path | None,
    as_json: bool,
    town: str | None,
    county: str | None,
    year: int | None,
    file: str,
) -> int:
    """检查一份还没交的草稿：缺的部分、照抄的句子、没有数据、做法笼统的段落、错留的年份和地名。

    文件写 - 时从标准输入读文字。草稿不收进索引，什么都不留下。没有发现问题时退出码是 0，有要看的地方是 1。
    """
    from search_app import json_shapes as shapes
    from search_app.indexing import read_own_places
    from search_app.reviewing.draft import Stated
    from search_app.reviewing.draft_check import check_draft, give_seconds
    from search_app.reviewing.draft_findings import list_findings

    chosen = settings_from(corpus=corpus, index=index)
    own_places = read_own_places(chosen.gazetteer)
    read = _read(file, Stated(town=town, county=county, year=year), own_places)
    with opened_engine(chosen) as engine:
        check = check_draft(engine, read, own_places=own_places, seconds=give_seconds(chosen))
        say_if_damaged(engine)
    found = list_findings(check)
    if as_json:
        emit(shapes.draft_check(check))
    else:
        for line in _lines(check, found):
            click.echo(line)
    return 1 if any(each.kind.is_fault for each in found) else 0


def _read(file: str, stated: "Stated", own_places: str) -> "Draft":
    """Return the draft in a file or on stdin. Raises BadDraft."""
    from search_app.readers.limits import MAX_FILE_BYTES, check_regular
    from search_app.reviewing.draft import BadDraft, read_file, read_typed

    if file == STDIN:
        from search_app.readers.text_decoding import decode

        try:
            text = decode(sys.stdin.buffer.read(), "标准输入").text
        except ReadError as error:
            raise BadDraft("标准输入里的不是文字", hint="请用 UTF-8 或 GBK 编码的文字。") from error
        return read_typed(text, stated, own_places=own_places)
    try:
        check_regular(Path(file), file)
        with Path(file).open("rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)  # one more than is read: the reader says that it is too large
    except ReadError as error:
        raise BadDraft(f"“{file}”：{error.reason}", hint="要检查别的程序的输出，文件写 -。") from error
    except (OSError, ValueError) as error:
        raise BadDraft(f"“{file}”打不开：{why_not_opened(error)}", hint="请检查路径。") from error
    return read_file(data, Path(file).name, stated, own_places=own_places)


def _lines(check: "DraftCheck", found: "tuple[Finding, ...]") -> Iterator[str]:
    from search_app.exporting.draft_table import say_head
    from search_app.reviewing.draft_findings import list_remarks

    for line in (*say_head(check), *list_remarks(check)):
        yield escape_unprintable(line)
    parts = "，".join(f"{part.name} {part.letters}字" if part.first else f"{part.name} 缺" for part in check.parts)
    yield f"必写部分：{parts}。"
    before = None
    for each in found:
        if each.kind is not before:
            yield ""
            yield strong(each.kind.label)
            before = each.kind
        yield from _tell(each)
    if not any(each.kind.is_fault for each in found):
        say("没有发现问题。")


def _tell(finding: "Finding") -> Iterator[str]:
    from search_app.exporting import citation

    where = f"第{finding.passage.number}段 " if finding.passage is not None else ""
    quoted = " ".join((finding.words or (finding.passage.text if finding.passage else "")).split())
    cut = f"“{quoted[:_QUOTED]}{'…' if len(quoted) > _QUOTED else ''}”" if quoted else ""
    yield escape_unprintable(f"{finding.number:>3}. {where}{finding.message}{cut}")
    yield escape_unprintable(f"     怎么改：{finding.advice}")
    for source in finding.sources:
        yield dim(escape_unprintable(f"     来源：{citation.source(source.match.passage, source.match.report)}"))
    for match in finding.examples:
        yield dim(escape_unprintable(f"     例子：{citation.source(match.passage, match.report)}"))
