"""Indexes that earlier versions made, kept as they made them: each is refused politely, and built anew by one run.

Whoever raises the schema version adds the index of the version before: two short reports, indexed by it, as a .zip.
"""

import pickle
from pathlib import Path
from zipfile import ZipFile

import pytest

from search_app.engines.base import IndexNewer
from search_app.engines.whoosh import WhooshEngine
from search_app.engines.whoosh.index.versions import SCHEMA_VERSION, versions
from search_app.errors import IndexOutdated
from search_app.indexing import update
from search_app.query import Search, Words
from tests.engines.building import filed
from tests.engines.contract import put

KEPT = sorted((Path(__file__).parent / "kept").glob("schema-*.zip"))


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir(mode=0o700)
    with ZipFile(request.param) as kept:
        kept.extractall(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


def test_an_index_of_an_earlier_version_is_outdated_and_unpickles_nothing(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an index is never unpickled")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    engine = WhooshEngine(index)

    assert engine.verify()
    for use in (lambda: engine.search(Search()), engine.status, engine.reports, lambda: put(engine, filed("甲.txt"))):
        with pytest.raises(IndexOutdated) as outdated:
            use()
        assert "search-app index" in outdated.value.hint


def test_the_next_run_builds_an_index_of_an_earlier_version_anew(index: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "石桥镇2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")
    engine = WhooshEngine(index)

    tally = update(engine, corpus, index=index)

    assert any("已从头重建" in warned.warning for warned in tally.warnings)
    assert engine.search(Search(query=Words(text="调解"))).total == 1
    assert engine.verify() == ()


def test_an_earlier_program_that_still_runs_answers_while_and_after_its_successor_builds_the_index_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, corpus = tmp_path / "index", tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "石桥镇2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")
    earlier, successor = WhooshEngine(index), WhooshEngine(index)
    update(earlier, corpus, index=index)
    asked, meanwhile = Search(query=Words(text="调解")), []

    with monkeypatch.context() as upgraded:
        for module in ("engine", "index.opened_index"):
            upgraded.setattr(f"search_app.engines.whoosh.{module}.versions", later_versions)
        update(successor, corpus, index=index, progress=lambda *_: meanwhile.append(earlier.search(asked).total))
        assert successor.search(asked).generation == "gen-000002"
    found = earlier.search(asked)

    assert meanwhile == [1]
    assert (found.total, found.generation) == (1, "gen-000001")
    assert "更新版本" in (earlier.status().problem or "")


def test_what_a_newer_program_built_alone_is_said_to_be_newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as upgraded:
        for module in ("engine", "index.opened_index"):
            upgraded.setattr(f"search_app.engines.whoosh.{module}.versions", later_versions)
        put(WhooshEngine(tmp_path / "index"), filed("甲.txt"))

    with pytest.raises(IndexOutdated, match="更新版本") as outdated:
        WhooshEngine(tmp_path / "index").search(Search())
    assert isinstance(outdated.value, IndexNewer)


def test_an_earlier_program_builds_no_index_over_a_newer_one_unless_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, corpus = tmp_path / "index", tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "石桥镇2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")
    update(WhooshEngine(index), corpus, index=index)
    with monkeypatch.context() as upgraded:
        for module in ("engine", "index.opened_index"):
            upgraded.setattr(f"search_app.engines.whoosh.{module}.versions", later_versions)
        update(WhooshEngine(index), corpus, index=index)
    before = (index / "CURRENT").read_bytes()

    with pytest.raises(IndexNewer) as refused:
        update(WhooshEngine(index), corpus, index=index)

    assert (index / "CURRENT").read_bytes() == before
    assert "--rebuild" in refused.value.hint
    assert update(WhooshEngine(index), corpus, index=index, rebuild=True).generation == "gen-000003"


def later_versions() -> dict[str, str]:
    return {**versions(), "schema": str(int(SCHEMA_VERSION) + 1)}
