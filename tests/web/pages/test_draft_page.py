"""The page that checks a draft: what it finds, what it refuses, and that nothing typed is lost or kept."""

import io
import logging
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search_app.reviewing import draft_check
from search_app.reviewing.draft import MAX_CHARACTERS, Draft
from search_app.web import create_app, drafts, state
from search_app.web.security import MAX_DRAFT
from tests.readers.scans import scan
from tests.web import sample
from tests.web.drafts import BAD, CLEAN, engine
from tests.web.reading_pages import page, text, texts


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(sample.settings(tmp_path_factory.mktemp("drafts")), engine=engine())


def send(client: FlaskClient, draft: str = "", *, origin: str = "", **fields: Any) -> TestResponse:
    headers = {"Origin": origin} if origin else {}
    return client.post("/draft", data={"text": draft, **fields}, headers=headers, content_type="multipart/form-data")


def found(client: FlaskClient, draft: str, **fields: Any) -> list[str]:
    """Return what is said of a draft, finding by finding."""
    return texts(page(send(client, draft, **fields)), "//p[@class='finding-said']")


def upload(name: str, data: bytes) -> dict[str, Any]:
    return {"file": (io.BytesIO(data), name)}


def test_the_form_says_that_nothing_is_kept(client: FlaskClient) -> None:
    shown = client.get("/draft")

    assert "草稿只在内存里检查，不保存" in text(page(shown), "//p[@class='kept']")
    assert shown.headers["Cache-Control"] == "no-store"


def test_a_bad_copy_is_told_what_is_wrong_with_it(client: FlaskClient) -> None:
    kinds = texts(page(send(client, BAD)), "//section[contains(@class, 'kind')]/h3")

    assert [each.split()[0] for each in kinds] == [
        "错留的年份、地名",
        "缺必写部分",
        "与别的镇相同",
        "与本镇往年相同",
        "必写部分偏薄",
        "没有数据、做法笼统",
    ]


def test_what_was_left_over_is_named_with_what_to_write(client: FlaskClient) -> None:
    shown = page(send(client, BAD))

    said = texts(shown, "//section[contains(@class, 'is-leftover')]//p[@class='finding-said']")
    advice = texts(shown, "//section[contains(@class, 'is-leftover')]//p[@class='finding-advice']")
    assert ["2022年" in said[0], "栗坪乡" in said[1]] == [True, True]
    assert ["改成2023年" in advice[0], "改成望杉镇" in advice[1]] == [True, True]


def test_a_copied_sentence_is_shown_with_its_source_and_its_wording_marked_in_both(client: FlaskClient) -> None:
    shown = page(send(client, BAD))

    source = "//section[contains(@class, 'is-elsewhere')]//ul[@class='sources']/li"
    assert "栗坪乡" in text(shown, f"{source}//summary")
    assert "集镇夜市每晚八点" in text(shown, f"{source}//mark")
    assert "集镇夜市每晚八点" in "".join(texts(shown, "//section[@class='manuscript']//mark[@class='m-elsewhere']"))


def test_a_finding_leads_to_its_place_in_the_draft_and_back(client: FlaskClient) -> None:
    shown = page(send(client, BAD))

    places = {str(each) for each in shown.xpath("//p[@class='finding-head']/a/@href")}
    numbers = {str(each) for each in shown.xpath("//section[@class='manuscript']//a[@class='flag']/@href")}
    assert places
    assert numbers
    assert all(shown.xpath(f"//*[@id='{each[1:]}']") for each in places | numbers)


def test_the_figure_of_a_year_is_marked_together_with_the_words_behind_it(client: FlaskClient) -> None:
    marked = texts(page(send(client, BAD)), "//section[@class='manuscript']//mark")

    assert not [each for each in marked if each.startswith(("年", "”", "）"))]


def test_an_empty_passage_is_shown_with_examples_of_other_towns(client: FlaskClient) -> None:
    shown = page(send(client, BAD))

    towns = texts(shown, "//details[@class='examples']//p[@class='origin']/a[1]")
    assert towns
    assert "望杉镇" not in texts(shown, "//details[@class='examples']//p[@class='origin'][contains(., '澄岭县')]/a[1]")


def test_of_a_draft_without_faults_that_is_said(client: FlaskClient) -> None:
    shown = page(send(client, CLEAN))

    assert text(shown, "//h2[@id='findings-title']").startswith("没有发现问题")


def test_what_the_text_says_of_place_and_year_is_filled_in_and_said_where_from(client: FlaskClient) -> None:
    shown = page(send(client, BAD))

    assert [shown.get_element_by_id(f"draft-{each}").get("value") for each in ("town", "county", "year")] == [
        "望杉镇", "澄岭县", "2023",
    ]  # fmt: skip
    assert "标题里写的" in text(shown, "//p[contains(@class, 'known')]")


def test_what_the_writer_says_of_the_year_counts(client: FlaskClient) -> None:
    said = found(client, BAD, year="2024")

    assert any(words.startswith("“2023年”") or "标题写的是2023年" in words for words in said)


def test_the_draft_stands_in_the_box_again(client: FlaskClient) -> None:
    shown = page(send(client, BAD))

    assert shown.get_element_by_id("draft-text").text.strip() == BAD


