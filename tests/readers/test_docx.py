""".docx: the text as a person sees it with all changes accepted."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from search_app.errors import DamagedFile, NoText, UnsupportedFile
from search_app.model import Block, Document
from search_app.readers import docx_package
from search_app.readers.docx_reader import read
from tests.readers.docx_files import docx, p, r, row, table, text_box, zipped

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
INSTRUCTION = "<w:r><w:instrText>{}</w:instrText></w:r>"


def document(body: str, *, styles: str = "", parts: dict[str, str] | None = None) -> Document:
    return read(docx(body, styles=styles, parts=parts), "报告.docx")


def texts(body: str) -> list[str]:
    return [block.text for block in document(body).blocks]


def field(instruction: str, result: str) -> str:
    return (
        FIELD.format("begin")
        + INSTRUCTION.format(instruction)
        + FIELD.format("separate")
        + result
        + FIELD.format("end")
    )


def test_insertions_stay_and_deletions_go() -> None:
    body = (
        f"<w:p>{r('办结')}<w:del><w:r><w:delText>九</w:delText></w:r></w:del><w:ins>{r('十二')}</w:ins>{r('件')}</w:p>"
    )

    assert texts(body) == ["办结十二件"]


def test_moved_text_is_read_where_it_went() -> None:
    moved = (
        f"<w:p><w:moveFrom>{r('旧处')}</w:moveFrom>{r('甲')}</w:p><w:p>{r('乙')}<w:moveTo>{r('旧处')}</w:moveTo></w:p>"
    )

    assert texts(moved) == ["甲", "乙旧处"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前半，')}</w:p>" + p("后半。")

    assert texts(body) == ["前半，后半。"]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    body = f"<w:p>{r('正文一')}{text_box(p('框内文字'))}</w:p>" + p("正文二")

    assert texts(body) == ["正文一", "框内文字", "正文二"]


def test_a_line_broken_by_hand_is_two_blocks() -> None:
    assert texts(f"<w:p>{r('云岭镇人民政府')}<w:r><w:br/></w:r>{r('2023年报告')}</w:p>") == [
        "云岭镇人民政府",
        "2023年报告",
    ]


def test_tabs_hyphens_and_form_signs_are_read() -> None:
    signs = '<w:r><w:tab/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'

    assert texts(f"<w:p>{r('甲')}{signs}{r('乙')}</w:p>") == ["甲 -☑乙"]


def test_links_content_controls_and_smart_tags_are_looked_into() -> None:
    inner = f"<w:hyperlink>{r('甲')}</w:hyperlink><w:smartTag>{r('乙')}</w:smartTag>"
    control = f"<w:sdt><w:sdtContent>{r('丙')}</w:sdtContent></w:sdt>"
    outer = f"<w:sdt><w:sdtContent>{p('丁')}</w:sdtContent></w:sdt>"

    assert texts(f"<w:p>{inner}{control}</w:p>{outer}") == ["甲乙丙", "丁"]


def test_hidden_text_and_placeholders_are_no_text() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击输入')}</w:sdtContent></w:sdt>"

    assert texts(f"<w:p>{hidden}{shown}{empty}</w:p>") == ["可见"]


def test_a_field_gives_its_result_and_not_its_code() -> None:
    assert texts(f"<w:p>{field('DATE', r('2024年'))}{field('PAGE', r('7'))}{r('完')}</w:p>") == ["2024年完"]


def test_a_table_of_contents_does_not_repeat_the_headings() -> None:
    begin = (
        f"<w:p>{FIELD.format('begin')}{INSTRUCTION.format('TOC 1-3')}{FIELD.format('separate')}{r('一、做法 1')}</w:p>"
    )
    end = f"<w:p>{r('二、不足 3')}{FIELD.format('end')}</w:p>"

    assert texts(begin + end + p("一、做法")) == ["一、做法"]


def test_a_table_becomes_rows_in_its_place() -> None:
    found = document(p("前") + table(row("项目", "件数"), row("调解", "12")) + p("后"))

    assert found.blocks[1] == Block(
        kind="table", text="项目 | 件数\n调解 | 12", rows=(("项目", "件数"), ("调解", "12"))
    )
    assert [block.text for block in found.blocks][::2] == ["前", "后"]


def test_a_nested_table_comes_right_after_its_row() -> None:
    inner = table(row("甲村", "3"), row("乙村", "5"))
    found = document(table(row("村", "数"), row("合计", p("共8") + inner + p()), row("备注", "无")))

    assert [block.rows for block in found.blocks] == [
        (("村", "数"), ("合计", "共8")),
        (("甲村", "3"), ("乙村", "5")),
        (("备注", "无"),),
    ]


def test_a_table_that_only_frames_the_page_is_read_as_paragraphs() -> None:
    found = document(table(row(p("标题") + p("正文"))))

    assert [(block.kind, block.text) for block in found.blocks] == [("paragraph", "标题"), ("paragraph", "正文")]


def test_deleted_rows_are_gone() -> None:
    gone = row("旧", "9").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")

    assert document(table(row("甲", "1"), gone, row("乙", "2"))).blocks[0].rows == (("甲", "1"), ("乙", "2"))


STYLES = (
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="文"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="child"><w:name w:val="变体"/><w:basedOn w:val="own"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
)


@pytest.mark.parametrize(
    ("style", "properties", "level"),
    [
        ("h2", "", 2),
        ("own", "", 1),
        ("child", "", 1),
        ("a", "", None),
        ("x", "", None),
        ("a", '<w:outlineLvl w:val="2"/>', 3),
        ("own", '<w:outlineLvl w:val="9"/>', None),
    ],
)
def test_the_heading_level_comes_from_the_paragraph_or_its_styles(
    style: str, properties: str, level: int | None
) -> None:
    found = document(p("一、做法", style=style, properties=properties), styles=STYLES).blocks[0]

    assert (found.level, found.kind) == (level, "heading" if level else "paragraph")


def test_a_heading_style_on_a_long_text_is_a_paragraph() -> None:
    assert document(p("很长的正文。" * 40, style="h2"), styles=STYLES).blocks[0].kind == "paragraph"


def test_contents_styles_are_left_out() -> None:
    found = document(p("一、做法 3", style="toc1") + p("正文", style="a"), styles=STYLES)

    assert [block.text for block in found.blocks] == ["正文"]


def test_headers_and_footers_are_properties_without_page_numbers() -> None:
    footer = f"<w:p>{r('第 ')}{field('PAGE', r('3'))}{r(' 页')}</w:p>"

    found = document(p("正文"), parts={"header": p("云岭镇文件"), "footer": footer})

    assert found.properties == {"页眉": "云岭镇文件"}
    assert [block.text for block in found.blocks] == ["正文"]


def test_footnotes_follow_the_text() -> None:
    notes = f'<w:footnote w:type="separator" w:id="-1">{p("——")}</w:footnote>'
    notes += f'<w:footnote w:id="1">{p("数据来自司法所")}</w:footnote>'

    found = document(p("正文"), parts={"footnotes": notes})

    assert [block.text for block in found.blocks] == ["正文", "注1：数据来自司法所"]


def test_the_strict_dialect_is_read_too() -> None:
    data = docx(p("正文"))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    files["word/document.xml"] = files["word/document.xml"].replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert [block.text for block in read(zipped(files), "报告.docx").blocks] == ["正文"]


def test_a_doctype_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><w:document xmlns:w="w"><w:body>&b;</w:body></w:document>'

    with pytest.raises(DamagedFile, match="DOCTYPE"):
        read(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": bomb}), "报告.docx")


def test_a_part_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_PART_BYTES", 10_000)

    with pytest.raises(UnsupportedFile, match="太大"):
        document(p("一" * 20_000))


def test_broken_xml_names_the_part_that_is_broken() -> None:
    with pytest.raises(DamagedFile, match=r"word/document\.xml"):
        read(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document"}), "报告.docx")


def test_a_document_of_pictures_is_called_a_scan() -> None:
    data = docx(p())
    files = {"word/media/image1.jpeg": b"\xff\xd8\xff"}

    with pytest.raises(NoText, match="图片"):
        read(_with(data, files), "报告.docx")


def _with(data: bytes, files: dict[str, bytes]) -> bytes:

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | files)


def test_what_is_cut_out_before_parsing_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (Path(__file__).parent / "fixtures" / "sample.docx").read_bytes()
    short = read(data, "a.docx")
    monkeypatch.setattr(docx_package, "_LOOKS", re.compile(rb"(?!)"))
    monkeypatch.setattr(docx_package, "_without_table_styles", lambda part: part)

    assert read(data, "a.docx") == short


def test_a_table_style_between_paragraph_styles_is_cut_out_alone() -> None:
    styles = (
        '<w:style w:type="table" w:styleId="t"><w:name w:val="Grid"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="t2" w:type="table"><w:name w:val="Grid 2"/></w:style>'
    )

    (block,) = read(docx(p("工作成效", style="1"), styles=styles), "a.docx").blocks

    assert (block.kind, block.level) == ("heading", 1)


@pytest.mark.parametrize(
    "prologue",
    ['<?xml version="1.0"?><!-- x --><!DOCTYPE d [<!ENTITY a "b">]>', "<!DOCTYPE d>", "\n<!DOCTYPE d SYSTEM 'x'>"],
)
def test_a_doctype_is_found_wherever_it_may_stand(prologue: str) -> None:
    assert docx_package.has_doctype(f"{prologue}<d>text</d>".encode())
    assert docx_package.has_doctype(f"{prologue.lstrip()}<d/>".encode("utf-16"))
    assert not docx_package.has_doctype(b'<?xml version="1.0"?><!-- <!DOCTYPE d> --><d><![CDATA[<!DOCTYPE d>]]></d>')


def test_a_chain_of_styles_beyond_reason_ends() -> None:
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{at + 1}"/></w:style>' for at in range(5_000)
    )

    assert len(read(docx(p("文", style="s0") * 3, styles=chain), "报告.docx").blocks) == 3


CONTENTS = (
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="t"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="tt"><w:name w:val="TOC Heading"/></w:style>'
    '<w:style w:type="character" w:styleId="x9"><w:name w:val="Placeholder Text"/></w:style>'
)


@pytest.mark.parametrize("style", ["t", "own"])
def test_text_in_a_contents_style_is_text(style: str) -> None:
    found = document(p("二、规范行政执法", style=style) + p("全年办理案件17件。", style=style), styles=CONTENTS)

    assert [block.text for block in found.blocks] == ["二、规范行政执法", "全年办理案件17件。"]


@pytest.mark.parametrize("end", ["……3", " 3", "3", "\t12", "\t- 3 -", "\tiv", "\t"])
def test_a_line_of_contents_ends_in_a_page_number(end: str) -> None:
    line = f"<w:p><w:pPr><w:pStyle w:val='t'/></w:pPr>{r('一、做法' + end)}</w:p>"

    assert [block.text for block in document(line + p("正文"), styles=CONTENTS).blocks] == ["正文"]


def test_a_line_of_contents_whose_page_number_is_a_field_is_left_out() -> None:
    line = f"<w:p><w:pPr><w:pStyle w:val='t'/></w:pPr>{r('一、做法')}{field('PAGEREF _Toc1', r('3'))}</w:p>"

    assert [block.text for block in document(p("目 录", style="tt") + line + p("正文"), styles=CONTENTS).blocks] == [
        "正文"
    ]


def test_a_field_that_never_ends_hides_nothing() -> None:
    begin = f"<w:p>{FIELD.format('begin')}{INSTRUCTION.format('TOC 1-3')}{FIELD.format('separate')}{r('目录')}</w:p>"

    assert texts(begin + p("一、做法") + p("正文")) == ["目录", "一、做法", "正文"]


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def test_text_in_a_control_that_still_says_it_is_empty_is_read() -> None:
    body = f"<w:p>{r('行政处罚')}{control(r('二十三'))}{r('件。')}</w:p>" + control(p("全年普法三十场。"))

    assert texts(body) == ["行政处罚二十三件。", "全年普法三十场。"]


@pytest.mark.parametrize(
    "prompt", ["单击或点击此处输入文字。", "点击此处输入日期", "请填写镇名", "选择一项。", "Click here to enter text."]
)
def test_a_prompt_is_no_text_wherever_its_control_stands(prompt: str) -> None:
    found = document(f"<w:p>{r('甲')}{control(r(prompt[:2]) + r(prompt[2:]))}</w:p>" + control(p(prompt)))

    assert [block.text for block in found.blocks] == ["甲"]
    assert found.warnings == ()


def test_text_in_the_style_of_prompts_is_left_out_and_said() -> None:
    styled = "<w:r><w:rPr><w:rStyle w:val='x9'/></w:rPr><w:t>镇名</w:t></w:r>"

    found = document(f"<w:p>{r('甲')}{control(styled)}</w:p>", styles=CONTENTS)

    assert [block.text for block in found.blocks] == ["甲"]
    assert found.warnings == ("有未填写的内容控件 2 字，没有读取。",)


def test_equations_and_form_fields_say_what_the_page_shows() -> None:
    entries = "".join(f'<w:listEntry w:val="{text}"/>' for text in ("优秀", "合格"))
    listed = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList>'
    listed += f"</w:ffData></w:fldChar></w:r>{INSTRUCTION.format('FORMDROPDOWN')}{FIELD.format('end')}"
    pieces = INSTRUCTION.format(r"eq \o\ac(") + INSTRUCTION.format("○") + INSTRUCTION.format(",3)")
    circled = FIELD.format("begin") + pieces + FIELD.format("end")
    simple = r'<w:fldSimple w:instr="EQ \f(1,2)"/>'

    assert texts(f"<w:p>{circled}{r('组')}{simple}{listed}</w:p>") == ["③组1/2合格"]


def test_hidden_text_and_comments_are_counted() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>"
    comments = f'<w:comment w:id="1">{p("再核实")}</w:comment>'

    found = document(f"<w:p>{r('甲')}{hidden}</w:p>", parts={"comments": comments})

    assert found.warnings == ("有隐藏文字 2 字，没有读取。", "有批注 1 处（3 字），不是正文，没有读取。")


def with_chunk(name: str, data: bytes | str) -> bytes:
    """Return a .docx with a file put in between two paragraphs."""
    with zipfile.ZipFile(io.BytesIO(docx(p("前") + '<w:altChunk r:id="rc"/>' + p("后")))) as packed:
        files = {info.filename: packed.read(info) for info in packed.infolist()}
    rels = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    added = f'<Relationship Id="rc" Type="{kind}" Target="{name}"/></Relationships>'
    files[rels] = files[rels].decode().replace("</Relationships>", added).encode()
    return zipped({**files, f"word/{name}": data})


RTF_BYTES = "".join(f"\\'{byte:02x}" for byte in "嵌入的正文。".encode("gb18030"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("afchunk.html", "<html><head><meta charset=utf-8></head><body><p>嵌入的正文。</p></body></html>"),
        ("afchunk.htm", "<p>嵌入的正文。</p>".encode("gb18030")),
        ("afchunk.txt", "嵌入的正文。"),
        (
            "afchunk.rtf",
            "{\\rtf1\\ansi\\ansicpg936 " + RTF_BYTES + "}",
        ),
        ("afchunk.docx", docx(p("嵌入的正文。"))),
    ],
)
def test_a_file_put_into_the_document_is_read_in_its_place(name: str, data: bytes | str) -> None:
    assert [block.text for block in read(with_chunk(name, data), "报告.docx").blocks] == ["前", "嵌入的正文。", "后"]


def test_a_file_that_is_said_to_be_put_in_and_is_not_there_is_told() -> None:
    assert "请核对" in read(docx(p("前") + '<w:altChunk r:id="rc"/>'), "报告.docx").warnings[0]


def test_a_document_in_a_document_without_end_is_cut_off() -> None:
    data: bytes = docx(p("内"))
    for _ in range(6):
        data = with_chunk("a.docx", data)

    found = read(data, "报告.docx")

    assert found.blocks[0].text == "前"
    assert any("嵌套太深" in warning for warning in found.warnings)


def test_the_odd_file_loses_nothing_silently() -> None:
    found = read((Path(__file__).parent / "fixtures" / "odd.docx").read_bytes(), "报告.docx")

    assert [block.text for block in found.blocks][1:] == [
        "二、规范行政执法，全年办理案件十七件",
        "开展执法检查三十次。",
        "全年调处矛盾纠纷八十六件。",
        "网格员每周入户一次。",
        "执法人员全部持证上岗。",
        "第③组，出勤3/4。",
        "注1：本项含联合执法九次。",
        "注1：数据来源于镇综治中心台账。",
    ]
    assert len(found.warnings) == 2
