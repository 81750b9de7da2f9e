"""What a government web page says about its article, apart from the text: 索引号, 发布日期, 来源, <meta>, <title>.

The national guide for government sites (国办发〔2017〕47号) fixes the names of the meta tags; the labels of the box
above the article are the same on nearly all sites.
"""

import re

import lxml.html

from search_app.readers.blocks import tidy

_META = (
    "articletitle", "pubdate", "contentsource", "columnname", "sitename", "author", "description", "keywords",
    "publishdate", "source", "firstpublishedtime", "og:title", "article:published_time",
)  # fmt: skip
_LABELS = (
    "索 ?引 ?号|文 ?号|发文字号|发文机关|发文机构|发文单位|发布机构|发布单位|公开机构|成文日期|生成日期|印发日期|"
    "发文日期|"
    "发布日期|发布时间|公开日期|更新时间|公开时间|公开方式|公开范围|公开形式|主题分类|体裁分类|组配分类|服务对象|信息分类|"
    "信息类别|信息来源|文章来源|稿件来源|来源|信息名称|名称|标题|有效性|有效期|时效性|效力状态|废止日期|关键词|主题词|"
    "作者|"
    "编辑|责任编辑|审核|签发|阅读次数|浏览次数|浏览量|点击数|点击量|访问量|访问次数|阅读量|阅读|浏览|点击|字号|字体|字体大小|"
    "统一编号|统一登记号|信息索引号|分享到|分享"
)
_LABEL = re.compile(rf"[【\[]?\s*({_LABELS})\s*[】\]]?\s*[：:]?\s*")
_PAIR = re.compile(rf"(?:^|(?<=[\s|｜】\]]))[【\[]?({_LABELS})[】\]]?\s*[：:]\s*")
_CONTROLS = re.compile(
    r"[\[【（(]?\s*(?:大|中|小|超大|默认|T|A[+-]?|打印|关闭|打印本页|关闭窗口|分享|收藏|返回|次)\s*[\]】）)]?"
)


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
    if sum(map(len, texts)) > 1_500:
        return {}
    facts: dict[str, str] = {}
    known, waiting = 0, ""
    for text in texts:
        pairs = fact_pairs(text)
        whole = _LABEL.fullmatch(text)
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
    """Return the label -> value pairs of a line that consists of them (发布日期：… 来源：…), else nothing."""
    starts = list(_PAIR.finditer(text))
    if not starts or starts[0].start() > 30 or len(text) > 300:
        return {}
    pairs: dict[str, str] = {}
    for here, following in zip(starts, [*starts[1:], None], strict=True):
        value = text[here.end() : following.start() if following else len(text)].strip(" |｜\t")
        if len(value) > 60 or "。" in value:
            return {}
        if _CONTROLS.sub("", value).strip():
            pairs[_plain(here[1])] = value
        else:
            pairs.setdefault(_plain(here[1]), "")
    before = text[: starts[0].start()].strip()
    if before and not re.fullmatch(r"[\d\s年月日:：/.-]+", before):
        return {}
    return pairs


def _plain(label: str) -> str:
    return label.replace(" ", "")
