"""Text signs: what opening, headings and text of a document say of its genre.

In: the texts. Out: kinds with points and the words that gave them. Mostly fixed words are looked for, which costs
little beside everything else that is done with a text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_app import genres
from search_app.model import REPORT_KIND
from search_app.parsing.genre.signs import Sign

_REPORTED = re.compile(
    r"(?:现将|现就|现对|将|现把)[^。；]{0,60}?(?:报告|汇报|总结|述职|说明)(?:如下|于后)|(?:报告|汇报|总结)如下"
)
_READ = re.compile(
    r"解读如下|(?:现|予以|进行|作)[^。；]{0,16}解读|(?:解读|解答|答复)(?:机关|单位|人|部门|如下)|集中(?:答复|解答)|主要内容(?:解读|说明)如下"
)
_PLANNED = re.compile(
    r"(?:制定|制订|提出|编制)(?:本|如下|以下|此|了?本)(?:工作|实施)?(?:方案|要点|计划|意见|安排|规划|纲要)|^本(?:规划|纲要)|特制[定订]|现(?:制定|提出|就)[^。]{0,20}如下(?:方案|意见|安排|要求)|总体要求是[：:]"
)
_LEAD = re.compile(
    r"\W*(?:本[报网]讯|(?:近日|日前|连日来|近期|昨日|今日|今天)[，,]|(?:为|按照|根据|随着)?[^。；]{0,70}?(?<!\d)\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?(?:上午|下午|晚上?)?[，,]"
    r"|[^。；]{0,70}?[，,](?:近日|日前)[，,])"
)
_CLAUSE = re.compile(r"(?:^|\n)\s*第[一二三四五六七八九十百零〇\d]{1,4}条(?!规定|[第款项、，。的和至之])")
#: How rules say what they are, and from when they hold; what amends them has no clauses of its own.
_RULE = "(?:法|条例|办法|规定|细则|规则|解释|决定|规程|制度|公约)"
_ENACTED = re.compile(rf"制定本{_RULE}|作(?:出)?[如以]下(?:决定|决议|规定|修改)|现予(?:公布|发布)")
_IN_FORCE = re.compile(rf"(?:本{_RULE}|修改后的.{{2,20}})自.{{2,16}}起(?:施行|生效|实施)")
_AMENDED = re.compile(r"修改为|增加一[条款项]|作为第.{1,4}[条款]|删去第.{1,4}条")
#: What is told of a rule that is being made, of single cases, of a subject in general, of who is honoured or fined.
_SUBMITTED = ("请审议", "提请本次常委会", "二次审议稿", "条例草案", "法律草案", "组成人员的审议意见", "如下审议意见")
_CASES = ("基本案情", "典型意义", "案例一", "【案情", "裁判要旨")
_PAPER = ("摘要：", "关键词：", "参考文献", "[J]")
_HONOURS = re.compile(r"(?:决定|现)(?:授予|表彰|给予|命名)[^。]{2,60}(?:称号|单位|个人|表彰|通报|处分)|如不服本决定")
_ASKED = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.、]\s*)?(?:问|答|Q|A)\s*\d{0,2}\s*[：:.、]")
#: What answers of a town's year have: what was counted in it, who speaks, and what is lacking or to come.
_COUNTED = re.compile(
    r"(?:全年|今年|这一年|一年来|一年里|年内|20\d\d年(?!\d{1,2}月|起))[^。；\n]{0,40}?(?:了|共|累计|办|开|受理|审|调解|劝|排查|查|罚|接|培训|化解|立案|收到|走访|组织)[^。；\n]{0,20}?(?:\d|[一二三四五六七八九十百两]{1,4})\s?(?:多|余)?(?:件|次|场|份|起|宗|条|人|名|户|%|％)"
)
_SPEAKING = ("本镇", "本乡", "本街道", "我镇", "我乡", "我街道", "镇里", "乡里", "街道办事处", "我们")
_OWN_OUTLOOK = re.compile(
    r"(?:还有|存在|有)(?:哪些|什么|啥|的)?[^。？?\n]{0,4}(?:不足|短板|毛病|差距)|没(?:有)?(?:做|办)好|差在哪|明年|来年|(?:往后|今后|下一?步)[^。\n]{0,4}(?:打算|怎么|准备|安排|干)"
)
_LEAST_OF_YEAR = 2
_BYLINE = re.compile(
    r"(?:通讯员|记者|供稿|撰稿|编辑|责编|审核|初审|复审|终审|一审|二审|三审|摄影|文[/／]图|图[/／]文|来源|稿源|作者)"
    r"\s*[：:／/ 　|｜]"
)
_THIRD = re.compile(r"该(?:镇|乡|街道|县|区|局|所|社区|村|队|办|中心|院|单位)")
_THIRD_OFFICE = re.compile(r"该(?:镇|乡|街道|县|区)(?!域)")
_PROBLEM_PART = re.compile(r"不足|存在.{0,8}问题|主要问题|薄弱|短板|差距|困难")
_PLAN_PART = re.compile(r"打算|下一?步|安排|计划|思路|努力方向|今后|明年|展望")
_DONE_PART = re.compile(r"举措|成效|做法|开展情况|工作情况|落实情况|推进情况|履职|第一责任人|工作回顾")
_MEETING = (
    "会议强调",
    "会议指出",
    "会议要求",
    "会议认为",
    "会议传达",
    "会议听取",
    "会议通报",
    "会上，",
    "强调，",
    "指出，",
    "与会人员",
    "参会人员",
    "参加会议",
    "主持会议",
)
_SAID = ("纷纷表示", "介绍说", "告诉记者", "笔者", "居民说", "村民说", "表示，", "说道", "竖起大拇指", "为此点赞")
_OUR_TOWN = ("我镇", "我乡", "我街道", "本街道", "我办事处", "本镇", "本乡")
_OURS = (*_OUR_TOWN, "我区", "我县", "我们")
_WHOLE_SUBJECT = ("法治政府", "依法行政", "法治建设")
_SUBJECTS = (
    *_WHOLE_SUBJECT, "行政执法", "规范性文件", "合法性审", "普法", "调解", "法律顾问",
    "重大行政决策", "重大决策", "学法", "执法", "政务公开", "行政复议", "出庭应诉", "法治",
)  # fmt: skip
_PLAN_HEADS = (
    "指导思想",
    "总体要求",
    "工作目标",
    "总体目标",
    "主要任务",
    "重点任务",
    "工作任务",
    "实施步骤",
    "方法步骤",
    "时间安排",
    "保障措施",
    "工作要求",
    "组织保障",
    "有关要求",
)
_DUTIES = ("牵头单位", "责任单位", "责任部门", "责任领导", "配合单位", "完成时限", "牵头领导")
_READING_HEADS = (
    "背景",
    "依据",
    "目的",
    "意义",
    "主要内容",
    "核心内容",
    "适用范围",
    "关键词",
    "解读",
    "亮点",
    "惠民利民",
    "起草过程",
    "制定过程",
    "出台",
    "注意事项",
    "目标任务",
    "主要举措",
    "新旧政策",
)
_OPENNESS_HEADS = (
    "主动公开",
    "依申请公开",
    "收到和处理政府信息公开",
    "信息公开行政复议",
    "信息公开申请",
    "公开政府信息",
)
_BEGINNING, _END = 600, 300
_LONGEST_QUOTE = 18
_MOST_SUBJECTS = 1500  # characters that an account tells its subjects in
_SHORT_PAPER = 1500
_PARTS = 3  # headings of the first level that news hardly has


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What the genre is told by beside the title: first-level headings, the text, the lines around its end."""

    headings: tuple[str, ...]
    text: str
    closing: str = ""


