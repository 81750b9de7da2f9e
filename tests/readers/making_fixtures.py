"""Makes the files in fixtures/ anew: ``python -m tests.readers.making_fixtures`` (needs LibreOffice for all but .docx).

They are committed, so that .doc, .rtf and .pdf are tested on machines without an office suite. The text is ours, the
places do not exist.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.readers.docx_files import abstract, docx, level, num, p, r, row, table
from tests.readers.office_files import line, ofd, pptx, shape, words, xlsx

FIXTURES = Path(__file__).parent / "fixtures"
_BODY = "<w:ind w:firstLineChars='200' w:firstLine='640'/><w:spacing w:line='560' w:lineRule='exact'/>"
_FONT = '<w:rPrDefault><w:rPr><w:rFonts w:eastAsia="WenQuanYi Micro Hei"/><w:sz w:val="32"/></w:rPr></w:rPrDefault>'
_STYLES = (
    f"<w:docDefaults>{_FONT}</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)
_CONTENTS = '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>'
_CIRCLED, _FRACTION = r" EQ \o\ac(○,3) ", r" EQ \f(3,4) "
_SEPARATORS = ("separator", "continuationSeparator")
_NUMBERING = (
    abstract(
        0,
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="1"/><w:suff w:val="nothing"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="2"/><w:suff w:val="nothing"/>'),
        level(2, "decimal", "%3."),
        level(3, "decimalEnclosedCircle", "%4"),
    )
    + num(1, 0)
    + num(2, 0, starts={2: 1})
)


def sample() -> bytes:
    """Return the sample report as a .docx: numbering of four levels, a restart, a table, a deletion, an insertion."""
    centred = '<w:jc w:val="center"/>'
    long = "".join(
        f"{month}月，走访农户{month * 7}户，化解邻里、土地、赡养纠纷{month + 3}起；" for month in range(1, 13)
    )
    revised = (
        f"<w:p><w:pPr>{_BODY}</w:pPr>{r('全年调处纠纷')}"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>九十</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' w:author='x'>{r('一百一十二')}</w:ins>{r('件，无一起上交。')}</w:p>"
    )
    body = (
        p("青溪县云岭镇人民政府", properties=centred)
        + p("关于2023年法治政府建设情况的报告", properties=centred)
        + p("青溪县人民政府：")
        + p(f"2023年，云岭镇以“板凳会”为抓手，推进法治政府建设。{long}现将有关情况报告如下。", properties=_BODY)
        + p("主要举措和成效", style="1")
        + p("“板凳会”把调解搬到院坝", style="2")
        + revised
        + p("网格员每周入户一次。", number=1, depth=2)
        + p("法律明白人每月碰头一次。", number=1, depth=2)
        + p("碰头记录当日上墙；", number=1, depth=3)
        + p("办理结果七日内回访。", number=1, depth=3)
        + p("把住行政执法的关口", style="2")
        + p("执法人员全部持证上岗。", number=2, depth=2)
        + table(row("项目", "件数", "同比"), row("行政处罚", "17", "-3"), row("行政检查", "206", "+41"))
        + p("不足和原因", style="1")
        + p("法治审核人员只有2名，专业力量不足。", properties=_BODY)
        + p("云岭镇人民政府")
        + p("2024年1月18日")
        + '<w:sectPr><w:footerReference r:id="rfooter" w:type="default"/><w:headerReference r:id="rheader" '
        'w:type="default"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:bottom="1984" w:left="1588" '
        'w:right="1474" w:header="851" w:footer="992"/></w:sectPr>'
    )
    page = (
        f'<w:p>{r("— ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"{r(' —')}</w:p>"
    )
    parts = {"header": p("云岭镇法治政府建设年度报告"), "footer": page}
    return docx(body, numbering=_NUMBERING, styles=_STYLES, parts=parts)


def field(instruction: str, result: str = "") -> str:
    """Return a field as Word writes it: its instruction, and a result if it has one."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = mark.format("separate") + r(result) if result else ""
    code = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return mark.format("begin") + code + shown + mark.format("end")


