"""The JSON interface: what is described is what comes."""

import re
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web import sample
from tests.web.schema import Json, faults

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")
ANSWERS = {
    "/api/v1/search": [
        "",
        "?q=矛盾纠纷&year=2022&town=望杉镇&sort=newest&size=20",
        "?q=zzz",
        "?q=(a",
        "?exemplary=1",
        "?q=矛盾纠纷&explain=1",
        "?q=矛盾纠纷&since=gen-000001",
    ],
    "/api/v1/reports": [""],
    f"/api/v1/reports/{REPORT}": [""],
    f"/api/v1/reports/{sample.report_id('无名.txt')}": [""],
    f"/api/v1/reports/{REPORT}/years": ["", f"?with={sample.report_id('沅坪县/望杉镇/2022.txt')}"],
    f"/api/v1/reports/{sample.report_id('澄岭县/望杉镇/2023.txt')}/years": ["", "?kind=figures", "?section=导语"],
    f"/api/v1/reports/{sample.report_id('澄岭县/望杉镇/2022.txt')}/years": [""],
    f"/api/v1/reports/{sample.report_id('无名.txt')}/years": [""],
    "/api/v1/facets": ["", "?q=矛盾纠纷&topic=信访"],
    "/api/v1/facets/town": ["", "?find=望&q=矛盾纠纷", "?find=wsz&order=name&not.town=望杉镇"],
    "/api/v1/facets/year": [""],
    f"/api/v1/passages/{REPORT}-2/similar": ["", "?q=矛盾纠纷&year=2022&page=1"],
    f"/api/v1/passages/{REPORT}-2/related": ["", "?year=2022&size=20", "?not.year=2022&sort=town&order.town=name"],
    f"/api/v1/passages/{REPORT}-2/why": ["", "?q=矛盾纠纷"],
    f"/api/v1/passages/{REPORT}-2/history": ["", "?page=1"],
    f"/api/v1/c/{sample.code('澄岭县/望杉镇/2020.txt', 2)}": [""],
    "/api/v1/topics": ["", "?topic=矛盾化解", "?county=澄岭县&topic="],
    "/api/v1/profile": ["?town=白砾乡", "?county=澄岭县&town=望杉镇&year=2022"],
    "/api/v1/coverage": ["", "?county=沅坪县"],
    "/api/v1/exemplary": ["", "?not.topic=信访&order.county=name", "?year=2022&topic=矛盾化解", "?year=1999"],
    "/api/v1/suggest": ["?q=望", "?q=", "?q=执法"],
    "/api/v1/status": [""],
    "/api/v1/review": ["", "?year=2023", "?county=澄岭县&year=2022", "?county=沅坪县&town=望杉镇"],
    "/api/v1/compare": [f"?p={REPORT}-2&p={REPORT}-3&p={REPORT}-2", f"?r={REPORT}&r={sample.report_id('无名.txt')}"],
    "/api/v1/matrix": ["", "?columns=year&q=矛盾纠纷", "?rows=section&columns=county&best=0", "?year=1999"],
    "/api/v1/status/warnings": ["", "?find=标题"],
    "/api/v1/figures": ["", "?topic=矛盾化解", "?what=化解矛盾纠纷"],
    "/api/v1/basket": [""],
    "/api/v1/baskets": [""],
    "/healthz": [""],
}
#: What only a browser that collects is answered: held against the description in test_basket_routes.
COLLECTED = {"/api/v1/baskets/{key}"}
URLS = [path + query for path, queries in ANSWERS.items() for query in queries]


@pytest.fixture(scope="module")
def described(app: Flask) -> Json:
    document: Json = app.test_client().get("/api/v1/openapi.json").get_json()
    return document


def path_of(described: Json, url: str) -> str:
    """Return the described path that a URL belongs to."""
    asked = url.partition("?")[0]
    paths: list[str] = list(described["paths"])
    return next(path for path in paths if re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), asked))


