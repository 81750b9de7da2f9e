"""Words of asking: those that say how a question is asked, which part of a report it means, or of which year.

In goes what was typed, out comes what is left to search, and what the rest wishes for: 普法怎么写 is searched as 普法,
执法 不足 as 执法 with a lean to 不足和原因, 2024年普法计划 means the plans in the reports on 2023. The surprise: such a
word stays where it is part of a term (典型案例, 人手不足, 历史遗留问题) or all that was typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from search_app.language.analysis.folding import fold
from search_app.language.analysis.han_numbers import year_of
from search_app.language.analysis.tokenizer import tokenize
from search_app.language.analysis.years import HAN_YEAR
from search_app.language.question.faint_words import FAINT
from search_app.language.question.lack_words import FOUND, FOUND_PROBLEM, HELPED, LACKING, LACKS, MENDED, WHY
from search_app.language.question.synonyms import synonym_words
from search_app.language.question.wordings import find_wordings
from search_app.lazy_patterns import lazy_pattern

#: Longer texts are no questions but pasted: 原因 and 问题 are then what somebody wrote.
MAX_ASKED = 60
PROBLEMS, PLANS, HEAD, DEEDS, OPENING = "不足和原因", "下年度安排", "第一责任人履职", "主要举措和成效", "导语"

_HOW = "(?:具体)?(?:怎么样?|怎样|如何|咋样?|怎)(?:才能|去|来)?"
_DO = (
    "(?:做好|抓好|写好|搞好|办好|操作|做|写|抓|办|弄|搞|干|说"
    "|开展|推进|推动|落实|实施|组织|安排|部署|布置|进行|加强|处理|解决)"
)
_GOOD = "(?:典型|先进|成功|优秀|具体|特色|创新|主要|成熟|可复制|有效|好)"
_WHO = "(?:别的|其他|其它|兄弟|周边|各个?|人家|别人)(?:乡镇|镇街|镇|乡|街道|地方|单位)?(?:都?是)?"
_BEGINS, _ENDS = r"(?:^|(?<=\s))", r"(?=\s|$)"
#: Whose reports are meant, which are all that is here; 周边乡镇 may be those that a matter is settled with.
_OTHERS = (
    "(?:(?:别的|其他|其它)(?:乡镇|镇街|镇|乡|街道|地方)(?:都|里)?(?:写的?|说的?)?|(?:年度)?(?:报告|材料|总结)(?:里面?|中)的?)"
    "(?=[^\\s的]{2})"
)
_NEXT = (
    "(?:明年(?:度|子)?|来年|下一?年度?|下一?阶段|下一?步|接下来|接下去|今后|后续|新的一年(?!级)"
    f"|{_BEGINS}(?:往后(?![山推移退院面])|将来(?![访信电人自])|以后(?=怎么|咋|如何|准备|打算|要怎))"
    f"|{_BEGINS}(?:开年|开春|年后)(?:以?后)?(?=先|怎么|咋|要|准备|打算|抓|干))"
)
_PLAN = (
    "(?:(?:(?:重点|主要)?(?:工作|任务))?的?(?:计划|打算|安排|思路|谋划|设想)|(?:努力|改进|整改)方向|改进(?:措施|思路))"
)
_PART_ENDS = ("里", "里面", "中", "部分", "章", "节", "块", "段", "段落", "方面")
#: How a part is named as a part: 存在问题这一部分里.
_OF_PART = "(?:(?:这|那)?[一个]{0,2}(?:部分|章节|章|节|块|段落?)|方面)?(?:里面?|当?中)?"

#: What may be left out: kind -> pattern; of those that begin at one place the first counts.
_KINDS = {
    "next": f"{_NEXT}的?(?:{_PLAN}{_OF_PART}|(?:重点|主要)(?:工作|任务)?{_ENDS})?|未来的?(?:规划|计划|打算){_ENDS}",
    "plans": f"{_PLAN}{_OF_PART}|{_BEGINS}规划",
    "opening": f"(?:(?:报告|文章|材料)的?)?(?:{_BEGINS}|(?<=报告|文章|材料)的?)"
    "(?:开头|引言|导语|前言|引语|开篇|第一段)(?:的?(?:那|这)?[一第]?(?:部分|段落|段话|段|句话|句)|语)?",
    "lacks": LACKS,
    "why": WHY,
    "asking": rf"为(?:什么|啥)|(?<![行认因作成视])为何|请问|求助"
    r"|我?想(?:要|找|看看?|查|知道|了解|问)(?:一下)?|帮我?(?:找|查|看)(?:一下)?|有没有"
    rf"|{_WHO}(?={_HOW})|(?:我们?|咱们?)?(?:能|可以|该|要|应该)?(?:做|干|办)(?:点儿?|些)(?:什么|啥)"
    rf"|(?:还|都)有谁(?=[^\s，,。])|(?:有|是)(?:哪些|什么样?的?|啥)|哪些(?:乡镇|镇|地方|好的?)?|什么样?的?"
    rf"|(?:都?是|准备|打算)?{_HOW}(?:{_DO}好?的?)?|{_BEGINS}{_OTHERS}|应该(?={_HOW})|该(?={_HOW})|[吗呢吧啊呀？?]+{_ENDS}"
    f"|(?:准备|打算|计划|想要?|要)(?:都|又)?(?:改|上|做|干|搞|弄|补|添|建|推|办|管|抓)(?:点儿?|些)?(?:什么|啥|哪些)(?:事情?)?{_ENDS}"
    f"|{_BEGINS}[都先]?(?:改|上|做|干|搞|弄|补|添|建|推|抓)了?(?:点儿?|些)?(?:什么|啥|哪些)(?:事情?|工作)?{_ENDS}"
    rf"|(?:到|得)(?:哪一?步|什么程度|怎么样|咋样|如何)了?{_ENDS}|(?<=[了好成完现实改])没有?{_ENDS}"
    f"|(?:结果|表现)(?:怎么样|如何|是什么|有哪些){_ENDS}"
    "|(?:一|每|全)年(?:下来|里|内|到头)?(?:要|得|会|能|应该?)?(?:开|办|搞|做|组织|召开|开展)?(?=(?:了|过)?(?:多少|几)[次场回期件起])"
    "|(?:了|过)?(?:多少|几)(?:[个件起次场条项名位户份家万]|人次|元)?(?:左右)?(?![十百千])",
    "template": "(?:参考|写作)?(?:范文|模板|模版|样例|例文|样文|素材|提纲|写法)|参考(?:材料|资料)?",
    "practice": f"{_GOOD}*的?(?:经验做法|做法经验|案例|实例|例子|经验|做法|样板|亮点(?:工作)?|[高妙实新]招|窍门|诀窍)"
    "(?:分享|介绍|参考|借鉴|推广)?|(?:值得|可以|能)(?:学习?|借鉴|参考|推广|复制)的?(?:地方)?"
    "|(?:比较|最|更)?(?:好|管用|有效|土|新)的?(?:办法|法子|点子|路子|招数?|方法|方式|花样)|金点子"
    f"|(?:哪(?:个|些|里|儿)?(?:乡镇|镇|乡|街道|地方)?|谁)?(?:做|搞|抓|干)得(?:比较|最|更)?好的?(?:乡镇|镇|地方)?"
    f"|(?:先进|正面)?典型{_ENDS}|{_BEGINS}(?:特色|创新){_ENDS}",
    "problems": "(?:还|仍|都|主要|目前|工作中)*"
    "(?:(?:面临|存在)着?的?(?:什么|哪些|啥)?|有(?:什么|哪些|啥))?(?:主要|突出)?的?"
    "(?:困难和问题|不足之处|短板弱项|薄弱环节|问题和不足|不足|问题|短板|弱项|薄弱|差距|困难|难题|(?:堵点|痛点)?难点)"
    f"(?:(?:[和及与、]?(?:其|主要)?|的)原因)?(?:分析)?(?:主要)?{_OF_PART}|原因(?:分析)?"
    f"|(?:遇到|碰到)的?(?:什么|哪些|啥)?(?:困难|难题|问题){_ENDS}",
    "deeds": "(?:主要|工作|具体)?(?:举措|成效|成绩|措施)",
    "state": "(?:总体|基本|工作|开展|落实|完成|推进|执行|建设)?情况",
    "relative": "今年(?:以来)?|(?<![比较])(?:去年|上年度?)(?!相?比)|本年度?|近年来?",
}
_ASIDE = lazy_pattern("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
#: These ask wherever they stand; any other word that is followed by more than a particle is part of what it says.
_ANYWHERE = frozenset({"next", "lacks", "why", "asking", "relative"})
_AFTER = lazy_pattern(r"\s|$|[的有是及和与、，,。；;？?吗呢]")
_YEAR = lazy_pattern(rf"(?<![\d\-—~.])(20\d\d|{HAN_YEAR})(?![\d\-—~.])\s*年?度?")
_LEANS = {
    **{"next": PLANS, "plans": PLANS, "problems": PROBLEMS, "lacks": PROBLEMS, "why": PROBLEMS},
    **{"deeds": DEEDS, "opening": OPENING},
}
#: These lean to a part and stay in the text: they are what the part is about. Who leads is meant as leading only where
#: that is said: heads who stand in court (镇长要不要出庭) or see petitioners do so under other headings.
_HEADS = lazy_pattern(
    "(?:(?<!支部)(?<!第一)(?<!村)书记|镇长|乡长|街道办?主任|一把手)(?=[^，。？?]{0,6}(?:亲自|带头|抓|推进|推动|挂帅|上阵|履|责任|述|学法))"
    "|第一责任|述法|(?:党政)?主要负责人(?![^，。？?]{0,4}(?:出庭|应诉|接访|包案))|履职"
)
#: Of 力量不足 nothing is left without 不足: these are left out behind a term that stands by itself (政务公开不足).
_LACKS = ("不足", "薄弱")
#: Terms that are about something, although a word that asks ends them; those of synonyms.txt come to these.
_TERMS = lazy_pattern(
    "(?:典型|优秀|指导|警示)案例|(?:枫桥|浦江)经验|(?:强制|保障|防范|安全|惩戒|处罚)措施|(?:突发|紧急)情况"
    f"|{FOUND_PROBLEM}"
    "|(?:遗留|突出|热点|难点|民生|信访|环境|环保|安全|实际|具体|重点|焦点|急难愁盼|涉法涉诉|关心|反映)的?问题"
)
_ASKS_HOW = lazy_pattern(_HOW)
#: Who asks how a lack is helped wants no list of lacks; who asks how it is told of, does.
_ASKS_TO_HELP = lazy_pattern("(?:怎么|怎样|如何|咋)(?![说写样])")
#: ... and so does who names it with what was done about it.
_HELPING = lazy_pattern("解决|整治|整改|应对|化解|处置|治理|破解|纠治")
#: What ends the name of a matter as well as that of a part.
_OF_A_MATTER = lazy_pattern("(?:主要)?(?:问题|困难|难题|难点)|(?:工作)?(?:计划|安排)|规划")
#: Who asks how something is done wants to read what was done; who asks how it is written, the wording.
_DOING = lazy_pattern(f"{_HOW}(?:做|抓|办|弄|搞|干|开展|推进|推动|处理|解决|化解)")
_DANGLING = lazy_pattern(
    r"^(?:[的和与及、，,。；;]|关于|有关|对于)+|(?:[的和与及、，,。；;]|都是|是|(?<=..)方面|这一?块|工作中)+$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentWords:
    """What a question wishes for beside its words.

    ``text`` is what is left to search; where nothing else was typed (``bare``), it is what was typed, a planned year
    aside. ``practice``: concrete doings are wished for; ``how``: it asks how, be it done or written. ``sections`` are
    the parts of a report that it leans to, ``surely`` those of them that cannot but be meant (存在的问题, 下一步打算),
    where words may mean a matter too (欠薪问题, 学法计划); ``causes``: what lacks come from is asked for.
    ``planned`` is the year whose plans are meant: they stand in the reports on the year before. ``dropped`` are the
    words left out, as typed.
    """

    text: str
    bare: bool = False
    practice: bool = False
    how: bool = False
    sections: tuple[str, ...] = ()
    surely: tuple[str, ...] = ()
    causes: bool = False
    planned: int | None = None
    dropped: tuple[str, ...] = ()


def find_intent_words(text: str) -> IntentWords:
    """Return what is left to search of a typed text and what the rest of it wishes for."""
    folded = fold(text)
    if len(folded) > MAX_ASKED:
        return IntentWords(text=text.strip())
    found = _outside_spoken(text, list(_found(folded)))
    planned, year = _planned(folded, found)
    asides = sorted([aside for aside in found if aside.left_out] + year, key=lambda aside: aside.start)
    left = _without(text, asides)
    if bare := _says_nothing(left):
        asides = [aside for aside in asides if aside.kind not in _LEANS and aside.kind != "practice"]
        left = _without(text, asides)
        if _says_nothing(left):
            asides, left = [], text.strip()
    doing = bool(_DOING.search(folded)) and not any(aside.kind == "next" for aside in found)
    return IntentWords(
        text=left,
        bare=bare,
        practice=doing or any(aside.kind == "practice" for aside in found),
        how=bool(_ASKS_HOW.search(folded)),
        sections=_sections(folded, found, doing=doing),
        surely=_surely(folded, found, planned=planned is not None),
        causes=any(_asks_why(aside, folded) for aside in found),
        planned=planned,
        dropped=tuple(text[aside.start : aside.end].strip() for aside in asides),
    )


class _Aside(NamedTuple):
    """A word that asks or wishes, and whether the search does without it."""

    kind: str
    start: int
    end: int
    left_out: bool = True


def _found(folded: str) -> Iterator[_Aside]:
    """Yield the words that ask or wish, in order."""
    matches = [(match.lastgroup or "", match.start(), match.end()) for match in _ASIDE.finditer(folded)]
    starts, ends = {start for _, start, _ in matches}, {end for _, _, end in matches}
    terms = [match.span() for match in _TERMS.finditer(folded)]
    for kind, start, end in matches:
        term = any(start < right and left < end for left, right in terms)
        of_a_matter = kind == "lacks" or (kind == "problems" and _OF_A_MATTER.fullmatch(folded, start, end))
        if of_a_matter and HELPED.search(folded[:start]):
            continue  # what was found or helped is a deed
        if kind in _ANYWHERE:
            yield _Aside(kind, start, end)
        elif _ends(folded, start, end, starts) and (kind == "practice" or not term):
            attached = start not in ends and _is_attached(folded[:start], folded[start:end])
            yield _Aside(kind, start, end, not term and not attached)


def _outside_spoken(text: str, found: list[_Aside]) -> list[_Aside]:
    """Return the asides but those inside an everyday wording, which is one with them: 村里有没有规矩.

    What shares characters with a part that is named is no such wording: 问…法律 of 存在问题里有没有法律顾问.
    """
    if not any(aside.kind == "asking" for aside in found):
        return found
    named = [(aside.start, aside.end) for aside in found if aside.kind in _LEANS]
    spoken = [
        (entry.start, entry.end)
        for entry in find_wordings(text)
        if entry.spoken and not any(start < entry.end and entry.start < end for start, end in named)
    ]
    return [
        aside
        for aside in found
        if aside.kind != "asking" or not any(start < aside.start and aside.end <= end for start, end in spoken)
    ]


def _ends(folded: str, start: int, end: int, starts: set[int]) -> bool:
    """Tell whether a word ends where it does, or names a part ahead of the matter: 存在问题里执法队伍的."""
    leads = not folded[:start].strip() and folded[start:end].endswith(_PART_ENDS)
    return leads or end in starts or _AFTER.match(folded, end) is not None


def _is_attached(before: str, word: str) -> bool:
    """Tell whether a word is one with what stands before it: 力量不足."""
    if not word.startswith(_LACKS) or not before or before[-1].isspace() or before[-1] == "的":
        return False
    known = synonym_words()
    whole = re.split(r"\s", before)[-1]
    return not any(whole[at:] in known and whole[at:] + word not in known for at in range(len(whole) - 1))


def _asks_why(aside: _Aside, folded: str) -> bool:
    """Tell whether words that ask for lacks ask for what these come from."""
    return aside.kind == "why" or (_LEANS.get(aside.kind) == PROBLEMS and "原因" in folded[aside.start : aside.end])


def _planned(folded: str, found: list[_Aside]) -> tuple[int | None, list[_Aside]]:
    """Return the year whose plans are asked for: 2024年普法计划, but not 2023年下一步打算, written in that year."""
    years = list(_YEAR.finditer(folded))
    kinds = {aside.kind for aside in found}
    if len(years) != 1 or "plans" not in kinds or "next" in kinds:
        return None, []
    return year_of(years[0][1]), [_Aside("planned", *years[0].span())]


def _sections(folded: str, found: list[_Aside], *, doing: bool) -> tuple[str, ...]:
    """Return the parts of a report that a text leans to; who asks what to do about a lack wants no list of lacks."""
    helped = doing or _ASKS_TO_HELP.search(folded)
    leans = [_LEANS[aside.kind] for aside in found if aside.left_out and aside.kind in _LEANS]
    leans += [HEAD] * bool(_HEADS.search(folded)) + [PROBLEMS] * (not helped and bool(LACKING.search(folded)))
    if MENDED.search(folded) and (PROBLEMS in leans or FOUND.search(folded)):
        leans += [DEEDS, PROBLEMS]  # what was put right is told in either
    return tuple(dict.fromkeys(leans))


def _surely(folded: str, found: list[_Aside], *, planned: bool) -> tuple[str, ...]:
    """Return the parts that a text surely names; not the one on problems where it asks what is done about one."""
    helped = _ASKS_TO_HELP.search(folded) or _HELPING.search(folded)
    named = [aside for aside in found if aside.left_out and aside.kind in _LEANS]
    sure = [_LEANS[each.kind] for each in named if (planned and each.kind == "plans") or _is_sure(each, folded)]
    return tuple(section for section in dict.fromkeys(sure) if section != PROBLEMS or not helped)


def _is_sure(aside: _Aside, folded: str) -> bool:
    """Tell whether a word can only mean a part of the reports: 问题 and 计划 right behind a word are one with it."""
    word, before = folded[aside.start : aside.end], folded[aside.start - 1 : aside.start]
    return before in (" ", "的") or not _OF_A_MATTER.fullmatch(word)


def _without(text: str, asides: list[_Aside]) -> str:
    """Return a text without some of its words, and without the particles that hang loose then."""
    kept = list(text)
    for aside in asides:  # what it stood between stays apart
        kept[aside.start : aside.end] = [" ", *[""] * (aside.end - aside.start - 1)]
    return " ".join(part for part in (_DANGLING.sub("", part) for part in "".join(kept).split()) if part)


def _says_nothing(text: str) -> bool:
    """Tell whether all words of a text are faint."""
    return {token.text for token in tokenize(text)} <= FAINT
