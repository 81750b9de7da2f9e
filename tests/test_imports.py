"""What importing costs, and the size and shape that every module keeps."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "search_app").rglob("*.py"))
HEAVY = (
    "whoosh", "jieba", "rjieba", "flask", "numpy", "lxml", "pypdfium2", "pypdf", "markdown", "nh3", "waitress", "docx",
    "xlsxwriter", "prometheus_client",
)  # fmt: skip
LONGEST = 400


def modules_loaded_by(statement: str) -> set[str]:
    """Return the top-level names that a fresh interpreter holds after the statement."""
    code = f"{statement}\nimport sys\nprint(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    return set(run.stdout.split())


def test_the_command_line_starts_without_any_heavy_library() -> None:
    loaded = modules_loaded_by("import search_app.cli")

    assert not loaded & set(HEAVY)


def test_the_whole_question_can_be_asked_without_an_engine_or_a_tokeniser_loaded() -> None:
    loaded = modules_loaded_by(
        "import search_app.query, search_app.searching, search_app.indexing, search_app.json_shapes"
    )

    assert not loaded & set(HEAVY)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for_and_stays_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not source.strip() or ast.get_docstring(ast.parse(source)), "a module with code needs a docstring"
    assert source.count("\n") <= LONGEST, "too long: a second room wants to be named"


@pytest.mark.parametrize("name", ["search_app.language", "search_app.labelling"])
def test_what_a_package_exports_lazily_is_there_and_nothing_else(name: str) -> None:
    package = import_module(name)

    assert all(getattr(package, each) is not None for each in package.__all__)
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        package.nothing_of_the_kind  # noqa: B018 - asking is the test


@pytest.mark.parametrize(
    "command", ["", "index", "search", "export", "show", "similar", "compare", "inspect", "serve", "status", "backup"]
)
def test_a_command_loads_only_its_own_room_and_no_more_than_a_help_page_needs(command: str) -> None:
    loaded = modules_loaded_by(
        f"import contextlib, io\nfrom search_app.cli import run\nwith contextlib.redirect_stdout(io.StringIO()):\n"
        f"    run({[command, '--help'] if command else []})"
    )

    assert not loaded & set(HEAVY)
