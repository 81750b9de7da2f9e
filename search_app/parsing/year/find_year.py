"""Finding the year that a report reports on, and where that is said. A masked year (20xx年) stays unknown (None).

Not every year in a report is its own: plans and outlines span years (2021—2025年), papers are numbered 〔2023〕5号, the
next year's plan names the next year, and the day of signing is later. The surprise: a title may name the year of
publication while the headings of the body name the year before; then the headings are believed.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from search_app.language.analysis.han_numbers import DIGITS, MISTYPED_ZEROS, arabic_digits
from search_app.language.analysis.years import REPORTED_YEARS
from search_app.parsing.year.dates import normalise_digits, remove_dates, unless_horizon
from search_app.provenance import YearSource

_MASKED = re.compile(r"20\s?[xX×✕ⅹＸｘ*＊○]{1,2}|[xX×ⅹＸｘ*＊]{2,4}\s*年")
_FALSE = re.compile(
    r"20\d{2}\s*年?\s*[-—–－─~～至到]{1,3}\s*20\d{2}\s*年?|20\d{2}20\d{2}年?|[〔\[［(（]\s*20\d{2}\s*[〕\]］)）]\s*第?\s*\d+\s*号|《[^》]{0,80}》|<[^>\n]{0,80}>"
    r"|“[^”]{0,40}”|(?:自|从|于)20\d{2}年(?:\d{1,2}月)?(?:以来|起|开始|建|成立|启动)"
    # the horizon of a plan, of which nothing is told
    r"|(?:到|(?<!截)至|力争|展望|面向|迈向)20\d{2}年?|20\d{2}年?(?:远景|愿景|规划|可持续发展|(?:底|末)?之?前(?![一二三四五六七八九十\d]))"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年(?!\s*\d{1,2}\s*月\s*\d)")
_HAN_YEAR = re.compile(rf"二[{MISTYPED_ZEROS}0][一二三四五][{MISTYPED_ZEROS}0{DIGITS}](?=年)")
_BRACKETED = re.compile(r"[（(【\[]\s*(20\d{2})\s*年?度?\s*[）)】\]]")
_TITLE_LOOSE = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
PLAN = re.compile(r"打算|安排|计划|思路|目标|下一步|下步|明年|展望|努力方向|重点任务|工作要点")
_PROBLEMS = re.compile(r"(?:问题|不足|短板|差距|困难).{0,6}$")
#: What a report's title adds about the year to come.
_AND_NEXT = re.compile(r"(?:及|和|与|暨|、)\s*(20\d{2})年[^，。]{0,16}(?:计划|打算|安排|要点|思路)")
_BODY = re.compile(
    r"(?<!\d)(20\d{2})年(?=度|以来|全年|底|末|初|[，,]|我|全|共|来|[上下]半年|前|汛期|[春夏秋冬]"
    r"|\d{1,2}月(?:[至到底末份-]|以来|起))|(?<=截[至止])(20\d{2})年(?=\s?(?:[6-9]|1[0-2])月)"
)
#: The last place of a page's breadcrumb, and the papers that set the year's tasks (《2023年全县法治政府建设工作要点》).
_COLUMN = re.compile(r"[>＞»›/]\s*(20\d{2})\s*年?度?\s*$", re.M)
_TASKS = re.compile(
    r"[《<][^》>]{0,14}(20\d{2})年[^》>]{0,30}(?:要点|安排|任务|清单|计划|督察|考核|考评|评估|自查|总结|报告)[^》>]{0,12}[》>]"
)
#: A year that opens a clause about what was done in it; 2021年建成的… only says how old something is.
_DONE = re.compile(
    r"(?:^|[，。；：\n])20\d{2}年(?:在(?!建)|开展|组织|累计|已|先后|办理|调解|化解|召开|举办|受理|新增|完成)", re.M
)
#: A sentence about what is to come: its year is the next one.
_TO_COME = re.compile(
    r"将(?!.{0,14}(?:纳入|列入|作为|摆|融入|贯穿))|计划|打算|拟|力争|争取|下一?步|明年|(?<![主重])要|预计"
)
#: A day or month on which something was done.
_EVENT = re.compile(
    r"(?<!\d)(20\d{2})年\d{1,2}月(?:\d{1,2}日)?(?:[，,]|[^，。；]{0,12}?(?:召开|组织|开展|举办|成立|印发|制定|出台|邀请))"
)
#: What became of a town in a year says nothing of the year reported on.
_HONOURED = re.compile(r"20\d{2}年度?(?:先后|连续|曾)?(?:获评|荣获|被评|获得|被授予|被命名|被确定|入选|获批)")
#: The year in which something will go on.
_NEXT_YEAR = re.compile(r"20\d{2}年[，,]?[^，。；]{0,8}将(?:继续|进一步|以|围绕|重点|着力|持续)")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_FILE = re.compile(r"(?<!\d)(20\d{2})(?:年|(?!\d))")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFound:
    """The reporting year, where it was found, what the keeper should know, and the words that say it."""

    year: int | None
    source: YearSource
    warning: str | None = None
    said: str = ""


def find_year(
    *,
    title: str,
    intro: str,
    headings: tuple[str, ...],
    body: str,
    signed: date | None,
    name: str,
    frame: str = "",
    plans: bool = False,
) -> YearFound:
    """Return the reporting year; ``headings`` are of the first level, ``name`` is the path.

    ``frame`` is what the page says around it. A paper that ``plans`` (工作方案) has the year that it plans for.
    """
    title, intro, body = normalise_digits(title), normalise_digits(intro), normalise_digits(body)
    done, planned = _heading_years(tuple(map(normalise_digits, headings)))
    following = _AND_NEXT.search(title)
    title = _AND_NEXT.sub("", title)
    if following is not None and not done:
        planned = planned | {int(following.group(1))}
    if (year := unless_horizon(_one(title, loose=True), signed)) is not None and plans:
        return YearFound(year=year, source="title", said=f"标题：{title}")
    if year is not None:
        others = _Others(intro=intro, done=done, planned=planned, body=body, signed=signed)
        return _of_title(year, title, others)
    if (year := unless_horizon(_intro_year(intro), signed)) is not None:
        return YearFound(year=year, source="intro", said=_quote(intro, year))
    if len(done) == 1:
        return YearFound(year=min(done), source="heading", said=_quote("\n".join(headings), min(done)))
    if (year := _body_year(body)) is not None and (signed is None or year <= signed.year):
        return YearFound(year=year, source="body", said=_quote(body, year))
    if _MASKED.search(title) or _MASKED.search(intro):
        return YearFound(year=None, source="none", warning="文中的年份被遮盖或是模板，未能识别年度")
    by_the_way = _year_by_the_way(intro, body, signed, name, frame)
    if by_the_way is not None:
        return by_the_way
    if len(planned) == 1 and not done:
        return _year_before_plans(min(planned), headings)
    return _concluded_from_text(f"{intro}\n{body}", signed) or _year_of_signature(signed, plans=plans)


def _year_before_plans(planned: int, headings: tuple[str, ...]) -> YearFound:
    """Return the year before the one whose plans a heading announces."""
    said = _quote("\n".join(headings), planned)
    return YearFound(year=planned - 1, source="inferred", warning="年度是由下年度安排的年份推出的，请核对", said=said)


def _year_by_the_way(intro: str, body: str, signed: date | None, name: str, frame: str) -> YearFound | None:
    """Return the year that a file's name, one clause of the text or the page around it names; None if none does."""
    named = {int(found) for found in _FILE.findall(_FALSE.sub("", remove_dates(name)))}
    if len(named) == 1 and _plausible(min(named)):
        return YearFound(year=min(named), source="filename", said=name)
    if (year := _lone_year(body, signed)) is not None:
        return YearFound(year=year, source="body", said=_quote(body, year))
    if (year := _event_year(body, signed)) is not None:
        return YearFound(year=year, source="body", said=_quote(body, year))
    return _hinted(frame, f"{intro}\n{body}", signed)


