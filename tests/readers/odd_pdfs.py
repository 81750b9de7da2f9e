"""PDFs that are odd on purpose, each with what a reader must find in it: in this order, nothing woven, nothing twice.

``CASES`` holds one builder per oddity; ``mixed`` draws a report of many of them by chance. The places do not exist.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.readers.pdf_pages import Sheet, document
from tests.readers.pdf_utf8 import utf8_coded

TITLE = "苍梧岭镇2023年度法治政府建设情况报告"
OPENING = "2023年，苍梧岭镇认真落实各项任务，现将有关情况报告如下。"
FIRST = (
    "（一）健全调解组织。建立镇村两级调解网络，配备专职调解员三十六名，",
    "全年调处矛盾纠纷二百一十件，办结二百零六件，办结率百分之九十八。",
)
SECOND = (
    "（二）规范行政执法。执法人员全部持证上岗，办理案件十七件，无一件",
    "被复议撤销，案卷评查平均得分九十二分，较上年提高三分。",
)
_WORDS = (
    "网格员每周入户走访一次", "镇司法所牵头建立联席会议", "调解室设在集市口", "年内培训法律明白人四十名",
    "执法记录仪全程使用",
    "重大决策听取法律顾问意见", "公开栏每季度更换一次", "村规民约逐条审核", "信访件七日内答复", "宪法宣传进校园八场",
    "行政处罚案卷逐件评查", "人民陪审员旁听庭审", "合同统一编号归档", "热线工单当日转办", "普法长廊新增展板二十块",
    "巡回法庭开到板房村", "帮教对象结对到人", "规范性文件清理三件", "应急预案演练两次", "窗口实行错时服务",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """A PDF, what it says in order, what must not come out of it, and what must be warned of."""

    data: bytes
    said: tuple[str, ...]
    unsaid: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def plain(sheet: Sheet, *, left: float = 80, top: float = 735) -> tuple[str, ...]:
    """Draw a short report; return what it says, paragraph by paragraph."""
    texts = (TITLE, OPENING, "一、主要做法", *FIRST, *SECOND)
    sheet.lines(left, top, texts, lead=26, size=12)
    return TITLE, OPENING, "一、主要做法", "".join(FIRST), "".join(SECOND)


def turned(rotate: int, *, angle: int = 0) -> Odd:
    """Return a report whose page is shown turned, its text drawn so that it is shown upright, or sideways."""
    shown = (rotate - angle) % 360  # how far the text is from upright in the page itself
    sheet = Sheet(width=842, height=595, rotate=rotate) if shown % 180 else Sheet(rotate=rotate)
    texts = (TITLE, OPENING, "一、主要做法", *FIRST, *SECOND)
    for at, text in enumerate(texts):
        x, y = _shown_at(sheet, shown, 70, 80 + 26 * at)
        sheet.text(x, y, text, size=12, angle=shown)
    said = TITLE, OPENING, "一、主要做法", "".join(FIRST), "".join(SECOND)
    return Odd(data=document(sheet), said=said)


def sentences(chance: random.Random, letters: int) -> str:
    """Return invented sentences of about so many letters."""
    text = ""
    while len(text) < letters:
        text += f"{chance.choice(_WORDS)}，{chance.choice(_WORDS)}{chance.randrange(2, 90)}件。"
    return text


def wrapped(text: str, letters: int) -> list[str]:
    """Cut a text into printed lines of so many letters, two halves counting as one; no line begins with a stop."""
    lines, line = [], ""
    for char in text:
        if _width(line + char) > letters:
            kept = line[:-1] if char in "，。；、" else line
            lines.append(kept)
            line = line[len(kept) :]
        line += char
    return [*lines, line]


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def columns(count: int, *, drawn: str = "by column", lead: float = 20, offset: float = 0, gutter: float = 24) -> Odd:
    """Return a page of text in columns, drawn column by column, line by line or in any order."""
    chance = random.Random(count)
    sheet = Sheet()
    width = (475 - gutter * (count - 1)) / count
    letters = int(width / 11)
    sheet.text(160, 780, TITLE, size=16)
    texts = [sentences(chance, letters * 11) for _ in range(count)]
    placed = []
    for column, text in enumerate(texts):
        for at, line in enumerate(wrapped(text, letters)):
            placed.append((60 + column * (width + gutter), 740 - at * lead - column * offset, line))
    if drawn == "by line":
        placed.sort(key=lambda place: -place[1])
    elif drawn == "by chance":
        chance.shuffle(placed)
    for x, y, line in placed:
        sheet.text(x, y, line, size=11)
    return Odd(data=document(sheet), said=(TITLE, *texts))


_ROWS = (
    ("序号", "事项名称", "完成情况"),
    ("1", "健全调解机制", "已完成，全年调处八十六件"),
    ("2", "规范行政执法", "已完成，办理案件十七件"),
    ("3", "加强普法宣传", "已完成，三十二场"),
)


def table(*, lead: float = 24, size: float = 10, lines: bool = False, shuffled: bool = False) -> Odd:
    """Return a table between two paragraphs, with or without lines around its cells."""
    sheet = Sheet()
    sheet.text(80, 780, OPENING, size=size)
    placed = [
        ((84, 150, 300)[column], 730 - at * lead, text)
        for at, row in enumerate(_ROWS)
        for column, text in enumerate(row)
    ]
    if shuffled:
        random.Random(1).shuffle(placed)
    for x, y, text in placed:
        sheet.text(x, y, text, size=size)
    if lines:
        sheet.grid((78, 140, 290, 500), [730 + lead * 0.7 - at * lead for at in range(len(_ROWS) + 1)])
    sheet.text(80, 730 - len(_ROWS) * lead - 40, "以上情况经镇长办公会议审议通过，现予公布，请予监督指正。", size=size)
    return Odd(data=document(sheet), said=(OPENING, *(" ".join(row) for row in _ROWS), "以上情况经"), rows=_ROWS)


def wrapped_cells(*, lines: bool, middle: bool = False) -> Odd:
    """Return a table whose cells are broken into lines; the numbers stand at the top or in the middle of their row."""
    rows = (
        ("序号", "事项名称", "完成情况"),
        ("1", "健全矛盾纠纷多元化解机制", "已完成，全年调处八十六件，办结八十五件"),
        ("2", "规范行政执法程序并评查案卷", "已完成，办理案件十七件，评查案卷十七件"),
    )
    sheet, y, levels = Sheet(), 740.0, [756.0]
    for row in rows:
        cells = [wrapped(text, 10) for text in row]
        most = max(map(len, cells))
        for x, cell in zip((84, 150, 280), cells, strict=True):
            start = y - (most - len(cell)) * 6.5 * middle
            for at, text in enumerate(cell):
                sheet.text(x, start - at * 13, text, size=10)
        y -= most * 13 + 14
        levels.append(y + 16)
    if lines:
        sheet.grid((78, 140, 270, 420), levels)
    return Odd(data=document(sheet), said=tuple(" ".join(row) for row in rows), rows=rows)


def watermark(*, light: bool, angle: float) -> Odd:
    """Return pages with the same large word across each."""
    sheets = [Sheet() for _ in range(3)]
    for sheet in sheets:
        if light:
            sheet.text(150, 640, "内部资料", size=60, grey=0.8, angle=angle)
        said = plain(sheet)
        if not light:
            sheet.text(150, 638, "内部资料", size=60, grey=0.5, angle=angle)
    return Odd(data=document(*sheets), said=said, unsaid=("内部资料",), warned=("内部资料",))


def seal() -> Odd:
    """Return a page with a seal over its date: letters along a rim."""
    import math

    sheet = Sheet()
    said = plain(sheet)
    sheet.text(380, 500, "苍梧岭镇人民政府", size=12)
    sheet.text(390, 476, "2024年1月18日", size=12)
    for at, char in enumerate("苍梧岭镇人民政府办公专用章"):
        turn = 210 - at * 20
        x, y = 430 + 50 * math.cos(math.radians(turn)), 490 + 50 * math.sin(math.radians(turn))
        sheet.text(x, y, char, size=11, angle=turn - 90)
    return Odd(data=document(sheet), said=(*said, "苍梧岭镇人民政府", "2024年1月18日"), warned=("专用章",))


def headers_last() -> Odd:
    """Return pages whose heads and page numbers are drawn after the text, the text from its foot upwards."""
    sheets = []
    said: list[str] = []
    chance = random.Random(7)
    for number in range(3):
        sheet, text = Sheet(), sentences(chance, 300)
        lines = wrapped(text, 30)
        for at in reversed(range(len(lines))):
            sheet.text(80, 740 - at * 26, lines[at], size=14)
        sheet.text(80, 810, "苍梧岭镇人民政府文件", size=9)
        sheet.text(280, 40, f"— {number + 1} —", size=9)
        sheets.append(sheet)
        said.append(text)
    return Odd(data=document(*sheets), said=tuple(said), unsaid=("—", "苍梧岭镇人民政府文件"))


def line_ends(first: str, second: str, whole: str) -> Odd:
    """Return a text that is broken between two lines, in the middle of a paragraph."""
    start = "全镇推行网格化管理并建立台账"
    sheet = Sheet()
    width = 14 * _width(start + first)
    sheet.text(80, 700, start + first)
    sheet.text(80, 676, second)
    sheet.text(80, 652, "二" * int(width / 14) + "。")
    return Odd(data=document(sheet), said=(start + whole,))


def overprinted() -> Odd:
    """Return a report drawn twice a little aside, and once letter by letter."""
    sheet = Sheet()
    said = plain(sheet)
    plain(sheet, left=80.35)
    for at, char in enumerate("逐字重影也只算一次"):
        for shift in (0, 0.3, 0.6):
            sheet.text(80 + 12 * at + shift, 520, char, size=12)
    return Odd(data=document(sheet), said=(*said, "逐字重影也只算一次"))


def marks_last() -> Odd:
    """Return lines whose quotation marks and figures are drawn after all Chinese letters."""
    sheet = Sheet()
    for y, text in ((700, "推行“一窗”受理制度12项"), (676, "建成“板凳会”调解点34处")):
        for odd in (False, True):
            for at, char in enumerate(text):
                if (char in "“”1234567890") == odd:
                    sheet.text(80 + 14 * at, y, char)
    return Odd(data=document(sheet), said=("推行“一窗”受理制度12项", "建成“板凳会”调解点34处"))


def blanks_aside() -> Odd:
    """Return rows of small type with blank texts drawn beside and between them."""
    sheet = Sheet()
    rows = [f"第{number}项任务由镇司法所牵头落实" for number in "一二三四五六"]
    for at, row in enumerate(rows):
        sheet.text(80, 700 - at * 12, row, size=9)
        sheet.text(300, 700 - at * 12 - 5, "   ", size=9)
        sheet.text(40, 700 - at * 12 + 4, " ", size=9)
    return Odd(data=document(sheet), said=tuple(rows))


def superscripts() -> Odd:
    """Return raised and lowered small letters in a line."""
    sheet = Sheet()
    sheet.text(80, 700, "全镇耕地面积三千m")
    sheet.text(80 + 8 * 14 + 7, 706, "2", size=8)
    sheet.text(80 + 8 * 14 + 7 + 5, 700, "以上，见附注")
    sheet.text(80 + 14 * 14 + 14, 705, "[1]", size=8)
    sheet.text(80, 672, "空气中CO")
    sheet.text(80 + 3 * 14 + 14, 668, "2", size=8)
    sheet.text(80 + 3 * 14 + 19, 672, "含量下降")
    return Odd(data=document(sheet), said=("三千m2以上，见附注[1]", "空气中CO2含量下降"))


def downwards() -> Odd:
    """Return text set from top to bottom in columns from right to left, letter by letter."""
    sheet = Sheet()
    texts = ("苍梧岭镇法治政府建设", "报告共分三个部分逐一", "说明全年工作开展情况")
    for column, text in enumerate(texts):
        for at, char in enumerate(text):
            sheet.text(450 - column * 22, 700 - at * 15, char)
    return Odd(data=document(sheet), said=("".join(texts),))


def layers() -> Odd:
    """Return a page with a layer that is shown and one that is not."""
    sheet = Sheet()
    said = plain(sheet)
    sheet.raw("/OC /L0 BDC")
    sheet.text(80, 500, "此处为未定稿批注")
    sheet.raw("EMC /OC /L1 BDC")
    sheet.text(80, 476, "附件已经随文印发各村。")
    sheet.raw("EMC")
    data = document(sheet, layers={"草稿": False, "正文": True})
    return Odd(data=data, said=(*said, "附件已经随文印发各村。"), unsaid=("未定稿",), warned=("隐藏的图层", "8"))


def recognised(*, askew: float = 0.0) -> Odd:
    """Return a scan with the recognised text below it, not drawn but there; it may lie a little askew."""
    import math

    sheet = Sheet()
    sheet.picture()
    texts = (TITLE, OPENING, *FIRST)
    cos, sin = math.cos(math.radians(askew)), math.sin(math.radians(askew))
    for at, text in enumerate(texts):
        down = 26 * at
        sheet.text(80 + down * sin, 760 - down * cos, text, size=12, mode=3, angle=askew)
    return Odd(data=document(sheet), said=(TITLE, OPENING, "".join(FIRST)))


def spaced() -> Odd:
    """Return letters set far apart, and a recognised scan whose letters are smaller than the room they take."""
    sheet = Sheet()
    sheet.text(80, 740, "苍梧岭镇司法所", size=16, spacing=24)
    texts = ("全年调处矛盾纠纷二百一十件，办结二百零六件，", "公开栏每季度更换一次，村规民约逐条审核到位。")
    for at, text in enumerate(texts):
        sheet.text(80, 690 - at * 24, text, size=7, spacing=10, mode=3)
    return Odd(data=document(sheet), said=("苍梧岭镇司法所", "".join(texts)))


def pictures_between() -> Odd:
    """Return pages of text and pages that are pictures with a running head."""
    sheets = []
    for number in range(4):
        sheet = Sheet()
        sheet.text(80, 810, "苍梧岭镇人民政府文件", size=9)
        if number in (1, 3):
            sheet.picture()
        elif number == 0:
            said = plain(sheet)
        else:
            sheet.lines(80, 700, SECOND, size=12)
        sheets.append(sheet)
    return Odd(data=document(*sheets), said=(*said, "".join(SECOND)), warned=("第 2、4 页没有文字",))


def unreadable() -> Odd:
    """Return a page on which one line is set in a font whose codes mean nothing to anybody."""
    sheet = Sheet()
    said = plain(sheet)
    sheet.text(80, 500, "".join(chr(code) for code in (0x21, 0x143, 0x92, 0x2B7, 0x41, 0x3C1, 0x9F, 0x4D2)), font="F2")
    return Odd(data=document(sheet), said=said, unsaid=("Ń", "ʷ", "ρ"), warned=("没有文字对照表",))


def private_codes() -> Odd:
    """Return bullets at private codes, as Wingdings has them, and a letter at a private code that nobody knows."""
    sheet = Sheet()
    sheet.text(80, 700, "\uf06c 网格员每周入户走访一次；")
    sheet.text(80, 676, "\uf0d8 调解室设在集市口；")
    sheet.text(80, 652, "\ue123执法记录仪全程使用。")
    said = ("网格员每周入户走访一次", "调解室设在集市口", "执法记录仪全程使用")
    return Odd(data=document(sheet), said=said, unsaid=("\uf06c", "\uf0d8", "\ue123"), warned=("没有文字对照表",))


def outside() -> Odd:
    """Return a page with printer's notes outside what is shown of it."""
    sheet = Sheet(width=655, height=902, crop=(30, 30, 625, 872))
    sheet.text(60, 885, "印刷厂校样第三版")
    said = plain(sheet, top=800)
    return Odd(data=document(sheet), said=said, unsaid=("校样",), warned=("可见范围之外",))


