"""Clauses: what a number stands in, and what that says of it: planned, of another year, since years, a part.

A clause ends at a stop or a bracket, a sentence at 。；！？ or the end of a line. Plans, duties, other years and
comparisons are no results of the year: a number in them is left out. What is counted over more than the year, or is
only a part of the whole, is marked.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from search_app.labelling.figures.numbers import Number

_SENTENCE_ENDS = "。；！？;!?\n"
_STOPS = "，。；：！？,;:!?\n（）()|"
#: A comma or colon between digits (1,200) ends no clause; nor does a colon right before the number (成功率：98%).
_STOP = re.compile(rf"[{re.escape(_STOPS)}](?:(?<!\d[{re.escape(_STOPS)}])|(?!\d))")
_PLANNED = re.compile(
    "力争|争取|计划(?!生育)|拟[^定订]|预计|目标|确保|不少于|不低于|不得少于|至少|应当|应达|要达|须|每[^日件]|人均|平均|各自"
    "|分别|各[配聘设有建]|下一步|明年|来年|下年度|今后|将(?:开展|组织|举办|达|新|建|培|配|对|完成|在)|准备|要求|任务|指标|规定|打算|有望|拟"
)
_COMPARED = re.compile(
    "去年|上年|上一年|往年|同期|前年|同比|环比|年初的|比.{0,6}(?:增|减|下降|上升|提高)|较.{0,8}(?:增|减|下降|上升|提高)"
)
_CHANGED = re.compile(
    "(?:增加|减少|新增加?|下降|上升|提高|提升|增长|降低|压缩|缩短|增幅|降幅|超出|少了|多了|缩减|压减|减|增|降|升)"
    "(?:了|约|近|超过|至少)?$"
)
_SINCE = re.compile(
    r"截[至止]|近[两二三四五六七八九十几\d]+年|[两二三四五六七八九十几\d]年来|近年来|多年来|历年|(?<!今年)(?<!本年度)(?<!本年)以来"
    r"|至今|任期内|\d{4}年?(?:至|到|-|—)\d{4}年"
)
_GROSS = re.compile("累计")
_THIS_YEAR = re.compile(r"全年|今年|本年|年内|当年|一年|\d{4}年(?!以来)")
_PART = re.compile(
    r"其中|(?<!\d)\d{1,2}月(?=份|[，,、至共调化开排发组举集])|[一二三四]季度|上半年|下半年|[当此本该][次天日场]|现场|期间|活动中|首批|第[一二三四]批"
    r"|[一二三四五六七八九十某]村"
)
#: The same said a clause before.
_PART_BEFORE = re.compile(
    r"其中|(?:^|[，,])即|现场|[当此本该][次天日场]活动|期间|(?<!\d)\d{1,2}月(?=份|[，,、至共调化开排发组举集])|上半年|下半年"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!代)")
#: What stands further before a number says nothing of it; it also bounds the work on a text without stops.
_LONGEST_CLAUSE, _LONGEST_SENTENCE = 120, 400
_PLANNING = ("下一步", "明年", "来年", "今后", "下年度", "计划", "力争")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_TITLES = re.compile("《[^《》]*》")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What a number stands in: ``lead`` from the clause's start to the number, ``said`` the sentence before it."""

    sentence: int
    start: int
    end: int
    said: str
    lead: str


class Clauses:
    """The clauses of one text, found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [found.start() for found in _STOP.finditer(text)]
        self._sentence_ends = [at for at in self._ends if text[at] in _SENTENCE_ENDS]

    def of(self, number: Number) -> Clause:
        """Return the clause of a number."""
        text, ends = self._text, self._ends
        sentence, at = bisect_left(self._sentence_ends, number.start), bisect_left(ends, number.start)
        if at and ends[at - 1] == number.start - 1 and text[ends[at - 1]] in "：:":
            at -= 1  # 成功率：98%
        start = max(ends[at - 1] + 1 if at else 0, number.start - _LONGEST_CLAUSE)
        after = bisect_left(ends, number.end)
        begins = max(self._sentence_ends[sentence - 1] + 1 if sentence else 0, number.start - _LONGEST_SENTENCE)
        return Clause(
            sentence=begins,
            start=start,
            end=ends[after] if after < len(ends) else len(text),
            said=text[begins : number.start],
            lead=text[start : number.start],
        )


def is_no_result(clause: Clause, year: int | None) -> bool:
    """Tell whether a number is planned, of another year than the report's, or a change and no level."""
    said = _TITLES.sub("", clause.said) if "《" in clause.said else clause.said
    if _PLANNED.search(clause.lead) or _COMPARED.search(clause.lead) or _CHANGED.search(clause.lead.rstrip()):
        return True
    if said.startswith(_PLANNING):
        return True
    named = [int(one) for one in _YEAR.findall(said)]
    return bool(named) and year is not None and named[-1] != year and not _SINCE.search(said)


def is_since_years(clause: Clause, year: int | None) -> bool:
    """Tell whether what is counted may go back before the year: since years, or as of a day."""
    if _SINCE.search(clause.said.replace(f"{year}年以来", "")):
        return True
    return bool(_GROSS.search(clause.lead)) and not _THIS_YEAR.search(clause.said)


def is_part(clause: Clause) -> bool:
    """Tell whether what is counted is a part: of a sum (其中), of the year (5月), of one event (活动现场)."""
    said = _BRACKETS.sub("", clause.said) if "（" in clause.said or "(" in clause.said else clause.said
    return bool(_PART.search(clause.lead) or _PART_BEFORE.search(said))
