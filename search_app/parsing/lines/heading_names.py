"""Heading names: what a heading without a number calls the part that it opens (存在的问题, 下一步工作打算).

The words of these names are few. A line that consists of them is a heading wherever it stands, and so is a sentence's
beginning (存在不足：…); any other words make it a sentence.
"""

from search_app.language.analysis.han_numbers import NUMERALS
from search_app.lazy_patterns import lazy_pattern

_ABOUT = (
    "目前|当前|现阶段|工作中?|主要|存在着?|面临|仍|还|的|在|法治政府建设|法治建设|依法行政|依法治[镇乡县区市]|推进|及|和|与|、|其|以及|"
    "整改|改进|具体|开展|取得|全年|下一?步|下一?年度?|下一?阶段|明年|今后|来年|今年|20\\d{2}年度?|年度|个别|基本|"
    "[镇乡]|街道|党政主要负责人|主要负责人|履行|第一责任人|责任人|职责|推动|重点|几点|相关|一些|哪些|我们|接下来|过去|一年|[，,]|特色|主要的|工作开展"
)
_PARTS = (
    "不足之处|不足|问题|短板|困难|薄弱环节|原因分析|原因|打算|安排|努力方向|方向|计划|规划|思路|做法|成效|举措|措施|"
    "经验|亮点|情况|挑战|差距|目标|任务|建议|(?:做|干|办)了(?:哪些|什么)(?:事|工作)?|(?:怎么|怎样|如何|准备)(?:做|办|干|抓)|为什么"
)
_NAME = rf"(?:(?:{_ABOUT}|{_PARTS}){{0,11}}(?:{_PARTS}))"
_ROLE_BEFORE = lazy_pattern(rf"(?P<name>{_NAME})(?P<mark>[：:。]|——|--)(?=.{{5}})")
_BOXED = lazy_pattern(r"[【［][\u4e00-\u9fff、，]{3,20}[】］](?=[^】］]{12})")
#: What captions and web pages have in brackets.
_NO_NAME = lazy_pattern(
    r"[【［](?:免责|声明|来源|责任编辑|编辑|版权|转载|关闭|打印|字体|大中小|返回|相关|延伸阅读|推荐|我?要?(?:纠错|分享|收藏|评论|点赞)"
    r"|[上下]一?[篇条页]|[^】］]{0,3}提示[】］]|注意?[】］]|(?:附?[图表]|图片|配图|照片|视频|附件)[\d一二三四五六七八九十]{0,3}[】］：:])"
)
_WHOLE = lazy_pattern(rf"{_NAME}[：:。]?")
#: The line above what is attached below a signature.
_ANNEX = lazy_pattern(rf"附\s?[件表]\s?(?:\d{{1,2}}|[{NUMERALS}])?\s?[：:.、]?.{{0,30}}")
_LONGEST = 24
#: A name alone is not yet one: 情况。 问题： stand in running text.
_TELLING = lazy_pattern(
    r"存在|主要|下一?[步年阶]|今后|明年|来年|努力方向|工作|不足|改进|整改|20\d{2}|做法|成效|举措|亮点|薄弱环节|第一责任人|打算|了(?:哪些|什么)|(?:怎么|怎样|准备)做"
)


def is_name(text: str, start: int = 0) -> bool:
    """Say whether a line, from ``start``, is the name of a part and nothing more."""
    fits = len(text) - start <= _LONGEST and _WHOLE.fullmatch(text, start) is not None
    return fits and _TELLING.search(text, start) is not None


def is_annex(text: str) -> bool:
    """Say whether a line names an attachment."""
    return len(text) <= 40 and _ANNEX.fullmatch(text) is not None and text[-1] not in "。；"


def names_nothing(text: str) -> bool:
    """Say whether a paragraph opens with brackets that hold no name: 【图一】 【温馨提示】 【上一篇】."""
    return text[:1] in "【［" and _NO_NAME.match(text) is not None


def find_leading_name(text: str) -> str | None:
    """Return the name of a part that a paragraph opens with: in 【】, or before a colon or full stop; else None."""
    if text[:1] in "【［" and not names_nothing(text) and (boxed := _BOXED.match(text)) is not None:
        return boxed.group()
    found = _ROLE_BEFORE.match(text[: _LONGEST + 6])
    if found is None or len(found.group("name")) < 4 or _TELLING.search(found.group("name")) is None:
        return None
    return found.group("name")
