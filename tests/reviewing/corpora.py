"""Random reports whose parts are long, short, missing, or taken over from each other: what reviews are counted on."""

from datetime import date

from hypothesis import strategies as st

from search_app.model import REPORT_KIND, SECTIONS, Passage
from tests.engines.building import Filed, filed

#: Sentences of several lengths; most are said in several reports.
SENTENCES = (
    "镇长每月听取一次法治工作汇报，亲自部署、亲自过问、亲自督办。",
    "落实得好。",
    "全年在村口的老樟树下开了{0}场板凳会，把邻里间的水渠、林木和宅基地纠纷一件一件摆出来说清楚。",
    "聘请律师{0}名，坐班审查合同。",
    "执法人员少、办案经验不足，是今年最突出的问题，原因在于编制紧、培训跟不上、轮岗又过于频繁。",
    "明年把法律明白人培训班办到每个村民小组，让每一条巷子里都有一位讲得清法条的人。",
    "普法形式单一。",
    "建成一站式接访大厅，群众来访当天有人接、三天有回音、半月有结果，重复访比去年少了{0}件，再无越级访。",
)
_texts = st.tuples(st.sampled_from(SENTENCES), st.integers(1, 99)).map(lambda drawn: drawn[0].format(drawn[1]))
_passages = st.tuples(st.sampled_from(SECTIONS), st.lists(_texts, min_size=1, max_size=3).map("".join))


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[Filed, ...]:
    """Draw up to seven reports of a few towns and years, some of unknown place, year or of another kind."""
    return tuple(draw(_report(number)) for number in range(draw(st.integers(1, 7))))


@st.composite
def _report(draw: st.DrawFn, number: int) -> Filed:
    drawn = draw(st.lists(_passages, max_size=6))
    report, _ = filed(
        f"{draw(st.sampled_from('cab'))}{number}.txt",
        *(text for _, text in drawn),
        county=draw(st.sampled_from(("甲县", "甲县", "乙县", None))),
        city=draw(st.sampled_from((None, None, "东市"))),
        town=draw(st.sampled_from(("石桥镇", "石桥镇", "云溪乡", None))),
        year=draw(st.sampled_from((2021, 2022, 2023, None))),
        kind=draw(st.sampled_from((REPORT_KIND, REPORT_KIND, REPORT_KIND, "述职述廉报告"))),
        issued=draw(st.sampled_from((None, date(2024, 2, 29), date(2024, 3, 1), date(2023, 1, 5), date(2020, 1, 1)))),
        published=draw(st.sampled_from((None, date(2024, 3, 31), date(2024, 4, 1)))),
    )
    passages = tuple(
        Passage(id=f"{report.id}-{at}", report=report.id, number=at, section=section, text=text)
        for at, (section, text) in enumerate(drawn, start=1)
    )
    return report, passages
