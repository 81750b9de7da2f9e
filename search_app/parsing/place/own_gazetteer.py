"""An administrator's own gazetteer: the form of its lines.

In: a text, one place per line, ``省,市,县,镇``. Out: its rows. They are added to the names that are built in; a first
line ``只用本表`` leaves those out altogether.
"""

import re
from dataclasses import dataclass

from search_app.errors import ConfigError
from search_app.language.analysis.place_names import TOWN_SUFFIXES, either

#: How a list is written, for whoever wrote it otherwise.
FORM = (
    "一行一个地方：省,市,县,镇（没有的一级留空，逗号不能少），用记事本另存为 UTF-8，"
    "或用 Excel 另存为 CSV。第一行写“只用本表”，就不再用程序自带的地名。"
)
_ALONE = "只用本表"
_TOWN = re.compile(rf"[\u3400-\u4dbf\u4e00-\u9fff]{{1,12}}{either(*TOWN_SUFFIXES)}")
_HEADER = "省"  #: no province begins so, the head of a table does


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One line: the levels above, None where left empty, and the towns named."""

    province: str | None
    city: str | None
    county: str | None
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlaces:
    """A whole list; ``alone`` tells that it stands for the built-in names and does not add to them."""

    rows: tuple[OwnRow, ...] = ()
    alone: bool = False


def parse_own_places(text: str, name: str = "") -> OwnPlaces:
    """Return the rows of a list; ``name`` stands in messages. Raises ConfigError with the line that is wrong."""
    rows: list[OwnRow] = []
    alone = False
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in re.split("[,，\t]", line)]
        if not any(cells) or line.lstrip().startswith("#"):
            continue
        if not rows and cells[0] == _ALONE and not any(cells[1:]):  # Excel ends the line with empty cells
            alone = True
        elif rows or not cells[0].startswith(_HEADER):
            rows.append(_row(cells, f"地名表 {name} 第 {number} 行"))
    if not rows:
        raise ConfigError(f"地名表 {name} 是空的", hint=FORM)
    return OwnPlaces(rows=tuple(rows), alone=alone)


def _row(cells: list[str], where: str) -> OwnRow:
    while len(cells) > 4 and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != 4 or not cells[3] or not any(cells[:3]):
        raise ConfigError(f"{where}写法有误：{','.join(cells)[:40]}", hint=FORM)
    towns = tuple(re.split("[、 \u3000]+", cells[3]))
    for town in towns:
        if not _TOWN.fullmatch(town):
            raise ConfigError(
                f"{where}的“{town[:20]}”不是乡镇名称", hint="请写全称，以镇、乡、街道或苏木结尾，例如：青石镇。"
            )
    return OwnRow(province=cells[0] or None, city=cells[1] or None, county=cells[2] or None, towns=towns)
