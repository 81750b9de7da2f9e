"""Coming back from the command line: by citation code, and to what is new since a generation."""

import json
from collections.abc import Callable

import pytest

from search_app import engines
from search_app.cli import run
from search_app.exporting import citation
from tests.conftest import make_passages, make_report
from tests.engines.scanning import ScanningEngine

SAID = "设立“渡口议事船”，逢集靠岸听诉求。"


class Kept(ScanningEngine):
    """Outlives the command that closes it, as an index on disk does."""

    def close(self) -> None:
        pass


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Give what puts a report and returns the code of its first passage."""
    engine = Kept()
    monkeypatch.setattr(engines, "open_engine", lambda _: engine)

    def put(path: str, *said: str, town: str = "湖口镇") -> str:
        report = make_report(path, town=town)
        passages = make_passages(report, *said)
        with engine.writing() as writer:
            writer.put(report, passages)
        return citation.code(passages[0], report)

    return put


def test_only_what_is_new_since_a_generation_is_printed(
    file: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    file("a.txt", "调解纠纷一件。")
    file("b.txt", "调解纠纷两件。", town="杉岭乡")

    assert run(["search", "调解", "--since", "gen-000001"]) == 0

    printed = capsys.readouterr().out
    assert "1 个段落，来自 1 份报告" in printed
    assert "（第 1 代索引）之后新增的段落" in printed
    assert "湖口镇" not in printed


def test_a_generation_that_is_not_known_is_wrong_use_that_names_those_that_are(
    file: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    file("a.txt", "调解纠纷一件。")

    assert run(["search", "调解", "--since", "gen-000007"]) == 2

    assert "可以写：gen-000001（" in capsys.readouterr().err


def test_the_status_names_the_generations_that_can_be_asked_for(
    file: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    file("a.txt", "调解纠纷一件。")
    file("b.txt", "调解纠纷两件。")

    run(["status"])
    printed = capsys.readouterr().out
    run(["status", "--json"])

    assert "能用 --since 查此后新增的：gen-000002（" in printed
    assert [each["name"] for each in json.loads(capsys.readouterr().out)["generations"]] == ["gen-000002", "gen-000001"]


def test_a_code_shows_its_report_with_a_pointer_at_the_passage(
    file: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = file("a.txt", SAID, "别的话。")

    assert run(["show", code.lower()]) == 0

    printed = capsys.readouterr().out
    assert f"▶ {SAID}" in printed
    assert printed.count("▶") == 1


def test_a_code_of_a_text_that_only_others_say_names_them(
    file: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = file("a.txt", SAID)
    file("a.txt", "改过了。")
    file("b.txt", SAID, town="杉岭乡")

    assert run(["show", code]) == 1

    assert f"杉岭乡，2023年度）第1段（{make_report('b.txt', town='').id}-1）" in capsys.readouterr().err


def test_a_text_that_stands_twice_is_shown_once_and_both_places_are_named(
    file: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    file("a.txt", SAID)
    code = file("b.txt", SAID)

    assert run(["show", code]) == 0

    printed = capsys.readouterr()
    assert "有 2 处是这段文字" in printed.err
    assert "来源：a.txt" in printed.out


def test_a_code_of_nothing_says_what_to_do(file: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    file("a.txt", "调解纠纷一件。")

    assert run(["show", "7K3QF-9ZM2X-2XAB"]) == 1

    assert "用镇名和年度检索" in capsys.readouterr().err


def test_the_id_of_a_passage_is_never_taken_for_a_code(
    file: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    file("a.txt", *(f"第{number}句话。" for number in range(12)))

    assert run(["show", f"{make_report('a.txt', town='').id}-12"]) == 0

    assert "▶ 第11句话。" in capsys.readouterr().out
