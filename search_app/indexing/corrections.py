"""Corrections by hand: what ``NAME.meta.toml`` beside a report says goes before what was read in the report."""

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


def corrections(source: Source) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return what a source's sidecar corrects and warnings on what in it cannot be used; a bad one corrects nothing."""
    name = Path(source.sidecar_member or source.sidecar or "").name
    try:
        data = sidecar_of(source)
        held = tomllib.loads(data.decode("utf-8-sig")) if data is not None else {}
    except (OSError, ReadError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, (f"更正文件 {name} 读不出来，未采用：{error}",)
    usable: dict[str, object] = {}
    warnings = []
    for key, value in held.items():
        kinds = _CORRECTABLE.get(key)
        if kinds is None:
            warnings.append(f"更正文件 {name} 里有不认识的项 {key}，可用的是：{'、'.join(_CORRECTABLE)}。")
        elif isinstance(value, bool) or not isinstance(value, kinds) or (key == "issued" and not _is_date(value)):
            warnings.append(f"更正文件 {name} 里 {key} 的值不对，未采用：{value}")
        else:
            usable[key] = value
    return usable, tuple(warnings)


def _is_date(value: object) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