def test_the_text_of_a_file_stands_in_the_box_and_what_was_typed_beside_it(client: FlaskClient) -> None:
    shown = page(send(client, "打了一半的字", **upload("草稿.txt", BAD.encode())))

    assert shown.get_element_by_id("draft-text").text.strip() == BAD
    assert "打了一半的字" in text(shown, "//details/textarea")


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("草稿.docx", b"PK\x03\x04 cut off", 400, "损坏"),
        ("草稿.exe", b"MZ", 415, "不支持的文件类型"),
        ("草稿.zip", b"PK\x03\x04", 415, "不支持的文件类型"),
        ("草稿.pdf", b"", 400, "空文件"),
        ("照片.txt", b"\x89PNG\r\n\x1a\n\0\0", 415, "图片"),
        ("空.txt", b" \n", 400, "没有文字"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words_and_the_typed_text_stays(
    client: FlaskClient, name: str, data: bytes, status: int, said: str
) -> None:
    answer = send(client, "打了一半的字", **upload(name, data))

    shown = page(answer)
    assert answer.status_code == status
    assert said in text(shown, "//div[@role='alert']")
    assert shown.get_element_by_id("draft-text").text.strip() == "打了一半的字"


@pytest.mark.parametrize(("name", "data"), [("扫描.pdf", scan(2)), ("照片.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0")])
def test_a_scan_is_refused_with_advice_that_helps_a_draft(client: FlaskClient, name: str, data: bytes) -> None:
    answer = send(client, **upload(name, data))

    said = text(page(answer), "//div[@role='alert']")
    assert answer.status_code in (400, 415)
    assert "复制后粘贴到框里" in said
    assert "search-app" not in said


@pytest.mark.parametrize("draft", ["", "  \n ", "。，；"])
def test_nothing_to_check_is_said_so(client: FlaskClient, draft: str) -> None:
    answer = send(client, draft)

    assert answer.status_code == 400
    assert "没有可以检查的文字" in text(page(answer), "//div[@role='alert']")


def test_a_text_that_is_too_long_is_refused_and_stays(client: FlaskClient) -> None:
    long = "法" * (MAX_CHARACTERS + 1)

    answer = send(client, long)

    assert answer.status_code == 413
    assert page(answer).get_element_by_id("draft-text").text.strip() == long


def test_a_file_that_is_too_large_is_refused_in_plain_words(client: FlaskClient) -> None:
    answer = client.post("/draft", data=bytes(MAX_DRAFT + 1), content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413
    assert "10 MB" in answer.get_data(as_text=True)
    assert page(answer).xpath("//p[@class='ways']/a[1]/@href") == ["/draft"]


@pytest.mark.parametrize("year", ["二〇二三", "99999", "-1", "1999"])
def test_a_year_that_cannot_be_meant_is_refused_and_the_field_marked(client: FlaskClient, year: str) -> None:
    answer = send(client, BAD, year=year)

    shown = page(answer)
    assert answer.status_code == 400
    assert shown.get_element_by_id("draft-year").get("aria-invalid") == "true"
    assert shown.get_element_by_id("draft-text").text.strip() == BAD


def test_what_stands_in_a_draft_is_text_and_never_markup(client: FlaskClient) -> None:
    answer = send(client, BAD + "\n" + sample.HOSTILE, town=sample.HOSTILE[:60])

    assert "<script>alert" not in answer.get_data(as_text=True)


def test_a_draft_that_another_site_sends_is_refused(client: FlaskClient) -> None:
    answer = send(client, BAD, origin="http://evil.example")

    assert (answer.status_code, "不是从本站的页面" in answer.get_data(as_text=True)) == (403, True)


def test_a_check_stands_in_line(app: Flask, client: FlaskClient) -> None:
    gate, places = state.of(app).gate, state.of(app).settings.threads
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "_patience", 0.0)
        for _ in range(places):
            gate.__enter__()
        try:
            answer = send(client, BAD)
        finally:
            for _ in range(places):
                gate.__exit__()

    assert answer.status_code == 503
    assert page(answer).get_element_by_id("draft-text").text.strip() == BAD


@pytest.mark.parametrize("form", ["docx", "xlsx", "md"])
def test_the_findings_are_saved_as_a_file(client: FlaskClient, form: str) -> None:
    answer = send(client, BAD, format=form)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    held = (
        answer.get_data()
        if form == "md"
        else b"".join(ZipFile(io.BytesIO(answer.get_data())).read(each) for each in names_of(answer))
    )
    assert "集镇夜市每晚八点" in held.decode("utf-8", "replace")


def names_of(answer: TestResponse) -> list[str]:
    return [each for each in ZipFile(io.BytesIO(answer.get_data())).namelist() if each.endswith(".xml")]


def test_a_format_that_does_not_exist_is_refused(client: FlaskClient) -> None:
    assert send(client, BAD, format="exe").status_code == 400


def test_a_fault_of_ours_says_nothing_of_the_draft_in_the_log(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object, draft: Draft, **__: object) -> None:
        raise ValueError(draft.text)

    monkeypatch.setattr(drafts, "check_draft", fail)
    with caplog.at_level(logging.DEBUG):
        answer = send(client, BAD)

    assert answer.status_code == 500
    assert ("ValueError" in caplog.text, "集镇夜市" in caplog.text) == (True, False)
    assert page(answer).get_element_by_id("draft-text").text.strip() == BAD


def test_no_check_says_anything_of_the_draft_in_the_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(client, BAD)
        send(client, **upload("机密草稿.docx", "集镇夜市每晚八点".encode()))
        send(client, "集镇夜市" * (MAX_CHARACTERS // 4 + 1))

    assert ("集镇夜市" in caplog.text, "机密草稿" in caplog.text) == (False, False)


def test_what_could_not_be_looked_at_in_time_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "give_seconds", lambda _: 0.0)

    shown = page(send(client, BAD))

    assert any("没有与别处比" in each for each in texts(shown, "//ul[@class='remarks']/li"))
    assert draft_check.SECONDS < 3
