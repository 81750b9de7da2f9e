"""What other towns did, over the sample corpus: whether the first three are on the same thing, judged and pinned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.model import Passage, Report
from search_app.searching import find_related

CORPUS = Path(__file__).parents[2] / "corpus"
#: Subject and passage, each by how it begins, and whether both are on the same thing; judged by reading them.
JUDGED, BEGINNING = Path(__file__).parent / "related_judged.tsv", 24
FIRST = 3
#: Every so many passages with a topic are asked about.
EVERY = 4
#: Of what is listed first so much fits: measured 0.89. Where too much of it is judged by nobody, read it, and add it to
#: the list.
FITTING, ENOUGH_LISTED, ENOUGH_JUDGED = 0.84, 0.84, 0.85
#: Of the passages asked about, so many find others, the rest says that there are none; of those listed first so many
#: share a topic and the part.
ANSWERED, SHARED, SAME_PART = 0.85, 0.94, 0.93
#: No more than this share of the corpus is related to a passage, to most of them a tenth of that.
MOST_RELATED = 0.15


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index = tmp_path_factory.mktemp("related") / "index"
    found = open_engine(index)
    update(found, CORPUS, index=index)
    yield found
    found.close()


@pytest.fixture(scope="module")
def asked(engine: Engine) -> list[tuple[Report, Passage]]:
    held = [(report, passage) for each in engine.reports() for report, passages in (engine.report(each.id),)
            for passage in passages if passage.topics]  # fmt: skip
    return held[::EVERY]


def test_those_listed_first_are_on_the_same_thing_as_judges_say(engine: Engine) -> None:
    lines = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    fits = {(subject, other): fit == "1" for subject, other, fit in lines}
    ids = {
        begin(passage): passage.id
        for report in engine.reports()
        for passage in engine.report(report.id)[1]
        if len(passage.text) >= BEGINNING
    }
    subjects = [subject for subject in dict.fromkeys(subject for subject, _ in fits) if subject in ids]
    listed = [
        (subject, begin(hit.match.passage))
        for subject in subjects
        for hit in find_related(engine, ids[subject]).hits[:FIRST]
    ]
    judged = [fits[pair] for pair in listed if pair in fits]

    assert len(subjects) >= 20
    assert len(listed) >= ENOUGH_LISTED * FIRST * len(subjects)
    assert len(judged) >= ENOUGH_JUDGED * len(listed), sorted(set(listed) - fits.keys())
    assert sum(judged) / len(judged) >= FITTING


def begin(passage: Passage) -> str:
    """Return how a passage begins, by which the list of judgements names it."""
    return "".join(passage.text.split())[:BEGINNING]


def test_most_passages_find_others_of_their_topic_and_part_of_other_towns_and_few(
    engine: Engine, asked: list[tuple[Report, Passage]]
) -> None:
    found = [(report, passage, find_related(engine, passage.id)) for report, passage in asked]
    pairs = [(report, passage, hit.match) for report, passage, shown in found for hit in shown.hits[:FIRST]]
    totals = sorted(shown.found.total for _, _, shown in found)
    held = engine.status().current.passages

    assert sum(map(bool, totals)) / len(totals) >= ANSWERED
    assert (totals[-1] / held, totals[len(totals) // 2] / held) < (MOST_RELATED, MOST_RELATED / 10)
    assert not [
        match for report, _, match in pairs if (report.county, report.town) == (match.report.county, match.report.town)
    ]
    assert sum(bool(set(one.topics) & set(match.passage.topics)) for _, one, match in pairs) / len(pairs) >= SHARED
    assert sum(one.section == match.passage.section for _, one, match in pairs) / len(pairs) >= SAME_PART
