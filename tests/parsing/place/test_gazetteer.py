"""The gazetteer: names only, no pseudo-cities, complete enough."""

import re

from search_app.parsing.place.gazetteer import gazetteer


def test_it_knows_the_townships_of_the_country() -> None:
    assert len(gazetteer().towns) > 30_000
    assert len(gazetteer().provinces) == 31


def test_it_holds_names_and_no_codes() -> None:
    assert not any(re.search(r"\d", name) for name in gazetteer().towns)


def test_a_municipality_has_no_city_and_a_city_without_counties_no_county() -> None:
    (north,) = gazetteer().towns["北屏乡"]
    east = [place for place in gazetteer().towns["石排镇"] if place.city == "东莞市"]

    assert (north.province, north.city, north.county) == ("重庆市", None, "城口县")
    assert [place.county for place in east] == [None]
