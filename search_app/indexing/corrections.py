"""Corrections by hand: what ``NAME.meta.toml`` beside a report says goes before what was read in the report."""

import re
import tomllib
from datetime import date
from pathlib import Path

from search_app.errors import ReadError
from search_app.indexing.sources import Source, sidecar_of

_CORRECTABLE: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "year": (int,),
    "town": (str,),
    "county": (str,),
    "city": (str,),
    "province": (str,),
    "issued": (date, str),
    "kind": (str,),
}
#: Years that a report can be about; anything else is a slip of the hand.
_YEARS = range(1949, 2101)
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
#: How much of a wrong value a warning shows, in characters (of a number, in bits).
_SHOWN = 60


def corrections(source: Source) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return what a source's sidecar corrects and warnings on what in it cannot be used; a bad one corrects nothing."""
    name = Path(source.sidecar_member or source.sidecar or "").name
    try:
        data = sidecar_of(source)
        held = tomllib.loads(data.decode("utf-8-sig")) if data is not None else {}
    except (OSError, ReadError, ValueError, RecursionError) as error:
        return {}, (f"更正文件 {name} 读不出来，未采用：{_why(error)}",)
    usable: dict[str, object] = {}
    warnings = []
    for key, value in held.items():
        kinds = _CORRECTABLE.get(key)
        if kinds is None:
            warnings.append(f"更正文件 {name} 里有不认识的项 {key}，可用的是：{'、'.join(_CORRECTABLE)}。")
        elif isinstance(value, bool) or not isinstance(value, kinds) or (key == "issued" and not _is_date(value)):
            warnings.append(f"更正文件 {name} 里 {key} 的值不对，未采用：{_shown(value)}")
        elif isinstance(value, int) and value not in _YEARS:
            span = f"{_YEARS.start} 至 {_YEARS.stop - 1}"
            warnings.append(f"更正文件 {name} 里的年度不在 {span} 之间，未采用：{_shown(value)}")
        else:
            usable[key] = value
    return usable, tuple(warnings)


def _why(error: Exception) -> str:
    """Say in Chinese why a file of corrections cannot be used."""
    match error:
        case ReadError():
            return error.reason
        case OSError():
            return "打不开这个文件。"
        case UnicodeDecodeError():
            return "不是 UTF-8 编码，请另存为 UTF-8。"
        case tomllib.TOMLDecodeError() if line := _LINE.search(str(error)):
            return f'第 {line.group(1)} 行的写法不对，应像 year = 2023 或 town = "某某镇" 这样一行一项。'
        case _:
            return '写法不对，应像 year = 2023 或 town = "某某镇" 这样一行一项。'


def _shown(value: object) -> str:
    """Return the beginning of a value; a number may be too long for Python to write out."""
    if isinstance(value, int) and value.bit_length() > _SHOWN:
        return "一个极大的数"
    try:
        text = str(value)
    except (ValueError, RecursionError):
        return "一个写不出来的值"
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _is_date(value: object) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
