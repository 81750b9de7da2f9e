"""Word files: opened again by the library, by our own reader and by a word processor, they say what was collected."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from lxml import etree

from search_app.exporting.collection import Collection, Fact, Heading, Read, Remark
from search_app.exporting.printable import make_printable
from search_app.exporting.word.document import write_word
from search_app.exporting.word.styles import STYLES
from search_app.readers import read
from tests.exporting.collections import REPORT, SPITEFUL, collection, quoted, spiteful, texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE = "项目 | 件数\n调解 | 42\n信访 | 3"
#: The order in which the format wants what paragraphs, texts and pages have.
ORDERS = {
    "pPr": ["pStyle", "keepNext", "pBdr", "shd", "spacing", "ind", "jc", "outlineLvl"],
    "rPr": ["rStyle", "rFonts", "b", "color", "sz", "szCs", "lang", "vertAlign"],
    "sectPr": ["footerReference", "endnotePr", "pgSz", "pgMar"],
    "style": ["name", "basedOn", "next", "qFormat", "pPr", "rPr", "tblPr"],
    "settings": [
        "zoom", "defaultTabStop", "characterSpacingControl", "endnotePr", "compat", "themeFontLang", "decimalSymbol",
        "listSeparator",
    ],
}  # fmt: skip


def saved(made: Collection) -> bytes:
    held = io.BytesIO()
    write_word(made, held)
    return held.getvalue()


def opened(made: Collection) -> Any:
    return docx.Document(io.BytesIO(saved(made)))


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def styled(document: Any) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in document.paragraphs]


FULL = collection(
    Heading(text="一、怎么调"),
    quoted("设“茶馆议事角”。\n调解42件。", title="1. 湖口镇", note="可学\n要问次数", state="原文已改动"),
    Heading(text="（一）数字", level=2),
    quoted(TABLE, number=2),
    Remark(text="落款：某镇"),
    title="素材夹：总结",
    about=(Fact(label="检索词", text="调解"), Fact(label="索引代", text="gen-1")),
)


def test_every_item_has_a_style_of_its_own() -> None:
    found = styled(opened(FULL))

    assert found[:5] == [
        ("Title", "素材夹：总结"),
        ("导出说明", "检索词：调解"),
        ("导出说明末行", "索引代：gen-1"),
        ("Heading 1", "一、怎么调"),
        ("Heading 2", "1. 湖口镇"),
    ]
    expected = "段落信息 Quote Quote 来源 备注 备注 备注 Heading_2 段落信息 来源 附注 Heading_1 附注"
    assert [style.replace(" ", "_") for style, _ in found[5:]] == expected.split()
    assert ("备注", "备注：可学") in found
    assert ("备注", "注意：原文已改动") in found


def test_a_table_of_a_passage_is_a_table_whose_head_is_repeated() -> None:
    tables = opened(FULL).tables

    assert [[cell.text for cell in row.cells] for row in tables[0].rows] == [
        ["项目", "件数"],
        ["调解", "42"],
        ["信访", "3"],
    ]
    assert [row._tr.find(f".//{W}tblHeader") is not None for row in tables[0].rows] == [True, False, False]


def test_every_passage_refers_to_its_source_in_the_endnotes() -> None:
    content = saved(FULL)
    notes = part(content, "word/endnotes.xml")
    referred = part(content, "word/document.xml").findall(f".//{W}endnoteReference")

    said = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}
    assert [each.get(f"{W}id") for each in referred] == ["1", "2"]
    assert list(said) == ["-1", "0", "1", "2"]
    assert [note.get(f"{W}type") for note in notes] == ["separator", "continuationSeparator", None, None]
    assert "第1段 引用码" in said["1"]
    assert "文件：芷川县/湖口镇2023.txt，http://127.0.0.1:8000/reports/0123456789ab#p-1" in said["1"]
    assert "第2段 引用码" in said["2"]


def test_a_reference_stands_behind_its_quotation_so_that_it_is_copied_with_it() -> None:
    paragraphs = opened(FULL).paragraphs

    holding = [each.style.name for each in paragraphs if each._p.findall(f".//{W}endnoteReference")]
    assert holding == ["Quote", "来源"]  # behind a table there is no place


def test_the_endnotes_are_a_part_that_the_archive_and_the_settings_know() -> None:
    content = saved(FULL)

    types = {each.get("PartName"): each.get("ContentType") for each in part(content, "[Content_Types].xml")}
    relations = {each.get("Target"): each.get("Type") for each in part(content, "word/_rels/document.xml.rels")}
    settings_part = part(content, "word/settings.xml")
    assert types["/word/endnotes.xml"].endswith("wordprocessingml.endnotes+xml")
    assert relations["endnotes.xml"].endswith("/relationships/endnotes")
    assert [each.get(f"{W}id") for each in settings_part.iterfind(f".//{W}endnote")] == ["-1", "0"]


def test_every_part_that_is_named_is_there_and_no_picture_of_another_document() -> None:
    content = saved(FULL)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())

    assert {each.get("PartName") for each in part(content, "[Content_Types].xml")} - {None} <= {f"/{n}" for n in names}
    assert not [name for name in names if re.search("thumbnail|customXml|app.xml", name)]


@pytest.mark.parametrize("tag", ORDERS)
def test_what_the_format_wants_in_an_order_stands_in_it(tag: str) -> None:
    content, order = saved(FULL), ORDERS[tag]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        trees = [part(content, name) for name in archive.namelist() if name.endswith(".xml")]

    found = [holder for tree in trees for holder in tree.iter(f"{W}{tag}")]
    assert found
    for holder in found:
        places = [order.index(etree.QName(child).localname) for child in holder]
        assert places == sorted(places)


def test_every_style_that_is_used_is_described_with_a_face_for_chinese() -> None:
    content = saved(FULL)
    described = {each.get(f"{W}styleId") for each in part(content, "word/styles.xml").iterfind(f"{W}style")}
    used = {
        each.get(f"{W}val")
        for name in ("document", "endnotes", "footer1")
        for each in part(content, f"word/{name}.xml").iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }

    assert used <= described
    assert {each.get(f"{W}eastAsia") for each in part(content, "word/styles.xml").iter(f"{W}rFonts")} <= {
        "仿宋", "楷体", "黑体", "宋体", "方正小标宋简体",
    }  # fmt: skip


def test_headings_have_the_levels_that_the_navigation_pane_reads() -> None:
    levels = {style.name: style.level for style in STYLES if style.level is not None}

    assert levels == {f"heading {number}": number - 1 for number in range(1, 10)}


def test_pages_are_numbered() -> None:
    footer = opened(FULL).sections[0].footer

    fields = footer._element.findall(f".//{W}fldSimple")
    assert [each.get(f"{W}instr").strip() for each in fields] == ["PAGE"]


def test_the_document_has_a_title_and_no_author() -> None:
    properties = opened(FULL).core_properties

    assert (properties.title, properties.author, properties.last_modified_by, properties.comments) == (
        "素材夹：总结", "", "", "",
    )  # fmt: skip
    assert properties.created.isoformat()[:16] == "2026-11-29T01:30"


def test_a_report_keeps_its_outline_its_numbers_and_its_run_in_headings() -> None:
    passage = quoted("（一）调解。设点3处。", number=4).passage
    items = (Heading(text="一、举措"), Heading(text="1. 点", level=3), Read(passage=passage, report=REPORT, lead=6))

    document = opened(collection(*items))

    assert styled(document)[2:] == [
        ("Heading 1", "一、举措"),
        ("Heading 3", "1. 点"),
        ("Body Text", "4　（一）调解。设点3处。"),
    ]
    assert [run.style.name for run in document.paragraphs[-1].runs][:2] == ["段号", "段首小标题"]
    assert document.paragraphs[-1].runs[1].text == "（一）调解。"


def test_a_file_without_passages_has_no_sources() -> None:
    content = saved(collection(Remark(text="没有符合条件的段落。")))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "word/endnotes.xml" not in archive.namelist()
    assert styled(docx.Document(io.BytesIO(content)))[-1] == ("附注", "没有符合条件的段落。")


def test_our_own_reader_reads_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "素材.docx"
    file.write_bytes(saved(FULL))

    made = read(file)

    said = [(block.kind, block.text) for block in made.blocks]
    assert ("heading", "一、怎么调") in said
    assert ("paragraph", "设“茶馆议事角”。") in said
    assert ("table", TABLE) in said


@pytest.mark.parametrize("text", SPITEFUL)
def test_a_spiteful_text_is_a_text(text: str) -> None:
    assert said_in(opened(collection(quoted(text)))) == printed(text)


@given(text=texts)
@settings(max_examples=60)
def test_any_text_anywhere_makes_a_file_that_opens_and_says_it(text: str) -> None:
    document = opened(spiteful(text))

    assert said_in(document) == printed(text)


def test_a_paragraph_of_any_length_is_one_paragraph() -> None:
    text = "调解矛盾纠纷" * 20_000

    assert [each.text for each in opened(collection(quoted(text))).paragraphs if each.style.name == "Quote"] == [text]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_a_word_processor_opens_it_and_shows_the_sources_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(saved(FULL))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=180)

    said = re.sub(r"\s+", "", "".join(block.text for block in read(tmp_path / "a.pdf").blocks))
    order = (
        "素材夹：总结",
        "检索词：调解",
        "一、怎么调",
        "设“茶馆议事角”。",
        "调解42件。",
        "各段的出处",
        "第1段",
        "第2段",
    )
    assert re.search(".*".join(order), said), said


def said_in(document: Any) -> str:
    """Return the text of the quotation, in paragraphs and tables, without white space."""
    return _closed_up("".join(_quotation(document)))


def _quotation(document: Any) -> Iterator[str]:
    for each in document.iter_inner_content():
        if each.__class__.__name__ == "Table":
            yield from (" | ".join(cell.text for cell in row.cells) + "\n" for row in each.rows)
        elif each.style.name == "Quote":
            yield each.text + "\n"


def printed(text: str) -> str:
    return _closed_up(make_printable(text))


def _closed_up(text: str) -> str:
    """Return a text without white space, nor the signs between cells that a shorter row of a table has at its end."""
    return re.sub(r"\s+", "", re.sub(r"[^\S\n]*(?:\|[^\S\n]*)+$", "", text, flags=re.MULTILINE))
