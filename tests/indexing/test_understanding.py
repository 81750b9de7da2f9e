"""What an index was understood with: an edited table or reader must not leave old texts in it."""

from importlib.resources import files
from pathlib import Path

import pytest

from search_app.indexing import sources


def test_an_edited_reader_is_another_understanding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sources._program.__wrapped__()
    for module in files("search_app.readers").iterdir():
        if module.name.endswith(".py"):
            (tmp_path / module.name).write_bytes(module.read_bytes())
    monkeypatch.setattr(sources, "files", lambda name: tmp_path if name == "search_app.readers" else files(name))
    same = sources._program.__wrapped__()
    (tmp_path / "rtf_reader.py").write_text("# edited\n", encoding="utf-8")

    assert same == before
    assert sources._program.__wrapped__() != before
