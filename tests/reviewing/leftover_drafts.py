"""Small drafts of towns that do not exist, with what was left over in each: years and names of places of another text.

The twenty of ``known`` were written after a first draft of the rules that find leftovers, the twenty of ``fresh`` after
the rules were finished; the rules were not changed for these.
Each leftover is the words that are wrong; a draft without any holds years and places that are rightly there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A draft of a town and year, and the words in it that were left over."""

    name: str
    text: str
    town: str = "柳溪镇"
    county: str = "澄岭县"
    year: int = 2024
    wrong: tuple[str, ...] = ()


def _draft(
    *,
    title: str = "柳溪镇2024年法治政府建设年度报告",
    intro: str = "2024年，柳溪镇坚持依法行政，扎实推进法治政府建设。现将有关情况报告如下。",
    done: str = "全年调解矛盾纠纷86件，调解成功率98%，办理行政处罚案件4件。",
    lacking: str = "执法人员少，专业能力不强，原因是编制有限、培训不够。",
    plans: str = "2025年，将补齐执法人员，每季度组织一次培训。",
    plan_heading: str = "三、2025年工作打算",
    signed: str = "柳溪镇人民政府\n2025年1月12日",
) -> str:
    return "\n".join(
        (title, intro, "一、主要举措和成效", done, "二、存在的不足和原因", lacking, plan_heading, plans, signed)
    )


KNOWN = (
    Judged(name="title", text=_draft(title="柳溪镇2023年法治政府建设年度报告"), wrong=("2023年",)),
    Judged(name="plan heading", text=_draft(plan_heading="三、2024年工作打算"), wrong=("2024年",)),
    Judged(
        name="intro year",
        text=_draft(intro="2023年，柳溪镇坚持依法行政。现将2023年度工作情况报告如下。"),
        wrong=("2023年", "2023年"),
    ),
    Judged(name="signed a year early", text=_draft(signed="柳溪镇人民政府\n2024年1月12日"), wrong=("2024年",)),
    Judged(name="plans of this year", text=_draft(plans="2024年，我镇将补齐执法人员。"), wrong=("2024年",)),
    Judged(
        name="other town acts",
        text=_draft(done="望杉镇党委、政府高度重视，全年调解矛盾纠纷86件，成功率98%。"),
        wrong=("望杉镇",),
    ),
    Judged(name="other town signs", text=_draft(signed="望杉镇人民政府\n2025年1月12日"), wrong=("望杉镇",)),
    Judged(
        name="other county above",
        text=_draft(intro="2024年，柳溪镇在沅坪县委、县政府领导下推进法治政府建设。现将有关情况报告如下。"),
        wrong=("沅坪县",),
    ),
    Judged(
        name="other town's title",
        text=_draft(title="望杉镇2024年法治政府建设年度报告"),
        wrong=("望杉镇",),
    ),
    Judged(
        name="year and town in the middle",
        text=_draft(done="2023年，我镇调解矛盾纠纷86件。青蒲街道办事处持证执法人员6名，全年办案4件。"),
        wrong=("2023年", "青蒲街道"),
    ),
    Judged(name="clean", text=_draft()),
    Judged(
        name="compared",
        text=_draft(done="全年调解矛盾纠纷86件，较2023年增长12%，比2022年下降3件，2023年同期为70件。"),
    ),
    Judged(
        name="since",
        text=_draft(done="2021年以来，全镇连续三年无越级信访。自2022年起推行“板凳会”，2019年成立调委会。"),
    ),
    Judged(
        name="plans named",
        text=_draft(done="落实《澄岭县法治政府建设实施方案（2021—2025年）》和“十四五”规划，"
            "对照澄法办〔2023〕5号文件整改7项。"),
    ),
    Judged(name="neighbour", text=_draft(done="与望杉镇联合化解边界纠纷3件，赴青蒲街道学习网格管理，成功率98%。")),
    Judged(name="superior", text=_draft(done="在澄岭县司法局指导下开展执法检查12次，接受县人大监督2次。")),
    Judged(name="award", text=_draft(done="在2023年度全县法治建设考核中获评优秀，2024年全镇无行政败诉案件。")),
    Judged(name="last year mended", text=_draft(done="对2023年督察反馈的6个问题全部整改到位，办结率100%。")),
    Judged(name="signed in December", text=_draft(signed="柳溪镇人民政府\n2024年12月28日")),
    Judged(
        name="far plans",
        text=_draft(plans="到2035年基本建成法治乡镇。2025年，将补齐执法人员，力争2026年底全部持证。"),
    ),
)  # fmt: skip

