"""A report as a collection: its head, its outline with every passage in place, and what stands outside the body."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from search_app.exporting import citation
from search_app.exporting.collection import Collection, Fact, Heading, Item, Read, Remark
from search_app.exporting.reading_order import Step, put_in_order
from search_app.exporting.result_list import say_moment
from search_app.exporting.wording import escape_unprintable
from search_app.language import squeeze_with_offsets
from search_app.model import Passage, Report

Address = Callable[[Passage], str]
Held = tuple[Report, Sequence[Passage]]


def collect_reports(held: Sequence[Held], *, made: datetime, generation: str, address: Address) -> Collection:
    """Return one report, or several one after the other, each below its title."""
    if len(held) == 1:
        report, passages = held[0]
        return Collection(
            title=citation.title(report),
            about=(*_head(report, passages), *_origin(made, generation)),
            made=made,
            items=tuple(_body(report, passages, address, above=0)),
        )
    items: list[Item] = []
    for report, passages in held:
        items.append(Heading(text=citation.title(report)))
        items += [Remark(text=f"{fact.label}：{fact.text}") for fact in _head(report, passages)]
        items += _body(report, passages, address, above=1)
    about = (Fact(label="报告", text=f"{len(held):,} 份"), *_origin(made, generation))
    return Collection(title=f"报告汇编（{len(held)}份）", about=about, made=made, items=tuple(items))


def _head(report: Report, passages: Sequence[Passage]) -> Iterator[Fact]:
    above = "".join(part for part in (report.province, report.city) if part)
    yield Fact(label="乡镇（街道）", text=above + citation.place(report))
    yield Fact(label="报告年度", text=citation.year(report))
    if report.issuer is not None:
        yield Fact(label="机构", text=report.issuer)
    if report.document_number is not None:
        yield Fact(label="文号", text=report.document_number)
    for label, day in (("成文日期", report.issued), ("发布日期", report.published)):
        if day is not None:
            yield Fact(label=label, text=f"{day.year}年{day.month}月{day.day}日")
    if report.indexed_at is not None:
        yield Fact(label="收录时间", text=say_moment(report.indexed_at.astimezone()))
    if report.checksum:
        yield Fact(label="校验码（SHA-256）", text=report.checksum)
    yield Fact(label="源文件", text=escape_unprintable(report.path))
    yield from (Fact(label="同样内容的文件", text=escape_unprintable(copy.path)) for copy in report.copies)
    yield Fact(label="篇幅", text=f"{len(passages):,} 段，每段前的数字是段号")
    yield from (Fact(label="提醒", text=warning) for warning in report.warnings)


def _origin(made: datetime, generation: str) -> Iterator[Fact]:
    yield Fact(label="导出时间", text=say_moment(made))
    yield Fact(label="索引代", text=generation)


def _body(report: Report, passages: Sequence[Passage], address: Address, *, above: int) -> Iterator[Item]:
    for step in put_in_order(report, passages):
        if step.entry is not None and not step.runs_in:
            yield Heading(text=step.entry.heading, level=max(step.level, 1) + above)
        if step.passage is not None:
            yield Read(passage=step.passage, report=report, address=address(step.passage), lead=_lead(step))
    if report.asides:
        yield Heading(text="正文之外的文字（不参加检索）", level=1 + above)
        yield from (Remark(text=f"{aside.reason}：{aside.text}") for aside in report.asides)


def _lead(step: Step) -> int:
    """Return how many characters of the passage are the heading that runs into it, its stop included."""
    if step.entry is None or step.passage is None or not step.runs_in:
        return 0
    text = step.passage.text
    squeezed, offsets = squeeze_with_offsets(text)
    length = len(squeeze_with_offsets(step.entry.heading)[0])
    if not length:
        return 0
    end = offsets[length - 1] + 1
    return end + (text[end : end + 1] in ("。", "：", "；", ":") if squeezed[length - 1] not in "。：；:" else 0)
