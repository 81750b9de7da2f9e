"""The pages on the engine that is shipped: the same counts as on the oracle, and plain words where it cannot answer."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.indexing import update
from search_app.settings import Settings
from search_app.web import create_app
from tests.engines.building import filed
from tests.engines.contract import put
from tests.web import sample
from tests.web.reading_pages import links, page, text, texts


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    found = open_engine(tmp_path_factory.mktemp("index") / "index")
    with found.writing() as writer:
        for report, passages in sample.reports():
            writer.put(report, passages)
    yield found
    found.close()


@pytest.fixture
def shipped(engine: Engine, tmp_path: Path) -> FlaskClient:
    return create_app(sample.settings(tmp_path), engine=engine).test_client()


@pytest.mark.parametrize(
    "url",
    [
        "/?q=矛盾纠纷&collapse=none",
        "/?q=“三项制度”",
        "/?q=矛盾纠纷&town=望杉镇&year=2022&year=2023",
        "/?q=矛盾纠纷&year=2022&topic=信访",
        "/?exemplary=1&sort=newest",
        "/?town=没有的镇",
    ],
)
def test_it_counts_as_the_oracle_does(shipped: FlaskClient, client: FlaskClient, url: str) -> None:
    ours, theirs = page(shipped.get(url)), page(client.get(url))

    assert text(ours, "//h1") == text(theirs, "//h1")
    for path in ("//details[@id='facet-town']", "//details[@id='facet-year']", "//details[@id='facet-topic']"):
        assert text(ours, path) == text(theirs, path)


@pytest.mark.index_folder
def test_an_index_deleted_and_built_anew_under_a_running_server_is_what_its_pages_show(tmp_path: Path) -> None:
    settings = sample.settings(tmp_path)
    engine = open_engine(settings.index)
    site = create_app(settings, engine=engine).test_client()

    shown = []
    for path in ("甲县/石桥镇.txt", "乙县/云溪乡.txt"):
        shutil.rmtree(settings.index, ignore_errors=True)
        put(open_engine(settings.index), filed(path, "调解28起。"))
        shown.append([report["path"] for report in (site.get("/api/v1/reports").json or {})["reports"]])

    assert engine.status().current.name == "gen-000001"
    assert shown == [["甲县/石桥镇.txt"], ["乙县/云溪乡.txt"]]


def test_every_result_of_a_list_opens(shipped: FlaskClient) -> None:
    for address in page(shipped.get("/?q=矛盾纠纷&collapse=none&size=50")).xpath("//article//h2/a/@href"):
        shown = page(shipped.get(str(address)))

        assert shown.xpath("//span[@class='place']")
        assert shown.xpath("//mark")
        assert links(shown, "返回结果")


def test_without_an_index_every_page_says_what_to_run(tmp_path: Path) -> None:
    client = create_app(sample.settings(tmp_path)).test_client()

    for url in ("/", "/?q=调解", "/reports/ffffffffffff", "/about", "/facets/town"):
        response = client.get(url)
        assert response.status_code == 503
        assert "search-app index" in response.get_data(as_text=True)


def test_about_names_files_that_cannot_be_read_and_asks_for_a_run_only_where_one_helps(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "望杉镇2022年法治政府建设年度报告.txt").write_text("一、调解纠纷42件。", encoding="utf-8")
    (corpus / "坏<b>.docx").write_bytes(b"no zip")
    engine = open_engine(index)
    update(engine, corpus, index=index)
    settings = Settings(corpus=corpus, index=index)
    told = page(create_app(settings, engine=engine).test_client().get("/about"))
    (corpus / "新.txt").write_text("一、普法。", encoding="utf-8")
    behind = page(create_app(settings, engine=engine).test_client().get("/about"))
    engine.close()

    (failed,) = texts(told, "//details[@id='failed']//li")
    assert failed.startswith("坏<b>.docx")
    assert "另存" in failed
    assert not told.xpath("//section[@aria-labelledby='care-title']//code")
    assert text(behind, "//section[@aria-labelledby='care-title']//code") == "search-app index"


def test_a_new_generation_is_seen_by_the_next_page(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "index")
    with engine.writing() as writer:
        writer.put(*sample.bare())
    client = create_app(sample.settings(tmp_path), engine=engine).test_client()
    before = text(page(client.get("/about")), "//section[1]/p")
    with engine.writing() as writer:
        writer.put(*sample.hostile())
    after = text(page(client.get("/about")), "//section[1]/p")
    engine.close()

    assert before.startswith("1 份报告")
    assert after.startswith("2 份报告")
