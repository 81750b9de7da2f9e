"""The title block: title, issuers, salutation above the body; and where the body begins and ends.

In: lines. Out: the title, the lines that are body, and asides for the rest. A title may be split over lines and
repeated; it may be missing: then it is ``None`` and nothing is made up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from search_app.language.analysis.place_names import COMMON_COUNTY_ENDS, TOWN_SUFFIXES, either
from search_app.parsing.cover.below_title import set_aside_repeated, skip_head
from search_app.parsing.cover.headline import find_headline
from search_app.parsing.cover.signature_block import ISSUER, find_closing, find_signature_at_end
from search_app.parsing.cover.title_lines import (
    SUBJECT,
    TOWN,
    is_letterhead,
    is_paper_number,
    is_sentence,
    may_title,
    squeeze,
    titled,
)
from search_app.parsing.lines.clean_lines import Line, Placed
from search_app.parsing.lines.heading_names import is_name
from search_app.parsing.lines.markers import find_marker
from search_app.parsing.year.dates import find_date, is_date, read_month

_TITLE_END = re.compile(
    r"(?:报告|总结|汇报|年报|情况|方案|要点|计划|解读|说明|通知|意见|述职|述法|自评|白皮书|台账|清单|函|(?:总结|情况|报告|汇报).{1,20}(?:打算|安排|思路))(?:稿|材料)?(?:的?(?:公示|公告|公开))?"
    r"(?:[（(〔【\[][^）)〕】\]]{1,15}[）)〕】\]]){0,2}$"
)
_GENRE = re.compile(r"法治|法制|依法|普法|公开|报告|总结|方案|汇报|计划|要点|解读|通知|意见|年报")
_MORE_TITLE = re.compile(
    r"(?:的)?(?:情况)?(?:的)?(?:报告|汇报|总结|通知|公示)(?:[（(].{1,12}[）)])?|[（(〔【\[].{1,14}[）)〕】\]]|[（(]?20\d{2}\s*年度?[）)]?"
)
_BOXES, _FORESIGHT = "【［", 12  # what a name may stand in, and the lines in which the next one would
#: A title that begins with who signs it.
_SIGNED_TITLE = re.compile(r"[\u4e00-\u9fff]{2,24}?(?:人民政府|政府|办事处|委员会|党工委|党委)(?=关于)")
_PLACE_LINE = re.compile(rf"[\u4e00-\u9fff]{{2,20}}{either(*TOWN_SUFFIXES, *COMMON_COUNTY_ENDS)}")
#: A title that was pasted twice, the second time a little otherwise.
_DOUBLED = re.compile(r"((.{4}).{2,30}(?:报告|总结))\2.{2,30}(?:报告|总结)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The title and signature, the body between them, and the rest as asides.

    ``signed`` is a hand-signed date, ``stamped`` one that stands on the title's line, ``month`` that of a signature
    without a day.
    """

    title: str | None
    issuer: str | None
    signed: date | None
    stamped: date | None
    month: date | None
    body: tuple[Line, ...]
    asides: tuple[Placed, ...]


def find_cover(lines: tuple[Line, ...]) -> Cover:
    """Separate the lines around the body from the body."""
    reasons: dict[int, str] = {}
    title, start = _title(lines, reasons)
    if title is None and (headline := find_headline(lines)) is not None:
        reasons |= dict.fromkeys(range(headline), "页眉") | {headline: "标题"}
        title, start = squeeze(titled(lines[headline].text)), headline + 1
    start = skip_head(lines, start, title, reasons)
    set_aside_repeated(lines, start, title, reasons)
    issuer = find_closing(lines, start, reasons)
    signed = next(
        (
            found
            for at in reversed(reasons)
            if reasons[at] in ("落款", "日期", "印发通知")
            if (found := find_date(lines[at].text))
        ),
        None,
    )
    if signed is None and lines and (at_end := find_signature_at_end(lines[-1].text)) is not None:
        issuer, signed = issuer or at_end[0], at_end[1]
    stamps = (find_date(lines[at].text) for at in reasons if reasons[at] == "标题")
    return Cover(
        title=title,
        issuer=issuer,
        signed=signed,
        stamped=next((day for day in stamps if day is not None), None),
        month=next((found for at in reasons if (found := read_month(lines[at].text)) is not None), None),
        body=tuple(line for at, line in enumerate(lines) if at not in reasons),
        asides=tuple(Placed(at=lines[at].at, text=lines[at].text, reason=reason) for at, reason in reasons.items()),
    )


