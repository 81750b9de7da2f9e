"""Migration: all reports arrive in one step, what does not is told, and nothing is overwritten unasked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.errors import ConfigError, IndexMissing, IndexProblem
from search_app.indexing.migration import migrate
from search_app.indexing.sampled_answers import ASKED
from search_app.model import Found
from search_app.query import Search
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine

TEXTS = ("设立“茶馆议事角”，全年调解矛盾纠纷四十二件。", "聘请法律顾问两名，审查合同十五份。", "组织学法四次。")


def put(engine: Engine, path: str, *texts: str, rebuild: bool = False) -> None:
    report = make_report(path, town="湖口镇")
    with engine.writing(rebuild=rebuild) as writer:
        writer.put(report, make_passages(report, *texts, headings=("一、主要举措",)))


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Engine]:
    """Give an embedded index of three reports, one of which was replaced."""
    engine = open_engine(tmp_path / "index")
    put(engine, "甲.txt", "旧的一段。")
    for path in ("甲.txt", "乙.txt", "丙.txt"):
        put(engine, path, *TEXTS)
    yield engine
    engine.close()


def test_all_that_is_held_arrives_and_is_found_alike(source: Engine) -> None:
    target = ScanningEngine()

    done = migrate(source, target)

    assert (done.ok, done.reports, done.passages, done.asked) == (True, 3, 9, ASKED)
    assert target.fingerprints() == source.fingerprints()
    assert target.report(source.reports()[0].id) == source.report(source.reports()[0].id)


def test_an_empty_index_arrives_too(tmp_path: Path) -> None:
    source = open_engine(tmp_path / "index")
    with source.writing():
        pass

    done = migrate(source, ScanningEngine())

    assert (done.ok, done.reports, done.asked) == (True, 0, 1)


def test_how_far_it_is_is_told(source: Engine) -> None:
    copied: list[tuple[int, int, str]] = []
    compared: list[tuple[int, int, str]] = []

    migrate(
        source,
        ScanningEngine(),
        copying=lambda *told: copied.append(told),
        comparing=lambda *told: compared.append(told),
    )

    assert [each[:2] for each in copied] == [(1, 3), (2, 3), (3, 3)]
    assert compared[-1][:2] == (ASKED, ASKED)


def test_what_the_target_holds_is_not_overwritten_unasked(source: Engine) -> None:
    target = ScanningEngine()
    put(target, "别的.txt", "别的一段。")

    with pytest.raises(ConfigError, match="1 份报告") as refused:
        migrate(source, target)

    assert "--force" in refused.value.hint
    assert [report.path for report in target.reports()] == ["别的.txt"]
    assert migrate(source, target, force=True).ok
    assert len(target.reports()) == 3


def test_without_an_index_there_is_nothing_to_migrate(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        migrate(open_engine(tmp_path / "index"), ScanningEngine())


def test_an_index_that_is_updated_meanwhile_is_not_migrated(source: Engine) -> None:
    target = ScanningEngine()
    told: list[int] = []

    def update(*_: object) -> None:
        if not told:
            told.append(1)
            put(source, "丁.txt", *TEXTS)

    with pytest.raises(IndexProblem, match="更新了"):
        migrate(source, target, copying=update)

    with pytest.raises(IndexMissing):
        target.status()


class Losing(ScanningEngine):
    """Finds one passage less than it should."""

    def search(self, search: Search) -> Found:
        found = super().search(search)
        return replace(found, total=max(0, found.total - 1))


class Reordering(ScanningEngine):
    """Lists the first passage of an answer last."""

    def search(self, search: Search) -> Found:
        found = super().search(search)
        return replace(found, matches=(*found.matches[1:], *found.matches[:1]))


@pytest.mark.parametrize("target", [Losing(), Reordering()])
def test_answers_that_differ_are_told(target: ScanningEngine, source: Engine) -> None:
    done = migrate(source, target)

    assert not done.ok
    assert done.problems == ()
    assert all(each.question and each.what for each in done.different)


class Forgetful(ScanningEngine):
    """Holds other content of a report than was put."""

    def fingerprints(self) -> dict[str, str]:
        return dict.fromkeys(super().fingerprints(), "0" * 64)


def test_reports_that_did_not_arrive_are_told(source: Engine) -> None:
    assert migrate(source, Forgetful()).problems == ("3 份报告没有到，或内容不同；0 份是多出来的",)
