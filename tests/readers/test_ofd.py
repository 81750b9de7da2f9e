""".ofd: text in reading order, the outline as headings, what was not read said."""

from pathlib import Path

import pytest

from search_app.errors import DamagedFile, NoText
from search_app.model import Document
from search_app.readers import reading
from tests.readers.docx_files import zipped
from tests.readers.office_files import ofd, words

FIXTURES = Path(__file__).parent / "fixtures"
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TITLE = "云岭镇2023年度法治政府建设情况报告"
#: A full line, which shows how wide the column is, so that the lines above it are short.
WIDE = words("持续推进法治政府建设迈上新的台阶为高质量发展护航", 30, 250)
PICTURE = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="1"/>'


def read(data: bytes) -> Document:
    return reading.read_bytes(data, "报告.ofd")


def texts(page: str) -> list[str]:
    """Return the paragraphs of a page above a full line."""
    *found, last = read(ofd([page + WIDE])).blocks
    assert last.text.startswith("持续推进")
    return [block.text for block in found]


def test_lines_are_joined_to_paragraphs_and_page_numbers_left_out() -> None:
    found = read((FIXTURES / "sample.ofd").read_bytes())

    assert found.properties == {"title": "报告"}
    assert [(block.level, block.text) for block in found.blocks][-4:-1] == [
        (1, "一、主要举措和成效"),
        (None, "“板凳会”把调解搬到院坝，网格员每周入户一次，执法人员全部持证上岗。"),
        (1, "二、不足和原因"),
    ]


def test_text_is_read_by_its_place_and_not_by_the_order_in_which_it_was_drawn() -> None:
    page = words("三、下年安排。", 30, 90) + words("一、主要做法。", 30, 50) + words("二、存在不足。", 30, 70)

    assert texts(page) == ["一、主要做法。", "二、存在不足。", "三、下年安排。"]


def test_characters_of_one_line_in_several_objects_are_one_line() -> None:
    page = (
        words("全年调处", 30, 50)
        + words("件，成功率98.2%。", 63.6, 50)
        + words("112", 52.4, 50.1, deltas='DeltaX="3 3"')
    )

    assert texts(page) == ["全年调处112件，成功率98.2%。"]


def test_repeated_and_missing_deltas_are_understood() -> None:
    repeated = words("矛盾纠纷调解", 30, 50, deltas='DeltaX="g 3 5.6 5.6 5.6"')
    missing = words("依法行政监督", 30, 70, deltas="")
    broken = words("政务公开一览", 30, 90, deltas='DeltaX="g x 5.6 y"')

    assert [text.replace(" ", "") for text in texts(repeated + missing)] == ["矛盾纠纷调解", "依法行政监督"]
    assert sorted("".join(texts(broken)).replace(" ", "").replace("|", "")) == sorted("政务公开一览")


def test_an_object_turned_and_moved_stands_where_its_matrix_puts_it() -> None:
    code = '<ofd:TextCode X="0" Y="1" DeltaX="g 5 1">二、存在不足</ofd:TextCode>'
    scaled = f'<ofd:TextObject Boundary="30 60 90 9" Size="1" CTM="5.6 0 0 5.6 0 0">{code}</ofd:TextObject>'

    assert texts(scaled + words("一、主要做法", 30, 50) + words("三、下年安排", 30, 90)) == [
        "一、主要做法",
        "二、存在不足",
        "三、下年安排",
    ]


def test_glyphs_do_not_change_the_text() -> None:
    glyphs = (
        '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>7 9</ofd:Glyphs></ofd:CGTransform>'
    )
    code = '<ofd:TextCode X="0" Y="5.6" DeltaX="g 6 5.6">依法行政和监督</ofd:TextCode>'

    assert texts(
        f'<ofd:TextObject Boundary="30 45 90 9" Size="5.6">{glyphs}{code}</ofd:TextObject>' + words("八九十甲", 30, 80)
    ) == [
        "依法行政和监督",
        "八九十甲",
    ]


def test_wide_gaps_are_the_columns_of_a_table() -> None:
    page = "".join(
        words(text, 30 + 50 * column, 50 + 10 * row)
        for row, cells in enumerate((("项目", "件数", "同比"), ("行政处罚", "17", "-3"), ("行政检查", "206", "+41")))
        for column, text in enumerate(cells)
    )

    assert read(ofd([words(TITLE, 30, 30) + page])).blocks[-1].rows == (
        ("项目", "件数", "同比"),
        ("行政处罚", "17", "-3"),
        ("行政检查", "206", "+41"),
    )


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [f"左栏第{number}行写的是调解工作的情况" for number in "一二三四五"]
    right = [text.replace("左", "右") for text in left]
    page = "".join(
        words(text, x, 60 + 8 * at, size=4) for x, side in ((20, left), (110, right)) for at, text in enumerate(side)
    )

    found = read(ofd([words(TITLE, 20, 40, size=7) + page])).blocks

    assert "".join(block.text for block in found) == TITLE + "".join(left) + "".join(right)


