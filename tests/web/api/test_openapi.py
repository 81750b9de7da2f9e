"""Every key of every JSON answer, on reports that were really read: none undescribed, and none described in vain."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.collecting import was
from search_app.engines import open_engine
from search_app.exporting import citation
from search_app.indexing import report_id, update
from search_app.model import Passage, Report
from search_app.settings import Settings
from search_app.web import create_app
from tests.web.api.test_routes import path_of
from tests.web.collecting_from_pages import Program, close
from tests.web.reading_pages import page, texts
from tests.web.schema import Json, described_places, faults, filled

_REPORT = """芷川县{town}关于2023年度法治政府建设情况的报告
县人民政府：
2023年，{town}坚持依法行政，现将有关情况报告如下。
一、主要举措和成效
（一）化解矛盾纠纷。建立“茶馆议事角”机制，组织调解员12名，全年调解矛盾纠纷四十二件，成功率达到98%，较上年上升5%。
（二）规范行政执法。执法人员全部持证上岗，全年开展行政执法检查三十次，办理案件五件，{word}。
二、存在的不足
普法宣传形式单一，年轻人参与不多。
芷川县{town}人民政府
2024年1月{day}日
"""
_OTHER = """芷川县岔口镇关于2022年度法治政府建设情况的报告
2022年，岔口镇坚持依法行政，现将有关情况报告如下。
一、主要举措和成效
（一）纠纷化解有“桥头评理点”。在桥头设“桥头评理点”，由司法所、村调解员和退休教师每周六轮流坐堂，先听双方陈述，再到现场查看，当场写成协议，一周内回访；全年受理邻里、山林矛盾纠纷126件，调解成功121件，成功率96%，比上年提高11个百分点，做法在全市推广。
"""
_LAST = _OTHER.replace("2022", "2021").replace("126", "118").replace("，比上年提高11个百分点", "，群众都说好")
HELD, TWIN, OTHER, NAMELESS = (
    report_id(name) for name in ("甲/湖口镇.txt", "乙/溪口镇修订.txt", "丙/岔口镇.txt", "无名.txt")
)
#: Two towns say this in the same words.
_SHARED = Passage(id="", report="", number=1, text="普法宣传形式单一，年轻人参与不多。")
_CODE = citation.code(_SHARED, Report(id="", path="", town="湖口镇", county="芷川县", year=2023))
URLS = [
    *(
        f"/api/v1/search{query}"
        for query in ("?all_genres=1", "?q=矛盾纠纷&collapse=none", "?q=溪口镇", "?q=调解&topic=信访")
    ),
    *(
        f"/api/v1/search{query}"
        for query in (
            "?q=茶馆 无人机",
            "?q=(调解",
            "?q=zzz",
            "?q=矛盾调处",
            "?year=2023&sort=newest",
            "?q=调解&explain=1",
        )
    ),
    *("/api/v1/facets", "/api/v1/facets/town", "/api/v1/reports", f"/api/v1/reports/{HELD}", "/api/v1/suggest?q=湖"),
    *(f"/api/v1/passages/{HELD}-{name}" for name in ("3/similar", "2/related", "2/why?q=矛盾纠纷", "3/history")),
    *("/api/v1/topics", "/api/v1/topics?topic=信访&county=芷川县", "/api/v1/coverage"),
    *("/api/v1/profile?town=湖口镇", "/api/v1/profile?town=湖口镇&year=2023"),
    *("/api/v1/exemplary", "/api/v1/status", "/healthz"),
    *(f"/api/v1/review?county={each}&year=2023" for each in ("芷川县", "沅坪县")),
    *("/api/v1/review?year=2023", "/api/v1/review?county=芷川县&town=湖口镇"),
    *(f"/api/v1/status/{which}" for which in ("failed", "copies", "warnings")),
    *(f"/api/v1/c/{_CODE}", "/api/v1/search?since=gen-000001"),
    *("/api/v1/basket", "/api/v1/baskets", "/api/v1/baskets/current"),
    *(f"/api/v1/reports/{HELD}/years", f"/api/v1/reports/{HELD}/years?with={report_id('乙/溪口镇.txt')}"),
    *(
        f"/api/v1/reports/{report_id('丙/岔口镇.txt')}/years{query}"
        for query in ("", "?with=" + report_id("丙/早.txt"))
    ),
    f"/api/v1/reports/{report_id('无名.txt')}/years",
    *(f"/api/v1/compare?p={one}&p={OTHER}-2" for one in (f"{HELD}-2", f"{HELD}-3")),
    f"/api/v1/compare?p={HELD}-2&p={TWIN}-2",
    f"/api/v1/compare?r={HELD}&r={TWIN}&r={OTHER}&r={NAMELESS}",
    *("/api/v1/matrix", "/api/v1/matrix?columns=year&q=矛盾调处"),
    *("/api/v1/figures", "/api/v1/figures?what=化解矛盾纠纷", "/api/v1/figures?what=发放宣传资料"),
    "/api/v1/figures?topic=矛盾化解&what=化解矛盾纠纷&year=2024&county=芷川县&town=月牙渡镇",
]
DONE = ("message", "basket", "entry", "removal", "was", "now")
#: What only an accident fills (a damaged generation, an older one beside it, a cluster that is gone), or a scan.
ACCIDENTS = {
    *("Status.problem", "Status.fallen_back", "Status.older"),
    *("Report.recognition_confidence", "MeasuredReport.recognition_confidence"),
}
#: Errors are held against their description in test_api.
ELSEWHERE = {f"{name}.error{key}" for name in ("Error", "BasketConflict") for key in ("", ".code", ".message", ".hint")}
#: What the check of a draft is answered with is held against its description in test_draft_routes.
CHECKED = ("DraftCheck", "DraftFinding")
#: What needs eight towns of one year, or a rough number; tests/web/pages/test_figures_page.py has both.
FIGURES = {"Figure.qualifier", "Figure.outlier"} | {
    f"YearSpread.{key}" for key in ("first_quartile", "third_quartile", "low_fence", "high_fence")
}
#: What edits are answered with is held against its description in test_basket_routes.
EDITED = {"BasketConflict.current", *(f"BasketDone.{key}" for key in DONE)}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Serve an index of reports with a copy, an older version, an unreadable file, and one more since the run."""
    folder = tmp_path_factory.mktemp("described")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    put(settings.corpus, "甲/湖口镇.txt", _REPORT.format(town="湖口镇", word="没有一件被撤销", day=20))
    put(settings.corpus, "甲/湖口镇（副本）.txt", _REPORT.format(town="湖口镇", word="没有一件被撤销", day=20))
    put(settings.corpus, "乙/溪口镇.txt", _REPORT.format(town="溪口镇", word="没有一件被投诉", day=11))
    put(settings.corpus, "乙/溪口镇修订.txt", _REPORT.format(town="溪口镇", word="一件都没有被撤销过", day=21))
    this_year = _REPORT.format(town="湖口镇", word="没有一件被撤销", day=20)
    put(settings.corpus, "甲/湖口镇2022.txt", this_year.replace("2023", "2022").replace("2024", "2023"))
    ferry = _OTHER.replace("芷川县岔口镇", "沅坪县渡头镇").replace("2022", "2023")
    put(settings.corpus, "丁/渡头镇.txt", ferry.replace("做法在", "镇长带头履行第一责任人职责，做法在"))
    put(settings.corpus, "丙/岔口镇.txt", _OTHER)
    put(settings.corpus, "丙/上年.txt", _LAST)
    put(settings.corpus, "丙/早.txt", _OTHER.replace("2022", "2019"))
    put(settings.corpus, "无名.txt", "村村都有法律明白人，逢集必讲法。")
    stated = 'document_number = "望政发〔2024〕3号"\npublished = 2024-01-20\nissuer = "望杉镇人民政府"\n'
    put(settings.corpus, "无名.meta.toml", f'province = "云岭省"\ncity = "青禾市"\n{stated}')
    put(settings.corpus, "表.xlsx", "x")
    put(settings.corpus, "戊/渡口镇.txt", "渡口镇的村村都有法律顾问。")
    engine = open_engine(settings.index)
    update(engine, settings.corpus, index=settings.index)
    put(settings.corpus, "新来的.txt", "村村都有法律明白人。")
    (settings.corpus / "戊/渡口镇.txt").unlink()
    app = create_app(settings, engine=engine)
    client = app.test_client()
    collect(client)
    yield client
    close(app)
    engine.close()


