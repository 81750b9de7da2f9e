"""Collections for tests: passages whose texts are given, and texts that nobody means well by."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from search_app.exporting.collection import Collection, Fact, Heading, Item, Quoted
from search_app.model import Exemplary, Passage, Report

MADE = datetime(2026, 11, 29, 1, 30, tzinfo=UTC)
REPORT = Report(
    id="0123456789ab",
    path="芷川县/湖口镇2023.txt",
    title="湖口镇2023年法治政府建设年度报告",
    town="湖口镇",
    county="芷川县",
    city="青禾市",
    province="云岭省",
    year=2023,
    year_source="title",
    place_source="title",
)
#: What means something to a spreadsheet, a browser, Markdown, XML or a terminal.
SPITEFUL = (
    "=1+1", "+86", "-2", "@SUM(A1)", "＝HYPERLINK(1)", "＋1", "－1", "＠x", "\t=1", "\r=1", " =1", "\ufeff=1",
    "'quoted", "=cmd|' /C calc'!A0", "a,b\"c\r\nd", "| a | b |", "a | b\nc | d", "[^1]", "[^1]: x",
    "[a](javascript:alert(1))", "![x](y)", "<script>alert(1)</script>", "&amp; &lt;", "# 一", "一 #", "1. 一", "1) 一",
    "- 一", "+ 一", "* 一", "***", "---", "===", "> 一", "`x`", "```", "~~x~~", "$x$", "x^2^", "_a_ __b__ *c*", "\\*",
    "term\n: definition", "    code", "\x00\x07\x1b[31m", "\ud800", "\udfff甲", "\ufffe\uffff", "\u202e倒\u202c",
    "\u2028行\u2029", "_x000D_", "]]>", "http://a.example/b_c_d?e=f#g", "{.class #id}", "*[HTML]: x",
    "\U0001f600\U00020000",
)  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(SPITEFUL), min_size=1, max_size=4).map("".join),
    st.lists(st.sampled_from(SPITEFUL), min_size=1, max_size=4).map("\n".join),
    st.text(st.characters(codec=None), max_size=60),
)


def quoted(
    text: str, *, number: int = 1, title: str = "", note: str = "", state: str = "", heading: str = "一、主要举措"
) -> Quoted:
    """Return a passage of the report with this text."""
    passage = Passage(
        id=f"{REPORT.id}-{number}",
        report=REPORT.id,
        number=number,
        headings=(heading,),
        section="主要举措和成效",
        topics=("矛盾化解",),
        text=text,
        exemplary=Exemplary(score=80, reasons=("有数据：42件",)),
    )
    address = f"http://127.0.0.1:8000/reports/{REPORT.id}#p-{number}"
    return Quoted(
        passage=passage,
        report=REPORT,
        title=title,
        address=address,
        relevance=3.25,
        stands_for=2,
        note=note,
        state=state,
    )


def collection(*items: Item, title: str = "素材", about: tuple[Fact, ...] = ()) -> Collection:
    """Return a collection of these items."""
    return Collection(title=title, about=about or (Fact(label="检索词", text="调解"),), made=MADE, items=items)


def spiteful(text: str) -> Collection:
    """Return a collection that holds a text in every place that a text can stand."""
    item = quoted(text, title=text, note=text, state=text, heading=text)
    return collection(Heading(text=text), item, title=text, about=(Fact(label=text, text=text),))
