"""Numbered reports: a document number that is typed leads straight to its report."""

from dataclasses import replace

import pytest

from search_app.engines.base import Engine
from search_app.query import NoteKind
from search_app.searching import Request, Results, search
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine

NUMBERS = {
    "a.txt": "望政发〔2024〕3号", "b.txt": "云政发〔2024〕3号", "c.txt": "青街办发〔2024〕3号",
    "d.txt": "白政办〔2024〕3号", "e.txt": "望政发〔2023〕8号", "f.txt": None, "g.txt": "自编号三",
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Engine:
    made = ScanningEngine()
    with made.writing() as writer:
        for path, number in NUMBERS.items():
            report = replace(make_report(path, town="望杉镇"), document_number=number)
            writer.put(report, make_passages(report, "全年调解矛盾纠纷四十二件。"))
    return made


def direct(results: Results) -> list[str]:
    return [report.path for report in results.direct]


@pytest.mark.parametrize(
    "typed",
    [
        "望政发〔2024〕3号",
        "望政发[2024]3",
        "望政发 2024 3",
        "望政发（2024）3号",
        " 文号：望政发〔2024〕3号 ",
        "望政發〔2024〕3號",
    ],
)
def test_a_number_leads_to_its_report_however_it_is_typed(engine: Engine, typed: str) -> None:
    assert direct(search(engine, Request(text=typed))) == ["a.txt"]


def test_the_last_letters_of_the_issuer_are_enough_where_none_are_the_same(engine: Engine) -> None:
    assert direct(search(engine, Request(text="办发〔2024〕3号"))) == ["c.txt"]


def test_without_letters_three_are_offered_and_it_is_said_of_how_many(engine: Engine) -> None:
    results = search(engine, Request(text="〔2024〕3号"))

    assert direct(results) == ["a.txt", "b.txt", "c.txt"]
    (note,) = [note for note in results.notes if note.kind is NoteKind.NUMBERED]
    assert note.message.startswith("文号是〔2024〕3号的报告有 4 份，这里列出 3 份")


@pytest.mark.parametrize("typed", ["2023 8", "〔2023〕8", "[2023]8号", "(2023)8号"])
def test_a_number_of_one_report_alone_needs_no_letters(engine: Engine, typed: str) -> None:
    results = search(engine, Request(text=typed))

    assert direct(results) == ["e.txt"]
    assert not [note for note in results.notes if note.kind is NoteKind.NUMBERED]


@pytest.mark.parametrize("typed", ["望政发〔2024〕4号", "县政发〔2024〕3号", "调解 2024 3", "2024", "自编号三"])
def test_what_is_no_number_held_leads_nowhere(engine: Engine, typed: str) -> None:
    assert direct(search(engine, Request(text=typed))) == []


def test_nothing_is_said_to_be_missing_where_the_report_of_a_number_is_offered(engine: Engine) -> None:
    missing = {NoteKind.RELAXED, NoteKind.NO_MATCH}

    assert not missing & {note.kind for note in search(engine, Request(text="望政发〔2024〕3号")).notes}
    assert missing & {note.kind for note in search(engine, Request(text="望政发〔2024〕9号")).notes}


def test_a_town_and_year_still_lead_to_their_report(engine: Engine) -> None:
    assert direct(search(engine, Request(text="望杉镇的报告"))) == ["a.txt", "b.txt", "c.txt"]


def test_later_pages_offer_nothing(engine: Engine) -> None:
    assert direct(search(engine, Request(text="2023 8 或 调解", page=1, size=1))) == []
