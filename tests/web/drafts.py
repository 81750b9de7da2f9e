"""Drafts of towns that do not exist, copied badly from the sample shelf."""

from search_app.engines.base import Engine
from tests.reviewing.planted import report
from tests.web import sample

#: What one town alone wrote, and another copies from it.
COPIED = "集镇夜市每晚八点由摊主轮值巡查一遍，占道的当场挪回线内，三次不改的停摆两天，轮值表贴在入口的公示栏里。"
SOURCE = report("沅坪县", "栗坪乡", 2022, ["乡里推行“夜市轮值”。", COPIED + "全年劝导71起。"])
#: Made from reports of other towns: a name and a year left over, no plans, one passage with nothing in it.
BAD = "\n".join(
    (
        "澄岭县望杉镇2023年度法治政府建设情况报告",
        "2022年，望杉镇坚持把法治建设摆在重要位置，现将有关情况报告如下。",
        "一、主要举措和成效",
        "（一）规范行政执法",
        f"栗坪乡党委、政府高度重视。{COPIED}镇里另设八处晾晒台，谁家的地界有争议，就把测绘图挂出来让四邻一起看。",
        "（二）化解矛盾纠纷",
        "坚持统筹兼顾，不断提升矛盾纠纷化解工作水平，把各项要求贯穿于调解工作全过程，推动形成人人关心、人人参与的良好局面。",
        "二、存在的不足和原因",
        "望杉镇法治人才不足，专业力量有待加强。",
        "望杉镇人民政府",
        "2024年1月10日",
    )
)
#: Nothing of it stands anywhere, and nothing is missing.
_WORDS = "霜桥露井，烟渚云汀；岩扉涧户，竹坞松蹊；麦陇桑畴，菱塘藕荡；樵径渔矶，蓼岸苹洲。"
CLEAN = "\n".join(
    (
        "沅坪县青蒲街道2021年度法治政府建设情况报告",
        "2021年，青蒲街道把法治建设摆在前面，现将情况报告如下。",
        "一、党政主要负责人履行推进法治建设第一责任人职责情况",
        f"党工委书记每月带队查一处工地，全年现场办结事项27件。{_WORDS}{_WORDS}",
        "二、主要举措和成效",
        *(f"由{number}名老船工轮流值守，全年评议{number}3件。{_WORDS}{_WORDS}" for number in range(4, 9)),
        "三、存在的不足和原因",
        f"持证人员只有3名，原因是编制少。{_WORDS}{_WORDS}",
        "四、2022年工作安排",
        f"2022年，将新增持证人员2名。{_WORDS}{_WORDS}",
        "青蒲街道办事处",
        "2022年1月10日",
    )
)


def engine() -> Engine:
    """Return the sample shelf with the report that is copied from."""
    found = sample.engine()
    with found.writing() as writer:
        writer.put(*SOURCE)
    return found
