"""Year leftovers: years in a draft that its own year does not explain, left over from a text that it was made from.

In: a draft. Out: the year that it reports on, and for each year out of place where it stands and whether that is
certain. The surprise: most other years in a report are rightly there: what a year is compared with, since when
something goes on, plans and papers with a year in their name, awards for the year before. So a year counts only where
this year, or in the plans the next, would have to stand; where another reading is possible, the writer is asked.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search_app.language.analysis.han_numbers import DIGITS, MISTYPED_ZEROS, arabic_digits, half_width_digits
from search_app.language.analysis.years import REPORTED_YEARS
from search_app.parsing.year.dates import find_date, read_month
from search_app.reviewing.draft import Draft, Part, PartKind

#: What has a year in it and does not say which year is meant: spans, papers, names, dates, since when, until when.
_RIGHTLY = re.compile(
    r"20\d{2}\s*年?度?\s*[-—–－~～至到、和与及]{1,3}\s*20\d{2}|[〔\[［(（]\s*20\d{2}\s*[〕\]］)）]\s*第?\s*\d+\s*号|《[^》]{0,80}》"
    r"|“[^”]{0,40}”|(?:自|从|于)20\d{2}年(?:\d{1,2}月)?(?:以来|起|开始|建|成立|启动)?|20\d{2}年(?:以来|起|至今)|[到至]20\d{2}年"
    r"|(?:较|比|同比|相比|对比|超过|高于|低于|不及|沿用|延续)\s*20\d{2}年|20\d{2}年(?:同期|相比|基数|的\d)"
    # an award for a year: 2024年度法治乡镇, 2024年度全省优秀案例
    r"|20\d{2}年度?[^，。；、\d]{0,8}?(?:法治|平安|文明|示范)(?:乡镇|镇街|[镇乡]|街道|集体|单位)|20\d{2}年度?[^，。；、\d]{0,10}?(?:先进|优秀|十佳|标兵|模范|典型案例)"
)
_HAN_YEAR = re.compile(rf"二[{MISTYPED_ZEROS}0][一二三四五][{MISTYPED_ZEROS}0{DIGITS}](?=年)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年(度?)")
_LOOSE = re.compile(r"(?<!\d)(20\d{2})(?:年(度?))?(?!\d)")
#: A year that opens a clause, or is called the whole of it, is the one that the clause reports on.
_OPENS = re.compile(r"(?:^|[，。；：！\n、）]|[）)]|一是|过去的|回顾)\s*$")
_OF_ALL = re.compile(r"\s*(?:[，,]|我[镇乡街]|全[镇年乡街]|上半年|下半年|是|在|以来|镇|乡|街道|开展|组织|累计|共|党)")
_SAYS_WHICH = re.compile(r"现将|现就|报告如下|汇报如下|情况如下|工作总结|总结如下")
#: What happened to last year's work, or was there before it: rightly told with its year.
_EARLIER = re.compile(
    r"考核|考评|获评|评为|荣获|表彰|授予|通报|反馈|整改|审计|巡察|督察|遗留|积案|结转|基础上|[成建设创]立|建成|启用|投用|试点|首创|修订|以前|之前|此前|曾|上年|去年|前一年|连续|历年|近[两三]年"
)
_TO_COME = re.compile(r"将|计划|打算|拟|力争|争取|明年|下一?步|要|重点|继续|进一步|安排|目标|思路|预计|谋划")
_LOOKS_BACK = re.compile(r"基础上|总结|回顾|虽|尽管|成效|完成了|经验")
_PLAN_HEADING = re.compile(r"打算|安排|计划|思路|目标|下一步|下步|展望|努力方向|重点任务|工作要点|重点工作")
_EVENT = re.compile(r"(?<!\d)(20\d{2})年\d{1,2}月(?:\d{1,2}日)?[^，。；]{0,14}?(?:召开|开展|举办|组织|邀请|走访|检查)")
_AND_NEXT = re.compile(r"(?:及|和|与|暨|、)\s*(20\d{2})年[^，。]{0,16}(?:计划|打算|安排|要点|思路)")
_SENTENCE_END = "。；！？\n"
_PLANS = "下年度安排"
#: How much each place speaks for a year, where the writer does not say which it is.
_SPEAKS = {"title": 3, "intro": 2, "heading": 2, "plan": 2, "signature": 2, "body": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """Words of a draft that may be left over: where, whether that is certain, what is wrong, and what to write."""

    part: Part
    start: int
    end: int
    certain: bool
    message: str
    advice: str

    @property
    def words(self) -> str:
        """Return the words themselves."""
        return self.part.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftYear:
    """The year that a draft reports on, None where nothing says so, and the places that speak for another."""

    year: int | None
    claims: tuple[tuple[str, int], ...]


def settle_year(draft: Draft) -> DraftYear:
    """Return which year a draft reports on: what its writer says, else what most of its places speak for."""
    claims = tuple(_claims(draft))
    if draft.stated.year is not None:
        return DraftYear(year=draft.stated.year, claims=claims)
    votes: Counter[int] = Counter()
    for where, year in claims:
        votes[year] += _SPEAKS[where]
    if draft.told.year is not None:
        votes[draft.told.year] += 1
    best = max(votes, key=lambda year: (votes[year], year == draft.told.year, year), default=None)
    return DraftYear(year=best, claims=claims)


def find_year_leftovers(draft: Draft, year: int) -> Iterator[Leftover]:
    """Yield the years of a draft on this year that are out of place, in reading order."""
    for part in draft.parts():
        text = plain_years(part.text)
        match part.kind:
            case PartKind.TITLE:
                yield from _in_title(part, text, year)
            case PartKind.HEADING:
                yield from _in_heading(part, text, year)
            case PartKind.PASSAGE:
                yield from _in_passage(part, text, year)
            case PartKind.SIGNATURE:
                yield from _in_signature(part, text, year)


def plain_years(text: str) -> str:
    """Return a text of the same length with its years in plain digits."""
    return _HAN_YEAR.sub(lambda found: arabic_digits(found.group()), half_width_digits(text))


def _claims(draft: Draft) -> Iterator[tuple[str, int]]:
    """Yield the years that places of a draft speak for, each with the kind of place."""
    body: Counter[int] = Counter()
    for part in draft.parts():
        text = _without_rightly(plain_years(part.text))
        years = [int(found.group(1)) for found in _YEAR.finditer(text)]
        if part.kind is PartKind.TITLE:
            titled = _AND_NEXT.sub("", plain_years(part.text))
            yield from (("title", int(found.group(1))) for found in _LOOSE.finditer(titled))
        elif part.kind is PartKind.HEADING:
            plans = part.section == _PLANS
            yield from (("plan" if plans else "heading", one - plans) for one in years)
        elif part.kind is PartKind.SIGNATURE and (signed := _signed(part.text)) is not None:
            yield "signature", signed.year - (signed.month < 10)
        elif part.section == "导语" and years:
            yield "intro", years[0]
        elif part.kind is PartKind.PASSAGE and part.section != _PLANS:
            body.update(int(found.group(1)) for found in _YEAR.finditer(text) if _reports_on(text, found))
    if body:
        (first, count), *others = body.most_common(2)
        if not others or count > others[0][1]:
            yield "body", first


def _in_title(part: Part, text: str, year: int) -> Iterator[Leftover]:
    masked = _AND_NEXT.sub(lambda found: "▒" * len(found.group()), _without_papers(text))
    for found in _LOOSE.finditer(masked):
        if int(found.group(1)) != year and int(found.group(1)) in REPORTED_YEARS:
            yield _leftover(part, found, f"标题写的是{found.group(1)}年，这份报告讲的是{year}年", str(year))


def _in_heading(part: Part, text: str, year: int) -> Iterator[Leftover]:
    plans = part.section == _PLANS or bool(_PLAN_HEADING.search(text))
    for found in _YEAR.finditer(_without_rightly(text)):
        named = int(found.group(1))
        if plans and named <= year:
            if named < year or not re.search(r"情况|完成|落实|回顾|问题|不足", text):
                yield _leftover(part, found, f"这里是下一年的安排，写的却是{named}年", str(year + 1))
        elif not plans and named != year and named in (year - 1, year + 1, year - 2):
            yield _leftover(part, found, f"标题写的是{named}年，这份报告讲的是{year}年", str(year))


def _in_passage(part: Part, text: str, year: int) -> Iterator[Leftover]:
    masked = _without_rightly(text)
    for found in _YEAR.finditer(masked):
        named = int(found.group(1))
        sentence = _sentence(masked, found.start())
        if part.section == _PLANS:
            yield from _in_plans(part, masked, found, year)
        elif named in (year - 1, year - 2, year + 1) and _reports_on(masked, found):
            if named > year and _TO_COME.search(sentence):
                continue
            certain = part.section == "导语" and (
                bool(_SAYS_WHICH.search(sentence)) or not sentence[: sentence.find(str(named))].strip()
            )
            if not certain and (named == year - 2 or _EARLIER.search(sentence)) and not found.group(2):
                continue
            if not certain and _EARLIER.search(sentence):
                continue
            yield _leftover(part, found, f"这份报告讲的是{year}年，这里写的是{named}年", str(year), certain=certain)
    for found in _EVENT.finditer(masked):
        if int(found.group(1)) == year - 1 and part.section != _PLANS and not _EARLIER.search(found.group()):
            message = f"这件事写在{year - 1}年，不在这份报告的年度里"
            yield Leftover(
                part=part, start=found.start(1), end=found.end(1) + 1, certain=False, message=message,
                advice=f"请核对：是{year}年的事就改年份，是上一年的事就删去",
            )  # fmt: skip


def _in_plans(part: Part, text: str, found: re.Match[str], year: int) -> Iterator[Leftover]:
    """Yield a year of the plans that is not the next one, where the plans are said to be for it."""
    named, after = int(found.group(1)), text[found.end() : found.end() + 16]
    if (
        named == year + 1
        or named not in range(year - 3, year + 3)
        or text[found.end() : found.end() + 1] in ("底", "末")
    ):
        return
    before = text[: found.start()]
    opens = not before.strip() or _OPENS.search(before) is not None
    if not opens or _LOOKS_BACK.search(_sentence(text, found.start())) or not _TO_COME.search(after):
        return
    certain = named <= year
    yield _leftover(part, found, f"这里是下一年的安排，写的却是{named}年", str(year + 1), certain=certain)


def _in_signature(part: Part, text: str, year: int) -> Iterator[Leftover]:
    signed = _signed(text)
    if signed is None or signed.year == year + 1 or (signed.year == year and signed.month >= 10):
        return
    found = re.search(r"20\d{2}", text)
    start, end = found.span() if found else (0, len(text))
    message = f"落款是{signed.year}年{signed.month}月，{year}年的报告一般在{year + 1}年初印发"
    yield Leftover(
        part=part, start=start, end=end, certain=signed.year <= year, message=message,
        advice=f"请核对落款日期，多半应是{year + 1}年",
    )  # fmt: skip


def _reports_on(text: str, found: re.Match[str]) -> bool:
    """Tell whether a year is said to be the one that is reported on: it opens a clause, or 年度 stands behind it."""
    if found.group(2):
        return True
    before, after = text[: found.start()], text[found.end() : found.end() + 4]
    return (not before.strip() or _OPENS.search(before) is not None) and _OF_ALL.match(after) is not None


def _leftover(part: Part, found: re.Match[str], message: str, instead: str, *, certain: bool = True) -> Leftover:
    advice = f"改成{instead}年" if certain else f"请核对：如果是旧稿留下的，改成{instead}年"
    return Leftover(
        part=part, start=found.start(1), end=found.end(1) + 1, certain=certain, message=message, advice=advice
    )


def _without_rightly(text: str) -> str:
    return _RIGHTLY.sub(lambda found: "▒" * len(found.group()), text)


def _without_papers(text: str) -> str:
    return re.sub(r"[〔\[［(（]\s*20\d{2}\s*[〕\]］)）]\s*第?\s*\d+\s*号", lambda found: "▒" * len(found.group()), text)


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in _SENTENCE_END) + 1
    ends = [end for mark in _SENTENCE_END if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]


def _signed(text: str) -> date | None:
    return find_date(text) or read_month(text)