FRESH = (
    Judged(
        name="year in Chinese characters",
        text=_draft(
            title="柳溪镇二〇二三年度法治政府建设情况报告",
            intro="过去的一年，柳溪镇扎实推进法治政府建设，现将有关情况报告如下。",
        ),
        wrong=("二〇二三年",),
    ),
    Judged(
        name="heading of last year",
        text=_draft().replace("一、主要举措和成效", "一、2023年推进法治政府建设的主要举措和成效"),
        wrong=("2023年",),
    ),
    Judged(
        name="sentence of last year in the duty of the head",
        text=_draft(done="镇党委书记2023年主持召开法治专题会议4次，2023年度组织学法6次。全年审查合同19份。"),
        wrong=("2023年", "2023年"),
    ),
    Judged(
        name="the year after in a part that tells of this one",
        text=_draft(done="2025年，全镇共排查矛盾纠纷112件，化解109件，成功率97%。"),
        wrong=("2025年",),
    ),
    Judged(
        name="plans two years late",
        text=_draft(plan_heading="三、2023年重点工作安排", plans="2023年，我镇将配齐执法人员，完善公示制度。"),
        wrong=("2023年", "2023年"),
    ),
    Judged(
        name="town in a meeting",
        text=_draft(done="白砾乡综合行政执法队持证上岗，白砾乡司法所全年办理法律援助8件。"),
        wrong=("白砾乡", "白砾乡"),
    ),
    Judged(
        name="county bureau of another county",
        text=_draft(done="主动接受沅坪县司法局业务指导，全年审查文件7份、合同21份。"),
        wrong=("沅坪县",),
    ),
    Judged(
        name="town that no list knows, twice",
        text=_draft(
            intro="2024年，栗坳镇党委、政府扎实推进法治政府建设。现将有关情况报告如下。",
            done="栗坳镇党委每季度听取汇报，栗坳镇人民政府办理处罚案件4件。",
        ),
        wrong=("栗坳镇", "栗坳镇", "栗坳镇"),
    ),
    Judged(
        name="place in a heading, year in the intro",
        text=_draft(intro="2022年度，我镇法治政府建设取得新进展，现报告如下。").replace(
            "二、存在的不足和原因", "二、云栈镇存在的不足和原因"
        ),
        wrong=("2022年", "云栈镇"),
    ),
    Judged(
        name="event of last year",
        text=_draft(done="2023年5月20日召开法治工作推进会，部署任务12项。全年调解纠纷86件。"),
        wrong=("2023年",),
    ),
    Judged(
        name="history of a workshop",
        text=_draft(done="“老杨调解室”2019年挂牌，2023年获评全市金牌调解室，2024年调解纠纷31件、成功30件。"),
    ),
    Judged(
        name="case that began before",
        text=_draft(done="2023年立案的2起违建案件今年全部执行到位，去年遗留的3件信访积案化解3件。"),
    ),
    Judged(
        name="people from elsewhere",
        text=_draft(done="为在望杉镇务工的本镇群众追回欠薪12万元，协助白砾乡籍当事人申请法律援助2件。"),
    ),
    Judged(
        name="river court and road",
        text=_draft(done="与沅坪县青蒲街道共建流域联防机制，沿望杉镇至柳溪镇公路开展执法检查9次。"),
    ),
    Judged(
        name="laws by year",
        text=_draft(done="组织学习2021年修订的《行政处罚法》和2023年修订的《行政复议法》，参训84人次。"),
    ),
    Judged(
        name="two years running",
        text=_draft(done="2023、2024年连续两年无行政诉讼败诉案件，2022年至2024年执法投诉由9件降到2件。"),
    ),
    Judged(
        name="plans that look back",
        text=_draft(plans="在2024年工作基础上，2025年将补齐执法人员，把2024年好的做法固定为制度。"),
    ),
    Judged(
        name="title with plans",
        text=_draft(title="柳溪镇2024年法治政府建设情况报告及2025年工作计划"),
    ),
    Judged(
        name="number and copies",
        text="柳府〔2025〕3号\n" + _draft(done="按照澄府发〔2022〕11号、柳府发〔2023〕4号文件清理证明事项8项。"),
    ),
    Judged(
        name="visited by others",
        text=_draft(done="云栈镇、白砾乡先后来镇观摩“板凳会”，做法在全县推广，2024年接待观摩5批120人次。"),
    ),
)