def opens_with_subject(texts: Texts) -> bool:
    """Say whether the opening is about the rule of law in government, as that of an annual report is."""
    return _named(_WHOLE_SUBJECT, texts.text[:_BEGINNING])


def speaks_of_subject(texts: Texts) -> bool:
    """Say whether the text is about any of what an annual report tells."""
    return _named(_SUBJECTS, texts.text)


def answers_for_year(texts: Texts) -> bool:
    """Say whether questions are answered with what a town did in a year, not with what anybody may apply for."""
    told = "\n".join((*texts.headings, texts.text))
    found = (_COUNTED.search(told) is not None, _named(_SPEAKING, told), _OWN_OUTLOOK.search(told) is not None)
    return sum(found) >= _LEAST_OF_YEAR


def read_other_papers(texts: Texts) -> Iterator[Sign]:
    """Yield what the texts say of genres that are no accounts of a year."""
    heads, opening = "\n".join(texts.headings), texts.text[:_BEGINNING]
    yield from _of_other_papers(texts.text, heads, opening)
    yield from _of_news(texts, opening)


def _of_other_papers(text: str, heads: str, opening: str) -> Iterator[Sign]:
    if "条" in opening and len(_CLAUSE.findall(text)) > 2:
        yield Sign(genres.RULES, 8, "正文是条文（第一条、第二条……）")
    yield from _of_rules(text, opening)
    if (named := _held(_SUBMITTED, text)) and ("草案" in text or "审议意见" in opening):
        yield Sign(genres.OTHER, 6, f"文中有{_quoted(named)}，是审议用的材料")
    if len(named := _held(_CASES, text)) > 1:
        yield Sign(genres.OTHER, 7, f"文中有{_quoted(named)}，是案例")
    if len(named := _held(_PAPER, text)) > 1:
        yield Sign(genres.OTHER, 7, f"文中有{_quoted(named)}，是文章")
    if found := _HONOURS.search(text[: 2 * _BEGINNING]):
        yield Sign(genres.OTHER, 6, f"文中说“{_short(found.group())}”")
    if len(_ASKED.findall(f"{heads}\n{text}")) > 2:
        yield Sign(genres.READING, 7, "正文一问一答")
    if found := _READ.search(opening) or _READ.search(text[-_END:]):
        yield Sign(genres.READING, 5, f"文中说“{_short(found.group())}”")
    if len(named := _held(_READING_HEADS, heads)) > 1 and _named(("背景", "依据", "主要内容"), heads):
        yield Sign(genres.READING, 2 + len(named) / 2, f"小标题是{_quoted(named)}")
    if found := _PLANNED.search(opening):
        yield Sign(genres.PLAN, 4, f"开头说“{_short(found.group())}”")
    if len(named := _held(_PLAN_HEADS, heads)) > 1:
        yield Sign(genres.PLAN, 1 + len(named), f"小标题是{_quoted(named)}")
    if named := _held(_DUTIES, text):
        yield Sign(genres.PLAN, 2, f"任务后写明{_quoted(named)}")
    if _named(("讲三点", "讲几点", "讲四点", "讲两点"), text):
        yield Sign(genres.OTHER, 7, "文中说“讲……点意见”，是讲话")
    if "各位代表" in text:
        yield Sign(genres.CONGRESS, 7 if "审议" in text else 3, "文中说“各位代表”")
    if "信息公开条例" in opening:
        yield Sign(genres.OPENNESS, 4, "开头依据《政府信息公开条例》")
    if len(named := _held(_OPENNESS_HEADS, heads)) > 1:
        yield Sign(genres.OPENNESS, 5, f"小标题是{_quoted(named)}")
    if _named(("自查情况", "开展了自查", "自查自评", "自查自纠"), opening):
        yield Sign(genres.SELF_CHECK, 4, "开头说开展自查")
    if _named(("述法如下", "述职如下", "述法报告如下"), opening):
        yield Sign(genres.ON_DUTY, 6, "开头说“述法如下”")


