"""Settings of a cluster: what cannot be meant is told in plain words at the door, and no password is ever shown."""

from pathlib import Path
from typing import Any

import pytest

from search_app import engines
from search_app.engines import open_engine
from search_app.engines.falling_back import FallingBackEngine
from search_app.engines.opensearch.engine import OpenSearchEngine
from search_app.engines.opensearch.transport import Cluster
from search_app.engines.whoosh import WhooshEngine
from search_app.errors import ConfigError
from search_app.settings import Settings, load

URL = "https://search.example:9200"
SECRET = "口令7Q"  # noqa: S105 - invented


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "search-app.toml").write_text(text, encoding="utf-8")
    return tmp_path


def environ(**given: str) -> dict[str, str]:
    """Return settings as they stand in the environment."""
    return {f"SEARCH_APP_{name.upper()}": value for name, value in given.items()}


def refusal(tmp_path: Path, text: str = "", **given: str) -> ConfigError:
    """Return the error that these settings are refused with."""
    with pytest.raises(ConfigError) as refused:
        load(environ(**given), folder=folder_with(tmp_path, text))
    assert refused.value.hint
    return refused.value


def test_a_cluster_is_set_in_the_file(tmp_path: Path) -> None:
    text = """
        engine = "opensearch"
        opensearch_url = ["https://a.example:9200", "https://b.example:9200/os/"]
        opensearch_ca_file = "ca.pem"
        opensearch_timeout = 12.5
        opensearch_retries = 0
        opensearch_prefix = "reports-1"
        opensearch_shards = 6
        opensearch_replicas = 2
        fallback = true
    """

    assert load({}, folder=folder_with(tmp_path, text)) == Settings(
        engine="opensearch",
        opensearch_url=("https://a.example:9200", "https://b.example:9200/os"),
        opensearch_ca_file=Path("ca.pem"),
        opensearch_timeout=12.5,
        opensearch_retries=0,
        opensearch_prefix="reports-1",
        opensearch_shards=6,
        opensearch_replicas=2,
        fallback=True,
    )


def test_addresses_in_the_environment_are_separated_by_commas(tmp_path: Path) -> None:
    found = load({"SEARCH_APP_OPENSEARCH_URL": f"{URL}， http://127.0.0.1:9200,{URL}"}, folder=tmp_path)

    assert found.opensearch_url == (URL, "http://127.0.0.1:9200")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("engine", "elasticsearch"),
        ("fallback", "vielleicht"),
        ("opensearch_url", "search.example:9200"),
        ("opensearch_url", "https://search.example"),
        ("opensearch_url", "ftp://search.example:9200"),
        ("opensearch_url", "https://search.example:99999"),
        ("opensearch_url", "https://search.example:9200/?pretty"),
        ("opensearch_prefix", "Reports"),
        ("opensearch_prefix", "reports*"),
        ("opensearch_prefix", "_reports"),
        ("opensearch_prefix", "r" * 101),
        ("opensearch_user", "a:b"),
        ("opensearch_timeout", "0"),
        ("opensearch_timeout", "nan"),
        ("opensearch_timeout", "3601"),
        ("opensearch_retries", "21"),
        ("opensearch_shards", "0"),
        ("opensearch_shards", "1025"),
        ("opensearch_replicas", "-1"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(name: str, value: str, tmp_path: Path) -> None:
    assert name in refusal(tmp_path, **{name: value}).message


def test_a_cluster_without_an_address_is_refused(tmp_path: Path) -> None:
    assert "地址" in refusal(tmp_path, engine="opensearch").message


@pytest.mark.parametrize(
    "given",
    [
        {"opensearch_user": "reader"},
        {"opensearch_password": SECRET},
        {"opensearch_password_file": "secret.txt"},
    ],
)
def test_user_and_password_come_together(given: dict[str, str], tmp_path: Path) -> None:
    assert "一起设" in refusal(tmp_path, engine="opensearch", opensearch_url=URL, **given).message


def test_a_password_is_not_sent_in_the_clear_to_another_machine(tmp_path: Path) -> None:
    given = {"engine": "opensearch", "opensearch_user": "reader", "opensearch_password": SECRET}

    refused = refusal(tmp_path, opensearch_url="http://search.example:9200", **given)

    assert "不加密" in refused.message
    assert SECRET not in refused.message + refused.hint
    load(environ(**given, opensearch_url="http://127.0.0.1:9"), folder=tmp_path)


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    refused = refusal(tmp_path, opensearch_url=f"https://reader:{SECRET}@search.example:9200")

    assert "用户名和密码" in refused.message
    assert SECRET not in refused.message + refused.hint


def test_a_password_in_the_settings_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    refused = refusal(tmp_path, f'opensearch_password = "{SECRET}"')

    assert "opensearch_password_file" in refused.hint
    assert SECRET not in refused.message + refused.hint


def test_a_password_stands_in_no_representation_of_the_settings() -> None:
    assert SECRET not in repr(Settings(opensearch_password=SECRET))


def cluster_of(monkeypatch: pytest.MonkeyPatch, **given: Any) -> Cluster:
    """Return what the engine over a cluster is given."""
    seen: list[Cluster] = []

    def remember(self: OpenSearchEngine, cluster: Cluster, root: Path) -> None:  # noqa: ARG001
        seen.append(cluster)

    monkeypatch.setattr(OpenSearchEngine, "__init__", remember)
    open_engine(Settings(engine="opensearch", opensearch_url=(URL,), **given))
    return seen[0]


def test_a_password_is_read_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(f"\ufeff{SECRET}\r\n", encoding="utf-8")

    found = cluster_of(monkeypatch, opensearch_user="reader", opensearch_password_file=tmp_path / "secret")

    assert (found.user, found.password) == ("reader", SECRET)


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines\n", b"x" * 5000, b"\xff\xfe"])
def test_a_file_that_holds_no_password_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(content)

    with pytest.raises(ConfigError, match="密码文件"):
        open_engine(
            Settings(
                engine="opensearch",
                opensearch_url=(URL,),
                opensearch_user="reader",
                opensearch_password_file=tmp_path / "secret",
            )
        )


def test_without_a_setting_the_engine_is_the_embedded_one(tmp_path: Path) -> None:
    assert isinstance(open_engine(Settings(index=tmp_path)), WhooshEngine)
    assert isinstance(open_engine(tmp_path), WhooshEngine)


def test_with_fallback_an_embedded_index_stands_behind_the_cluster(tmp_path: Path) -> None:
    opened = open_engine(
        Settings(index=tmp_path, engine="opensearch", opensearch_url=("http://127.0.0.1:9",), fallback=True)
    )

    assert isinstance(opened, FallingBackEngine)


def test_without_what_speaks_to_a_cluster_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)  # noqa: ARG005

    with pytest.raises(ConfigError) as refused:
        open_engine(Settings(engine="opensearch", opensearch_url=(URL,)))

    assert 'pip install "search-app[opensearch]"' in refused.value.hint
