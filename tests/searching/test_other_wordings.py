"""Other wordings: a passage is said to hold a synonym only where it lacks the words that were typed."""

import pytest

from search_app.engines.base import Engine
from search_app.searching import Request, search
from tests.engines.building import filed
from tests.engines.contract import put
from tests.engines.scanning import ScanningEngine


@pytest.fixture(scope="module")
def engine() -> Engine:
    made = ScanningEngine()
    put(
        made,
        filed("1.txt", "便民服务中心设十个窗口。"),
        filed("2.txt", "服务大厅设五个窗口，便民服务中心分设两处。"),
        filed("3.txt", "设十个窗口。", headings=("（一）便民服务中心",)),
    )
    return made


def said(engine: Engine, text: str, **switches: bool) -> dict[str, tuple[str, ...]]:
    found = search(engine, Request(text=text, **switches))  # type: ignore[arg-type]
    return {hit.match.report.path: hit.other_wordings for hit in found.hits}


def test_a_synonym_in_text_or_heading_is_named_where_the_typed_word_is_lacking(engine: Engine) -> None:
    found = said(engine, "服务大厅")

    assert "便民服务中心" in found["1.txt"]
    assert "便民服务中心" in found["3.txt"]
    assert found["2.txt"] == ()


def test_words_that_the_table_does_not_have_name_nothing(engine: Engine) -> None:
    assert set(said(engine, "窗口").values()) == {()}


def test_without_other_wordings_none_is_named(engine: Engine) -> None:
    assert set(said(engine, "服务大厅", also=False).values()) == {()}
