"""Chrome: what a page or a player says around a report (buttons, counters, breadcrumbs, notes of collections).

In: one line. Out: whether it is chrome. Nearly all lines are none, which has to be seen fast.
"""

import re

_CHROME_FIRST = re.compile(
    r"(?:【|\[|［)?\s?(?:分享到|分享至|分享|(?:我要|点击)?(?:打印|关闭|保存|推荐|纠错)(?:本页|此页|本文|此文|页面|文章|正文|网页|窗口|本窗口)?|"
    r"返回(?:顶部|首页|列表|上一?页|上一级|目录)|字体|字号|大\s*中\s*小|[大中小](?=[\s】\]]*$)|浏览次数|浏览量|阅读次数|点击数|点击量|点击率|"
    r"访问量|收藏|扫一扫|上一篇|下一篇|上一条|下一条|相关链接|相关文档|相关附件|相关新闻|责任编辑|责编|编辑|审核|校对|作者|设为首页|加入收藏|无障碍|无障碍阅读|"
    r"长者模式|长者版|繁体|登录|注册|搜索|网站首页|网站地图|联系我们|关于我们|附件下载|语音播报|语音朗读|语音合成中|政务微信|"
    r"正在(?:合成语音|语音(?:合成|播报|朗读)|播报|朗读|加载)|(?:进入|退出|开始|停止|暂停|继续|关闭)(?:语音)?(?:播报|朗读|收听)(?:模式)?|(?:点击)?(?:收听|播放|朗读)(?:全文|语音|本文)?|"
    r"听全文|放大字体|缩小字体|文字大小|浏览字体|保护视力色?|手机扫码(?:查看|阅读)?|扫码阅读|"
    r"政务微博|微信|微博|朋友圈|QQ空间)\s?(?:】|\]|］)?(?:$|[\s：:|/【\[（(，,])|扫一扫|首页$"
)
_CHROME = re.compile(
    r"当前位置|您的位置|您现在的位置|所在位置|ICP备|公网安备|网站标识码|版权所有|主办单位[：:]|承办单位[：:]|主办[：:]|承办[：:]|技术支持|[Cc]opyright|©|"
    r"网站支持IPv6|(?:门户网站|政府网|政务网)$|tab按钮|Tab键|首页\s*[/→-]"
)
_CRUMBS = re.compile(r"首页\s*[>＞»›]|[>＞»›][^>＞»›]+[>＞»›]|[\u4e00-\u9fff]\s?[>＞»›]\s?[\u4e00-\u9fff]")
#: What can be clicked, each in brackets of its own: 【我要打印】 【关闭本页】.
_BUTTONS = re.compile(
    r"(?:[【\[［][^】\]］]{1,8}[】\]］]\s*){2,}(?:(?:分享|收藏|微信|微博|QQ空间)(?:到|至)?[：:]?\s*)*"
)
#: A title with the name of the site behind it.
_SITED_TITLE = re.compile(r"(?:报告|总结|汇报|年报|情况|解读|方案|要点)(?:[（(].{1,12}[）)])?\s*[-_|｜—–·\s]")
_ARROW = re.compile(r"[>＞»›]")
#: What collections of model papers and players of the page add, sentences among it.
_OFFERED = re.compile(
    r"小编(?:为|给|整理|精心)|供大家?参考|仅供参考|^(?!答)[^，。；]{0,12}全文共?\s?\d+\s?字|仅展示\s?\d+\s?字|开头部分已省略|剩余内容|下载(?:全文|后可|原文)|"
    r"^[【\[]?免责声明|(?:升级|更换)[^，。]{0,8}浏览器|浏览器版本过低|请耐心等待|即将离开(?:本站|本网站)|您是(?:本站)?第\s?[\d,]+\s?位|微信里点[“\"「]?发现|"
    r"^(?:网[民友])?满意度(?:评价|调查|测评)$|您对[本该](?:页|文|条|网页|信息)[^。；]{0,16}[吗？?]|^(?:非常)?满意(?:\s+\S{0,2}(?:满意|一般)){1,4}$|"
    r"公安(?:机关)?备案|^隐私(?:声明|政策)$"
)
#: Characters that the patterns above begin with or need: most lines have none, which is seen faster than searched.
_CHROME_STARTS = frozenset(
    "【[［分打关返我点存推纠字大中小浏阅点访收扫上下相责编审校作设加无长繁登注搜网联附语政微朋Q进退正暂停开继听放缩文保手播朗首"
)
_CHROME_SIGNS = frozenset("位备识权办术y©网页b")
_OFFERED_SIGNS = frozenset("编参字略剩载免览耐离您微满案隐")


def is_chrome(text: str) -> bool:
    """Say whether a line belongs to the page around the report."""
    if len(text) > 90:
        return False
    if text[-1] in "网站" and _SITED_TITLE.search(text):
        return False
    if text[0] in "【[［" and _BUTTONS.fullmatch(text):
        return True
    if text[-1] not in "。；！" and (
        (text[0] in _CHROME_STARTS and _CHROME_FIRST.match(text))
        or (not _CHROME_SIGNS.isdisjoint(text) and _CHROME.search(text))
    ):
        return True
    if text[-1] not in "。；！：:" and "<关于" not in text and _ARROW.search(text) and _CRUMBS.search(text):
        return True
    return not _OFFERED_SIGNS.isdisjoint(text) and _OFFERED.search(text) is not None
