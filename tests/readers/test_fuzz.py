"""Broken bytes: whatever happens to a file, reading it ends in a Document or a ReadError."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.errors import ReadError
from search_app.model import Document
from search_app.readers import doc_reader, reading
from tests.readers import fuzzing

FIXTURES = Path(__file__).parent / "fixtures"
SAMPLES = sorted(path for path in FIXTURES.glob("sample.*") if path.suffix != ".json")
ROUNDS = 60


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the fuzz to our own code; an office suite would take a second per file."""
    monkeypatch.setattr(doc_reader, "to_docx", lambda _: None)


def outcome(path: Path) -> Document | ReadError:
    try:
        return reading.read_bytes(path.read_bytes(), path.name)
    except ReadError as error:
        return error


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some overwritten, a stretch taken out, doubled or zeroed, or the end cut off."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    at, size = chance.randrange(len(broken)), chance.choice((1, 16, 512))
    match chance.randrange(5):
        case 0:
            del broken[at : at + size]
        case 1:
            broken[at:at] = broken[at : at + size]
        case 2:
            broken[at : at + size] = bytes(len(broken[at : at + size]))
        case 3:
            del broken[at:]
    return bytes(broken)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.suffix)
def test_a_mutated_file_ends_in_a_document_or_a_read_error(sample: Path, tmp_path: Path) -> None:
    data, path = sample.read_bytes(), tmp_path / sample.name
    for seed in range(ROUNDS):
        path.write_bytes(mutated(data, random.Random(seed)))

        found = outcome(path)

        assert isinstance(found, Document | ReadError), seed


def test_five_hundred_broken_files_end_in_a_labelled_report_or_a_read_error() -> None:
    found = fuzzing.run(500, seed=7)

    assert found.faults == []
    assert found.tried == 500
    assert found.ends["report"] > 100


@pytest.mark.parametrize("kind", ["mht", "zip", "meta.toml", "toml.md", "yaml.md"])
def test_what_stands_around_a_report_ends_in_an_answer_however_broken(kind: str) -> None:
    found = fuzzing.run(150, seed=11, kinds=(kind,))

    assert found.faults == []
    assert found.tried == 150


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".rtf"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes_end_in_a_document_or_a_read_error(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes((b"{\\rtf1 " if suffix == ".rtf" else b"") + data)

    assert isinstance(outcome(path), Document | ReadError)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=200), suffix=st.sampled_from([".txt", ".md", ".html"]))
def test_blocks_are_lines_without_breaks_or_invisible_characters(text: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    found = outcome(path)
    if isinstance(found, Document):
        for block in found.blocks:
            assert block.text.strip()
            assert block.kind == "table" or "\n" not in block.text
            assert not {"\0", "\ufeff", "\u200b", "\u202e"} & set(block.text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.text(alphabet="一二三法治镇（）、。 \u3000a1\t", max_size=30), min_size=1, max_size=12))
def test_a_text_file_keeps_every_visible_character(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("\n".join(lines), encoding="utf-8")

    found = outcome(path)

    read_back = "".join(block.text for block in found.blocks) if isinstance(found, Document) else ""
    assert not isinstance(found, Document) or "".join(read_back.split()) == "".join("".join(lines).split())
