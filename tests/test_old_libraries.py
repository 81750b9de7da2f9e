"""Libraries older than Python 3.12 say nothing to a clerk about how their sources are written."""

import subprocess
import sys
from pathlib import Path

import pytest

from search_app.old_libraries import import_quietly

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("kind", [SyntaxWarning, DeprecationWarning])
def test_what_is_wrong_with_the_text_of_a_library_is_not_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Warning], recwarn: pytest.WarningsRecorder
) -> None:
    name = f"an_old_{kind.__name__.lower()}"
    said = f"warnings.warn('invalid escape sequence', {kind.__name__})"  # as 3.11 and 3.12 say it
    (tmp_path / f"{name}.py").write_text(f"import warnings\n{said}\npattern = '\\.'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    assert import_quietly(name).pattern == "\\."
    assert not recwarn.list


@pytest.mark.parametrize(
    "first_use",
    [
        "from search_app.language.analysis import tokenizer; tokenizer._jieba()",
        "from search_app.language.analysis import tokenizer; tokenizer.lay_out()",
        "import search_app.engines.whoosh.interop.stock_index",
    ],
)
def test_compiled_at_first_use_the_old_libraries_give_no_warning(first_use: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c", first_use],  # nothing compiled yet
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (done.returncode, done.stderr) == (0, "")
