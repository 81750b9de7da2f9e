"""``inspect``: in reading order, with reasons where asked, and into a bundle."""

import json
from pathlib import Path
from typing import Any

import click
import pytest

from search_app.cli import run
from search_app.cli.understood_tree import as_tree
from search_app.exporting.report_text import as_markdown, as_text
from search_app.indexing import Inspected
from search_app.model import OutlineEntry, Passage, Report
from tests.readers.docx_files import zipped

TEXT = """芷川县溪口镇2023年法治政府建设年度报告
2023年，溪口镇坚持依法行政，现将有关情况报告如下。
一、主要举措和成效
（一）院坝里的事
全年由人民调解委员会调解矛盾纠纷四十二件，成功率达到九成以上，没有一件上行。
（二）把好执法关口
行政执法人员全部持证上岗，全年开展行政执法检查三十次。
二、存在的不足
普法宣传形式单一，年轻人参与不多。
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def explained(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    run(["inspect", "报告.txt", "--explain", "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["reports"][0]
    return found


@pytest.mark.usefixtures("file")
def test_year_and_place_are_explained_by_the_words_that_say_them(capsys: pytest.CaptureFixture[str]) -> None:
    why = {each["field"]: each for each in explained(capsys)["report"]["why"]}

    assert (why["year"]["value"], why["year"]["source"]) == ("2023", "title")
    assert (why["town"]["value"], why["town"]["source"]) == ("溪口镇", "title")
    assert "芷川县溪口镇" in why["town"]["text"]


@pytest.mark.usefixtures("file")
def test_the_genre_is_explained_with_its_reasons_and_how_sure_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    why = {each["field"]: each for each in explained(capsys)["report"]["why"]}

    assert (why["kind"]["value"], why["kind"]["confidence"]) == ("法治政府建设年度报告", "high")
    assert why["kind"]["text"].startswith("标题是“法治政府")
    assert why["year"]["confidence"] is None

    run(["inspect", "报告.txt", "--explain"])
    assert "因为 文种：法治政府建设年度报告（把握大）：标题是“" in capsys.readouterr().out


@pytest.mark.usefixtures("file")
def test_each_heading_and_passage_says_why_it_is_labelled_so(capsys: pytest.CaptureFixture[str]) -> None:
    shape = explained(capsys)

    assert all(each["why"]["section"] for each in (*shape["outline"], *shape["passages"]))
    headings = {each["heading"]: each["why"] for each in shape["outline"]}
    assert "举措" in headings["一、主要举措和成效"]["section"]
    assert headings["（一）院坝里的事"]["section"] == "沿用上级标题“一、主要举措和成效”"
    settled = next(each for each in shape["passages"] if "四十二件" in each["text"])
    assert set(settled["topics"]) == set(settled["why"]["topics"])
    assert all(word in settled["text"] for word in settled["why"]["topics"]["矛盾化解"])


@pytest.mark.usefixtures("file")
def test_the_same_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", "报告.txt", "--explain"]) == 0

    shown = capsys.readouterr().out
    assert "因为 年度：2023，依据报告标题" in shown
    assert "因为 章节：标题里有“" in shown
    assert "因为 矛盾化解：" in shown
    assert "\x1b[" not in shown


@pytest.mark.usefixtures("file")
def test_without_the_option_nothing_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    run(["inspect", "报告.txt", "--json"])
    shape = json.loads(capsys.readouterr().out)["reports"][0]
    run(["inspect", "报告.txt"])

    assert "why" not in shape["report"]
    assert "因为" not in capsys.readouterr().out


def test_an_ambiguous_place_is_shown_with_its_candidates(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXT.replace("芷川县溪口镇", "城关镇").replace("溪口镇", "城关镇"), encoding="utf-8")

    run(["inspect", "报告.txt", "--explain"])

    shown = capsys.readouterr().out
    assert "县：未识别" in shown
    assert "可能属于" in shown


@pytest.mark.usefixtures("file")
def test_all_members_of_a_bundle_are_inspected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "包.zip").write_bytes(zipped({"a.txt": TEXT, "内/b.txt": TEXT, "c.xyz": "x"}))

    assert run(["inspect", "包.zip", "--json", "--corpus", str(tmp_path)]) == 1

    found = json.loads(capsys.readouterr().out)
    assert [each["report"]["path"] for each in found["reports"]] == ["包.zip/a.txt", "包.zip/内/b.txt"]
    assert [each["path"] for each in found["failed"]] == ["包.zip/c.xyz"]


def test_passages_come_in_reading_order_where_a_heading_goes_on_after_its_sub_headings() -> None:
    def passage(number: int, text: str) -> Passage:
        return Passage(id=f"x-{number}", report="x", number=number, text=text)

    outline = (
        OutlineEntry(heading="一、做法", level=1, passages=("x-2", "x-4")),
        OutlineEntry(heading="（一）调解。", level=2, passages=("x-3",)),
        OutlineEntry(heading="二、不足", level=1, passages=("x-5",)),
        OutlineEntry(heading="三、空着", level=1),
    )
    texts = ("开头", "其一", "（一）调解。其二", "其三", "其四")
    passages = tuple(passage(number, text) for number, text in enumerate(texts, start=1))
    report = Report(id="x", path="a.txt", outline=outline)

    lines = [line.strip() for line in as_text(report, passages)][2:-1]
    printed = [line.strip() for line in as_markdown(report, passages)][1:-1]
    tree = [click.unstyle(line).strip() for line in as_tree(Inspected(report=report, passages=passages))][7:]

    assert lines == ["开头", "一、做法", "其一", "（一）调解。其二", "其三", "二、不足", "其四", "三、空着"]
    assert printed == ["开头", "## 一、做法", "其一", "（一）调解。其二", "其三", "## 二、不足", "其四", "## 三、空着"]
    assert [line[:2] for line in tree] == ["1.", "一、", "2.", "（一", "3.", "4.", "二、", "5.", "三、"]


@pytest.mark.usefixtures("file")
def test_what_a_clerk_wants_to_know_stands_at_the_top(capsys: pytest.CaptureFixture[str]) -> None:
    run(["inspect", "报告.txt"])

    shown = capsys.readouterr().out
    assert "地方：芷川县 溪口镇（依据：报告标题，把握大）" in shown
    assert "文种：法治政府建设年度报告" in shown
    assert "结构：4 个标题、4 个段落；没有：第一责任人履职、下年度安排" in shown
    assert "[主要举措和成效｜矛盾化解]" in shown


def test_candidates_stand_beside_the_county_that_is_not_known(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXT.replace("芷川县溪口镇", "城关镇").replace("溪口镇", "城关镇"), encoding="utf-8")

    county = next(each for each in explained(capsys)["report"]["why"] if each["field"] == "county")
    run(["inspect", "报告.txt", "--explain"])

    assert county["value"] is None
    assert len(county["candidates"]) > 20
    assert f"等 {len(county['candidates'])} 处" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "confidence"),
    [(TEXT, ("high", "high")), (TEXT.replace("2023年", "", 2) + "\n2024年1月5日\n", ("low", "high"))],
)
def test_how_far_year_and_place_can_be_relied_on_is_recorded(
    file: Path, text: str, confidence: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(text, encoding="utf-8")

    report = explained(capsys)["report"]

    assert (report["year_confidence"], report["place_confidence"]) == confidence


def test_a_folder_is_inspected_with_all_that_is_in_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "夹" / "内").mkdir(parents=True)
    (file.parent / "夹" / "~$锁.docx").write_text("x")
    file.rename(file.parent / "夹" / "内" / "报告.txt")

    assert run(["inspect", "夹", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (file.parent / "空").mkdir()
    run(["inspect", "空"])

    assert [each["report"]["path"] for each in found["reports"]] == ["夹/内/报告.txt"]
    assert "没有可以读的文件" in capsys.readouterr().err


def test_the_same_text_and_the_same_year_twice_are_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = TEXT + "三、下一步打算\n继续推行“茶馆议事角”，把矛盾化解在家门口，让群众少跑路，再建三个村级法律服务点。\n"
    file.write_text(long, encoding="utf-8")
    (file.parent / "副本.txt").write_text(long, encoding="utf-8")
    (file.parent / "修订.txt").write_text(long.replace("四十二件", "四十三件"), encoding="utf-8")

    assert run(["inspect", "报告.txt", "副本.txt", "修订.txt", "--json"]) == 0

    told = {each["path"]: each["warning"] for each in json.loads(capsys.readouterr().out)["warnings"]}
    assert told["报告.txt"] == "与 副本.txt 内容相同，只收录一份。"
    assert "同为溪口镇 2023 年的报告而内容不同" in told["修订.txt"] + told.get("副本.txt", "")


def test_a_file_name_cannot_break_a_line_or_command_the_terminal(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = file.rename(file.with_name("甲\n乙\x1b[2J\u202e.txt"))
    bad = named.with_name("坏\n\x1b[2J.pdf")
    bad.write_bytes(b"%PDF-1.4")

    run(["inspect", str(named.name), str(bad.name)])

    told = capsys.readouterr()
    assert r"甲\n乙\x1b[2J\u202e.txt" in told.out
    assert r"坏\n\x1b[2J.pdf：" in told.err
    assert "\x1b" not in told.out + told.err
