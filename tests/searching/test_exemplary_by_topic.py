"""Browsing: each topic with the best of its exemplary passages, counted truly and varied."""

from search_app.model import Exemplary, Facet
from search_app.query import Selection
from search_app.searching import Practices, find_practices
from tests.engines.building import Filed, filed
from tests.engines.scanning import ScanningEngine


def practice(path: str, *texts: str, score: int = 80, topic: str = "信访", **fields: object) -> Filed:
    """Return a report whose passages are all as exemplary as this."""
    given = {"exemplary": Exemplary(score=score, reasons=("有数据：38件", "是典型")), "topics": (topic,), "year": 2023}
    return filed(path, *texts, **(given | fields))


def shown(*several: Filed, selection: Selection | None = None) -> Practices:
    """Return the practices of an engine that holds these reports."""
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in several:
            writer.put(report, passages)
    return find_practices(engine, selection or Selection())


def test_topics_come_in_their_order_with_their_counts_and_only_those_that_have_some() -> None:
    found = shown(
        practice("1.txt", "接访38件，全部办结。", "下访三十次。", topic="信访"),
        practice("2.txt", "讲法律课，听众上千。", topic="学法培训"),
        practice("3.txt", "网格走访。", topic="基层治理", score=10),
    )

    assert [(each.topic, each.total, each.reports) for each in found.shelves] == [("学法培训", 1, 1), ("信访", 2, 1)]
    assert found.found.total == 3


def test_no_two_passages_of_a_topic_are_of_one_report() -> None:
    found = shown(
        practice("1.txt", "接访一事一档。", "下访约谈到村。", "联席会商疑难事项。", score=95),
        practice("2.txt", "信访代办员上门。", score=70),
    )

    assert [hit.match.report.path for hit in found.shelves[0].hits] == ["1.txt", "2.txt"]


def test_other_towns_come_before_a_second_passage_of_a_town() -> None:
    found = shown(
        practice("1.txt", "接访一事一档。", town="望杉镇", score=95),
        practice("2.txt", "下访约谈到村。", town="望杉镇", score=90),
        practice("3.txt", "信访代办员上门。", town="白砾乡", score=70),
    )

    assert [hit.match.report.town for hit in found.shelves[0].hits] == ["望杉镇", "白砾乡", "望杉镇"]


def test_what_is_ticked_narrows_passages_and_counts_and_a_ticked_topic_stands_alone() -> None:
    several = [
        practice("1.txt", "接访一事一档。", year=2022),
        practice("2.txt", "下访约谈到村。", year=2023),
        practice("3.txt", "讲法律课，听众上千。", topic="学法培训", year=2023),
    ]
    of_year = shown(*several, selection=Selection(year=(2023,)))
    of_topic = shown(*several, selection=Selection(topic=("信访",)))
    without = shown(*several, selection=Selection({Facet.TOPIC: ("信访",)}))

    assert [(each.topic, each.total) for each in of_year.shelves] == [("学法培训", 1), ("信访", 1)]
    assert [(each.topic, each.total) for each in of_topic.shelves] == [("信访", 2)]
    assert [(each.topic, each.total) for each in without.shelves] == [("学法培训", 1)]
    assert {value.value: value.count for value in of_topic.found.facets[Facet.TOPIC]} == {"信访": 2, "学法培训": 1}


def test_a_fragment_marks_the_words_that_the_reasons_quote() -> None:
    found = shown(practice("1.txt", "全年接访38件。"))

    (hit,) = found.shelves[0].hits
    assert [piece.text for piece in hit.snippet.fragments[0] if piece.match] == ["38件"]


def test_an_index_without_exemplary_passages_has_no_shelves() -> None:
    assert shown(practice("1.txt", "接访。", score=10)).shelves == ()
