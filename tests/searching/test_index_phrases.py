"""Index phrases: of a large index a sample is read, and read anew only once many reports have changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.model import Passage, Report
from search_app.searching import index_phrases, phrases_of
from tests.language.question.test_phrases import FILLING, THINGS, TOWNS, VERBS

_REPORTS = len(FILLING)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Return an index of which half of the reports are read."""
    monkeypatch.setattr(index_phrases, "MOST_READ", _REPORTS // 2)
    found = open_engine(tmp_path / "index")
    put(found, range(_REPORTS), "码头评理")
    yield found
    found.close()


def put(engine: Engine, numbers: Iterable[int], phrase: str, *, fingerprint: str = "读于 {}") -> None:
    """Put reports of which every third writes a phrase, each with its own fingerprint."""
    with engine.writing() as writer:
        for number in numbers:
            report = Report(
                id=f"{number:012x}",
                path=f"{number:02}.txt",
                county="澄岭县",
                town=TOWNS[number % 3],
                fingerprint=fingerprint.format(f"{number} {phrase}"),
            )
            at = number // 2  # of which every second is read
            said = f"{VERBS[at % 6]}{phrase}，{THINGS[at % 5]}{phrase}{THINGS[at % 6]}。" if at % 3 == 0 else ""
            text = FILLING[number][1] + said
            writer.put(report, (Passage(id=f"{report.id}-1", report=report.id, number=1, text=text),))


def test_what_was_learnt_from_a_sample_is_kept_while_few_reports_change(engine: Engine) -> None:
    before = phrases_of(engine)
    put(engine, [0, 1], "进村普法")
    after = phrases_of(engine)

    assert "码头评理" in before.estimated
    assert after.estimated is before.estimated


def test_what_is_kept_is_counted_in_the_generation_in_use(engine: Engine) -> None:
    before = phrases_of(engine).count(engine, "码头评理")
    put(engine, [0, 1], "进村普法")

    assert (before, phrases_of(engine).count(engine, "码头评理")) == (_REPORTS // 3, _REPORTS // 3 - 2)


def test_a_sample_is_read_anew_once_many_reports_have_changed(engine: Engine) -> None:
    phrases_of(engine)
    put(engine, range(_REPORTS // 2), "进村普法")

    assert "进村普法" in phrases_of(engine).estimated


def test_a_report_without_a_fingerprint_may_have_changed(engine: Engine) -> None:
    put(engine, range(_REPORTS), "码头评理", fingerprint="")
    before = phrases_of(engine)
    put(engine, [0], "码头评理", fingerprint="")

    assert phrases_of(engine).estimated is not before.estimated


def test_a_small_index_is_read_as_a_whole_each_time(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_phrases, "MOST_READ", _REPORTS)
    phrases_of(engine)
    put(engine, range(3), "进村普法")

    assert "进村普法" in phrases_of(engine).estimated
