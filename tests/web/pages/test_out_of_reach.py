"""Reports whose folder is out of reach: pages, JSON and commands say so, and the text stays."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.indexing import report_id, update
from search_app.settings import Settings
from search_app.web import create_app
from tests.cli.test_process import program
from tests.engines.scanning import ScanningEngine

TEXT = "{name}2023年度法治政府建设情况报告\n2023年{name}全年调处矛盾纠纷八十六件，办结率达到九成以上。\n"
GONE, LEFT = report_id("乙县/石台镇.txt"), report_id("甲县/云岭镇.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in ("甲县/云岭镇.txt", "乙县/石台镇.txt"):
        file = tmp_path / "corpus" / path
        file.parent.mkdir(parents=True)
        file.write_text(TEXT.format(name=file.stem), encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[FlaskClient]:
    engine = ScanningEngine()
    update(engine, folder / "corpus")
    shutil.rmtree(folder / "corpus/乙县")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    app = create_app(settings, engine=engine)
    with app.test_client() as made:
        made.get("/api/v1/status")
        yield made


def test_the_page_of_a_report_says_that_its_folder_is_out_of_reach(client: FlaskClient) -> None:
    shown = client.get(f"/reports/{GONE}").get_data(as_text=True)

    assert "所在的文件夹“乙县”现在读不到" in shown
    assert "八十六件" in shown
    assert "现在读不到" not in client.get(f"/reports/{LEFT}").get_data(as_text=True)


def test_the_json_of_a_report_warns_of_it(client: FlaskClient) -> None:
    told = client.get(f"/api/v1/reports/{GONE}").get_json()["report"]["warnings"]

    assert any("乙县" in warning for warning in told)


def test_status_and_about_name_the_folder_and_how_many_reports_it_held(client: FlaskClient) -> None:
    assert client.get("/api/v1/status").get_json()["kept"] == [{"folder": "乙县", "reports": 1}]
    assert "--accept-removals" in client.get("/about").get_data(as_text=True)


def test_a_run_that_keeps_a_folder_ends_with_1_until_its_removal_is_accepted(folder: Path) -> None:
    assert program("index", cwd=folder).returncode == 0
    shutil.rmtree(folder / "corpus/乙县")

    asked, accepted = program("index", cwd=folder), program("index", "--accept-removals", cwd=folder)

    assert asked.returncode == 1
    assert "--accept-removals" in asked.stderr.decode("utf-8")
    assert accepted.returncode == 0
    assert "移除 1" in accepted.stdout.decode("utf-8")