@pytest.mark.parametrize("url", URLS)
def test_every_answer_is_what_the_description_says(client: FlaskClient, described: Json, url: str) -> None:
    response = client.get(url)

    told = described["paths"][path_of(described, url)]["get"]["responses"]["200"]
    assert response.status_code == 200
    assert faults(response.get_json(), told["content"]["application/json"]["schema"], described) == []


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("/api/v1/search?sort=best", 400, "bad_search"),
        ("/api/v1/search?not.year=23", 400, "bad_search"),
        ("/api/v1/search?page=9999&size=100", 404, "no_such_page"),
        ("/api/v1/search?page=9", 404, "no_such_page"),
        (f"/api/v1/passages/{REPORT}-9/similar", 404, "no_such_passage"),
        ("/api/v1/passages/ffffffffffff-1/related", 404, "no_such_report"),
        (f"/api/v1/passages/{REPORT}-2/similar?page=9", 404, "no_such_page"),
        (f"/api/v1/passages/{REPORT}-2/related?sort=best", 400, "bad_search"),
        (f"/api/v1/passages/{REPORT}-2/related?page=9999", 404, "no_such_page"),
        (f"/api/v1/passages/{REPORT}-9/why", 404, "no_such_passage"),
        (f"/api/v1/passages/{REPORT}-2/why?q=qqqq", 404, "no_such_passage"),
        ("/api/v1/search?explain=2", 400, "bad_search"),
        ("/api/v1/export?q=调解", 400, "bad_search"),
        ("/api/v1/export?report=ffffffffffff&format=md", 404, "no_such_report"),
        ("/api/v1/export?basket=ffff&format=md", 404, "no_such_basket"),
        ("/api/v1/exemplary?order.town=best", 400, "bad_search"),
        ("/api/v1/facets/town?order=best", 400, "bad_search"),
        ("/api/v1/facets?page=99", 404, "no_such_page"),
        ("/api/v1/facets/town?page=99", 404, "no_such_page"),
        ("/api/v1/reports/ffffffffffff", 404, "no_such_report"),
        ("/api/v1/facets/province", 404, "not_found"),
        ("/api/v1/reports/ffffffffffff/years", 404, "no_such_report"),
        (f"/api/v1/reports/{REPORT}/years?with=ffffffffffff", 404, "no_such_report"),
        (f"/api/v1/reports/{REPORT}/years?with={REPORT}", 400, "same_report"),
        (f"/api/v1/reports/{REPORT}/years?kind=old", 400, "bad_search"),
        (f"/api/v1/reports/{REPORT}/years?section=没有", 400, "bad_search"),
        (f"/api/v1/reports/{REPORT}/years?leaf=2", 404, "no_such_page"),
        (f"/api/v1/reports/{REPORT}/years/export?format=md", 400, "bad_search"),
        (f"/api/v1/reports/{REPORT}/years/export", 400, "bad_search"),
        ("/api/v1/suggest?q=a&q=b", 400, "bad_search"),
    ],
)
def test_every_error_is_what_the_description_says(
    client: FlaskClient, described: Json, url: str, status: int, code: str
) -> None:
    response = client.get(url)

    told = described["paths"][path_of(described, url)]["get"]["responses"][str(status)]
    assert response.status_code == status
    assert faults(response.get_json(), told["content"]["application/json"]["schema"], described) == []
    assert response.get_json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("method", "url", "status"), [("post", "/api/v1/search", 405), ("get", "/api/v1/nothing", 404)]
)
def test_an_error_that_no_path_names_is_the_described_one(
    client: FlaskClient, described: Json, method: str, url: str, status: int
) -> None:
    response = client.open(url, method=method.upper())

    told = described["paths"]["/api/v1/search"]["get"]["responses"]["default"]["content"]["application/json"]["schema"]
    assert response.status_code == status
    assert faults(response.get_json(), told, described) == []


def test_every_path_of_the_api_is_described_and_every_described_one_is_tested(app: Flask, described: Json) -> None:
    rules = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "api.unknown"
    }

    assert set(described["paths"]) == rules | {"/healthz", "/metrics"}
    files = {path for path in described["paths"] if path.endswith("/export")}  # tests/web/pages
    files |= {"/api/v1/openapi.json", "/api/v1/draft"}  # tests/web/api/test_draft_routes.py
    files |= {"/metrics"}  # tests/web/test_metrics.py
    files |= {"/api/v1/figures"}  # tests/web/api/test_openapi.py
    tested = {path_of(described, url) for url in URLS} | COLLECTED | files
    assert tested == set(described["paths"])


