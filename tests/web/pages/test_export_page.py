"""Downloads from the page and the API: the file holds what the page lists, under a name that no header breaks on."""

import csv
import io
import re
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from search_app.errors import NoSuchReport
from search_app.web import downloads
from tests.web import sample
from tests.web.reading_pages import page, texts

REPORT = sample.report_id("澄岭县/望杉镇/2020.txt")
FORMATS = ("docx", "md", "csv", "xlsx")
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
QUESTIONS = ("q=矛盾纠纷&collapse=none", "q=矛盾纠纷&year=2022&year=2023&sort=newest", "exemplary=1&sort=exemplary", "")


def csv_rows(response: TestResponse) -> list[dict[str, str]]:
    text = response.get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    return [dict(zip(lines[1], line, strict=True)) for line in lines[2:]]


def listed(client: FlaskClient, question: str) -> list[str]:
    """Return the passages of all pages of a search, as the API lists them."""
    first = client.get(f"/api/v1/search?size=20&{question}").get_json()
    pages = [client.get(f"/api/v1/search?size=20&page={n}&{question}").get_json() for n in range(1, first["pages"] + 1)]
    return [hit["passage"]["text"] for each in pages for hit in each["hits"]]


def texts_of(response: TestResponse, form: str) -> list[str]:
    """Return the passages that stand in a file, white space left out."""
    content = response.get_data()
    match form:
        case "csv":
            found = [row["正文"].removeprefix("'") for row in csv_rows(response)]
        case "xlsx":
            rows = list(load_workbook(io.BytesIO(content))["段落"].iter_rows(values_only=True))
            found = [str(row[rows[0].index("正文")]) for row in rows[1:]]
        case "docx":
            found = _of_word(docx.Document(io.BytesIO(content)))
        case _:
            blocks = re.findall(r"((?:^> .*\n|^>\n)+)> —— ", content.decode(), re.MULTILINE)
            found = [re.sub(r"^>|^ ?\| ?---.*|\\", "", block, flags=re.MULTILINE) for block in blocks]
            found = [re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), each) for each in found]
    return [re.sub(r"[\s|]|---", "", each) for each in found]


def _of_word(document: Any) -> list[str]:
    found: list[str] = []
    for each in document.iter_inner_content():
        if each.__class__.__name__ == "Table":
            found[-1] += "".join(cell.text for row in each.rows for cell in row.cells)
        elif each.style.name == "段落信息":
            found.append("")
        elif each.style.name == "Quote":
            found[-1] += each.text
    return found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("door", ["/export", "/api/v1/export"])
def test_a_file_holds_what_the_pages_list_in_their_order(
    client: FlaskClient, door: str, question: str, form: str
) -> None:
    response = client.get(f"{door}?{question}&format={form}")

    expected = [re.sub(r"[\s|]|---", "", text) for text in listed(client, question)]
    assert response.status_code == 200
    assert texts_of(response, form) == expected
    assert expected


@pytest.mark.parametrize("form", FORMATS)
def test_a_whole_report_is_a_file(client: FlaskClient, form: str) -> None:
    response = client.get(f"/export?report={REPORT}&format={form}")

    assert response.status_code == 200
    assert "澄岭县望杉镇2020年度法治政府建设情况报告" in unquote(response.headers["Content-Disposition"])
    if form == "csv":
        passages = client.get(f"/api/v1/reports/{REPORT}").get_json()["passages"]
        assert [row["正文"] for row in csv_rows(response)] == [each["text"] for each in passages]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_named_typed_and_kept_by_nobody(client: FlaskClient, form: str) -> None:
    response = client.get(f"/export?q=矛盾纠纷&format={form}")

    name = unquote(response.headers["Content-Disposition"].rpartition("UTF-8''")[2])
    assert response.headers["Content-Type"] == TYPES[form]
    assert re.fullmatch(rf"检索结果-矛盾纠纷-\d{{8}}\.{form}", name)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "text",
    [
        'a"; filename="x.exe',
        "a\r\nSet-Cookie: b=c",
        "%0d%0aX: y",
        "../../etc/passwd",
        "\u202egpj.exe",
        "调" * 200,
    ],
)
def test_no_question_breaks_out_of_the_name_of_its_file(client: FlaskClient, text: str) -> None:
    response = client.get("/export", query_string={"q": text, "format": "csv"})

    header = response.headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=\"export\.csv\"; filename\*=UTF-8''[\w.%~-]+", header)
    assert "Set-Cookie" not in response.headers