def collect(client: FlaskClient) -> None:
    """Collect a passage, take another out again, write a note and a heading, and share the basket."""
    program = Program(client)
    entry = program.edit(do="add", passages=[f"{HELD}-2"]).get_json()["entry"]
    program.edit(do="note", basket=1, entry=entry, text="可学", was=was(""))
    program.edit(do="heading", basket=1, text="矛盾化解")
    program.edit(do="share", basket=1)
    other = program.edit(do="add", passages=[f"{HELD}-3"]).get_json()["entry"]
    program.edit(do="remove", basket=1, entry=other)


def put(corpus: Path, path: str, text: str) -> None:
    file = corpus / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> Json:
    document: Json = client.get("/api/v1/openapi.json").get_json()
    return document


def schema_of(described: Json, url: str) -> Json:
    told = described["paths"][path_of(described, url)]["get"]["responses"]["200"]
    schema: Json = told["content"]["application/json"]["schema"]
    return schema


@pytest.mark.parametrize("url", URLS)
def test_an_answer_on_real_reports_is_what_the_description_says(client: FlaskClient, described: Json, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 200
    assert faults(response.get_json(), schema_of(described, url), described) == []


def test_nothing_is_described_that_no_answer_gives(client: FlaskClient, described: Json) -> None:
    given = {
        place
        for url in URLS
        for place in filled(client.get(url).get_json(), schema_of(described, url), described, "answer")
    }

    schemas = described["components"]["schemas"]
    told = {
        place for name, schema in schemas.items() if name not in CHECKED for place in described_places(schema, name)
    }
    assert told - given == ACCIDENTS | ELSEWHERE | EDITED | FIGURES


def test_every_object_of_the_description_names_all_its_keys(described: Json) -> None:
    def objects(schema: object) -> Iterator[Json]:
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for inner in schema.values():
                yield from objects(inner)

    found = list(objects(described["components"]["schemas"]))

    assert found
    assert all(each["additionalProperties"] is False and each["required"] == list(each["properties"]) for each in found)


def test_files_with_the_same_text_are_listed_with_the_way_to_the_one_that_is_held(client: FlaskClient) -> None:
    about = page(client.get("/about"))

    assert texts(about, "//details[@id='copies']//li") == ["甲/湖口镇（副本）.txt与 甲/湖口镇.txt 内容相同"]
    assert about.xpath("//details[@id='copies']//a/@href") == [f"/reports/{HELD}"]
    assert not any("副本" in each for each in texts(about, "//details[@id='warned']//li"))
