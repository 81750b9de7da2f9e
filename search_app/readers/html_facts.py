"""What a government web page says about its article, apart from the text: 索引号, 发布日期, 来源, <meta>, <title>.

The national guide for government sites (国办发〔2017〕47号) fixes the names of the meta tags; the labels of the box
above the article are the same on nearly all sites.
"""

import re
from collections import Counter
from collections.abc import Iterable, MutableMapping

import lxml.html

from search_app.language import simplify
from search_app.language.analysis.years import DIGIT_YEAR
from search_app.readers.clean_text import tidy

_META = (
    "articletitle", "pubdate", "contentsource", "columnname", "sitename", "author", "description", "keywords",
    "publishdate", "source", "firstpublishedtime", "og:title", "article:published_time",
)  # fmt: skip
_LABELS = (
    "索 ?引 ?号|备注/文号|文 ?号|发文字号|发文机关|发文机构|发文单位|发布机构|发布单位|公开机构|成文日期|生成日期|"
    "印发日期|发文日期|"
    "发布日期|发布时间|公开日期|更新时间|公开时间|公开方式|公开范围|公开形式|主题分类|体裁分类|组配分类|服务对象|信息分类|"
    "信息类别|信息来源|文章来源|稿件来源|来源|信息名称|名称|标题|有效性|有效期|时效性|效力状态|废止日期|关键词|主题词|"
    "作者|"
    "编辑|责任编辑|审核|签发|阅读次数|浏览次数|浏览量|点击数|点击量|访问量|访问次数|阅读量|阅读|浏览|点击|字号|字体|字体大小|"
    "信息提供日期|公布日期|公布时间|发稿时间|发布者|供稿单位|时间|日期|"
    "统一编号|统一登记号|信息索引号|分享到|分享"
)
_LABEL = re.compile(rf"[【\[]?\s*({_LABELS})\s*[】\]]?\s*[：:]?\s*")
_PAIR = re.compile(rf"(?:^|(?<=[\s|｜】\]]))[【\[]?({_LABELS})[】\]]?\s*[：:]\s*")
_CONTROLS = re.compile(
    r"[\[【（(]?\s*(?:大|中|小|超大|默认|T|A[+-]?|打印|关闭|打印本页|关闭窗口|分享|收藏|返回|次)\s*[\]】）)]?"
)

