"""Makes fixtures/numbers anew: ``python -m tests.readers.numbered_lists`` (needs LibreOffice).

One document with lists of many kinds, as it is, through .odt and back, as .doc and as .rtf; and as text, with the
numbers that LibreOffice shows. Left out is what LibreOffice knows less of than Word: isLgl, lvlRestart, ㊀, ⑴ and
what follows 癸.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.readers.docx_files import abstract, docx, level, num, p, row, table

FOLDER = Path(__file__).parent / "fixtures" / "numbers"
_KINDS = (
    abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."),
             level(3, "decimalEnclosedCircle", "%4")),
    abstract(1, level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "第%2节")),
    abstract(2, level(0, "ideographTraditional", "%1、"), level(1, "ideographZodiac", "%2．")),
    abstract(3, level(0, "decimalFullWidth", "%1．"), level(1, "lowerLetter", "%2)"), level(2, "upperRoman", "%3.")),
    abstract(4, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")),
    abstract(5, level(0, "chineseCountingThousand", "%1、", start=9)),
    abstract(6, level(0, "decimalZero", "%1．")),
    abstract(7, level(0, "chineseLegalSimplified", "%1、")),
    abstract(8, level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="1"/>'),
             level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="2"/>')),
)  # fmt: skip
#: Number of the list, levels in order; list 20 is the first once more, beginning anew.
_PARAGRAPHS = (
    (1, (0, 1, 2, 3, 3, 2, 1, 2, 0, 1, 2)), (20, (0, 1)), (2, (0, 1, 1, 0, 1)), (3, (0, 1, 1, *[0] * 9)),
    (4, (0, 0, 1, 1, 2, 2, 0, 1)), (5, (0, 1, 2, 2, 1, 0, 1)), (6, (0, 0, 0)), (7, (0, 0)), (8, (0, 0)),
)  # fmt: skip


def document() -> bytes:
    """Return the document with all its lists."""
    numbering = "".join(_KINDS) + "".join(num(at + 1, at) for at in range(len(_KINDS))) + num(20, 0, starts={0: 1})
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="heading {0}"/><w:pPr><w:numPr>{1}</w:numPr>'
    styles = "".join(
        style.format(key, f'<w:ilvl w:val="{key - 1}"/><w:numId w:val="9"/>')
        + f'<w:outlineLvl w:val="{key - 1}"/></w:pPr></w:style>'
        for key in (1, 2)
    )
    body = "".join(
        p(f"内容{list_}之{at}", number=list_, depth=depth)
        for list_, depths in _PARAGRAPHS
        for at, depth in enumerate(depths)
    )
    body += "".join(p(f"标题{at}", style=style) for at, style in enumerate("1221122"))
    body += p("正文") + p("没有编号的标题", style="2", number=0) + p("后一个标题", style="2")
    body += table(row(p("格子一", number=7), p("格子二", number=7)), row("格子三", p("格子四", number=7)))
    return docx(body, numbering=numbering, styles=styles)


def main() -> None:
    """Write the document and let LibreOffice make the others of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "numbers.docx").write_bytes(document())

        def made(source: str, form: str) -> Path:
            office = ("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless")
            command = (*office, "--convert-to", form, "--outdir", str(folder / "out"), str(folder / source))
            subprocess.run(command, check=True, timeout=120)
            return folder / "out" / f"numbers.{form.partition(':')[0]}"

        for form in ("doc:MS Word 97", "rtf", "txt:Text (encoded):UTF8"):
            result = made("numbers.docx", form)
            (FOLDER / result.name).write_bytes(result.read_bytes())
        made("numbers.docx", "odt").rename(folder / "numbers.odt")
        (FOLDER / "numbers.docx").write_bytes(made("numbers.odt", "docx:MS Word 2007 XML").read_bytes())


if __name__ == "__main__":
    main()
