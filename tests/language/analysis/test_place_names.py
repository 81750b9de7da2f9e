"""Place names: what the patterns of suffixes fit, and what they leave alone."""

import re

import pytest

from search_app.language.analysis.place_names import (
    COUNTY_ENDS,
    COUNTY_SUFFIXES,
    TOWN_NOT_THE_WORD,
    TOWN_SUFFIXES,
    either,
    province_pattern,
)


@pytest.mark.parametrize("name", ["青石镇", "青禾乡", "城东街道", "白音苏木", "甲族乡"])
def test_every_kind_of_town_has_its_suffix(name: str) -> None:
    assert re.search(f"{either(*TOWN_SUFFIXES)}$", name)


def test_the_last_characters_of_counties_are_those_of_their_suffixes() -> None:
    assert {suffix[-1] for suffix in COUNTY_SUFFIXES} == set(COUNTY_ENDS)


def test_the_word_for_all_towns_ends_no_name() -> None:
    assert re.search(TOWN_NOT_THE_WORD, "全县各乡镇") is None


@pytest.mark.parametrize(
    ("text", "fits"),
    [("云岭省", True), ("内蒙古自治区", True), ("重庆市", True), ("青禾市", False), ("云岭自治区", False)],
)
def test_of_cities_and_regions_only_those_that_are_provinces_count(text: str, fits: bool) -> None:
    assert (re.fullmatch(province_pattern("[\u4e00-\u9fff]"), text) is not None) == fits
