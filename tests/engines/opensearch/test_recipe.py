"""The recipe of the READMEs for trying a cluster: its lines are commands that do what they say."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import start_cluster
from search_app.engines.opensearch.transport import Cluster

ROOT = Path(__file__).parents[3]
PAGES = ("README.md", "README.zh-CN.md")


def recipe(page: str) -> list[str]:
    """Return the lines of the block that starts a cluster."""
    text = (ROOT / page).read_text(encoding="utf-8")
    (block,) = [found for found in re.findall(r"```text\n(.*?)```", text, re.DOTALL) if "start_cluster\n" in found]
    return str(block).splitlines()


def run(line: str, here: Path, cluster: Cluster, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the recipe against the cluster of the tests, in its corner."""
    words = shlex.split(line.replace("http://127.0.0.1:9200", cluster.urls[0]))
    given = dict(each.split("=", 1) for each in words if re.match(r"[A-Z_]+=", each))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "SEARCH_APP_OPENSEARCH_PREFIX": cluster.prefix, **given, **more}
    command = words[len(given) :]
    return subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_both_pages_give_the_same_recipe() -> None:
    assert recipe(PAGES[0]) == recipe(PAGES[1])


def test_what_is_migrated_by_the_recipe_answers_as_the_recipe_says(tmp_path: Path, cluster: Cluster) -> None:
    start, migrate, serve, stop = recipe(PAGES[0])
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(
        "石桥镇2023年法治政府建设年度报告\n调解矛盾纠纷28起。\n", encoding="utf-8"
    )
    run("search-app index", tmp_path, cluster)

    moved = run(migrate, tmp_path, cluster, SEARCH_APP_OPENSEARCH_REPLICAS="0")
    asked = run(serve.replace("search-app serve", "search-app status"), tmp_path, cluster)

    assert moved.returncode == 0, moved.stderr
    assert "1 份报告" in asked.stdout
    assert "索引是最新的" in asked.stdout
    assert all(line.startswith("python -m scripts.start_cluster") for line in (start, stop))


@pytest.mark.parametrize("line", [recipe(PAGES[0])[0], recipe(PAGES[0])[-1]])
def test_the_options_of_the_recipe_are_those_of_the_program(
    line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["start_cluster", *line.split()[3:], "--folder", str(tmp_path)])

    assert start_cluster._arguments().folder == tmp_path
