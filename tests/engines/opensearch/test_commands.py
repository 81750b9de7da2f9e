"""The commands over a cluster: the same answers and exit codes as over an index folder, and the way there."""

import json
import socket
from pathlib import Path

import pytest

from search_app.cli import run
from search_app.engines.opensearch.transport import Cluster
from tests.engines.opensearch.fake_cluster import Said, failed, fake_cluster

HEAD = "年法治政府建设年度报告\n一、主要举措\n"
REPORTS = {
    "石桥镇2023.txt": f"石桥镇2023{HEAD}调解矛盾纠纷28起，成功26起。\n聘请法律顾问两名。\n",
    "云脊乡2023.txt": f"云脊乡2023{HEAD}组织学法四次，开展普法宣传。\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with two reports and a cluster in the settings, which is not used until ``engine`` says so."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    for name, text in REPORTS.items():
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    return tmp_path


def set_cluster(here: Path, url: str, prefix: str = "search-app", engine: str = "opensearch", more: str = "") -> None:
    lines = f'engine = "{engine}"\nopensearch_url = "{url}"\nopensearch_prefix = "{prefix}"\nopensearch_replicas = 0\n'
    (here / "search-app.toml").write_text(f"{lines}opensearch_retries = 1\n{more}", encoding="utf-8")


def answer(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> dict[str, object]:
    """Run a command with ``--json`` and return what it says."""
    capsys.readouterr()
    assert run([*command, "--json"]) == code
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_an_index_is_migrated_and_answers_as_before(
    here: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    set_cluster(here, cluster.urls[0], cluster.prefix, engine="embedded")
    run(["index"])
    before = answer(capsys, "search", "调解 或 普法")

    moved = answer(capsys, "migrate")

    assert (moved["ok"], moved["reports"], moved["asked"]) == (True, 2, 50)
    assert run(["migrate"]) == 2
    assert "--force" in capsys.readouterr().err
    set_cluster(here, cluster.urls[0], cluster.prefix)
    after = answer(capsys, "search", "调解 或 普法")
    fleeting = {"took_ms", "generation"}
    assert {key: after[key] for key in after if key not in fleeting | {"hits"}} == {
        key: before[key] for key in before if key not in fleeting | {"hits"}
    }
    assert [hit["passage"] for hit in after["hits"]] == [hit["passage"] for hit in before["hits"]]  # type: ignore[attr-defined]
    assert answer(capsys, "status")["needs_reindex"] is False
    assert answer(capsys, "verify")["ok"] is True


def test_a_run_over_a_cluster_keeps_beside_the_index_what_later_ones_ask_for(
    here: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    set_cluster(here, cluster.urls[0], cluster.prefix)
    (here / "corpus" / "坏.docx").write_bytes(b"broken")

    assert run(["index"]) == 1
    told = answer(capsys, "status")

    assert [each["path"] for each in told["failed"]] == ["坏.docx"]  # type: ignore[attr-defined]
    assert told["last_run"]["added"] == 2  # type: ignore[index]
    assert {path.suffix for path in (here / "index").iterdir()} == {".json", ".prepared"}


def test_migrating_to_nowhere_is_wrong_use(here: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    run(["index"])

    assert run(["migrate"]) == 2
    assert "--to" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("search", "调解"), ("index",), ("status",), ("verify",), ("show", "0" * 12)])
def test_a_cluster_that_cannot_be_reached_is_exit_code_3(
    command: tuple[str, ...], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        set_cluster(here, f"http://127.0.0.1:{taken.getsockname()[1]}")

        assert run(list(command)) == 3
    assert "连不上 OpenSearch 集群" in capsys.readouterr().err


def test_a_rebuild_over_a_cluster_that_does_not_answer_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_cluster(failed(503, "search_phase_execution_exception")) as fake:
        set_cluster(here, fake.url)

        assert run(["index", "--rebuild"]) == 3
        assert {method for method, *_ in fake.asked} <= {"GET", "POST", "HEAD"}
    assert "集群暂时不能完整应答" in capsys.readouterr().err


def test_with_fallback_the_index_folder_answers_and_the_terminal_says_so(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["index"])
    with fake_cluster(Said(status=502, body="<h1>Bad Gateway</h1>")) as fake:
        set_cluster(here, fake.url, more="fallback = true\n")
        capsys.readouterr()

        assert run(["search", "调解"]) == 0
        said = capsys.readouterr()
        assert "调解矛盾纠纷" in said.out.replace("【", "").replace("】", "")
        assert "现在由本机的旧索引" in said.err
        assert "现在由本机的旧索引" in str(answer(capsys, "status")["fallen_back"])
        assert run(["index"]) == 3