def _title(lines: tuple[Line, ...], reasons: dict[int, str]) -> tuple[str | None, int]:
    """Find the title among the first lines; return it and the place after it."""
    for start in range(min(14, len(lines))):
        if is_letterhead(lines[start].text):
            continue
        if not may_title(lines[start]):
            if lines[start].width > 60 or find_marker(lines[start].text) or is_sentence(lines[start]):
                return None, 0
            continue
        end = _title_end(lines, start)
        if end:
            own = _own_title(lines, start, end)
            for at in range(own):
                number = is_paper_number(lines[at].text)
                reasons[at] = "文号" if number else "日期" if is_date(lines[at].text) else "页眉"
            title = _joined(titled(line.text) for line in lines[own:end])
            inner = _inner_title(lines, end, title) or _fuller_title(lines, end, title)
            if inner:
                reasons.update(dict.fromkeys(range(own, inner), "印发通知"))
                own, end = inner, inner + 1
                title = _joined((lines[own].text,))
            reasons.update(dict.fromkeys(range(own, end), "标题"))
            doubled = _DOUBLED.fullmatch(title)
            return doubled.group(1) if doubled else title, end
    return None, 0


def _own_title(lines: tuple[Line, ...], start: int, end: int) -> int:
    """Return where the title itself begins: a line that is one needs above it only its issuers and its place."""
    last = next((at for at in range(end - 1, start, -1) if _is_whole_title(lines[at].text)), None)
    if last is None:
        return start
    town = TOWN.search(squeeze(lines[last].text))
    first = last
    while first > start:
        line, above = lines[first], squeeze(lines[first - 1].text)
        styled = line.kind == "heading" and lines[first - 1].kind != "heading"
        belongs = ISSUER.fullmatch(above) or _PLACE_LINE.fullmatch(above) or "关于" in above
        alone = town is not None and not _is_joint(above, lines[first].text)
        if styled or not belongs or alone or line.at != lines[first - 1].at + 1:
            break
        first -= 1
    return first


def _is_joint(above: str, title: str) -> bool:
    """Say whether two offices sign a title: the Party's committee on its line, the government before 关于."""
    signed = _SIGNED_TITLE.match(squeeze(title))
    return signed is not None and ISSUER.fullmatch(above) is not None and signed.group() != above


def _is_whole_title(text: str) -> bool:
    bare = squeeze(titled(text))
    return (
        len(bare) >= 10
        and _TITLE_END.search(bare) is not None
        and SUBJECT.search(bare) is not None
        and re.match(r"关于|的|和|及|与|情况|推进|贯彻|落实|履行", bare) is None
    )


def _inner_title(lines: tuple[Line, ...], end: int, title: str) -> int:
    """Return the place of the report's own title below the notice that hands it out (关于印发《…》的通知), or 0."""
    named = re.search(r"(?:印发|转发|报送|上报|呈报)《?(.{6,60}?)》?的(?:通知|函|报告)$", title)
    if named is None:
        return 0
    places = (at for at in range(end, min(end + 15, len(lines))) if may_title(lines[at]))
    return next((at for at in places if squeeze(lines[at].text).endswith(named.group(1))), 0)


def _fuller_title(lines: tuple[Line, ...], end: int, title: str) -> int:
    """Return the place of the title below what is only its column in a menu (法治政府建设年度报告), or 0."""
    if TOWN.search(title) or re.search(r"20\d\d|政府(?!建设)", title):
        return 0
    for at in range(end, min(end + 6, len(lines))):
        if not may_title(lines[at]):
            return 0
        text = squeeze(titled(lines[at].text))
        if _is_whole_title(lines[at].text) and len(text) > len(title) and TOWN.match(text):
            return at
    return 0


def _title_end(lines: tuple[Line, ...], start: int) -> int:
    """Return the place after the title that begins at ``start``, or 0."""
    for end in range(start + 1, min(start + 6, len(lines)) + 1):
        if not may_title(lines[end - 1]):
            return 0
        text = squeeze("".join(titled(line.text) for line in lines[start:end]))
        if re.search(r"[。；，！？;]|[\u4e00-\u9fff]{2}(?<![镇乡府处])(?<!街道)[：:]", text):
            return 0
        if _TITLE_END.search(text) and _GENRE.search(text) and len(text) >= 6 and not is_name(text):
            while end < len(lines) and lines[end].width <= 14 and _MORE_TITLE.fullmatch(squeeze(lines[end].text)):
                if is_paper_number(lines[end].text) or _heads_a_series(lines, end):
                    break
                end += 1
            return end
    return 0


def _heads_a_series(lines: tuple[Line, ...], at: int) -> bool:
    """Say whether a line in brackets (【学法】) is the first of several below the title, and no part of it."""
    return lines[at].text[0] in _BOXES and any(line.text[0] in _BOXES for line in lines[at + 1 : at + _FORESIGHT])


def _joined(parts: Iterable[str]) -> str:
    """Join a split title as it is said: line breaks and blanks between joint issuers are the printer's."""
    return "".join(map(squeeze, parts))