def odd() -> bytes:
    """Return a report with what is easily lost: notes of both kinds, contents styles on text, equations, comments."""
    marks = "".join(
        f'<w:p>{r(text)}<w:r><w:{kind}Reference w:id="2"/></w:r>{r("。")}</w:p>'
        for text, kind in (("开展执法检查三十次", "footnote"), ("全年调处矛盾纠纷八十六件", "endnote"))
    )
    notes = {
        f"{kind}s": "".join(
            f'<w:{kind} w:id="{at}" w:type="{special}"><w:p/></w:{kind}>' for at, special in enumerate(_SEPARATORS)
        )
        + f'<w:{kind} w:id="2">{p(text)}</w:{kind}>'
        for kind, text in (("footnote", "本项含联合执法九次。"), ("endnote", "数据来源于镇综治中心台账。"))
    }
    commented = (
        f'<w:p><w:commentRangeStart w:id="1"/>{r("网格员每周入户一次。")}<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    comment = (
        f'<w:comment w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z" w:initials="x">{p("请再核实")}</w:comment>'
    )
    hidden = f"<w:p>{r('执法人员全部持证上岗。')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部掌握</w:t></w:r></w:p>"
    contents = f'<w:p><w:pPr><w:pStyle w:val="t1"/></w:pPr>{r("一、总体情况")}<w:r><w:tab/></w:r>{r("3")}</w:p>'
    body = (
        p("云岭镇2023年度法治政府建设情况报告")
        + contents
        + p("二、规范行政执法，全年办理案件十七件", style="t1")
        + marks
        + commented
        + hidden
        + f"<w:p>{r('第')}{field(_CIRCLED)}{r('组，出勤')}{field(_FRACTION)}{r('。')}</w:p>"
        + '<w:sectPr><w:headerReference r:id="rheader" w:type="default"/></w:sectPr>'
    )
    parts = {"header": p("云岭镇文件"), **notes, "comments": comment}
    return docx(body, styles=_STYLES + _CONTENTS, parts=parts)


def sample_table() -> bytes:
    """Return the figures of a report as an .xlsx: title, dates, percents, a hidden sheet."""
    numbers = (
        '<row><c r="A1" t="inlineStr"><is><t>行政处罚</t></is></c><c r="B1"><v>17</v></c>'
        '<c r="C1" s="1"><v>0.982</v></c><c r="D1" s="2"><v>45292</v></c></row>'
    )
    title = line("云岭镇2023年度行政执法统计表")
    body = (
        title + line("项目", "件数", "办结率", "截至") + numbers + line("行政检查", 206) + line("注：数据来自镇台账。")
    )
    formats = ("0.0%", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;")
    return xlsx({"执法统计": body, "往年": line("行政处罚", 20)}, formats=formats, hidden=("往年",))


def sample_slides() -> bytes:
    """Return a report as a .pptx: titles, two columns, automatic numbers, notes."""
    numbered = [
        f'<a:p><a:pPr><a:buAutoNum type="ea1ChsPeriod"/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>'
        for text in ("“板凳会”把调解搬到院坝。", "网格员每周入户一次。")
    ]
    first = shape("云岭镇2023年度法治政府建设情况报告", kind="ctrTitle") + shape("2024年1月", kind="subTitle", number=1)
    second = (
        shape("法治审核人员只有2名。", at=(6_000_000, 2_000_000))
        + shape("全年调处纠纷112件。", at=(500_000, 2_050_000))
        + shape(*numbered, kind="body", number=1, at=(500_000, 4_000_000))
        + shape("主要举措和不足", kind="title")
        + shape("2", kind="sldNum", number=12)
    )
    return pptx([first, second], notes={2: "此处展开讲两个例子。"})


def sample_ofd() -> bytes:
    """Return a report as an .ofd: two pages, page numbers, a template below them, an outline."""
    lines = (
        "2023年，云岭镇以“板凳会”为抓手，推进法治", "政府建设，全年调处纠纷一百一十二件，无一起上",
        "交。现将有关情况报告如下。",
        "一、主要举措和成效", "“板凳会”把调解搬到院坝，网格员每周入户一次，", "执法人员全部持证上岗。",
    )  # fmt: skip
    indented = (0, 3, 4)
    body = "".join(words(text, 30 + 11.2 * (at in indented), 60 + 10 * at) for at, text in enumerate(lines))
    first = "<ofd:Template TemplateID='900'></ofd:Template>" + words(
        "云岭镇2023年度法治政府建设情况报告", 45, 42, size=7.8
    )
    second = words("二、不足和原因", 41.2, 40) + words("法治审核人员只有2名，专业力量不足。", 41.2, 50)
    pages = [first + body + words("— 1 —", 95, 285), second + words("— 2 —", 95, 285)]
    outline = '<ofd:OutlineElem Title="一、主要举措和成效"/><ofd:OutlineElem Title="二、不足和原因"/>'
    return ofd(pages, templates=[words("云岭镇文件", 85, 20)], outline=outline, facts="<ofd:Title>报告</ofd:Title>")


def main() -> None:
    """Write the .docx files and let LibreOffice convert them to the other formats."""
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / "sample.docx").write_bytes(sample())
    (FIXTURES / "odd.docx").write_bytes(odd())
    (FIXTURES / "sample.xlsx").write_bytes(sample_table())
    (FIXTURES / "sample.pptx").write_bytes(sample_slides())
    (FIXTURES / "sample.ofd").write_bytes(sample_ofd())
    _convert(FIXTURES / "sample.docx", "doc:MS Word 97", "rtf", "pdf", "html")
    _convert(FIXTURES / "odd.docx", "doc:MS Word 97", "rtf")


def _convert(source: Path, *forms: str) -> None:
    with tempfile.TemporaryDirectory() as profile:
        office = ("soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless")
        for form in forms:
            subprocess.run(
                (*office, "--convert-to", form, "--outdir", str(FIXTURES), str(source)),
                check=True,
                timeout=120,
            )


if __name__ == "__main__":
    main()
