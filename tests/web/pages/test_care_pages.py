"""The lists of failures, copies and warnings: bounded on the page of all, whole and searchable on their own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search_app.checking import IndexStatus
from search_app.indexing import Warned
from search_app.indexing.duplicates import Duplicate
from search_app.indexing.known_failures import Failure
from search_app.settings import Settings
from search_app.web import create_app, state
from search_app.web.view_models.care_lists import FIRST, LEAF, Care, Entry, gather, kinds, turn_to
from tests.web import sample
from tests.web.reading_pages import page, text, texts

MANY = 11_008


def failing(number: int) -> Failure:
    return Failure(
        path=f"坏/{number}.docx", fingerprint="x", error=f"扫描件 {number} 页没有文字。", hint="请先识别文字。"
    )


STATE = IndexStatus(
    generation="gen-000001",
    warnings=(
        *(Warned(path=f"镇/{number}.txt", warning=f"第 {number} 页有 3 处损坏") for number in range(MANY - 8)),
        *(Warned(path=f"县/{number}.txt", warning="未找到标题层次，全文按段落编排") for number in range(8)),
        *(Warned(path=f"副本/{number}.txt", warning="与 原.txt 内容相同，只收录一份。") for number in range(30)),
    ),
    failed=tuple(map(failing, range(250))),
    duplicates=tuple(Duplicate(path=f"副本/{number}.txt", of="原.txt") for number in range(30)),
)


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    app = create_app(Settings(time_budget=0), engine=sample.engine())
    known = state.of(app).watch.status()
    with pytest.MonkeyPatch.context() as patch:
        told = replace(known, warnings=STATE.warnings, failed=STATE.failed, duplicates=STATE.duplicates)
        patch.setattr(state.Watch, "status", lambda _: told)
        yield app.test_client()


def test_the_page_of_all_shows_the_first_of_each_list_and_the_way_to_the_whole(client: FlaskClient) -> None:
    response = client.get("/about")
    about = page(response)

    assert len(response.get_data()) < 100_000
    for name, shown, total in (("failed", "failed", 250), ("copies", "copies", 30), ("warnings", "warned", MANY)):
        assert len(about.xpath(f"//details[@id='{shown}']//li")) == FIRST
        assert f"{total:,}" in text(about, f"//details[@id='{shown}']//a[@href='/about/{name}']")


@pytest.mark.parametrize(("care", "total"), [("failed", 250), ("copies", 30), ("warnings", MANY)])
def test_all_leaves_of_a_list_hold_all_of_it_once(client: FlaskClient, care: str, total: int) -> None:
    first = client.get(f"/api/v1/status/{care}").get_json()
    paths = [
        each["path"]
        for leaf in range(1, first["leaves"] + 1)
        for each in client.get(f"/api/v1/status/{care}?leaf={leaf}").get_json()["entries"]
    ]

    assert first["total"] == first["matching"] == total
    assert len(paths) == len(set(paths)) == total


def test_a_list_is_narrowed_by_words_of_name_or_remark(client: FlaskClient) -> None:
    shown = page(client.get("/about/warnings?find=县 标题"))

    assert len(texts(shown, "//ul[@id='entries']/li")) == 8
    assert "8 条" in text(shown, "//p[@role='status']")


def test_nothing_found_is_said(client: FlaskClient) -> None:
    assert "含“没有这样的”的有 0 条" in client.get("/about/failed?find=没有这样的").get_data(as_text=True)


def test_remarks_that_begin_alike_are_counted_with_the_way_to_them(client: FlaskClient) -> None:
    told = client.get("/api/v1/status/warnings").get_json()["kinds"]

    assert {"text": "未找到标题层次，全文按段落编排", "count": 8} in told
    for kind in told:
        assert client.get(f"/api/v1/status/warnings?find={kind['text']}").get_json()["matching"] == kind["count"]


def test_a_leaf_after_the_last_is_answered_with_the_way_back(client: FlaskClient) -> None:
    refused = client.get("/about/failed?leaf=99")

    assert refused.status_code == 404
    assert "/about/failed?leaf=3" in refused.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/about/other", "/api/v1/status/other"])
def test_a_list_that_there_is_not_is_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["leaf=0", "leaf=x", "find=a&find=b"])
def test_a_wrong_value_is_400(client: FlaskClient, query: str) -> None:
    assert client.get(f"/about/failed?{query}").status_code == 400
    assert client.get(f"/api/v1/status/failed?{query}").status_code == 400


def test_the_status_as_json_is_bounded_and_says_how_many_there_are(client: FlaskClient) -> None:
    told = client.get("/api/v1/status").get_json()

    assert [len(told[name]) for name in ("warnings", "failed", "duplicates")] == [LEAF, LEAF, 30]
    assert [told[f"{name}_total"] for name in ("warnings", "failed", "duplicates")] == [MANY + 30, 250, 30]


def test_what_is_a_copy_stands_in_one_list_only() -> None:
    lists = [gather(care, STATE, {}) for care in Care]

    assert [len(each) for each in lists] == [250, 30, MANY]


ENTRIES = st.lists(
    st.builds(Entry, path=st.sampled_from("甲乙丙丁"), text=st.text("一二3“，", max_size=6)), max_size=30
)


@given(ENTRIES, st.text("一二3甲 ", max_size=4), st.integers(1, 3))
def test_a_leaf_is_the_slice_of_a_plain_recount(entries: list[Entry], find: str, leaf: int) -> None:
    found = [each for each in entries if all(word in f"{each.path}\n{each.text}" for word in find.split())]

    shown = turn_to(Care.WARNINGS, entries, find=find, leaf=leaf)

    assert shown.matching == len(found)
    assert list(shown.entries) == found[(leaf - 1) * LEAF : leaf * LEAF]
    assert all(kind.count >= 1 for kind in kinds(entries))
