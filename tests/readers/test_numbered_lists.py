"""Automatic numbers in files that an office suite wrote: those that the suite itself shows."""

import re
from pathlib import Path

import pytest

from search_app.model import Document
from search_app.readers import read, read_bytes
from tests.readers.numbered_lists import FOLDER, document


def shown(found: Document) -> str:
    """Return the text without blanks and without the lines of cells."""
    return re.sub(r"[\s|]+", "", "".join(block.text for block in found.blocks))


@pytest.fixture(scope="module")
def expected() -> str:
    return re.sub(r"\s+", "", (FOLDER / "numbers.txt").read_text(encoding="utf-8-sig"))


@pytest.mark.parametrize("name", ["numbers.docx", "numbers.doc", "numbers.rtf"])
def test_the_numbers_are_those_that_the_office_suite_shows(name: str, expected: str) -> None:
    assert shown(read(Path(FOLDER / name))) == expected


def test_the_source_of_them_all_reads_the_same(expected: str) -> None:
    assert shown(read_bytes(document(), "numbers.docx")) == expected
