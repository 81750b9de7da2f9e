"""PDFs for `python -m benchmarks.recall`, as many as wanted: made by hand, by a browser, by an office suite.

What a page looks like is drawn by chance from a seed, so that the same call makes the same files. The texts are
invented sentences about places that do not exist. Beside each file lies what was written into it, a line per paragraph
(``NAME.said``).
"""

import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.readers import odd_pdfs
from tests.readers.docx_files import docx, p, r, row, table

_TEXT = re.compile(r"<w:instrText>[^<]*</w:instrText>|<\?[^>]*\?>")
_FONTS = ("WenQuanYi Micro Hei", "Noto Serif CJK SC", "Noto Sans CJK SC")
_FOOT = "<div style='font-size:9px;margin-left:260px'>— <span class='pageNumber'></span> —</div>"
_LATIN = (
    "The town council reviewed every contract before signature and published the results of mediation online. "
    "Well-known cases were discussed in the village halls; see https://www.example.cn/fazhi/2023-annual for details."
)


def make(folder: Path, count: int) -> None:
    """Write so many PDFs into a folder: half by hand, and what the machine has programs for."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, odd in odd_pdfs.cases():
        _write(folder / f"case {name}.pdf", odd.data, odd.said)
    for seed in range(count // 2):
        odd = odd_pdfs.mixed(seed)
        _write(folder / f"hand {seed}.pdf", odd.data, odd.said)
    _print_pages(folder, count // 4)
    _convert(folder, count // 4)


def _write(path: Path, data: bytes, said: Iterable[str]) -> None:
    path.write_bytes(data)
    path.with_suffix(".said").write_text("\n".join(said), encoding="utf-8")


def _print_pages(folder: Path, count: int) -> None:
    """Let a browser print web pages."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        for seed in range(count):
            chance = random.Random(seed)
            page.set_content(web_page(chance))
            said = page.inner_text("body").splitlines()
            data = page.pdf(
                format="A4",
                landscape=chance.random() < 0.2,
                display_header_footer=chance.random() < 0.5,
                header_template="<div style='font-size:9px;margin-left:60px'>苍梧岭镇人民政府文件</div>",
                footer_template=_FOOT,
                margin={"top": "80px", "bottom": "80px", "left": "70px", "right": "70px"},
            )
            _write(
                folder / f"browser {seed}.pdf", data, [line.replace("\t", " ") for line in said if line != "内部资料"]
            )
        browser.close()


def web_page(chance: random.Random) -> str:
    """Return a web page with what reports show: columns, tables, notes, marks behind the text."""
    parts = [f"<h1 style='text-align:center;font-size:22px'>{odd_pdfs.TITLE}</h1><p>{odd_pdfs.OPENING}</p>"]
    parts += [chance.choice(_PARTS)(chance) for _ in range(chance.randrange(3, 8))]
    mark = (
        "<div style='position:fixed;left:20%;top:45%;font-size:70px;opacity:.2;transform:rotate(-35deg)'>内部资料</div>"
    )
    style = (
        f"body{{font-family:'{chance.choice(_FONTS)}';font-size:{chance.choice((11, 13, 15, 16))}px;"
        f"line-height:{chance.choice((1.3, 1.5, 1.8))};text-align:{chance.choice(('left', 'justify'))}}}"
        "td,th{padding:3px 8px} p{text-indent:2em}"
    )
    return f"<style>{style}</style>{''.join(parts)}{mark if chance.random() < 0.3 else ''}"


def _paragraph(chance: random.Random) -> str:
    text = odd_pdfs.sentences(chance, chance.randrange(40, 260))
    marked = (
        text.replace("每周", "<b>每周</b>").replace("七日内", "<i>七日内</i>").replace("八场", "八场<sup>[3]</sup>")
    )
    return f"<h3>（{chance.choice('一二三四五')}）{chance.choice(('工作举措', '存在问题'))}</h3><p>{marked}</p>"


def _columns(chance: random.Random) -> str:
    text = "".join(f"<p>{odd_pdfs.sentences(chance, 120)}</p>" for _ in range(chance.randrange(2, 6)))
    return (
        f"<div style='column-count:{chance.choice((2, 2, 3))};column-gap:{chance.choice((16, 24, 40))}px'>{text}</div>"
    )


def _table(chance: random.Random) -> str:
    border = chance.choice(("", "border:1px solid #333;", "border-bottom:1px solid #999;"))
    cells = "".join(
        f"<tr><td style='{border}'>{number}</td><td style='{border}'>{odd_pdfs.sentences(chance, 8)[:10]}</td>"
        f"<td style='{border}'>{odd_pdfs.sentences(chance, chance.randrange(8, 40))}</td></tr>"
        for number in range(1, chance.randrange(3, 8))
    )
    return f"<table style='border-collapse:collapse;width:{chance.choice((70, 100))}%'>{cells}</table>"