def test_the_outline_gives_the_levels_of_headings() -> None:
    inner = '<ofd:OutlineElem Title="（一）健全组织"/>'
    outline = f'<ofd:OutlineElem Title="一、主要做法">{inner}</ofd:OutlineElem>'
    page = words("一、主要做法", 30, 40) + words("（一）健全组织", 30, 50) + words("全年调处纠纷。", 30, 60)

    assert [(block.level, block.text) for block in read(ofd([page], outline=outline)).blocks] == [
        (1, "一、主要做法"),
        (2, "（一）健全组织"),
        (None, "全年调处纠纷。"),
    ]


def test_a_template_below_the_pages_is_read_once() -> None:
    use = "<ofd:Template TemplateID='900'></ofd:Template>"
    pages = [use + words(f"第{number}页的正文在此。", 30, 90) + WIDE * (number == "一") for number in "一二三"]

    found = [block.text for block in read(ofd(pages, templates=[words("云岭镇人民政府文件", 60, 20)])).blocks]

    assert found.count("云岭镇人民政府文件") == 1
    assert found[1] == "第一页的正文在此。"


def test_graphics_that_are_used_by_number_are_read() -> None:
    content = f"<ofd:Content>{words('图中的文字说明', 0, 10)}</ofd:Content>"
    unit = f"<ofd:CompositeGraphicUnit ID='55'>{content}</ofd:CompositeGraphicUnit>"
    resource = f"<ofd:Res {SPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    used = '<ofd:CompositeObject ID="8" Boundary="30 60 90 20" ResourceID="55"/>'
    page = words("上文在此处。", 30, 40) + used + WIDE

    found = read(ofd([page], common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>", more={"Doc_0/Res.xml": resource}))

    assert [block.text for block in found.blocks][:2] == ["上文在此处。", "图中的文字说明"]


def test_annotations_attachments_watermarks_and_hidden_text_are_said() -> None:
    file = "<ofd:Page PageID='0'><ofd:FileLoc>A/1.xml</ofd:FileLoc></ofd:Page>"
    stamp = f"<ofd:Annot Type='Stamp'><ofd:Appearance>{words('印章文字', 0, 9)}</ofd:Appearance></ofd:Annot>"
    more = {
        "Doc_0/Annotations.xml": f"<ofd:Annotations {SPACE}>{file}</ofd:Annotations>",
        "Doc_0/A/1.xml": f"<ofd:PageAnnot {SPACE}>{stamp}</ofd:PageAnnot>",
        "Doc_0/Attachs.xml": f"<ofd:Attachments {SPACE}><ofd:Attachment ID='1' Name='附表.xlsx'/></ofd:Attachments>",
    }
    document = "<ofd:Annotations>Annotations.xml</ofd:Annotations><ofd:Attachments>Attachs.xml</ofd:Attachments>"
    slanted = words("内部资料", 60, 120, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    hidden = words("看不见", 30, 200, more='Visible="false"')

    found = read(ofd([words(TITLE, 30, 40) + slanted + hidden], more=more, document=document))

    assert [block.text for block in found.blocks] == [TITLE]
    assert found.warnings == (
        "有斜排文字 4 字（可能是水印），没有读取。",
        "有隐藏文字 3 字，没有读取。",
        "有注释 4 字（批注、印章等），不是正文，没有读取。",
        "有附件 1 个（附表.xlsx），其内容没有读取。",
    )


def test_pictures_alone_are_no_text() -> None:
    with pytest.raises(NoText, match="扫描件或图片"):
        read(ofd([PICTURE, PICTURE]))


def test_a_page_that_is_a_picture_is_said() -> None:
    assert "第 2 页" in read(ofd([words(TITLE, 30, 40), PICTURE])).warnings[0]


def test_text_without_characters_behind_its_glyphs_is_said() -> None:
    inner = "<ofd:CGTransform><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform>"
    glyphs = f'<ofd:TextObject Boundary="0 0 9 9" Size="5">{inner}</ofd:TextObject>'

    assert "只有字形" in read(ofd([words(TITLE, 30, 40) + glyphs])).warnings[0]
    with pytest.raises(NoText, match="字形"):
        read(ofd([glyphs]))


@pytest.mark.parametrize(
    "files",
    [
        {"OFD.xml": "<x/>"},
        {"OFD.xml": f"<a {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></a>"},
        {"OFD.xml": "<!DOCTYPE a><a/>"},
        {"OFD.xml": "no xml"},
    ],
)
def test_an_ofd_without_a_document_is_damaged(files: dict[str, str]) -> None:
    with pytest.raises(DamagedFile):
        read(zipped(files))


def test_a_graphic_that_holds_itself_ends() -> None:
    inner = "<ofd:Content><ofd:CompositeObject ResourceID='5'/></ofd:Content>"
    resource = f"<ofd:Res {SPACE}><ofd:CompositeGraphicUnit ID='5'>{inner}</ofd:CompositeGraphicUnit></ofd:Res>"
    page = words(TITLE, 30, 40) + "<ofd:CompositeObject ResourceID='5'/>"

    found = read(ofd([page], common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", more={"Doc_0/Res.xml": resource}))

    assert found.blocks[0].text == TITLE
