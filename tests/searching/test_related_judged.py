"""What other towns did, over the sample corpus: whether the first five are on the topic, measured and pinned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.model import Collapse, Facet, Passage, Report
from search_app.query import AllOf, AnyOf, In, Not, Search, Words
from search_app.searching import find_related
from search_app.searching.related_passages import pick_telling_words

CORPUS = Path(__file__).parents[2] / "corpus"
FIRST = 5
#: Every so many passages with a topic are asked about.
EVERY = 4
#: By words alone, before topics are demanded; a topic more or less read into a passage moves it by a point.
SHARED_BY_WORDS = 0.78


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


def test_words_alone_find_the_topic(engine: Engine, asked: list[tuple[Report, Passage]]) -> None:
    shared = total = 0
    for report, passage in asked:
        words = AnyOf(children=tuple(Words(text=word) for word in pick_telling_words(passage, report)))
        elsewhere = Not(child=In(facet=Facet.TOWN, value=f"{report.county or ''}{report.town}"))
        search = Search(
            query=AllOf(children=(words, elsewhere)), unlike=passage.id, collapse=Collapse.SIMILAR, size=FIRST
        )
        for match in engine.search(search).matches:
            total += 1
            shared += bool(set(match.passage.topics) & set(passage.topics))

    assert shared / total >= SHARED_BY_WORDS, f"{shared} of {total}"


def test_the_first_five_are_of_other_towns_share_a_topic_and_are_mostly_of_the_same_part(
    engine: Engine, asked: list[tuple[Report, Passage]]
) -> None:
    found = [(report, passage, find_related(engine, passage.id).hits[:FIRST]) for report, passage in asked]
    pairs = [(report, passage, hit.match) for report, passage, hits in found for hit in hits]

    assert all(len(hits) == FIRST for _, _, hits in found)
    assert not [
        match for report, _, match in pairs if (report.county, report.town) == (match.report.county, match.report.town)
    ]
    assert all(set(passage.topics) & set(match.passage.topics) for _, passage, match in pairs)
    assert sum(passage.section == match.passage.section for _, passage, match in pairs) / len(pairs) >= 0.8
