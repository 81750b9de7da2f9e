"""The judged sets: what the program understands of messy reports that no weight was learnt from may only get better.

``python -m tests.judged.scoring <set> --pins`` prints the table, every miss, and the pins below. Whoever edits a set
pins its digest anew; whoever lowers a floor says why in the commit. What the sets that are learnt from reach is held
apart, in tests/training/test_taught_topics.py.
"""

from collections.abc import Mapping
from functools import cache

import pytest

from tests.judged.scoring import FIELDS, JUDGED, Score, problems, score

#: Every field of the cover found, and none stated wrongly.
COVER_RIGHT: Mapping[str, float] = {f"{name} recall": 100 for name in FIELDS} | {f"{name} wrong": 0 for name in FIELDS}

#: The digest over labels and documents, then floors in percent; what is named wrong is a count that may not grow.
#: A set without pins has its labels checked and nothing else.
PINS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    # Written blind, after the rules had been tuned on the two sets of training/topics. At its first score it gave:
    # title 87, town 95, county 86, year 95, headings 93 of those given and 92 of those wanted; sections 91 and topics
    # 90, these two with weights that never saw it. Cover and outline have been tuned on it since, topics have not.
    "third": (
        "e246a63df976b20e",
        {
            **COVER_RIGHT,
            "headings precision": 99, "headings recall": 100,
            "section accuracy": 96,
            "topics F1": 92,
        },
    ),
    # Written blind, after all of the above had been used. At its first score it gave: title, town, county, year 100 (a
    # county stated where none is to be told), issued 93, headings 99, sections 98, topics 92. Nothing was tuned on it
    # but one threshold for all topics.
    "fourth": (
        "d2374b99032f6aba",
        {
            **COVER_RIGHT, "county wrong": 1, "province wrong": 1, "issued recall": 93,
            "headings precision": 99, "headings recall": 99,
            "section accuracy": 98,
            "topics F1": 94,
        },
    ),
    # Written before there was a rule for genres. At its first score it gave: kind 65, title 71, town 88, county 53,
    # year 100 (one stated where none is to be told), headings 97 and 95, sections 67. The rules were made with it in
    # view.
    "genre_first": (
        "597dcf499666c041",
        {**COVER_RIGHT, "headings precision": 100, "headings recall": 100, "section accuracy": 100},
    ),
    # Written after the rules had been frozen in a commit, by their author. At its first score it gave: kind 100, title
    # 94, town 94, county 83, year 100, none wrong, headings 100 and 96, sections 100. The facts that it lacked have
    # been mended since.
    "genre_second": (
        "123f6bdfa4699490",
        {**COVER_RIGHT, "headings precision": 100, "headings recall": 96, "section accuracy": 100},
    ),
    # Written blind by a hand of its own, scored first when all else was done. It gave: title, town, county, year and
    # kind 100 and none wrong, issued 93, headings 91 and 88, sections 98, topics 87.6, exemplary practice AUC 99.9 with
    # precision 92.9 and recall 100 at the floor. Topics have since been learnt from the fifth set too.
    "sixth": (
        "6c066d9c5e8f8e57",
        {
            "title recall": 100, "title wrong": 0, "town recall": 100, "town wrong": 0, "county recall": 100,
            "county wrong": 0, "year recall": 100, "year wrong": 0, "issued recall": 93, "issued wrong": 0,
            "kind recall": 100, "kind wrong": 0,
            "headings precision": 91, "headings recall": 88,
            "section accuracy": 98,
            "topics F1": 88,
            "exemplary AUC": 99, "exemplary precision": 92, "exemplary recall": 100,
        },
    ),
}  # fmt: skip
PINNED = tuple(name for name in JUDGED if name in PINS)


@cache
def scored(name: str) -> Score:
    return score(JUDGED[name])


@pytest.mark.parametrize("name", JUDGED)
def test_every_label_names_what_stands_in_its_document(name: str) -> None:
    assert list(problems(JUDGED[name])) == []


@pytest.mark.parametrize("name", PINNED)
def test_a_set_does_not_change_unnoticed(name: str) -> None:
    assert JUDGED[name].digest() == PINS[name][0], "the set has changed: look at its scores, pin digest and floors anew"


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name in PINNED for figure in PINS[name][1]])
def test_no_figure_falls_below_its_floor(name: str, figure: str) -> None:
    floor = PINS[name][1][figure]

    reached = scored(name).figures()[figure]

    assert reached <= floor if figure.endswith("wrong") else reached >= floor, "\n".join(sorted(scored(name).misses))


@pytest.mark.parametrize("name", PINNED)
def test_every_quote_lies_in_a_passage(name: str) -> None:
    assert [miss for miss in scored(name).misses if miss.startswith("passage")] == []
