"""Matching: what a number counts, told by the words right before it (调解矛盾纠纷28件) or right after (12名法律明白人).

In goes a number with its clause, out comes the thing, or None where it is not certain. The surprise: what stands
between verb and thing decides: nothing, or words that narrow nothing down (各类, 全镇), and the whole is counted;
others (调解劳动纠纷), and only a part is; where the verb is another one, nothing is.
"""

import re
from dataclasses import dataclass

from search_app.labelling.figures.clauses import Clause
from search_app.labelling.figures.numbers import Number
from search_app.labelling.figures.things import Thing, words
from search_app.language.analysis.han_numbers import NUMERALS

#: What may stand between a thing and its number without meaning anything.
_FILLER = re.compile(
    r"(?:[\s：:为有共计达到近超逾仅了已均也就至的]|(?<!签)约|只有|仅有|现有|共计|总计|累计|合计|达到|达|总数|总量|数量|件数|人数|超过|突破|多达|不足|保持在"
    r"|稳定在|始终保持在|由\d[\d.]*[%％](?:提高|提升|上升|增加|升|提|增)?(?:到|至)|从\d[\d.]*[%％](?:提高|提升|上升|升|提)?(?:到|至)"
    r"|提高到|提高至|提升至|提升到|上升至|上升到|升至|共)+$"
)
_QUALIFIERS = (("不足", "不足"), ("超", "超"), ("突破", "超"), ("逾", "超"), ("多达", "超"), ("近", "近"), ("约", "约"))
_OTHER_NUMBER = re.compile(r"\d[\d.,]*[余多]?(?:批次|批|场次|场|件次|件|次|起|期|户|个|处|宗)、?$")
#: What narrows nothing down.
_NEUTRAL = re.compile(
    r"(?:各类|各种|各项|各级|各式|一般性?|社会|辖区内?|本辖区|全镇|全乡|全街道|镇域|本地|当地|群众性?|居民|村民|基层|民间|涉农|各|类|的|了|过"
    r"|系列|相关|有关|多形式|多种形式|形式多样|丰富多彩|专题|主题|专项|大型|集中|日常|综合|多元|多样|优秀|专职|兼职|专兼职|常年|专业|村级|镇级|乡级"
    r"|村居|村社区|农村|乡村|本级|行政|现行有效|辖区群众|书面"
    r"|作为被申请人的?|(?:领导|机关|镇村|党员|全体|村)?干部(?:职工)?|参加|\d+个)+$"
)
_SUBJECT = re.compile(
    r"^(?:[一二三四五六七八九十]+是)?(?:\d+个)?(?:[^，。；\d、]{0,12}?(?:镇|乡|街道|政府|党委|党工委|司法所|办事处|村|社区|委员会|调委会|队|办|中心|所|站|点|会|全年|今年以来|今年|年内"
    r"|以来|目前|累计|共|共有|现有?|本年度?|年|月底|同时|其中|并|全县|组织|辖区内?|以上))?$"
)
_NOT_OWN = re.compile(
    r"(?:参与|协助|配合|指导|帮助|督促|推动|支持|督办|未|不|没有|没|无|拒绝?|难以|引导|鼓励|要求|应|需|待|拟|(?:参与|协助|配合|接受|迎接)[^，、]*)$"
)
#: A list that ends with 等 names what the thing is made of, and leaves nothing out: 发放防汛、禁毒等资料; any other a
#: part of it.
_LISTED = re.compile(r"[^，。；\d]{2,40}等|[^，。；\d]{2,12}、[^，。；\d]{1,8}")
_NO_KIND = re.compile(
    r"引发|导致|发生|因|由|未|不|没有|无|避免|防止|参与|协助|配合|后|中|对|并|和|与|及|以|通过|[、）)]"
)
_OTHER_DEED = re.compile("引发|导致|发生|因|未|不|没有|参与|协助|配合|解决|开展|进行|处理|组织")
_AFTER = re.compile(r"[，。；：！？,;:!?\n）)、|（(]|以及|和|及|与|并|$|\d|\s*$")
_FIRST_NUMBER = re.compile(f"[\\d{NUMERALS}百千万两]+[余多]?[^\\d、和及]{{1,3}}(?:、|和|以及|及|$)")
_LIST_BEFORE = re.compile(f"[\\d{NUMERALS}百千万两]+[余多]?[^\\d、和及]{{1,3}}(?:、|和|以及|及)$")
#: 参考率、合格率均达100%
_RATES_BEFORE = re.compile("^[^，。；]{0,8}率(?:、|和|与|及)$")
_LONGEST_ITEM = 24
_STOP_BEFORE = re.compile("[，,：:（(）)]")
#: So many clauses before, a short word (成功率) is still said of the same thing.
_MOST_CLAUSES = 3
_MOST_KIND = 8
_NO_QUOTES = {ord(mark): None for mark in '“”"《》 　'}
#: 聘请1名专职律师担任镇政府法律顾问: who it is and of whom narrows nothing down.
_APPOINTED = re.compile(r"^(?:专职|执业|专业|社会)?律师(?:担任|作为|为)(?:本|我)?(?:镇|乡|街道|党委|政府|党政)*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a number counts; ``part``: of one kind only. ``back``: where what is counted is said, before the clause."""

    thing: Thing
    part: bool = False
    qualifier: str = ""
    back: int | None = None


def find_counted(text: str, number: Number, clause: Clause) -> Counted | None:
    """Return what a number counts, None where that is not certain."""
    lead = clause.lead.translate(_NO_QUOTES)
    bare, qualifier = _strip_filler(lead)
    if bare.endswith(("各", "每", "由", "从", "第")):
        return None
    before = _before(bare, number, clause) if _AFTER.match(text, number.end) else None
    after = _after(text, number, lead, bare)
    if before and after:
        return None
    found = before or after
    if found is None:
        return None
    return Counted(
        thing=found.thing,
        part=found.part,
        qualifier=number.qualifier or qualifier,
        back=found.back,
    )


def _strip_filler(lead: str) -> tuple[str, str]:
    """Return a lead without what stands between thing and number, and how exact that says the number is."""
    filler = _FILLER.search(lead)
    stripped = lead[: filler.start()] if filler else lead
    said = filler.group() if filler else ""
    while (other := _OTHER_NUMBER.search(stripped)) is not None and not said:
        stripped = stripped[: other.start()]
        further = _FILLER.search(stripped)
        stripped = stripped[: further.start()] if further else stripped
    return stripped, next((name for mark, name in _QUALIFIERS if mark in said), "")


def _sizes(text: str) -> tuple[int, ...]:
    """Return how long the words are that a text may end with, longest first."""
    return words().sizes.get(text[-2:], ())


def _before(lead: str, number: Number, clause: Clause) -> Counted | None:
    """Return what a lead that ends with a thing counts."""
    for size in _sizes(lead):
        word = lead[-size:]
        if size > len(lead):
            continue
        held = [thing for thing in words().full.get(word, ()) if number.unit in thing.units]
        if held:
            sure = [made for thing in held if (made := _with_verb(thing, lead[:-size]))]
            whole = [made for made in sure if not made.part]
            if sure:
                return _longest_verb(whole or sure, lead[:-size])
        if word in words().short:
            return _short(word, lead[:-size], number, clause)
    return None


def _longest_verb(made: list[Counted], rest: str) -> Counted | None:
    """Return the one thing whose verb says the most; None where two say the same."""
    if len(made) < 2:
        return made[0] if made else None
    ranked = sorted(made, key=lambda one: -_verb_length(one.thing, rest))
    return ranked[0] if _verb_length(ranked[0].thing, rest) > _verb_length(ranked[1].thing, rest) else None


def _verb_length(thing: Thing, rest: str) -> int:
    stripped = _without_neutral(rest)
    return next((len(verb) for verb in thing.verbs if stripped.endswith(verb)), 0)


def _with_verb(thing: Thing, rest: str) -> Counted | None:
    """Return what a thing with these words before it counts."""
    stripped = _without_neutral(rest)
    for verb in thing.verbs:
        if stripped.endswith(verb):
            return None if _NOT_OWN.search(stripped[: -len(verb)]) else Counted(thing=thing)
    if thing.bare and _SUBJECT.search(stripped):
        return Counted(thing=thing)
    if _LIST_BEFORE.search(stripped):
        return _in_list(thing, stripped)
    for verb in thing.verbs:
        at = stripped.rfind(verb)
        kind = stripped[at + len(verb) :]
        if at >= 0 and _LISTED.fullmatch(kind) and not _OTHER_DEED.search(kind):
            return None if _NOT_OWN.search(stripped[:at]) else Counted(thing=thing, part=not kind.endswith("等"))
        if thing.of_kinds and at >= 0 and 0 < len(kind) <= _MOST_KIND and not _NO_KIND.search(kind):
            return None if _NOT_OWN.search(stripped[:at]) else Counted(thing=thing, part=True)
    return None


def _in_list(thing: Thing, stripped: str) -> Counted | None:
    """Return what a further item of a list counts: what stands before the first item holds for it as well.

    That is a verb (审查协议47份、文件2件), or nothing but another thing (在册矫正对象9人、刑满释放人员31人).
    """
    number = _FIRST_NUMBER.search(stripped)
    first = stripped[: number.start()] if number else ""
    for verb in thing.verbs:
        at = first.find(verb)
        if at >= 0 and len(first) - at <= _LONGEST_ITEM:
            return None if _NOT_OWN.search(first[:at]) else Counted(thing=thing)
    return Counted(thing=thing) if thing.bare and _is_bare(_strip_filler(first)[0]) else None


def _is_bare(lead: str) -> bool:
    """Tell whether a lead is nothing but a thing that needs no verb, with whose it is."""
    for size in _sizes(lead):
        for thing in words().full.get(lead[-size:], ()):
            if thing.bare and _SUBJECT.search(_without_neutral(lead[:-size])):
                return True
    return False


def _short(word: str, rest: str, number: Number, clause: Clause) -> Counted | None:
    """Return what a short word counts after what was said right before."""
    held = [
        thing
        for thing in words().short[word]
        if number.unit in thing.units and _may_follow(thing, _without_neutral(rest))
    ]
    if (thing := _only([each for each in held if each.before.search(rest)])) is not None:
        return Counted(thing=thing)
    said = clause.said[: clause.start - clause.sentence]
    ends = [found.start() for found in _STOP_BEFORE.finditer(said)][-_MOST_CLAUSES - 1 :]
    for at in range(len(ends) - 1, -1, -1):
        start = ends[at - 1] + 1 if at else (0 if len(ends) <= _MOST_CLAUSES else ends[0] + 1)
        fit = [each for each in held if each.before.search(said[start : ends[at]].translate(_NO_QUOTES))]
        if fit:
            thing = _only(fit)
            return Counted(thing=thing, back=clause.sentence + start) if thing else None
    return None


def _may_follow(thing: Thing, rest: str) -> bool:
    """Tell whether what stands before a short word is a subject, a verb of the thing, or an item of the same list."""
    verb = next((verb for verb in thing.verbs if rest.endswith(verb)), "")
    subject = rest[: len(rest) - len(verb)]
    if verb:
        return not _NOT_OWN.search(subject)
    return bool(
        _SUBJECT.search(subject) or (thing.bare and _LIST_BEFORE.search(subject)) or _RATES_BEFORE.search(subject)
    )


def _only(held: list[Thing]) -> Thing | None:
    return held[0] if len(held) == 1 else None


def name_of_row(said: str, unit: str) -> Thing | None:
    """Return the thing that the first cell of a row names as a whole, None where that is not certain."""
    lead = said.translate(_NO_QUOTES)
    for size in _sizes(lead):
        held = [thing for thing in words().full.get(lead[-size:], ()) if unit in thing.units]
        rest = _without_neutral(lead[:-size])
        sure = [thing for thing in held if rest in thing.verbs or (not rest and thing.bare)]
        if held:
            return _only(sure or (held if not rest else []))
    return None


def _after(text: str, number: Number, whole: str, lead: str) -> Counted | None:
    """Return what a number with the thing behind it counts: 配备12名法律明白人."""
    segment = re.match(r"[^，。；：！？,;:!?\n（()）、|]{2,18}", text[number.end : number.end + 20])
    if segment is None:
        return None
    said = segment.group().translate(_NO_QUOTES)
    for size in _sizes(said):
        for thing in words().full.get(said[-size:], ()):
            if number.unit not in thing.units or thing.units[0] == "%":
                continue
            kind = _APPOINTED.sub("", said[:-size])
            ends = next(
                ((before, verb) for verb in thing.verbs for before in (whole, lead) if before.endswith(verb)), None
            )
            if ends is None or _NOT_OWN.search(ends[0][: -len(ends[1])]) or re.search(r"\d", kind):
                return None
            narrowed = bool(_without_neutral(kind))
            if narrowed and (len(kind) > _MOST_KIND or _NO_KIND.search(kind)):
                return None
            return Counted(thing=thing, part=narrowed)
    return None


def _without_neutral(text: str) -> str:
    found = _NEUTRAL.search(text)
    return text[: found.start()] if found else text
