"""Markers: what finding the numbers of many lines costs."""

import time

from search_app.parsing.lines.markers import find_markers


def test_lines_that_are_numbers_alone_cost_no_more_each_the_more_there_are() -> None:
    started = time.perf_counter()

    assert not any(find_markers(["一"] * 60_000))
    assert time.perf_counter() - started < 5


def test_decimal_numbers_without_a_blank_are_believed_as_a_series_only() -> None:
    numbered = find_markers(
        ["1.主要成绩", "1.1学法用法", "全年学法7次。", "1.2依法决策", "3.15维权宣传", "1.5公里长的河道"]
    )

    assert [one.kind.value if one else None for one in numbered] == ["dot", "decimal", None, "decimal", None, None]
