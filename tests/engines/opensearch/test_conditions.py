"""Conditions that are scripts: they meet rows of every kind, wherever in a question they stand."""

from pathlib import Path

import pytest

from search_app.engines.opensearch import OpenSearchEngine
from search_app.engines.opensearch.transport import Cluster
from search_app.query import About, Node, Not, Phrase, SaysAlike, Search, SomeOf
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine

TEXTS = ("调解矛盾纠纷四十二件。", "调解矛盾纠纷四十二件，聘请法律顾问。", "组织学法四次。")


@pytest.mark.parametrize(
    "condition", [About(text="调解矛盾纠纷", least=0.2), SaysAlike(text="调解矛盾纠纷四十二件。", least=0.3)]
)
def test_a_script_is_one_of_several_conditions_of_which_some_must_hold_and_none_scores(
    condition: Node, cluster: Cluster
) -> None:
    some = SomeOf(children=(condition, Phrase(text="学法"), Phrase(text="法律"), Phrase(text="四十二件")), least=2)
    search = Search(query=Not(child=Not(child=some)))
    engines = (OpenSearchEngine(cluster, Path("none")), ScanningEngine())
    for engine in engines:
        with engine.writing() as writer:
            for path in ("甲.txt", "乙.txt", "丙.txt"):
                report = make_report(path, town="湖口镇")
                writer.put(report, make_passages(report, *TEXTS))

    found, expected = (engine.search(search) for engine in engines)

    assert found.total == expected.total > 0
    assert [match.passage.id for match in found.matches] == [match.passage.id for match in expected.matches]
    engines[0].close()
