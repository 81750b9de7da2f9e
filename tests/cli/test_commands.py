"""The commands: exit codes, what goes to stdout and what to stderr, and the JSON that scripts rely on."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search_app import __version__, engines, labelling, parsing, readers, web
from search_app.cli import run
from search_app.errors import DamagedFile
from search_app.indexing import report_id
from search_app.model import Aside, Block, Document, OutlineEntry, Passage, Report
from search_app.settings import Settings
from tests.conftest import Golden, make_passages
from tests.engines.scanning import ScanningEngine

Run = Callable[..., int]


class Kept(ScanningEngine):
    """Outlives the command that closes it, as an index on disk does."""

    def close(self) -> None:
        pass


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with a corpus of two files, one of them bad."""
    for name in ("SEARCH_APP_CORPUS", "SEARCH_APP_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "湖口镇.txt").write_text("调解矛盾纠纷四十二件。", encoding="utf-8")
    return tmp_path


@pytest.fixture
def index(here: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Stand in for the index on disk, and for the rooms that understand files."""
    assert here
    engine = Kept()
    monkeypatch.setattr(engines, "open_engine", lambda _: engine)
    monkeypatch.setattr(readers, "read", read)
    monkeypatch.setattr(parsing, "parse", parse)
    monkeypatch.setattr(labelling, "label", lambda report, passages: (report, passages))
    return engine


def read(path: Path) -> Document:
    if path.suffix != ".txt":
        raise DamagedFile(str(path), "打不开")
    return Document(format="txt", blocks=(Block(text=path.read_text(encoding="utf-8")),))


def parse(
    document: Document,
    *,
    path: str,
    fingerprint: str = "",
    corrections: dict[str, object] | None = None,
    own_places: str = "",
) -> tuple[Report, tuple[Passage, ...]]:
    assert (corrections, own_places) == (None, "")
    report = Report(
        id=report_id(path),
        path=path,
        fingerprint=fingerprint,
        title="湖口镇2023年法治政府建设年度报告",
        town="湖口镇",
        year=2023,
        year_source="title",
        place_source="title",
        asides=(Aside(text="湖口镇人民政府", reason="落款"),),
    )
    passages = make_passages(report, document.blocks[0].text, headings=("一、主要举措",), score=70)
    outline = (OutlineEntry(heading="一、主要举措", level=1, passages=(passages[0].id,)),)
    return Report(**{**{name: getattr(report, name) for name in report.__slots__}, "outline": outline}), passages


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the one JSON object on stdout."""
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


REPORT_ID = report_id("湖口镇.txt")


@pytest.mark.usefixtures("index")
def test_indexing_good_files_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "--json"]) == 0

    found = answer(capsys)
    assert (found["added"], found["failed"], found["reports"], found["passages"]) == (["湖口镇.txt"], [], 1, 1)


@pytest.mark.usefixtures("index")
def test_a_file_that_cannot_be_read_is_named_and_exits_with_1(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "corpus" / "坏.docx").write_text("x", encoding="utf-8")

    assert run(["index"]) == 1

    printed = capsys.readouterr()
    assert "坏.docx：打不开" in printed.err
    assert "新增 1" in printed.out
    assert "失败 1" in printed.out


@pytest.mark.usefixtures("index")
def test_a_dry_run_says_what_would_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "--dry-run"]) == 0

    assert "新增 湖口镇.txt" in capsys.readouterr().out
    assert run(["search", "调解"]) == 3


@pytest.mark.usefixtures("index")
def test_ignored_files_are_not_silent(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "corpus" / "~$湖口镇.docx").write_text("x", encoding="utf-8")

    run(["index"])

    assert "~$湖口镇.docx" in capsys.readouterr().err


@pytest.mark.usefixtures("index")
def test_what_was_searched_for_instead_is_said_with_the_option_that_undoes_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["index"])
    capsys.readouterr()

    assert run(["search", "tiaojie"]) == 0

    printed = capsys.readouterr().out
    assert "已按 调解 检索" in printed
    assert "加 --literal" in printed


