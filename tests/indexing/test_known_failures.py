"""Files that failed: not read again as long as they are the same, unless the reason may have passed."""

from pathlib import Path

import pytest

from search_app.errors import PassingFault
from search_app.indexing import Tally, run, update
from search_app.indexing.sources import Source
from search_app.indexing.workers import prepare_all
from tests.engines.scanning import ScanningEngine


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "石桥镇2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷二十起。", encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"no package")
    (tmp_path / "index").mkdir()
    return folder


class Runs:
    """Runs over one corpus, with the files that each of them read."""

    def __init__(self, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.engine, self.corpus, self.read = ScanningEngine(), corpus, list[str]()

        def spying(work: tuple[tuple[Source, str], ...], *args: object, **kwargs: object) -> object:
            self.read += [source.path for source, _ in work]
            return prepare_all(work, *args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(run, "prepare_all", spying)

    def again(self, **options: bool) -> Tally:
        self.read.clear()
        return update(self.engine, self.corpus, index=self.corpus.parent / "index", **options)  # type: ignore[arg-type]


@pytest.fixture
def runs(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    made = Runs(corpus, monkeypatch)
    made.again()
    return made


def test_an_unchanged_failure_is_told_again_and_not_read_again(runs: Runs) -> None:
    first = runs.again(retry_failed=True)
    second = runs.again()

    assert runs.read == []
    told = [[(each.path, each.message, each.hint) for each in tally.failed] for tally in (first, second)]
    assert told[0] == told[1] != []
    assert [each.path for each in second.warnings] == ["读不出来的文件"]


@pytest.mark.parametrize("option", ["retry_failed", "rebuild"])
def test_what_failed_is_read_again_where_that_is_asked_for(runs: Runs, option: str) -> None:
    tally = runs.again(**{option: True})

    assert "坏.docx" in runs.read
    assert [each.path for each in tally.failed] == ["坏.docx"]


def test_a_failure_that_was_mended_is_read(runs: Runs) -> None:
    (runs.corpus / "坏.docx").unlink()
    (runs.corpus / "坏.txt").write_text("普法讲座三场。", encoding="utf-8")

    assert runs.again().failed == ()
    assert runs.read == ["坏.txt"]


def test_a_changed_file_that_failed_is_read_again(runs: Runs) -> None:
    (runs.corpus / "坏.docx").write_bytes(b"another that is no package")

    assert [each.path for each in runs.again().failed] == ["坏.docx"]
    assert runs.read == ["坏.docx"]


def test_a_failure_whose_reason_may_have_passed_is_read_again(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(work: tuple[tuple[Source, str], ...], *_: object, **__: object) -> object:
        yield from ((source, PassingFault(source.path, "文件打不开")) for source, _ in work)

    with monkeypatch.context() as patch:
        patch.setattr(run, "prepare_all", failing)
        runs.again(retry_failed=True)
    runs.again()

    assert runs.read == ["坏.docx"]
