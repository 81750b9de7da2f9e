"""The findings of a check: one list of what the writer should look at, what matters most first, with what to do.

In: a :class:`DraftCheck`. Out: findings with words for a clerk, and remarks on what could not be checked. Page,
terminal, file and JSON all show this list. What is no fault (common wording, set phrases) comes last and is told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from search_app.model import Match, Passage
from search_app.reviewing.copied_wording import Origin, Shared
from search_app.reviewing.draft_check import DraftCheck
from search_app.reviewing.empty_passages import EmptyPassage
from search_app.reviewing.required_parts import RequiredPart, State
from search_app.reviewing.source_search import Source, Span, Spread
from search_app.reviewing.year_leftovers import Leftover


class FindingKind(StrEnum):
    """What was found, in the order in which a writer should look at it."""

    LEFTOVER = "leftover"
    MISSING = "missing"
    ELSEWHERE = "elsewhere"
    DOUBTFUL = "doubtful"
    LAST_YEAR = "last_year"
    THIN = "thin"
    EMPTY = "empty"
    PHRASE = "phrase"
    COMMON = "common"

    @property
    def label(self) -> str:
        """Return how a clerk calls it."""
        return _LABELS[self]

    @property
    def is_fault(self) -> bool:
        """Tell whether something should be done about it."""
        return self not in (FindingKind.PHRASE, FindingKind.COMMON)


_LABELS = {
    FindingKind.LEFTOVER: "错留的年份、地名",
    FindingKind.MISSING: "缺必写部分",
    FindingKind.ELSEWHERE: "与别的镇相同",
    FindingKind.DOUBTFUL: "请核对的年份、地名",
    FindingKind.LAST_YEAR: "与本镇往年相同",
    FindingKind.THIN: "必写部分偏薄",
    FindingKind.EMPTY: "没有数据、做法笼统",
    FindingKind.PHRASE: "零星字句相同",
    FindingKind.COMMON: "常见表述",
}
_WHAT_TO_WRITE = {
    "第一责任人履职": "写党政主要负责人今年亲自部署、过问、协调、督办了什么：开了几次会、定了哪些事、解决了什么问题",
    "主要举措和成效": "写今年做了哪几件事，每件写清谁来做、怎么做、做了多少、结果怎样",
    "不足和原因": "写今年具体哪里没做好，一条一条写，并说明原因",
    "下年度安排": "针对上面的不足，写下一年打算做哪几件事、做到什么程度",
}
#: What is advised where a part was taken over that cannot be the same a year later.
_AGAIN = {
    "不足和原因": "已经改好的，写进成效；还没改好的，写清今年改到哪一步、为什么没改完",
    "下年度安排": "上年已经安排过的，做完了写进成效，没做完写进不足；这里写新一年要做的事",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at; ``place`` is the id of a part of the draft, "" where a part is missing."""

    kind: FindingKind
    message: str
    advice: str
    number: int = 0
    place: str = ""
    section: str = ""
    passage: Passage | None = None
    spans: tuple[Span, ...] = ()
    words: str = ""
    share: float | None = None
    sources: tuple[Source, ...] = ()
    examples: tuple[Match, ...] = ()
    spread: Spread | None = None


def list_findings(check: DraftCheck) -> tuple[Finding, ...]:
    """Return all findings, numbered in the order in which a writer should look at them."""
    found = [*map(_of_leftover, check.leftovers), *_of_parts(check.parts), *map(_of_empty, check.empty)]
    found += [_of_shared(each, check) for each in check.copies.shared]
    rank = {kind: at for at, kind in enumerate(FindingKind)}
    order = {part.id: at for at, part in enumerate(check.draft.parts())}
    found.sort(key=lambda each: (rank[each.kind], -(each.share or 0.0), order.get(each.place, -1), each.spans))
    return tuple(replace(each, number=number) for number, each in enumerate(found, start=1))


def list_remarks(check: DraftCheck) -> tuple[str, ...]:
    """Return what could not be checked, or was concluded, in sentences."""
    return tuple(_remarks(check))