@pytest.mark.usefixtures("index")
def test_a_search_prints_marks_source_and_facets(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    assert run(["search", "调解", "四十二"]) == 0

    printed = capsys.readouterr().out
    assert "已按 调解 并且 四十二 检索：1 个段落，来自 1 份报告。" in printed
    assert "【调解】矛盾纠纷【四十二】件。" in printed
    assert "1. 《湖口镇2023年法治政府建设年度报告》（湖口镇，2023年度）一、第1段\n" in printed
    assert "引用码 T19A4-03KA8-33KF" in printed
    assert "年度：2023 1" in printed
    order = ["年度：", "县：", "镇：", "章节："]
    assert [printed.index(f"\n{name}") for name in order] == sorted(printed.index(f"\n{name}") for name in order)


@pytest.mark.usefixtures("index")
def test_what_is_near_is_printed_below_a_line_and_counted_apart(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "湖口镇2022年度法治政府建设情况报告\n一、主要举措\n{}\n"
    for number, said in enumerate(("征迁服务站设在村口，由老支书坐班。", "服务站登记搬家，由镇干部坐班。"), 1):
        (here / "corpus" / f"征迁{number}.txt").write_text(text.format(said), encoding="utf-8")
    run(["index"])
    capsys.readouterr()

    assert run(["search", "征迁服务站"]) == 0

    printed = capsys.readouterr().out
    assert "检索：1 个段落，来自 1 份报告；另有 1 个段落内容相近。" in printed
    assert printed.index("【征迁服务站】") < printed.index("不一定含有这些词") < printed.index("登记搬家")


@pytest.mark.usefixtures("index")
def test_signs_alone_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    assert run(["search", "！！！"]) == 2
    assert "没有可以检索的字" in capsys.readouterr().err
    assert run(["search", "--json", "！！！"]) == 2
    assert '"nothing_to_search"' in capsys.readouterr().out


@pytest.mark.usefixtures("index")
def test_search_options_reach_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()
    options = "--year 2023 --town 湖口镇 --section 主要举措和成效 --topic 矛盾化解 --sort newest --collapse none"

    assert run(["search", "调解", *options.split(), "--exemplary", "--page", "1", "--size", "5", "--json"]) == 0

    found = answer(capsys)
    assert (found["total"], found["size"], found["sort"], found["collapse"]) == (1, 5, "newest", "none")
    assert [value["value"] for value in found["facets"]["year"] if value["selected"]] == [2023]


@pytest.mark.usefixtures("index")
def test_values_are_left_out_and_results_sorted_by_town(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "corpus" / "又一份.txt").write_text("又一份报告讲普法。", encoding="utf-8")
    run(["index"])
    capsys.readouterr()

    assert run(["search", "--not-town", "没有的镇", "--sort", "town", "--json"]) == 0
    found = answer(capsys)
    assert run(["search", "--not-topic", "信访"]) == 0
    printed = capsys.readouterr().out

    assert (found["total"], found["sort"]) == (2, "town")
    assert [each["value"] for each in found["facets"]["town"] if each["excluded"]] == ["没有的镇"]
    assert "✗信访 0" in printed


@pytest.mark.usefixtures("index")
def test_what_is_left_out_and_hides_everything_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    run(["search", "调解", "--not-year", "2023"])

    assert "去掉“不看”的年度：1 段" in capsys.readouterr().out


@pytest.mark.usefixtures("index")
def test_unknown_values_can_be_asked_for_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    assert run(["search", "--county", "未识别", "--year", "2023年", "--json"]) == 0

    assert answer(capsys)["total"] == 1


@pytest.mark.usefixtures("index")
def test_filters_in_the_way_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    run(["search", "调解", "--year", "1999"])

    assert "去掉年度：1 段" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "x", "--year", "去年"],
        ["search", "x", "--sort", "size"],
        ["search", "x", "--section", "结尾"],
        ["search", "x", "--not-year", "去年"],
        ["search", "x", "--size", "0"],
        ["search", "x", "--page", "0"],
        ["search", "x", "--page", "7"],
        ["search", "x", "--colour", "red"],
        ["search", "-调解"],
        ["serch"],
        ["show"],
        ["inspect"],
        ["index", "--jobs", "0"],
        ["index", "--watch", "--dry-run"],
        ["index", "--corpus", "nowhere"],
        ["serve", "--port", "99999"],
    ],
)
@pytest.mark.usefixtures("index")
def test_wrong_use_exits_with_2_and_says_so_in_chinese(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["index"])
    capsys.readouterr()

    assert run(arguments) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert any("一" <= char <= "鿿" for char in printed.err)
    assert "Error" not in printed.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "x", "--size", "0"], "bad_search"),
        (["search", "x", "--page", "y"], "usage"),
        (["search", "x", "--nope"], "usage"),
        (["search", "--json=1"], "usage"),
        (["search", "x", "--sort", "y"], "usage"),
        (["status", "--corpus", __file__], "usage"),
        (["index", "--jobs", "0"], "usage"),
        (["index", "--corpus", "nowhere"], "config"),
        (["show"], "usage"),
        (["nope"], "usage"),
    ],
)
@pytest.mark.usefixtures("index")
def test_wrong_use_with_json_is_an_object_in_chinese(
    arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["index"])
    capsys.readouterr()

    assert run([*arguments, "--json"]) == 2

    error = answer(capsys)["error"]
    assert (set(error), error["code"]) == ({"code", "message", "hint"}, code)
    assert not re.search(r"[A-Za-z]+ [a-z]+ ", error["message"])