def test_hostile_words_of_a_report_break_out_of_nothing(client: FlaskClient) -> None:
    report = sample.hostile()[0]

    for form in FORMATS:
        response = client.get(f"/export?report={report.id}&format={form}")
        header = response.headers["Content-Disposition"]
        assert re.fullmatch(rf"attachment; filename=\"export\.{form}\"; filename\*=UTF-8''[\w.%~-]+", header)
        assert form == "csv" or b"<script>" not in response.get_data()


def test_an_address_leads_back_to_the_passage(client: FlaskClient) -> None:
    row = csv_rows(client.get("/export?q=矛盾纠纷&format=csv"))[0]

    path, _, anchor = row["地址"].removeprefix("http://localhost").partition("#")
    assert texts(page(client.get(path)), f"//*[@id='{anchor}']//div[@class='text']")


@pytest.mark.parametrize("door", ["/export", "/api/v1/export"])
@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ("q=调解", 400, "没有写明导出成什么格式"),
        ("q=调解&format=", 400, "没有写明导出成什么格式"),
        ("q=调解&format=pdf", 400, "“pdf”"),
        ("q=调解&format=md&format=csv", 400, "写了 2 个"),
        ("q=？！&format=md", 400, "可以检索的字"),
        ("q=调解&year=x&format=md", 400, "年度"),
        (f"report={REPORT}&q=调解&format=md", 400, "检索词"),
        (f"report={REPORT}&report={REPORT}&format=md", 400, "写了 2 个"),
        ("report=ffffffffffff&format=md", 404, "ffffffffffff"),
        ("basket=ffff&format=md", 404, "素材夹"),
    ],
)
def test_what_cannot_be_exported_is_said(client: FlaskClient, door: str, question: str, status: int, said: str) -> None:
    response = client.get(f"{door}?{question}")

    assert response.status_code == status
    assert said in response.get_data(as_text=True)
    assert "Content-Disposition" not in response.headers


def test_the_cap_is_named_in_the_file_and_on_the_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST", 7)
    monkeypatch.setattr("search_app.web.view_models.export_links.MOST", 7)

    found = client.get("/export?q=矛盾纠纷&collapse=none&format=csv")
    shown = texts(page(client.get("/?q=矛盾纠纷&collapse=none")), "//details[@class='exports']//p")

    assert len(csv_rows(found)) == 7
    assert "最多 7 段，其余 23 段没有收进来" in found.get_data(as_text=True)
    assert shown == ["一个文件最多 7 段，只导出前 7 段。"]


def test_the_page_of_results_leads_to_the_files_of_the_same_question(client: FlaskClient) -> None:
    shown = page(client.get("/?q=矛盾纠纷&year=2022&sort=newest&page=1&size=20"))

    links = {link.text_content(): link.get("href") for link in shown.xpath("//details[@class='exports']//a")}
    assert list(links) == ["Word", "Markdown", "CSV", "Excel"]
    assert unquote(links["Word"]) == "/export?format=docx&q=矛盾纠纷&year=2022&sort=newest"
    assert all(client.get(url).status_code == 200 for url in links.values())
    assert not shown.xpath("//details[@class='exports']//p")


def test_the_page_of_a_report_leads_to_its_files(client: FlaskClient) -> None:
    shown = page(client.get(f"/reports/{REPORT}"))

    found = shown.xpath("//details[@class='exports']//a/@href")
    assert found == [f"/export?report={REPORT}&format={form}" for form in FORMATS]


def test_a_page_without_results_offers_no_file(client: FlaskClient) -> None:
    assert not page(client.get("/?q=zzz&literal=1")).xpath("//details[@class='exports']")


def test_exports_wait_for_their_turn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = []

    def spying(*_: object) -> Any:
        gate = app.extensions["search-app"].gate
        inside.append(gate._places._value)
        raise NoSuchReport("没有")

    monkeypatch.setattr(downloads, "collection_of_report", spying)
    free = app.extensions["search-app"].gate._places._value

    app.test_client().get("/export?report=x&format=md")

    assert inside == [free - 1]
    assert app.extensions["search-app"].gate._places._value == free
