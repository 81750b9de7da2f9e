"""The kinds of documents: nine genres, each kind in one, and what follows from them agrees."""

import pytest

from search_app import genres
from search_app.model import REPORT_KIND

KINDS = [kind for kinds in genres.GENRES.values() for kind in kinds]


def test_there_are_nine_genres_and_each_kind_is_of_one() -> None:
    assert len(genres.GENRES) == 9
    assert len(KINDS) == len(set(KINDS))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_treated_in_one_way(kind: str) -> None:
    ways = (genres.PLANNING, genres.ACCOUNTS, genres.OTHER_ACCOUNTS, genres.APART)

    assert sum(kind in way for way in ways) == 1


def test_a_keeper_may_write_the_genre_or_a_kind_of_his_own() -> None:
    assert [genres.as_kind(stated) for stated in ("年度报告", "新闻", "信息专报")] == [REPORT_KIND, "新闻", "信息专报"]
    assert genres.is_account("信息专报")
    assert genres.find_genre("信息专报") == "其他"