@pytest.mark.parametrize("command", [["search", "x"], ["show", "0"], ["status"], ["verify"]])
@pytest.mark.usefixtures("index")
def test_without_an_index_a_question_exits_with_3(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command) == 3

    assert "search-app index" in capsys.readouterr().err


@pytest.mark.usefixtures("index")
def test_with_json_an_error_is_an_object_on_stdout_too(capsys: pytest.CaptureFixture[str]) -> None:
    run(["search", "x", "--json"])

    assert answer(capsys)["error"]["code"] == "index_missing"


@pytest.mark.usefixtures("index")
def test_status_of_a_missing_index_is_an_object_with_nulls(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--json"]) == 3

    found = answer(capsys)
    assert (found["generation"], found["built_at"], found["needs_reindex"]) == (None, None, True)


@pytest.mark.usefixtures("index")
def test_status_counts_and_says_whether_to_reindex(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()
    assert run(["status"]) == 0
    assert "索引是最新的" in capsys.readouterr().out
    (here / "corpus" / "新.txt").write_text("x", encoding="utf-8")

    assert run(["status"]) == 0

    printed = capsys.readouterr().out
    assert "新.txt" in printed
    assert "2023 1" in printed


def test_status_names_no_run_where_a_run_alone_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = here / "corpus" / "甲县"
    gone.mkdir()
    (gone / "报告.txt").write_text("石湾镇2023年度法治政府建设年度报告\n一、主要举措\n开展普法。", encoding="utf-8")
    run(["index"])
    gone.rename(here / "甲县")
    capsys.readouterr()
    assert run(["status"]) == 0

    printed = capsys.readouterr().out
    assert "search-app index --accept-removals" in printed
    assert "请运行：search-app index\n" not in printed


@pytest.mark.usefixtures("index")
def test_verify_exits_with_1_when_something_is_wrong(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    assert run(["verify"]) == 0
    (here / "corpus" / "湖口镇.txt").write_text("改过", encoding="utf-8")
    capsys.readouterr()

    assert run(["verify", "--json"]) == 1

    found = answer(capsys)
    assert not found["ok"]
    assert len(found["problems"]) == 1


@pytest.mark.parametrize("wanted", [REPORT_ID, f"{REPORT_ID}-1"])
@pytest.mark.usefixtures("index")
def test_a_report_is_shown_by_its_id_or_a_passages(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    assert run(["show", wanted]) == 0

    assert "调解矛盾纠纷四十二件。" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.usefixtures("index")
def test_the_passage_that_was_asked_for_is_pointed_at(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    run(["show", f"{REPORT_ID}-1", "--format", form])

    assert "\n▶ 调解矛盾纠纷四十二件。" in capsys.readouterr().out


@pytest.mark.usefixtures("index")
def test_a_passage_that_the_report_does_not_have_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    assert run(["show", f"{REPORT_ID}-99"]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "共有 1 段" in printed.err


@pytest.mark.usefixtures("index")
def test_a_shown_report_says_its_title_once(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()

    run(["show", REPORT_ID])

    assert capsys.readouterr().out.count("湖口镇2023年法治政府建设年度报告") == 1


@pytest.mark.usefixtures("index")
def test_a_report_is_shown_as_markdown_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    capsys.readouterr()
    run(["show", REPORT_ID, "--format", "markdown"])
    lines = capsys.readouterr().out.splitlines()
    run(["show", REPORT_ID, "--format", "json"])
    by_format = capsys.readouterr().out
    run(["show", REPORT_ID, "--json"])

    assert lines[0] == "# 湖口镇2023年法治政府建设年度报告"
    assert "## 一、主要举措" in lines
    assert capsys.readouterr().out == by_format
    assert json.loads(by_format)["reports"][0]["report"]["id"] == REPORT_ID


@pytest.mark.usefixtures("index")
def test_an_unknown_report_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])

    assert run(["show", "000000000000"]) == 1

    assert "000000000000" in capsys.readouterr().err


@pytest.mark.usefixtures("index")
def test_inspect_shows_what_was_understood_without_an_index(capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    assert run(["inspect", "corpus/湖口镇.txt"]) == 0

    golden.check("inspect.txt", capsys.readouterr().out)


@pytest.mark.usefixtures("index")
def test_inspect_lists_what_it_cannot_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "坏.docx").write_text("x", encoding="utf-8")

    assert run(["inspect", "坏.docx", "corpus/湖口镇.txt", "--json"]) == 1

    found = answer(capsys)
    assert [each["report"]["path"] for each in found["reports"]] == ["湖口镇.txt"]
    assert found["failed"][0]["path"] == "坏.docx"
    assert set(found["failed"][0]) == {"path", "error", "hint"}


@pytest.mark.usefixtures("index")
def test_serve_hands_the_settings_to_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []
    monkeypatch.setattr(web, "serve", seen.append)
    monkeypatch.setenv("SEARCH_APP_THREADS", "3")

    assert run(["serve", "--port", "8123", "--corpus", "甲"]) == 0

    assert seen == [Settings(corpus=Path("甲"), port=8123, threads=3)]


@pytest.mark.usefixtures("index")
def test_ctrl_c_exits_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: Settings) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(web, "serve", interrupted)

    assert run(["serve"]) == 130

    assert "已中断" in capsys.readouterr().err


@pytest.mark.usefixtures("index")
def test_watching_updates_once_the_folder_has_changed_and_kept_still(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds: list[float] = []

    def wait(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 1:
            (here / "corpus" / "新.txt").write_text("x", encoding="utf-8")
        if len(rounds) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("search_app.cli.watching.time.sleep", wait)

    assert run(["index", "--watch", "--json"]) == 130

    runs = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["added"] for each in runs] == [["湖口镇.txt"], ["新.txt"]]


@pytest.mark.usefixtures("index")
def test_watching_goes_on_when_the_folder_is_away_for_a_while(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds: list[float] = []

    def wait(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 1:
            (here / "corpus").rename(here / "away")
        if len(rounds) == 3:
            (here / "away").rename(here / "corpus")
        if len(rounds) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr("search_app.cli.watching.time.sleep", wait)

    assert run(["index", "--watch"]) == 130

    printed = capsys.readouterr()
    assert printed.err.count("稍后再试") == 1
    assert printed.out.count("完成") == 1


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0

    assert capsys.readouterr().out == f"search-app {__version__}\n"


COMMANDS = (
    *("index", "search", "export", "show", "similar", "related", "review", "compare", "figures", "inspect", "draft"),
    *("serve", "status", "verify", "migrate", "backup", "restore"),
)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_as_golden(command: str, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    assert run([*command.split(), "--help"]) == 0

    golden.check(f"help{'-' if command else ''}{command}.txt", capsys.readouterr().out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_the_common_options(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    run([command, "--help"])

    printed = capsys.readouterr().out
    assert all(option in printed for option in ("--corpus", "--index", "--json"))


@pytest.mark.usefixtures("index")
def test_a_search_for_a_citation_code_names_the_command_that_follows_it(capsys: pytest.CaptureFixture[str]) -> None:
    run(["index"])
    run(["search", "调解"])
    code = re.findall(r"引用码 (\S+)", capsys.readouterr().out)[0]

    run(["search", code])

    assert f"search-app show {code}" in capsys.readouterr().out
