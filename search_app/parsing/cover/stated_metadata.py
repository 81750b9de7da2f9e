"""Stated metadata: what a file says of itself in its properties, and its keeper in a sidecar or front matter.

In: properties under their own keys, corrections. Out: values of the right types.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from search_app.language.analysis.document_numbers import read_stated_number
from search_app.model import Document
from search_app.parsing.cover.site_names import strip_site
from search_app.parsing.year.dates import find_date

#: Keys of the day of signing, of publication, of who published, and of the page around a report.
SIGNED_KEYS = (
    "成文日期",
    "成文时间",
    "发文日期",
    "发文时间",
    "印发日期",
    "印发时间",
    "公文生成日期",
    "生成日期",
    "生成时间",
    "签发日期",
)
PUBLISHED_KEYS = (
    "发布日期", "发布时间", "发表日期", "发表时间",
    "公开日期", "公开时间", "信息提供日期", "公布日期", "公布时间", "发稿时间", "时间", "日期",
    "date", "pubdate", "publishdate", "firstpublishedtime", "article:published_time", "更新时间", "更新日期",
)  # fmt: skip
ISSUER_KEYS = (
    "发布机构",
    "机构名称",
    "责任部门",
    "发布部门",
    "发布单位",
    "发文机关",
    "发文机构",
    "发文单位",
    "制发机构",
    "制发机关",
    "公开主体",
    "信息来源",
    "文章来源",
    "稿件来源",
    "发布者",
    "供稿单位",
    "公开机构",
    "主办单位",
    "来源",
    "所属地区",
)
FRAME_KEYS = (
    "title",
    "sitename",
    "og:site_name",
    "author",
    "站点",
    "面包屑",
    "页脚",
    "主办单位",
    "contentsource",
    "source",
)
_CORRECTABLE = (
    "title", "year", "town", "county", "city", "province", "issued", "published", "document_number", "issuer", "kind",
)  # fmt: skip
_DAYS = ("issued", "published")


def read_known_values(document: Document, corrections: Mapping[str, object] | None) -> dict[str, object]:
    """Return what the keeper states, each value of its right type; a sidecar wins over front matter."""
    front = document.properties if document.format == "md" else {}
    known: dict[str, object] = {}
    for key in _CORRECTABLE:
        value = (corrections or {}).get(key, front.get(key))
        if key == "year":
            value = int(str(value)) if value is not None and re.fullmatch(r"\s*\d{4}\s*", str(value)) else None
        elif key in _DAYS:
            value = (
                value.date()
                if isinstance(value, datetime)
                else value
                if isinstance(value, date)
                else find_date(str(value))
            )
        else:
            value = str(value).strip() if value is not None else None
        if key == "document_number" and value:
            value = str(read_stated_number(str(value)) or value)
        if value:
            known[key] = value
    return known


def find_page_title(properties: Mapping[str, str]) -> str | None:
    """Return the title that the file's own metadata gives, without the site's name."""
    for key in ("标题", "信息名称", "文件名称", "名称", "ArticleTitle", "title", "内容概述"):
        title = strip_site(properties.get(key, ""))
        if re.search(
            r"报告|总结|年报|情况|解读|方案|要点|计划|汇报|述法|公示|公告|通知|意见|办法|规定|细则|规程|会议?$|召开|开展|问答",
            title,
        ) and re.search(r"[\u4e00-\u9fff]{4}", title):
            return title
    return None


def find_stated_date(properties: Mapping[str, str], keys: tuple[str, ...]) -> date | None:
    lowered = {key.lower(): value for key, value in properties.items()}
    stated = (value for key in keys if (value := lowered.get(key)))
    return next((found for value in stated if (found := find_date(value)) is not None), None)