def _concluded_from_text(text: str, signed: date | None) -> YearFound | None:
    """Return the year that the text names again and again, else the year before the one that it makes plans for."""
    text = _FALSE.sub("", remove_dates(text))
    told, planned = Counter[int](), Counter[int]()
    for sentence in _SENTENCE.findall(text):
        for found in _YEAR.finditer(sentence):
            to_come = _TO_COME.search(sentence, found.end(), found.end() + 16) is not None
            (planned if to_come else told)[int(found.group(1))] += 1
    (year, count), *others = told.most_common(2) or [(0, 0)]
    repeated = count > 1 and (not others or count >= 2 * others[0][1])
    if repeated and _plausible(year) and _may_be_signed(year, signed):
        return YearFound(
            year=year, source="inferred", warning="年度是由正文反复提到的年份推出的，请核对", said=_quote(text, year)
        )
    if len(planned) == 1 and _plausible(before := min(planned) - 1) and max(told, default=0) <= before:
        said = _quote(text, before + 1)
        return YearFound(year=before, source="inferred", warning="年度是由下年度安排的年份推出的，请核对", said=said)
    return None


def _year_of_signature(signed: date | None, *, plans: bool) -> YearFound:
    """Return the year that most papers signed then are about: the one before; at its end, or of plans, its own."""
    if signed is not None and signed.month in (1, 2, 3, 11, 12):
        year = signed.year - (signed.month < 4 and not plans)
        return YearFound(year=year, source="issued", warning="年度是由落款日期推出的，请核对", said=str(signed))
    return YearFound(year=None, source="none", warning="未能识别年度")


