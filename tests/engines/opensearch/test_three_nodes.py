"""Three nodes, of which one is killed while it manages the others: nobody who searches notices, and nothing is lost."""

from collections.abc import Iterator

import pytest

from scripts.opensearch.nodes import Trial
from tests.engines.opensearch.killing import kill_while_used, manager_of
from tests.engines.opensearch.running import end, start


@pytest.fixture(scope="module")
def three_nodes() -> Iterator[Trial]:
    """Give a cluster of three nodes."""
    trial = start(nodes=3, heap="384m")
    yield trial
    end(trial)


def test_a_node_killed_while_reports_are_indexed_and_searched_costs_no_search_and_no_report(three_nodes: Trial) -> None:
    outcome = kill_while_used(three_nodes, manager_of(three_nodes))

    assert outcome.searches > 0
    assert (outcome.failed_searches, outcome.lost) == ([], [])
