"""Sidecars: what ``NAME.meta.toml`` beside a report says goes before what was read in the report.

In: the file's bytes. Out: what can be used of it, each value of its right type, and warnings on the rest. The surprise:
who writes such a file has an IME on and never heard of TOML, so 年度＝“2021年” is understood too.
"""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path

from search_app.errors import DamagedFile, ReadError
from search_app.indexing.sources import Source, sidecar_of
from search_app.language.analysis.place_names import (
    ENTERED_CITY_ENDS,
    ENTERED_COUNTY_ENDS,
    ENTERED_PROVINCE_ENDS,
    ENTERED_TOWN_ENDS,
)
from search_app.language.analysis.years import ENTERED_YEARS
from search_app.readers.limits import MAX_TOML_CHARACTERS, is_beyond_toml

#: What can be corrected, with what else the line may begin with.
CORRECTED = {
    "title": ("标题",), "year": ("年度", "年份", "年", "报告年度"), "town": ("镇", "乡镇", "乡", "街道", "乡镇名称"),
    "county": ("县", "区县", "县区", "区"), "city": ("市", "地市"), "province": ("省", "省份"),
    "issued": ("成文日期", "落款日期", "日期"), "published": ("发布日期", "公开日期"),
    "document_number": ("文号", "发文字号", "发文文号"), "issuer": ("机构", "发布机构", "发文机关"), "kind": ("文种",),
}  # fmt: skip
_MEANT = {name: key for key, names in CORRECTED.items() for name in (key, *names)}
_ENDINGS = {
    "town": (ENTERED_TOWN_ENDS, "青石镇"), "county": (ENTERED_COUNTY_ENDS, "云岭县"),
    "city": (ENTERED_CITY_ENDS, "青禾市"), "province": (ENTERED_PROVINCE_ENDS, "云岭省"),
}  # fmt: skip
_YEAR = re.compile(r"\s*(\d{4})\s*年?\s*度?\s*")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
#: A line as a clerk writes it: Chinese name or sign, curly quotes or none, a comment behind it.
_PLAIN = re.compile(
    r"\s*(?P<key>\w+)\s*[=＝:：]\s*(?P<open>[\"'“”‘’「＂]?)(?P<value>[^\"'“”‘’「」＂=＝#]*[\d\u4e00-\u9fff][^\"'“”‘’「」＂=＝#]*)"
    r"(?(open)[\"'“”‘’」＂]?)\s*[,，;；。]?\s*(?:#.*)?"
)
_SHAPE = '应像 year = 2023 或 town = "某某镇" 这样一行一项。'
#: How much of a wrong value a warning shows, in characters (of a number, in bits).
_SHOWN = 60
#: So many characters have at most so many bytes; what is longer is not read to its end.
_MOST_BYTES = 4 * MAX_TOML_CHARACTERS


def corrections(source: Source) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return what a source's sidecar corrects and warnings on what in it cannot be used; a bad one corrects nothing."""
    name = Path(source.sidecar_member or source.sidecar or "").name
    try:
        data = sidecar_of(source, most=_MOST_BYTES)
        held = _held(_decoded(data)) if data is not None else {}
    except (OSError, ReadError, ValueError, RecursionError) as error:
        return {}, (f"更正文件 {name} 读不出来，未采用：{_why(error)}",)
    usable: dict[str, object] = {}
    warnings = []
    for written, value in held.items():
        key = _MEANT.get(written.strip().lower())
        if key is None:
            warnings.append(f"更正文件 {name} 里有不认识的项 {_shown(written)}，可用的是：{'、'.join(CORRECTED)}。")
            continue
        taken, fault = _taken(key, value)
        if taken is not None:
            usable[key] = taken
        if fault:
            warnings.append(f"更正文件 {name} 里 {written} {fault}")
    return usable, tuple(warnings)


def _decoded(data: bytes) -> str:
    """Decode UTF-8, or what older Notepads write on a Chinese Windows. Raises UnicodeDecodeError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _held(text: str) -> dict[str, object]:
    """Return the lines of a sidecar by name: TOML, or else as a clerk writes it. Raises TOMLDecodeError."""
    if is_beyond_toml(text):
        raise DamagedFile("", f"写法不对（太长或太乱），{_SHAPE}", hint="")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        plain = [found for line in lines if len(line) < 500 and (found := _PLAIN.fullmatch(line))]
        names = [found["key"] for found in plain]
        if len(plain) < len(lines) or len(set(names)) < len(names):
            raise
        return {found["key"]: found["value"].strip().rstrip(",，;；。").rstrip() for found in plain}


def _taken(key: str, value: object) -> tuple[object, str]:
    """Return the usable value of an item, None where there is none, and what is to be said of it, "" for nothing."""
    refused = f"的值不对，未采用：{_shown(value)}"
    if key in ("issued", "published"):
        return _day(value), "" if _day(value) is not None else refused
    if key == "year":
        written = _YEAR.fullmatch(value) if isinstance(value, str) else None
        year = int(written[1]) if written else value
        if isinstance(year, bool) or not isinstance(year, int):
            return None, refused
        span = f"{ENTERED_YEARS.start} 至 {ENTERED_YEARS.stop - 1}"
        return (year, "") if year in ENTERED_YEARS else (None, f"的年度不在 {span} 之间，未采用：{_shown(value)}")
    if not isinstance(value, str):
        return None, refused
    if not value.strip():
        return None, "是空的，未采用。"
    endings, example = _ENDINGS.get(key, ("", ""))
    whole = not endings or value.strip()[-1] in endings
    return value.strip(), "" if whole else f"写的是“{_shown(value)}”，不像全称（应像“{example}”），请核对；已照用。"


def _day(value: object) -> date | None:
    from search_app.parsing.year.dates import find_date, is_date  # a search never needs them

    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return find_date(value) if isinstance(value, str) and len(value) < _SHOWN and is_date(value.strip()) else None


def _why(error: Exception) -> str:
    """Say in Chinese why a file of corrections cannot be used."""
    match error:
        case ReadError():
            return error.reason
        case OSError():
            return "打不开这个文件。"
        case UnicodeDecodeError():
            return "文字编码无法识别，请用记事本另存为 UTF-8。"
        case tomllib.TOMLDecodeError() if "overwrite" in str(error):
            return "同一项写了两遍，请删去一行。"
        case tomllib.TOMLDecodeError() if line := _LINE.search(str(error)):
            return f"第 {line.group(1)} 行的写法不对，{_SHAPE}"
        case _:
            return f"写法不对，{_SHAPE}"


def _shown(value: object) -> str:
    """Return the beginning of a value; a number may be too long for Python to write out."""
    if isinstance(value, int) and value.bit_length() > _SHOWN:
        return "一个极大的数"
    try:
        text = str(value)
    except (ValueError, RecursionError):
        return "一个写不出来的值"
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
