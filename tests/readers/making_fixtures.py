"""Makes the files in fixtures/ anew: ``python -m tests.readers.making_fixtures`` (needs LibreOffice for all but .docx).

They are committed, so that .doc, .rtf and .pdf are tested on machines without an office suite. The text is ours, the
places do not exist.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.readers.docx_files import abstract, docx, level, num, p, r, row, table

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


def main() -> None:
    """Write sample.docx and let LibreOffice convert it to the other formats."""
    FIXTURES.mkdir(exist_ok=True)
    source = FIXTURES / "sample.docx"
    source.write_bytes(sample())
    with tempfile.TemporaryDirectory() as profile:
        office = ("soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless")
        for form in ("doc:MS Word 97", "rtf", "pdf", "html"):
            subprocess.run(
                (*office, "--convert-to", form, "--outdir", str(FIXTURES), str(source)),
                check=True,
                timeout=120,
            )


if __name__ == "__main__":
    main()