#: Kinds of text around an article, the first that fits; all others are menus.
_FRAME = (
    ("页脚", re.compile(r"主办|承办|版权所有|备案|网站标识码|技术支持|copyright|©", re.I)),
    ("面包屑", re.compile(r"位置[：:]|首页\s*[>＞»›/-]|[>＞»›].*[>＞»›]")),
    ("站点", re.compile(r"人民政府|政府网|政府门户|门户网|政务网|政府在线")),
)
#: A line below the title that gives day and hour without a label (2024-03-01 09:12 某镇人民政府 打印).
_STAMP = re.compile(r"(?P<day>20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)")
_DAY = re.compile(r"20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
#: A day that stands alone or with a short name behind it (2024-01-08 某镇).
_ONLY_DAY = re.compile(rf"(?P<day>{_DAY.pattern})\s*[^\d，。；：:]{{0,12}}")
_LONGEST_STAMPED = 80
_MOST_FRAME = 5
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://[^\s/>]+)", re.I)
_CANONICAL = re.compile(
    r"<(?:link[^>]{0,100}rel=[\"']canonical[\"'][^>]{0,100}href|base[^>]{0,50}href|meta[^>]{0,60}og:url[^>]{0,30}content)"
    r"=[\"']?(https?://[^\s/\"'>]+)",
    re.I,
)
_LINKED = re.compile(r"(?:href|src|action)=[\"']?(https?://[\w.-]+\.gov\.cn)(?=[/\"'\s:>])", re.I)
_MOST_LOOKED_AT = 500_000
_TELLING = re.compile(r"日期|时间|机[构关]|单位|来源|主体|发布者|文号|字号|索引号|标题|名称")


def facts_of(root: lxml.html.HtmlElement) -> dict[str, str]:
    """Return the page's title, the meta tags that matter and the labelled box, which is taken out in place."""
    facts: dict[str, str] = {}
    title = root.findtext(".//title")
    if title and tidy(title):
        facts["title"] = tidy(title)
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        if name.lower() in _META and tidy(element.get("content") or ""):
            facts.setdefault(name, tidy(element.get("content") or ""))
    for table in list(root.iter("table", "dl", "ul")):
        found = _boxed(table)
        if len(found) >= 2 and table.getparent() is not None:
            facts = {**found, **facts}
            table.drop_tree()
    return facts


def _boxed(table: lxml.html.HtmlElement) -> dict[str, str]:
    """Return label -> value of a box in which nearly every cell is one or the other, else nothing."""
    texts = [
        tidy("".join(cell.itertext()))
        for cell in table.iter("td", "th", "dt", "dd", "li")
        if not any(True for _ in cell.iter("table", "ul", "dl"))
    ]
    texts = [text for text in texts if text]
    if sum(map(len, texts)) > 1_500 or any(text.count("。") > 1 for text in texts):
        return {}  # prose: a table that lays out the whole page holds the box, and the article too
    facts: dict[str, str] = {}
    known, waiting = 0, ""
    for text in texts:
        pairs = fact_pairs(text)
        whole = _LABEL.fullmatch(simplify(text))
        if whole:
            waiting, known = _plain(whole[1]), known + 1
        elif pairs:
            facts |= pairs
            known, waiting = known + 2, ""
        elif waiting:
            facts[waiting] = text
            known, waiting = known + 1, ""
    return facts if known * 10 >= len(texts) * 7 else {}


def fact_pairs(text: str) -> dict[str, str]:
    """Return the label -> value pairs of a line that consists of them (发布日期：… 来源：…), else nothing.

    The labels are found, and returned, in simplified characters, which are as many as the original ones.
    """
    starts = list(_PAIR.finditer(simplify(text)))
    if not starts or starts[0].start() > 30 or len(text) > 300:
        return {}
    pairs: dict[str, str] = {}
    for here, following in zip(starts, [*starts[1:], None], strict=True):
        value = text[here.end() : following.start() if following else len(text)].strip(" |｜\t")
        if here[1] in ("时间", "日期") and not re.match(DIGIT_YEAR, value):
            return {}
        if len(value) > 60 or "。" in value:
            return {}
        if _CONTROLS.sub("", value).strip():
            pairs[_plain(here[1])] = value
        else:
            pairs.setdefault(_plain(here[1]), "")
    before = text[: starts[0].start()].strip()
    if before and not re.fullmatch(r"(?:发表于|发布于|日期|时间)?[\d\s年月日:：/.-]+", before):
        return {}
    if before and (day := _DAY.search(before)) is not None:
        pairs.setdefault("发布时间", day[0])
    return pairs


def site_of(text: str) -> str:
    """Return the address that a saved page says it came from, else the government site that it links to most, or ""."""
    stated = _SAVED_FROM.search(text[:_MOST_LOOKED_AT]) or _CANONICAL.search(text[:_MOST_LOOKED_AT])
    if stated is not None:
        return stated[1]
    hosts = Counter(_LINKED.findall(text[:_MOST_LOOKED_AT])).most_common(2)
    if not hosts or (len(hosts) > 1 and hosts[1][1] == hosts[0][1]):
        return ""
    return str(hosts[0][0])


def add_frame(facts: MutableMapping[str, str], texts: Iterable[str]) -> None:
    """Add what the page around the article says: facts in a line of their own, breadcrumb, names of site and bureau."""
    kept: dict[str, list[str]] = {}
    for text in texts:
        pairs = fact_pairs(text)
        for label, value in pairs.items():
            if value and _TELLING.search(label):
                facts.setdefault(label, value)
        stamp = _STAMP.match(text) or _ONLY_DAY.fullmatch(text) if len(text) <= _LONGEST_STAMPED else None
        if not pairs and stamp is not None:
            facts.setdefault("发布时间", stamp["day"])
        for name, pattern in () if pairs else _FRAME:
            if pattern.search(text):
                if text not in kept.setdefault(name, []) and len(kept[name]) < _MOST_FRAME:
                    kept[name].append(text)
                break
    for name, found in kept.items():
        facts.setdefault(name, "；".join(found))


def _plain(label: str) -> str:
    return label.replace(" ", "")
