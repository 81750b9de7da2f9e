"""What is shipped is what was tested: wheel, sdist, installation with and without the internet.

The clean environment is made the way README.md tells people to do it on a network without internet: a folder of
wheels, filled from the hash-checked pins, and nothing else.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import search_app

ROOT = Path(__file__).parent.parent
VERSION = search_app.__version__
REPORT = """# {county}{town}{year}年法治政府建设年度报告

## 一、主要举措和成效

（一）推进矛盾纠纷多元化解。设立“{room}”调解点{rooms}处，全年调处纠纷{cases}件，调解成功率98%，群众就近就能说事议事。

## 二、存在的不足和原因

一是执法人员数量偏少。二是普法形式比较单一，群众参与不够。

## 三、下一年度工作安排

继续做好“{room}”调解点建设，逐村开展法治宣传。
"""


def run(*command: str | Path, cwd: Path, timeout: int = 300, env: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed; a failure shows everything it said."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=timeout, env=env, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build wheel and sdist, with the build tools that are installed here, and return the folder that holds them."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def wheel_names(built: Path) -> set[str]:
    with zipfile.ZipFile(built / f"search_app-{VERSION}-py3-none-any.whl") as wheel:
        return set(wheel.namelist())


@pytest.fixture(scope="session")
def sdist_names(built: Path) -> set[str]:
    with tarfile.open(built / f"search_app-{VERSION}.tar.gz") as sdist:
        return {name.partition("/")[2] for name in sdist.getnames()}


def unpacked(built: Path, folder: Path) -> Path:
    """Unpack the sdist and return the folder inside."""
    with tarfile.open(built / f"search_app-{VERSION}.tar.gz") as sdist:
        sdist.extractall(folder, filter="data")
    return folder / f"search_app-{VERSION}"


def tracked(folder: str) -> set[str]:
    """Return the files of a folder that belong to the project."""
    listed = run("git", "ls-files", "-z", folder, cwd=ROOT)
    return {name for name in listed.split("\0") if name and not name.endswith(".gitkeep")}


def test_the_wheel_holds_every_file_of_the_package_and_every_template(wheel_names: set[str]) -> None:
    templates = {f"search_app/{name}" for name in tracked("templates")}

    assert tracked("search_app") | templates <= wheel_names


def test_the_wheel_holds_nothing_but_the_package(wheel_names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel_names}

    assert tops == {"search_app", f"search_app-{VERSION}.dist-info"}


def test_the_sdist_leaves_reports_index_tests_and_training_out(sdist_names: set[str]) -> None:
    assert not [name for name in sdist_names if name.startswith(("corpus", "index", "tests", "training", "benchmarks"))]


def test_the_sdist_is_enough_to_build_the_same_wheel(built: Path, wheel_names: set[str], tmp_path: Path) -> None:
    source = unpacked(built, tmp_path)

    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, source, cwd=tmp_path)

    with zipfile.ZipFile(tmp_path / f"search_app-{VERSION}-py3-none-any.whl") as wheel:
        assert set(wheel.namelist()) == wheel_names


@pytest.mark.parametrize("name", ["build.txt", "run.txt", "opensearch.txt", "dev.txt"])
def test_every_pin_is_exact_hashed_and_names_no_host(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    joined = text.replace("\\\n", " ")
    pins = [line for line in joined.splitlines() if line and not line.startswith(("#", "-", " "))]

    assert pins
    assert all(re.match(r"[a-z0-9_.-]+==\S+ ", pin) and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_every_direct_dependency_is_pinned_for_running() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^  "([a-z0-9-]+)[=><]', project.split("dependencies = [")[1].split("\n]")[0], re.MULTILINE)
    pinned = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements/run.txt").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(listed) <= set(pinned)


def test_what_speaks_to_a_cluster_is_an_extra_and_pinned_apart() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(
        r"^([a-z][^#\s]*)", (ROOT / "requirements/opensearch.in").read_text(encoding="utf-8"), re.MULTILINE
    )
    pinned = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")

    assert project["optional-dependencies"]["opensearch"] == named
    assert "opensearch-py" not in pinned


def test_without_a_cluster_nothing_of_what_speaks_to_one_is_loaded() -> None:
    asked = "import sys, search_app.web, search_app.cli.search_command; print('opensearchpy' in sys.modules)"

    assert run(sys.executable, "-c", asked, cwd=ROOT).strip() == "False"


def offline_steps() -> tuple[list[str], list[str]]:
    """Return README.md's commands for the machine with internet and for the one without."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("### Without internet")[1].split("\n#")[0]
    first, second = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return first.splitlines(), second.splitlines()


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Follow README.md's steps for a network without internet; return the ``search-app`` that they install."""
    away, here = unpacked(built, tmp_path_factory.mktemp("away")), tmp_path_factory.mktemp("here")
    with_internet, without = offline_steps()
    hasty = {"PIP_NO_COMPILE": "1"}  # of what is installed three commands are run
    for step in with_internet:
        run("sh", "-ec", step, cwd=away, env={**os.environ, **hasty})
    shutil.move(away / "wheelhouse", here)
    shutil.rmtree(away)  # nothing may lean on the machine with internet
    cut_off = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    for step in without:
        run("sh", "-ec", step, cwd=here, env={**cut_off, **hasty, "PIP_NO_INDEX": "1"})
    return here / "search-app" / "bin" / "search-app"


@pytest.fixture(scope="session")
def folder(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a working folder, not the checkout, with two reports indexed by the installed program."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "corpus").mkdir()
    for number, (town, room) in enumerate((("柳湾镇", "廊桥议事亭"), ("松坪乡", "火塘说理会"))):
        text = REPORT.format(
            county="云岭县", town=town, year=2022 + number, room=room, rooms=3 + number, cases=57 + number
        )
        (folder / "corpus" / f"{town}.md").write_text(text, encoding="utf-8")
    run(installed, "index", cwd=folder, env=plain())
    return folder


def plain() -> dict[str, str]:
    """Return an environment in which nothing points at the checkout."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("SEARCH_APP_", "PYTHON"))}


def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert VERSION in run(installed, "--version", cwd=tmp_path, env=plain())


def test_the_installed_program_finds_a_passage_of_what_it_indexed(installed: Path, folder: Path) -> None:
    found = json.loads(run(installed, "search", '"火塘说理会"', "--json", cwd=folder, env=plain()))

    assert {hit["report"]["town"] for hit in found["hits"]} == {"松坪乡"}


@pytest.fixture
def served(installed: Path, folder: Path) -> Iterator[str]:
    """Serve the folder on a free port and return the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [installed, "serve", "--port", str(port)],
        cwd=folder,
        env=plain(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(address: str) -> None:
    """Return as soon as the address answers; give up after half a minute."""
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  our own server
        except OSError:
            assert time.monotonic() < until, f"{address} did not answer"
            time.sleep(0.1)
        else:
            return


def test_the_installed_program_serves_its_pages_and_their_style(served: str) -> None:
    with urllib.request.urlopen(served + "/", timeout=30) as answer:  # noqa: S310
        page = answer.read().decode("utf-8")
    style = re.search(r'<link[^>]+href="([^"]+\.css[^"]*)"', page)

    assert "柳湾镇" in page
    assert style
    with urllib.request.urlopen(served + style[1], timeout=30) as answer:  # noqa: S310
        assert answer.status == 200
