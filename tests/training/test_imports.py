"""The programs that learn: what they may know, and the size and shape that every module keeps."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "training").glob("*.py"))
LONGEST = 300


def imported(path: Path) -> Iterator[str]:
    """Yield the top-level names that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.name))
def test_what_learns_imports_nothing_of_the_tests(path: Path) -> None:
    assert "tests" not in set(imported(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.name))
def test_every_module_of_training_says_what_it_is_for_and_stays_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(source))
    assert source.count("\n") <= LONGEST