def _remarks(check: DraftCheck) -> Iterator[str]:
    head, copies = check.head, check.copies
    if head.year is None:
        yield "看不出是哪一年的报告，没有检查年份。请填上年度再查一次。"
    if head.town is None:
        yield "看不出是哪个镇的报告，没有检查错留的地名，也没有与本镇往年比。请填上乡镇再查一次。"
    elif head.county is None:
        yield "看不出在哪个县，没有检查县名；同名的镇不止一个时，也没有与本镇往年比。请填上县再查一次。"
    if head.town is not None and copies.last_year is None:
        yield f"没有收录{head.town}往年的报告，没有与往年比。"
    elif copies.last_year is not None and head.year is not None and copies.last_year.year != head.year - 1:
        yield f"没有收录{head.town}{head.year - 1}年的报告，是与{copies.last_year.year}年的比的。"
    if check.same_year is not None:
        yield f"索引里已有{head.town}{head.year}年的报告，可能就是这一份的定稿，没有与它比。"
    if copies.unread:
        yield f"时间用完了，第{_numbers(copies.unread)}段没有与别处比。请分几次检查，或过一会儿再试。"
    if copies.hurried:
        yield f"时间用完了，第{_numbers(copies.hurried)}段只查了相同较多的，零散的句子可能还有没查出的。"
    if any(not each.looked for each in check.empty):
        yield "时间用完了，有的段落没有找例子。"


def _numbers(numbers: tuple[int, ...]) -> str:
    """Return numbers as ranges: 1、3—5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in runs)


def _of_leftover(leftover: Leftover) -> Finding:
    return Finding(
        kind=FindingKind.LEFTOVER if leftover.certain else FindingKind.DOUBTFUL,
        message=leftover.message,
        advice=leftover.advice,
        place=leftover.part.id,
        section=leftover.part.section,
        passage=leftover.part.passage,
        spans=((leftover.start, leftover.end),),
        words=leftover.words,
    )


def _of_parts(parts: tuple[RequiredPart, ...]) -> Iterator[Finding]:
    for part in parts:
        if part.state is State.MISSING:
            message = f"没有找到“{part.name}”这一部分，年度报告必须写"
            yield Finding(
                kind=FindingKind.MISSING, message=message, advice=_WHAT_TO_WRITE[part.name], section=part.name
            )
        elif part.state is State.THIN and part.first is not None:
            message = f"“{part.name}”只有{part.letters}个字，不到{part.floor}个字，偏薄"
            yield Finding(
                kind=FindingKind.THIN,
                message=message,
                advice=_WHAT_TO_WRITE[part.name],
                place=f"p{part.first.number}",
                section=part.name,
                passage=part.first,
            )


def _of_empty(empty: EmptyPassage) -> Finding:
    beside = "，可参考下面别的镇写得具体的" if empty.examples else ""
    return Finding(
        kind=FindingKind.EMPTY,
        message="这一段没有数据，做法写得笼统",
        advice=f"补上谁来做、怎么做、做了多少、结果怎样{beside}",
        place=f"p{empty.passage.number}",
        section=empty.passage.section,
        passage=empty.passage,
        examples=empty.examples,
    )


def _of_shared(shared: Shared, check: DraftCheck) -> Finding:
    kind, message, advice = _tell_shared(shared, check)
    return Finding(
        kind=kind,
        message=message,
        advice=advice,
        place=f"p{shared.passage.number}",
        section=shared.passage.section,
        passage=shared.passage,
        spans=shared.spans,
        words=shared.passage.text[slice(*shared.spans[0])],
        share=shared.overlap.share,
        sources=shared.sources,
        spread=shared.spread,
    )


def _tell_shared(shared: Shared, check: DraftCheck) -> tuple[FindingKind, str, str]:
    much = f"{shared.overlap.shared}个字（占{round(100 * shared.overlap.share)}%）"
    if shared.origin is Origin.COMMON:
        spread = shared.spread
        told = f"，{spread.reports:,}份报告、{spread.towns:,}个镇这样写" if spread and spread.reports else ""
        return FindingKind.COMMON, f"{much}是常见表述{told}", "不算照抄；想写出本镇特点的，可以少用"
    if not shared.tells:
        return FindingKind.PHRASE, f"{much}与别处的字句相同，可能是固定说法或巧合", "一般不用改"
    if shared.origin is Origin.LAST_YEAR:
        year = check.copies.last_year.year if check.copies.last_year is not None else None
        return (
            FindingKind.LAST_YEAR,
            f"{much}与本镇{year}年的报告相同（数字不算）",
            _AGAIN.get(shared.passage.section, "写今年新做的事和今年的数据；一直沿用的做法，一句话带过"),
        )
    source = shared.sources[0].match.report if shared.sources else None
    name = f"{source.town or '别处'}{f'{source.year}年' if source.year else ''}" if source else "别处"
    more = "等处" if len(shared.sources) > 1 else ""
    return (
        FindingKind.ELSEWHERE,
        f"{much}与{name}{more}的报告相同（数字不算）",
        "不是本镇做的事请删去；确是本镇做的，用自己的话、自己的数据写",
    )
