"""What the benchmarks measure on: a generated corpus of whole, distinct reports, and questions that mean one thing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.ablated_parts import PARTS
from benchmarks.engines import corpus, own_contender
from benchmarks.engines.agreeing import truth
from benchmarks.engines.contending import pairs, phrase_pairs
from benchmarks.engines.questions import draw
from benchmarks.generating import reports
from benchmarks.goals import Goal, beside_goals
from benchmarks.successive import YEARS, successive_reports
from search_app.engines import open_engine
from search_app.language.similarity.shared_wording import Overlap, Wording, measure_overlap


def test_generated_reports_are_distinct_and_their_passages_belong_to_them() -> None:
    made = list(reports(60))

    assert len({report.id for report, _ in made}) == len({report.path for report, _ in made}) == 3
    assert [len(passages) for _, passages in made] == [25, 25, 10]
    assert all(
        passage.report == report.id and passage.id == f"{report.id}-{passage.number}"
        for report, passages in made
        for passage in passages
    )


def test_generating_gives_the_same_reports_each_time() -> None:
    assert list(reports(50)) == list(reports(50))


def test_a_larger_corpus_begins_like_a_smaller_one() -> None:
    assert list(reports(75))[:2] == list(reports(50))


def test_successive_reports_are_of_one_town_year_by_year_and_some_keep_last_years_words() -> None:
    made = list(successive_reports(250))

    assert [report.year for report, _ in made] == [*YEARS, *YEARS]
    assert len({(report.county, report.town) for report, _ in made}) == 2
    assert all(passage.id == f"{report.id}-{passage.number}" for report, passages in made for passage in passages)
    shares = [
        sum((measure_overlap(each.text, Wording(old.text for old in last)) for each in now), Overlap()).share
        for (_, last), (_, now) in pairwise(made)
    ]
    assert max(shares) > 0.9
    assert min(shares) < 0.2


def test_a_corpus_is_read_back_with_the_words_of_its_texts(tmp_path: Path) -> None:
    survey = corpus.write(tmp_path / "corpus", 50)

    read = list(corpus.read(tmp_path / "corpus"))
    assert [filed for filed, _ in read] == list(reports(50))
    assert sum(len(cut(passage.text)) for (_, passages), cut in read for passage in passages) == survey.words


def test_questions_of_a_kind_differ_and_what_should_be_found_is(tmp_path: Path) -> None:
    survey = corpus.write(tmp_path / "corpus", 100)
    drawn = draw(survey, 3)

    found = truth(tmp_path / "corpus", (question for held in drawn.values() for question in held))
    assert all(len(set(held)) == len(held) for held in drawn.values())
    assert all(found[q].literally for kind in ("two words", "single character") for q in drawn[kind])


def test_pairs_of_a_text_hold_the_pairs_of_its_phrases_in_order() -> None:
    units, phrase = pairs("聘请法律 顾问3名。").split(), phrase_pairs("法律顾问")

    assert phrase == ["法律", "律顾", "顾问"]
    assert any(units[at : at + 3] == phrase for at, _ in enumerate(units))
    assert all(one[1:] == other[:1] for one, other in pairwise(units))


def test_a_sign_parts_the_pairs_of_its_neighbours() -> None:
    assert "律顾" not in pairs("法律，顾问").split()


@pytest.mark.parametrize("part", PARTS.values(), ids=list(PARTS))
def test_every_part_that_an_ablation_takes_away_is_there(part: Callable[[], AbstractContextManager[object]]) -> None:
    with part():
        pass  # patching what is not there raises AttributeError


def test_our_contender_prepares_with_the_words_that_it_is_given(tmp_path: Path) -> None:
    report, passages = next(reports(5))
    contender = own_contender.OwnContender(tmp_path / "index")

    contender.put(contender.prepare((report, passages), lambda _: ["只有这一个词"]))
    contender.commit()

    engine = open_engine(tmp_path / "index")
    assert engine.frequent_words(10) == {"只有这一个词": len(passages)}
    engine.close()


def test_a_missed_goal_is_said_to_be_missed_beside_what_is_wanted() -> None:
    _, _, met, missed = beside_goals({Goal.MIX: 8.5, Goal.INDEXING: 0.82})

    assert met.endswith("| at most 10 | 8.5 | met |")
    assert missed.endswith("| at least 1.5 | 0.82 | missed |")


def test_nothing_measured_says_nothing() -> None:
    assert list(beside_goals({})) == []
