"""Of many refused requests the log tells the first, and of the others how many there were."""

import logging
from time import monotonic, sleep

import pytest

from search_app.web.refusals import Refusals


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def wait_for(lines: int, caplog: pytest.LogCaptureFixture) -> None:
    until = monotonic() + 10
    while len(caplog.records) < lines and monotonic() < until:
        sleep(0.01)


def test_the_first_refusal_is_told_at_once_and_the_others_of_a_burst_as_a_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refusals = Refusals(seconds=0.3)

    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            refusals.tell("busy", "现在检索的人太多")
        at_once = told(caplog)
        wait_for(2, caplog)

    assert at_once == ["busy: 现在检索的人太多"]
    assert told(caplog)[1:] == ["busy: 4 more requests refused within 0.3 seconds"]


def test_another_reason_is_a_burst_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    refusals = Refusals(seconds=60)

    with caplog.at_level(logging.WARNING):
        refusals.tell("busy", "现在检索的人太多")
        refusals.tell("index_missing", "还没有建立索引")

    assert told(caplog) == ["busy: 现在检索的人太多", "index_missing: 还没有建立索引"]


def test_a_single_refusal_is_one_line_and_the_next_burst_begins_anew(caplog: pytest.LogCaptureFixture) -> None:
    refusals = Refusals(seconds=0.05)

    with caplog.at_level(logging.WARNING):
        refusals.tell("busy", "现在检索的人太多")
        sleep(0.3)
        refusals.tell("busy", "现在检索的人太多")

    assert told(caplog) == ["busy: 现在检索的人太多"] * 2
