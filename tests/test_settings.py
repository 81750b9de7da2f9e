"""Settings: environment before file before defaults, and nothing unknown or out of range passes."""

from dataclasses import fields
from pathlib import Path

import pytest

from search_app.errors import ConfigError
from search_app.settings import Settings, load


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "search-app.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert load({}, folder=tmp_path) == Settings()


def test_the_file_overrides_the_defaults(tmp_path: Path) -> None:
    found = load({}, folder=folder_with(tmp_path, 'corpus = "报告"\nport = 9000\nthreads = 2\nhost = "0.0.0.0"\n'))

    assert found == Settings(corpus=Path("报告"), port=9000, threads=2, host="0.0.0.0")  # noqa: S104 - only a value


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    environ = {"SEARCH_APP_CORPUS": "甲", "SEARCH_APP_INDEX": "乙", "SEARCH_APP_PORT": "81", "OTHER": "1"}

    found = load(environ, folder=folder_with(tmp_path, 'corpus = "报告"'))

    assert (found.corpus, found.index, found.port) == (Path("甲"), Path("乙"), 81)


@pytest.mark.parametrize(
    "text", ['hosts = ["Search.Example", "检索.example"]', 'hosts = "search.example， 检索.example,search.example"']
)
def test_host_names_come_as_a_list_or_a_string_and_are_written_as_browsers_send_them(text: str, tmp_path: Path) -> None:
    assert load({}, folder=folder_with(tmp_path, text)).hosts == ("search.example", "xn--s1vu84b.example")


def test_addresses_may_stand_among_the_host_names(tmp_path: Path) -> None:
    found = load({"SEARCH_APP_HOSTS": "203.0.113.9, 2001:DB8::9, [2001:db8::a]"}, folder=tmp_path)

    assert found.hosts == ("203.0.113.9", "2001:db8::9", "2001:db8::a")


@pytest.mark.parametrize(("text", "seconds"), [("time_budget = 2", 2.0), ("time_budget = 0.5", 0.5), ("", 1.0)])
def test_the_time_of_a_search_is_given_in_seconds(text: str, seconds: float, tmp_path: Path) -> None:
    assert load({}, folder=folder_with(tmp_path, text)).time_budget == seconds


def test_no_bound_on_the_time_of_a_search_is_written_as_0(tmp_path: Path) -> None:
    assert load({"SEARCH_APP_TIME_BUDGET": "0"}, folder=tmp_path).time_budget == 0


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "quick", "3601"])
def test_a_time_that_no_search_can_be_given_is_refused_in_plain_words(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load({"SEARCH_APP_TIME_BUDGET": text}, folder=tmp_path)

    assert "0 表示不限时间" in refused.value.hint


def test_host_names_in_the_environment_are_separated_by_commas(tmp_path: Path) -> None:
    assert load({"SEARCH_APP_HOSTS": "a.example, b"}, folder=tmp_path).hosts == ("a.example", "b")


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert load({"SEARCH_APP_CORPUS": ""}, folder=tmp_path).corpus == Path("corpus")


def test_a_list_of_places_is_a_path_and_an_empty_one_is_none(tmp_path: Path) -> None:
    assert load({}, folder=folder_with(tmp_path, 'gazetteer = "地名.csv"')).gazetteer == Path("地名.csv")
    assert load({"SEARCH_APP_GAZETTEER": "别处/地名.txt"}, folder=tmp_path).gazetteer == Path("别处/地名.txt")
    assert load({}, folder=folder_with(tmp_path, 'gazetteer = ""')).gazetteer is None


@pytest.mark.parametrize("name", ["http://a.example", "a.example:80", "*", "a b", "a/b", "a..b", "x" * 300, "-a"])
def test_what_is_no_host_name_is_refused_with_an_example(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load({"SEARCH_APP_HOSTS": name}, folder=tmp_path)

    assert "search.example" in refused.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "port = 0",
        "port = 70000",
        'port = "八千"',
        "threads = -1",
        "hosts = 3",
        "gazetteer = 3",
        'gazetteer = "a\\u0000b"',
        'corpus = ""',
        'corpus = "C:\\报告"',
        "hosts = [3]",
        'colour = "red"',
        "port = ",
        "\ud800",
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_hint(tmp_path: Path, text: str) -> None:
    (tmp_path / "search-app.toml").write_bytes(text.encode("utf-8", "surrogatepass"))

    with pytest.raises(ConfigError) as refused:
        load({}, folder=tmp_path)

    assert refused.value.hint


def test_a_file_saved_by_notepad_with_a_mark_at_its_head_is_read(tmp_path: Path) -> None:
    assert load({}, folder=folder_with(tmp_path, "\ufeffport = 9000")).port == 9000


def test_baskets_are_kept_beside_the_index_unless_another_folder_is_set(tmp_path: Path) -> None:
    assert Settings(index=tmp_path / "index").basket_folder() == tmp_path / "index.baskets"
    assert load({"SEARCH_APP_BASKETS": "/srv/baskets"}, folder=tmp_path).basket_folder() == Path("/srv/baskets")


@pytest.mark.parametrize(
    ("text", "on"), [("metrics = true", True), ('metrics = "1"', True), ("metrics = false", False)]
)
def test_a_switch_is_on_or_off(text: str, on: bool, tmp_path: Path) -> None:
    assert load({}, folder=folder_with(tmp_path, text)).metrics is on


@pytest.mark.parametrize("text", ["yes please", "2", "开"])
def test_a_switch_that_is_neither_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="log_queries"):
        load({"SEARCH_APP_LOG_QUERIES": text}, folder=tmp_path)


def test_a_log_file_is_a_path_and_an_empty_one_is_none(tmp_path: Path) -> None:
    assert load({"SEARCH_APP_LOG_FILE": "日志/search-app.log"}, folder=tmp_path).log_file == Path("日志/search-app.log")
    assert load({}, folder=folder_with(tmp_path, 'log_file = ""')).log_file is None


@pytest.mark.parametrize("text", ["-1", "1.5", "many"])
def test_a_limit_that_is_no_whole_number_is_refused_in_plain_words(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="vanished_limit"):
        load({"SEARCH_APP_VANISHED_LIMIT": text}, folder=tmp_path)


def test_every_setting_is_explained() -> None:
    explained = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")

    assert [each.name for each in fields(Settings) if f"| `{each.name}` |" not in explained] == []
