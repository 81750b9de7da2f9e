"""What is prepared beside an index: found only with its own key, sound, and the same as what is made without it."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from search_app import prepared_tables
from search_app.prepared_tables import SPELLING, derived_key, find, is_kept, keep, use

CORPUS = Path(__file__).parent.parent / "corpus" / "枕河区"
KEY, OTHER = "a" * 24, "b" * 24
QUERIES = ("法律顾问", "调节 矛盾纠纷", "tiaojie", "房子是偷着盖的怎么办", "非法经营", "2023年村规民约")


@pytest.fixture(autouse=True)
def nothing_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin as a new process does."""
    monkeypatch.setattr(prepared_tables, "_folders", {})
    monkeypatch.setattr(prepared_tables, "_languages", {})


def run(*arguments: str, index: Path) -> str:
    """Return what a new process prints."""
    command = [sys.executable, "-m", "search_app", *arguments, "--index", str(index), "--corpus", str(CORPUS)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("prepared") / "index"
    run("index", "--jobs", "1", index=index)
    return index


def test_what_was_kept_is_found_with_its_key(tmp_path: Path) -> None:
    keep(tmp_path, SPELLING, KEY, {"words": ["甲"]}, {"numbers": np.arange(3)})
    use(tmp_path)

    found = find(SPELLING, KEY)
    assert found is not None
    assert found.meta["words"] == ["甲"]
    assert found["numbers"].tolist() == [0, 1, 2]
    assert find(SPELLING, OTHER) is None


def test_a_newer_one_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    keep(tmp_path, SPELLING, KEY, {}, {})
    keep(tmp_path, SPELLING, OTHER, {}, {})

    assert not is_kept(tmp_path, SPELLING, KEY)
    assert is_kept(tmp_path, SPELLING, OTHER)


def test_what_was_damaged_or_renamed_is_not_found(tmp_path: Path) -> None:
    keep(tmp_path, SPELLING, KEY, {}, {"numbers": np.arange(100_000)})
    (path,) = tmp_path.iterdir()
    path.with_name(path.name.replace(KEY, OTHER)).write_bytes(path.read_bytes())
    raw = bytearray(path.read_bytes())
    raw[1000] ^= 1
    path.write_bytes(raw)
    use(tmp_path)

    assert find(SPELLING, KEY) is None
    assert find(SPELLING, OTHER) is None


@pytest.mark.parametrize("content", [b"", b"\x80\x04N.", b"SAARRAY2" * 9])
def test_a_foreign_file_in_its_place_is_not_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{SPELLING}-{KEY}.prepared").write_bytes(content)
    use(tmp_path)

    assert find(SPELLING, KEY) is None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("somebody's", encoding="utf-8")

    keep(tmp_path / "taken", SPELLING, KEY, {}, {})
    keep(tmp_path / "taken" / "below", SPELLING, KEY, {}, {})

    assert (tmp_path / "taken").read_text(encoding="utf-8") == "somebody's"


def test_a_folder_that_nobody_made_yet_is_made(tmp_path: Path) -> None:
    keep(tmp_path / "index", SPELLING, KEY, {}, {})

    assert is_kept(tmp_path / "index", SPELLING, KEY)


def test_the_key_changes_with_a_table_and_with_what_it_is_made_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "synonyms.txt"
    table.write_text("甲乙 = 丙丁", encoding="utf-8")
    monkeypatch.setattr(prepared_tables, "_sources", lambda: iter([table]))
    before = prepared_tables.sources_key.__wrapped__()
    os.utime(table, ns=(1, 1))

    assert prepared_tables.sources_key.__wrapped__() != before
    assert derived_key("gen-1") != derived_key("gen-2")


def test_searches_answer_alike_with_and_without_what_is_prepared(indexed: Path) -> None:
    code = (
        "import sys, json, contextlib, io\n"
        "from search_app.cli import run\n"
        "for query in sys.argv[2:]:\n"
        "    out = io.StringIO()\n"
        "    with contextlib.redirect_stdout(out):\n"
        "        run(['search', query, '--json', '--index', sys.argv[1]])\n"
        "    answer = json.loads(out.getvalue())\n"
        "    answer.pop('took_ms')\n"
        "    print(json.dumps(answer, sort_keys=True))\n"
        "print('rjieba' in sys.modules or 'jieba' in sys.modules)\n"
    )

    def answers() -> list[str]:
        command = [sys.executable, "-c", code, str(indexed), *QUERIES]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True)
        return done.stdout.splitlines()

    *prepared, loads_jieba = answers()
    assert loads_jieba == "False"
    for path in indexed.glob("*.prepared"):
        path.unlink()
    *made, loads_jieba = answers()
    assert loads_jieba == "True"

    assert len(prepared) == len(QUERIES)
    assert prepared == made