def _list(chance: random.Random) -> str:
    return "<ol>" + "".join(f"<li>{odd_pdfs.sentences(chance, 20)}</li>" for _ in range(4)) + "</ol>"


def _latin(_: random.Random) -> str:
    return f"<p lang='en' style='hyphens:auto;text-align:justify'>{_LATIN * 2}</p>"


def _aside(chance: random.Random) -> str:
    return (
        "<div style='float:right;width:32%;border:1px solid #888;padding:6px;font-size:80%'>"
        f"{odd_pdfs.sentences(chance, 60)}</div><p>{odd_pdfs.sentences(chance, 300)}</p>"
    )


def _downwards(chance: random.Random) -> str:
    return f"<div style='writing-mode:vertical-rl;height:220px'>{odd_pdfs.sentences(chance, 60)}</div>"


_PARTS = (_paragraph, _paragraph, _paragraph, _columns, _table, _table, _list, _latin, _aside, _downwards)


def _convert(folder: Path, count: int) -> None:
    """Let an office suite print documents."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as name:
        there = Path(name)
        sources = []
        for seed in range(count):
            sources.append(there / f"office {seed}.docx")
            sources[-1].write_bytes(document(random.Random(seed)))
            text = re.sub(
                r"</w:p>", "\n", _TEXT.sub("", zipfile.ZipFile(sources[-1]).read("word/document.xml").decode())
            )
            said = [re.sub(r"<[^>]+>", "", line) for line in text.splitlines()]
            (folder / f"office {seed}.said").write_text("\n".join(filter(None, said)), encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={(there / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run([*command, "--outdir", str(folder), *map(str, sources)], check=True, capture_output=True)


def document(chance: random.Random) -> bytes:
    """Return a .docx with what reports have: columns, tables, heads, page numbers, wide and upright pages."""
    indent = "<w:ind w:firstLineChars='200' w:firstLine='640'/>"
    body = [p(odd_pdfs.TITLE, properties='<w:jc w:val="center"/>'), p(odd_pdfs.OPENING, properties=indent)]
    for part in range(chance.randrange(2, 6)):
        kind = chance.choice(("text", "text", "table", "columns"))
        if kind == "table":
            rows = (
                row(str(number), odd_pdfs.sentences(chance, 6)[:9], odd_pdfs.sentences(chance, chance.randrange(6, 30)))
                for number in range(1, chance.randrange(3, 7))
            )
            made = table(*rows)
            lines = "".join(
                f'<w:{side} w:val="single" w:sz="4"/>'
                for side in ("top", "left", "bottom", "right", "insideH", "insideV")
            )
            borders = f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>" if chance.random() < 0.6 else ""
            body.append(made.replace("<w:tbl>", f"<w:tbl>{borders}", 1))
        else:
            body += [p(text, properties=indent) for text in _paragraphs(chance)]
            if kind == "columns":
                columns = (
                    f"<w:sectPr><w:type w:val='continuous'/><w:cols w:num='2' w:space='{chance.choice((320, 425))}'/>"
                )
                body.append(f"<w:p><w:pPr>{columns}{_page(chance, part)}</w:sectPr></w:pPr></w:p>")
    head = '<w:headerReference r:id="rheader" w:type="default"/><w:footerReference r:id="rfooter" w:type="default"/>'
    number = (
        f'<w:p>{r("— ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{r(" —")}</w:p>'
    )
    size = chance.choice((21, 24, 28, 32))
    fonts = f'<w:rFonts w:eastAsia="{chance.choice(_FONTS)}"/><w:sz w:val="{size}"/>'
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault></w:docDefaults>"
    end = f"<w:sectPr>{head}<w:type w:val='continuous'/>{_page(chance, 9)}</w:sectPr>"
    return docx("".join(body) + end, styles=styles, parts={"header": p("苍梧岭镇人民政府文件"), "footer": number})


def _paragraphs(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.randrange(1, 4)):
        yield f"（{chance.choice('一二三四')}）" + odd_pdfs.sentences(chance, chance.randrange(40, 220))
    if chance.random() < 0.2:
        yield _LATIN


def _page(chance: random.Random, part: int) -> str:
    wide = part == 9 and chance.random() < 0.2
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if wide else 'w:w="11906" w:h="16838"'
    return f'<w:pgSz {size}/><w:pgMar w:top="1800" w:bottom="1600" w:left="1588" w:right="1474"/>'
