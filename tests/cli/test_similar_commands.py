"""From one passage to others on the command line: what differs is marked, scripts get what the pages give."""

import json

import pytest

from search_app import engines
from search_app.cli import run
from tests.engines.building import filed
from tests.engines.scanning import ScanningEngine


class Kept(ScanningEngine):
    """Outlives the command that closes it, as an index on disk does."""

    def close(self) -> None:
        pass


@pytest.fixture
def name(monkeypatch: pytest.MonkeyPatch) -> str:
    """Stand in for an index on disk; give the id of a passage that one other says nearly the same as."""
    engine = Kept()
    said = "聘请法律顾问两名，全年审查合同{}份。"
    own = filed("望杉镇.txt", said.format(42), town="望杉镇", year=2023, topics=("法律顾问",))
    with engine.writing() as writer:
        writer.put(*own)
        writer.put(*filed("白砾乡.txt", said.format(38), town="白砾乡", year=2022, topics=("法律顾问",)))
        writer.put(*filed("云栈镇.txt", "法律顾问坐班，先审查后签合同。", town="云栈镇", topics=("法律顾问",)))
    monkeypatch.setattr(engines, "open_engine", lambda _: engine)
    return own[1][0].id


def test_similar_passages_are_printed_with_what_differs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", name]) == 0

    printed = capsys.readouterr().out
    assert "另有 1 处相近表述。" in printed
    assert "审查合同[-42-]{+38+}份。" in printed


def test_related_passages_are_printed_without_copies(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["related", name]) == 0

    printed = capsys.readouterr().out
    assert "其他乡镇有 1 段。" in printed
    assert "云栈镇" in printed
    assert "白砾乡" not in printed


def test_related_passages_are_narrowed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["related", name, "--not-town", "云栈镇"]) == 0

    assert "没有找到其他乡镇讲同一件事的段落。" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["similar", "related"])
def test_scripts_get_what_the_pages_give(command: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, name, "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert (answer["passage"]["id"], answer["total"], len(answer["hits"])) == (name, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["ffffffffffff-1"], 1), (["?-9"], 1), (["?", "--page", "9"], 2), (["?", "--size", "0"], 2)]
)
def test_what_cannot_be_listed_is_said(
    arguments: list[str], code: int, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [each.replace("?-9", f"{name}9").replace("?", name) for each in arguments]

    assert run(["similar", *asked]) == code
    assert "办法：" in capsys.readouterr().err


def test_the_typed_words_alone_can_be_searched(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "法律顾问", "--no-also", "--literal", "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert name in [hit["passage"]["id"] for hit in answer["hits"]]
    assert not [note for note in answer["notes"] if note["kind"] == "also"]
