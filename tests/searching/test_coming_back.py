"""What a search keeps to when it is asked for what is new, or for nothing that is only near."""

import pytest

from search_app.engines.lineage import mark
from search_app.errors import NoSuchGeneration, NoSuchText
from search_app.language.analysis.text_digest import digest_text
from search_app.query import NoteKind
from search_app.searching import Request, find_cited, search
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine


@pytest.fixture
def grown(engine: ScanningEngine) -> ScanningEngine:
    """Give the shared sample with one more report, in a generation of its own."""
    report = make_report("c/石湾镇2023.txt", town="石湾镇")
    with engine.writing() as writer:
        writer.put(report, make_passages(report, "聘请法律顾问三名，开展行政执法培训。"))
    return engine


def test_what_is_new_is_found_and_a_note_says_since_when(grown: ScanningEngine) -> None:
    found = search(grown, Request(text="法律顾问", since="gen-000001"))

    assert [hit.match.report.town for hit in found.hits] == ["石湾镇"]
    note = next(each for each in found.notes if each.kind is NoteKind.SINCE)
    assert "（第 1 代索引）之后新增的段落" in note.message


def test_what_a_question_means_does_not_depend_on_what_is_new(grown: ScanningEngine) -> None:
    found = search(grown, Request(text="茶馆议事角", since="gen-000001"))

    assert found.found.total == 0
    assert not found.relaxed
    assert [(each.name, each.total) for each in found.without] == [("since", 1)]


def test_all_filters_together_are_named_where_only_all_of_them_hide_what_there_is(grown: ScanningEngine) -> None:
    found = search(grown, Request(text="茶馆议事角", exemplary=True, since=mark(grown.status().current)))

    assert {each.name for each in found.without} == {"since", "all"}


@pytest.mark.parametrize("text", ["法律顾问", "", "没有的词"])
def test_a_generation_that_is_not_known_is_refused_whatever_is_asked(grown: ScanningEngine, text: str) -> None:
    with pytest.raises(NoSuchGeneration):
        search(grown, Request(text=text, since="gen-000009"))


@pytest.mark.parametrize("text", ["法律顾问 无人机", "茶馆议事角 无人机巡查", "法侓顾问 无人机"])
def test_strictly_asked_nothing_stands_in_for_what_is_not_there(grown: ScanningEngine, text: str) -> None:
    loosely, strictly = (search(grown, Request(text=text, strict=strict)) for strict in (False, True))

    assert loosely.near_total > 0
    assert (strictly.found.total, strictly.near_total, strictly.relaxed) == (0, 0, False)


def test_strictly_asked_other_wordings_and_what_is_meant_still_count(grown: ScanningEngine) -> None:
    found = search(grown, Request(text="石湾镇怎么做的法律顾问", strict=True))

    assert [hit.match.report.town for hit in found.hits] == ["石湾镇"]


def test_a_cited_text_is_found_in_the_report_meant_and_in_others(grown: ScanningEngine) -> None:
    digest = digest_text("聘请法律顾问三名，开展行政执法培训。")

    found = find_cited(grown, digest, lambda report: report.town == "石湾镇")
    elsewhere = find_cited(grown, digest, lambda report: report.town == "湖口镇")

    assert ([each.report.town for each in found.here], found.elsewhere) == (["石湾镇"], ())
    assert ([each.report.town for each in elsewhere.elsewhere], elsewhere.here) == (["石湾镇"], ())
    with pytest.raises(NoSuchText):
        find_cited(grown, digest + 1, lambda _: True)


@pytest.mark.parametrize("odd", ["昨天", "gen"])
def test_what_names_no_generation_is_called_so(grown: ScanningEngine, odd: str) -> None:
    with pytest.raises(NoSuchGeneration) as told:
        search(grown, Request(text="法律顾问", since=odd))

    assert told.value.message == f"“{odd}”不是一代索引的名字"
