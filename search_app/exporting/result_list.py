"""A result list as a collection: what was searched, when and in which generation, then the passages in list order."""

from collections.abc import Callable, Iterator
from datetime import datetime

from search_app.exporting import citation
from search_app.exporting.collection import Collection, Fact, Heading, Item, Quoted, Remark
from search_app.exporting.printable import make_line
from search_app.exporting.wording import FURTHER
from search_app.facets import FACETS
from search_app.model import Collapse, Facet, Match, Passage, Report, Sort
from search_app.query import describe
from search_app.searching import Listing, Request

#: Orders and ways of folding, as a clerk says them.
ORDERS = {
    Sort.RELEVANCE: "按相关度",
    Sort.NEWEST: "年度从新到旧",
    Sort.OLDEST: "年度从旧到新",
    Sort.EXEMPLARY: "典型做法在前",
    Sort.TOWN: "按乡镇",
    Sort.ADDED: "新收录在前",
}
FOLDS = {
    Collapse.SIMILAR: "相近表述只列一段",
    Collapse.REPORT: "每份报告只列一段",
    Collapse.NONE: "全部列出",
}
#: A heading that is longer is cut in the title above a passage; its path names it whole.
_LONGEST_HEADING = 40

Address = Callable[[Passage], str]


def collect_results(listing: Listing, *, made: datetime, address: Address) -> Collection:
    """Return the passages that a search lists; ``address`` says where each is read in its report."""
    text = make_line(listing.results.request.text)
    first = listing.found.matches
    items: list[Item] = [_quoted(number, match, address) for number, match in enumerate(first, start=1)]
    if listing.near:
        items.append(Heading(text="内容相近的段落（不一定含有这些词）"))
        items += (_quoted(number, match, address) for number, match in enumerate(listing.near, start=len(first) + 1))
    return Collection(
        title=f"检索结果：{text}" if text else "检索结果：全部段落",
        about=tuple(_about(listing, made)),
        made=made,
        items=tuple(items) or (Remark(text="没有符合条件的段落。"),),
    )


def describe_filters(request: Request) -> str:
    """Return the filters of a request in words, "" where there are none."""
    parts = [
        f"{FACETS[facet].label}：{'、'.join(FACETS[facet].say(value) for value in values)}"
        for facet in Facet
        if (values := request.selection.of(facet))
    ]
    parts += [
        f"不含{FACETS[facet].label}：{'、'.join(FACETS[facet].say(value) for value in values)}"
        for facet in Facet
        if (values := request.selection.excluded(facet))
    ]
    if request.exemplary:
        parts.append("只看典型做法")
    if request.since is not None:
        parts.append(f"只看 {request.since} 之后新增的")
    return "；".join(parts)


def say_moment(moment: datetime) -> str:
    """Return a moment as a file says it, to the minute and in its own time zone."""
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def _about(listing: Listing, made: datetime) -> Iterator[Fact]:
    results, request = listing.results, listing.results.request
    yield Fact(label="检索词", text=make_line(request.text) or "（没有写检索词）")
    if results.chosen is not None and not results.relaxed:
        yield Fact(label="检索方式", text=f"已按 {describe(results.chosen)} 检索")
    yield Fact(label="筛选条件", text=describe_filters(request) or "没有")
    yield Fact(label="排序和折叠", text=f"{ORDERS[request.sort]}；{FOLDS[results.collapse]}")
    if not request.also or request.literal:
        yield Fact(label="检索范围", text="照原样检索" if request.literal else "只搜原词")
    yield Fact(label="结果", text=_counts(listing))
    if listing.capped:
        left = listing.listed - len(listing.found.matches) - len(listing.near)
        yield Fact(
            label="导出上限",
            text=f"一个文件最多 {listing.most:,} 段，其余 {left:,} 段没有收进来。请增加检索词或筛选条件，分几次导出。",
        )
    yield Fact(label="导出时间", text=say_moment(made))
    yield Fact(label="索引代", text=_generation(listing))
    yield from (Fact(label="提示", text=note.message) for note in results.notes)


def _counts(listing: Listing) -> str:
    found = listing.found
    counted = f"{'已查到' if found.partial else '共'} {found.total:,} 段，来自 {found.reports:,} 份报告"
    folded = f"，折叠后列出 {found.listed:,} 段" if found.listed != found.total else ""
    further = FURTHER if listing.results.near_cut else ""
    near = f"；另有 {listing.results.near_total:,} 段内容相近{further}" if listing.results.near_total else ""
    return f"{counted}{folded}{near}；本文件收录 {len(found.matches) + len(listing.near):,} 段"


def _generation(listing: Listing) -> str:
    built = f"，{say_moment(listing.built_at.astimezone())}建成" if listing.built_at is not None else ""
    return f"{listing.found.generation}{built}"


def _quoted(number: int, match: Match, address: Address) -> Quoted:
    passage, report = match.passage, match.report
    heading = make_line(passage.headings[-1]) if passage.headings else citation.title(report)
    shown = heading if len(heading) <= _LONGEST_HEADING else f"{heading[: _LONGEST_HEADING - 1]}…"
    return Quoted(
        passage=passage,
        report=report,
        title=f"{number}. {_whose(report)}　{shown}",
        address=address(passage),
        relevance=match.score,
        stands_for=match.stands_for,
    )


def _whose(report: Report) -> str:
    """Return whose passage it is, and of when; of another genre what it is and how it is called."""
    if (kind := citation.other_genre(report)) is not None:
        return f"{kind}《{make_line(report.title)}》" if report.title else kind
    return f"{citation.place(report)} {citation.year(report)}"
