"""Review wording: how a clerk is told what a review found, the same on the page, in the terminal and in files.

Each mark has a sign besides its words, of those that every Chinese font has. A share is told in whole percents, rounded
down, so that 100% is said only where nothing is otherwise.
"""

from collections.abc import Iterable, Iterator

from search_app.comparing.report_overlap import MOSTLY
from search_app.exporting import citation
from search_app.model import REPORT_KIND, Report
from search_app.reviewing.copied_reports import CopiedReports
from search_app.reviewing.deadlines import PUBLIC_BEFORE, SIGNED_BEFORE, Act, Dated, InTime
from search_app.reviewing.part_floors import COPIED, THIN
from search_app.reviewing.register import Apart, Reason
from search_app.reviewing.report_check import Mark, PartCheck, ReportCheck, Shared
from search_app.reviewing.review import Review
from search_app.reviewing.wall import Row, Standing, Totals

SIGNS = {Mark.MISSING: "×", Mark.THIN: "△", Mark.FROM_OWN: "＝", Mark.FROM_OTHERS: "≡", Mark.PRESENT: "√"}
MARKS = {
    Mark.MISSING: "缺",
    Mark.THIN: "单薄",
    Mark.FROM_OWN: "与本镇往年相同",
    Mark.FROM_OTHERS: "与他镇相同",
    Mark.PRESENT: "有",
}
STANDING_SIGNS = {Standing.ABSENT: "○", Standing.PENDING: "…"}
STANDINGS = {Standing.ABSENT: "未收录", Standing.PENDING: "正在核对"}
ACTS = {Act.SIGNED: "成文", Act.PUBLISHED: "公开"}
REASONS = {Reason.NO_TOWN: "没有识别出乡镇", Reason.NO_YEAR: "没有识别出年度"}
IN_TIME = {InTime.IN_TIME: "按时", InTime.LATE: "晚", InTime.ODD: "早于报告年度，请核对"}
DATE_SIGNS = {InTime.IN_TIME: "√", InTime.LATE: "!", InTime.ODD: "?"}
RULE = "《法治政府建设与责任落实督察工作规定》（2019年）"
HEADING_ONLY = "只有标题"
#: So many paths a sentence names.
NAMED = 5


def percent(share: float) -> str:
    """Return a share in whole percents, rounded down."""
    return f"{int(share * 100 + 1e-9)}%"


def name_report(report: Report, beside: Report | None = None) -> str:
    """Return town and year of a report, the county too where it is not that of the report it stands beside."""
    county = report.county or "" if beside is None or beside.county != report.county else ""
    return f"{county}{report.town or ''}{report.year or ''}"


def say_own(shared: Shared, report: Report) -> str:
    """Return which earlier report of the same town has how much: 与上年相同 100%."""
    last = report.year is not None and shared.report.year == report.year - 1
    return f"与{'上年' if last else f'本镇{shared.report.year}年'}相同 {percent(shared.share)}"


def say_others(shared: Shared, report: Report) -> str:
    """Return which report of another town has how much: 与他镇相同 93%（雁归镇2023）."""
    return f"与他镇相同 {percent(shared.share)}（{name_report(shared.report, report)}）"


def say_size(part: PartCheck) -> str:
    """Return whether a part is there, and how long it is."""
    if not part.letters:
        return f"{MARKS[Mark.MISSING]}{f'（{HEADING_ONLY}）' if part.heading_only else ''}"
    return f"{MARKS[Mark.THIN] if Mark.THIN in part.marks else MARKS[Mark.PRESENT]} {part.letters:,} 字"


def say_mention(number: int) -> str:
    """Return where a missing part is spoken of."""
    return f"第 {number} 段提到"


def say_part(part: PartCheck, report: Report) -> str:
    """Return everything that holds of a part, in one line."""
    said = [say_size(part)]
    if part.mentioned is not None:
        said.append(say_mention(part.mentioned))
    if Mark.FROM_OTHERS in part.marks and part.others is not None:
        said.append(say_others(part.others, report))
    if Mark.FROM_OWN in part.marks and part.own is not None:
        said.append(say_own(part.own, report))
    return "；".join(said)


def say_date(dated: Dated) -> str:
    """Return what was done when, and whether in time: 成文 2024-03-05 晚于 3 月 1 日."""
    due = f"于 {dated.due.month} 月 {dated.due.day} 日" if dated.state is InTime.LATE else ""
    return f"{ACTS[dated.act]} {dated.day.isoformat()} {IN_TIME[dated.state]}{due}"


def say_dates(dates: tuple[Dated, ...]) -> str:
    """Return whether a report was in time; that no day is known is said as such."""
    return "；".join(map(say_date, dates)) or "报告里没有写日期"


def sum_up_row(row: Row) -> str:
    """Return what needs a look in a row, in one line."""
    if row.check is None:
        held = "、".join(map(str, row.years))
        return f"未收录（已收录 {held} 年）" if row.standing is Standing.ABSENT else STANDINGS[Standing.PENDING]
    said = [*_found(row.check), *(["晚于时限"] if row.is_late else [])]
    return "；".join(said) or "没有要看的"