def _of_rules(text: str, opening: str) -> Iterator[Sign]:
    """Yield what shows that a text rules: how it is enacted, changed and put in force."""
    if found := _ENACTED.search(opening):
        yield Sign(genres.RULES, 5, f"开头说“{found.group()}”")
    if found := _IN_FORCE.search(text[-_BEGINNING:]) or _IN_FORCE.search(opening):
        yield Sign(genres.RULES, 3, f"文中说“{_short(found.group())}”")
    if len(_AMENDED.findall(text[: 4 * _BEGINNING])) > 1:
        yield Sign(genres.RULES, 5, "逐条写明怎样修改")


def _of_news(texts: Texts, opening: str) -> Iterator[Sign]:
    found = tuple(_told_of(texts, opening))
    yield from found
    if found and not texts.headings and len(texts.text) < _SHORT_PAPER:
        yield Sign(genres.NEWS, 1, "短文，没有小标题")
    if ours := _held(_OURS, texts.text):
        yield Sign(genres.NEWS, -2, f"自称“{ours[0]}”")


def _told_of(texts: Texts, opening: str) -> Iterator[Sign]:
    """Yield what shows that others tell of a document's subject."""
    text = texts.text
    if lead := _LEAD.match(opening):
        yield Sign(genres.NEWS, 3, f"开头像新闻导语（“{lead.group().strip()[-12:]}”）")
    in_parts = len(texts.headings) >= _PARTS  # a report tells of meetings too
    if not in_parts and (said := _held(_MEETING, text)):
        yield Sign(genres.NEWS, 1 + min(len(said), 3), f"文中有{_quoted(said)}")
    if third := (_THIRD_OFFICE if in_parts else _THIRD).findall(text):
        yield Sign(genres.NEWS, min(len(third), 3), f"称“{third[0]}”，不称我镇")
    if byline := _BYLINE.search(text[-_END // 3 :]) or _BYLINE.search(texts.closing):
        yield Sign(genres.NEWS, 2, f"文末有“{byline.group().strip()}”")
    if said := _held(_SAID, text):
        yield Sign(genres.NEWS, 1, f"文中有{_quoted(said)}")


def read_account(texts: Texts) -> Iterator[Sign]:
    """Yield what the texts say of an account; of whatever kind it is, they speak through ``REPORT_KIND``."""
    text, heads, opening = texts.text, "\n".join(texts.headings), texts.text[:_BEGINNING]
    told = _held(_SUBJECTS, text[:_MOST_SUBJECTS])
    if found := _REPORTED.search(opening):
        yield Sign(REPORT_KIND, 3, f"开头说“{_short(found.group())}”")
    if not told:
        return
    yield Sign(REPORT_KIND, min(len(told), 6) / 3, f"写的是{_quoted(told[:3])}")
    parts = [
        name
        for name, pattern in (("举措和成效", _DONE_PART), ("不足", _PROBLEM_PART), ("打算", _PLAN_PART))
        if pattern.search(heads)
    ]
    if parts:
        yield Sign(REPORT_KIND, len(parts), f"有{'、'.join(parts)}的部分")
    if ours := _held(_OUR_TOWN, text[:_MOST_SUBJECTS]):
        yield Sign(REPORT_KIND, 1, f"自称“{ours[0]}”")
    if "此报告" in text[-_END:] or "以上报告" in text[-_END:]:
        yield Sign(REPORT_KIND, 1, "文末说“特此报告”")


def _held(words: tuple[str, ...], text: str) -> list[str]:
    return [word for word in words if word in text]


def _named(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:6]}…{words[-8:]}"


def _quoted(words: list[str]) -> str:
    return "、".join(f"“{word.rstrip('，')}”" for word in words[:3])
