"""What an index knows of the program that read its files: another reader reads them again."""

import importlib.resources
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.indexing import sources


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    sources._program.cache_clear()
    yield
    sources._program.cache_clear()


def test_a_reader_that_changed_reads_all_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    readers = tmp_path / "readers"
    shutil.copytree(str(importlib.resources.files("search_app.readers")), readers)
    real = importlib.resources.files
    monkeypatch.setattr(sources, "files", lambda name: readers if name.endswith("readers") else real(name))
    before = sources.understanding()
    sources._program.cache_clear()
    with (readers / "pdf_lines.py").open("a", encoding="utf-8") as module:
        module.write("# more is read\n")

    assert sources.understanding() != before


def test_the_same_program_has_one_name() -> None:
    first = sources.understanding()
    sources._program.cache_clear()

    assert sources.understanding() == first
