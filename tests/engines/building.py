"""Small reports for engine tests, and random ones for comparing engines."""

from hashlib import sha256

from hypothesis import strategies as st

from search_app.model import (
    REPORT_KIND,
    SECTIONS,
    TOPICS,
    Collapse,
    Exemplary,
    Facet,
    OutlineEntry,
    Passage,
    Report,
    Sort,
    Value,
)
from search_app.query import (
    About,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    Ranking,
    SaysAlike,
    Search,
    Selection,
    SomeOf,
    Weighted,
    Words,
    Years,
)

Filed = tuple[Report, tuple[Passage, ...]]


def filed(path: str, *texts: str, **fields: object) -> Filed:
    """Return a report at this path with one passage per text; ``fields`` set the report's or all passages' fields."""
    number = sha256(path.encode()).hexdigest()[:12]
    of_passage = {name: fields.pop(name) for name in ("headings", "section", "topics", "exemplary") if name in fields}
    passages = tuple(
        Passage(id=f"{number}-{at}", report=number, number=at, text=text, **of_passage)  # type: ignore[arg-type]
        for at, text in enumerate(texts, 1)
    )
    entry = OutlineEntry(heading="一、主要举措", level=1, passages=tuple(passage.id for passage in passages))
    defaults: dict[str, object] = {"fingerprint": sha256(repr(texts).encode()).hexdigest(), "outline": (entry,)}
    return Report(id=number, path=path, **(defaults | fields)), passages  # type: ignore[arg-type]


#: Words that jieba cuts one way alone and another way joined, so that phrases cross its cuts.
_BITS = (
    "人民",
    "调解",
    "员",
    "法律顾问",
    "合法性",
    "审查",
    "镇",
    "石桥",
    "28",
    "起",
    "%",
    "+",
    "，",
    "。",
    "A4",
    " ",
    "的",
)
_TEXTS = st.lists(st.sampled_from(_BITS), min_size=1, max_size=12).map("".join)
_YEARS = st.sampled_from((None, 2021, 2022, 2023))
_COUNTIES = st.sampled_from((None, "甲县", "乙县"))
_TOWNS = st.sampled_from((None, "石桥镇", "云溪乡"))
_KINDS = st.sampled_from((REPORT_KIND, REPORT_KIND, "自查报告", "法规文件", "无此文种"))


@st.composite
def corpora(draw: st.DrawFn, *, mixed: bool = False) -> tuple[Filed, ...]:
    """Draw up to six reports of a few short passages, with the same town in several counties and unknown values.

    ``mixed``: some are of other kinds.
    """
    return tuple(draw(_one_report(number, mixed=mixed)) for number in range(draw(st.integers(0, 6))))


@st.composite
def _one_report(draw: st.DrawFn, number: int, *, mixed: bool) -> Filed:
    path = f"{draw(st.sampled_from('cab'))}{number}.txt"
    report, _ = filed(
        path,
        title=draw(st.sampled_from((None, "石桥镇调解报告", "年度报告"))),
        year=draw(_YEARS),
        county=draw(_COUNTIES),
        city=draw(st.sampled_from((None, "东市", "西市"))),
        town=draw(_TOWNS),
        kind=draw(_KINDS) if mixed else REPORT_KIND,
    )
    passages = tuple(
        Passage(
            id=f"{report.id}-{at}",
            report=report.id,
            number=at,
            text=draw(_TEXTS),
            headings=draw(st.sampled_from(((), ("一、人民调解",), ("一、举措", "（一）法律顾问")))),
            section=draw(st.sampled_from(SECTIONS[:3])),
            topics=draw(st.sampled_from(((), TOPICS[:1], TOPICS[:2]))),
            exemplary=Exemplary(score=draw(st.sampled_from((0, 59, 60, 90)))),
        )
        for at in range(1, draw(st.integers(0, 4)) + 1)
    )
    return report, passages


_GENRES = st.sampled_from(("年度报告", "工作总结/自查", "其他", "新闻"))
_FIELDS = st.sampled_from(("any", "heading"))
_LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, text=_TEXTS, field=_FIELDS, whole=st.booleans()),
    st.builds(Phrase, text=_TEXTS, field=_FIELDS),
    st.builds(Years, first=_YEARS, last=_YEARS),
    st.builds(SaysAlike, text=_TEXTS, least=st.sampled_from((0.0, 0.3, 0.9))),
    st.builds(About, text=_TEXTS, least=st.sampled_from((0.137, 0.611))),
    st.builds(In, facet=st.just(Facet.TOWN), value=st.sampled_from(("石桥镇", "甲县石桥镇", "无此镇", None))),
    st.builds(In, facet=st.just(Facet.GENRE), value=_GENRES),
    st.builds(In, facet=st.just(Facet.TOPIC), value=st.sampled_from((*TOPICS[:2], None))),
)


def _weighted(nodes: st.SearchStrategy[Node], least: int) -> st.SearchStrategy[tuple[Weighted, ...]]:
    each = st.builds(Weighted, node=nodes, weight=st.sampled_from((0.5, 1.0, 3.0)))
    return st.lists(each, min_size=least, max_size=3).map(tuple)


queries: st.SearchStrategy[Node] = st.recursive(
    _LEAVES,
    lambda nodes: st.one_of(
        st.builds(Not, child=nodes),
        st.builds(AllOf, children=st.lists(nodes, max_size=3).map(tuple)),
        st.builds(AnyOf, children=st.lists(nodes, max_size=3).map(tuple)),
        st.builds(SomeOf, children=st.lists(nodes, max_size=3).map(tuple), least=st.integers(0, 3)),
        st.builds(BestOf, children=_weighted(nodes, 1)),
        st.builds(Raised, child=nodes, by=_weighted(nodes, 0)),
    ),
    max_leaves=4,
)
_VALUES: dict[Facet, st.SearchStrategy[Value]] = {
    Facet.YEAR: _YEARS,
    Facet.COUNTY: st.sampled_from(("甲县", "东市甲县", "无此县", None)),
    Facet.TOWN: st.sampled_from(("石桥镇", "乙县石桥镇", "云溪乡", None)),
    Facet.SECTION: st.sampled_from(SECTIONS[:4]),
    Facet.TOPIC: st.sampled_from((*TOPICS[:3], None)),
    Facet.GENRE: _GENRES,
}
_SOME = {
    facet.value: st.lists(values, max_size=2, unique=True).map(tuple[Value, ...]) for facet, values in _VALUES.items()
}
selections = st.builds(
    lambda excluded, ticked: Selection(excluded, **ticked),
    st.just({}) | st.fixed_dictionaries({Facet(name): values for name, values in _SOME.items()}),
    st.fixed_dictionaries(_SOME),
)
searches = st.builds(
    Search,
    query=st.none() | queries,
    selection=selections,
    exemplary=st.booleans(),
    sort=st.sampled_from(Sort),
    collapse=st.sampled_from(Collapse),
    page=st.integers(1, 3),
    size=st.integers(1, 5),
    since=st.sampled_from((None, None, "gen-000001")),
    first=st.lists(queries, max_size=2).map(tuple),
    leaning=st.sampled_from(((), SECTIONS[3:4], SECTIONS[1:3])),
    ranking=st.sampled_from((Ranking(), Ranking(common=0.0, same_town=1.0, fragment=1.0))),
)
