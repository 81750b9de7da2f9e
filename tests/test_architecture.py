"""What ARCHITECTURE.md and CONTRIBUTING.md say of the code is so: rooms, paths, sizes, sentences, purity."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from tests.engines.contract import EngineContract

ROOT = Path(__file__).parent.parent
APP = ROOT / "search_app"
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MODULES = sorted(path for path in APP.rglob("*.py"))
#: What reads, writes, waits or knows the machine.
IMPURE = {"os", "io", "socket", "subprocess", "tempfile", "shutil", "time", "threading", "random", "pathlib"}
#: What of an engine asks nothing.
_NO_QUESTIONS = {"writing", "preparing", "hold", "close"}
DIGITS = {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}


def figure(pattern: str) -> int:
    """Return a number that CONTRIBUTING states."""
    found = re.search(pattern, CONTRIBUTING)
    assert found, pattern
    return DIGITS.get(found[1]) or int(found[1])


def rooms_said_to_be_pure() -> tuple[str, ...]:
    """Return the rooms that CONTRIBUTING says do no input or output, as paths below search_app."""
    found = re.search(r"Pure rooms: (.+?)\.\n", CONTRIBUTING, re.DOTALL)
    assert found
    return tuple(re.findall(r"`([^`]+)`", found[1]))


def exceptions_from_purity() -> set[str]:
    """Return the modules that CONTRIBUTING excepts, as paths below search_app."""
    found = re.search(r"Excepted is\s(.+?)\.\n", CONTRIBUTING, re.DOTALL)
    assert found
    return set(re.findall(r"`([\w/]+\.py)`", found[1]))


def pure_modules() -> Iterator[Path]:
    """Yield the modules of the rooms that are said to be pure."""
    for room in rooms_said_to_be_pure():
        path = APP / room
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def test_every_folder_with_code_has_a_heading_and_every_heading_a_folder() -> None:
    folders = {path.name for path in APP.iterdir() if path.is_dir() and not path.name.startswith("_")} - {"static"}
    headed = set(re.findall(r"^### `(\w+)/`", ARCHITECTURE, re.MULTILINE))

    assert headed == folders


def test_every_path_in_the_page_is_there() -> None:
    named = [
        (room, path) for room, text in _sections() for path in re.findall(r"`((?:[a-z_]+/)*[a-z_]+[./][a-z]*)`", text)
    ]
    lost = [path for room, path in named if not any((root / path).exists() for root in (room, APP, ROOT))]

    assert len(named) > 40
    assert lost == []


def test_every_module_named_in_a_room_is_in_it() -> None:
    for room, text in _sections():
        if room != ROOT:
            held = {path.stem for path in room.rglob("*.py")} | {path.stem for path in APP.iterdir()}
            named = set(re.findall(r"`([a-z_]+)`", text))
            assert named <= held | {"tests", "training"}, room.name


def _sections() -> Iterator[tuple[Path, str]]:
    """Yield the parts of the page, each with the folder that its paths are relative to."""
    for part in re.split(r"^##+ ", ARCHITECTURE, flags=re.MULTILINE):
        room = re.match(r"`(\w+)/`", part)
        yield (APP / room[1] if room else ROOT), part


def test_the_twelve_most_usual_changes_are_told() -> None:
    rows = re.findall(r"^\| (?!change|-)(.+?) \| (.+?) \|$", ARCHITECTURE, re.MULTILINE)

    assert len(rows) == 12
    assert all("`" in files for _, files in rows)


def test_the_page_is_one_page() -> None:
    assert ARCHITECTURE.count("\n") <= 110


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_are_as_short_as_is_said(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]

    assert source.count("\n") <= figure(r"modules of at most (\d+) lines"), "a second room wants to be named"
    most = figure(r"functions of at most (\d+) lines")
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= most] == []


def test_the_engine_asks_as_many_questions_as_is_said() -> None:
    questions = [name for name in vars(Engine) if not name.startswith("_") and name not in _NO_QUESTIONS]

    assert len(questions) == figure(r"names (\w+) questions")


def test_the_sentences_of_the_contract_are_numbered_without_a_gap_and_have_tests() -> None:
    section = CONTRIBUTING.partition("## The engine contract")[2].partition("\n## ")[0]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", section, re.MULTILINE)]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len([name for name in vars(EngineContract) if name.startswith("test_")]) >= len(numbers)


@pytest.mark.parametrize("path", tuple(pure_modules()), ids=lambda path: str(path.relative_to(APP)))
def test_a_pure_room_reads_nothing_but_its_tables_and_keeps_no_state(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {name for node in ast.walk(tree) for name in _imported(node)}
    rebound = [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    impure = sorted(imported & IMPURE)

    if str(path.relative_to(APP)) in exceptions_from_purity():
        assert impure, "no exception any more: say so in CONTRIBUTING.md"
    else:
        assert not impure
        assert not rebound


def _imported(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (name.name.partition(".")[0] for name in names)
        case ast.ImportFrom(module=str(module)):
            yield module.partition(".")[0]
