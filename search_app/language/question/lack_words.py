"""Words of lacks: how people ask what falls short, why, and what was put right (短板在哪, 为啥信访多, 改了没).

Patterns for :mod:`intent_words`. The surprise: most of these characters stand inside other words too (弱势群体, 欠薪,
行为何时), so what asks has to end a run of words; and a lack that was helped is a deed (解决了什么难处).
"""

from search_app.lazy_patterns import lazy_pattern

_ENDS = r"(?=\s|$|[，,。；;？?！!吗呢])"
_BEGINS = r"(?:^|(?<=[\s的]))"
#: What is said of a part or a matter that falls short.
_SHORT_OF = "(?:短板|弱项|毛病|问题|差距|不足|薄弱环节|短处|难处)"
_WHERE = "哪(?:里|儿|块|一块|条|一条|项|一项|些|个?方面|些方面|些地方|个?环节)?(?:地方|方面|工作|问题|事情?|环节)?"
_WHAT = "(?:什么|啥|哪些)"
_DO = "(?:做|办|弄|搞|干|抓|管|落实|整改|完成|执行|推进)"
_POORLY = (
    f"(?:(?:没有?|未){_DO}?(?:好|到位|到|够)|(?:没有?|未)(?:完成|落实|整改)"
    "|不(?:好|够|行|到位|足)|差|弱|欠缺|欠账|拖后腿)"
)
_THINGS = "(?:的(?:地方|方面|工作|问题|事情?|(?:主要)?原因(?:分析)?)?)?"

#: What asks for the part on problems, and is not searched for.
LACKS = (
    f"还?有?(?:{_WHERE}|{_WHAT})还?{_DO}?[得的]?{_POORLY}{_THINGS}{_ENDS}"
    f"|还?差(?:在{_WHERE}|{_WHAT}){_ENDS}|(?:难|卡|堵|弱)在{_WHERE}{_ENDS}"
    f"|{_SHORT_OF}(?:都|还|主要|到底|究竟)*出?(?:(?:在|有){_WHERE}|[有是]{_WHAT})(?:方面|地方)?{_ENDS}"
    f"|有?{_WHAT}(?:毛病|短板|弱项|短处|难处|差距)(?:[和、]?{_SHORT_OF})?(?:需要?(?:补齐|改进|解决|加强))?{_ENDS}"
    f"|(?:的|{_BEGINS})(?:老?毛病|短处|扣分点|堵点){_ENDS}"
    f"|(?:工作)?(?:没有?|未){_DO}(?:好|到位){_THINGS}{_ENDS}"
    f"|{_DO}得还?(?:不(?:好|够|足|到位)|差)的(?:地方|方面|环节){_ENDS}"
    f"|需要?(?:改进|加强|提高|完善)的(?:地方|方面|问题){_ENDS}"
    f"|(?:(?:老|总|一直|始终)是?)?(?:{_DO}|开展|推|铺|抓)不(?:动|开|起来|下去|上去)了?{_THINGS}{_ENDS}|上不去{_THINGS}{_ENDS}"
)
#: What asks for causes; of a purpose (为什么聘请法律顾问) the part on problems tells nothing.
WHY = (
    "(?:都?是)?(?:(?:为什么|为啥|(?<![行认因作成视])为何)(?![要说得])(?=[^，,。？?]*(?:[少难不没多慢差低弱老输错]|反复|败诉|扣分))"
    f"|因为啥|因为什么|{_BEGINS}之所以|(?<!因为){_WHAT}原因{_ENDS}|咋回事{_ENDS}|怎么回事{_ENDS})"
)
#: What tells in a report where a lack comes from. The bare 原因 does not: it stands above every lack of a part that is
#: headed 存在的不足和原因, told or not.
CAUSES = (
    *("原因是", "原因在于", "原因主要", "原因有", "主要原因", "客观原因", "究其原因", "的原因", "因为"),
    *("根源", "症结", "根子", "由于", "源于", "缘于", "归因", "反映出"),
)
#: What stands before a lack that was found or helped: it is a deed then.
HELPED = lazy_pattern("(?:解决|化解|克服|破解|补齐|打通|疏通|整治|查处|打击|查出|发现)[^，。\\s]{0,4}$")
#: What leans to the part on problems and is searched for.
LACKING = lazy_pattern(
    r"不足(?!\d|额)|不够|不强|不高|不到位|不规范|不及时|不落实|不得力|薄弱|短缺|短板|缺乏|欠缺|单一|有待|跟不上"
    "|(?<![不别免止])(?:走过场|流于形式)|不管用|[做用办管抓搞]得不好|没(?:做|办|落实|执行|整改)(?:好|到位)"
    "|(?<![不空])缺(?:人(?![大民])|钱|编|经费|装备)"
)
#: A problem that somebody found, and what was put right: told as done, or among the problems.
FOUND_PROBLEM = "(?:督察|督查|巡察|巡视|审计|检查|通报)?(?:反馈|发现|指出|查出|暴露|提出)的?问题"
FOUND = lazy_pattern(f"{FOUND_PROBLEM}|(?:上年度?|去年|上次|前期)?的?(?:问题|毛病)(?=整改|今年|改|销号|$|\\s)")
MENDED = lazy_pattern("整改|改正|改好|改了|纠正|销号")