def _found(check: ReportCheck) -> Iterator[str]:
    for mark in (Mark.MISSING, Mark.FROM_OTHERS, Mark.FROM_OWN, Mark.THIN):
        parts = [part.part for part in check.parts if mark in part.marks]
        if parts:
            yield f"{MARKS[mark]}：{'、'.join(parts)}"


def say_others_of_year(row: Row) -> str:
    """Return that a town has further reports of the same year, which do not count."""
    return f"同年另有 {len(row.older)} 份，以这一份（最新）为准" if row.older else ""


def say_unentered(row: Row, apart: Iterable[Apart]) -> str:
    """Return that a town without a report of the year has some whose year is not known: one may be the one."""
    found = sum(
        each.reason is Reason.NO_YEAR and (each.county, each.report.town) == (row.county, row.town) for each in apart
    )
    return f"另有 {found} 份没有识别出年度，见表下" if found and row.report is None else ""


def say_apart(apart: Apart) -> str:
    """Return why a report is not entered."""
    if apart.reason is Reason.OTHER_KIND:
        return f"文种是“{apart.report.kind}”，不是{REPORT_KIND}"
    return REASONS[apart.reason]


def title(found: Review) -> str:
    """Return what a review is of."""
    place = f"{found.county or ''}{found.town or ''}" or "各县（区、市）"
    return f"{place}{f'{found.year}年' if found.year is not None else '历年'}报告体检"


def say_totals(totals: Totals, *, what: str = "个乡镇（街道）") -> str:
    """Return what rows add up to, in one line; what does not occur is left out."""
    missing = [f"缺{part} {count}" for part, count in totals.missing.items() if count]
    counted = (
        (totals.absent, "未收录"), (totals.from_others, "有与他镇相同的"), (totals.from_own, "有与本镇往年相同的"),
        (totals.thin, "有单薄的"), (totals.late, "晚于时限"), (totals.pending, "正在核对"),
    )  # fmt: skip
    said = [f"共 {totals.towns} {what}", f"收录 {totals.held}", f"四个部分齐全 {totals.complete}", *missing]
    return "，".join([*said, *(f"{name} {count}" for count, name in counted if count)])


def explain(*, of_town: bool = False) -> tuple[str, ...]:
    """Return by which rules is judged, sentence by sentence; the years of one town are in their own order."""
    thin = "、".join(f"{part}不到 {size} 字" for part, size in THIN.items())
    signed, public = (f"{month} 月 {day} 日" for month, day in (SIGNED_BEFORE, PUBLIC_BEFORE))
    return (
        "四个部分是国家对年度报告规定的内容，由标题和文字判断；缺，是没有这一部分的段落。"
        "没有单列第一责任人履职、但别的段落里提到第一责任人的，写明在哪一段。",
        f"单薄：{thin}（不计数字和标点）。这是样本报告里该部分字数中位数的一半，取整。",
        f"相同：一个部分有 {percent(COPIED)} 以上的文字，连着 13 个字以上与另一份报告一样（不计数字和标点，"
        "所以只改年份和数字也算相同）。样本里不同乡镇偶然相同的不到 14%。",
        "与本镇往年：比的是上一份报告，以及相近段落最多的那一份。与他镇：先由相近段落找出候选（只看同年或更早的），"
        "再逐字量，写出相同最多的一份；同年的两份，分不出谁先写。改写得多的，可能找不出来。",
        f"时限：按{RULE}，地方各级政府（含乡镇）的年度报告 {public}之前向社会公开（第二十四条）；"
        f"向上一级报告在 {signed}之前（有的省依据该规定制定的工作指引写明乡级也适用）。"
        "这里以落款日期代表上报的日子；各县另有规定的，以县里的为准。报告里没有写日期的，不作判断。",
        "排列：从最近的年度往前。"
        if of_town
        else "排列：未收录的在最前，然后依次是缺得多的、与他镇相同的、与本镇往年相同的、单薄的、晚于时限的。",
    )


def say_nothing(found: Review) -> str:
    """Return why a review has no rows."""
    if found.apart:
        return "还没有识别出乡镇和年度的年度报告。"
    return "索引里还没有报告。把报告放进资料文件夹，再运行 search-app index。"


def say_copied(copied: CopiedReports) -> str:
    """Return how many reports say mostly the same as last year's, and some of them."""
    some = "、".join(copied.paths[:NAMED]) + (" 等" if len(copied.paths) > NAMED else "")
    return f"{count_copied(copied)}：{some}" if some else count_copied(copied)


def count_copied(copied: CopiedReports) -> str:
    """Return how many reports say mostly the same as last year's."""
    compared = f"（有上年报告的 {copied.of} 份里，已比 {copied.compared} 份）" if copied.compared < copied.of else ""
    return f"与上年相同 {MOSTLY}% 以上的报告：{len(copied.paths)} 份{compared}"


def name_source(report: Report) -> str:
    """Return the title of a report, or its file where it has none."""
    return citation.title(report)