def _plausible(year: int) -> bool:
    return year in REPORTED_YEARS


def _may_be_signed(year: int, signed: date | None) -> bool:
    """Say whether a report on this year can have been signed on that day: within it or the year after."""
    return signed is None or signed.year - year in (0, 1)


def _years(text: str) -> list[int]:
    """Return the years named in a text, without spans, numbers of papers, names in 《》 and full dates."""
    text = _HAN_YEAR.sub(lambda found: arabic_digits(found.group()), text)
    text = _FALSE.sub("", remove_dates(text))
    return [year for found in _YEAR.findall(text) if _plausible(year := int(found))]


def _one(text: str, *, loose: bool = False) -> int | None:
    """Return the only year a title names."""
    years = set(_years(text)) | {int(found) for found in _BRACKETED.findall(text)}
    if not years and loose:
        years = {int(found) for found in _TITLE_LOOSE.findall(_FALSE.sub("", remove_dates(text)))}
    return min(years) if len(years) == 1 and _plausible(min(years)) else None


def _heading_years(headings: tuple[str, ...]) -> tuple[set[int], set[int]]:
    """Return the years of headings about work done, and of headings about plans, which follow upon the problems."""
    done: set[int] = set()
    planned: set[int] = set()
    problems = False
    for heading in headings:
        (planned if problems or PLAN.search(heading) else done).update(_years(heading))
        problems = problems or _PROBLEMS.search(heading) is not None
    return done, planned


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """What the rest of the report says about its year; the texts are looked through only where that is needed."""

    intro: str
    done: set[int]
    planned: set[int]
    body: str
    signed: date | None

    def speak_for(self, year: int) -> int:
        """Count what says that this is the year reported on."""
        told = (_intro_year(self.intro) == year) + (_body_year(self.body) == year) + (self.planned == {year + 1})
        if self.signed is not None:
            told += self.signed.year == year + 1 or (self.signed.year == year and self.signed.month >= 11)
        return told


