"""A listing is what all pages list one after the other, and of one generation of the index."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.model import Collapse, Found, Sort
from search_app.query import Search, Selection
from search_app.searching import Request, list_hits, search
from tests.engines.scanning import ScanningEngine
from tests.web import sample


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(tmp_path_factory.mktemp("listing"))
    with engine.writing() as writer:
        for report, passages in sample.reports():
            writer.put(report, passages)
    yield engine
    engine.close()


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("collapse", [None, *Collapse])
@pytest.mark.parametrize("text", ["矛盾纠纷", "“三项制度”", "矛盾 或 法治人才", "", "矛盾纠份"])
def test_the_list_is_that_of_all_pages(shipped: Engine, text: str, collapse: Collapse | None, sort: Sort) -> None:
    request = Request(text=text, collapse=collapse, sort=sort, size=7)
    pages = [search(shipped, replace(request, page=page)) for page in range(1, search(shipped, request).pages + 1)]

    listing = list_hits(shipped, request, most=1000)

    assert listing.found.matches == tuple(hit.match for page in pages for hit in page.hits)
    assert (listing.found.total, listing.found.listed) == (pages[0].found.total, pages[0].found.listed)
    assert not listing.capped


def test_the_list_keeps_the_filters(shipped: Engine) -> None:
    request = Request(text="矛盾纠纷", selection=Selection(year=(2022,), town=("青蒲街道",)), collapse=Collapse.NONE)

    found = list_hits(shipped, request, most=1000).found

    assert {(match.report.year, match.report.town) for match in found.matches} == {(2022, "青蒲街道")}


def test_a_capped_list_is_the_beginning(shipped: Engine) -> None:
    request = Request(text="矛盾纠纷", collapse=Collapse.NONE)

    capped = list_hits(shipped, request, most=4)

    assert capped.capped
    assert capped.found.matches == list_hits(shipped, request, most=1000).found.matches[:4]


class Renewed(ScanningEngine):
    """Gets a new generation, with another report, just before it is asked for the whole list for the first time."""

    renewals = 1

    def search(self, search: Search) -> Found:
        if search.size == 1000 and self.renewals:
            self.renewals -= 1
            with self.writing() as writer:
                writer.put(*sample.ordinary("沅坪县", "新来镇", 2023))
        return super().search(search)


def test_counts_and_list_are_of_the_same_generation_when_the_index_changes_in_between() -> None:
    engine = Renewed()
    with engine.writing() as writer:
        writer.put(*sample.ordinary("沅坪县", "望杉镇", 2023))
    request = Request(text="板凳议事会", collapse=Collapse.NONE)

    listing = list_hits(engine, request, most=1000)

    assert listing.results.found.generation == listing.found.generation == engine.status().current.name
    assert listing.results.found.total == listing.found.total == len(listing.found.matches) == 2
    assert listing.built_at is not None
