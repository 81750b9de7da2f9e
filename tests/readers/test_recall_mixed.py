"""One run over a mixed folder: nothing is lost, and of each format as much is found in the index as is pinned here.

``python -m benchmarks.recall --mixed 14`` does the same with a thousand files, and with programs that make and read
files beside ours.
"""

import pytest

from benchmarks.recall_mixed import Ran, lines_of, run

#: The least share of what was written that must be in the index, and of what is there that was written.
FLOORS = {
    ".doc": (0.99, 0.97), ".docx": (0.99, 0.96), ".html": (0.99, 0.97), ".md": (0.99, 0.94), ".mht": (0.99, 0.97),
    ".ofd": (0.99, 0.97), ".pdf": (0.98, 0.85), ".pptx": (0.99, 0.94), ".rtf": (0.99, 0.96), ".txt": (0.99, 0.96),
    ".xlsx": (0.99, 0.96),
}  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run(tmp_path_factory.mktemp("mixed"), 1, programs=False)


def test_every_file_is_in_the_index_or_listed_with_a_reason(done: Ran) -> None:
    assert len(done.made) > 100
    assert done.lost == []
    assert all(error.reason and error.hint for error in done.tally.failed)


def test_what_says_nothing_readable_is_what_fails(done: Ran) -> None:
    silent = {each.path for each in done.made if each.said is None}

    assert {error.path for error in done.tally.failed} <= silent


@pytest.mark.parametrize("kind", FLOORS)
def test_a_format_stands_in_the_index_as_it_was_written(done: Ran, kind: str) -> None:
    results = [held for (suffix, _), found in done.held.items() if suffix == kind for _, held in found]
    recall, precision = FLOORS[kind]

    assert results
    assert sum(each.recall for each in results) >= recall * len(results)
    assert sum(each.precision for each in results) >= precision * len(results)


def test_every_format_is_measured(done: Ran) -> None:
    assert {suffix for suffix, _ in done.held} == set(FLOORS)


def test_the_report_of_a_run_names_formats_makers_and_reasons(done: Ran) -> None:
    said = "\n".join(lines_of(done))

    assert "| .docx | python-docx |" in said
    assert "空文件" in said
