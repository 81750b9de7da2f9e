"""Odd files of every format but PDF, with what they say: what ``benchmarks.recall_office`` reads.

In goes a seed, out come file names, bytes and the lines that a person sees in the file. Every oddity is one that was
met in public files: encodings and damage, groups and cells that RTF writers leave open, styles and controls that say
something else than they hold, hidden pages, frames, files in files.
"""

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.readers.docx_files import docx, p, r, row, table, text_box, zipped
from tests.readers.office_files import line, ofd, pptx, shape, words, xlsx

_DONE = (
    "调处矛盾纠纷",
    "开展普法宣传",
    "办理行政处罚案件",
    "走访群众",
    "组织学法培训",
    "审核规范性文件",
    "排查风险隐患",
    "公开政务信息",
)
_HOW = ("网格员每周入户", "“板凳会”搬到院坝", "法律明白人当场释法", "司法所牵头会商", "村干部包案到人", "律师每月坐班")
_ENDS = ("，群众满意度{}.{}%。", "，办结率达到{}.{}%。", "，较上年增长{}.{}%。")
_HEADINGS = ("一、主要举措和成效", "二、存在的不足和原因", "三、下一年度工作安排")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One file and what it says, line by line; ``damage`` is how much of it cannot be there any more."""

    name: str
    data: bytes
    lines: Sequence[str]
    damage: float = 0.0


def report(seed: int) -> list[str]:
    """Return the lines of a report: title, opening, headings, paragraphs."""
    chance = random.Random(seed)
    town = "".join(chance.sample("云岭青石溪河白鹭松坪柳桥枫林", 2)) + "镇"
    found = [
        f"{town}2023年度法治政府建设情况报告",
        f"2023年，{town}认真落实法治政府建设各项任务，现将有关情况报告如下。",
    ]
    for heading in _HEADINGS:
        found.append(heading)
        found += [_sentence(chance) + _sentence(chance) for _ in range(chance.randrange(3, 7))]
    return found


def _sentence(chance: random.Random) -> str:
    end = chance.choice(_ENDS).format(chance.randrange(60, 100), chance.randrange(10))
    return f"{chance.choice(_HOW)}，全年{chance.choice(_DONE)}{chance.randrange(3, 900)}件{end}"


def _escaped(text: str, encoding: str = "gb18030") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def _unicode(text: str) -> str:
    return "".join(f"\\u{ord(char) - 65_536 if ord(char) > 32_767 else ord(char)}?" for char in text)


def _rtf(inner: str, *, page: int = 936, fonts: str = "{\\f0\\fcharset134 SimSun;}") -> bytes:
    return ("{\\rtf1\\ansi\\ansicpg" + f"{page}\\deff0" + "{\\fonttbl" + fonts + "}\\pard " + inner + "}").encode(
        "ascii"
    )


def _rtf_kinds(lines: Sequence[str]) -> Iterator[tuple[str, bytes, Sequence[str], float]]:
    paragraphs = [_escaped(each) + "\\par " for each in lines]
    yield "plain.rtf", _rtf("".join(paragraphs)), lines, 0
    yield "unicode-1252.rtf", _rtf("".join(_unicode(each) + "\\par " for each in lines), page=1252, fonts=""), lines, 0
    quoted = "".join(
        _unicode(each).replace("\\u8220?", "\\'93").replace("\\u8221?", "\\'94") + "\\par " for each in lines
    )
    yield "quotes-1252.rtf", _rtf(quoted, page=1252, fonts="{\\f0 SimSun;}"), lines, 0
    yield "stars.rtf", _rtf("".join("{\\b0\\*\\cs7 " + each + "}" for each in paragraphs)), lines, 0
    bullets = "{\\f1\\fcharset2 Wingdings;}{\\f0\\fcharset134 SimSun;}"
    listed = "".join("{\\listtext\\f1\\'d8\\tab}\\f0 " + each for each in paragraphs)
    yield "bullets.rtf", _rtf(listed, fonts=bullets), lines, 0
    cells = "\\trowd\\cellx1\\cellx2\\intbl " + "".join(_escaped(each) + "\\cell " for each in lines)
    yield "open-rows.rtf", _rtf(cells), lines, 0
    notes = "".join(
        _escaped(each)
        + ("{\\footnote\\ftnalt " if at % 2 else "{\\footnote ")
        + _escaped(f"来自第{at}号台账记录")
        + "}\\par "
        for at, each in enumerate(lines)
    )
    yield "notes.rtf", _rtf(notes), [*lines, *(f"来自第{at}号台账记录" for at in range(len(lines)))], 0
    yield "western-font.rtf", _rtf("".join(paragraphs), page=1252, fonts="{\\f0\\fcharset0 Times;}"), lines, 0.02


def _docx_kinds(lines: Sequence[str]) -> Iterator[tuple[str, bytes, Sequence[str], float]]:
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    yield "plain.docx", docx("".join(map(p, lines))), lines, 0
    yield "contents-style.docx", docx("".join(p(each, style="t") for each in lines), styles=styles), lines, 0
    unfilled = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    yield "unfilled.docx", docx("".join(unfilled.format(p(each)) for each in lines)), lines, 0
    boxes = "".join(f"<w:p>{text_box(p(each))}</w:p>" for each in lines)
    yield "boxes.docx", docx(boxes), lines, 0
    split = "".join("<w:p>" + "".join(map(r, each)) + "</w:p>" for each in lines)
    yield "a-run-for-each-letter.docx", docx(split), lines, 0
    yield "table.docx", docx(table(*(row(str(at), each) for at, each in enumerate(lines)))), lines, 0
    open_field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r></w:p>'
    yield "open-field.docx", docx(open_field + "".join(map(p, lines))), lines, 0
    parts = {"endnotes": "".join(f'<w:endnote w:id="{at}">{p(each)}</w:endnote>' for at, each in enumerate(lines))}
    yield "endnotes.docx", docx(p("附注"), parts=parts), lines, 0
    packed = io.BytesIO()
    plain = zipfile.ZipFile(io.BytesIO(docx("".join(map(p, lines)))))
    with plain as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    yield "lzma.docx", packed.getvalue(), lines, 0
    yield "strict.docx", _strict(docx("".join(map(p, lines)))), lines, 0


def _strict(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    wide = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    narrow = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    return zipped({name: content.replace(wide, narrow) for name, content in parts.items()})


def _text_kinds(lines: Sequence[str], chance: random.Random) -> Iterator[tuple[str, bytes, Sequence[str], float]]:
    text = "\r\n".join(lines)
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
        data = text.encode(encoding)
        yield f"{encoding}.txt", data, lines, 0
        if encoding.startswith("utf-16"):
            continue
        at = chance.randrange(9, len(data))
        yield f"{encoding}-odd-byte.txt", data[:at] + b"\xff" + data[at + 1 :], lines, 0.03
        yield f"{encoding}-cut.txt", data[: len(data) // 2], lines, 0.52
        yield f"{encoding}-lost-byte.txt", data[:at] + data[at + 1 :], lines, 0.03
    mixed = "\n".join(lines[:5]).encode("gb18030") + b"\n" + "\n".join(lines[5:]).encode()
    yield "two-encodings.txt", mixed, lines, 0
    yield "front.md", f"---\ntitle: 报告\n---\n\n{text}".encode(), lines, 0


def _html_kinds(lines: Sequence[str], chance: random.Random) -> Iterator[tuple[str, bytes, Sequence[str], float]]:
    title, *rest = lines
    style = "<style>" + ".a{margin:0;padding:0}\n" * 1_200 + "</style>"
    half = len(rest) // 2
    article = f"<h1>{title}</h1>" + "".join(f"<p>{each}</p>" for each in rest)
    menu = "<div class=nav><a>首页</a></div>"
    page = "<html><head><meta charset={}><title>报告</title>{}</head><body>" + menu + "{}</body></html>"
    for charset, encoding in (("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gb2312", "utf-8")):
        shown = f"<div class=content>{article}</div>"
        yield f"{charset}-is-{encoding}.html", page.format(charset, "", shown).encode(encoding), lines, 0
    data = page.format("utf-8", style, f"<div class=content>{article}</div>").encode()
    at = chance.randrange(len(data) - 900, len(data))
    yield "odd-byte.html", data[:at] + b"\xff" + data[at + 1 :], lines, 0.03
    first = "".join(f"<p>{each}</p>" for each in rest[:half])
    second = "".join(f"<p>{each}</p>" for each in rest[half:])
    pages = f"<div id=p1><h1>{title}</h1>{first}</div><div id=p2 style='display:none'>{second}</div>"
    yield "pages.html", page.format("utf-8", "", f"<div>{pages}</div>").encode(), lines, 0
    named = f"<div class=article><h1>{title}</h1>{first}<div class=comment>{second}</div></div>"
    yield "named-comment.html", page.format("utf-8", "", named).encode(), lines, 0
    yield "fragment.doc", f"<div>{article}</div>".encode(), lines, 0
    boundary = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n"
    part = "--B\nContent-Type: text/html; charset=utf-8\nContent-Location: http://x/{}\n\n{}\n"
    shell = "<html><frameset><frame src='http://x/b'></frameset></html>"
    framed = boundary + part.format("a", shell) + part.format("b", page.format("utf-8", "", article)) + "--B--\n"
    yield "frames.mht", framed.encode(), lines, 0


def _sheet_kinds(lines: Sequence[str]) -> Iterator[tuple[str, bytes, Sequence[str], float]]:
    yield "table.xlsx", xlsx({"统计": "".join(line(at, each) for at, each in enumerate(lines))}), lines, 0
    yield "lines.xlsx", xlsx({"Sheet1": "".join(map(line, lines))}), lines, 0
    slides = [shape(*lines[at : at + 4], at=(0, 100)) for at in range(0, len(lines), 4)]
    yield "text.pptx", pptx(slides), lines, 0
    yield "notes.pptx", pptx([shape("见备注")] * len(lines), notes=dict(enumerate(lines, 1))), lines, 0


def _ofd_kinds(lines: Sequence[str], chance: random.Random) -> Iterator[tuple[str, bytes, Sequence[str], float]]:
    printed = [each[at : at + 24] for each in lines for at in range(0, len(each), 24)]
    objects = [words(each, 30, 30 + 9 * (at % 27)) for at, each in enumerate(printed)]
    pages = [objects[at : at + 27] for at in range(0, len(objects), 27)]
    yield "lines.ofd", ofd(["".join(each) for each in pages]), lines, 0
    shuffled = ["".join(chance.sample(each, len(each))) for each in pages]
    yield "shuffled.ofd", ofd(shuffled), lines, 0
    letters = [
        "".join(words(char, 30 + 5.6 * at, 30 + 9 * (place % 27)) for at, char in enumerate(each))
        for place, each in enumerate(printed)
    ]
    yield "letters.ofd", ofd(["".join(letters[at : at + 27]) for at in range(0, len(letters), 27)]), lines, 0


def files(seed: int) -> Iterator[Said]:
    """Yield one file of every kind; the names say what is odd."""
    lines, chance = report(seed), random.Random(f"files {seed}")
    makers: Mapping[str, Callable[[], Iterator[tuple[str, bytes, Sequence[str], float]]]] = {
        "rtf": lambda: _rtf_kinds(lines),
        "docx": lambda: _docx_kinds(lines),
        "txt": lambda: _text_kinds(lines, chance),
        "html": lambda: _html_kinds(lines, chance),
        "xlsx": lambda: _sheet_kinds(lines),
        "ofd": lambda: _ofd_kinds(lines, chance),
    }
    for make in makers.values():
        for name, data, said, damage in make():
            yield Said(name=f"{seed}-{name}", data=data, lines=said, damage=damage)