def _of_title(year: int, title: str, others: _Others) -> YearFound:
    """Hold the title's year against the rest: it may be that of publication, or headings may be last year's."""
    before = year - 1
    said = f"标题：{title}"
    too_early = others.signed is not None and (others.signed.year, others.signed.month) <= (year, 6)
    if others.done == {before}:
        mine, theirs = others.speak_for(year), others.speak_for(before)
        both = f"标题写的是{year}年，正文标题写的是{before}年"
        if theirs and not mine:
            return YearFound(year=before, source="heading", warning=f"{both}，按正文标题计", said=both)
        if mine and not theirs:
            return YearFound(year=year, source="title", warning=f"{both}，按标题计", said=said)
        return YearFound(year=None, source="none", warning=f"{both}，无法确定，请用同名 .meta.toml 文件注明年度")
    if too_early and year not in others.done and others.speak_for(before) and not others.speak_for(year):
        warning = f"标题写的是{year}年，但当年上半年就已印发，正文讲的是{before}年，按正文计"
        return YearFound(year=before, source="inferred", warning=warning, said=str(others.signed))
    return YearFound(year=year, source="title", said=said)


def _quote(text: str, year: int) -> str:
    """Return the clause that names a year."""
    at = max(text.find(str(year)), 0)
    start = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    return text[start : start + 60].split("\n")[0]


def _intro_year(intro: str) -> int | None:
    """Return the year of the opening: the one it begins with or reports on, else the only one."""
    told = re.search(
        r"(?:现将|现就|将)[^。；]{0,20}?(20\d{2})年?度?[^。]{0,40}(?:如下|报告|汇报)", _FALSE.sub("", intro)
    )
    if told and _plausible(int(told.group(1))):
        return int(told.group(1))
    years = _years(_NEXT_YEAR.sub("", _HONOURED.sub("", intro)))
    if not years:
        return None
    (first, most), *others = Counter(years).most_common(2)
    if others and others[0][1] == most:
        opening = re.match(r"\W*(20\d{2})年", intro)
        return int(opening.group(1)) if opening and _plausible(int(opening.group(1))) else None
    return first


def _body_year(body: str) -> int | None:
    years: Counter[int] = Counter()
    for sentence in _SENTENCE.findall(_FALSE.sub("", remove_dates(body))):
        for found in _BODY.finditer(sentence):
            if not _TO_COME.search(sentence, found.end(), found.end() + 16):
                year = int(found.group(1) or found.group(2))
                years[year] += _plausible(year)
    if not years.total():
        return None
    (year, count), *others = years.most_common(2)
    return year if not others or count >= 2 * others[0][1] else None


def _hinted(frame: str, text: str, signed: date | None) -> YearFound | None:
    """Return the year of the column that a page stands in, else that of the year's tasks which the report names."""
    for years, how in (
        ({int(found) for found in _COLUMN.findall(frame)}, "网页栏目"),
        ({int(found) for found in _TASKS.findall(text)}, "文中提到的年度任务文件"),
    ):
        if len(years) == 1 and _plausible(year := min(years)) and _may_be_signed(year, signed):
            return YearFound(
                year=year, source="inferred", warning=f"年度是由{how}推出的，请核对", said=_quote(frame or text, year)
            )
    return None


def _event_year(body: str, signed: date | None) -> int | None:
    """Return the year of the meetings and actions that the text tells the day or month of, where one stands out."""
    years = Counter(int(found) for found in _EVENT.findall(re.sub(r"《[^》]{0,80}》", "", body)))
    (year, count), *others = years.most_common(2) or [(0, 0)]
    if count < 2 or not _plausible(year) or (others and count < 3 * others[0][1]):
        return None
    return year if _may_be_signed(year, signed) else None


def _lone_year(body: str, signed: date | None) -> int | None:
    """Return the one year that the text names at all, where it says what was done in it (2021年在…办结4件)."""
    text = _FALSE.sub("", remove_dates(body))
    years = {int(found) for found in _YEAR.findall(text)}
    if len(years) != 1 or not _plausible(year := min(years)) or not (found := _DONE.search(text)):
        return None
    if _TO_COME.search(text, found.end(), found.end() + 16) or not _may_be_signed(year, signed):
        return None
    return year
