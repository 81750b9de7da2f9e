"""How much of odd files is read, pinned per format; ``python -m benchmarks.recall_office`` measures more."""

import pytest

from benchmarks.making_office import files
from benchmarks.recall_office import held, measured, ours, rows

#: The least share of the text that must be read, and of what is read that must be in the file.
FLOORS = {
    ".txt": (0.99, 0.99), ".md": (0.99, 0.95), ".html": (0.99, 0.99), ".mht": (0.99, 0.99), ".rtf": (0.99, 0.98),
    ".doc": (0.99, 0.99), ".docx": (0.99, 0.98), ".xlsx": (0.99, 0.98), ".pptx": (0.99, 0.95), ".ofd": (0.99, 0.99),
}  # fmt: skip
FOUND = measured(said for seed in (101, 102) for said in files(seed))


def test_every_format_but_pdf_is_measured() -> None:
    assert set(FOUND) == set(FLOORS)


@pytest.mark.parametrize("kind", FLOORS)
def test_a_format_is_read_as_well_as_it_was(kind: str) -> None:
    recall, precision = FLOORS[kind]
    results = FOUND[kind]

    assert [name for name, each in results if each.recall < recall - 0.04] == []
    assert sum(each.recall for _, each in results) >= recall * len(results)
    assert sum(each.precision for _, each in results) >= precision * len(results)


def test_what_is_not_read_lowers_the_recall() -> None:
    said = next(each for each in files(103) if each.name.endswith("plain.rtf"))

    assert held("\n".join(said.lines), said).recall == 1.0
    assert held("\n".join(said.lines[: len(said.lines) // 2]), said).recall < 0.7
    assert held("别的文字" * 99, said).precision < 0.1


def test_what_another_reader_does_not_read_at_all_is_named_and_left_out_of_a_second_line() -> None:
    found = [*files(0), *files(1)]
    results = [
        (said.name, held("" if "boxes" in said.name else ours(said), said)) for said in found if "docx" in said.name
    ]

    whole, rest = rows(".docx", "another", results)

    assert " 0.900 " in whole
    assert "without what it does not read (boxes.docx)" in rest
    assert " 1.000 " in rest
