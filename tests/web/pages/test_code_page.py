"""The page behind a citation code: back to the passage, wherever its file is now, or a plain word on why not."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.exporting import citation
from search_app.web import create_app
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts

PATH = "澄岭县/望杉镇/2020.txt"
REPORT = f"/reports/{sample.report_id(PATH)}"
GONE = "7K3QF-9ZM2X-2XAB"
SAID = "设立“渡口议事船”，逢集靠岸听诉求。"


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[FlaskClient, ScanningEngine]:
    engine = ScanningEngine()
    return create_app(sample.settings(tmp_path), engine=engine).test_client(), engine


def file(engine: ScanningEngine, path: str, *said: str, town: str = "湖口镇", year: int = 2023) -> str:
    """Put a report of these texts and return the code of the first."""
    report = make_report(path, town=town, year=year)
    passages = make_passages(report, *said)
    with engine.writing() as writer:
        writer.put(report, passages)
    return citation.code(passages[0], report)


def remove(engine: ScanningEngine, path: str) -> None:
    with engine.writing() as writer:
        writer.remove(make_report(path, town="湖口镇").id)


def test_a_code_leads_to_its_passage(client: FlaskClient) -> None:
    response = client.get(f"/c/{sample.code(PATH, 2)}")

    assert (response.status_code, response.headers["Location"]) == (302, f"{REPORT}#p-2")


def test_a_code_leads_to_its_passage_after_the_file_was_moved(shelf: tuple[FlaskClient, ScanningEngine]) -> None:
    client, engine = shelf
    code = file(engine, "旧.txt", SAID)
    remove(engine, "旧.txt")
    file(engine, "新/改名.txt", "新加的一段。", SAID)

    response = client.get(f"/c/{code.lower()}")

    assert response.headers["Location"] == f"/reports/{sample.report_id('新/改名.txt')}#p-2"


def test_a_text_that_stands_twice_in_the_place_and_year_is_listed_with_both_places_first(
    shelf: tuple[FlaskClient, ScanningEngine],
) -> None:
    client, engine = shelf
    file(engine, "别处.txt", SAID, town="杉岭乡")
    code = file(engine, "一.txt", SAID)
    file(engine, "二.txt", SAID)

    response = client.get(f"/c/{code}")

    shown = page(response)
    assert response.status_code == 200
    assert "有 2 处是这段文字" in text(shown, "//main")
    assert [each.partition("（")[2][:6] for each in texts(shown, "//main//li/a")] == [
        "芷川县湖口镇",
        "芷川县湖口镇",
        "芷川县杉岭乡",
    ]
    assert SAID in text(shown, "//blockquote")


def test_a_text_that_only_others_still_say_is_listed_with_a_word_that_says_so(
    shelf: tuple[FlaskClient, ScanningEngine],
) -> None:
    client, engine = shelf
    code = file(engine, "一.txt", SAID)
    file(engine, "别处.txt", SAID, town="杉岭乡", year=2021)
    remove(engine, "一.txt")

    shown = page(client.get(f"/c/{code}"))

    assert "现在没有这段文字" in text(shown, "//p[contains(@class, 'notice')]")
    assert links(shown, "杉岭乡，2021年度") == [f"/reports/{sample.report_id('别处.txt')}#p-1"]


def test_a_text_that_nobody_says_any_longer_is_a_404_that_says_what_to_do(
    shelf: tuple[FlaskClient, ScanningEngine],
) -> None:
    client, engine = shelf
    code = file(engine, "一.txt", SAID)
    file(engine, "一.txt", SAID.replace("渡口", "码头"))

    response = client.get(f"/c/{code}")

    shown = page(response)
    assert response.status_code == 404
    assert "已经没有这个引用码所指的那段文字" in text(shown, "//h1")
    assert "用镇名和年度检索" in text(shown, "//p[@class='hint']")
    assert links(shown, "当普通文字检索") == [f"/?q={code}&literal=1"]


@pytest.mark.parametrize("odd", ["调解", "7K3QF-9ZM2X", "7K3QF-9ZM2X-2XAB0", "%00", "%ED%A0%80", "a" * 300])
def test_what_is_no_code_is_a_400_that_shows_how_one_looks(client: FlaskClient, odd: str) -> None:
    response = client.get(f"/c/{odd}")

    assert response.status_code == 400
    assert "7K3QF-9ZM2X-2XAB" in text(page(response), "//p[@class='hint']")


def test_what_a_chat_program_adds_behind_a_code_is_passed_over(client: FlaskClient) -> None:
    code = sample.code(PATH, 2)

    assert client.get(f"/c/{code}?nsukey=x").location == client.get(f"/c/{code}").location


@pytest.mark.parametrize("spoil", [str, str.lower, lambda code: f" {code} "])
def test_a_code_in_the_search_box_leads_to_its_passage(client: FlaskClient, spoil) -> None:  # type: ignore[no-untyped-def]
    response = client.get("/", query_string={"q": spoil(sample.code(PATH, 2))}, follow_redirects=False)

    assert response.status_code == 302
    assert client.get(response.headers["Location"]).headers["Location"] == f"{REPORT}#p-2"


def test_the_letters_of_a_code_without_hyphens_are_a_code_only_where_a_text_has_them(client: FlaskClient) -> None:
    bare = sample.code(PATH, 2).replace("-", "")

    assert client.get("/", query_string={"q": bare}).status_code == 302
    assert client.get("/?q=administration").status_code == 200
    assert client.get("/", query_string={"q": bare, "literal": "1"}).status_code == 200


def test_the_interface_tells_where_a_text_stands(shelf: tuple[FlaskClient, ScanningEngine]) -> None:
    client, engine = shelf
    code = file(engine, "一.txt", SAID)
    other = file(engine, "别处.txt", SAID, town="杉岭乡")

    answer = client.get(f"/api/v1/c/{code.lower()}").get_json()

    assert (answer["code"], answer["here"][0]["code"], answer["elsewhere"][0]["code"]) == (code, code, other)
    assert answer["here"][0]["url"] == f"/reports/{sample.report_id('一.txt')}#p-1"
    assert answer["here"][0]["citation"].startswith("《湖口镇2023年法治政府建设年度报告》（芷川县湖口镇，2023年度）")


@pytest.mark.parametrize(
    ("code", "status", "name"), [("调解", 400, "bad_code"), ("7K3QF-9ZM2X-2XAB", 404, "no_such_text")]
)
def test_the_interface_tells_why_a_code_leads_nowhere(client: FlaskClient, code: str, status: int, name: str) -> None:
    response = client.get(f"/api/v1/c/{code}")

    assert (response.status_code, response.get_json()["error"]["code"]) == (status, name)


def test_the_passage_that_others_are_held_against_shows_its_code(client: FlaskClient) -> None:
    shown = page(client.get(f"{REPORT.replace('reports', 'passages')}-2/related"))

    assert links(shown, sample.code(PATH, 2)) == [f"/c/{sample.code(PATH, 2)}"]
