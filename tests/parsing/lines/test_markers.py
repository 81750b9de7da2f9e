"""Markers: what finding the numbers of many lines costs."""

import time

from search_app.parsing.lines.markers import find_markers


def test_lines_that_are_numbers_alone_cost_no_more_each_the_more_there_are() -> None:
    started = time.perf_counter()

    assert not any(find_markers(["一"] * 60_000))
    assert time.perf_counter() - started < 5
