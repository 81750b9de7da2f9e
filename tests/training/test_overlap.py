"""Nothing that weights are learnt from judges them: no document and no passage stands on both sides of a task.

Each task is held by itself, for only what one learns from can flatter one's judgement: topics (weights of terms),
exemplary practice (points), nearness in meaning (vectors of words). A document may be learnt from for one task and
judge another: passages of tests/judged/documents and of the sample corpus are labelled for exemplary practice too, and
judge topics or the search, of which those labels say nothing.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from search_app.parsing import parse
from tests.judged import exemplary_scoring, scoring
from tests.labelling.test_invented_reports import REPORTS
from tests.parsing.reading import REAL, lines
from tests.relevance.judging import CORPORA, CORPUS_NAMES, folders, is_here
from tests.training.overlap import Contents, contents, document, overlap
from training import fit_exemplary, learn_topics
from training.exemplary_sets import labelled
from training.labelled_sets import LabelledSet
from training.written_passages import passages_of, topic_passage_files

SPELLING = Path(__file__).parents[1] / "language" / "question" / "judged"


def of_set(labelled: LabelledSet) -> Iterator[tuple[str, str]]:
    for labels in labelled.labels():
        yield from document(labelled.document(labels), str(labels["path"]))


def of_corpus(name: str) -> Iterator[tuple[str, str]]:
    """Yield the reports of a corpus; there are none where it is missing."""
    for folder in folders(name):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith(".") and not file.name.endswith(".meta.toml"):
                yield from document(file, file.relative_to(folder).as_posix())


def of_invented_reports() -> Iterator[tuple[str, str]]:
    for report in REPORTS:
        yield report["name"], report["text"]
        _, passages = parse(lines(report["text"]), path=report.get("path", "a.txt"))
        yield from ((report["name"], passage.text) for passage in passages)


def of_exemplary(path: Path) -> Iterator[tuple[str, str]]:
    return ((one.name, one.text) for one in labelled(path))


@cache
def written() -> Contents:
    return contents((file.name, one.text) for file in topic_passage_files() for one in passages_of(file))


@cache
def taught_topics() -> Contents:
    return {**written(), **contents(each for one in learn_topics.SETS for each in of_set(one))}


@pytest.mark.parametrize("name", scoring.JUDGED)
def test_no_judged_set_of_topics_was_learnt_from(name: str) -> None:
    assert overlap(taught_topics(), contents(of_set(scoring.JUDGED[name]))) == []


def test_no_invented_report_that_judges_topics_was_learnt_from() -> None:
    assert overlap(taught_topics(), contents(of_invented_reports())) == []


@pytest.mark.parametrize("name", CORPUS_NAMES)
def test_no_report_of_a_corpus_was_learnt_from_for_topics_or_meanings(name: str) -> None:
    if not is_here(name):
        pytest.skip("the real reports are not on this machine")

    assert overlap(taught_topics(), contents(of_corpus(name))) == []


def test_no_judged_query_is_a_passage_that_meanings_are_learnt_from() -> None:
    rows = [(file.name, line) for file in SPELLING.iterdir() for line in file.read_text("utf-8").splitlines()]
    queries = ((name, cell) for name, line in rows for cell in line.split("\t"))

    assert overlap(written(), contents(queries)) == []


@pytest.mark.parametrize("name", exemplary_scoring.JUDGED)
def test_no_judged_passage_of_exemplary_practice_was_fitted_on(name: str) -> None:
    fitted_on = contents(each for path in fit_exemplary.SETS for each in of_exemplary(path))

    assert overlap(fitted_on, contents(of_exemplary(exemplary_scoring.JUDGED[name]))) == []


def test_a_set_that_is_learnt_from_would_be_refused_as_a_judge() -> None:
    assert overlap(taught_topics(), contents(of_set(learn_topics.SETS[0])))


def test_the_real_reports_that_judge_topics_are_those_of_the_corpus() -> None:
    assert CORPORA["real"] == REAL


@pytest.mark.parametrize(
    "copy",
    [
        "全年调解纠纷 37 件，\n调解成功率98%。",
        "全年调解纠纷３７件,调解成功率９８％",
        "　　全年调解纠纷37件；调解成功率98%！",
    ],
)
def test_a_copy_is_refused_whatever_its_blanks_punctuation_and_width(copy: str) -> None:
    taught = contents([("1.txt", "全年调解纠纷37件，调解成功率98%。"), ("2.txt", "别的事情。")])

    assert len(overlap(taught, contents([("judged.toml", copy)]))) == 1


def test_a_text_with_another_figure_is_no_copy() -> None:
    taught = contents([("1.txt", "全年调解纠纷37件。")])

    assert overlap(taught, contents([("judged.toml", "全年调解纠纷38件。")])) == []


def test_a_document_that_was_learnt_from_is_refused_in_another_format(tmp_path: Path) -> None:
    (tmp_path / "taught.md").write_text("# 某镇报告\n\n全年调解纠纷37件。\n\n全年普法12场。\n", "utf-8")
    (tmp_path / "judged.txt").write_text("某镇报告\n  全年调解纠纷37件。\n  全年普法12场。\n", "utf-8")

    same = overlap(contents(document(tmp_path / "taught.md", "a.md")), contents(document(tmp_path / "judged.txt", "a")))

    assert any(line.startswith("taught.md:") for line in same)
