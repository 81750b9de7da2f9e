"""Cover facts: document number, issuer and day of publication, only where the file itself states them.

In: what is set aside around the body, and labels. Out: a value, or None. The surprise: labels inside the body are left
alone, since a report may list other papers with their numbers.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from search_app.language.analysis.document_numbers import cut_number_behind, read_own_line, read_stated_number
from search_app.model import Document
from search_app.parsing.cover.signature_block import ISSUER, close_up
from search_app.parsing.cover.stated_metadata import find_stated_date
from search_app.parsing.cover.title_block import Cover
from search_app.parsing.lines.clean_lines import Cleaned
from search_app.parsing.year.dates import remove_dates

#: Labels of the number, of who answers for the paper, and of the day on which it was made public.
_NUMBER_KEYS = ("发文字号", "文号", "发文文号", "备注/文号", "文件编号")
_ISSUER_KEYS = (
    "发文机关", "发文机构", "发文单位", "制发机关", "制发机构", "发布机构", "发布单位", "发布部门",
    "机构名称", "公开主体", "公开机构", "责任部门",
)  # fmt: skip
_PUBLISHED_KEYS = (
    "发布日期", "发布时间", "发表日期", "发表时间", "公开日期", "公开时间", "公布日期", "公布时间",
    "信息提供日期", "发稿时间", "pubdate", "publishdate", "firstpublishedtime", "article:published_time",
)  # fmt: skip
_MADE_PUBLIC = re.compile("发布|发表|公开|公布")
#: A letterhead, perhaps with the number on the same line.
_LETTERHEAD = re.compile(r"(?P<issuer>.{2,40}?)\s*文\s?件\s*(?P<number>.*)")
_SEAL = re.compile(r"[（(]?(?:盖章|公章|章)[）)]?$")
#: A line of the body that is a sentence; shorter ones above it may belong to the page around the report.
_SENTENCE = 20
#: Where the number of a report without title stands.
_FIRST_LINES = 6
_LONGEST_ISSUER = 40


def own_labels(document: Document, cleaned: Cleaned, cover: Cover) -> Mapping[str, str]:
    """Return the labels that speak of the report: those of the file's metadata, and lines above or below the body."""
    long = [line.at for line in cover.body if line.width >= _SENTENCE]
    first, last = (long[0], long[-1]) if long else (0, -1)
    around = [aside.text for aside in cleaned.asides if aside.reason == "元数据" and not first < aside.at < last]
    stated = dict(document.properties)
    for label, value in cleaned.properties.items():
        said = [text for text in around if value in text]
        if label == "发布日期":  # what cleaning calls any day beside a title, be it that of renewal
            said = [text for text in said if text == value or _MADE_PUBLIC.search(text)]
        if said and label not in stated:
            stated[label] = value
    return stated


def find_document_number(labels: Mapping[str, str], cover: Cover) -> str | None:
    """Return the report's own number in its normal form: labelled, on the cover, or behind the title."""
    labelled = (read_stated_number(labels[key]) for key in _NUMBER_KEYS if labels.get(key))
    found = next((number for number in labelled if number is not None), None)
    if found is None:
        found = next((number for text in _on_cover(cover) if (number := read_own_line(text)) is not None), None)
    return None if found is None else str(found)


def _on_cover(cover: Cover) -> Iterator[str]:
    for aside in cover.asides:
        if aside.reason == "文号":
            yield aside.text
        elif aside.reason == "页眉" and (head := _LETTERHEAD.fullmatch(aside.text)) is not None:
            yield head["number"]
        elif aside.reason == "标题":
            yield cut_number_behind(aside.text)[1]
    if cover.title is None:
        yield from (line.text for line in cover.body[:_FIRST_LINES])


def find_issuer(labels: Mapping[str, str], cover: Cover) -> str | None:
    """Return who issued the report: labelled, signed below it, or named in its letterhead."""
    labelled = (_as_issuer(labels[key]) for key in _ISSUER_KEYS if labels.get(key))
    found = next((name for name in labelled if name is not None), None)
    if found is not None:
        return found
    signed = [cover.issuer or "", *(aside.text for aside in cover.asides if aside.reason == "落款")]
    heads = (_LETTERHEAD.fullmatch(aside.text) for aside in cover.asides if aside.reason == "页眉")
    named = [remove_dates(text).strip() for text in signed] + [head["issuer"] for head in heads if head is not None]
    named += [aside.text for aside in cover.asides if aside.reason == "页眉"]
    offices = (_SEAL.sub("", close_up(text)).strip() for text in named)
    return next((name for name in offices if ISSUER.fullmatch(name)), None)


def _as_issuer(value: str) -> str | None:
    name = " ".join(value.split()).strip("：:|-— ")
    known = len(name) <= _LONGEST_ISSUER and re.search(r"[\u4e00-\u9fff]{2}", name) and not re.search("[。；]", name)
    return name if known and name not in ("未知", "暂无", "其他", "本站") else None


def find_published(labels: Mapping[str, str]) -> date | None:
    """Return the day on which the report was made public, where the file states it as such."""
    return find_stated_date(labels, _PUBLISHED_KEYS)
