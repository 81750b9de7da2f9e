"""Figures in words: how a value is said, how its marks and what stands apart are called, and the rules in sentences."""

from search_app.comparing.figure_levels import FENCE, HIGH, LEAST, LOW, YearSpread
from search_app.comparing.figures_table import Entry, Narrowing

#: How what is not the whole of the year is called.
PART, CUMULATIVE = "部分", "累计"
#: Sign and words of what stands apart from the other towns of its year.
SIDES = {HIGH: ("▲", "明显偏高"), LOW: ("▼", "明显偏低")}
_BEFORE = ("近", "约", "超", "不足")
UNKNOWN_YEAR = "年度未识别"


def say_number(value: float) -> str:
    """Return a number with its thousands parted and no digits that say nothing."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def say_value(entry: Entry) -> str:
    """Return number, unit and how exact it claims to be: 3,000余份, 近40件."""
    number, mark = say_number(entry.value), entry.qualifier
    if mark in _BEFORE:
        return f"{mark}{number}{entry.unit}"
    return f"{number}{mark}{entry.unit}" if mark == "余" else f"{number}{entry.unit}{mark}"


def say_marks(entry: Entry) -> tuple[str, ...]:
    """Return how what is not the whole of the year is marked."""
    return tuple(mark for mark, has in ((PART, entry.part), (CUMULATIVE, entry.cumulative)) if has)


def say_side(side: str | None) -> str:
    """Return in words, with a sign, that a value stands apart; "" where it does not."""
    return "".join(SIDES[side]) if side else ""


def say_year(entry: Entry) -> str:
    """Return the year of a figure's report."""
    return str(entry.report.year) if entry.report.year else UNKNOWN_YEAR


def say_spread(spread: YearSpread, unit: str) -> str:
    """Return in one sentence how the towns of a year spread."""
    said = f"{spread.year}年度 {spread.towns} 个乡镇，中位数 {say_number(spread.median)}{unit}"
    if spread.first_quartile is None or spread.third_quartile is None:
        return said
    return f"{said}，中间一半在 {say_number(spread.first_quartile)} 至 {say_number(spread.third_quartile)}{unit}之间"


def title(wanted: Narrowing) -> str:
    """Return what a page or file of figures is called."""
    where = "".join(part for part in (wanted.county, wanted.town) if part)
    when = f"{wanted.year}年度" if wanted.year is not None else ""
    what = wanted.what or wanted.topic or ""
    return "数据" + "".join(f"：{part}" for part in (where + when, what) if part)


def explain() -> tuple[str, ...]:
    """Return the rules, sentence by sentence."""
    return (
        "数据是程序从报告原文里逐句读出来的，读不准的不收，所以不全；每一个数都能点开原文核对。",
        "打算做的、要求做到的、上年的、只说增减的都不算；“下年度安排”部分不读。",
        f"“{PART}”：说的是其中一类、一次活动或几个月；“{CUMULATIVE}”：截至某时或几年以来。这两种单独标明，不参加统计。",
        "不同的数从不相加。中位数和四分位数按每个乡镇每年一个数计算，报告里有几个不同的数的不参加。",
        f"“{SIDES[HIGH][0]}”“{SIDES[LOW][0]}”按图基围栏（Tukey, 1977）标出：超出上下四分位数 {FENCE} 倍四分位距的"
        f"（件数等先取对数，百分率直接算），当年至少有 {LEAST} 个乡镇才标。偏高偏低不等于写错，请看原文。",
        "同一乡镇同一年度有几份报告的，只用最新的一份。",
    )
