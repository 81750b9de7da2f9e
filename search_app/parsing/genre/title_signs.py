"""Title signs: what a title says of the genre of its document.

In: a title. Out: kinds with points and the words that gave them. The end of a title names the genre (…报告, …方案), its
words the subject; a headline has a verb and no such end. Only questions leave it to their answers (asks_of_year).
"""

import re
from collections.abc import Iterator

from search_app import genres
from search_app.model import REPORT_KIND
from search_app.parsing.genre.signs import Sign

_TAIL = r"(?:[（(〔【\[][^）)〕】\]]{1,20}[）)〕】\]]){0,2}$"
#: What a report's title adds about the year to come (…工作总结及2024年工作计划).
_AND_PLAN = re.compile(
    r"(?<=[结告况报])(?:及|和|与|暨|、)[^及和与暨]{0,20}(?:计划|打算|安排|要点|思路)(?:的(?:报告|汇报))?$"
)
_SUBJECT = re.compile(
    r"法治政府|依法行政|法治建设|法制建设|法治工作|法制工作|依法治(?!理)|法治[镇乡街区县市]|法治示范(?!村|社区|户|校)|法治(?:情况|报告|年度)"
)
#: A town's report of a year in a form of its own: the whole matter is named, and only how it is written up follows.
_IN_FORM = re.compile(
    r"(?=[^《》]*(?:20\d\d|二[〇○零Oo]..)年)(?:关于)?[^《》，。]{2,30}?(?:[镇乡]|街道|苏木|办事处|政府)[^《》，。]{0,14}?"
    r"(?:法治政府建设|法治建设|法治工作|依法行政|依法治(?:[镇乡街]))(?:工作|推进|落实|年度|基本|简要|主要|情况|实绩|成效|的){0,4}"
    r"(?P<form>(?:问答|一问一答|答问|问与答)(?:式?(?:年度)?报告|录|实录)?|数据(?:清单|报送|报表|表|一览表?|汇编|统计表?)?|(?<=情况)清单|小结|统计(?:表|情况|数据|报告|报表|清单)?|报表|"
    rf"一览表?|简况|台账|大事记|流水账|明白账){_TAIL}"
)
#: Forms that ask and do not say themselves that they report.
_ASKED_FORM = re.compile(r"(?:答|录)$")
_ANY_LAW = re.compile(r"法治|法制|依法|普法")
_SOLEMN = re.compile(
    rf"(?:报告|总结|汇报|年报|白皮书|情况(?:说明|通报)?|述职|述法|自评)(?:稿|材料)?(?:的?(?:公示|公告|公布|公开))?{_TAIL}"
)
#: Fields that have summaries of their own; beside the subject of the annual reports they are only a part of it.
_FIELD = re.compile(
    r"普法|示范村|明白人|法治宣传|法制宣传|平安|综治|综合治理|信访|安全生产|消防|禁毒|反诈|调解|司法所|执法|规范性文件|合法性审|政务服务|"
    r"营商环境|党建|廉政|作风|防汛|环保|生态|乡村振兴|食品|戒毒|矫正|法律服务|法律援助|扫黑|禁赌|文明|宗教|河长|退役|就业"
)
#: A paper that a notice hands out is what it is itself.
_HANDED = rf"(?:的通知)?》?(?:的通知)?{_TAIL}"
#: Words that end in 法 and name no law.
_NO_LAW = "[办方做说执司普立学守用依合违看想护尊释书技]"
_ENDS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    (genres.PLAN, 7, re.compile(rf"(?:方案|预案|(?:实施|指导|若干|工作)意见){_HANDED}")),
    (genres.PLAN, 5, re.compile(rf"(?<![审评])(?<!审议)(?<!征求)意见{_HANDED}")),
    (genres.POINTS, 7, re.compile(rf"要点{_HANDED}")),
    (
        genres.SCHEDULE,
        7,
        re.compile(rf"(?:计划|(?:工作|任务)安排|规划|纲要|(?:任务|责任|重点工作)(?:清单|分解表?|分工)){_HANDED}"),
    ),
    (genres.RULES, 7, re.compile(rf"(?:条例|规定|办法|细则|规则|规程|制度|章程|公约|准则|守则|指引){_HANDED}")),
    (genres.OTHER, 7, re.compile(rf"(?:表彰|嘉奖|授予|命名|处分|处罚).{{0,30}}决定书?{_TAIL}")),
    (genres.OTHER, 7, re.compile(rf"(?:批复|复函|答复|案例|(?:审议|评议)意见){_TAIL}")),
    (genres.RULES, 7, re.compile(rf"(?:的(?:决定|决议|解释)|公约|法典){_HANDED}")),
    (genres.RULES, 4, re.compile(rf"(?:(?<!{_NO_LAW})法|规范|标准|法律解释){_TAIL}")),
    (genres.NOTICE, 4, re.compile(rf"通知{_TAIL}")),
    (
        genres.OTHER,
        4,
        re.compile(
            rf"(?:公告|通告|公示|通报|的函|请示|批复|简介|名单|目录|发言|讲话|倡议书|公开信|承诺书|协议书|合同书){_TAIL}"
        ),
    ),
)  # fmt: skip
_ABOUT: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    (genres.OPENNESS, 8, re.compile(r"(?:信息|政务)公开.{0,12}(?:年报|报告|总结)")),
    (genres.CONGRESS, 8, re.compile(r"(?<!法治)政府工作报告")),
    (
        genres.OTHER,
        8,
        re.compile(r"草案.{0,12}(?:说明|报告|议案|意见)|审议(?:结果|情况)的?报告|(?:执法检查|审查结果)的?报告"),
    ),
    (genres.READING, 9, re.compile(r"解读|一图读懂|图解|问答|一问一答|答记者问|你问我答|您问我答|读懂")),
    (genres.SELF_CHECK, 8, re.compile(r"自查|自评")),
    (genres.ON_DUTY, 7, re.compile(r"述法|述职")),
)
#: What happened, as headlines say it.
_EVENT = re.compile(
    r"召开|举行|举办|启动|莅临|赴|走进|慰问|观摩|约谈|揭牌|挂牌|签约|来访|[到来]?.{0,14}(?:调研|督导|督查|检查|考察|指导)|"
    r"开展.{0,24}(?:活动|培训|宣传|检查|演练|行动|教育|宣讲|学习|调研|测试|考试|整治|专题)|组织(?:召开|开展|收看|观看|学习|参加|旁听)|"
    r"(?:迎接|接受|通过).{0,16}(?:考核|验收|督察|检查|评估)|(?:推进|部署|动员|座谈|培训|调度|汇报|现场|交流|专题|工作|述职|评审|听证|联席)会$|荣获|获评|入选|点赞"
)
#: Who looks at how the work goes, where the paper itself is no report on it.
_WATCHED = re.compile(r"(?<!关于)(?:视察|听取|审议|评议|莅临|督导|督察|督查|验收|调研|观看)(?=.{0,20}(?:情况|汇报))")
_PAPER = re.compile(rf"关于|(?:报告|总结|年报|自评|述职|述法|白皮书)(?:稿|材料)?{_TAIL}")
_SLOGAN = re.compile(
    r"筑牢|助力|亮点纷呈|成效(?:显著|明显)|有声有色|新台阶|多措并举|[一二三四五六七八九十多]+(?:举措|聚焦|强化|步走|个.{0,4})|“[^”]{2,12}”|见实效|显成效|出新招|添动力|护航|擦亮|绘就|跑出|按下|激活|"
    r"持续|扎实|深入|着力|全力|积极|有序|让|走深走实|落地生根|加速度|新篇|：|！|\s"
)


