"""``search-app search``: one search, its answer for reading or as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_app.cli.export_file import STDOUT, collect_list, find_target, force_option, write_out
from search_app.cli.facet_options import facet_options, selection_from
from search_app.cli.options import common, opened_engine, say_if_damaged, settings_from
from search_app.cli.output import dim, emit, strong
from search_app.cli.print_hit import print_hit
from search_app.cli.wording import Command
from search_app.exporting import citation
from search_app.exporting.wording import FURTHER, escape_unprintable
from search_app.facets import FACETS
from search_app.model import UNKNOWN, Collapse, Facet, FacetValue, Sort
from search_app.query import Note, NoteKind, Undo, describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_app.cli.export_file import Target
    from search_app.comparing.report_overlap import ReportOverlap
    from search_app.searching import Request, Results

_REMOVABLE = {
    **{facet.value: kind.name for facet, kind in FACETS.items()},
    **{f"not.{facet.value}": f"“不看”的{kind.name}" for facet, kind in FACETS.items()},
    "exemplary": "典型做法",
    "since": "“此后新增”",
    "all": "全部条件",
}
_OTHER_SCOPE = {NoteKind.REPORTS_ONLY: "全部文种都查：加", NoteKind.ALL_GENRES: "只查年度报告：去掉"}
#: Options that say how a page is shown.
_OF_A_PAGE = ("page", "size", "explain")
#: How many values of a facet are listed.
_SHOWN = 8


@click.command(cls=Command)
@common
@click.argument("query", metavar="检索词", nargs=-1)
@facet_options
@click.option("--exemplary", is_flag=True, help="只看典型做法。")
@click.option(
    "--sort",
    type=click.Choice([each.value for each in Sort]),
    default="relevance",
    metavar="排序",
    help="relevance 相关度（默认）、newest 新的在前、oldest 旧的在前、exemplary 典型在前、town 按乡镇、"
    "added 新收录在前。",
)
@click.option(
    "--collapse",
    type=click.Choice([each.value for each in Collapse]),
    metavar="折叠",
    help="similar 折叠相似表述、report 每份报告一段、none 不折叠。",
)
@click.option("--all-genres", is_flag=True, help="全部文种都查；不写时，资料里有几种文件的，只查年度报告。")
@click.option("--no-also", is_flag=True, help="只搜原词，不搜同义的说法和内容相近的段落。")
@click.option("--explain", is_flag=True, help="说明每段的得分由哪几项得来。")
@click.option("--literal", is_flag=True, help="照原样检索，不改错字，不猜意思。")
@click.option("--since", metavar="代", help="只要这一代索引之后新增的段落，如 gen-000012；有哪些代见 status。")
@click.option("--page", type=int, default=1, metavar="页", help="第几页，从 1 开始。")
@click.option("--size", type=int, default=10, metavar="条", help="每页几条，默认 10，最多 100。")
@click.option("--export", "target", metavar="文件", help="写成文件（.docx .md .csv .xlsx），最多 1000 段。")
@force_option
@click.pass_context
def search(
    ctx: click.Context,
    /,
    corpus: Path | None,
    index: Path | None,
    as_json: bool,
    target: str | None,
    force: bool,
    **asked: object,
) -> None:
    """检索一次，列出段落和出处。

    空格表示都要有，“或”表示有一个就行，减号表示不要，引号里的字一个不差。
    """
    from search_app import json_shapes as shapes
    from search_app.comparing.report_overlap import measure_last_years
    from search_app.searching import get_ready, give_time
    from search_app.searching import search as find

    request = request_from(asked)
    found = _target(ctx, target, force=force)
    chosen = settings_from(corpus=corpus, index=index)
    with opened_engine(chosen) as engine:
        if not as_json:
            say_if_damaged(engine)
        if found is not None:
            write_out(collect_list(engine, request, chosen), found, as_json=as_json)
            return
        get_ready(engine)
        results = find(engine, request, deadline=give_time(chosen.time_budget))
        last_years = measure_last_years(engine, (hit.match.report for hit in results.hits))
    if as_json:
        emit(shapes.results(results, last_years))
    else:
        _print(results, last_years)


def _target(ctx: click.Context, name: str | None, *, force: bool) -> "Target | None":
    """Return the file that the answer is written to. Raises UsageError for options that have no effect on it."""
    if name is None:
        if force:
            raise click.UsageError("--force 只和 --export 一起用。")
        return None
    if name == STDOUT:
        raise click.UsageError("写到标准输出请用：search-app export 检索词 --to - --format 格式")
    given = [
        f"--{each}" for each in _OF_A_PAGE if ctx.get_parameter_source(each) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"导出时不能写 {'、'.join(given)}：文件里总是从第一段起。")
    return find_target(name, None, force=force)


def request_from(asked: dict[str, object]) -> "Request":
    """Return what the options ask for; those that a command does not have stay as they are by default."""
    from search_app.searching import Request

    collapse = asked["collapse"]
    return Request(
        text=" ".join(_texts(asked["query"])),
        selection=selection_from(asked),
        exemplary=bool(asked["exemplary"]),
        sort=Sort(str(asked["sort"])),
        collapse=None if collapse is None else Collapse(str(collapse)),
        page=int(str(asked.get("page", 1))),
        size=int(str(asked.get("size", 10))),
        also=not asked["no_also"],
        literal=bool(asked["literal"]),
        since=None if asked["since"] is None else str(asked["since"]),
        explain=bool(asked.get("explain")),
        all_genres=bool(asked.get("all_genres")),
    )


def _texts(given: object) -> tuple[str, ...]:
    return tuple(str(each) for each in given) if isinstance(given, tuple) else ()


def _print(results: "Results", last_years: "Mapping[str, ReportOverlap]") -> None:
    click.echo(strong(_headline(results)))
    if citation.looks_like_code(results.request.text):
        click.echo(f"提示：这像是引用码，看它所指的段落：search-app show {results.request.text.strip()}")
    for note in results.notes:
        click.echo(f"提示：{note.message}{_way_back(note)}")
    for each in results.without:
        click.echo(f"  去掉{_REMOVABLE[each.name]}：{each.total:,} 段")
    for report in results.direct:
        click.echo(f"整份报告：{escape_unprintable(citation.report_source(report))}（search-app show {report.id}）")
    first = (results.request.page - 1) * results.request.size
    divided = not results.found.total  # the headline says already that all of it is near
    for number, hit in enumerate(results.hits, start=first + 1):
        if hit.near and not divided:
            divided = True
            unlike = "" if results.pasted else "，不一定含有这些词"
            click.echo(f"\n──── 以下是内容相近的段落（{_count_near(results)}）{unlike} ────")
        print_hit(number, hit, results.rewritten, last_years.get(hit.match.report.id))
    if results.hits:
        _print_facets(results)
        click.echo(dim(f"第 {results.request.page} / {results.pages} 页，用时 {results.took_ms:.0f} 毫秒。"))


def _headline(results: "Results") -> str:
    """Return how many passages hold what was asked for, and how many are only near."""
    found, near = results.found, results.near_total
    if near and not found.total:
        return f"没有段落符合所要求的；以下是相近的 {_count_near(results)}。"
    asked = f"已按 {describe(results.chosen)} 检索" if results.chosen is not None else "全部段落"
    also = f"；另有 {near:,} 个段落内容相近" if near else ""
    return f"{asked}：{found.total:,} 个段落，来自 {found.reports:,} 份报告{also}。"


def _count_near(results: "Results") -> str:
    return f"{results.near_total:,} 段{FURTHER if results.near_cut else ''}"


def _way_back(note: Note) -> str:
    """Return how to undo or follow what a note tells of."""
    match note.kind.undo:
        case Undo.TYPED_WORDS:
            return " 只搜原词：加 --no-also"
        case Undo.LITERAL:
            return " 照原样检索：加 --literal"
        case Undo.GENRES:
            return f" {_OTHER_SCOPE[note.kind]} --all-genres"
        case Undo.EXEMPLARY:
            return " 只看典型做法：加 --exemplary"
        case _:
            return f" 可改为：{note.query}" if note.query else ""


def _print_facets(results: "Results") -> None:
    click.echo()
    for facet in Facet:  # in the order of the JSON, not of the options
        values = results.found.facets.get(facet, ())
        if not values or not FACETS[facet].is_worth_showing(values):
            continue
        listed = "，".join(map(_say_value, values[:_SHOWN]))
        more = f" 等 {len(values)} 项" if len(values) > _SHOWN else ""
        click.echo(f"{FACETS[facet].name}：{listed}{more}")


def _say_value(value: FacetValue) -> str:
    mark = "✗" if value.excluded else "✓" if value.selected else ""
    return f"{mark}{UNKNOWN if value.value is None else value.value} {value.count}"
