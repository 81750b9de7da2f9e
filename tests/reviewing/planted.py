"""Reports of invented sentences, each as likely to be new as to stand elsewhere, for tests of what is shared."""

from collections.abc import Iterable, Sequence
from random import Random

from search_app.engines.base import Engine
from search_app.model import Passage, Report
from tests.engines.scanning import ScanningEngine
from tests.web.sample import report_id

_HEADS = ["镇里", "村组", "司法所", "调解员", "网格员", "执法队", "便民中心", "普法队", "综治办", "党政办"]
_VERBS = [
    "每月走访",
    "逐户登记",
    "当场核对",
    "分片包干",
    "上门讲解",
    "集中评议",
    "限时办结",
    "公开晾晒",
    "随机抽查",
    "跟踪回访",
]
_THINGS = [
    "灌溉用水",
    "宅基地界址",
    "集贸市场摊位",
    "林木采伐",
    "农机补贴",
    "殡葬用地",
    "道路占用",
    "养殖排污",
    "房屋出租",
    "工程欠薪",
]
_ENDS = ["并把结果写进台账", "由群众代表签字确认", "年底统一归档备查", "对反复出现的约谈负责人", "经费从办公费里列支"]
_MARKS = "，；、"


def sentence(chance: Random) -> str:
    """Return a sentence of some twenty-five letters, with a figure now and then."""
    count = f"{chance.randrange(3, 90)}" if chance.random() < 0.5 else ""
    words = [chance.choice(_HEADS), chance.choice(_VERBS), chance.choice(_THINGS), count, chance.choice(_ENDS)]
    return f"{''.join(words[:3])}{words[3]}{chance.choice(_MARKS)}{words[4]}。"


def new_sentence(chance: Random) -> str:
    """Return thirty characters that no sentence of these reports holds."""
    return "".join(chr(0x7000 + chance.randrange(0x800)) for _ in range(30)) + "。"


def reworded(text: str, chance: Random) -> str:
    """Return a sentence with other figures and other marks, which is the same wording."""
    return "".join(
        str(chance.randrange(1, 9)) if char.isdigit() else chance.choice(_MARKS) if char in _MARKS else char
        for char in text
    )


def report(county: str, town: str, year: int, texts: Sequence[str]) -> tuple[Report, tuple[Passage, ...]]:
    """Return a report of these passages, all of what was done."""
    path = f"{county}/{town}/{year}.txt"
    made = Report(
        id=report_id(path), path=path, title=f"{town}{year}年法治政府建设年度报告", town=town, county=county, year=year,
        year_source="title", place_source="title",
    )  # fmt: skip
    passages = (
        Passage(id=f"{made.id}-{number}", report=made.id, number=number, section="主要举措和成效", text=text)
        for number, text in enumerate(texts, start=1)
    )
    return made, tuple(passages)


def engine_of(reports: Iterable[tuple[Report, tuple[Passage, ...]]]) -> Engine:
    """Return an engine that holds these reports."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for each in reports:
            writer.put(*each)
    return engine


def some_reports(chance: Random, towns: int = 4, passages: int = 5) -> list[tuple[Report, tuple[Passage, ...]]]:
    """Return one report of each of some towns."""
    return [
        report(
            "澄岭县", f"望{'甲乙丙丁戊己庚辛壬癸'[at]}镇", 2023,
            ["".join(sentence(chance) for _ in range(3)) for _ in range(passages)],
        )
        for at in range(towns)
    ]  # fmt: skip