def asks_of_year(title: str) -> bool:
    """Say whether a title names a town, a year and the whole matter as asked about: a report, or one on the rules."""
    report = _IN_FORM.fullmatch("".join(title.split()))
    return report is not None and _ASKED_FORM.search(report["form"]) is not None


def read_title(title: str, *, answered: bool = True) -> Iterator[Sign]:
    """Yield what a title says of the genre; ``answered`` is whether questions have answers of the year."""
    if not title:
        return
    bare = _AND_PLAN.sub("", "".join(title.split()))
    if (report := _IN_FORM.fullmatch(bare)) and (answered or not _ASKED_FORM.search(report["form"])):
        yield Sign(REPORT_KIND, 10, f"标题写明哪一年的法治政府建设，“{report['form']}”只是写法")
        return
    ended = False
    for kind, points, pattern in _ABOUT:
        if found := pattern.search(bare):
            ended = True
            yield Sign(kind, points, f"标题里有“{found.group()[-12:]}”")
            if kind == genres.OTHER:
                return  # what is said of a draft, or found by whoever inspects, is no account, though it is called one
    solemn = _SOLEMN.search(bare)
    if solemn and (watched := _WATCHED.search(bare)) and not _PAPER.search(bare):
        yield Sign(genres.NEWS, 5, f"标题讲一件事（“{watched.group()}”）")
        return
    if solemn:
        ended = True
        yield from _of_account(bare, solemn.group())
    else:
        for kind, points, pattern in _ENDS:
            if found := pattern.search(bare):
                ended = True
                yield Sign(kind, points, f"标题以“{found.group()[:12]}”结尾")
                break
    if ended:
        return
    if event := _EVENT.search(bare):
        yield Sign(genres.NEWS, 5, f"标题讲一件事（“{event.group()[:12]}”）")
    elif slogan := _SLOGAN.search(title):
        yield Sign(genres.NEWS, 2, f"标题像新闻标题（“{slogan.group().strip() or '两段'}”）")
    elif _SUBJECT.search(bare):
        yield Sign(REPORT_KIND, 2, "标题讲法治政府建设")


def _of_account(title: str, end: str) -> Iterator[Sign]:
    """Yield what a title says that ends as accounts do."""
    if subject := _SUBJECT.search(title):
        yield Sign(REPORT_KIND, 7, f"标题是“{subject.group()}…{end[:6]}”")
    elif field := _FIELD.search(title):
        yield Sign(genres.SUMMARY, 6, f"标题是“{field.group()}…{end[:6]}”")
    elif _ANY_LAW.search(title):
        yield Sign(REPORT_KIND, 4, f"标题以“{end[:6]}”结尾，讲法治")
    else:
        yield Sign(genres.SUMMARY, 2, f"标题以“{end[:6]}”结尾")