def test_every_reference_in_the_description_leads_somewhere(described: Json) -> None:
    names = set(re.findall(r"#/components/schemas/(\w+)", str(described)))

    assert names == set(described["components"]["schemas"]) - {"Error"} | {"Error"}


@pytest.mark.parametrize("form", ["docx", "md", "csv", "xlsx"])
def test_a_file_has_one_of_the_described_types(client: FlaskClient, described: Json, form: str) -> None:
    told = described["paths"]["/api/v1/export"]["get"]

    response = client.get(f"/api/v1/export?q=调解&format={form}")

    assert response.mimetype in told["responses"]["200"]["content"]
    asked = next(each for each in told["parameters"] if each["name"] == "format")
    assert form in asked["schema"]["enum"]


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/search?q=矛盾纠纷",
        "/api/v1/exemplary",
        "/api/v1/reports",
        f"/api/v1/reports/{REPORT}",
        f"/api/v1/passages/{REPORT}-2/related",
        "/api/v1/facets/town",
    ],
)
def test_what_is_no_parameter_changes_no_answer(client: FlaskClient, url: str) -> None:
    sign = "&" if "?" in url else "?"
    plain, more = (client.get(each).get_json() for each in (url, f"{url}{sign}years=1&x=2"))

    assert {**more, "took_ms": 0} == {**plain, "took_ms": 0}


def test_the_values_of_a_facet_are_found_by_pinyin_and_ordered_by_it(client: FlaskClient) -> None:
    def values(query: str) -> list[str]:
        return [each["value"] for each in client.get(f"/api/v1/facets/town?{query}").get_json()["values"]]

    assert values("find=wsz") == values("find=wangshan") == values("find=望杉") == ["沅坪县望杉镇", "澄岭县望杉镇"]
    assert values("find=wsz&order=name") == ["澄岭县望杉镇", "沅坪县望杉镇"]
    assert values("find=anshan") == []
    assert client.get("/api/v1/search?order.town=name").get_json()["facets"]["town"][0]["value"] == "白砾乡"


def test_an_excluded_value_is_told_apart_with_what_it_would_give(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?not.town=望杉镇&not.year=未识别").get_json()

    excluded = {
        (name, each["value"]): each["count"]
        for name in answer["facets"]
        for each in answer["facets"][name]
        if each["excluded"]
    }
    assert excluded == {("year", None): 1, ("town", "沅坪县望杉镇"): 15, ("town", "澄岭县望杉镇"): 15}
    assert answer["total"] == 46


def test_the_api_counts_what_the_page_counts(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=矛盾纠纷&year=2022").get_json()

    assert f"共 {answer['total']} 段，来自 {answer['reports']} 份报告" in client.get("/?q=矛盾纠纷&year=2022").get_data(
        as_text=True
    )


def test_a_suggestion_leads_to_the_search_it_narrows_to(client: FlaskClient) -> None:
    suggestions = client.get("/api/v1/suggest?q=执法").get_json()["suggestions"]

    topic = {"kind": "主题", "text": "行政执法", "count": 30, "url": "/?topic=%E8%A1%8C%E6%94%BF%E6%89%A7%E6%B3%95"}
    assert topic in suggestions
    assert {client.get(each["url"]).status_code for each in suggestions} == {200}


def test_a_value_suggested_behind_a_field_leads_to_the_search_as_typed(client: FlaskClient) -> None:
    (suggested,) = client.get("/api/v1/suggest?q=主题:行政执").get_json()["suggestions"]

    assert suggested["text"] == "主题:行政执法"
    assert suggested["url"] == "/?" + urlencode({"q": "主题:行政执法"})


def test_chinese_is_sent_as_chinese(client: FlaskClient) -> None:
    assert "望杉镇" in client.get(f"/api/v1/reports/{REPORT}").get_data(as_text=True)


def test_health_names_the_generation_that_answers(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok", "generation": "gen-000001"}


def test_the_search_box_describes_itself_to_browsers(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml", headers={"Host": "127.0.0.1:8000"})

    assert response.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://127.0.0.1:8000/?q={searchTerms}"' in response.get_data(as_text=True)