def fields() -> Odd:
    """Return a form with values beside their labels, one of them drawn as well, one in several lines."""
    sheet = Sheet()
    sheet.text(80, 760, TITLE)
    sheet.text(80, 700, "填报单位：")
    sheet.form_field("苍梧岭镇司法所", (152, 696, 300, 714))
    sheet.text(80, 660, "填报人：")
    sheet.text(152, 660, "何小川", size=12)
    sheet.form_field("何小川", (150, 656, 300, 674))
    sheet.text(80, 620, "主要做法：")
    value = "推行网格化管理，配备专职网格员三十六名。\n全年调处矛盾纠纷二百一十件。"
    sheet.form_field(value, (152, 560, 420, 634), "/FT/Tx/Ff 4096/DA(/F1 12 Tf 0 g)")
    sheet.form_field("不给看的值", (152, 500, 420, 520), "/FT/Tx/F 2/DA(/F1 12 Tf 0 g)")
    said = (
        TITLE,
        "填报单位：苍梧岭镇司法所",
        "填报人：何小川",
        "推行网格化管理，配备专职网格员三十六名。",
        "全年调处矛盾纠纷二百一十件。",
    )
    return Odd(data=document(sheet), said=said, unsaid=("不给看的值",))


def fields_turned(rotate: int) -> Odd:
    """Return a form on a page that is shown turned: label and value stand beside each other as it is shown."""
    sheet = Sheet(width=842, height=595, rotate=rotate) if rotate % 180 else Sheet(rotate=rotate)
    for down, text in ((80, TITLE), (140, "填报单位：")):
        x, y = _shown_at(sheet, rotate, 70, down)
        sheet.text(x, y, text, size=12, angle=rotate)
    (x0, y0), (x1, y1) = _shown_at(sheet, rotate, 136, 143), _shown_at(sheet, rotate, 300, 127)
    sheet.form_field("苍梧岭镇司法所", (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return Odd(data=document(sheet), said=(TITLE, "填报单位：苍梧岭镇司法所"))


def _shown_at(sheet: Sheet, rotate: int, across: float, down: float) -> tuple[float, float]:
    """Return the point of a page that is shown so far from the left and from the top."""
    return {
        0: (across, sheet.height - down),
        90: (down, across),
        180: (sheet.width - across, down),
        270: (sheet.width - down, sheet.height - across),
    }[rotate]


def merged_cells() -> Odd:
    """Return a table with lines in which a heading spans all columns and a cell two rows."""
    sheet = Sheet()
    for x, y, text in (
        (190, 703, "行政执法情况统计"),
        (84, 679, "类别"), (184, 679, "事项"), (304, 679, "件数"),
        (84, 643, "执法类"), (184, 655, "行政处罚"), (304, 655, "17"),
        (184, 631, "行政检查"), (304, 631, "206"),
        (84, 607, "服务类"), (184, 607, "法律援助"), (304, 607, "9"),
    ):  # fmt: skip
        sheet.text(x, y, text, size=10)
    for y in (718, 694, 670, 622, 598):
        sheet.rule(80, y, 380, y)
    sheet.rule(180, 646, 380, 646)
    for x in (80, 380):
        sheet.rule(x, 598, x, 718)
    for x in (180, 300):
        sheet.rule(x, 598, x, 694)
    rows = (
        ("行政执法情况统计",),
        ("类别", "事项", "件数"),
        ("执法类", "行政处罚", "17"),
        ("", "行政检查", "206"),
        ("服务类", "法律援助", "9"),
    )
    return Odd(data=document(sheet), said=tuple(" ".join(row) for row in rows), rows=rows)


def table_over_pages() -> Odd:
    """Return a table with lines that goes on at the top of the next page, under a running head."""
    rows = [("序号", "事项", "件数"), *((str(at), f"{_WORDS[at][:6]}", str(at * 7)) for at in range(1, 9))]
    sheets = []
    for number, part in enumerate((rows[:5], rows[5:])):
        sheet = Sheet()
        sheet.text(80, 810, "苍梧岭镇人民政府文件", size=9)
        sheet.text(280, 40, f"— {number + 1} —", size=9)
        top = 220.0 if number == 0 else 740.0
        if number == 0:
            sheet.lines(80, 700, [OPENING, *FIRST], size=12)
        for at, row in enumerate(part):
            for x, text in zip((84, 154, 304), row, strict=True):
                sheet.text(x, top - at * 24, text, size=10)
        sheet.grid((80, 150, 300, 380), [top + 16 - at * 24 for at in range(len(part) + 1)])
        sheets.append(sheet)
    said = (OPENING, "".join(FIRST), *(" ".join(row) for row in rows))
    return Odd(data=document(*sheets), said=said, rows=tuple(rows))


def boxed() -> Odd:
    """Return a notice in a box with the text running past it on the left."""
    chance = random.Random(5)
    sheet, text, notice = Sheet(), sentences(chance, 150), sentences(chance, 40)
    short, rest = wrapped(text, 20)[:7], "".join(wrapped(text, 20)[7:])
    sheet.lines(80, 700, short, lead=20, size=12)
    sheet.lines(80, 560, wrapped(rest, 36), lead=20, size=12)
    sheet.lines(346, 696, wrapped(notice, 14), lead=16, size=11)
    sheet.grid((338, 512), (712, 572))
    return Odd(data=document(sheet), said=(notice, text))


def utf8(*, beyond: bool = False) -> Odd:
    """Return a report whose codes are UTF-8."""
    said = (TITLE, OPENING, "全年调处矛盾纠纷八十六件，办结八十五件。")
    return Odd(data=utf8_coded(said, beyond=beyond), said=said, warned=("3 个字",) if beyond else ())


def table_in_column() -> Odd:
    """Return two columns of text, a table with lines in the middle of the right one."""
    chance = random.Random(9)
    sheet = Sheet()
    left, above, below = sentences(chance, 260), sentences(chance, 80), sentences(chance, 80)
    sheet.lines(60, 740, wrapped(left, 20), lead=20, size=11)
    lines = wrapped(above, 20)
    sheet.lines(310, 740, lines, lead=20, size=11)
    top = 740 - len(lines) * 20 - 14
    for at, row in enumerate(_ROWS[:3]):
        for x, text in zip((314, 354, 434), row, strict=True):
            sheet.text(x, top - at * 18, text[:8], size=9)
    sheet.grid((310, 350, 430, 530), [top + 12 - at * 18 for at in range(4)])
    sheet.lines(310, top - 76, wrapped(below, 20), lead=20, size=11)
    rows = tuple(tuple(cell[:8] for cell in row) for row in _ROWS[:3])
    return Odd(data=document(sheet), said=(left, above, *(" ".join(row) for row in rows), below), rows=rows)


def notes(*, alone: bool = False) -> Odd:
    """Return a page with a typewriter note upon it, and a remark beside it."""
    sheet = Sheet()
    said = () if alone else plain(sheet)
    text = "本报告由苍梧岭镇司法所负责解释，联系人何小川。"
    sheet.note(text, (80, 420, 400, 440), "/Subtype/FreeText/DA(/F1 12 Tf 0 g)")
    if not alone:
        sheet.note("此处请再核实数据", (500, 700, 520, 720), "/Subtype/Text")
    warned = () if alone else ("1 条批注",)
    return Odd(data=document(sheet), said=(*said, text), unsaid=("请再核实",), warned=warned)


def fallen_over() -> Odd:
    """Return a line of text with another one stamped over it at the same height."""
    sheet = Sheet()
    said = plain(sheet)
    sheet.text(84, 734, "此件依申请公开不予转载引用", size=12)
    return Odd(data=document(sheet), said=said, unsaid=())


def spelt_out() -> Odd:
    """Return text that says what it stands for: a picture of letters, a ligature."""
    sheet = Sheet()
    sheet.raw("/Span <</ActualText <feff82cd68a75cad9547>>> BDC")
    sheet.text(80, 700, "xxxx")
    sheet.raw("EMC")
    sheet.text(108, 700, "人民政府")
    sheet.text(80, 676, "o\ufb03ce of the e\ufb00ective")
    return Odd(data=document(sheet), said=("苍梧岭镇人民政府", "office of the effective"))


CASES: Mapping[str, Callable[[], Odd]] = {
    **{f"turned by {turn}": lambda turn=turn: turned(turn) for turn in (0, 90, 180, 270)},  # type: ignore[misc]
    **{f"drawn at {turn}": lambda turn=turn: turned(0, angle=turn) for turn in (90, 180, 270)},  # type: ignore[misc]
    "turned by 90, drawn at 180": lambda: turned(90, angle=180),
    "two columns": lambda: columns(2),
    "two columns, line by line": lambda: columns(2, drawn="by line"),
    "two columns, in any order": lambda: columns(2, drawn="by chance"),
    "two columns at different heights": lambda: columns(2, drawn="by chance", offset=7),
    "two columns at nearly the same height": lambda: columns(2, drawn="by chance", offset=2),
    "two columns close to each other": lambda: columns(2, drawn="by line", gutter=10),
    "three columns": lambda: columns(3, drawn="by line"),
    "table, wide rows": lambda: table(),
    "table, 16 points": lambda: table(lead=16),
    "table, narrow rows": lambda: table(lead=12),
    "table, shuffled": lambda: table(lead=14, shuffled=True),
    "table with lines": lambda: table(lines=True),
    "table with lines, shuffled": lambda: table(lead=14, lines=True, shuffled=True),
    "cells in lines": lambda: wrapped_cells(lines=True),
    "cells in lines, numbers in the middle": lambda: wrapped_cells(lines=True, middle=True),
    "wrapped cells": lambda: wrapped_cells(lines=False),
    "wrapped cells, numbers in the middle": lambda: wrapped_cells(lines=False, middle=True),
    "watermark aslant": lambda: watermark(light=True, angle=45),
    "watermark aslant, over the text": lambda: watermark(light=False, angle=30),
    "watermark level, dark": lambda: watermark(light=False, angle=0),
    "watermark level": lambda: watermark(light=True, angle=0),
    "seal": seal,
    "heads last": headers_last,
    "hyphen": lambda: line_ends("党支部-", "网格员四级责任链条", "党支部-网格员四级责任链条"),
    "word cut": lambda: line_ends("of the govern-", "ment service", "of the government service"),
    "soft hyphen": lambda: line_ends("of the govern\xad", "ment service", "of the government service"),
    "address cut": lambda: line_ends("www.qingshi-", "fazhi.example.cn公布", "www.qingshi-fazhi.example.cn公布"),
    "mail cut": lambda: line_ends("he.xiao@", "example.cn来信", "he.xiao@example.cn来信"),
    "overprinted": overprinted,
    "marks last": marks_last,
    "blanks aside": blanks_aside,
    "superscripts": superscripts,
    "downwards": downwards,
    "layers": layers,
    "recognised": recognised,
    "recognised askew": lambda: recognised(askew=1.5),
    "recognised askew the other way": lambda: recognised(askew=-2.0),
    "spaced": spaced,
    "pictures between": pictures_between,
    "unreadable": unreadable,
    "private codes": private_codes,
    "outside": outside,
    "fields": fields,
    **{f"fields turned by {turn}": lambda turn=turn: fields_turned(turn) for turn in (0, 90, 180, 270)},  # type: ignore[misc]
    "codes of UTF-8": utf8,
    "codes beyond Unicode": lambda: utf8(beyond=True),
    "a table in a column": table_in_column,
    "merged cells": merged_cells,
    "table over two pages": table_over_pages,
    "a box beside the text": boxed,
    "notes": notes,
    "a note alone": lambda: notes(alone=True),
    "fallen over": fallen_over,
    "spelt out": spelt_out,
}


def mixed(seed: int) -> Odd:
    """Return a report of several pages with oddities drawn by chance."""
    chance = random.Random(seed)
    size = chance.choice((9, 10.5, 12, 14, 16))
    turn = chance.choice((0, 0, 0, 90, 180, 270))
    mark = chance.random() < 0.3
    sheets, said = [], []
    for number in range(chance.randrange(1, 4)):
        wide, high = (842.0, 595.0) if chance.random() < 0.2 else (595.0, 842.0)
        sheet = Sheet(width=wide, height=high)
        placed, texts = _body(chance, wide, high, size)
        said += texts
        placed.append((chance.choice((wide / 2 - 20, wide - 90)), 36, f"— {number + 1} —"))
        if chance.random() < 0.5:
            chance.shuffle(placed)
        for x, y, text in placed:
            sheet.text(x, y, text, size=size)
            if chance.random() < 0.1:
                sheet.text(x + 0.3, y, text, size=size)
        if mark:
            sheet.text(wide / 4, high / 3, "仅供内部使用", size=50, grey=0.85, angle=40)
        sheets.append(_rotated(sheet, turn))
    return Odd(data=document(*sheets, packed=chance.random() < 0.8), said=tuple(said))


def _body(
    chance: random.Random, wide: float, high: float, size: float
) -> tuple[list[tuple[float, float, str]], list[str]]:
    """Return the lines of a page with their places, and the paragraphs and rows that they make up."""
    placed: list[tuple[float, float, str]] = []
    said: list[str] = []
    y, lead = high - 90, size * chance.choice((1.25, 1.5, 1.8))
    while y > 160:
        kind = chance.choice(("text", "text", "columns", "table"))
        if kind == "text" or y < 300:
            text = sentences(chance, chance.randrange(30, 160))
            lines = wrapped(f"\u3000\u3000{text}", int((wide - 160) / size))[: int((y - 80) / lead)]
            if len(lines) < 1:
                break
            placed += [(80, y - at * lead, line) for at, line in enumerate(lines)]
            said.append("".join(lines).strip())
            y -= lead * len(lines) + lead * 0.2
        elif kind == "columns":
            width = (wide - 160 - 2.2 * size) / 2
            letters = int(width / size)
            if letters < 9:
                continue
            pair = [wrapped(sentences(chance, letters * 6), letters) for _ in range(2)]
            y -= lead
            for column, there in enumerate(pair):
                x = 80 + column * (width + 2.2 * size)
                placed += [(x, y - at * lead, line) for at, line in enumerate(there)]
                said.append("".join(there))
            y -= lead * max(map(len, pair)) + lead
        else:
            y -= lead
            for _ in range(chance.randrange(3, 6)):
                row = chance.choice(_WORDS)[:7], str(chance.randrange(1, 999)), chance.choice(_WORDS)[:6]
                placed += [(80 + column * 11 * size * 0.98, y, text) for column, text in enumerate(row)]
                said.append(" ".join(row))
                y -= lead
            y -= lead
    return placed, said


def _rotated(sheet: Sheet, turn: int) -> Sheet:
    """Return the page turned in itself and back by its own entry, as scanners and print drivers do."""
    if turn == 0:
        return sheet
    matrix = {
        90: f"0 1 -1 0 {sheet.height:g} 0",
        180: f"-1 0 0 -1 {sheet.width:g} {sheet.height:g}",
        270: f"0 -1 1 0 0 {sheet.width:g}",
    }[turn]
    wide, high = (sheet.width, sheet.height) if turn == 180 else (sheet.height, sheet.width)
    return Sheet(width=wide, height=high, rotate=turn, drawn=[f"q {matrix} cm", *sheet.drawn, "Q"], notes=sheet.notes)


def cases() -> Iterator[tuple[str, Odd]]:
    """Yield every case with its name."""
    for name, build in CASES.items():
        yield name, build()


def bare(texts: Sequence[str]) -> str:
    """Return texts without what typesetting may change: blanks."""
    return "".join("".join(text.split()) for text in texts)
