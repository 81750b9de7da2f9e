"""Cover facts: number, issuer and day of publication are those that the file states of itself, or none."""

from datetime import date

import pytest

from search_app.model import Block, Document, Report
from search_app.parsing import parse
from tests.parsing.reading import lines

TITLE = "望杉镇人民政府关于2023年度法治政府建设情况的报告"
BODY = """县人民政府：
2023年，望杉镇坚持把法治建设摆在重要位置，抓住执法、调解、普法三件事，现将有关情况报告如下。
一、主要举措和成效
（一）抓好调解。镇村两级设调解室十二个，全年调解矛盾纠纷一百二十三件，说定的事当场写进簿子。
（二）规范文件。依据《澄岭县规范性文件管理规定》（澄政发〔2019〕33号）清理文件四件，废止望政发〔2015〕8号。
二、存在的不足
法治人才不足，专业力量有待加强，个别村的普法形式还比较单一。"""
SIGNED = "望杉镇人民政府\n2024年1月15日"

#: What a document looks like -> the number, the issuer and the day of publication that it states.
TOLD = tuple[str | None, str | None, date | None]
NUMBER = "望政发〔2024〕3号"
TOWN = "望杉镇人民政府"
DOCUMENTS: dict[str, tuple[str, TOLD]] = {
    "letterhead, number, title, signature": (
        f"{TOWN}文件\n　　　　望政发〔2024〕3号\n{TITLE}\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "number with square brackets and without its last word": (
        f"{TOWN}文件\n望政发[2024]3\n{TITLE}\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "number beside the signer": (
        f"{TOWN}文件\n望政发〔2024〕3号　　签发人：柳长风\n{TITLE}\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "letterhead and number on one line": (
        f"{TOWN}文件 望政发〔2024〕3号\n{TITLE}\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "number between title and salutation": (
        f"{TITLE}\n望政发（2024）3号\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "number in full width, set apart": (
        f"望 政 发 〔２０２４〕 ３ 号\n{TITLE}\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "number behind the title": (
        f"{TITLE}（望政发〔2024〕3号）\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "labels of a page above the title": (
        f"索引号：wsz-2024-00031\n发布机构：望杉镇\n发文字号：望政发[2024]3号\n发布日期：2024-01-20\n{TITLE}\n{BODY}\n{SIGNED}",
        (NUMBER, "望杉镇", date(2024, 1, 20)),
    ),
    "labels, the value below its label": (
        f"发文字号：\n望政发〔2024〕3号\n发布时间：\n2024年1月20日\n{TITLE}\n{BODY}\n{SIGNED}",
        (NUMBER, TOWN, date(2024, 1, 20)),
    ),
    "labels in one line": (
        f"[发文字号] 望政发〔2024〕3号 [发文机关] 望杉镇人民政府 [发布日期] 2024-01-20\n{TITLE}\n{BODY}\n{SIGNED}",
        (NUMBER, TOWN, date(2024, 1, 20)),
    ),
    "a label that says there is none": (
        f"文号：无\n发布日期：2024-01-20\n{TITLE}\n{BODY}\n{SIGNED}", (None, TOWN, date(2024, 1, 20)),
    ),
    "an index number and no document number": (
        f"索引号：FZ-2024-0031\n{TITLE}\n{BODY}\n{SIGNED}", (None, TOWN, None),
    ),
    "numbers in the body alone": (f"{TITLE}\n{BODY}\n{SIGNED}", (None, TOWN, None)),
    "a number of the law at the beginning": (
        f"{TITLE}\n根据《澄岭县法治建设办法》（澄政发〔2022〕7号）要求，现将望杉镇有关情况报告如下，请予审阅为盼。\n{BODY}",
        (None, None, None),
    ),
    "a list of other papers at the end of the body": (
        f"{TITLE}\n{BODY}\n三、附表\n本年度制发的规范性文件如下，均已按照规定报送备案，全文在镇政府网站公开。\n"
        f"文号：望政规〔2023〕1号\n文件名称：望杉镇集市管理规定\n以上文件实施以来情况良好，没有收到审查建议，也没有被撤销。\n{SIGNED}",
        (None, TOWN, None),
    ),
    "no title, the number on top": (
        f"望政发〔2024〕3号\n{BODY}\n{SIGNED}", (NUMBER, TOWN, None),
    ),
    "no cover at all": (BODY, (None, None, None)),
    "signed with a seal, published by the page": (
        f"{TITLE}\n发布时间：2024-02-01\n{BODY}\n望杉镇人民政府（盖章）\n2024年1月15日", (None, TOWN, date(2024, 2, 1)),
    ),
    "only renewed on a day": (f"{TITLE}\n更新时间：2024-02-01\n{BODY}\n{SIGNED}", (None, TOWN, None)),
    "traditional characters": (
        f"{TOWN}文件\n望政發〔2024〕3號\n{TITLE}\n{BODY}\n{SIGNED}".translate(str.maketrans("镇设报", "鎮設報")),
        (NUMBER, TOWN, None),
    ),
}  # fmt: skip


def told(report: Report) -> TOLD:
    return report.document_number, report.issuer, report.published


@pytest.mark.parametrize(("text", "stated"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_what_a_cover_states_is_told_and_nothing_else(text: str, stated: TOLD) -> None:
    report, _ = parse(lines(text), path="a.txt")

    assert told(report) == stated


def test_every_number_of_these_documents_is_found_and_none_is_made_up() -> None:
    found = {name: parse(lines(text), path="a.txt")[0].document_number for name, (text, _) in DOCUMENTS.items()}
    right = {name: stated[0] for name, (_, stated) in DOCUMENTS.items()}

    recall = sum(found[name] == number for name, number in right.items() if number) / sum(map(bool, right.values()))
    precision = sum(right[name] == number for name, number in found.items() if number) / sum(map(bool, found.values()))
    assert (recall, precision) == (1.0, 1.0)


def test_the_metadata_of_a_page_states_them_too() -> None:
    facts = {"文号": "望政发〔2024〕3号", "发布机构": "望杉镇人民政府", "PubDate": "2024-01-20"}
    page = Document(format="html", blocks=tuple(Block(text=line) for line in BODY.splitlines()), properties=facts)

    report, _ = parse(page, path="a.html")

    assert told(report) == (NUMBER, TOWN, date(2024, 1, 20))


def test_a_correction_goes_before_what_is_read() -> None:
    corrected = {"document_number": "望政发 [2024] 4", "issuer": "望杉镇党政办", "published": "2024年2月2日"}

    report, _ = parse(lines(DOCUMENTS["labels of a page above the title"][0]), path="a.txt", corrections=corrected)

    assert told(report) == ("望政发〔2024〕4号", "望杉镇党政办", date(2024, 2, 2))


def test_a_day_of_publication_is_not_that_of_signing() -> None:
    report, _ = parse(lines(DOCUMENTS["signed with a seal, published by the page"][0]), path="a.txt")

    assert (report.issued, report.published) == (date(2024, 1, 15), date(2024, 2, 1))
