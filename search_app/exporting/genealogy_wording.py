"""Genealogies in words: who was first, how each passage stands to its parent, and no more than is known."""

from search_app.comparing.genealogy import Genealogy, Kinship, Member
from search_app.model import Report

#: What stands between two dates of one year that are not both known.
UNDECIDED = "同年，先后不明"
#: What every page and file says of it.
CAUTION = (
    "只按文字比对：相同不等于谁抄了谁，几个镇可能都取自同一份上级文件；没有收录的报告也可能更早。"
    "先后按报告年度，同一年按成文日期；日期不全的，不猜先后。"
)
#: What the figures mean.
MEASURE = "“相同”指连续 13 个字以上一样，数字和标点不算。同样接近的，先认本镇的，再认年度最近的。"
_SAID = {Kinship.KEPT: "沿用", Kinship.TAKEN: "采用", Kinship.DERIVED: "来自更早", Kinship.ALONE: "另起"}


def say_share(member: Member) -> str:
    """Return which part of a passage stands in its parent; less than everything is never said to be all."""
    if member.shared == member.letters:
        return "100%"
    return f"{max(1, min(99, round(member.share * 100)))}%"


def say_kinship(found: Genealogy, member: Member) -> str:
    """Return in a word how a member stands to the others."""
    if member.kinship is Kinship.UNDATED:
        return "年度未识别"
    if member.id in found.first_ids:
        return "最早" if found.is_first_known else UNDECIDED
    return _SAID[member.kinship]


def name_report(report: Report) -> str:
    """Return town and year of a report, as far as they are known."""
    return f"{report.year} 年度 {report.town or '乡镇未识别'}" if report.year else (report.town or "乡镇未识别")


def tell(found: Genealogy, member: Member) -> str:
    """Return in a sentence what is known of where a member comes from, and no more than that."""
    if member.kinship is Kinship.UNDATED:
        return "这份报告的年度没有识别出来，排不进先后。"
    if member.parent is None:
        if member.id in found.first_ids:
            return "收录的报告里，之前没有这样写的。" if found.is_first_known else "同一年还有别处这样写，先后不明。"
        return "与更早的各段没有成句相同的文字。"
    parent = found.by_id[member.parent].report
    rivals = f"；另有 {member.rivals:,} 段更早的与它同样接近" if member.rivals else ""
    if member.kinship is Kinship.KEPT:
        return f"{say_share(member)} 的文字与本镇 {parent.year} 年度的相同{rivals}。"
    return f"{say_share(member)} 的文字与 {name_report(parent)}的相同，可能来自那里{rivals}。"


def tell_first(found: Genealogy) -> str:
    """Return in a sentence which report had the wording first, or that it is not known."""
    firsts = found.firsts
    if not firsts:
        return "这些报告的年度都没有识别出来，看不出先后。"
    if found.is_first_known:
        several = f"，同一份报告里有 {len(firsts):,} 段" if len(firsts) > 1 else ""
        return f"收录的报告里，最早见于 {name_report(firsts[0].report)}{several}。"
    towns = {(each.report.county, each.report.town) for each in firsts}
    return (
        f"收录的报告里，最早见于 {firsts[0].report.year} 年度，"
        f"有 {len(firsts):,} 段、{len(towns):,} 个镇同年这样写，先后不明。"
    )
